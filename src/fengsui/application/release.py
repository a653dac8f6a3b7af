"""Use cases of informing the public: write, agree, publish, correct; enquiries and their answers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fengsui.application.access import TABLE, Action
from fengsui.application.commit import Outcome, change, load, scene_of
from fengsui.application.desk import Actor, Desk
from fengsui.application.proposals import check_factor
from fengsui.application.release_ports import PublicPages, PublicStatement
from fengsui.core.response.decisions import release as decisions
from fengsui.core.response.decisions.release import Draft
from fengsui.core.response.decisions.scene import Scene
from fengsui.core.response.events import Event, Recorded
from fengsui.core.response.events_decisions import Factor
from fengsui.core.response.events_release import StatementPublished
from fengsui.core.response.incident import Incident
from fengsui.core.response.power import Power


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseDesk:
    """The desk and the page that anybody may read."""

    desk: Desk
    pages: PublicPages


def public_id(incident_id: str) -> str:
    """The name of an incident on the public page: the id of the desk cannot be found from it."""
    return hashlib.sha256(f"public/{incident_id}".encode()).hexdigest()[:12]


def draft_statement(
    to: ReleaseDesk,
    actor: Actor,
    incident_id: str,
    command: Draft,
    *,
    person: str = "",
    command_id: str | None = None,
) -> Outcome:
    """Write a statement, or write it anew. ``person`` is the id of the account that acts."""
    return change(
        to.desk,
        actor,
        incident_id,
        Action.DRAFT_STATEMENT,
        lambda scene: decisions.draft(command, scene, person, TABLE[Action.APPROVE_STATEMENT]),
        command_id=command_id,
    )


def approve_statement(
    to: ReleaseDesk,
    actor: Actor,
    incident_id: str,
    statement_id: str,
    version: int,
    *,
    person: str = "",
    factor: Factor | None = None,
    factor_word: str = "",
    command_id: str | None = None,
) -> Outcome:
    """Agree to a statement; the second agreement publishes it, log and page in one transaction.

    ``factor`` and ``factor_word`` as for proposals (``proposals.answer_proposal``).
    Raises Refusal, Conflict (see ``decisions.release.approve``).
    """

    def decide(scene: Scene) -> Sequence[Event]:
        # Who may not, or comes too late, is told that before anybody asks for a code.
        events = decisions.approve(statement_id, version, scene, person, factor)
        check_factor(to.desk, factor, factor_word)
        return events

    with to.desk.transactions.begin():
        outcome = change(
            to.desk,
            actor,
            incident_id,
            Action.APPROVE_STATEMENT,
            decide,
            command_id=command_id,
        )
        out = [item for item in outcome.recorded if isinstance(item.event, StatementPublished)]
        # An exercise goes as far as the log and no further.
        if out and not (outcome.incident.opened.exercise or to.desk.exercise):
            to.pages.publish(_public(to.desk, outcome.incident, out[0], actor))
        return outcome


def _public(desk: Desk, incident: Incident, out: Recorded, actor: Actor) -> PublicStatement:
    assert isinstance(out.event, StatementPublished)
    drafted = incident.release.statements[out.event.statement_id].draft
    directory = desk.directory.directory()
    post = directory.post(out.by)
    unit = directory.unit(post.unit) if post else None
    return PublicStatement(
        public_id=public_id(incident.incident_id),
        incident_id=incident.incident_id,
        statement_id=drafted.statement_id,
        number=out.event.number,
        kind=drafted.kind.value,
        title=drafted.title,
        text=drafted.text,
        place=incident.opened.place,
        issuer=unit.name if unit else actor.jurisdiction.name,
        published_at=out.at,
        next_update=drafted.next_update,
        corrects=drafted.corrects,
        wrong=drafted.wrong,
        right=drafted.right,
        evidence=drafted.evidence,
        exercise=incident.opened.exercise or desk.exercise,
    )


def return_statement(
    to: ReleaseDesk,
    actor: Actor,
    incident_id: str,
    statement_id: str,
    reason: str,
    *,
    command_id: str | None = None,
) -> Outcome:
    """Give a statement back to be written anew."""
    return _simple(
        to,
        actor,
        incident_id,
        Action.APPROVE_STATEMENT,
        lambda scene: decisions.give_back(statement_id, reason, scene),
        command_id,
    )


def drop_statement(
    to: ReleaseDesk,
    actor: Actor,
    incident_id: str,
    statement_id: str,
    reason: str,
    *,
    command_id: str | None = None,
) -> Outcome:
    """A draft will not be published."""
    return _simple(
        to,
        actor,
        incident_id,
        Action.DRAFT_STATEMENT,
        lambda scene: decisions.drop(statement_id, reason, scene),
        command_id,
    )


def note_enquiry(
    to: ReleaseDesk,
    actor: Actor,
    incident_id: str,
    *,
    question: str,
    channel: str,
    caller: Mapping[str, Any] | None = None,
    command_id: str | None = None,
) -> Outcome:
    """Keep a question from outside. ``caller`` only where somebody is to be rung back, apart from the log."""

    def decide(scene: Scene) -> Sequence[Event]:
        decisions.note_enquiry(question, channel, None, scene)
        ref = to.desk.personal.keep(caller, about=f"incident/{incident_id}") if caller else None
        return decisions.note_enquiry(question, channel, ref, scene)

    return _simple(to, actor, incident_id, Action.LOG_ENQUIRY, decide, command_id)


def answer_enquiry(
    to: ReleaseDesk,
    actor: Actor,
    incident_id: str,
    enquiry_id: str,
    *,
    answer: str = "",
    statement_id: str | None = None,
    command_id: str | None = None,
) -> Outcome:
    """Say what was answered; with ``statement_id`` by what was published."""
    return _simple(
        to,
        actor,
        incident_id,
        Action.LOG_ENQUIRY,
        lambda scene: decisions.answer_enquiry(enquiry_id, answer, statement_id, scene),
        command_id,
    )


def _simple(
    to: ReleaseDesk,
    actor: Actor,
    incident_id: str,
    action: Action,
    decide: Callable[[Scene], Sequence[Event]],
    command_id: str | None,
) -> Outcome:
    return change(to.desk, actor, incident_id, action, decide, command_id=command_id)


def who_releases(desk: Desk, incident_id: str) -> Power | None:
    """Who releases by the plans of the incident; None where they do not say so."""
    incident = load(desk, incident_id)
    return decisions.power_of_release(scene_of(desk, incident, desk.clock.now()))
