"""A criterion in words → thresholds, conditions and their combinations.

One item of a level (a list item, a cell, the rest of a sentence) gives the alternatives it names. What has a
number with a word of bound and is not understood becomes a doubt; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from fengsui.core.fact import register
from fengsui.core.plan.criterion import AllOf, AnyOf, Condition, Criterion, Threshold
from fengsui.core.plan.level import BoundaryRule
from fengsui.core.reading.extract.criteria_clauses import CONTINUES, Clause, Joint, clauses, sentences
from fengsui.core.reading.extract.criteria_make import Item, Maker, Parsed
from fengsui.core.reading.extract.criteria_measure import (
    CASUALTIES,
    POTENTIAL,
    Measure,
    lasting,
    measure,
)
from fengsui.core.reading.extract.criteria_words import (
    is_action,
    is_deed,
    is_delegated,
    is_frame,
    is_occurrence,
    none_of,
    some_of,
)
from fengsui.core.reading.phrases.figures import Bound, bounds_in, in_unit_of

LEAST_CASE = 6
"""Characters a case of its own has at least; shorter pieces are words joined by 或."""
_HAPPENS = re.compile(r"造成|导致|发生|出现|超过|达到|中断|受损|停[水电热产]|严重|危及|影响|波及|扩散")
_ANOTHER = re.compile(
    r"(?:(?<=事件)|(?<=事故)|(?<=灾害)|(?<=火灾)|(?<=疫情)|(?<=险情)|(?<=情形)|(?<=情况)|(?<=的)|(?<=信号)|(?<=预警)),?(?:或者?|以及)(?=由|经|其[他它]|发生|出现|造成|可能|需要?|符合|预计|预报|超出|涉及)"
    r"|,(?:或者?)(?=由|其[他它]|发生|出现|造成|可能|需要|符合|预计|预报|超出|涉及)"
)

_OR_ELSE = re.compile(",或者?(?!可能)")
# 大型水库发生重大险情，或中型水库垮坝: each half says what happens to what.
_WHOLE = re.compile(
    r"[^,;。]{2}(?:发生|出现|造成|导致|构成|垮坝|溃坝|溃堤|决口|漫堤|漫坝|中断|瘫痪|受损|失控|爆炸|泄漏|坍塌|受到|遭到|流行|超出|超过|涉及|停产|断流)"
)


def parse_item(item: Item, rule: BoundaryRule | None) -> Parsed:
    """Read ``item`` under the plan's boundary rule (None: the plan states none)."""
    return _Reader(item, rule).read()


class _Reader:
    def __init__(self, item: Item, rule: BoundaryRule | None) -> None:
        self.item = item
        self.text = item.folded.text
        self.bounds = in_unit_of(item.prefix, bounds_in(self.text)) if item.prefix else bounds_in(self.text)
        self.used: list[tuple[int, int]] = []
        self.make = Maker(item, rule)

    def read(self) -> Parsed:
        for group in self._together(sentences(self.text)):
            filled = [part for part in (self._sentence(*span) for span in group) if part]
            if len(filled) > 1:
                parts = [self.make.any_of(part) for part in filled]
                flat = [
                    inner for part in parts for inner in (part.parts if isinstance(part, AllOf) else (part,))
                ]
                self.make.out.criteria.append(self.make.all_of(flat))
            elif filled:
                self.make.out.criteria.extend(filled[0])
        self._doubt_rest()
        return self.make.out

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
                if groups and group[0].joint is Joint.ELSE and _has_premise(groups[-1]):
                    self.make.doubt("premise_of_first", start, end)
                if groups and group[0].joint is Joint.COMMA and "或" not in self.text:
                    self.make.doubt("alternatives_assumed", start, end)
                groups.append(made)
            last = group[-1]
        done = [self.make.group(group) for group in groups]
        return [inner for part in done for inner in (part.parts if isinstance(part, AnyOf) else (part,))]

    def _judgement(self, parts: list[Clause]) -> list[Criterion]:
        """A sentence without figures is one question; what frames it and what is then done is left out."""
        if parts and is_delegated(self.text[parts[0].start : parts[-1].end]):
            return []
        while parts and is_action(self._words(parts[-1])):
            parts = parts[:-1]
        while parts and is_frame(self._words(parts[0])):
            parts = parts[1:]
        done = parts[1:] and self.text[parts[1].start : parts[-1].end]
        another = parts[1:] and parts[1].joint is Joint.ELSE
        if done and not another and is_occurrence(self._words(parts[0])) and is_deed(done):
            parts = parts[:1]  # 发生…时，某部门立即…: the rest says what is then done
        if not parts:
            return []
        cuts = self._other_cases(parts[0].start, parts[-1].end)
        made = [self.make.condition(start, end) for start, end in pairwise(cuts)]
        return [condition for condition in made if condition is not None]

    def _other_cases(self, start: int, end: int) -> list[int]:
        """Where a judgement goes on to another case (…的事件，或由上级指定的事件): its ends and cuts."""
        cuts = [start]
        for match in _ANOTHER.finditer(self.text, start, end):
            if match.start() - cuts[-1] >= LEAST_CASE and end - match.end() >= LEAST_CASE:
                cuts.append(match.start())
        if len(cuts) == 1 and self.text.count(",", start, end) == 1:
            other = _OR_ELSE.search(self.text, start, end)
            if other and self._is_case(start, other.start()) and self._is_case(other.end(), end):
                cuts.append(other.start())
        return [*cuts, end]

    def _is_case(self, start: int, end: int) -> bool:
        return end - start >= LEAST_CASE and _WHOLE.search(self.text, start, end) is not None

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
                made.append(self.make.all_of(found))
        if len(made) > 1:
            listed = any(clause.joint is Joint.LIST for clause in group[1:])
            if listed and "或" not in self.text and not all(_harm(item) for item in made):
                self.make.doubt("alternatives_assumed", group[0].start, group[-1].end)
            return [self.make.any_of(made)]
        return made

    def _clause(self, clause: Clause, sentence: int, potential: bool) -> list[Criterion]:
        words = self._words(clause)
        expected = potential or bool(POTENTIAL.search(words))
        thresholds: list[Criterion] = []
        prefer_after = False
        solid = any(not b.bare for b in clause.bounds)
        measures: list[Measure] = []
        for bound in clause.bounds:
            found = self._measure(clause, bound, sentence, prefer_after)
            if found is not None:
                prefer_after = found.covers[0] >= bound.end
                measures.append(found)
        if measures and not any(found.spec is None or found.spec.windowed for found in measures):
            known = {found.bound for found in measures}
            measures += [m for b in clause.bounds if b not in known and (m := lasting(self.text, b))]
        self.used += [found.covers for found in measures]
        for found in measures:
            if any(_explains(other, found.bound) for other in measures if other is not found):
                continue
            if found.bound.broken:
                self.make.doubt("bound_not_read", found.bound.start - 12, found.bound.end + 8)
            self.used.append((found.bound.start, found.bound.end))
            thresholds.append(self.make.threshold(found, clause, expected, solid and found.bound.bare))
        thresholds = self._alternative_units(thresholds, clause)
        if thresholds:
            return thresholds
        none = none_of(words)
        if none is not None:
            return [self.make.counted(clause, none, Decimal(0))]
        some = some_of(words)
        if some is not None:
            return [self.make.counted(clause, some, None)]
        condition = self.make.condition(clause.start, clause.end)
        return [condition] if condition else []

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
        return [self.make.any_of(thresholds)]

    def _doubt_rest(self) -> None:
        if _ORPHAN.search(self.text):
            self.make.doubt("figure_lost", 0, len(self.text))
        if share := _SHARE.search(self.text):
            self.make.doubt("bound_not_read", share.start() - 12, share.end() + 8)
        for bound in self.bounds:
            if bound.bare and not self._never_bare(bound):
                continue
            if any(a <= bound.start and bound.end <= b for a, b in self.used):
                continue
            self.make.doubt("bound_not_read", bound.start - 12, bound.end + 8)

    def _never_bare(self, bound: Bound) -> bool:
        """Whether a figure without a word of bound measures all the same (6级大风, 震级5.0级)."""
        if bound.unit == "级":
            return bound.start > 0 and _STRENGTH.search(self.text) is not None
        return bound.unit in _NEVER_BARE


_STRENGTH = re.compile("震|风力|阵风|大风")
_ORPHAN = re.compile(
    r"(?:^|[^\d一二三四五六七八九十百千两几零万亿.)])(?:[万亿])?(?:人|名|例|(?<!用)户|间|元|毫米|mm|公顷|小时|%)(?:以上|以下)|^(?:以上|以下)"
)
"""A bound whose number went astray in a damaged layout (人以上、30人以下): no figure near it is safe."""


_NEVER_BARE = frozenset({"%", "头", "羽", "只", "亩", "公顷", "元", "吨", "毫米", "厘米", "户", "间"})
"""Units in which nothing is said in a criterion that does not measure: 蓄水量不足正常年份的50%."""
_SHARE = re.compile(
    r"(?:\d/\d{1,2}|[一二三四五]分之[一二三四]|(?:一|过)?半数?)(?:的[^,;。]{1,8})?(?:及)?(?:以上|以下)"
)
"""影响县城1/3以上区域: a part of a whole is no figure of the register."""


def _bare_counts(bound: Bound) -> bool:
    return bound.unit in ("小时", "天", "分钟", "人", "个", "兆瓦", "米")


def _explains(found: Measure, bound: Bound) -> bool:
    """Whether ``bound`` is part of the name of the fact ``found`` (600兆瓦以上锅炉…中断运行)."""
    inside = found.covers[0] <= bound.start and bound.end <= found.covers[1]
    return inside and (found.bound.start, found.bound.end) != (bound.start, bound.end)


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
    if len(before) == 1 and isinstance(before[0], Threshold) and before[0].fact in _PREMISES:
        return False  # 电网负荷600兆瓦以上的，减供负荷60%以上: how large the grid is reaches no level
    if clause.joint is Joint.ELSE or (last is not None and last.closed and clause.joint is not Joint.AND):
        return True
    if clause.joint is Joint.AND:
        return False
    return (_harm(before[-1]) and _harm(made[0])) or _same_figure(before[-1], made[0])


_PREMISES = frozenset({"grid_load_mw"})
"""Figures that only say of what the next one is a part."""


def _has_premise(group: list[Criterion]) -> bool:
    """Whether a group begins with what only sets the case (其他县电网，减供负荷…)."""
    first = group[0]
    if isinstance(first, AllOf) and isinstance(first.parts[0], Threshold):
        return first.parts[0].fact in _PREMISES  # 负荷2000兆瓦以上的城市减供负荷40%以上，或…
    if len(group) > 1 and isinstance(first, Threshold) and first.fact in _PREMISES:
        return True
    return len(group) > 1 and isinstance(first, Condition) and not _HAPPENS.search(first.text)


def _same_figure(before: Criterion, made: Criterion) -> bool:
    """Two demands on one figure (甲地7级以上，乙地6级以上) are two ways, not both at once."""
    return (
        isinstance(before, Threshold)
        and isinstance(made, Threshold)
        and (before.fact, before.window_h, before.window_d) == (made.fact, made.window_h, made.window_d)
    )


def _harm(criterion: Criterion) -> bool:
    if isinstance(criterion, Threshold):
        return criterion.fact in CASUALTIES and criterion.high != 0
    return isinstance(criterion, AnyOf) and all(_harm(part) for part in criterion.parts)
