from dataclasses import replace
from datetime import UTC, datetime

import pytest

from fengsui.core.citation import Citation
from fengsui.core.errors import InputError
from fengsui.core.plan.authority import WorkGroup
from fengsui.core.plan.model import Doubt, DraftPlan, Numbering, PlanContent
from fengsui.core.plan.review import (
    Settlement,
    Verdict,
    apply,
    doubt_id,
    item_data,
    items_of,
    parse_item,
    standing,
    unsettled,
)

NOW = datetime(2026, 5, 1, tzinfo=UTC)
HERE = Citation(document="d", clause="2.4", line=40, quote="抢险救援组由消防支队牵头")
GROUP = WorkGroup(name="抢险救援组", lead="消防支队", source=HERE)
CONTENT = PlanContent(
    title="云州预案", document="d", first_line=1, last_line=99, numbering=Numbering.DECIMAL, groups=(GROUP,)
)
DOUBT = Doubt(about="unit", why="list_not_split", text="有关部门", source=HERE)


def said(target: str, verdict: Verdict, section: str = "groups", data: object = None) -> Settlement:
    return Settlement(target=target, section=section, verdict=verdict, by="editor", at=NOW, data=data)  # type: ignore[arg-type]


def test_an_item_keeps_its_name_when_the_document_is_read_again() -> None:
    moved = replace(GROUP, source=replace(HERE, line=41))
    first = items_of(CONTENT)[0].id
    assert items_of(replace(CONTENT, groups=(moved,)))[0].id == first


def test_a_rejected_item_is_gone_and_an_edited_one_is_changed() -> None:
    item = items_of(CONTENT)[0]
    assert apply(CONTENT, (said(item.id, Verdict.REJECT),)).groups == ()
    data = item_data(item) | {"lead": "州消防救援支队"}
    assert apply(CONTENT, (said(item.id, Verdict.EDIT, data=data),)).groups[0].lead == "州消防救援支队"


def test_the_last_word_on_an_item_counts() -> None:
    item = items_of(CONTENT)[0]
    told = (said(item.id, Verdict.REJECT), said(item.id, Verdict.ACCEPT))
    assert apply(CONTENT, told).groups == (GROUP,)


def test_what_was_taken_back_leaves_the_word_before_it() -> None:
    item = items_of(CONTENT)[0]
    told = (said(item.id, Verdict.REJECT), said(item.id, Verdict.ACCEPT), said(item.id, Verdict.UNDO))
    assert apply(CONTENT, told).groups == ()
    assert standing((*told, said(item.id, Verdict.UNDO))) == {}
    assert standing((said(item.id, Verdict.UNDO),)) == {}


def test_a_doubt_whose_settlement_is_taken_back_is_open_again() -> None:
    draft = DraftPlan(content=CONTENT, doubts=(DOUBT,))
    name = doubt_id(DOUBT)
    told = (said(name, Verdict.ACCEPT, section="doubt"), said(name, Verdict.UNDO, section="doubt"))
    assert unsettled(draft, told) == (DOUBT,)


def test_an_added_item_needs_a_clause() -> None:
    data = item_data(items_of(CONTENT)[0])
    assert apply(CONTENT, (said("new", Verdict.ADD, data=data),)).groups == (GROUP, GROUP)
    with pytest.raises(InputError):
        parse_item("groups", {"name": "无出处组"})
    with pytest.raises(InputError):
        parse_item("nothing", data)


def test_a_doubt_stays_open_until_somebody_settles_it() -> None:
    draft = DraftPlan(content=CONTENT, doubts=(DOUBT,))
    assert unsettled(draft, ()) == (DOUBT,)
    assert unsettled(draft, (said(doubt_id(DOUBT), Verdict.ACCEPT, section="doubt"),)) == ()
