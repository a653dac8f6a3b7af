"""Thresholds along one ladder: gaps, overlaps, open ends, bounds that the plan leaves undeclared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from fengsui.core.fact import spec_of
from fengsui.core.lint.context import PlanContext
from fengsui.core.lint.finding import Hit, Severity
from fengsui.core.lint.ladders import Band, Ladder, gap, ladders, overlap, steps, thresholds_in
from fengsui.core.lint.registry import rule
from fengsui.core.plan.criterion import Threshold
from fengsui.core.plan.level import LadderKind, Logic

_TEN_THOUSAND = Decimal(10_000)


def figure(number: Decimal, unit: str) -> str:
    """A number as plans print it: 5000万元, 1.5万人, 30人."""
    unit = "" if unit == "-" else unit
    for size, word in ((_TEN_THOUSAND**2, "亿"), (_TEN_THOUSAND, "万")):
        if abs(number) >= size and (number / size * 100) % 1 == 0:
            return f"{(number / size).normalize():f}{word}{unit}"
    return f"{number.normalize():f}{unit}"


def span(low: Decimal, high: Decimal, unit: str) -> str:
    """A range in words of the plan."""
    return figure(low, unit) if low == high else f"{figure(low, unit)}—{figure(high, unit)}"


def words_of(band: Band) -> str:
    """The name of the figure a band is about."""
    threshold = band.threshold
    window = f"{threshold.window_h}小时" if threshold.window_h else ""
    return window + spec_of(threshold.fact, threshold.unit).zh


Between = Callable[[Threshold, Threshold], tuple[Decimal, Decimal] | None]


def _pairs(ladder: Ladder, between: Between) -> Iterator[Hit]:
    """One hit for each pair of lines where ``between`` finds something; figures on one line together."""
    found: dict[tuple[int, int], list[tuple[Band, Band, str]]] = {}
    for bands in ladder.bands().values():
        for lower, upper in steps(bands):
            if lower.together and upper.together and upper.threshold.low is None:
                continue  # upper bounds beside other conditions: those tell the levels apart
            range_ = between(lower.threshold, upper.threshold)
            if range_ is not None:
                said = f"{words_of(upper)}{span(*range_, upper.threshold.unit)}"
                lines = (lower.threshold.source.line, upper.threshold.source.line)
                found.setdefault(lines, []).append((lower, upper, said))
    for each in found.values():
        lower, upper, _ = each[0]
        yield Hit(
            at=upper.threshold.source,
            others=(lower.threshold.source,),
            evidence=upper.threshold.text,
            data={
                "figures": "、".join(dict.fromkeys(said for _, _, said in each)),
                "lower": lower.level.name,
                "upper": upper.level.name,
            },
        )


@rule(code="G1", name="threshold-gap", severity=Severity.H)
def check_gap(context: PlanContext) -> Iterator[Hit]:
    """Figures between two neighbouring levels that belong to neither."""
    for ladder in ladders(context.content):
        yield from _pairs(ladder, gap)


@rule(code="G2", name="threshold-overlap", severity=Severity.H)
def check_overlap(context: PlanContext) -> Iterator[Hit]:
    """Figures that reach two levels although the plan bounds the lower one."""
    for ladder in ladders(context.content):
        yield from _pairs(ladder, overlap)


@rule(code="G2", name="threshold-open-top", severity=Severity.M)
def check_open_top(context: PlanContext) -> Iterator[Hit]:
    """A lower level without upper bound in a ladder whose other figures have one."""
    for ladder in ladders(context.content):
        bands = ladder.bands()
        bounded = {
            band.level.level
            for each in bands.values()
            for lower, _ in steps(each)
            for band in (lower,)
            if band.threshold.high is not None and band.threshold.low is not None
        }
        for each in bands.values():
            for lower, upper in steps(each):
                open_top = lower.threshold.high is None and upper.threshold.low is not None
                if open_top and lower.level.level in bounded:
                    data = {"what": words_of(lower), "lower": lower.level.name, "upper": upper.level.name}
                    yield Hit(at=lower.threshold.source, others=(upper.threshold.source,), data=data)


@rule(code="G2", name="threshold-no-lower-bound", severity=Severity.H)
def check_no_lower_bound(context: PlanContext) -> Iterator[Hit]:
    """The lowest level of a warning or response ladder that is met by nothing at all (0 is below 30 %)."""
    for ladder in ladders(context.content):
        lowest = ladder.levels[0]
        found = [each for item in lowest.criteria for each, _ in thresholds_in(item)]
        if ladder.kind is LadderKind.EVENT_GRADE or not found or len(ladder.levels) < 2:
            continue
        if len(found) == len(lowest.criteria) and all(each.low is None for each in found):
            what = spec_of(found[0].fact, found[0].unit).zh
            places = tuple(each.source for each in found[1:])
            # 造成3人以下死亡 is how the law words its lowest grade: some harm is presupposed.
            harm = all(each.unit in ("人", "元") and each.positive for each in found)
            yield Hit(
                at=found[0].source,
                others=(*places, lowest.source),
                severity=Severity.M if harm else None,
                data={"what": what, "level": lowest.name},
            )


_BOUND_WORDS = re.compile(r"以上|以下|以内")


@rule(code="G2", name="boundary-undeclared", severity=Severity.M, basis="boundary")
def check_boundary(context: PlanContext) -> Iterator[Hit]:
    """以上 or 以下 in the criteria of a plan that nowhere says whether the figure itself counts."""
    if context.content.boundary_rule is not None:
        return
    found = [
        threshold
        for ladder in ladders(context.content)
        for level in ladder.levels
        for item in level.criteria
        for threshold, _ in thresholds_in(item)
        if _BOUND_WORDS.search(threshold.source.quote)
    ]
    if any(each.high is not None and each.high_included is None for each in found):
        first = min(found, key=lambda each: each.source.line)
        others = tuple({each.source.line: each.source for each in found}.values())
        yield Hit(at=first.source, others=others)


@rule(code="G2", name="two-units-one-thing", severity=Severity.M)
def check_two_units(context: PlanContext) -> Iterator[Hit]:
    """间 or 户 with upper bounds and no word on which counts: 60 rooms of 35 households is of two levels."""
    text = "".join(line.text for line in context.lines)
    if re.search(r"就高|从高|按(?:照)?较高|按(?:照)?最高", text):
        return
    for ladder in ladders(context.content):
        found = [
            (level, threshold)
            for level in ladder.levels
            if level.logic is Logic.ANY
            for item in level.criteria
            for threshold, together in thresholds_in(item)
            if threshold.unit == "户"
            and not together
            and threshold.high is not None
            and any(
                other.unit == "间" and other.source.line == threshold.source.line
                for criterion in level.criteria
                for other, _ in thresholds_in(criterion)
            )
        ]
        if found:
            level, first = found[-1]
            places = tuple(each.source for _, each in found[:-1])
            yield Hit(at=first.source, others=places, data={"level": level.name})
