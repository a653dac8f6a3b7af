"""Who does what: names of one body fall together, and the card tells first things first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from drawn_plans import cite, clean, empty, said

from fengsui.core.directory import Directory, Jurisdiction, Post, Unit
from fengsui.core.errors import InputError
from fengsui.core.plan.action_card import LINES_A_CARD, find_row, lines_needed, make_card, nearest
from fengsui.core.plan.authority import ActivationAuthority, Contact, Duty, Measure, PlanUnit, WorkGroup
from fengsui.core.plan.level import LadderKind, ResponseLevel, WarningLevel
from fengsui.core.plan.matrix import Part, content_entries, entries_of, exactly, levels_used, rows_of
from fengsui.core.plan.model import Plan, PlanContent, PlanKind
from fengsui.core.plan.reporting import Deadline

DIRECTORY = Directory(
    jurisdictions=(Jurisdiction(code="990100", name="云州"),),
    units=(
        Unit(id="emb", name="云州应急管理局", jurisdiction="990100"),
        Unit(id="water", name="云州水利局", jurisdiction="990100"),
    ),
    posts=(
        Post(id="chief", title="州应急管理局局长", unit="emb", jurisdiction="990100", roles=frozenset()),
        Post(id="deputy", title="州应急管理局副局长", unit="emb", jurisdiction="990100", roles=frozenset()),
    ),
)


def content() -> PlanContent:
    return empty(
        activation=(
            ActivationAuthority(
                kind=LadderKind.RESPONSE,
                level=ResponseLevel.III,
                authority="局长",
                proposer="副局长",
                source=cite(clause="5.1", line=20),
            ),
            ActivationAuthority(
                kind=LadderKind.WARNING,
                level=WarningLevel.III,
                authority="州应急局",
                source=cite(clause="3.1"),
            ),
        ),
        deadlines=(
            Deadline(
                what="书面报告",
                who="州应急局",
                to=("州人民政府",),
                within="1小时",
                span=timedelta(hours=1),
                levels=(ResponseLevel.III,),
                source=cite(clause="4.1", line=15),
            ),
            Deadline(
                what="派出工作组",
                who="州应急管理局",
                within="2小时",
                is_report=False,
                source=cite(clause="5.2", line=21),
            ),
        ),
        groups=(WorkGroup(name="协调组", lead="州应急管理局", members=("州水利局",), source=cite()),),
        duties=(
            Duty(unit="州应急局和州水利局", text="会商研判。", source=cite()),
            Duty(unit="州应急局", text="盯防言论。", out_of_scope=True, source=cite()),
        ),
        measures=(
            Measure(
                text="州应急管理局2小时内派出工作组到现场。",
                levels=(ResponseLevel.III, ResponseLevel.II),
                source=cite(clause="5.2", line=21),
            ),
        ),
        units=(
            PlanUnit(name="州应急管理局", aliases=("州应急局",), source=cite()),
            PlanUnit(name="州水利局", source=cite()),
        ),
        contacts=(Contact(unit="州人民政府", post="总值班室", phone="0000-2200009", source=cite()),),
    )


def plan() -> Plan:
    bindings = (
        ("州应急管理局", ("emb",)),
        ("州水利局", ("water",)),
        ("局长", ("chief",)),
        ("副局长", ("deputy",)),
    )
    return Plan(
        id="p1", version=1, kind=PlanKind.SPECIAL, jurisdiction="990100", content=content(), bindings=bindings
    )


def test_aliases_posts_and_full_names_of_one_body_fall_into_one_row() -> None:
    rows = {row.body: row for row in rows_of(entries_of(plan(), DIRECTORY), DIRECTORY)}
    assert {"州应急管理局", "州应急局", "局长", "副局长"} <= set(rows["emb"].names)
    assert rows["emb"].name == "云州应急管理局"
    assert rows["emb"].bound
    assert not rows["name:州人民政府"].bound


def test_without_a_directory_the_aliases_of_the_plan_still_fall_together() -> None:
    rows = {row.name: row for row in rows_of(content_entries(content(), "p"))}
    assert "州应急局" in rows["州应急管理局"].names
    assert "州应急局" not in rows


def test_a_duty_of_two_bodies_counts_for_each() -> None:
    entries = entries_of(plan(), DIRECTORY)
    holders = {entry.body for entry in entries if entry.part is Part.DUTY and entry.text == "会商研判。"}
    assert holders == {"emb", "water"}


def test_a_measure_belongs_to_the_body_it_begins_with() -> None:
    measure = next(entry for entry in entries_of(plan(), DIRECTORY) if entry.part is Part.MEASURE)
    assert measure.body == "emb"


def test_levels_of_three_scales_are_never_mixed() -> None:
    entries = entries_of(plan(), DIRECTORY)
    assert levels_used(entries) == (ResponseLevel.II, ResponseLevel.III, WarningLevel.III)
    of_warning = exactly(entries, WarningLevel.III)
    assert [entry.part for entry in of_warning] == [Part.DECIDE]


def card_of(name: str, post: str | None = None):  # type: ignore[no-untyped-def]
    rows = rows_of(entries_of(plan(), DIRECTORY), DIRECTORY)
    return make_card(find_row(rows, name), {"p1": "空白预案"}, {"p1": content().contacts}, said, post)


def test_the_card_puts_decisions_before_reports_before_measures() -> None:
    (plan_card,) = card_of("云州应急管理局").plans
    third = next(
        level for level in plan_card.levels if level.level == said("of_response", level="level_III：")
    )
    assert [step.part for step in third.steps][:3] == [Part.DECIDE, Part.PROPOSE, Part.REPORT]
    assert third.steps[2].limit.startswith("within")


def test_a_task_and_the_measure_it_stands_in_are_one_step_with_its_clock() -> None:
    steps = [step for level in card_of("云州应急管理局").plans[0].levels for step in level.steps]
    sent = [step for step in steps if "工作组" in step.text and step.part in (Part.TASK, Part.MEASURE)]
    assert len(sent) == 1
    assert "到现场" in sent[0].text
    assert "2小时" in sent[0].limit


def test_what_is_out_of_scope_is_never_on_a_card() -> None:
    assert not [
        s for level in card_of("云州应急管理局").plans[0].levels for s in level.steps if "言论" in s.text
    ]


def test_the_card_of_a_post_leaves_out_what_other_posts_decide() -> None:
    parts = {s.part for level in card_of("云州应急管理局", "deputy").plans[0].levels for s in level.steps}
    assert Part.PROPOSE in parts
    decided = [
        step
        for level in card_of("云州应急管理局", "deputy").plans[0].levels
        for step in level.steps
        if step.part is Part.DECIDE
    ]
    assert all("warning" in step.text for step in decided)


def test_a_card_carries_the_telephone_of_whom_one_reports_to() -> None:
    assert [contact.phone for contact in card_of("云州应急管理局").plans[0].contacts] == ["0000-2200009"]


def test_what_finds_no_room_is_counted_with_its_clauses() -> None:
    duties = tuple(
        Duty(unit="镇水利站", text=f"第{at}项任务" * 12, source=cite(clause=f"2.{at}", line=at))
        for at in range(90)
    )
    rows = rows_of(content_entries(empty(duties=duties), "p"))
    (made,) = make_card(find_row(rows, "镇水利站"), {"p": "预案"}, {}, said).plans
    (level,) = made.levels
    assert level.left_out + len(level.steps) == 90
    assert level.left_out > 0
    assert level.clauses
    assert sum(lines_needed(step) for step in level.steps) <= LINES_A_CARD


def test_an_unknown_name_is_answered_with_the_nearest_names() -> None:
    rows = rows_of(content_entries(clean(), "p"))
    with pytest.raises(InputError) as caught:
        find_row(rows, "水利局")
    assert caught.value.code == "unit_not_in_plans"
    assert "镇水利站" in str(caught.value.data["near"])
    assert nearest(rows, "钢铁厂") == ()
    with pytest.raises(InputError, match="unit_missing"):
        find_row(rows, "  ")


def test_the_end_of_a_name_is_enough_when_it_fits_one_body() -> None:
    rows = rows_of(content_entries(clean(), "p"))
    assert find_row(rows, "水利站").name == "镇水利站"
