"""One report that went out: its text, versions side by side, receipts, files, on to another Fengsui."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from fengsui import bootstrap
from fengsui.application import report_forwarding as forwarding
from fengsui.application import reporting as use
from fengsui.application.access import Action, may, require
from fengsui.application.report_document import official_report
from fengsui.application.report_prefill import FieldChange, changes_between
from fengsui.core.errors import FengsuiError, InputError
from fengsui.core.response.state_reporting import SentReport
from fengsui.web import pages, parse, wiring
from fengsui.web.incidents.commands import once
from fengsui.web.incidents.picture import Picture
from fengsui.web.incidents.room import room_context, seen
from fengsui.web.plans.sheets import file_answer
from fengsui.web.seat import Seat, seat_of

FILES = ("docx", "pdf")


def _one(seat: Seat, incident_id: str, report_id: str) -> tuple[Picture, SentReport]:
    found = seen(seat, incident_id)
    report = found.incident.reports.get(report_id)
    if report is None:
        raise InputError("report_unknown", report=report_id)
    return found, report


@pages.screen
def report(request: HttpRequest, incident_id: str, report_id: str) -> HttpResponse:
    """The report as it went out, and what changed since the one before."""
    seat = seat_of(request)
    found, item = _one(seat, incident_id, report_id)
    reporting = wiring.reporting()
    others = sorted(
        (one for one in found.incident.reports.values() if one.report_id != report_id),
        key=lambda one: one.seq,
    )
    earlier = [one for one in others if one.seq < item.seq and one.fields]
    before = _chosen(request.GET.get("with", ""), others) or _default_before(item, earlier, others)
    changed: tuple[FieldChange, ...] = changes_between(before, item.fields) if before else ()
    context = {
        "here": "incidents",
        "report": item,
        "clock_state": found.incident.clocks[item.clock_id],
        "before": before,
        "others": [one for one in others if one.fields],
        "changed": changed,
        "contact": _contact(seat, incident_id, report_id),
        "peers": [
            peer
            for peer in reporting.rules.peers.values()
            if peer.url and peer.exercise == reporting.desk.exercise
        ],
        **room_context(seat, found),
        "may_report": may(seat.actor, Action.SEND_REPORT, found.incident.opened.place_code) is None,
    }
    return pages.page(request, "reporting/sent.html", context)


def _chosen(report_id: str, others: list[SentReport]) -> SentReport | None:
    return next((one for one in others if one.report_id == report_id), None)


def _default_before(
    item: SentReport, earlier: list[SentReport], others: list[SentReport]
) -> SentReport | None:
    if item.amends is not None:
        return _chosen(item.amends, others)
    return earlier[-1] if earlier else None


def _contact(seat: Seat, incident_id: str, report_id: str) -> dict[str, Any]:
    try:
        return use.contact_of(wiring.desk(), seat.actor, incident_id, report_id)
    except FengsuiError:
        return {}


def _back(incident_id: str, report_id: str) -> str:
    return reverse("report-sent", args=[incident_id, report_id])


@pages.command
def receipt(request: HttpRequest, incident_id: str, report_id: str) -> HttpResponse:
    """Somebody signed for it, by telephone or on paper."""
    given = request.POST
    use.acknowledge(
        wiring.desk(),
        seat_of(request).actor,
        incident_id,
        report_id,
        who=given.get("who", ""),
        number=given.get("number", "")[:64],
        received_at=parse.instant(given.get("received_at", ""), timezone.now()),
        means=given.get("means", "") or "电话",
        command_id=once(request),
    )
    return pages.done(request, "receipt_noted", _back(incident_id, report_id))


@pages.command
def forward(request: HttpRequest, incident_id: str, report_id: str) -> HttpResponse:
    """Hand it to another Fengsui, or ask that one whether somebody signed."""
    outcome = forwarding.forward(
        wiring.reporting(),
        seat_of(request).actor,
        incident_id,
        report_id,
        request.POST.get("peer", ""),
        wiring.peer_post(),
    )
    code = "forwarded" if outcome.recorded else "forwarded_before"
    return pages.done(request, code, _back(incident_id, report_id))


@pages.screen
def as_json(request: HttpRequest, incident_id: str, report_id: str) -> HttpResponse:
    """The report as another Fengsui takes it, signed where ``peer`` names one."""
    document = forwarding.document_for(
        wiring.reporting(), seat_of(request).actor, incident_id, report_id, request.GET.get("peer", "")
    )
    answer = HttpResponse(
        json.dumps(document, ensure_ascii=False, indent=1), content_type="application/json; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="report-{report_id}.json"'
    return answer


@pages.screen
def as_file(request: HttpRequest, incident_id: str, report_id: str, kind: str) -> HttpResponse:
    """The report as an official document."""
    seat = seat_of(request)
    found, item = _one(seat, incident_id, report_id)
    require(seat.actor, Action.SEND_REPORT, found.incident.opened.place_code)
    if kind not in FILES:
        raise InputError("report_unknown", report=f"{report_id}.{kind}")
    unit = seat.directory.unit(seat.post.unit)
    paper = official_report(
        found.incident,
        item,
        issuer=unit.name if unit else "",
        number=request.GET.get("number", "").strip()[:60],
        exercise=found.incident.opened.exercise or wiring.is_exercise(),
    )
    return file_answer(bootstrap.document_file(paper, kind), paper.title, kind)
