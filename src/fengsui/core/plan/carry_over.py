"""Carrying a review over to another reading (沿用校核结果): of the same document, or of a new version.

Pure. What a person said counts on as long as the words it was said of still stand and were read as they
were then. What no longer fits is never dropped in silence: it is told as lost, with its reason.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

from fengsui.core.citation import Citation
from fengsui.core.plan.codec import from_data, to_data
from fengsui.core.plan.model import Doubt, DraftPlan
from fengsui.core.plan.review import ReviewItem, Settlement, Verdict, doubt_id, items_of, label_of, standing

Key = TypeVar("Key")
Value = TypeVar("Value")

Place = Callable[[Citation], Citation | None]
"""Where a quote of the reading before stands in the reading after; None: nowhere."""


class LostWhy(StrEnum):
    """Why a settlement does not hold for the new reading."""

    NOT_FOUND_AGAIN = "not_found_again"  # 原来的条目这次没有读出
    READ_OTHERWISE = "read_otherwise"  # 这次读得与当时不同


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A settlement that does not hold any more; ``item`` is what it was said of, None if it was added."""

    settlement: Settlement
    why: LostWhy
    source: Citation
    text: str

    def as_doubt(self) -> Doubt:
        """The same as a doubt, so that a person looks again before the draft is confirmed."""
        return Doubt(
            about=self.settlement.section,
            why=self.why.value,
            text=self.text or self.source.quote,
            source=self.source,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedOver:
    """What holds for the new reading, what does not, and how many corrections it now makes by itself."""

    settlements: tuple[Settlement, ...]
    lost: tuple[Lost, ...] = ()
    dissolved: int = 0


def same_place(source: Citation) -> Citation | None:
    """For another reading of the same document: every quote stands where it stood."""
    return source


def carry_over(
    before: DraftPlan, settlements: tuple[Settlement, ...], after: DraftPlan, place: Place = same_place
) -> CarriedOver:
    """Take ``settlements`` made on ``before`` over to ``after``.

    A correction that ``after`` reads by itself becomes an acceptance. An acceptance or rejection of an
    item that is now read otherwise is lost, because it was said of something else.
    """
    carrier = _Carrier(before, after, place)
    kept: list[Settlement] = []
    lost: list[Lost] = []
    dissolved = 0
    for target, last in standing(settlements).items():
        result = carrier.carried(last)
        if isinstance(result, Lost):
            lost.append(result)
            if last.verdict is Verdict.EDIT:
                kept.append(last)  # it applies to nothing, but its words fill the form when looked at again
        elif result is None:
            dissolved += 1
        elif result == last:
            kept += [one for one in settlements if one.target == target]
        else:
            dissolved += last.verdict in (Verdict.EDIT, Verdict.ADD) and result.verdict is Verdict.ACCEPT
            kept.append(result)
    return CarriedOver(settlements=tuple(kept), lost=tuple(lost), dissolved=dissolved)


class _Reading:
    """The items of one reading by the names that may tell them again."""

    def __init__(self, draft: DraftPlan) -> None:
        self.items = {item.id: item for item in items_of(draft.content)}
        self.doubts = {doubt_id(doubt): doubt for doubt in draft.doubts}
        self.by_words = _unique((_words(item), item) for item in self.items.values())
        self.doubts_by_words = _unique((_doubt_words(doubt), name) for name, doubt in self.doubts.items())

    @cached_property
    def by_value(self) -> dict[str, ReviewItem]:
        return {_meaning(item.section, to_data(item.value)): item for item in self.items.values()}


class _Carrier:
    def __init__(self, before: DraftPlan, after: DraftPlan, place: Place) -> None:
        self.before, self.after = _Reading(before), _Reading(after)
        self.place = place

    def carried(self, said: Settlement) -> Settlement | Lost | None:
        """``said`` for the new reading; None where it has become needless."""
        if said.verdict is Verdict.ADD:
            return self._added(said)
        if said.section == "doubt":
            return self._doubt(said)
        item = self._found(said.target)
        if said.verdict is Verdict.EDIT:
            return self._edited(said, item)
        seen = self.before.items.get(said.target)
        if seen is None:
            return said if item is not None else None
        if item is None:
            return self._vanished(said, seen)
        if _meaning(item.section, to_data(item.value)) != _meaning(seen.section, to_data(seen.value)):
            return self._lost(said, LostWhy.READ_OTHERWISE, item.source, _name(item))
        return replace(said, target=item.id)

    def _found(self, target: str) -> ReviewItem | None:
        """The item of the new reading that ``target`` names, by its name or by its words alone."""
        named = self.after.items.get(target)
        if named is not None:
            return named
        seen = self.before.items.get(target)
        return self.after.by_words.get(_words(seen)) if seen is not None else None

    def _vanished(self, said: Settlement, seen: ReviewItem) -> Settlement | Lost | None:
        if said.verdict is Verdict.REJECT:
            return None
        same = self.after.by_value.get(_meaning(seen.section, to_data(seen.value)))
        if same is not None:
            return replace(said, target=same.id)
        return self._lost(said, LostWhy.NOT_FOUND_AGAIN, seen.source, _name(seen))

    def _edited(self, said: Settlement, item: ReviewItem | None) -> Settlement | Lost:
        data = said.data or {}
        same = self.after.by_value.get(_meaning(said.section, data))
        if same is not None and (item is None or same.id == item.id):
            return replace(said, target=same.id, verdict=Verdict.ACCEPT, data=None)
        if item is not None:
            return replace(said, target=item.id, data=self._moved(data, item.source))
        return self._lost(said, LostWhy.NOT_FOUND_AGAIN, _source(data), _named(data))

    def _added(self, said: Settlement) -> Settlement | Lost | None:
        data = said.data or {}
        doubt = self._doubt(said)
        target = doubt.target if doubt is not None else said.target
        if _meaning(said.section, data) in self.after.by_value:
            # The doubt it answered was looked at; only the item itself is now needless.
            return replace(doubt, section="doubt", verdict=Verdict.ACCEPT, data=None) if doubt else None
        source = self.place(_source(data))
        if source is None:
            return self._lost(said, LostWhy.NOT_FOUND_AGAIN, _source(data), _named(data))
        return replace(said, target=target, data=self._moved(data, source))

    def _doubt(self, said: Settlement) -> Settlement | None:
        if said.target in self.after.doubts:
            return said
        seen = self.before.doubts.get(said.target)
        name = self.after.doubts_by_words.get(_doubt_words(seen)) if seen is not None else None
        return None if name is None else replace(said, target=name)

    def _moved(self, data: dict[str, Any], whole: Citation) -> dict[str, Any]:
        """``data`` with every citation where its quote now stands, else on that of the whole item."""
        moved: dict[str, Any] = _with_citations(data, lambda source: self.place(source) or whole)
        return moved

    def _lost(self, said: Settlement, why: LostWhy, source: Citation, text: str) -> Lost:
        return Lost(settlement=said, why=why, source=self.place(source) or source, text=text)


def _unique(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, Value]:
    listed = list(pairs)
    counts = Counter(key for key, _ in listed)
    return {key: value for key, value in listed if counts[key] == 1}


def _plain(text: str) -> str:
    return "".join(text.split())


def _name(item: ReviewItem) -> str:
    return label_of(item.value).split("|")[0]


def _words(item: ReviewItem) -> tuple[str, str, str]:
    return item.section, _plain(item.source.quote), label_of(item.value)


def _doubt_words(doubt: Doubt) -> tuple[str, str, str, str]:
    return doubt.about, doubt.why, _plain(doubt.source.quote), _plain(doubt.text)


def _meaning(section: str, data: Any) -> str:
    """What an item says, whatever its place: two items that say the same have the same meaning."""
    return section + json.dumps(_without_sources(data), ensure_ascii=False, sort_keys=True)


def _without_sources(data: Any) -> Any:
    if isinstance(data, dict):
        # Empty values are left out of the codec form, but a form sends them.
        return {
            key: _without_sources(value)
            for key, value in data.items()
            if key not in ("source", "sources") and value not in (None, "", [], ())
        }
    if isinstance(data, list | tuple):
        return [_without_sources(item) for item in data]
    return data


def _with_citations(data: Any, change: Callable[[Citation], Citation]) -> Any:
    if isinstance(data, dict):
        if data.get("type") == "Citation":
            return to_data(change(from_data(Citation, data)))
        return {key: _with_citations(value, change) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_with_citations(item, change) for item in data]
    return data


def _source(data: dict[str, Any]) -> Citation:
    given = data.get("source")
    if given is None:
        return Citation(document="", clause="", line=0, quote="")
    return from_data(Citation, given)


def _named(data: dict[str, Any]) -> str:
    return next(
        (str(data[key]) for key in ("name", "unit", "what", "authority", "text") if data.get(key)), ""
    )


def lines_finder(document: str, lines: Iterable[tuple[int, str]]) -> Place:
    """A ``Place`` for a new version: finds a quote in its text, nearest to the line it stood on before.

    Blanks and line breaks do not count. The clause number stays as it was printed before.
    """
    text: list[str] = []
    starts: list[tuple[int, int]] = []
    length = 0
    for number, line in lines:
        plain = _plain(line)
        starts.append((length, number))
        text.append(plain)
        length += len(plain)
    whole = "".join(text)

    def place(source: Citation) -> Citation | None:
        found = [_line_at(starts, at) for at in _places(whole, _plain(source.quote))]
        if not found:
            return None
        return replace(source, document=document, line=min(found, key=lambda line: abs(line - source.line)))

    return place


def _places(whole: str, wanted: str) -> Iterator[int]:
    at = whole.find(wanted) if wanted else -1
    while at >= 0:
        yield at
        at = whole.find(wanted, at + 1)


def _line_at(starts: list[tuple[int, int]], offset: int) -> int:
    line = starts[0][1]
    for begin, number in starts:
        if begin > offset:
            break
        line = number
    return line
