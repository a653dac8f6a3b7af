"""What is next around decisions: opinions owed, command to take, levels that a sensitive case suggests."""

from __future__ import annotations

from fengsui.application.board import PlanView, Step
from fengsui.core.response.commanding import following
from fengsui.core.response.incident import Incident
from fengsui.core.response.sensitive import advise


def decision_steps(incident: Incident, views: tuple[PlanView, ...]) -> list[Step]:
    """Steps that come right after the proposals that wait."""
    steps = [
        Step(
            kind="take_command",
            ref=key,
            post_ids=state.transferred.to,
            source=state.transferred.source,
            data=(("who", state.transferred.to_name), ("from", state.transferred.from_name)),
        )
        for key, state in incident.transfers.items()
        if state.is_open
    ]
    for key, consultation in incident.consultations.items():
        if consultation.is_open:
            silent = "、".join(item.who for item in consultation.silent)
            kind = "opinions_owed" if silent else "conclude"
            data = (("who", silent), ("topic", consultation.opened.topic))
            steps.append(Step(kind=kind, ref=key, data=data))
    for view in views:
        steps.extend(_for_plan(incident, view))
    return steps


def _for_plan(incident: Incident, view: PlanView) -> list[Step]:
    steps: list[Step] = []
    title = view.plan.content.title
    advice = advise(view.plan, incident, view.suggestion.level)
    waits = incident.open_proposal(view.plan.id) is not None
    if advice is not None and advice.raise_to is not None and not waits:
        steps.append(
            Step(
                kind="raise_sensitive",
                plan_id=view.plan.id,
                level=advice.raise_to,
                source=advice.clause,
                data=(("plan", title),),
            )
        )
    for edge in advice.reports if advice is not None else ():
        data = (("who", edge.who or ""), ("what", edge.what), ("plan", title))
        steps.append(Step(kind="report_sensitive", plan_id=view.plan.id, source=edge.source, data=data))
    follow = following(incident, view.plan.id)
    if follow is not None and view.response is None and view.suggestion.level is None and not waits:
        data = (("body", follow.followed.body), ("plan", title), ("level", follow.followed.upper_level))
        steps.append(
            Step(kind="follow_upper", plan_id=view.plan.id, source=follow.followed.source, data=data)
        )
    return steps
