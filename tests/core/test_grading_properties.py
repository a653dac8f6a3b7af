"""Grading against brute force: every completion of small facts is tried and must give the same answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from core.invented_ladders import DEPTHS, RANKS, SPECS, knowledge, ladders
from fengsui.core.fact import Figure
from fengsui.core.facts_input import Knowledge
from fengsui.core.grading.grade import grade_scheme
from fengsui.core.plan.criterion import AllOf, AnyOf, Condition, Criterion
from fengsui.core.plan.level import Grade, Level, Logic

World = dict[str, Decimal | bool]


def _fits(figure: Figure | bool | None, value: Decimal | bool) -> bool:
    if figure is None:
        return True
    if isinstance(figure, bool):
        return figure is value
    low, high = figure.low, figure.high
    return (low is None or value >= low) and (high is None or value <= high)


def worlds(known: Knowledge) -> Iterator[World]:
    """Every way things may be, as far as the bounds of these tests can tell them apart."""
    open_answer = [False] if known.no_other_judgement else [False, True]
    given_blocked, given_judged = known.facts.get("blocked"), known.judgements.get("看")
    blocked_values = open_answer if given_blocked is None else [given_blocked is True]
    judged_values = open_answer if given_judged is None else [given_judged]
    for lost, hurt in product(range(7), repeat=2):
        people: World = {"lost": Decimal(lost), "hurt": Decimal(hurt), "all": Decimal(lost + hurt)}
        if not all(_fits(known.facts.get(name), value) for name, value in people.items()):
            continue
        for short, long in product(DEPTHS, repeat=2):
            rain: World = {"rain_12h": short, "rain_24h": long}
            if short > long or not all(_fits(known.facts.get(name), value) for name, value in rain.items()):
                continue
            for blocked, judged in product(blocked_values, judged_values):
                yield people | rain | {"blocked": blocked, "看": judged}


def holds(item: Criterion, world: World, above: bool, below: bool) -> bool | None:
    """Whether ``item`` holds in ``world``; None when it may not be evaluated."""
    if isinstance(item, AllOf | AnyOf):
        parts = [holds(part, world, above, below) for part in item.parts]
        if isinstance(item, AllOf):
            return None if None in parts else all(parts)
        usable = [part for part in parts if part is not None]
        return any(usable) if usable else None
    if isinstance(item, Condition):
        return None if item.out_of_scope else world[item.fact or item.text] is True
    name = f"{item.fact}_{item.window_h}h" if item.window_h else item.fact
    value = world[name]
    low_in = above if item.low_included is None else item.low_included
    high_in = below if item.high_included is None else item.high_included
    return (
        (item.low is None or value > item.low or (low_in and value == item.low))
        and (item.high is None or value < item.high or (high_in and value == item.high))
        and (not item.positive or value > 0)
        and (item.cause_fact is None or world[item.cause_fact] is True)
    )


def reached(level: Level, world: World, above: bool, below: bool) -> bool:
    lead = True if level.condition is None else holds(level.condition, world, above, below)
    if not lead:
        return False
    if not level.criteria:
        return True
    answers = [holds(item, world, above, below) for item in level.criteria]
    if level.logic is Logic.ALL:
        return all(answers)
    return any(answers)


def _undecided(item: Criterion | None) -> bool:
    return "included=None" in repr(item)


def brute(ladder: tuple[Level, ...], known: Knowledge) -> tuple[Grade | None, set[Grade]] | None:
    empty = {level.level for level in ladder if not level.criteria and level.condition is None}
    rated = [level for level in ladder if level.criteria or level.condition is not None]
    opaque = [set(chosen) for chosen in product(*([None, each] for each in empty))]
    tops: set[Grade | None] = set()
    if not any(True for _ in worlds(known)):
        return None
    readings = list(product((True, False), repeat=2))
    if not any(_undecided(item) for level in rated for item in (level.condition, *level.criteria)):
        readings = readings[:1]
    for world in worlds(known):
        for above, below in readings:
            met = {level.level for level in rated if reached(level, world, above, below)}
            for extra in opaque:
                tops.add(min(met | (extra - {None}), key=lambda each: each.rank, default=None))
    rank = {None: 9} | {each: each.rank for each in RANKS}
    least = max(tops, key=lambda each: rank[each])
    return least, {each for each in tops if each is not None and each != least}


@settings(max_examples=25, deadline=None)
@given(ladders(), knowledge())
def test_the_engine_equals_trying_every_completion(ladder: tuple[Level, ...], known: Knowledge) -> None:
    expected = brute(ladder, known)
    if expected is None:
        return
    found = grade_scheme(ladder, known, SPECS)
    assert (found.grade, set(found.possible)) == expected


@settings(max_examples=25, deadline=None)
@given(ladders(), knowledge(), st.data())
def test_knowing_more_never_lowers_the_grade_nor_opens_a_level(
    ladder: tuple[Level, ...], known: Knowledge, data: st.DataObject
) -> None:
    if not any(True for _ in worlds(known)):
        return
    before = grade_scheme(ladder, known, SPECS)
    world = data.draw(st.sampled_from(list(worlds(known))))
    name = data.draw(st.sampled_from(["lost", "hurt", "all", "rain_12h", "rain_24h", "blocked"]))
    value = world[name]
    learned = value if isinstance(value, bool) else Figure.exact(value)
    after = grade_scheme(ladder, replace(known, facts={**known.facts, name: learned}), SPECS)
    rank = {None: 9} | {each: each.rank for each in RANKS}
    assert rank[after.grade] <= rank[before.grade]
    assert {*after.possible, after.grade} <= {*before.possible, before.grade}


@settings(max_examples=25, deadline=None)
@given(ladders(), knowledge())
def test_nothing_is_asked_unless_a_level_is_open(ladder: tuple[Level, ...], known: Knowledge) -> None:
    found = grade_scheme(ladder, known, SPECS)
    assert not (found.ask and not found.possible)
    ranks = [item.could_raise_to.rank for item in found.ask]
    assert ranks == sorted(ranks)
