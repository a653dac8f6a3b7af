"""Law and standards as data (法规标准库): a new law is an entry of ``law.toml``, not code.

``sure`` says how a statement was checked: ``verified`` against a public copy, ``memory`` not yet. Only
what is verified may be shown as a fact; an article number from memory is never shown at all.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_OWN = re.compile(r"^(?:中华人民共和国|国家(?=.{4,}(?:法|条例|规定|办法)$))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing a law sets: a threshold, a deadline or an interval, in words with its figure.

    ``article`` is given only where it was verified.
    """

    about: str
    value: str
    unit: str
    article: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """One law, regulation, national plan or standard in one version.

    ``issued`` and ``in_force`` are ISO dates ("" unknown); ``repealed_by`` the id of what replaced it;
    ``numbers`` every printed form of its number; ``versioned``: older texts of the same title
    circulate, so a citation must say which one is meant; ``supervisor``: words of the bodies that the
    law charges with supervision; ``old_grades`` {fact: lower bounds from the gravest grade down} of
    a grading that is no longer law.
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
    source: str = ""
    sure: str = "memory"

    @property
    def verified(self) -> bool:
        return self.sure == "verified"


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


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("law.toml").read_text("utf-8"))


@cache
def laws() -> dict[str, Law]:
    """Every entry by id, read once (package data)."""
    return {key: _law(key, entry) for key, entry in _data()["law"].items()}


def _law(key: str, entry: dict[str, Any]) -> Law:
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
        sets=tuple(Statement(**each) for each in entry.get("sets", ())),
        source=entry.get("source", ""),
        sure=entry.get("sure", "memory"),
    )


def plain_title(title: str) -> str:
    """``title`` without blanks and without the name of the state before it."""
    return _OWN.sub("", re.sub(r"\s", "", title))


@cache
def by_title() -> dict[str, tuple[Law, ...]]:
    """All versions under each title and alias, in the order of the file."""
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
