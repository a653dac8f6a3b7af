"""What a report must contain (报告内容), tied to the report edges of the same part of the plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from fengsui.core.plan.reporting import Deadline, Means
from fengsui.core.reading.extract.body_text import in_brackets
from fengsui.core.reading.extract.power_text import Sentence

_KIND = (
    r"(?P<kind>初报|首报|速报|快报|首次报告|初次报告|续报|进展报告|阶段报告|终报|核报|结果报告|总结报告|"
    r"书面报告|电话报告)"
)
_HINT = re.compile(r"包括|包含|涵盖|载明|写明|说明|内容")
_LISTED = re.compile(
    rf"^(?:[^，。；：]{{0,8}}?{_KIND})?[^。；]{{0,16}}?(?:(?P<named>内容|要素)[^，。；：]{{0,10}}?)?"
    r"(?:包括|包含|涵盖|载明|写明|说明|有|为|是|：)(?:但不限于|以下|下列|如下)?(?:内容)?[：，]?(?P<list>[^。]{4,})"
)
_ABOVE = re.compile(rf"(?:{_KIND}|报告|信息|报送)[^。；]{{0,16}}?(?:内容|要素|包括)[^。；]{{0,10}}?：?$")
# What the public is told is no report.
_PUBLISHED = re.compile(r"发布|公开|公众|新闻|预警信息")
_TAIL = re.compile(r"等(?:[^、，；]{0,8}(?:情况|内容|信息|要素|事项))?$|等$")
_ITEM_HEAD = re.compile(r"^(?:以及|和|及|包括|并|应?(?:写明|说明|载明))+")
_PHASE = re.compile(
    r"(?P<again>续报|进展|补报|阶段)|(?P<last>终报|核报|总结|结果报告)|(?P<first>初报|首报|速报|快报|首次|初次)"
)
MOST = 24
"""Items of one list; a longer one is a form, kept in its clause."""


@dataclass(frozen=True, slots=True)
class Contents:
    """A printed list of contents: the sentence, which report it speaks of ("" any), what it lists."""

    sentence: Sentence
    kind: str
    items: tuple[str, ...]


def contents_in(sentence: Sentence) -> Contents | None:
    """The list that ``sentence`` prints, or of which it is one item under the line above."""
    if _PUBLISHED.search(sentence.text) or (sentence.titles and _PUBLISHED.search(sentence.titles[0])):
        return None
    above = _ABOVE.search(sentence.lead)
    if above and not sentence.label and len(sentence.text) <= 60:
        return Contents(sentence, above["kind"] or "", (sentence.text.rstrip("。；"),))
    kind, items = _listed(sentence.text, "内容" in (sentence.titles[0] if sentence.titles else ""))
    return Contents(sentence, kind, items) if items else None


@lru_cache(maxsize=512)
def _listed(text: str, titled: bool) -> tuple[str, tuple[str, ...]]:
    if not _HINT.search(text):
        return "", ()
    found = _LISTED.match(text)
    if not found or not (found["named"] or found["kind"] or titled or "内容" in text[: found.start("list")]):
        return "", ()
    items = _items(found["list"])
    return (found["kind"] or "", items) if len(items) >= 3 else ("", ())


def _items(text: str) -> tuple[str, ...]:
    flags, first, pieces = in_brackets(text), 0, []
    for index, char in enumerate(text):
        if char in "、，；" and not flags[index]:
            pieces.append(text[first:index])
            first = index + 1
    pieces.append(text[first:])
    bare = (_ITEM_HEAD.sub("", _TAIL.sub("", piece.strip("。；，： "))) for piece in pieces)
    return tuple(item for item in bare if 2 <= len(item) <= 40)[:MOST]


def with_contents(
    read: Sequence[tuple[Sentence, Deadline]], lists: Sequence[Contents]
) -> tuple[Deadline, ...]:
    """The deadlines, each report with the contents that its part of the plan lists for it."""
    if not lists:
        return tuple(item for _, item in read)
    return tuple(
        replace(item, contents=found) if item.is_report and (found := _of(sentence, item, lists)) else item
        for sentence, item in read
    )


def _of(sentence: Sentence, item: Deadline, lists: Sequence[Contents]) -> tuple[str, ...]:
    """From the same section, else the one above; a list for this kind of report before a general one."""
    for place in sentence.path[:0:-1][:2]:
        near = [entry for entry in lists if any(place is section for section in entry.sentence.path)]
        fitting = [entry for entry in near if _fits(entry.kind, item)]
        told = [entry for entry in fitting if entry.kind] or fitting
        if told:
            return tuple(dict.fromkeys(text for entry in told for text in entry.items))[:MOST]
    return ()


def _fits(kind: str, item: Deadline) -> bool:
    if not kind:
        return True
    if kind[:2] in (Means.PHONE, Means.WRITTEN):
        return item.form == kind[:2]
    phase, mine = _phase(kind), _phase(item.what) or ("again" if item.every else "")
    return mine == phase or (phase == "first" and not mine)


def _phase(text: str) -> str:
    """Which report of the chain ``text`` speaks of: the first, one on the way, the last; "" any."""
    found = _PHASE.search(text)
    return found.lastgroup or "" if found else ""
