"""What a person must be told beside the grade: weaknesses of the plan that this incident meets.

The grade is what the text says, literally. Where the text overlaps, leaves a gap or leaves a bound
undecided, that is said, never mended silently.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from fengsui.core.citation import Citation
from fengsui.core.fact import Figure
from fengsui.core.grading.evaluate import (
    Known,
    Reading,
    accepted,
    figure_name,
    in_scope,
    judge,
    readings_of,
    walk,
)
from fengsui.core.grading.ranges import HIGHEST, ZERO, Range, is_exact, is_integral
from fengsui.core.plan.criterion import Criterion, FactName, Threshold
from fengsui.core.plan.level import AnyLevel, Level, Logic
from fengsui.core.truth import Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """``code`` has its words in ``application/wording`` (group ``grading_remark``), filled from ``data``."""

    code: str
    data: dict[str, str] = field(default_factory=dict)
    source: Citation | None = None


def remarks(
    levels: tuple[Level, ...], *, grade: AnyLevel | None, settled: bool, known: Known
) -> tuple[Remark, ...]:
    """Everything to be said about grading by ``levels``; ``settled``: no higher level is open."""
    found = [*_empty_levels(levels), *_overlap(levels, known), *_undecided(levels, grade, known)]
    found += _uncovered(levels, known, no_level=grade is None and settled)
    if grade is None and settled:
        found += [*_zero_below(levels, known), *_all_needed(levels, known)]
    found += [*_unused(levels, known), *_out_of_scope(levels)]
    if known.contradicted:
        found.append(Remark(code="facts_contradict"))
    return tuple(found)


def _criteria(levels: Iterable[Level]) -> Iterator[tuple[Level, Criterion]]:
    for level in levels:
        for item in (*((level.condition,) if level.condition else ()), *level.criteria):
            yield level, item


def _thresholds(levels: Iterable[Level]) -> Iterator[tuple[Level, Threshold]]:
    for level, criterion in _criteria(levels):
        if in_scope(criterion):
            for item in walk(criterion):
                if isinstance(item, Threshold):
                    yield level, item


def _names(levels: Iterable[Level]) -> str:
    return "、".join(dict.fromkeys(level.level.value for level in levels))


def _empty_levels(levels: tuple[Level, ...]) -> Iterator[Remark]:
    empty = [level for level in levels if not level.criteria and level.condition is None]
    if empty:
        yield Remark(code="no_criteria", data={"levels": _names(empty)}, source=empty[0].source)


def _overlap(levels: tuple[Level, ...], known: Known) -> Iterator[Remark]:
    """One figure meets the bands of several levels: the plan overlaps, and the highest wins."""
    met: dict[FactName, list[tuple[Level, Threshold]]] = {}
    for level, item in _thresholds(levels):
        if judge(item, known) is Truth.TRUE:
            met.setdefault(figure_name(item), []).append((level, item))
    for name, found in met.items():
        # 不足500 inside 不足2000 is no overlap where the levels differ by another criterion.
        nested = all(level.logic is Logic.ALL and item.low is None for level, item in found)
        if len({level.level for level, _ in found}) > 1 and not nested:
            names = _names(level for level, _ in found)
            yield Remark(
                code="several_levels", data={"fact": name, "levels": names}, source=found[0][1].source
            )


def _out_of_scope(levels: tuple[Level, ...]) -> Iterator[Remark]:
    for _, criterion in _criteria(levels):
        if not in_scope(criterion):
            yield Remark(code="not_evaluated", data={"text": criterion.text}, source=criterion.source)


def _undecided(levels: tuple[Level, ...], grade: AnyLevel | None, known: Known) -> Iterator[Remark]:
    """An exact figure stands on a bound that the plan does not decide, and the grade hangs on it."""
    told: set[FactName] = set()
    for level, item in _thresholds(levels):
        name = figure_name(item)
        found = known.figure(name)
        higher = grade is None or level.level.rank < grade.rank
        open_bound = len(readings_of(item)) > 1 and is_exact(found) and found[0][0] in (item.low, item.high)
        if higher and open_bound and name not in told and judge(item, known) is Truth.UNKNOWN:
            told.add(name)
            data = {"fact": name, "value": _plain(found[0][0])}
            yield Remark(code="bound_undecided", data=data, source=item.source)


def _uncovered(levels: tuple[Level, ...], known: Known, *, no_level: bool) -> Iterator[Remark]:
    """A figure above zero that no criterion on that fact covers: in a gap, or outside all of them."""
    spans: dict[FactName, list[tuple[Range, Threshold]]] = {}
    for _, item in _thresholds(levels):
        name = figure_name(item)
        # The widest reading: a gap is told only where no reading of the bounds covers the figure.
        wanted = accepted(item, Reading(True, True), is_integral(name, known.specs))
        spans.setdefault(name, []).append((wanted, item))
    covered = {name for name, found in spans.items() if _covers(found, known.figure(name))}
    for name, found in spans.items():
        figure = known.figure(name)
        if figure[0] <= (ZERO, 0) or figure[1] == HIGHEST or name in covered:
            continue
        below = any(one[1] < figure[0] for one, _ in found)
        above = any(one[0] > figure[1] for one, _ in found)
        code = "figure_in_gap" if below and above else "figure_above_all" if below else "figure_below_all"
        counted_elsewhere = any(spec.name in covered for spec in known.specs.values() if name in spec.sum_of)
        if (code == "figure_below_all" and not no_level) or counted_elsewhere:
            continue
        data = {"fact": name, "value": _shown(figure)}
        yield Remark(code=code, data=data, source=_nearest(found, figure).source)


def _covers(found: list[tuple[Range, Threshold]], figure: Range) -> bool:
    return any(one[0] <= figure[1] and figure[0] <= one[1] for one, _ in found)


def _nearest(found: list[tuple[Range, Threshold]], figure: Range) -> Threshold:
    def distance(one: tuple[Range, Threshold]) -> Decimal:
        (low, high), _ = one
        return low[0] - figure[1][0] if low > figure[1] else figure[0][0] - high[0]

    return min(found, key=distance)[1]


def _zero_below(levels: tuple[Level, ...], known: Known) -> Iterator[Remark]:
    """An upper bound that 0 would meet under the other reading (3人以下 taken to include none)."""
    for level, item in _thresholds(levels):
        name = figure_name(item)
        if item.positive and known.figure(name) == ((ZERO, 0), (ZERO, 0)):
            data = {"fact": name, "level": level.level.value}
            yield Remark(code="zero_not_below", data=data, source=item.source)
            return


def _all_needed(levels: tuple[Level, ...], known: Known) -> Iterator[Remark]:
    """Some but not all criteria of a level that wants all of them are met (以及 may mean 或者)."""
    for level in levels:
        if level.logic is Logic.ALL and len(level.criteria) > 1:
            truths = {judge(item, known) for item in level.criteria if in_scope(item)}
            if Truth.TRUE in truths and truths != {Truth.TRUE}:
                yield Remark(code="all_needed", data={"level": level.level.value}, source=level.source)


def _unused(levels: tuple[Level, ...], known: Known) -> Iterator[Remark]:
    """A fact that was given and that no criterion of this ladder asks for, also not through a sum."""
    singles = [item for _, each in _criteria(levels) for item in walk(each)]
    used: set[FactName] = set()
    for item in singles:
        if isinstance(item, Threshold):
            used |= {figure_name(item), item.cause_fact or ""}
        elif item.fact is not None:
            used.add(item.fact)
    for name in tuple(used):
        spec = known.specs.get(name)
        used.update(spec.sum_of if spec else ())
    for name, value in known.knowledge.facts.items():
        spec = known.specs.get(name)
        parts_used = spec is not None and any(part in used for part in spec.sum_of)
        if name not in used and not parts_used and _is_something(value):
            yield Remark(code="fact_unused", data={"fact": name})


def _is_something(value: Figure | bool) -> bool:
    if isinstance(value, bool):
        return value
    return value.high is None or value.high > 0


def _shown(figure: Range) -> str:
    low, high = _plain(figure[0][0]), _plain(figure[1][0])
    return low if low == high else f"{low}–{high}"


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f") if value.is_finite() else ""
