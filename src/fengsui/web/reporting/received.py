"""Reports that came from another Fengsui: the list on the desk, one report, the signature."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from fengsui.application import report_exchange as exchange
from fengsui.application.access import Action, may, require
from fengsui.application.report_prefill import changes_between
from fengsui.application.reporting_ports import ReceivedReport
from fengsui.core.response.events_reporting import ReportField, ReportKind
from fengsui.core.response.state_reporting import SentReport
from fengsui.web import pages, wiring
from fengsui.web.seat import seat_of


@dataclass(frozen=True, slots=True)
class ReceivedLine:
    """A report that came in, who sent it, and whether one before it is missing."""

    report: ReceivedReport
    sender: str
    gap: bool


def _line(report: ReceivedReport) -> ReceivedLine:
    reporting = wiring.reporting()
    peer = reporting.rules.peers.get(report.peer)
    return ReceivedLine(report, peer.title if peer else report.peer, exchange.gap_before(reporting, report))


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
    context = {
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


@pages.command
def sign(request: HttpRequest, received_id: str) -> HttpResponse:
    """Sign for it."""
    exchange.sign(wiring.reporting(), seat_of(request).actor, received_id)
    return pages.done(request, "received_signed", reverse("received-one", args=[received_id]))
