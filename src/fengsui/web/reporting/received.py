"""Reports that came from another Fengsui: the list, one report, the signature, its figures taken over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from fengsui.application import report_exchange as exchange
from fengsui.application import report_intake as intake
from fengsui.application.access import Action, may, require
from fengsui.application.commit import load
from fengsui.application.report_prefill import changes_between
from fengsui.application.reporting_ports import ReceivedReport, Reporting
from fengsui.application.watch_ports import CallRecord, Means
from fengsui.core.fact import Figure
from fengsui.core.response.events_reporting import ReportField, ReportKind
from fengsui.core.response.incident import Incident
from fengsui.core.response.state_reporting import SentReport
from fengsui.web import pages, wiring
from fengsui.web.incidents.commands import once
from fengsui.web.seat import Seat, seat_of


@dataclass(frozen=True, slots=True)
class ReceivedLine:
    """A report that came in, who sent it, and whether one before it is missing."""

    report: ReceivedReport
    sender: str
    gap: bool


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of a report beside what stands in the incident here."""

    fact: str
    here: Figure | bool | None
    reported: Figure | bool | None


def _line(report: ReceivedReport) -> ReceivedLine:
    reporting = wiring.reporting()
    return ReceivedLine(report, _sender(reporting, report), exchange.gap_before(reporting, report))


def _sender(reporting: Reporting, report: ReceivedReport) -> str:
    peer = reporting.rules.peers.get(report.peer)
    return peer.title if peer else report.peer


def of_incident(incident: Incident) -> tuple[ReceivedLine, ...]:
    """Reports of others that belong to an incident, the latest first; nothing is asked where none came."""
    ids = [key for key, link in incident.calls.items() if link.means == Means.REPORT and not link.moved_to]
    if not ids:
        return ()
    reporting = wiring.reporting()
    found = reporting.received.several(ids)
    return tuple(ReceivedLine(item, _sender(reporting, item), gap=False) for item in reversed(found))


@pages.screen
def listing(request: HttpRequest) -> HttpResponse:
    """What came in, the latest first."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_INCIDENT)
    lines = [_line(item) for item in wiring.reporting().received.latest()]
    context = {
        "here": "desk",
        "lines": lines,
        "waiting": sum(1 for item in lines if item.report.signed_by is None),
        "may_sign": may(seat.actor, Action.SIGN_RECEIVED) is None,
    }
    return pages.page(request, "reporting/received.html", context)


@pages.screen
def one(request: HttpRequest, received_id: str) -> HttpResponse:
    """One report as it came, with what changed since the one before."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_INCIDENT)
    reporting = wiring.reporting()
    report = reporting.received.one(received_id)
    chain = reporting.received.of_incident(report.peer, report.incident_ref)
    before = next((item for item in chain if item.digest == report.previous), None)
    fields = _fields(report)
    call = reporting.calls.get(received_id)
    context = {
        **_standing_here(seat, report, call),
        "call": call,
        "here": "desk",
        "line": _line(report),
        "report": report,
        "document": report.document,
        "fields": fields,
        "chain": chain,
        "before": before,
        "changed": changes_between(_as_sent(before), fields) if before is not None else (),
        "may_sign": may(seat.actor, Action.SIGN_RECEIVED) is None,
    }
    return pages.page(request, "reporting/received_one.html", context)


def _fields(report: ReceivedReport) -> tuple[ReportField, ...]:
    found = report.document["report"].get("fields") or ()
    return tuple(
        ReportField(
            code=str(item.get("code", "other")),
            label=str(item.get("label", "")),
            text=str(item.get("text", "")),
            checking=bool(item.get("checking")),
        )
        for item in found
        if isinstance(item, dict)
    )


def _as_sent(report: ReceivedReport) -> SentReport:
    return SentReport(
        report_id=report.report_id,
        clock_id="",
        kind=ReportKind(report.kind),
        title=report.title,
        text="",
        means="",
        at=report.received_at,
        by="",
        seq=0,
        fields=_fields(report),
    )


def _standing_here(seat: Seat, report: ReceivedReport, call: CallRecord | None) -> dict[str, Any]:
    """The incident that the report belongs to, and which of its figures differ from what stands there."""
    if call is None or not call.incident_id:
        return {"joined": None, "figures": []}
    incident = load(wiring.desk(), call.incident_id)
    code = incident.opened.place_code
    now = incident.current_facts()
    told = intake.facts_of(report)
    rows = [FigureRow(item.fact, now.get(item.fact), item.value) for item in told]
    return {
        "joined": incident if may(seat.actor, Action.SEE_INCIDENT, code) is None else None,
        "figures": [row for row in rows if row.here != row.reported],
        "told": told,
        "may_adopt": incident.is_open and may(seat.actor, Action.REPORT_FACTS, code) is None,
    }


@pages.command
def adopt(request: HttpRequest, received_id: str) -> HttpResponse:
    """Take its figures over into the incident it belongs to."""
    incident_id = request.POST.get("incident", "")
    intake.adopt_facts(
        wiring.reporting(), seat_of(request).actor, incident_id, received_id, command_id=once(request)
    )
    return pages.done(request, "figures_adopted", reverse("room", args=[incident_id]))


@pages.command
def sign(request: HttpRequest, received_id: str) -> HttpResponse:
    """Sign for it."""
    exchange.sign(wiring.reporting(), seat_of(request).actor, received_id)
    return pages.done(request, "received_signed", reverse("received-one", args=[received_id]))
