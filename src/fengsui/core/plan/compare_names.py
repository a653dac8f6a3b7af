"""Which printed names of two plans mean one body: by alias, by a change of name, by function."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from fengsui.core.plan.body_match import Place, alike
from fengsui.core.plan.compare_alike import plain
from fengsui.core.plan.model import PlanContent
from fengsui.core.plan.named_bodies import parts_of

_AREA = re.compile(r"[\u4e00-\u9fff]{1,10}?(?:自治区|自治州|自治县|省|州|市|县|区|旗|街道|镇|乡|兵团|团|师)")
_HAZARD = re.compile(r"事故|灾害|事件|应急|自然|安全|防|水|地[震质]|抗")
_LEVEL_WORDS = (
    *("自治区", "自治州", "自治县", "街道", "师市", "兵团", "乡镇"),
    *("省", "州", "市", "县", "区", "旗", "镇", "乡", "师", "团", "盟"),
)


class Bodies:
    """Names of two plans with what they have in common.

    ``key`` of two names is equal when both mean one body: the same words, an alias of one in the other,
    or a change of name told by ``rename``.
    """

    def __init__(self, before: PlanContent, after: PlanContent) -> None:
        self._top: dict[str, str] = {}
        for content in (before, after):
            for names in _known_together(content):
                self._join(names)

    def _find(self, name: str) -> str:
        while (up := self._top.get(name, name)) != name:
            name = up
        return name

    def _join(self, names: Iterable[str]) -> None:
        roots = sorted({self._find(_flat(name)) for name in names})
        for root in roots:
            self._top[root] = roots[0]

    def rename(self, old: str, new: str) -> None:
        """Say that ``old`` of one plan is ``new`` of the other."""
        self._join((old, new))

    def same(self, one: str, other: str) -> bool:
        """Whether both names mean one body."""
        return self.key(one) == self.key(other)

    def key(self, name: str | None) -> str:
        """The same for all names of one body; of an office (X局局长) that of its body goes before."""
        flat = _flat(name or "")
        if flat in self._top:
            return self._find(flat)
        for size in range(len(flat) - 1, 2, -1):
            if flat[:size] in self._top:
                return self._find(flat[:size]) + flat[size:]
        return flat

    def keys(self, phrase: str | None) -> frozenset[str]:
        """The keys of all bodies of a phrase (X或者Y); the order they stand in means nothing."""
        parts = parts_of(phrase or "") or ((phrase,) if phrase else ())
        return frozenset(self.key(part) for part in parts)

    def all_keys(self, names: Iterable[str]) -> frozenset[str]:
        """The keys of all bodies of several phrases."""
        return frozenset(key for name in names for key in self.keys(name))


@lru_cache(maxsize=8192)
def _flat(name: str) -> str:
    return plain(name)


def _known_together(content: PlanContent) -> list[tuple[str, ...]]:
    """Names said to mean one body; an alias given to two bodies tells nothing."""
    groups = [(unit.name, *unit.aliases) for unit in content.units]
    if content.command:
        groups.append((content.command.name, *content.command.aliases))
    count: dict[str, int] = {}
    for group in groups:
        for name in {_flat(each) for each in group}:
            count[name] = count.get(name, 0) + 1
    return [
        (group[0], *(alias for alias in group[1:] if count[_flat(alias)] == 1 and len(alias) > 1))
        for group in groups
    ]


@lru_cache(maxsize=64)
def place_words(title: str) -> Place:
    """The words that stand before local bodies in a plan of this title: its areas, and levels in general."""
    words: list[str] = list(_LEVEL_WORDS)
    at = 0
    while (found := _AREA.match(title, at)) and not _HAZARD.search(found.group()):
        area = found.group()
        stem = re.sub(r"(?:自治)?[省州市县区旗镇乡团师]$", "", area)
        words += [word for word in (area, stem) if len(word) > 1]
        at = found.end()
    words += [f"{we}{word}" for we in "本我全各" for word in _LEVEL_WORDS] + ["本级"]
    return Place(code="", own=tuple(sorted(dict.fromkeys(words), key=len, reverse=True)), above=())


@lru_cache(maxsize=65536)
def function_of(name: str, title: str) -> str:
    """``name`` without the places before it and without a bracket: what the body is for (应急局)."""
    text = re.sub(r"\s|（[^（）]*）|\([^()]*\)", "", name)
    place = place_words(title)
    while (rest := place.strip(text)) != text:
        text = rest
    return text


def same_function(one: str, title_one: str, other: str, title_other: str) -> bool:
    """Whether two bodies of two levels do the same work: 市应急管理局 and 县应急局."""
    return alike(function_of(one, title_one), function_of(other, title_other))
