"""What is next in dispatch: rescuers first, then units that wait for an answer, then empty places."""

from __future__ import annotations

from datetime import datetime

from fengsui.application.board import Step
from fengsui.application.dispatch_board import BoardRow, board
from fengsui.application.wording import word
from fengsui.core.response.decisions.safety import pending
from fengsui.core.response.incident import Incident

ANSWERS = {"declined": "order_declined", "help": "help_open", "question": "unit_asks"}


def safety_steps(incident: Incident, now: datetime) -> list[Step]:
    """Rescuers who should be out: before everything else."""
    steps = []
    waiting = pending(incident)
    if waiting:
        people = sum(incident.entries[key].inside for key in waiting)
        steps.append(Step(kind="not_out", data=(("people", str(people)),)))
    for key, entry in incident.entries.items():
        if entry.inside and key not in waiting and entry.out_by is not None and entry.out_by <= now:
            data = (("team", entry.event.team), ("people", str(entry.inside)))
            steps.append(Step(kind="rescuers_late", due=entry.out_by, data=data))
    return steps


def dispatch_steps(incident: Incident, now: datetime) -> list[Step]:
    """Units that wait for the command, orders that reached nobody, headquarters not filled yet."""
    rows = board(incident, now)
    steps = [_answer(row) for row in rows if row.code in ANSWERS]
    gaps = [row for row in rows if row.gap]
    if gaps:
        first = gaps[0]
        data = (*_words(first), ("n", str(len(gaps))))
        steps.append(Step(kind="nobody_on_duty", ref=first.directive_id, data=data))
    for plan_id in incident.responses:
        plan = incident.plans.get(plan_id)
        title = ("plan", plan.title if plan else "")
        formed = any(group.plan_id == plan_id for group in incident.groups)
        if formed and not any(key == plan_id for key, _ in incident.staffing):
            steps.append(Step(kind="staff", plan_id=plan_id, data=(title,)))
        empty = _empty_places(incident, plan_id)
        if empty:
            data = (title, ("n", str(len(empty))), ("where", empty[0]))
            steps.append(Step(kind="places_empty", plan_id=plan_id, data=data))
    return steps


def _empty_places(incident: Incident, plan_id: str) -> list[str]:
    """The places of one plan that nobody was found for, in words, the headquarters first."""
    return [
        f"{group or word('message', 'headquarters')}{word('staff_role', item.role.value)}（{item.name}）"
        for (key, group), places in incident.staffing.items()
        if key == plan_id
        for item in places
        if item.post is None
    ]


def _answer(row: BoardRow) -> Step:
    handling = row.state.handling
    said = {
        "declined": handling.declined.text if handling.declined else "",
        "help": row.state.unanswered_help[0].text if row.state.unanswered_help else "",
        "question": handling.question.text if handling.question else "",
    }[row.code]
    data = (*_words(row), ("said", said))
    return Step(kind=ANSWERS[row.code], ref=row.directive_id, data=data)


def _words(row: BoardRow) -> tuple[tuple[str, str], ...]:
    return ("who", row.state.issued.to_name), ("what", row.state.issued.text)
