"""Use cases on consultations (会商): ask, write down what is said, conclude, show it to the approver."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fengsui.application import access
from fengsui.application.access import Action
from fengsui.application.commit import Outcome, change
from fengsui.application.desk import Actor, Desk
from fengsui.core.errors import InputError
from fengsui.core.response.decisions import consult
from fengsui.core.response.decisions.consult import ToAsk
from fengsui.core.response.decisions.scene import check_text
from fengsui.core.response.events_decisions import AskedKind, Stance
from fengsui.core.response.incident import Incident


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
        lambda scene: consult.open_consultation(
            topic, _to_ask(desk, incident_id, invited), proposal_id, scene
        ),
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
        lambda scene: consult.widen(consultation_id, _to_ask(desk, incident_id, invited), scene),
        command_id=command_id,
    )


def _to_ask(desk: Desk, incident_id: str, invited: Sequence[Invited]) -> list[ToAsk]:
    found = []
    for item in invited:
        known = {key: value for key, value in (("name", item.name), ("phone", item.phone)) if value}
        ref = (
            desk.personal.keep(known, about=f"incident/{incident_id}")
            if known and item.kind is AskedKind.EXPERT
            else None
        )
        found.append(ToAsk(kind=item.kind, who=item.who, person_ref=ref))
    return found


def expert_of(
    desk: Desk, actor: Actor, incident: Incident, consultation_id: str, asked_id: str, why: str
) -> dict[str, Any]:
    """Who an expert is (personal data); empty when nothing was kept or it was erased.

    That it was read, by whom and why, is kept. Raises InputError for one who was not asked.
    """
    access.require(actor, Action.SEE_PERSONAL, incident.opened.place_code)
    state = incident.consultations.get(consultation_id)
    asked = next((item for item in state.asked if item.asked_id == asked_id), None) if state else None
    if asked is None:
        raise InputError("asked_unknown", asked=asked_id)
    if asked.person_ref is None:
        return {}
    return desk.personal.read(
        asked.person_ref, by=actor.post_id, person=actor.person_id, why=check_text(why, "why")
    )


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
