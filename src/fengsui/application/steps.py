"""What is next (下一步): read off the state of an incident and its plans, in the order of doing."""

from __future__ import annotations

from datetime import datetime, timedelta

from fengsui.application.board import PlanView, Step
from fengsui.application.steps_decisions import decision_steps
from fengsui.application.steps_dispatch import dispatch_steps, safety_steps
from fengsui.application.steps_release import release_steps
from fengsui.core.response.incident import DirectiveStatus, Incident, ProposalState, ProposalStatus

SLOW = timedelta(minutes=10)
"""A directive not accepted for this long is brought up."""


def next_steps(incident: Incident, views: tuple[PlanView, ...], now: datetime) -> tuple[Step, ...]:
    """What is to be done next, in the order of doing: decide, propose, report, follow up, ask."""
    if not incident.is_open:
        return ()
    steps = safety_steps(incident, now)
    steps += [_waiting(state, incident) for state in incident.proposals.values() if state.is_open]
    steps.extend(decision_steps(incident, views))
    steps.extend(release_steps(incident))
    for view in views:
        steps.extend(_for_plan(incident, view))
    if not views:
        steps.append(Step(kind="attach_plan"))
    steps.extend(_reports(incident))
    steps.extend(dispatch_steps(incident, now))
    late = now - SLOW
    for directive_id, item in incident.directives.items():
        if item.status is DirectiveStatus.ISSUED and not item.handling.waiting and item.since <= late:
            data = (("who", item.issued.to_name), ("what", item.issued.text))
            steps.append(Step(kind="not_accepted", ref=directive_id, due=item.due, data=data))
    return tuple(steps)


def _waiting(state: ProposalState, incident: Incident) -> Step:
    proposed = state.proposed
    wait = incident.waits.get(proposed.proposal_id)
    return Step(
        kind="answer" if state.status is ProposalStatus.QUESTIONED else "decide",
        plan_id=proposed.plan_id,
        level=proposed.level,
        ref=proposed.proposal_id,
        post_ids=(*proposed.approvers, *(wait.standing_in if wait else ())),
        source=proposed.source,
        data=(("who", proposed.authority), ("kind", proposed.kind.value)),
    )


def _for_plan(incident: Incident, view: PlanView) -> list[Step]:
    suggestion, steps = view.suggestion, list[Step]()
    waiting = incident.open_proposal(view.plan.id)
    running = view.response.level if view.response else None
    # Nothing certain speaks for going down while the running level is still possible.
    open_still = running is not None and running in suggestion.possible
    wanted = suggestion.level is not None and suggestion.level is not running and not open_still
    if wanted and waiting is None and not _was_refused(incident, view):
        kind = "propose_change" if running else "propose"
        steps.append(
            Step(
                kind=kind if view.power else "nobody_named",
                plan_id=view.plan.id,
                level=suggestion.level,
                post_ids=view.power.posts if view.power else (),
                source=suggestion.tie or (suggestion.because[0] if suggestion.because else None),
                data=(
                    ("plan", view.plan.content.title),
                    ("who", view.power.printed if view.power else ""),
                    ("before", running.value if running else ""),
                ),
            )
        )
    if view.asks and suggestion.possible:
        ask = view.asks[0]
        steps.append(Step(kind="ask", plan_id=view.plan.id, data=(("question", ask.question),), ref=ask.fact))
    return steps


def _was_refused(incident: Incident, view: PlanView) -> bool:
    """Whether the suggested level was refused after the last fact: do not nag."""
    last_fact = max((entries[-1].at for entries in incident.facts.values()), default=incident.opened_at)
    return any(
        state.status is ProposalStatus.REFUSED
        and state.proposed.plan_id == view.plan.id
        and state.proposed.level is view.suggestion.level
        and state.decided_at is not None
        and state.decided_at >= last_fact
        for state in incident.proposals.values()
    )


def _reports(incident: Incident) -> list[Step]:
    running = [(key, clock) for key, clock in incident.clocks.items() if clock.running and not clock.sent]
    # 立即 has no countdown and comes first.
    running.sort(key=lambda pair: (pair[1].due or pair[1].started.started_at, pair[0]))
    return [
        Step(
            kind="report",
            ref=clock_id,
            plan_id=clock.started.plan_id,
            due=clock.due,
            source=clock.started.source,
            data=(
                ("who", clock.started.who),
                ("to", "、".join(clock.started.to)),
                ("what", clock.started.what),
                ("words", clock.started.words),
            ),
        )
        for clock_id, clock in running
    ]
