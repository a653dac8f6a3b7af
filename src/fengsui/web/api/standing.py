"""Where an incident stands, as JSON: everything with the clause behind it."""

from __future__ import annotations

from typing import Any

from fengsui.application.board import PlanView, Situation
from fengsui.core.citation import Citation
from fengsui.core.fact import Figure
from fengsui.core.response.incident import ClockState, DirectiveState, ProposalState
from fengsui.web.api.standing_deciding import deciding_data


def standing_data(found: Situation, language: str) -> dict[str, Any]:
    """The incident and what is next, as the room shows it."""
    incident, opened = found.incident, found.incident.opened
    return {
        "id": incident.incident_id,
        "seq": incident.seq,
        "title": opened.title,
        "what": opened.what,
        "place": opened.place,
        "place_code": opened.place_code,
        "learned_at": opened.learned_at,
        "occurred_at": opened.occurred_at,
        "exercise": opened.exercise,
        "open": incident.is_open,
        "facts": {name: _value(value) for name, value in incident.current_facts().items()},
        "judgements": incident.current_judgements(),
        "plans": [_plan(view) for view in found.plans],
        "proposals": {key: _proposal(item) for key, item in incident.proposals.items()},
        "groups": [
            {"plan": group.plan_id, "name": group.name, "lead": group.lead, "members": list(group.members)}
            for group in incident.groups
        ],
        "directives": {key: _directive(item) for key, item in incident.directives.items()},
        "reports": {key: _clock(item) for key, item in incident.clocks.items()},
        "deadlines": [
            {"id": item.deadline_id, "kind": item.kind.value, "ref": item.ref, "due_at": item.due_at}
            for item in found.deadlines
        ],
        "next": [
            {
                "kind": step.kind,
                "text": step.sentence(language),
                "ref": step.ref,
                "posts": list(step.post_ids),
                "due": step.due,
                "clause": clause(step.source),
            }
            for step in found.steps
        ],
        "deciding": deciding_data(found),
    }


def clause(source: Citation | None) -> dict[str, Any] | None:
    """A citation; None where nothing stands behind it."""
    if source is None:
        return None
    return {"number": source.clause, "line": source.line, "quote": source.quote}


def _value(value: Figure | bool) -> Any:
    if isinstance(value, bool):
        return value
    ends = {"min": value.low, "max": value.high}
    if value.low is not None and value.low == value.high:
        return _number(value.low)
    return {name: _number(end) for name, end in ends.items() if end is not None}


def _number(value: Any) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _plan(view: PlanView) -> dict[str, Any]:
    suggestion, power = view.suggestion, view.power
    return {
        "id": view.plan.id,
        "version": view.plan.version,
        "title": view.plan.content.title,
        "why": view.why,
        "running": view.response.level.value if view.response else None,
        "suggested": suggestion.level.value if suggestion.level else None,
        "possible": [level.value for level in suggestion.possible],
        "because": [clause(source) for source in suggestion.because],
        "decides": {"printed": power.printed, "posts": list(power.posts)} if power else None,
        "ask": [{"fact": ask.fact, "question": ask.question} for ask in view.asks],
    }


def _proposal(item: ProposalState) -> dict[str, Any]:
    proposed = item.proposed
    return {
        "kind": proposed.kind.value,
        "plan": proposed.plan_id,
        "level": proposed.level.value if proposed.level else None,
        "state": item.status.value,
        "authority": proposed.authority,
        "approvers": list(proposed.approvers),
        "reason": proposed.reason,
        "clause": clause(proposed.source),
    }


def _directive(item: DirectiveState) -> dict[str, Any]:
    issued = item.issued
    return {
        "to": list(issued.to),
        "to_name": issued.to_name,
        "text": issued.text,
        "due": issued.due,
        "state": item.status.value,
        "result": item.result,
        "clause": clause(issued.source),
    }


def _clock(item: ClockState) -> dict[str, Any]:
    started = item.started
    return {
        "who": started.who,
        "who_id": started.who_id,
        "to": list(started.to),
        "what": started.what,
        "due": item.due,
        "running": item.running,
        "sent": len(item.sent),
        "clause": clause(started.source),
    }
