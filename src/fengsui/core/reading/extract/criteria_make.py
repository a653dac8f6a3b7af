"""Making criteria: thresholds under the boundary rule, conditions, and their combinations.

Everything made carries the words it was made of; ``Maker`` remembers where each stands, so that what is put
together quotes the whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TypeVar

from fengsui.core.citation import Citation
from fengsui.core.plan.criterion import AllOf, AnyOf, Condition, Criterion, Threshold
from fengsui.core.plan.level import BoundaryRule
from fengsui.core.plan.model import Doubt
from fengsui.core.reading.extract.criteria_clauses import Clause
from fengsui.core.reading.extract.criteria_measure import CASUALTIES, POTENTIAL, Measure, factor_to
from fengsui.core.reading.extract.criteria_words import (
    is_action,
    is_frame,
    is_out_of_scope,
    signal_in,
    without_joint,
)
from fengsui.core.reading.phrases.facts import mentions, yes_no_fact
from fengsui.core.reading.phrases.figures import Bound
from fengsui.core.reading.phrases.folded import Folded

# 10分钟降雨量: a shorter time than any period that is kept.
_MINUTES = re.compile(r"\d+分钟(?:内)?[^,;。\d]{0,4}(?:降[雨水]|雨)")

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


class Maker:
    """Makes the criteria of one item and collects what was not understood in ``out``."""

    def __init__(self, item: Item, rule: BoundaryRule | None) -> None:
        self.item = item
        self.rule = rule
        self.text = item.folded.text
        self.spans: dict[int, tuple[int, int]] = {}  # where each criterion made so far stands, by id
        self.kept: list[Criterion] = []  # keeps them alive, so that an id stays theirs
        self.out = Parsed()

    def doubt(self, why: str, start: int, end: int) -> None:
        text, source = self._quote(max(0, start), min(len(self.text), end))
        self.out.doubts.append(Doubt(about="criterion", why=why, text=text, source=source))

    def threshold(self, found: Measure, clause: Clause, potential: bool, at_least: bool) -> Threshold:
        bound = found.bound
        factor = factor_to(found.unit, bound.unit)
        low = None if bound.low is None else bound.low * factor
        high = None if bound.high is None else bound.high * factor
        confined = bound.bare and bound.unit == "个" and _CONFINED.match(self.text, bound.end) is not None
        if (at_least and not confined) or (bound.bare and bound.unit in ("小时", "天", "分钟")):
            high = None  # 停运1天, 死亡1人重伤8人以上: reached means at least
        text, source = self._quote(clause.start, clause.end)
        if found.spec is None:
            self.doubt("no_fact_for_phrase", clause.start, clause.end)
        else:
            self.out.thresholds += 1
            short = _MINUTES.search(self.item.folded.text, clause.start, bound.start)
            if short or (not found.spec.windowed and self._has_period(clause, bound)):
                self.doubt("period_left_out", clause.start, clause.end)
            if bound.bare and (bound.unit == "个" or found.name in CASUALTIES):
                self.doubt("exactly_or_more", clause.start, clause.end)
            if found.borrowed:
                self.doubt("fact_said_before", clause.start, clause.end)
            if found.spec.name == "earthquake_magnitude" and _AREA.search(text):
                self.doubt("limited_to_area", clause.start, clause.end)
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

    def _has_period(self, clause: Clause, bound: Bound) -> bool:
        """Whether a period stands before the figure, in its clause or right before its comma."""
        before = _PERIOD_BEFORE.search(self.text, max(0, clause.start - 12), clause.start)
        return before is not None or _PERIOD.search(self.text, clause.start, bound.start) is not None

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

    def counted(self, clause: Clause, phrase: tuple[int, int], value: Decimal | None) -> Criterion:
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

    def condition(self, start: int, end: int) -> Condition | None:
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
                signal=signal_in(words),
                potential=self.item.potential or bool(POTENTIAL.search(words)),
                source=source,
            ),
        )

    def _quote(self, start: int, end: int) -> tuple[str, Citation]:
        source = self.item.cite(*self.item.folded.original(start, end))
        return source.quote, source

    def group(self, parts: list[Criterion]) -> Criterion:
        return self.all_of(self._merge_conditions(self._premises(parts)))

    def _whole(self, parts: Sequence[Criterion]) -> tuple[int, int]:
        spans = [self.spans[id(part)] for part in parts]
        return min(a for a, _ in spans), max(b for _, b in spans)

    def all_of(self, parts: Sequence[Criterion]) -> Criterion:
        if len(parts) == 1:
            return parts[0]
        text, source = self._quote(*self._whole(parts))
        return self._at(*self._whole(parts), AllOf(parts=tuple(parts), text=text, source=source))

    def any_of(self, parts: Sequence[Criterion]) -> Criterion:
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
                elif leaves and _says_only_weather(cause.text, leaves):
                    result.pop()  # 可能受大风影响，平均风力可达6级: the figure says it again
                    part = self._expected(part) if cause.potential else part
            result.append(part)
        return result

    def _expected(self, part: Criterion) -> Criterion:
        """``part`` with its figures only expected, as the clause before them said."""
        span = self.spans[id(part)]
        if isinstance(part, Threshold):
            return self._at(*span, replace(part, potential=True))
        if isinstance(part, AllOf | AnyOf):
            inner = tuple(
                replace(leaf, potential=True) if isinstance(leaf, Threshold) else leaf for leaf in part.parts
            )
            return self._at(*span, replace(part, parts=inner))
        return part

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
                signal=before.signal or part.signal,
                out_of_scope=before.out_of_scope or part.out_of_scope,
                potential=before.potential or part.potential,
            )
            result[-1] = self._at(*span, merged)
        return result


_WEATHER = frozenset(
    {
        "wind_force",
        "gust_force",
        "wind_speed_ms",
        "rainfall_mm",
        "precipitation_mm",
        "snowfall_mm",
        "snow_depth_cm",
        "min_temperature_c",
        "max_temperature_c",
        "mean_temperature_c",
        "temperature_drop_c",
        "visibility_m",
        "hail_mm",
    }
)
_ONLY_WEATHER = re.compile(
    r"(?:预计|预测|预报|经.{0,6}(?:预测|预报|研判),?)?(?:未来|今后|在)?(?:\d{1,3}(?:个)?(?:小时|天|日)(?:之|以)?内?)?(?:将|可能|已经?|继续)*"
    r"(?:受|遭受|出现|发生|有|遭遇)?[^,;。\d]{0,6}?(?:台风|热带(?:气旋|风暴)|大风|强风|暴雨|强降雨|强降水|降雨|降水|暴雪|强降雪|降雪|寒潮|"
    r"强?冷空气|强?降温|高温|沙尘暴?|大雾|浓雾|强对流|冰雹)(?:天气)?(?:过程)?(?:影响|袭击)?的?"
)
"""A clause that names the weather and nothing else."""


def _says_only_weather(text: str, leaves: Sequence[Threshold]) -> bool:
    return all(leaf.fact in _WEATHER for leaf in leaves) and bool(
        _ONLY_WEATHER.fullmatch(text.replace("，", ",").strip(","))
    )


# 48小时内死亡3人: deaths are not counted over a period, so the figure stands without it and a doubt asks.
_PERIOD = re.compile(r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})个?(?:小时|天|日|周|月|星期)(?:之|以)?内")
_PERIOD_BEFORE = re.compile(_PERIOD.pattern + r",$")
# 1个镇范围内, 1个县的3个以上疫点: in one and no more.
_CONFINED = re.compile(r"(?:[^,;。\d的]{0,10}?(?:范围|境|辖区|区域|地域|域)内|[^,;。\d的]{1,8}的(?!事|情|$))")
_AREA = re.compile(r"地区|行政区域|县市|周边|相邻|辖区|境内|公里|乡镇|团镇|密集")
_RESULT = re.compile(r"(?:并|而|从而)?(?:造成|导致|致使|引起)")


def _thresholds(criterion: Criterion) -> list[Threshold]:
    """The thresholds of a criterion; none for one that holds a condition as well."""
    if isinstance(criterion, Threshold):
        return [criterion]
    if isinstance(criterion, Condition):
        return []
    return [leaf for part in criterion.parts for leaf in _thresholds(part)]
