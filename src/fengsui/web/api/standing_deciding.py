"""Where an incident stands around its decisions, as JSON: who commands, who was asked, who stands in."""

from __future__ import annotations

from typing import Any

from fengsui.application.board import Situation
from fengsui.core.citation import Citation
from fengsui.core.response.commanding import commanders
from fengsui.core.response.state_decisions import ConsultationState, Wait


def deciding_data(found: Situation) -> dict[str, Any]:
    """What the room's head, the consultation tab and the approval page show."""
    incident = found.incident
    plans = {view.plan.id: view.plan for view in found.plans}
    return {
        "commands": [
            {
                "name": one.name,
                "posts": list(one.posts),
                "how": one.how,
                "since": one.since,
                "clause": _number(one.source),
            }
            for one in commanders(incident, plans, found.directory)
        ],
        "handovers": {
            key: {
                "direction": item.transferred.direction.value,
                "from": item.transferred.from_name,
                "to": item.transferred.to_name,
                "accepted_at": item.accepted_at,
                "declined_at": item.declined_at,
            }
            for key, item in incident.transfers.items()
        },
        "follows": {
            key: {
                "plan": item.followed.plan_id,
                "body": item.followed.body,
                "level": item.followed.upper_level,
                "document": item.followed.document,
                "ended_at": item.ended_at,
            }
            for key, item in incident.follows.items()
        },
        "sensitive": {
            key: {
                "kind": item.marked.kind.value,
                "reason": item.marked.reason,
                "clause": _number(item.marked.source),
                "lifted_at": item.lifted_at,
            }
            for key, item in incident.marks.items()
        },
        "consultations": {key: _consultation(item) for key, item in incident.consultations.items()},
        "waiting": {key: _wait(item) for key, item in incident.waits.items()},
        "factors": {key: factor.value for key, factor in incident.factors.items()},
    }


def _number(source: Citation | None) -> str | None:
    return source.clause if source is not None else None


def _consultation(item: ConsultationState) -> dict[str, Any]:
    return {
        "topic": item.opened.topic,
        "proposals": list(item.proposals),
        "asked": [
            {
                "id": asked.asked_id,
                "kind": asked.kind.value,
                "who": asked.who,
                "opinions": [
                    {
                        "stance": said.given.stance.value,
                        "text": said.given.text,
                        "said_at": said.given.said_at,
                    }
                    for said in item.said_by(asked.asked_id)
                ],
            }
            for asked in item.asked
        ],
        "conclusion": item.conclusion or None,
    }


def _wait(item: Wait) -> dict[str, Any]:
    return {
        "minutes": int(item.limit.total_seconds() // 60),
        "stand_in": [
            {"post": one.post, "basis": one.basis.value, "clause": _number(one.source)}
            for one in item.substitutes
        ],
        "passed_on": [{"to": list(one.event.to), "at": one.at} for one in item.passed],
    }
