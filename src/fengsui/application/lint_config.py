"""``fengsui.toml``: which rules ``fengsui lint`` applies to which files of a folder.

::

    [lint]
    select = ["G", "A1"]              # only these: code, family or name
    extend-select = ["L1"]            # these besides
    ignore = ["S1"]
    include = ["*.docx"]              # what is taken from folders
    exclude = ["旧版/**"]
    per-file-ignores = { "乡镇/**" = ["C1"] }
    strict = true                     # any finding makes the exit status 1
    language = "zh"
    baseline = "lint-baseline.json"
    dismissed = ".fengsui-dismissed.toml"
    jobs = 2
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from fengsui.application.wording import LANGUAGES
from fengsui.core.errors import InputError
from fengsui.core.lint.finding import Finding, Rule
from fengsui.core.lint.registry import Registered, all_rules, labels
from fengsui.core.lint.run import FAILED, UNREADABLE

CONFIG_NAME = "fengsui.toml"
MOST_JOBS = 64

_AT_LINE = re.compile(r"at line (\d+)")
_LISTS = ("select", "extend-select", "ignore", "include", "exclude")
_RULE_LISTS = ("select", "extend-select", "ignore")
_TEXTS = ("language", "baseline", "dismissed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What the file says; an empty tuple or None where it says nothing. Paths are as written there."""

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    strict: bool = False
    language: str | None = None
    baseline: str | None = None
    dismissed: str | None = None
    jobs: int | None = None


def read_config(text: str, file: str) -> Config:
    """The ``[lint]`` part of a configuration; ``file`` is named when something is wrong with it.

    Raises InputError ``config_broken``, ``config_key_unknown``, ``config_value_wrong``,
    ``config_rule_unknown``, ``config_rule_mistyped``, each with the line.
    """
    return _Reader(text, file).read()


class _Reader:
    def __init__(self, text: str, file: str) -> None:
        self.lines = text.splitlines()
        self.file = file
        try:
            self.data: dict[str, Any] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as problem:
            at = _AT_LINE.search(str(problem))
            line = int(at[1]) if at else max(1, len(self.lines))
            raise InputError("config_broken", path=file, line=line) from None

    def read(self) -> Config:
        table = self.data.get("lint", {})
        if not isinstance(table, dict):
            raise self._wrong("lint")
        known = {*_LISTS, *_TEXTS, "per-file-ignores", "strict", "jobs"}
        for key in table:
            if key not in known:
                near = difflib.get_close_matches(key, known, 1, 0.0)
                raise InputError(
                    "config_key_unknown", path=self.file, line=self._line(key), key=key, near=near[0]
                )
        lists = {key: self._strings(key, table[key]) for key in _LISTS if key in table}
        for key in _RULE_LISTS:
            self._check_rules(lists.get(key, ()))
        texts = {key: self._text(key, table[key]) for key in _TEXTS if key in table}
        return Config(
            select=lists.get("select", ()),
            extend_select=lists.get("extend-select", ()),
            ignore=lists.get("ignore", ()),
            include=lists.get("include", ()),
            exclude=lists.get("exclude", ()),
            per_file_ignores=self._per_file(table.get("per-file-ignores", {})),
            strict=self._flag(table.get("strict", False)),
            language=texts.get("language"),
            baseline=texts.get("baseline"),
            dismissed=texts.get("dismissed"),
            jobs=self._jobs(table.get("jobs")),
        )

    def _per_file(self, value: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
        if not isinstance(value, dict):
            raise self._wrong("per-file-ignores")
        found = tuple((pattern, self._strings(pattern, codes)) for pattern, codes in value.items())
        for _, codes in found:
            self._check_rules(codes)
        return found

    def _strings(self, key: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self._wrong(key)
        return tuple(value)

    def _text(self, key: str, value: object) -> str:
        if not isinstance(value, str) or not value or (key == "language" and value not in LANGUAGES):
            raise self._wrong(key)
        return value

    def _flag(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise self._wrong("strict")
        return value

    def _jobs(self, value: object) -> int | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_JOBS:
            raise self._wrong("jobs")
        return value

    def _check_rules(self, wanted: Iterable[str]) -> None:
        known = known_labels()
        for rule in wanted:
            if rule not in known:
                near, line = nearest_rule(rule), self._line(rule)
                if near is None:
                    raise InputError("config_rule_unknown", path=self.file, line=line, rule=rule)
                raise InputError("config_rule_mistyped", path=self.file, line=line, rule=rule, near=near)

    def _wrong(self, key: str) -> InputError:
        return InputError("config_value_wrong", path=self.file, line=self._line(key), key=key)

    def _line(self, word: str) -> int:
        """The first line of the part that has ``word``; its own, not inside another word."""
        wanted = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
        start = next((n for n, line in enumerate(self.lines) if line.strip().startswith("[lint")), 0)
        for number, line in enumerate(self.lines[start:], start + 1):
            if wanted.search(line.split("#")[0]):
                return number
        return start + 1


def known_labels() -> set[str]:
    """All by which rules may be named, those that report a failure included."""
    found = {label for item in all_rules() for label in labels(item.rule)}
    return found | labels(UNREADABLE) | labels(FAILED)


def nearest_rule(name: str) -> str | None:
    """The label that ``name`` may have been meant for, None when nothing is near."""
    known = sorted(known_labels())
    if name.upper() in known:
        return name.upper()
    near = difflib.get_close_matches(name.lower(), [each for each in known if len(each) > 2], 1, 0.6)
    return near[0] if near else None


@dataclass(frozen=True, slots=True)
class Selection:
    """The rules that are applied, and which findings of a file are kept."""

    rules: tuple[Registered, ...]
    ignore: frozenset[str]

    def keeps(self, finding: Finding, besides: Iterable[str] = ()) -> bool:
        """Whether ``finding`` is told; ``besides`` names further rules that are not told for this file."""
        # A report that something failed comes from no rule that could have been left out before.
        own = self.ignore if finding.rule in (UNREADABLE, FAILED) else frozenset()
        return not labels(finding.rule) & {*own, *besides}


def selection(
    config: Config, select: Sequence[str] = (), extend: Sequence[str] = (), ignore: Sequence[str] = ()
) -> Selection:
    """The rules by the configuration and by what was asked for on the command line.

    ``select`` takes the place of what the configuration selects; ``extend`` and ``ignore`` add to it. Where a
    rule is both wanted and not, the narrower name counts (a name, then a code, then a family). Raises
    InputError ``no_such_rule``, ``rule_mistyped``.
    """
    known = known_labels()
    for rule in (*select, *extend, *ignore):
        if rule not in known:
            near = nearest_rule(rule)
            if near is None:
                raise InputError("no_such_rule", rule=rule)
            raise InputError("rule_mistyped", rule=rule, near=near)
    chosen = {*(select or config.select)}
    wanted = chosen | {*extend, *config.extend_select}

    def applied(item: Registered) -> bool:
        if chosen and not labels(item.rule) & wanted:
            return False
        now, every_day = (_narrowness(item.rule, names) for names in (ignore, config.ignore))
        if now and now >= _narrowness(item.rule, wanted):
            return False
        # What was just typed is stronger than what a file says for every day.
        typed = _narrowness(item.rule, {*select, *extend})
        return every_day <= typed or every_day < _narrowness(item.rule, wanted)

    rules = tuple(item for item in all_rules() if applied(item))
    return Selection(rules, frozenset({*config.ignore, *ignore}))


def _narrowness(rule: Rule, names: Collection[str]) -> int:
    """How closely ``names`` name the rule: 3 by its name, 2 its code, 1 its family, 0 not at all."""
    return next((3 - n for n, each in enumerate((rule.name, rule.code, rule.family)) if each in names), 0)
