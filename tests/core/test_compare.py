"""Comparing by meaning: what changed is told once, what only moved is not told at all."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from compare_plans import EQUAL, PLAN, PLANTED, Change, at, deaths, level, with_item, without
from hypothesis import given, settings
from hypothesis import strategies as st

from fengsui.application.comparing import about_words, code_words, difference_table, effect_words
from fengsui.core.plan.authority import Duty, PlanUnit
from fengsui.core.plan.compare import compare
from fengsui.core.plan.compare_linkage import link
from fengsui.core.plan.compare_types import Effect, Weight, mirrored
from fengsui.core.plan.criterion import Condition
from fengsui.core.plan.level import Grade
from fengsui.core.plan.model import PlanContent


def changed(*names: str) -> PlanContent:
    plan = PLAN
    for name in names:
        plan = PLANTED[name][0](plan)
    return plan


def test_a_plan_does_not_differ_from_itself() -> None:
    assert compare(PLAN, PLAN) == ()


@pytest.mark.parametrize("name", PLANTED)
def test_one_planted_change_gives_exactly_that_difference(name: str) -> None:
    change, code = PLANTED[name]
    assert [each.code for each in compare(PLAN, change(PLAN))] == [code]


@pytest.mark.parametrize("name", EQUAL)
def test_equal_meaning_is_no_difference(name: str) -> None:
    assert compare(PLAN, EQUAL[name](PLAN)) == ()


@given(st.lists(st.sampled_from(sorted(PLANTED)), unique=True), st.lists(st.sampled_from(sorted(PLANTED))))
@settings(max_examples=60, deadline=None)
def test_swapped_sides_say_the_same_the_other_way_round(left: list[str], right: list[str]) -> None:
    before, after = (_planted(names) for names in (left, right))
    forth = Counter(map(mirrored, compare(before, after)))
    assert forth == Counter(compare(after, before))
    assert compare(before, before) == ()


def _planted(names: list[str]) -> PlanContent:
    """As many of the changes as can be made one after another."""
    plan = PLAN
    for name in names:
        try:
            plan = PLANTED[name][0](plan)
        except IndexError:
            continue  # an earlier change took the item away
    return plan


def test_every_difference_has_both_clauses_and_its_words() -> None:
    found = [each for change, _ in PLANTED.values() for each in compare(PLAN, change(PLAN))]
    found += [each for change, _ in PLANTED.values() for each in compare(change(PLAN), PLAN)]
    for each in found:
        assert each.before or each.after
        for language in ("zh", "en"):
            assert "_" not in code_words(each, language), each.code
            assert "_" not in about_words(each, language)
            assert not any("_" in effect for effect in effect_words(each, language))
        table = difference_table(each)
        assert (table["before"] or table["after"])["line"] > 0


def test_a_raised_bound_is_reached_later_and_opens_a_gap() -> None:
    (found,) = compare(PLAN, changed("a bound moved"))
    assert set(found.effects) == {Effect.LOOSER, Effect.OPENS_GAP}
    assert (found.level, found.weight) == ("III", Weight.FIGURE)
    (back,) = compare(changed("a bound moved"), PLAN)
    assert set(back.effects) == {Effect.STRICTER, Effect.CLOSES_GAP}


def test_a_longer_limit_is_told_as_longer() -> None:
    later = with_item("deadlines", 0, within="半天", span=timedelta(hours=12))(PLAN)
    (found,) = compare(PLAN, later)
    assert found.effects == (Effect.LONGER,)
    assert (found.before and found.before.text, found.after and found.after.text) == ("2小时", "半天")


def test_a_limit_within_a_measure_is_told_as_a_deadline_only() -> None:
    def plan(words: str, hours: int) -> PlanContent:
        edge = replace(PLAN.deadlines[0], within=words, span=timedelta(hours=hours), source=at(60))
        step = replace(PLAN.measures[0], text=f"{words}内派出巡堤队", source=at(60))
        return replace(PLAN, deadlines=(edge,), measures=(step,))

    assert [each.code for each in compare(plan("2小时", 2), plan("4小时", 4))] == ["deadline_limit"]


def renamed(plan: PlanContent, old: str, new: str) -> PlanContent:
    units = tuple(
        replace(unit, name=unit.name.replace(old, new), aliases=unit.aliases) for unit in plan.units
    )
    duties = tuple(replace(duty, unit=duty.unit.replace(old, new)) for duty in plan.duties)
    groups = tuple(
        replace(
            group,
            lead=(group.lead or "").replace(old, new),
            members=tuple(each.replace(old, new) for each in group.members),
        )
        for group in plan.groups
    )
    return replace(plan, units=units, duties=duties, groups=groups)


def test_a_unit_under_a_new_name_is_one_difference_everywhere() -> None:
    plan = renamed(PLAN, "州气象台", "州气象服务站")
    found = compare(PLAN, plan)
    assert [(each.code, each.weight) for each in found] == [("units_renamed", Weight.WHO)]


def test_a_new_unit_with_other_work_is_not_an_old_one_renamed() -> None:
    other = replace(
        without("units", 2)(PLAN),
        units=(*PLAN.units[:2], PlanUnit(name="州广播站", source=at(31))),
        duties=(*PLAN.duties[:2], Duty(unit="州广播站", text="播发撤离通告", source=at(52))),
    )
    codes = Counter(each.code for each in compare(PLAN, other))
    assert codes["units"] == 2
    assert codes["units_renamed"] == 0


def test_one_decimal_point_is_a_difference() -> None:
    one = with_item("duties", 0, text="水位超过1.5米时巡查")(PLAN)
    other = with_item("duties", 0, text="水位超过15米时巡查")(PLAN)
    (found,) = compare(one, other)
    assert found.weight is Weight.FIGURE


def lower(*changes: Change) -> PlanContent:
    """The same plan one level down, with local names."""

    def local(text: str) -> str:
        return text.replace("云州", "东河县").replace("州", "县")

    plan = replace(
        PLAN,
        title="东河县防汛应急预案",
        units=tuple(
            PlanUnit(name=local(unit.name.replace("应急管理局", "应急局")), source=at(31))
            for unit in PLAN.units
        ),
        activation=tuple(replace(each, authority=local(each.authority)) for each in PLAN.activation),
        deadlines=tuple(
            replace(each, who=local(each.who or ""), to=tuple(map(local, each.to))) for each in PLAN.deadlines
        ),
    )
    for change in changes:
        plan = change(plan)
    return plan


def test_a_lower_plan_that_follows_the_upper_fits() -> None:
    assert link(PLAN, lower()) == ()
    stricter = with_item("levels", 1, criteria=(deaths(2, 10, 12),))
    quicker = with_item("deadlines", 0, within="30分钟", span=timedelta(minutes=30))
    assert link(PLAN, lower(stricter, quicker)) == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (with_item("levels", 1, criteria=(deaths(5, 10, 12),)), "link_threshold"),
        (without("levels", 2), "link_level_missing"),
        (with_item("deadlines", 0, within="4小时", span=timedelta(hours=4)), "link_deadline"),
        (with_item("activation", 1, authority="县人民政府"), "link_authority"),
        (without("units", 2), "link_unit_missing"),
    ],
)
def test_what_does_not_fit_the_upper_plan_is_told(change: Change, code: str) -> None:
    (found,) = link(PLAN, lower(change))
    assert found.code == code
    assert found.before is not None
    assert code_words(found) != code


def test_a_lower_figure_looser_only_in_a_combination_is_not_told() -> None:
    both = level(Grade.III, "较大", deaths(3, 10, 12), Condition(text="另有险情", source=at(12)))
    plan = lower(with_item("levels", 1, criteria=both.criteria))
    assert link(PLAN, plan) == ()
    assert Decimal(3) == deaths(3, 10, 12).low
