"""Nobody approves what the plan does not give them: every post, level and kind on the demo plans."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from decision_builders import demo_directory, demo_plans
from fengsui.core.errors import Refusal
from fengsui.core.plan.level import ResponseLevel
from fengsui.core.response import chain
from fengsui.core.response import events as ev
from fengsui.core.response.decisions.direct import decide_directly
from fengsui.core.response.decisions.propose import approve, power_for, propose
from fengsui.core.response.decisions.scene import Scene
from fengsui.core.response.events import Event, ProposalKind
from fengsui.core.response.events_decisions import Basis
from fengsui.core.response.incident import Incident, fold
from fengsui.core.response.substitutes import substitutes

NOW = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)
FOUR = tuple(ResponseLevel(roman) for roman in ("I", "II", "III", "IV"))

STARTS = {
    "overall": ("governor", "governor", "vice-standing", "emb-director"),
    "work-safety": ("governor", "governor", "vice-safety", "emb-director"),
    "gas": ("vice-urban", "vice-urban", "vice-urban", "housing-director"),
    "flood": ("governor", "governor", "vice-water", "water-director"),
    "relief": ("governor", "governor", "vice-safety", "emb-director"),
}
"""Who starts Ⅰ … Ⅳ, read from the plans by hand."""

LOWERED_BY_WHO_HOLDS_THE_LEVEL = {"work-safety", "flood", "relief"}
"""Plans whose adjusting clause points back (原批准人, 按同样程序); the other two say nothing on lowering."""


def started(plan: str, level: ResponseLevel) -> str:
    return STARTS[plan][FOUR.index(level)]


def expected(plan: str, kind: ProposalKind, before: ResponseLevel | None, level: ResponseLevel) -> str:
    if kind is not ProposalKind.CHANGE or before is None:
        return started(plan, level)
    if level.rank < before.rank:
        # 燃气 names 总指挥 for raising; elsewhere the level reached belongs to who may start it.
        return "vice-urban" if plan == "gas" else started(plan, level)
    return started(plan, before if plan in LOWERED_BY_WHO_HOLDS_THE_LEVEL else level)


def state(plan: str, running: ResponseLevel | None, *more: Event) -> Incident:
    opened = ev.IncidentOpened(title="事故", what="事故", place="云州", place_code="990121", learned_at=NOW)
    attached = ev.PlanAttached(plan_id=plan, version=1, title=plan, why="")
    events: list[Event] = [opened, attached]
    if running is not None:
        events.append(ev.ResponseActivated(plan_id=plan, level=running, proposal_id="p0"))
    found = fold(chain.record("i", (*events, *more), by="duty-main", at=NOW, last=None))
    assert found is not None
    return found


def scene(incident: Incident, by: str) -> Scene:
    return Scene(incident=incident, plans=demo_plans(), directory=demo_directory(), now=NOW, by=by)


CASES = [
    *((ProposalKind.ACTIVATE, None, level) for level in FOUR),
    *((ProposalKind.CHANGE, before, level) for before in FOUR for level in FOUR if before is not level),
    *((ProposalKind.TERMINATE, level, level) for level in FOUR),
]


@pytest.mark.parametrize("plan", sorted(STARTS))
def test_every_post_but_the_one_the_plan_names_is_refused_with_the_clause(plan: str) -> None:
    refused = 0
    for kind, before, level in CASES:
        asked_level = None if kind is ProposalKind.TERMINATE else level
        incident = state(plan, before)
        proposed = propose(kind, plan, asked_level, "按预案", scene(incident, "duty-main"))
        incident = state(plan, before, *proposed)
        may = expected(plan, kind, before, level)
        for post in demo_directory().posts:
            if post.id == may:
                # The conditions of ending are another matter (tests/application/test_aftermath.py).
                assert approve("p1", "", scene(incident, post.id), roles=post.roles, override="另查")
                continue
            with pytest.raises(Refusal) as no:
                approve("p1", "", scene(incident, post.id), roles=post.roles)
            assert no.value.code == "not_empowered", (kind, before, level, post.id)
            assert no.value.source is not None
            assert no.value.allowed
            refused += 1
    assert refused == len(CASES) * (len(demo_directory().posts) - 1)


@pytest.mark.parametrize("plan", sorted(STARTS))
def test_nobody_starts_directly_what_others_propose_or_decide(plan: str) -> None:
    for level in FOUR:
        incident = state(plan, None)
        power = power_for(ProposalKind.ACTIVATE, plan, level, scene(incident, "duty-main"))
        for post in demo_directory().posts:
            if post.id != started(plan, level):
                with pytest.raises(Refusal):
                    directly(plan, level, incident, post.id)
            elif not power.proposers or post.id == "emb-director":
                # The director of the office is of the unit that proposes: one step.
                proposed = directly(plan, level, incident, post.id)[0]
                assert isinstance(proposed, ev.Proposed)
                assert proposed.approvers == (post.id,)
            else:
                with pytest.raises(Refusal) as no:
                    directly(plan, level, incident, post.id)
                assert no.value.code == "proposal_needed"
                assert no.value.allowed == power.proposers


def directly(plan: str, level: ResponseLevel, incident: Incident, by: str) -> tuple[Event, ...]:
    return decide_directly(ProposalKind.ACTIVATE, plan, level, "险情明确", scene(incident, by))


def test_the_adjusting_clause_is_the_one_that_is_shown() -> None:
    incident = state("gas", FOUR[3])
    power = power_for(ProposalKind.CHANGE, "gas", FOUR[2], scene(incident, "duty-main"))
    assert power.source is not None
    assert power.source.clause == "四（五）"
    assert not power.assumed
    lower = power_for(ProposalKind.CHANGE, "gas", FOUR[3], scene(state("gas", FOUR[2]), "duty-main"))
    assert lower.assumed


def test_who_ends_a_warning_is_not_cited_for_the_end_of_a_response() -> None:
    incident = state("work-safety", FOUR[2])
    power = power_for(ProposalKind.TERMINATE, "work-safety", None, scene(incident, "duty-main"))
    assert power.source is not None
    assert power.source.clause == "5.6"


def test_the_plan_names_who_stands_in_before_the_directory_does() -> None:
    directory, plans = demo_directory(), demo_plans()
    found = substitutes(plans["overall"], ("governor",), directory)
    assert [(item.post, item.basis) for item in found] == [
        ("vice-standing", Basis.CLAUSE),
        ("vice-safety", Basis.DEPUTY),
    ]
    assert found[0].source is not None
    assert found[0].source.clause == "2.1"
    of_gas = substitutes(plans["gas"], ("vice-urban",), directory)
    assert [(item.post, item.basis) for item in of_gas] == [
        ("housing-director", Basis.DEPUTY),
        ("emb-director", Basis.DEPUTY),
        ("vice-standing", Basis.DIRECTORY),
    ]
    of_deputy = substitutes(plans["work-safety"], ("vice-safety",), directory)
    assert [(item.post, item.basis) for item in of_deputy] == [
        ("governor", Basis.SUPERIOR),
        ("vice-standing", Basis.DIRECTORY),
    ]


@pytest.mark.parametrize("plan", sorted(STARTS))
def test_no_substitute_is_the_silent_one_itself_or_a_post_that_only_takes_orders(plan: str) -> None:
    deciding = {"commander", "office_director"}
    for level in FOUR:
        for item in substitutes(demo_plans()[plan], (started(plan, level),), demo_directory()):
            assert item.post != started(plan, level)
            post = demo_directory().post(item.post)
            assert post is not None
            assert {role.value for role in post.roles} & deciding


def test_a_substitute_may_decide_only_after_it_was_asked() -> None:
    proposed = propose(
        ProposalKind.ACTIVATE,
        "overall",
        FOUR[0],
        "按预案",
        scene(state("overall", None), "duty-main"),
        answer_within=timedelta(minutes=15),
    )
    incident = state("overall", None, *proposed)
    post = demo_directory().post("vice-standing")
    assert post is not None
    with pytest.raises(Refusal):
        approve("p1", "", scene(incident, post.id), roles=post.roles)


def test_only_those_the_sentence_on_starting_directly_names_start_without_a_proposal() -> None:
    plan = demo_plans()["overall"]
    content = plan.content
    direct = replace(
        content.activation[-1],
        level=FOUR[0],
        authority="常务副州长",
        proposer=None,
        source=replace(content.activation[-1].source, quote="情况紧急时，常务副州长可直接启动Ⅰ级响应。"),
    )
    changed = replace(plan, content=replace(content, activation=(*content.activation, direct)))
    where = replace(scene(state("overall", None), "vice-standing"), plans={"overall": changed})
    assert decide_directly(ProposalKind.ACTIVATE, "overall", FOUR[0], "紧急", where)
    with pytest.raises(Refusal) as no:
        decide_directly(ProposalKind.ACTIVATE, "overall", FOUR[0], "紧急", replace(where, by="governor"))
    assert no.value.code == "proposal_needed"


@pytest.mark.parametrize("plan", sorted(STARTS))
@pytest.mark.parametrize("outside", ["donghe-head", "police-liaison", "auditor"])
def test_nobody_of_the_headquarters_stands_in_for_one_who_is_not_of_it(plan: str, outside: str) -> None:
    found = substitutes(demo_plans()[plan], (outside,), demo_directory())
    # Only the unit of the silent one itself may have a standing deputy.
    assert all(item.basis is Basis.DIRECTORY for item in found)
