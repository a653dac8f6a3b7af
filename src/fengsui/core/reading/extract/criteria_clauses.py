"""Clauses: a criterion sentence cut where its parts are joined by 或, 且, a comma or a stop.

A comma is loose, 或 without a comma binds tighter than commas (风力4级以上或阵风6级以上), ",或"
starts another alternative. Cuts are made only outside figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from fengsui.core.reading.phrases.figures import Bound


class Joint(StrEnum):
    """How a clause is joined to the one before."""

    FIRST = "first"
    COMMA = "comma"
    OR = "or"  # 或 without a comma: binds tighter than a comma
    ELSE = "else"  # a comma and 或: another alternative
    AND = "and"  # 并, 且, 同时
    LIST = "list"  # 、 between two figures


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a folded text with the bounds that stand in it; ``closed`` ends in 的 or 的…时."""

    start: int
    end: int
    joint: Joint
    bounds: tuple[Bound, ...] = field(default=())
    closed: bool = False


_PLACES = re.compile(r"(?:[县市区镇乡州省村河]|流域|河段|地区|支流|水库)(?:\([^()]*\))?$")
_STOP = re.compile(r"[;。.]")
_BRACKET = re.compile(r"\([^()]*\)")
_SOON = re.compile("已|将|可能|正在|即将|预计")
_CUT = re.compile(r",(?:或者?|并且|而且|同时|且|并|以及)?|、|或者?|并且|而且|同时|且|并(?!发|列|行)")
_CLOSED = re.compile(r"的(?:时|事故|事件|情形|情况|[^,]{0,4}火灾)?$")
CONTINUES = re.compile(r"^(?:以及|并且|而且|且|同时(?!发生|出现)|并|有(?=[较高极轻中]))")
"""A sentence that begins like this goes on with the one before the stop."""


def sentences(text: str, start: int = 0) -> list[tuple[int, int]]:
    """Spans of the sentences of ``text[start:]`` (cut at ； and 。, never inside brackets)."""
    masked = mask_brackets(text)
    spans, begin = [], start
    for match in _STOP.finditer(masked, start):
        if match[0] == "." and not _ends_sentence(masked, match.start()):
            continue
        if text[begin : match.start()].strip():
            spans.append((begin, match.start()))
        begin = match.end()
    if text[begin:].strip():
        spans.append((begin, len(text)))
    return spans


def _ends_sentence(text: str, at: int) -> bool:
    """Whether the point at ``at`` is a full stop and not part of a number."""
    return at > 0 and not text[at - 1].isdigit() and not text[at + 1 : at + 2].isdigit()


def mask_brackets(text: str) -> str:
    """``text`` with what stands in round brackets replaced by blanks of the same length."""
    if "(" not in text:
        return text
    return _BRACKET.sub(lambda m: "(" + " " * (len(m[0]) - 2) + ")", text)


def clauses(text: str, start: int, end: int, bounds: Sequence[Bound]) -> list[Clause]:
    """The clauses of ``text[start:end]``, in order."""
    masked = mask_brackets(text[:end])
    inside = [(b.start, b.end) for b in bounds]
    cuts: list[tuple[int, int, Joint]] = []
    for match in _CUT.finditer(masked, start, end):
        if any(a < match.end() and match.start() < b for a, b in inside):
            continue
        joint = _joint(match, masked, bounds, cuts[-1][1] if cuts else start, end)
        if joint is not None:
            cuts.append((match.start(), match.end(), joint))
    result, begin, joint = [], start, Joint.FIRST
    for cut_start, cut_end, next_joint in [*cuts, (end, end, Joint.FIRST)]:
        if text[begin:cut_start].strip(",、"):
            result.append(_clause(text, begin, cut_start, joint, bounds))
            joint = next_joint
        elif joint is Joint.COMMA:
            joint = next_joint
        begin = cut_end
    return result


def _clause(text: str, start: int, end: int, joint: Joint, bounds: Sequence[Bound]) -> Clause:
    own = tuple(b for b in bounds if start <= b.start < end)
    closed = bool(_CLOSED.search(text[start:end]))
    return Clause(start, end, joint, own, closed)


def _joint(match: re.Match[str], text: str, bounds: Sequence[Bound], begin: int, end: int) -> Joint | None:
    """The kind of joint at ``match``; None where the sign belongs to a phrase and is no joint."""
    sign = match[0]
    if sign.startswith(","):
        rest = sign[1:]
        if rest.startswith("或"):
            return Joint.ELSE
        return Joint.AND if rest else Joint.COMMA
    before = [b for b in bounds if begin <= b.start and b.end <= match.start()]
    comma = text.find(",", match.end(), end)
    if sign.startswith("或") and _SOON.match(text, match.end()) and all(b.bare for b in before):
        return None  # 可能出现或者已经出现6级以上大风
    after = [b for b in bounds if match.end() <= b.start < (comma if comma >= 0 else end)]
    if sign == "同时" and _PLACES.search(text[max(begin, match.start() - 8) : match.start()]):
        return None  # 2个以上县同时发生洪水
    if sign == "、" or sign.startswith("或"):
        solid = [b for b in before if not b.bare or b.unit in ("小时", "天")]
        beside = sign != "、" and any(b.end == match.start() for b in solid)  # 1公顷以下或者其他林地起火
        beside = beside or (
            sign != "、" and bool(re.match(r"(?:造成|导致|发生|出现|其他|虽|对)", text[match.end() :]))
        )
        if not solid or (not beside and not [b for b in after if not b.bare or b.unit == "小时"]):
            return None
        return Joint.LIST if sign == "、" else Joint.OR
    return Joint.AND if before else None
