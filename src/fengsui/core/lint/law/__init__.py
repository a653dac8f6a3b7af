"""Law and standards as data (法规标准库): a new law is an entry of a file here (``*.toml``), not code.

All files of the folder are merged: ``[law.<id>]`` laws and standards, ``[agency]`` bodies renamed,
``[hotline.<number>]`` nationwide numbers. ``sure`` says how a statement was checked: ``verified`` against a
public copy, ``memory`` not yet. Only what is verified may be shown as a fact; an article number that is not
verified is dropped when it is read, so that no rule can print it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

_OWN = re.compile(r"^(?:中华人民共和国|国家(?=.{4,}(?:法|条例|规定|办法)$))")
FOLDER: Traversable = files(__package__)
"""Where the data files are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing a law sets: a threshold, a deadline or an interval, in words with its figure.

    ``article`` is given only where it was verified. ``facts`` and ``grade``: the figure is where that grade
    begins for any of these facts. ``kind``: "first-report" (deadline of the first report of an event by a
    body whose name matches ``who``), "drill" or "evaluation" (longest interval for plans whose kind is
    ``who``: "government" or "enterprise"), "filing"; "" is for people alone.
    """

    about: str
    value: str
    unit: str
    article: str | None = None
    kind: str = ""
    who: str = ""
    facts: tuple[str, ...] = ()
    grade: str = ""
    verified: bool = False

    @property
    def span(self) -> timedelta:
        """The figure as a length of time. Raises KeyError for a unit that is none."""
        sizes = {"分钟": timedelta(minutes=1), "小时": timedelta(hours=1), "日": timedelta(days=1)}
        return int(self.value) * sizes[self.unit]

    @property
    def months(self) -> int:
        """The figure as months. Raises KeyError for a unit that is none."""
        return int(self.value) * {"年": 12, "月": 1}[self.unit]


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """One law, regulation, national plan or standard in one version.

    ``issued`` and ``in_force`` are ISO dates ("" unknown); ``repealed_by`` the id of what replaced it;
    ``numbers`` every printed form of its number; ``versioned``: older texts of the same title
    circulate, so a citation must say which one is meant; ``supervisor``: words of the bodies that the
    law charges with supervision; ``old_grades`` {fact: lower bounds from the gravest grade down} of
    a grading that is no longer law; ``applies`` and ``applies_not``: patterns of the titles of plans its
    thresholds and deadlines bind; ``articles`` how many it has (0 unknown).
    """

    id: str
    title: str
    aliases: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    issued: str = ""
    in_force: str = ""
    repealed_by: str | None = None
    versioned: bool = False
    supervisor: tuple[str, ...] = ()
    old_grades: tuple[tuple[str, tuple[int, ...]], ...] = ()
    sets: tuple[Statement, ...] = ()
    applies: str = ""
    applies_not: str = ""
    articles: int = 0
    source: str = ""
    sure: str = "memory"

    @property
    def verified(self) -> bool:
        """Whether the entry was checked against a public copy."""
        return self.sure == "verified"

    def binds(self, title: str) -> bool:
        """Whether its thresholds and deadlines bind a plan of that title."""
        if not self.applies or self.repealed_by or not re.search(self.applies, title):
            return False
        return not (self.applies_not and re.search(self.applies_not, title))

    def cited(self, statement: Statement | None = None, language: str = "zh") -> str:
        """The law as it is named to people: title, number and article, each only where verified."""
        number = f"（{self.numbers[0]}）" if self.numbers and self.verified else ""
        article = statement.article if statement is not None else None
        if language == "en":
            return f"《{self.title}》{number}" + (f" art. {article}" if article else "")
        return f"《{self.title}》{number}" + (f"第{article}条" if article else "")


@dataclass(frozen=True, slots=True)
class Agency:
    """A body whose name has changed: ``old`` as plans still print it, ``new`` its name today."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Hotline:
    """A nationwide number with what it is for; ``words`` show that a sentence means it rightly."""

    number: str
    zh: str
    en: str
    words: tuple[str, ...]


def merged(texts: Iterable[tuple[str, str]]) -> dict[str, dict[str, Any]]:
    """The tables of data files (name, text) as one; raises ValueError for a key that two files give."""
    whole: dict[str, dict[str, Any]] = {"law": {}, "agency": {}, "hotline": {}}
    for name, text in texts:
        for table, entries in tomllib.loads(text).items():
            into = whole.setdefault(table, {})
            twice = sorted(into.keys() & entries.keys())
            if twice:
                raise ValueError(f"{name}: [{table}] {twice[0]} is given by another file already")
            into.update(entries)
    return whole


@cache
def _data() -> dict[str, dict[str, Any]]:
    found = sorted((each for each in FOLDER.iterdir() if each.name.endswith(".toml")), key=lambda x: x.name)
    return merged((each.name, each.read_text("utf-8")) for each in found)


def forget() -> None:
    """Read the data files again at the next question."""
    for each in (_data, laws, by_title, agencies, hotlines):
        each.cache_clear()


@cache
def laws() -> dict[str, Law]:
    """Every entry by id, read once (package data)."""
    return {key: _law(key, entry) for key, entry in _data()["law"].items()}


def _law(key: str, entry: dict[str, Any]) -> Law:
    sure = entry.get("sure", "memory")
    return Law(
        id=key,
        title=entry["title"],
        aliases=tuple(entry.get("aliases", ())),
        numbers=tuple(entry.get("numbers", ())),
        issued=entry.get("issued", ""),
        in_force=entry.get("in_force", ""),
        repealed_by=entry.get("repealed_by"),
        versioned=entry.get("versioned", False),
        supervisor=tuple(entry.get("supervisor", ())),
        old_grades=tuple((fact, tuple(bounds)) for fact, bounds in entry.get("old_grades", {}).items()),
        sets=tuple(_statement(each, sure) for each in entry.get("sets", ())),
        applies=entry.get("applies", ""),
        applies_not=entry.get("applies_not", ""),
        articles=entry.get("articles", 0),
        source=entry.get("source", ""),
        sure=sure,
    )


def _statement(entry: dict[str, Any], sure: str) -> Statement:
    verified = entry.get("sure", sure) == "verified"
    return Statement(
        about=entry["about"],
        value=entry["value"],
        unit=entry["unit"],
        article=entry.get("article") if verified else None,
        kind=entry.get("kind", ""),
        who=entry.get("who", ""),
        facts=tuple(entry.get("facts", ())),
        grade=entry.get("grade", ""),
        verified=verified,
    )


def plain_title(title: str) -> str:
    """``title`` without blanks and without the name of the state before it."""
    return _OWN.sub("", re.sub(r"\s", "", title))


@cache
def by_title() -> dict[str, tuple[Law, ...]]:
    """All versions under each title and alias, in the order of the files."""
    found: dict[str, tuple[Law, ...]] = {}
    for law in laws().values():
        for title in (law.title, *law.aliases):
            found[plain_title(title)] = (*found.get(plain_title(title), ()), law)
    return found


@cache
def agencies() -> tuple[Agency, ...]:
    """Bodies renamed or abolished."""
    return tuple(Agency(old, new) for old, new in _data()["agency"].items())


@cache
def hotlines() -> dict[str, Hotline]:
    """Nationwide numbers."""
    return {
        number: Hotline(number, entry["zh"], entry["en"], tuple(entry["words"]))
        for number, entry in _data()["hotline"].items()
    }


def statements(kind: str) -> Iterable[tuple[Law, Statement]]:
    """What the laws in force set of that kind."""
    for law in laws().values():
        if law.repealed_by is None:
            yield from ((law, each) for each in law.sets if each.kind == kind)
