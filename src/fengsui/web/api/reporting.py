"""Reports: where the edges stand, reports by fields, receipts, losses; and reports from another Fengsui."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from fengsui.application import losses as ledger
from fengsui.application import reporting as use
from fengsui.application.access import Action, require
from fengsui.application.commit import attached_plans, load
from fengsui.application.report_forwarding import document_for, forward
from fengsui.application.report_prefill import filled_fields, report_text, report_title
from fengsui.application.reporting_ports import LossRow
from fengsui.core.errors import InputError
from fengsui.core.fact import Figure, Manner
from fengsui.core.response.decisions.reporting import Written
from fengsui.core.response.events_reporting import LossGiven, ReportField
from fengsui.core.response.follow_up import edge_of
from fengsui.core.response.report_board import EdgeLine, board, foresee, owed_reports
from fengsui.core.response.report_fields import asked_fields
from fengsui.web import wiring
from fengsui.web.api.door import caller, once
from fengsui.web.api.forms import Done, done
from fengsui.web.api.reporting_forms import (
    AgreementIn,
    AmendedIn,
    FigureIn,
    HeardIn,
    LossIn,
    OccurredIn,
    PeerIn,
    ReceiptIn,
    ReportIn,
)
from fengsui.web.seat import seat_of

router = Router(tags=["reporting"])


@router.get("/incidents/{incident_id}/reports")
def listing(request: HttpRequest, incident_id: str) -> dict[str, Any]:
    """Every report edge of every attached plan, what was sent on it, what will be late within the hour."""
    desk, actor = wiring.desk(), caller(request)
    incident = load(desk, incident_id)
    require(actor, Action.SEE_INCIDENT, incident.opened.place_code)
    now = timezone.now()
    drafted = wiring.reporting().drafts.drafted(incident_id)
    plans = attached_plans(desk, incident).values()
    return {
        "edges": [_edge(line) for plan in plans for line in board(plan, incident, now)],
        "foreseen": [
            {
                "clock": one.owed.clock_id,
                "kind": one.owed.kind.value,
                "state": one.state.value,
                "seconds_left": None if one.left is None else int(one.left.total_seconds()),
                "drafted": one.owed.drafted,
            }
            for one in foresee(owed_reports(incident, drafted), now)
        ],
    }


def _edge(line: EdgeLine) -> dict[str, Any]:
    return {
        "plan": line.plan_id,
        "clock": line.clock_id,
        "kind": line.kind.value,
        "state": line.state.value,
        "from": line.edge.who,
        "to": list(line.edge.to),
        "what": line.edge.what,
        "means": line.edge.form.value if line.edge.form else None,
        "counted_from": line.start.value,
        "counted_from_assumed": line.assumed,
        "started_at": line.clock.started.started_at if line.clock else None,
        "due": line.clock.due if line.clock else None,
        "clause": line.edge.source.as_row(),
        "contents": list(line.edge.contents),
        "reports": [
            {
                "id": item.report_id,
                "kind": item.kind.value,
                "title": item.title,
                "sent_at": item.at,
                "late": item.late_by is not None,
                "amends": item.amends,
                "amended_by": item.amended_by,
                "signed": item.is_signed,
                "receipts": [
                    {"who": got.who, "number": got.number, "at": got.received_at, "means": got.means}
                    for got in item.acknowledged
                ],
            }
            for item in line.reports
        ],
    }


@router.post("/incidents/{incident_id}/reports/{clock_id}/fields", response=Done)
def send(request: HttpRequest, incident_id: str, clock_id: str, given: ReportIn) -> Done:
    """Send a report by fields on an edge."""
    written = _written(request, incident_id, clock_id, given)
    outcome = use.send(
        wiring.reporting(),
        caller(request),
        incident_id,
        clock_id,
        written,
        contact=_contact(given),
        command_id=once(request),
    )
    return done(outcome)


def _contact(given: ReportIn) -> use.Contact | None:
    told = given.contact
    return use.Contact(name=told.get("name", ""), phone=told.get("phone", "")) if told else None


def _written(request: HttpRequest, incident_id: str, clock_id: str, given: ReportIn) -> Written:
    desk = wiring.desk()
    incident = load(desk, incident_id)
    require(caller(request), Action.SEND_REPORT, incident.opened.place_code)
    fields = tuple(
        ReportField(code=item.code, label=item.label, text=item.text, checking=item.checking)
        for item in given.fields
    )
    if not fields:
        seat = seat_of(request)
        plans = attached_plans(desk, incident).values()
        edge = next((found for plan in plans if (found := edge_of(plan, clock_id)) is not None), None)
        unit = seat.directory.unit(seat.post.unit)
        asked = asked_fields(edge.contents if edge else ())
        filled = filled_fields(asked, incident, unit=unit.name if unit else "")
        fields = tuple(item.field for item in filled)
    title = given.title or report_title(incident, given.kind)
    return Written(
        kind=given.kind,
        means=given.means,
        title=title,
        text=report_text(title, fields),
        fields=fields,
        copied=tuple(given.copied),
    )


@router.post("/incidents/{incident_id}/reports/sent/{report_id}/amend", response=Done)
def amend(request: HttpRequest, incident_id: str, report_id: str, given: AmendedIn) -> Done:
    """Correct a report; it stays beside the correction."""
    report = load(wiring.desk(), incident_id).reports.get(report_id)
    if report is None:
        raise InputError("report_unknown", report=report_id)
    written = _written(request, incident_id, report.clock_id, given)
    outcome = use.amend(
        wiring.reporting(),
        caller(request),
        incident_id,
        report_id,
        given.reason,
        written,
        contact=_contact(given),
        command_id=once(request),
    )
    return done(outcome)


@router.post("/incidents/{incident_id}/reports/sent/{report_id}/receipt", response=Done)
def receipt(request: HttpRequest, incident_id: str, report_id: str, given: ReceiptIn) -> Done:
    """Somebody signed for it."""
    outcome = use.acknowledge(
        wiring.desk(),
        caller(request),
        incident_id,
        report_id,
        who=given.who,
        number=given.number,
        received_at=given.received_at,
        means=given.means,
        command_id=once(request),
    )
    return done(outcome)


@router.post("/incidents/{incident_id}/reports/sent/{report_id}/forward", response=Done)
def hand_on(request: HttpRequest, incident_id: str, report_id: str, given: PeerIn) -> Done:
    """Hand it to another Fengsui and record the receipt."""
    reporting = wiring.reporting()
    return done(forward(reporting, caller(request), incident_id, report_id, given.peer, wiring.peer_post()))


@router.get("/incidents/{incident_id}/reports/sent/{report_id}")
def document(request: HttpRequest, incident_id: str, report_id: str, peer: str = "") -> dict[str, Any]:
    """The sealed document of a report (docs/report.schema.json), signed where ``peer`` is named."""
    return document_for(wiring.reporting(), caller(request), incident_id, report_id, peer)


@router.post("/incidents/{incident_id}/occurred", response=Done)
def occurred(request: HttpRequest, incident_id: str, given: OccurredIn) -> Done:
    """When it occurred became known; clocks counted from the occurrence follow."""
    desk, actor = wiring.desk(), caller(request)
    return done(
        use.time_occurrence(
            desk, actor, incident_id, given.occurred_at, given.said_by, command_id=once(request)
        )
    )


@router.post("/incidents/{incident_id}/reports/{clock_id}/heard", response=Done)
def heard(request: HttpRequest, incident_id: str, clock_id: str, given: HeardIn) -> Done:
    """The body of an edge heard of it at another time than the desk: its clock runs from there."""
    outcome = use.time_receipt(
        wiring.desk(),
        caller(request),
        incident_id,
        clock_id,
        given.at,
        given.reason,
        command_id=once(request),
    )
    return done(outcome)


@router.post("/incidents/{incident_id}/losses")
def add_loss(request: HttpRequest, incident_id: str, given: LossIn) -> dict[str, str]:
    """Enter a row of a ledger."""
    row = LossRow(
        row_id="",
        incident_id=incident_id,
        item=given.item,
        county=given.county[:100],
        township=given.township[:100],
        village=given.village[:100],
        reported_by=given.reported_by[:200],
        value=_figure(given.value),
        note=given.note[:1000],
    )
    made = ledger.add_row(wiring.reporting(), caller(request), row, given.person)
    return {"row": made.row_id}


@router.get("/incidents/{incident_id}/losses")
def losses(request: HttpRequest, incident_id: str) -> dict[str, Any]:
    """Every item: total, what departments gave, what was agreed, what a final report waits for."""
    found = ledger.standings(wiring.reporting(), caller(request), incident_id)
    return {
        "items": [
            {
                "item": one.item.name,
                "unit": one.item.unit,
                "rows": one.rows,
                "total": _told(one.total),
                "given": [{"body": gave.body, "value": _told(gave.value)} for gave in one.given],
                "differs": one.differs,
                "agreed": _told(one.agreed.value) if one.agreed else None,
                "agreed_by": list(one.agreed.agreed.agreed_by) if one.agreed else [],
                "open": one.gap.value if one.gap else None,
            }
            for one in found
        ]
    }


@router.post("/incidents/{incident_id}/losses/figures")
def give(request: HttpRequest, incident_id: str, given: FigureIn) -> dict[str, bool]:
    """The figure of a department."""
    figure = LossGiven(body=given.body[:200], value=_figure(given.value))
    ledger.give_figure(wiring.reporting(), caller(request), incident_id, given.item, figure)
    return {"kept": True}


@router.post("/incidents/{incident_id}/losses/agree", response=Done)
def agree(request: HttpRequest, incident_id: str, given: AgreementIn) -> Done:
    """Departments agree on a figure."""
    value = _figure(given.value)
    if value is None:
        raise InputError("typed_no_value")
    reporting, actor = wiring.reporting(), caller(request)
    return done(
        ledger.agree(
            reporting,
            actor,
            incident_id,
            given.item,
            value,
            given.agreed_by,
            given.note,
            command_id=once(request),
        )
    )


@router.post("/incidents/{incident_id}/losses/take", response=Done)
def take(request: HttpRequest, incident_id: str) -> Done:
    """Figures of the ledgers become facts of the incident."""
    return done(
        ledger.take_figures(wiring.reporting(), caller(request), incident_id, command_id=once(request))
    )


def _figure(value: dict[str, float | None] | int | None) -> Figure | None:
    """A number, or ``{"min", "max"}``; null is not known."""
    if value is None:
        return None
    if isinstance(value, int):
        return Figure.exact(value)
    low, high = value.get("min"), value.get("max")
    if low is not None and high is None:
        return Figure.at_least(Decimal(str(low)))
    return Figure.between(
        None if low is None else Decimal(str(low)), None if high is None else Decimal(str(high))
    )


def _told(value: Figure | None) -> Any:
    if value is None:
        return None
    if value.low == value.high and value.manner is Manner.KNOWN and value.low is not None:
        return float(value.low)
    return {
        "min": None if value.low is None else float(value.low),
        "max": None if value.high is None else float(value.high),
    }
