"""Use cases of reporting: write, send, correct and sign for reports; verify what they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from fengsui.application import access
from fengsui.application.access import Action
from fengsui.application.commit import Outcome, already_done, change, load
from fengsui.application.desk import Actor, Desk
from fengsui.application.reporting_ports import ReportDraft, Reporting
from fengsui.application.wording import word
from fengsui.core.errors import InputError
from fengsui.core.response.decisions import reporting as decide
from fengsui.core.response.decisions.reporting import Written

MOST_SIGNS = 60_000
"""Characters kept of a draft."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Who may be asked about a report (联系人): kept apart from the stream."""

    name: str = ""
    phone: str = ""

    def data(self) -> dict[str, Any]:
        return {key: value for key, value in (("name", self.name), ("phone", self.phone)) if value}


def save_draft(
    reporting: Reporting, actor: Actor, incident_id: str, clock_id: str, data: Mapping[str, str]
) -> None:
    """Keep what has been typed of a report; nothing is compulsory."""
    desk = reporting.desk
    incident = load(desk, incident_id)
    access.require(actor, Action.SEND_REPORT, incident.opened.place_code)
    if clock_id not in incident.clocks:
        raise InputError("clock_unknown", clock=clock_id)
    if sum(len(value) for value in data.values()) > MOST_SIGNS:
        raise InputError("report_draft_long", most=MOST_SIGNS)
    draft = ReportDraft(data=dict(data), by=actor.post_id, at=desk.clock.now())
    with desk.transactions.begin():
        reporting.drafts.save(incident_id, clock_id, draft)


def send(
    reporting: Reporting,
    actor: Actor,
    incident_id: str,
    clock_id: str,
    written: Written,
    *,
    contact: Contact | None = None,
    command_id: str | None = None,
) -> Outcome:
    """A report by fields went out; the draft is done with. Refused as ``decisions.reporting.send`` says."""
    desk = reporting.desk
    with desk.transactions.begin():
        if (done := already_done(desk, command_id)) is not None:
            return done
        written = _with_contact(desk, incident_id, written, contact)
        outcome = change(
            desk,
            actor,
            incident_id,
            Action.SEND_REPORT,
            lambda scene: decide.send(clock_id, written, reporting.sums(incident_id), scene),
            command_id=command_id,
        )
        reporting.drafts.clear(incident_id, clock_id)
        return outcome


def _with_contact(desk: Desk, incident_id: str, written: Written, contact: Contact | None) -> Written:
    data = contact.data() if contact else {}
    if not data:
        return written
    return replace(written, contact_ref=desk.personal.keep(data, about=f"incident/{incident_id}"))


def amend(
    reporting: Reporting,
    actor: Actor,
    incident_id: str,
    report_id: str,
    reason: str,
    written: Written,
    *,
    contact: Contact | None = None,
    command_id: str | None = None,
) -> Outcome:
    """Correct a report that was sent; it stays beside the correction."""
    desk = reporting.desk
    with desk.transactions.begin():
        if (done := already_done(desk, command_id)) is not None:
            return done
        written = _with_contact(desk, incident_id, written, contact)
        return change(
            desk,
            actor,
            incident_id,
            Action.SEND_REPORT,
            lambda scene: decide.amend(report_id, reason, written, scene),
            command_id=command_id,
        )


def acknowledge(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    report_id: str,
    *,
    who: str,
    number: str = "",
    received_at: datetime | None = None,
    means: str = "电话",
    command_id: str | None = None,
) -> Outcome:
    """Record that the receiver signed for a report."""
    return change(
        desk,
        actor,
        incident_id,
        Action.SEND_REPORT,
        lambda scene: decide.acknowledge(report_id, who, number, received_at, means, scene),
        command_id=command_id,
    )


def verify_fact(
    desk: Desk, actor: Actor, incident_id: str, fact: str, by: str, *, command_id: str | None = None
) -> Outcome:
    """What was said last of a fact was checked and holds."""
    return change(
        desk,
        actor,
        incident_id,
        Action.JUDGE,
        lambda scene: decide.verify_fact(fact, by, scene),
        command_id=command_id,
    )


def time_occurrence(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    occurred_at: datetime,
    said_by: str,
    *,
    command_id: str | None = None,
) -> Outcome:
    """When it occurred became known; clocks counted from the occurrence follow."""
    return change(
        desk,
        actor,
        incident_id,
        Action.REPORT_FACTS,
        lambda scene: decide.time_occurrence(occurred_at, said_by, scene),
        command_id=command_id,
    )


def time_receipt(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    clock_id: str,
    at: datetime,
    reason: str,
    *,
    command_id: str | None = None,
) -> Outcome:
    """The body that reports on an edge heard of it at another time than the desk."""
    return change(
        desk,
        actor,
        incident_id,
        Action.ATTACH_PLAN,
        lambda scene: decide.time_receipt(clock_id, at, reason, scene),
        command_id=command_id,
    )


def contact_of(desk: Desk, actor: Actor, incident_id: str, report_id: str) -> dict[str, Any]:
    """Who may be asked about a report (personal data); empty when nothing was kept or it was erased."""
    incident = load(desk, incident_id)
    access.require(actor, Action.SEE_PERSONAL, incident.opened.place_code)
    report = incident.reports.get(report_id)
    if report is None or report.contact_ref is None:
        return {}
    return desk.personal.read(
        report.contact_ref, by=actor.post_id, person=actor.person_id, why=word("report", "why_contact")
    )
