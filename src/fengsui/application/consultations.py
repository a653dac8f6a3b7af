"""Use cases on consultations (会商): ask, write down what is said, conclude, show it to the approver."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fengsui.application.access import Action
from fengsui.application.commit import Outcome, change
from fengsui.application.desk import Actor, Desk
from fengsui.core.response.decisions import consult
from fengsui.core.response.decisions.consult import ToAsk
from fengsui.core.response.events_decisions import AskedKind, Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """One to be asked. ``name`` and ``phone`` of an expert are personal data and stay out of the stream."""

    kind: AskedKind
    who: str
    name: str = ""
    phone: str = ""


def open_consultation(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    *,
    topic: str,
    invited: Sequence[Invited],
    proposal_id: str | None = None,
    command_id: str | None = None,
) -> Outcome:
    """Ask posts, bodies outside and experts; with ``proposal_id`` the approver sees what they say."""
    return change(
        desk,
        actor,
        incident_id,
        Action.CONSULT,
        lambda scene: consult.open_consultation(topic, _to_ask(desk, invited), proposal_id, scene),
        command_id=command_id,
    )


def widen_consultation(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    consultation_id: str,
    invited: Sequence[Invited],
    *,
    command_id: str | None = None,
) -> Outcome:
    """Ask more."""
    return change(
        desk,
        actor,
        incident_id,
        Action.CONSULT,
        lambda scene: consult.widen(consultation_id, _to_ask(desk, invited), scene),
        command_id=command_id,
    )


def _to_ask(desk: Desk, invited: Sequence[Invited]) -> list[ToAsk]:
    found = []
    for item in invited:
        known = {key: value for key, value in (("name", item.name), ("phone", item.phone)) if value}
        ref = desk.personal.keep(known) if known and item.kind is AskedKind.EXPERT else None
        found.append(ToAsk(kind=item.kind, who=item.who, person_ref=ref))
    return found


def link_consultation(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    consultation_id: str,
    proposal_id: str,
    *,
    command_id: str | None = None,
) -> Outcome:
    """Show the consultation to the approver of a proposal."""
    return change(
        desk,
        actor,
        incident_id,
        Action.CONSULT,
        lambda scene: consult.link(consultation_id, proposal_id, scene),
        command_id=command_id,
    )


def give_opinion(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    consultation_id: str,
    asked_id: str,
    *,
    stance: Stance,
    text: str,
    said_at: datetime | None = None,
    command_id: str | None = None,
) -> Outcome:
    """Say what one thinks when asked, or write down what one of those asked said."""
    return change(
        desk,
        actor,
        incident_id,
        Action.GIVE_OPINION,
        lambda scene: consult.give_opinion(
            consultation_id, asked_id, stance, text, scene, roles=actor.roles, said_at=said_at
        ),
        command_id=command_id,
    )


def conclude_consultation(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    consultation_id: str,
    conclusion: str,
    *,
    command_id: str | None = None,
) -> Outcome:
    """End a consultation with its conclusion."""
    return change(
        desk,
        actor,
        incident_id,
        Action.CONSULT,
        lambda scene: consult.conclude(consultation_id, conclusion, scene),
        command_id=command_id,
    )
