"""What a reviewer said lives on when the document is read again, or a new version comes."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from fengsui.core.citation import Citation
from fengsui.core.plan.authority import PlanUnit, WorkGroup
from fengsui.core.plan.carry_over import CarriedOver, LostWhy, carry_over, lines_finder
from fengsui.core.plan.codec import to_data
from fengsui.core.plan.model import Doubt, DraftPlan, Numbering, PlanContent
from fengsui.core.plan.review import Settlement, Verdict, apply, doubt_id, items_of

NOW = datetime(2026, 5, 1, tzinfo=UTC)
HERE = Citation(document="d", clause="2.4", line=40, quote="抢险救援组由消防支队牵头")
GROUP = WorkGroup(name="抢险救援组", lead="消防支队", source=HERE)
UNIT = PlanUnit(name="州气象局", source=replace(HERE, clause="2.1", line=12, quote="州气象局"))
DOUBT = Doubt(about="unit", why="list_not_split", text="有关部门", source=HERE)


def draft(
    *groups: WorkGroup, units: tuple[PlanUnit, ...] = (UNIT,), doubts: tuple[Doubt, ...] = ()
) -> DraftPlan:
    content = PlanContent(
        title="云州预案",
        document="d",
        first_line=1,
        last_line=99,
        numbering=Numbering.DECIMAL,
        groups=groups,
        units=units,
    )
    return DraftPlan(content=content, doubts=doubts)


READ = draft(GROUP, doubts=(DOUBT,))
GROUP_ID = next(item.id for item in items_of(READ.content) if item.section == "groups")


def said(verdict: Verdict, target: str = GROUP_ID, section: str = "groups", data: Any = None) -> Settlement:
    return Settlement(target=target, section=section, verdict=verdict, by="editor", at=NOW, data=data)


def corrected(lead: str) -> Settlement:
    return said(Verdict.EDIT, data=to_data(replace(GROUP, lead=lead)))


def test_what_is_read_as_before_keeps_its_review_with_all_its_history() -> None:
    told = (said(Verdict.ACCEPT), corrected("州消防支队"))
    assert carry_over(READ, told, READ) == CarriedOver(settlements=told)


def test_a_correction_that_is_now_read_so_becomes_an_acceptance() -> None:
    again = draft(replace(GROUP, lead="州消防支队"), doubts=(DOUBT,))
    carried = carry_over(READ, (corrected("州消防支队"),), again)
    assert [one.verdict for one in carried.settlements] == [Verdict.ACCEPT]
    assert carried.dissolved == 1
    assert carried.lost == ()


def test_a_correction_stands_against_another_reading() -> None:
    again = draft(replace(GROUP, lead="消防"), doubts=(DOUBT,))
    carried = carry_over(READ, (corrected("州消防支队"),), again)
    assert apply(again.content, carried.settlements).groups[0].lead == "州消防支队"


def test_an_acceptance_is_not_carried_to_what_is_read_otherwise() -> None:
    again = draft(replace(GROUP, lead="公安局"))
    (lost,) = carry_over(READ, (said(Verdict.ACCEPT),), again).lost
    assert lost.why is LostWhy.READ_OTHERWISE
    assert lost.as_doubt().source == HERE


def test_what_vanished_is_told_and_keeps_the_words_of_its_correction() -> None:
    carried = carry_over(READ, (corrected("州消防支队"),), draft())
    assert [one.why for one in carried.lost] == [LostWhy.NOT_FOUND_AGAIN]
    assert carried.lost[0].as_doubt().text == "抢险救援组"
    assert carried.settlements[0].data is not None
    assert apply(draft().content, carried.settlements).groups == ()


def test_a_rejected_item_that_is_read_no_more_needs_no_word() -> None:
    assert carry_over(READ, (said(Verdict.REJECT),), draft()) == CarriedOver(settlements=(), dissolved=1)


def test_a_clause_that_was_numbered_anew_keeps_its_review() -> None:
    again = draft(replace(GROUP, source=replace(HERE, clause="2.5")))
    (kept,) = carry_over(READ, (said(Verdict.ACCEPT),), again).settlements
    assert kept.target in {item.id for item in items_of(again.content)}


def test_an_added_item_stays_until_it_is_read() -> None:
    added = said(Verdict.ADD, target="new", section="units", data=to_data(replace(UNIT, name="州水务局")))
    assert carry_over(READ, (added,), draft(GROUP)).settlements == (added,)
    again = draft(GROUP, units=(UNIT, replace(UNIT, name="州水务局")))
    assert carry_over(READ, (added,), again) == CarriedOver(settlements=(), dissolved=1)


def test_a_settled_doubt_stays_settled_and_one_that_is_gone_is_forgotten() -> None:
    looked = said(Verdict.ACCEPT, target=doubt_id(DOUBT), section="doubt")
    assert carry_over(READ, (looked,), READ).settlements == (looked,)
    assert carry_over(READ, (looked,), draft(GROUP)).settlements == ()


def test_a_doubt_answered_by_an_item_that_is_now_read_stays_answered() -> None:
    added = said(
        Verdict.ADD, target=doubt_id(DOUBT), section="units", data=to_data(replace(UNIT, name="州水务局"))
    )
    again = draft(GROUP, units=(UNIT, replace(UNIT, name="州水务局")), doubts=(DOUBT,))
    (kept,) = carry_over(READ, (added,), again).settlements
    assert (kept.target, kept.verdict, kept.section) == (doubt_id(DOUBT), Verdict.ACCEPT, "doubt")


def test_a_new_version_takes_over_what_was_said_of_unchanged_words() -> None:
    there = replace(HERE, document="e", line=51)
    again = draft(replace(GROUP, source=there), units=())
    place = lines_finder("e", [(50, "工作组"), (51, "抢险救援组由消防"), (52, "支队牵头")])
    added = said(Verdict.ADD, target="new", section="units", data=to_data(UNIT))
    carried = carry_over(READ, (corrected("州消防支队"), added), again, place)
    (kept,) = carried.settlements
    assert kept.data is not None
    assert kept.data["source"]["document"] == "e"
    assert kept.data["source"]["line"] == 51
    assert [one.settlement for one in carried.lost] == [added]
