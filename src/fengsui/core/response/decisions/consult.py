"""Consultation (会商): who is asked, what each says, and the conclusion. It advises; it decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fengsui.core.directory import Role
from fengsui.core.errors import Conflict, InputError, Refusal
from fengsui.core.response.decisions.scene import Scene, check_instant, check_text
from fengsui.core.response.events import Event
from fengsui.core.response.events_decisions import (
    Asked,
    AskedKind,
    ConsultationConcluded,
    ConsultationLinked,
    ConsultationOpened,
    ConsultationWidened,
    OpinionGiven,
    Stance,
)
from fengsui.core.response.state_decisions import ConsultationState

RECORDERS = frozenset({Role.DUTY_OFFICER, Role.OFFICE_DIRECTOR})
"""Who writes down what others said by telephone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToAsk:
    """One to be asked: a post by its id, a body outside by its name, an expert by the field."""

    kind: AskedKind
    who: str
    person_ref: str | None = None


def open_consultation(
    topic: str, to_ask: Sequence[ToAsk], proposal_id: str | None, scene: Scene
) -> tuple[Event, ...]:
    """Begin; with ``proposal_id`` it is shown to the approver. Raises InputError when nobody is asked."""
    scene.must_be_open()
    words = check_text(topic, "topic")
    if not to_ask:
        raise InputError("nobody_asked")
    consultation_id = f"c{len(scene.incident.consultations) + 1}"
    opened = ConsultationOpened(consultation_id=consultation_id, topic=words, asked=_asked(to_ask, 0, scene))
    if not proposal_id:
        return (opened,)
    scene.proposal(proposal_id)
    return (opened, ConsultationLinked(consultation_id=consultation_id, proposal_id=proposal_id))


def _asked(to_ask: Sequence[ToAsk], already: int, scene: Scene) -> tuple[Asked, ...]:
    found: list[Asked] = []
    for number, item in enumerate(dict.fromkeys(to_ask), start=already + 1):
        who, post_id = check_text(item.who, "who"), None
        if item.kind is AskedKind.POST:
            post = scene.directory.post(who)
            if post is None:
                raise InputError("post_unknown", post=who)
            who, post_id = post.title, post.id
        found.append(
            Asked(asked_id=f"a{number}", kind=item.kind, who=who, post=post_id, person_ref=item.person_ref)
        )
    return tuple(found)


def _open(consultation_id: str, scene: Scene) -> ConsultationState:
    scene.must_be_open()
    state = scene.incident.consultations.get(consultation_id)
    if state is None:
        raise InputError("consultation_unknown", consultation=consultation_id)
    if not state.is_open:
        raise Conflict("consultation_concluded", consultation=consultation_id)
    return state


def widen(consultation_id: str, to_ask: Sequence[ToAsk], scene: Scene) -> tuple[Event, ...]:
    """Ask more; a post that is asked already is not asked twice."""
    state = _open(consultation_id, scene)
    known = {item.post for item in state.asked if item.post}
    fresh = [item for item in to_ask if item.kind is not AskedKind.POST or item.who not in known]
    if not fresh:
        raise InputError("nobody_asked")
    asked = _asked(fresh, len(state.asked), scene)
    return (ConsultationWidened(consultation_id=consultation_id, asked=asked),)


def link(consultation_id: str, proposal_id: str, scene: Scene) -> tuple[Event, ...]:
    """Show the consultation to the approver of ``proposal_id``; nothing when it is shown already."""
    scene.must_be_open()
    state = scene.incident.consultations.get(consultation_id)
    if state is None:
        raise InputError("consultation_unknown", consultation=consultation_id)
    scene.proposal(proposal_id)
    if proposal_id in state.proposals:
        return ()
    return (ConsultationLinked(consultation_id=consultation_id, proposal_id=proposal_id),)


def give_opinion(
    consultation_id: str,
    asked_id: str,
    stance: Stance,
    text: str,
    scene: Scene,
    *,
    roles: frozenset[Role],
    said_at: datetime | None = None,
) -> tuple[Event, ...]:
    """What one of those asked says. A post speaks for itself; the desk writes down what it was told."""
    state = _open(consultation_id, scene)
    asked = next((item for item in state.asked if item.asked_id == asked_id), None)
    if asked is None:
        raise InputError("asked_unknown", asked=asked_id)
    if asked.post != scene.by and not roles & RECORDERS:
        raise Refusal("not_asked", allowed=(asked.who,))
    check_instant(said_at, scene.now, "said_at")
    return (
        OpinionGiven(
            consultation_id=consultation_id,
            asked_id=asked_id,
            stance=stance,
            text=check_text(text, "text"),
            said_at=said_at or scene.now,
        ),
    )


def conclude(consultation_id: str, conclusion: str, scene: Scene) -> tuple[Event, ...]:
    """End it with a conclusion; who said nothing stays in the minutes as such."""
    _open(consultation_id, scene)
    words = check_text(conclusion, "conclusion")
    return (ConsultationConcluded(consultation_id=consultation_id, conclusion=words),)
