"""A criterion in words → thresholds, conditions and their combinations.

One item of a level (a list item, a cell, the rest of a sentence) gives the alternatives it names. What has a
number with a word of bound and is not understood becomes a doubt; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TypeVar

from fengsui.core.citation import Citation
from fengsui.core.fact import register
from fengsui.core.plan.criterion import AllOf, AnyOf, Condition, Criterion, Threshold
from fengsui.core.plan.level import BoundaryRule
from fengsui.core.plan.model import Doubt
from fengsui.core.reading.extract.criteria_clauses import CONTINUES, Clause, Joint, clauses, sentences
from fengsui.core.reading.extract.criteria_measure import (
    CASUALTIES,
    POTENTIAL,
    Measure,
    factor_to,
    measure,
)
from fengsui.core.reading.extract.criteria_words import (
    MEASURE,
    is_action,
    is_frame,
    is_occurrence,
    is_out_of_scope,
    none_of,
    some_of,
    without_joint,
)
from fengsui.core.reading.phrases.facts import mentions, yes_no_fact
from fengsui.core.reading.phrases.figures import Bound, bounds_in
from fengsui.core.reading.phrases.folded import Folded

C = TypeVar("C", bound=Criterion)

Cite = Callable[[int, int], Citation]
"""Citation of a span of the original text."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item to parse: its folded text and where it stands.

    ``prefix`` is text of the table header that belongs to it, ``potential`` whether the lead said 可能,
    ``meant`` facts that the plan declares to mean another (重伤（包括急性工业中毒，下同）).
    """

    folded: Folded
    cite: Cite
    prefix: str = ""
    potential: bool = False
    meant: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Parsed:
    """The alternatives an item names, and what was not understood."""

    criteria: list[Criterion] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    thresholds: int = 0


def parse_item(item: Item, rule: BoundaryRule | None) -> Parsed:
    """Read ``item`` under the plan's boundary rule (None: the plan states none)."""
    return _Reader(item, rule).read()


class _Reader:
    def __init__(self, item: Item, rule: BoundaryRule | None) -> None:
        self.item = item
        self.rule = rule
        self.text = item.folded.text
        self.bounds = bounds_in(self.text)
        self.used: list[tuple[int, int]] = []
        self.spans: dict[int, tuple[int, int]] = {}  # where each criterion made so far stands, by id
        self.kept: list[Criterion] = []  # keeps them alive, so that an id stays theirs
        self.out = Parsed()

    def read(self) -> Parsed:
        for group in self._together(sentences(self.text)):
            filled = [part for part in (self._sentence(*span) for span in group) if part]
            if len(filled) > 1:
                parts = [self._any(part) for part in filled]
                flat = [
                    inner for part in parts for inner in (part.parts if isinstance(part, AllOf) else (part,))
                ]
                self.out.criteria.append(self._all(flat))
            elif filled:
                self.out.criteria.extend(filled[0])
        self._doubt_rest()
        return self.out

    def _together(self, spans: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
        """Sentences that must hold together: 以及, 且; and one definition cut by a full stop."""
        groups: list[list[tuple[int, int]]] = []
        for span in spans:
            words = self.text[span[0] : span[1]]
            before = self.text[groups[-1][-1][0] : span[0]] if groups else ""
            one_definition = (
                before.endswith("。")
                and not re.search(r"的(?:\w{0,4}(?:事故|事件|灾害|情况))?。$", before)
                and bool(re.search(r"的(?:事故|事件|灾害|情况|灾情|险情)$", words))
                and len(spans) == 2
            )
            if groups and (CONTINUES.match(words) or one_definition):
                groups[-1].append(span)
            else:
                groups.append([span])
        return groups

    # --- one sentence ---------------------------------------------------------------------------------------

    def _sentence(self, start: int, end: int) -> list[Criterion]:
        own = [b for b in self.bounds if start <= b.start and b.end <= end]
        parts = clauses(self.text, start, end, own)
        if not any(self._speaks_of_figures(part) for part in parts):
            return self._judgement(parts)
        potential = self.item.potential or bool(
            re.match(r"经?(?:研判|预计|预测|可能)|经.{0,6}(?:预测|研判)", self.text[start:end])
        )
        if self.text[start:end].startswith("或"):
            start = max(self.text.rfind("。", 0, start), 0)  # what is measured was said before the stop
        groups: list[list[Criterion]] = []
        last: Clause | None = None
        for group in _grouped(self._without_frames(parts)):
            made = self._clause_group(group, start, potential)
            if not made:
                continue
            if groups and not _new_group(last, group[0], groups[-1], made):
                groups[-1].extend(made)
            else:
                groups.append(made)
            last = group[-1]
        done = [self._group(group) for group in groups]
        return [inner for part in done for inner in (part.parts if isinstance(part, AnyOf) else (part,))]

    def _judgement(self, parts: list[Clause]) -> list[Criterion]:
        """A sentence without figures is one question; what frames it and what is then done is left out."""
        while parts and is_action(self._words(parts[-1])):
            parts = parts[:-1]
        while parts and is_frame(self._words(parts[0])):
            parts = parts[1:]
        done = parts[1:] and self.text[parts[1].start : parts[-1].end]
        if done and is_occurrence(self._words(parts[0])) and MEASURE.search(done):
            parts = parts[:1]  # 发生…时，某部门立即…: the rest says what is then done
        whole = self._condition(parts[0].start, parts[-1].end) if parts else None
        return [whole] if whole else []

    def _speaks_of_figures(self, clause: Clause) -> bool:
        return (
            any(not b.bare for b in clause.bounds)
            or none_of(self._words(clause)) is not None
            or any(self._measure(clause, b, clause.start, False) is not None for b in clause.bounds)
        )

    def _words(self, clause: Clause) -> str:
        return self.text[clause.start : clause.end]

    def _without_frames(self, parts: list[Clause]) -> list[Clause]:
        kept = []
        for index, part in enumerate(parts):
            words = self._words(part)
            after = self._words(parts[index + 1]) if index + 1 < len(parts) else ""
            idle = is_frame(words) or is_action(words) or after.startswith("即")
            if idle and all(b.bare for b in part.bounds):
                continue
            kept.append(part)
        return kept

    def _clause_group(self, group: list[Clause], sentence: int, potential: bool) -> list[Criterion]:
        """Clauses joined by 或 or 、 alone: alternatives of one part of the sentence."""
        made: list[Criterion] = []
        for clause in group:
            found = self._clause(clause, sentence, potential)
            if found:
                made.append(self._all(found))
        if len(made) > 1:
            return [self._any(made)]
        return made

    def _clause(self, clause: Clause, sentence: int, potential: bool) -> list[Criterion]:
        words = self._words(clause)
        expected = potential or bool(POTENTIAL.search(words))
        thresholds: list[Criterion] = []
        prefer_after = False
        solid = any(not b.bare for b in clause.bounds)
        for bound in clause.bounds:
            found = self._measure(clause, bound, sentence, prefer_after)
            if found is None or self._explained(bound):
                continue
            if self._upside_down(found, thresholds):
                continue
            prefer_after = found.covers[0] >= bound.end
            self.used += [(bound.start, bound.end), found.covers]
            thresholds.append(self._threshold(found, clause, expected, solid and bound.bare))
        thresholds = self._alternative_units(thresholds, clause)
        if thresholds:
            return thresholds
        none = none_of(words)
        if none is not None:
            return [self._counted(clause, none, Decimal(0))]
        some = some_of(words)
        if some is not None:
            return [self._counted(clause, some, None)]
        condition = self._condition(clause.start, clause.end)
        return [condition] if condition else []

    def _upside_down(self, found: Measure, before: list[Criterion]) -> bool:
        """Whether the figure is the upper end of a range whose lower end is higher: damaged, so doubted."""
        last = before[-1] if before else None
        high = found.bound.high
        return (
            isinstance(last, Threshold)
            and found.bound.low is None
            and high is not None
            and last.high is None
            and last.fact == found.name
        )

    def _explained(self, bound: Bound) -> bool:
        """Whether the figure is part of the name of a fact already found (600兆瓦以上锅炉)."""
        return any(
            a <= bound.start and bound.end <= b and (a, b) != (bound.start, bound.end) for a, b in self.used
        )

    def _measure(self, clause: Clause, bound: Bound, sentence: int, prefer_after: bool) -> Measure | None:
        if bound.bare and not _bare_counts(bound):
            return None
        found = measure(
            self.text,
            clause,
            bound,
            sentence_start=sentence,
            prefix=self.item.prefix,
            prefer_after=prefer_after,
        )
        meant = self.item.meant.get(found.name) if found is not None else None
        return replace(found, name=meant, spec=register()[meant]) if found is not None and meant else found

    def _alternative_units(self, thresholds: list[Criterion], clause: Clause) -> list[Criterion]:
        """100间或30户: figures of one run in different units are alternatives, not to be met together."""
        if len(thresholds) < 2 or not _share_a_run(clause.bounds):
            return thresholds
        return [self._any(thresholds)]

    # --- making criteria ------------------------------------------------------------------------------------

    def _threshold(self, found: Measure, clause: Clause, potential: bool, at_least: bool) -> Threshold:
        bound = found.bound
        factor = factor_to(found.unit, bound.unit)
        low = None if bound.low is None else bound.low * factor
        high = None if bound.high is None else bound.high * factor
        if at_least or (bound.bare and bound.unit in ("小时", "天", "分钟")):
            high = None  # 停运1天, 死亡1人重伤8人以上: reached means at least
        text, source = self._quote(clause.start, clause.end)
        if found.spec is None:
            self.out.doubts.append(_doubt("no_fact_for_phrase", text, source))
        else:
            self.out.thresholds += 1
            if found.spec.name == "earthquake_magnitude" and _AREA.search(text):
                self.out.doubts.append(_doubt("limited_to_area", text, source))
        upper_alone = low is None and high is not None
        return self._at(
            clause.start,
            clause.end,
            Threshold(
                fact=found.name,
                unit=found.unit,
                low=low,
                high=high,
                low_included=self._low_in(bound),
                high_included=None if high is None and not upper_alone else self._high_in(bound),
                positive=upper_alone and self._presupposes_some(bound, clause),
                window_h=found.window_h,
                window_d=found.window_d,
                potential=potential,
                text=text,
                source=source,
            ),
        )

    def _at(self, start: int, end: int, made: C) -> C:
        self.spans[id(made)] = (start, end)
        self.kept.append(made)
        return made

    def _low_in(self, bound: Bound) -> bool | None:
        if bound.low_in is not None:
            return bound.low_in
        stated = self.rule.above_included if self.rule is not None else None
        return True if stated is None else stated

    def _high_in(self, bound: Bound) -> bool | None:
        if bound.high_in is not None:
            return bound.high_in
        return self.rule.below_included if self.rule is not None else None

    def _presupposes_some(self, bound: Bound, clause: Clause) -> bool:
        said = self.text[bound.start : bound.end]
        return "以下" in said or "以内" in said or ("不超过" in said and bound.unit == "人")

    def _counted(self, clause: Clause, phrase: tuple[int, int], value: Decimal | None) -> Criterion:
        """没有人员死亡 → exactly 0; 出现死亡病例 (``value`` None) → at least 1."""
        begin, finish = clause.start + phrase[0], clause.start + phrase[1]
        found = mentions(self.text[begin:finish], "人", self.text)
        text, source = self._quote(clause.start, clause.end)
        if not found:
            return self._at(clause.start, clause.end, Condition(text=text, source=source))
        self.out.thresholds += 1
        return self._at(
            clause.start,
            clause.end,
            Threshold(
                fact=found[-1].spec.name,
                unit="人",
                low=Decimal(1) if value is None else value,
                high=value,
                low_included=True,
                high_included=None if value is None else True,
                text=text,
                source=source,
            ),
        )

    def _condition(self, start: int, end: int) -> Condition | None:
        words = self.text[start:end]
        skipped, words = without_joint(words)
        start += skipped
        if len(words) < 3 or is_action(words) or is_frame(words) or words.endswith(":"):
            return None
        text, source = self._quote(start, start + len(words))
        spec = yes_no_fact(words)
        return self._at(
            start,
            start + len(words),
            Condition(
                text=text,
                fact=spec.name if spec else None,
                out_of_scope=is_out_of_scope(words),
                potential=self.item.potential or bool(POTENTIAL.search(words)),
                source=source,
            ),
        )

    def _quote(self, start: int, end: int) -> tuple[str, Citation]:
        source = self.item.cite(*self.item.folded.original(start, end))
        return source.quote, source

    def _group(self, parts: list[Criterion]) -> Criterion:
        return self._all(self._merge_conditions(self._premises(parts)))

    def _whole(self, parts: Sequence[Criterion]) -> tuple[int, int]:
        spans = [self.spans[id(part)] for part in parts]
        return min(a for a, _ in spans), max(b for _, b in spans)

    def _all(self, parts: Sequence[Criterion]) -> Criterion:
        if len(parts) == 1:
            return parts[0]
        text, source = self._quote(*self._whole(parts))
        return self._at(*self._whole(parts), AllOf(parts=tuple(parts), text=text, source=source))

    def _any(self, parts: Sequence[Criterion]) -> Criterion:
        if len(parts) == 1:
            return parts[0]
        text, source = self._quote(*self._whole(parts))
        return self._at(*self._whole(parts), AnyOf(parts=tuple(parts), text=text, source=source))

    def _premises(self, parts: list[Criterion]) -> list[Criterion]:
        """A cause before a figure (有毒介质泄漏，造成…) goes to the figure as its ``cause_fact``."""
        result: list[Criterion] = []
        for part in parts:
            cause = result[-1] if result else None
            if isinstance(cause, Condition):
                if isinstance(part, Threshold) and cause.fact and _RESULT.match(part.text):
                    span = self._whole([cause, part])
                    text, source = self._quote(*span)
                    result[-1] = self._at(
                        *span, replace(part, cause_fact=cause.fact, text=text, source=source)
                    )
                    continue
                leaves = _thresholds(part)
                if "旱" in cause.text and leaves and all("drought" in leaf.fact for leaf in leaves):
                    result.pop()  # the fact itself already says that drought is the cause
            result.append(part)
        return result

    def _merge_conditions(self, parts: list[Criterion]) -> list[Criterion]:
        """Neighbouring clauses without figures are one question to a person."""
        result: list[Criterion] = []
        for part in parts:
            before = result[-1] if result else None
            if not isinstance(part, Condition) or not isinstance(before, Condition):
                result.append(part)
                continue
            span = self._whole([before, part])
            text, source = self._quote(*span)
            merged = replace(
                before,
                text=text,
                source=source,
                fact=before.fact or part.fact,
                out_of_scope=before.out_of_scope or part.out_of_scope,
                potential=before.potential or part.potential,
            )
            result[-1] = self._at(*span, merged)
        return result

    def _doubt_rest(self) -> None:
        for bound in self.bounds:
            if bound.bare or any(a <= bound.start and bound.end <= b for a, b in self.used):
                continue
            text, source = self._quote(max(0, bound.start - 12), min(len(self.text), bound.end + 8))
            self.out.doubts.append(_doubt("bound_not_read", text, source))


_AREA = re.compile(r"地区|县市|周边|相邻|辖区|境内|公里|乡镇|团镇|密集")


def _doubt(why: str, text: str, source: Citation) -> Doubt:
    return Doubt(about="criterion", why=why, text=text, source=source)


def _bare_counts(bound: Bound) -> bool:
    return bound.unit in ("小时", "天", "分钟", "人", "个", "兆瓦")


def _share_a_run(bounds: Iterable[Bound]) -> bool:
    spans = [(b.start, b.end) for b in bounds if not b.bare]
    return len(spans) > 1 and len(set(spans)) == 1


def _grouped(parts: list[Clause]) -> list[list[Clause]]:
    groups: list[list[Clause]] = []
    for part in parts:
        if groups and part.joint in (Joint.OR, Joint.LIST):
            groups[-1].append(part)
        else:
            groups.append([part])
    return groups


def _new_group(last: Clause | None, clause: Clause, before: list[Criterion], made: list[Criterion]) -> bool:
    """Whether a clause begins another alternative instead of adding to the one before."""
    if clause.joint is Joint.ELSE or (last is not None and last.closed and clause.joint is not Joint.AND):
        return True
    if clause.joint is Joint.AND:
        return False
    return (_harm(before[-1]) and _harm(made[0])) or _same_figure(before[-1], made[0])


def _same_figure(before: Criterion, made: Criterion) -> bool:
    """Two demands on one figure (甲地7级以上，乙地6级以上) are two ways, not both at once."""
    return (
        isinstance(before, Threshold)
        and isinstance(made, Threshold)
        and (before.fact, before.window_h, before.window_d) == (made.fact, made.window_h, made.window_d)
    )


def _harm(criterion: Criterion) -> bool:
    if isinstance(criterion, Threshold):
        return criterion.fact in CASUALTIES and not (criterion.high == 0)
    return isinstance(criterion, AnyOf) and all(_harm(part) for part in criterion.parts)


_RESULT = re.compile(r"(?:并|而|从而)?(?:造成|导致|致使|引起)")


def _thresholds(criterion: Criterion) -> list[Threshold]:
    """The thresholds of a criterion; none for one that holds a condition as well."""
    if isinstance(criterion, Threshold):
        return [criterion]
    if isinstance(criterion, Condition):
        return []
    return [leaf for part in criterion.parts for leaf in _thresholds(part)]
