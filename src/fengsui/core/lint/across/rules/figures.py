"""The same words with other numbers: grades, levels, and whether 以上 includes the number."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from fengsui.core.fact import register
from fengsui.core.lint.across.context import AcrossContext, PlanHit, elsewhere
from fengsui.core.lint.across.digest import Bound, PlanDigest
from fengsui.core.lint.finding import Hit, Severity
from fengsui.core.lint.registry import across_rule
from fengsui.core.plan.level import LadderKind

_GRADE = LadderKind.EVENT_GRADE.value
_LEGAL = {"deaths": {"I": 30, "II": 10, "III": 3}}
_COUNTED = ("deaths", "deaths_or_missing", "injured_serious", "economic_loss_cny")
"""What the grades of every accident are measured by, whatever the trade."""

Lows = dict[str, Bound]


@across_rule(code="X1", name="same-grade-other-numbers", severity=Severity.H, basis="order493")
def check_grades(across: AcrossContext) -> Iterator[PlanHit]:
    """Accidents of one grade by the same figure, with other numbers in two plans of one government."""
    for plans in across.by_place.values():
        measured = [(each, _lows(each)) for each in plans if each.hazard_class == "accident"]
        places: set[tuple[str, int]] = set()
        for fact in _COUNTED:
            told = [(each, lows[fact]) for each, lows in measured if lows.get(fact)]
            for found in _outliers(fact, told) if len(told) > 1 else ():
                place = (found.digest.key, found.hit.at.line)
                if place not in places:  # one clause on deaths and injuries is one fault
                    places.add(place)
                    yield found


def _lows(digest: PlanDigest) -> dict[str, Lows]:
    """By fact and step the bound that reaches the grade alone; where two ladders differ, neither is told.

    A bound on a sum (deaths and serious injuries) is one on each of its parts: any of them alone reaches it.
    """
    found: dict[str, dict[str, list[Bound]]] = defaultdict(lambda: defaultdict(list))
    for bound in digest.bounds:
        if bound.kind == _GRADE and Decimal(bound.low) > 0:
            spec = register().get(bound.fact)
            for fact in (bound.fact, *(spec.sum_of if spec else ())):
                found[fact][bound.step].append(bound)
    return {
        fact: {step: bounds[0] for step, bounds in steps.items() if len({x.low for x in bounds}) == 1}
        for fact, steps in found.items()
    }


def _outliers(fact: str, told: list[tuple[PlanDigest, Lows]]) -> Iterator[PlanHit]:
    """Those that differ from what most plans say (of two, from the one nearer to the law)."""
    model, numbers = max(told, key=lambda one: (sum(_agree(one[1], x) for _, x in told), _legal(one)))
    spec = register().get(fact)
    for digest, lows in told:
        steps = _differ(lows, numbers)
        if not steps:
            continue
        first = steps[0]
        data = {
            "level": lows[first].name,
            "fact": spec.zh if spec else fact,
            "fact_en": spec.en if spec else fact,
            "own": _number(lows[first].low),
            "theirs": _number(numbers[first].low),
            "other": model.title,
        }
        others = tuple(digest.cite(lows[step].at) for step in steps[1:])
        places = (elsewhere(model, numbers[first].at),)
        yield PlanHit(digest, Hit(at=digest.cite(lows[first].at), others=others, data=data, elsewhere=places))


def _agree(one: Lows, other: Lows) -> int:
    common = one.keys() & other.keys()
    return len(common) - 2 * len(_differ(one, other))


def _legal(one: tuple[PlanDigest, Lows]) -> tuple[int, str]:
    digest, lows = one
    fits = sum(Decimal(bound.low) == _LEGAL.get(bound.fact, {}).get(step, -1) for step, bound in lows.items())
    return fits, digest.key


def _differ(one: Lows, other: Lows) -> list[str]:
    """The steps both have, with other numbers, the gravest first."""
    return [step for step in sorted(one) if step in other and one[step].low != other[step].low]


def _number(low: str) -> str:
    value = Decimal(low)
    for size, word in ((Decimal(100_000_000), "亿"), (Decimal(10_000), "万")):
        if value >= size:
            return f"{(value / size).normalize():f}{word}"
    return f"{value.normalize():f}"


_OWN_FIGURES = (
    (r"地震", ("earthquake_magnitude", "earthquake_intensity")),
    (
        r"防汛|防洪|洪涝",
        ("rainfall_mm", "precipitation_mm", "water_level_m", "flow_m3s"),
    ),
    (r"森林", ("forest_burnt_area_ha",)),
    (r"草原", ("grassland_burnt_area_ha",)),
    (r"雨雪|雪灾|冰冻", ("snowfall_mm", "snow_depth_cm")),
    (r"台风", ("wind_force", "gust_force")),
)
"""What a plan for one hazard is expected to measure, where another plan measures it."""


@across_rule(code="X1", name="figure-only-in-another-plan", severity=Severity.M, basis="plan_management")
def check_figures(across: AcrossContext) -> Iterator[PlanHit]:
    """A plan grades by the figure of a hazard, and the plan for that hazard has no such figure."""
    for plans in across.by_place.values():
        for subject, facts in _OWN_FIGURES:
            own = [each for each in plans if re.search(subject, each.subject)]
            for digest in plans if own else ():
                bounds = [bound for bound in digest.bounds if bound.fact in facts]
                without = [
                    each
                    for each in own
                    if each is not digest and not {bound.fact for bound in each.bounds} & {*facts}
                ]
                if not bounds or digest in own or not without:
                    continue
                first = bounds[-1]  # the level that is reached first
                spec = register().get(first.fact)
                data = {
                    "level": first.name,
                    "fact": spec.zh if spec else first.fact,
                    "fact_en": spec.en if spec else first.fact,
                    "own": _number(first.low),
                    "other": without[0].title,
                }
                others = tuple(digest.cite(bound.at) for bound in bounds[:-1])
                places = tuple(elsewhere(each) for each in without)
                hit = Hit(at=digest.cite(first.at), others=others, data=data, elsewhere=places)
                yield PlanHit(digest, hit)


@across_rule(code="X1", name="threshold-looser-than-upper", severity=Severity.H, basis="plan_management")
def check_looser(across: AcrossContext) -> Iterator[PlanHit]:
    """A level that the upper plan reaches with a lower number of the same figure."""
    uppers: dict[str, dict[tuple[str, ...], Bound]] = {}
    for pair in across.linked:
        above = uppers.get(pair.upper.key)
        if above is None:
            above = {(x.kind, x.scheme, x.step, x.figure): x for x in pair.upper.bounds}
            uppers[pair.upper.key] = above
        found = [
            (own, theirs)
            for own in pair.lower.bounds
            if (theirs := above.get((own.kind, own.scheme, own.step, own.figure)))
            and Decimal(own.low) > Decimal(theirs.low) > 0
        ]
        if not found:
            continue
        own, theirs = found[0]
        spec = register().get(own.fact)
        data = {
            "level": own.name,
            "fact": spec.zh if spec else own.fact,
            "fact_en": spec.en if spec else own.fact,
            "own": _number(own.low),
            "theirs": _number(theirs.low),
            "other": pair.upper.title,
        }
        lower, upper = pair.lower, pair.upper
        others = tuple(lower.cite(each.at) for each, _ in found[1:])
        places = tuple(elsewhere(upper, each.at) for _, each in found)
        yield PlanHit(lower, Hit(at=lower.cite(own.at), others=others, data=data, elsewhere=places))


@across_rule(code="X1", name="bounds-read-otherwise-than-upper", severity=Severity.M)
def check_bounding(across: AcrossContext) -> Iterator[PlanHit]:
    """以上 or 以下 includes the number in one plan and not in the plan above it."""
    for pair in across.linked:
        own, theirs = pair.lower.bounding, pair.upper.bounding
        if own is None or theirs is None:
            continue
        words = [
            word
            for word, mine, other in (("以上", own.above, theirs.above), ("以下", own.below, theirs.below))
            if mine is not None and other is not None and mine != other
        ]
        if words:
            data = {"words": "、".join(f"“{word}”" for word in words), "other": pair.upper.title}
            places = (elsewhere(pair.upper, theirs.at),)
            yield PlanHit(pair.lower, Hit(at=pair.lower.cite(own.at), data=data, elsewhere=places))
