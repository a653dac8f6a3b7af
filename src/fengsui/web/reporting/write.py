"""Writing a report: its fields prefilled, saved as typed, sent, corrected; one tap for a zero report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from fengsui.application import reporting as use
from fengsui.application.access import Action, require
from fengsui.application.copy_rules import Copy, copies_for
from fengsui.application.report_prefill import (
    Filled,
    changes_between,
    filled_fields,
    last_report,
    report_text,
    report_title,
)
from fengsui.application.reporting import Contact
from fengsui.application.wording import word
from fengsui.core.errors import FengsuiError, InputError
from fengsui.core.response.decisions.reporting import Written
from fengsui.core.response.events_reporting import ReportField, ReportKind
from fengsui.core.response.follow_up import edge_of
from fengsui.core.response.incident import ClockState, Incident
from fengsui.core.response.loss_standing import open_losses
from fengsui.core.response.report_fields import asked_fields
from fengsui.core.response.report_kind import kind_of_clock
from fengsui.web import pages, parse, wiring
from fengsui.web.incidents.commands import once, to_room
from fengsui.web.incidents.picture import Picture
from fengsui.web.incidents.room import room_context, seen
from fengsui.web.seat import Seat, seat_of

MOST_FIELDS = 40


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of the form: what stands in it now, and what the last report said where that differs."""

    number: int
    filled: Filled
    text: str
    checking: bool
    before: ReportField | None = None


@pages.screen
def report(request: HttpRequest, incident_id: str, clock_id: str) -> HttpResponse:
    """Write and send a report on an edge."""
    seat = seat_of(request)
    if request.method == "POST":
        found = seen(seat, incident_id)
        _clock_of(found, clock_id)
        outcome = use.send(
            wiring.reporting(),
            seat.actor,
            incident_id,
            clock_id,
            _written(request.POST, found, seat),
            contact=_contact(request.POST),
            command_id=once(request),
        )
        return pages.done(request, "reported", _after(outcome.incident, incident_id))
    found = seen(seat, incident_id)
    require(seat.actor, Action.SEND_REPORT, found.incident.opened.place_code)
    clock = _clock_of(found, clock_id)
    draft = wiring.reporting().drafts.load(incident_id, clock_id)
    context = _form(seat, found, clock_id, clock, dict(draft.data) if draft else {})
    context |= {"draft": draft, "draft_url": reverse("report-draft", args=[incident_id, clock_id])}
    return pages.page(request, "reporting/report.html", context)


def _after(incident: Incident, incident_id: str) -> str:
    latest = max(incident.reports.values(), key=lambda item: item.seq, default=None)
    if latest is None:
        return f"{to_room(incident_id)}?tab=reports"
    return reverse("report-sent", args=[incident_id, latest.report_id])


def _clock_of(found: Picture, clock_id: str) -> ClockState:
    clock = found.incident.clocks.get(clock_id)
    if clock is None:
        raise InputError("clock_unknown", clock=clock_id)
    return clock


def _fields(seat: Seat, found: Picture, clock_id: str) -> tuple[Filled, ...]:
    plans = [view.plan for view in found.situation.plans]
    edge = next((edge for plan in plans if (edge := edge_of(plan, clock_id)) is not None), None)
    unit = seat.directory.unit(seat.post.unit)
    asked = asked_fields(edge.contents if edge else ())
    return filled_fields(asked, found.incident, unit=unit.name if unit else "")


def _copies(seat: Seat, found: Picture) -> tuple[Copy, ...]:
    plans = [view.plan for view in found.situation.plans]
    found_copies = copies_for(wiring.reporting().rules.copies, found.incident, plans, seat.directory)
    # Nobody copies a report to themselves.
    return tuple(copy for copy in found_copies if copy.unit != seat.post.unit)


def _kind(clock: ClockState) -> ReportKind:
    """A first report that was made already is followed up."""
    kind = kind_of_clock(clock.started)
    return ReportKind.FOLLOW_UP if clock.sent and kind is ReportKind.FIRST else kind


def _form(
    seat: Seat, found: Picture, clock_id: str, clock: ClockState, typed: dict[str, str]
) -> dict[str, Any]:
    incident = found.incident
    kind = ReportKind(typed["kind"]) if typed.get("kind") in set(ReportKind) else _kind(clock)
    last = last_report(incident)
    fields = _fields(seat, found, clock_id)
    shown = [_form_field(number, item, typed) for number, item in enumerate(fields)]
    changed = {}
    if last is not None:
        now = tuple(item.filled.field for item in shown)
        changed = {one.label: one.before for one in changes_between(last, now) if one.after is not None}
    copies = _copies(seat, found)
    sums = wiring.reporting().sums(incident.incident_id)
    return {
        "losses_open": open_losses(incident, sums) if kind is ReportKind.FINAL else (),
        "here": "incidents",
        "clock_id": clock_id,
        "clock_state": clock,
        "kinds": list(ReportKind),
        "kind": kind,
        "report_title": typed.get("title") or report_title(incident, kind),
        "fields": [
            FormField(one.number, one.filled, one.text, one.checking, changed.get(one.filled.field.label))
            for one in shown
        ],
        "last": last,
        "copies": copies,
        "more_copies": typed.get("copies", ""),
        "means": typed.get("means") or (clock.started.means.value if clock.started.means else "电话"),
        "contact": Contact(name=typed.get("contact_name", seat.name), phone=typed.get("contact_phone", "")),
        "command_id": uuid4().hex,
        **room_context(seat, found),
    }


def _form_field(number: int, item: Filled, typed: dict[str, str]) -> FormField:
    name = f"field-{number}"
    text = typed.get(name, item.field.text)
    checking = bool(typed.get(f"checking-{number}")) if name in typed else item.field.checking
    return FormField(number, item, text, checking)


def _written(given: Any, found: Picture, seat: Seat) -> Written:
    kind = ReportKind(given["kind"]) if given.get("kind") in set(ReportKind) else None
    clock_kind = kind or ReportKind.FIRST
    title = given.get("title", "").strip() or report_title(found.incident, clock_kind)
    fields = tuple(
        ReportField(
            code=given.get(f"code-{number}", "other")[:40],
            label=given.get(f"label-{number}", "")[:100] or word("report", "unknown"),
            # What was emptied is not known: it is said so.
            text=given[f"field-{number}"].strip() or word("report", "unknown"),
            checking=bool(given.get(f"checking-{number}")),
        )
        for number in range(MOST_FIELDS)
        if f"field-{number}" in given
    )
    text = report_text(title, fields) if fields else given.get("text", "")
    typed = [
        name for name in given.get("copies", "").replace(",", "、").replace("，", "、").split("、") if name
    ]
    return Written(
        kind=clock_kind,
        means=given.get("means", ""),
        title=title,
        text=text,
        fields=fields,
        copied=(*given.getlist("copy"), *typed),
    )


def _contact(given: Any) -> Contact:
    return Contact(
        name=given.get("contact_name", "").strip()[:100], phone=given.get("contact_phone", "").strip()[:40]
    )


@require_POST
def save_draft(request: HttpRequest, incident_id: str, clock_id: str) -> HttpResponse:
    """Keep what has been typed so far."""
    seat = seat_of(request)
    data = {
        key: value for key, value in request.POST.items() if key not in ("csrfmiddlewaretoken", "command_id")
    }
    try:
        use.save_draft(
            wiring.reporting(),
            seat.actor,
            incident_id,
            clock_id,
            {key: str(value) for key, value in data.items()},
        )
    except FengsuiError as error:
        problem = pages.problem_of(error, seat.language)
        return JsonResponse({"problem": problem.text}, status=problem.status)
    return HttpResponse(status=204)


@pages.command
def zero(request: HttpRequest, incident_id: str, clock_id: str) -> HttpResponse:
    """Nothing new: one tap sends the report that says so."""
    seat = seat_of(request)
    found = seen(seat, incident_id)
    clock = _clock_of(found, clock_id)
    title = report_title(found.incident, ReportKind.ZERO)
    nothing = word("report", "nothing_new")
    field = ReportField(code="course", label=word("report", "situation"), text=nothing)
    written = Written(
        kind=ReportKind.ZERO,
        means=clock.started.means.value if clock.started.means else "系统",
        title=title,
        text=report_text(title, (field,)),
        fields=(field,),
    )
    use.send(wiring.reporting(), seat.actor, incident_id, clock_id, written, command_id=once(request))
    return pages.done(request, "zero_sent", f"{to_room(incident_id)}?tab=reports")


@pages.screen
def amend(request: HttpRequest, incident_id: str, report_id: str) -> HttpResponse:
    """Correct a report that was sent: the old one stays beside the new one."""
    seat = seat_of(request)
    found = seen(seat, incident_id)
    require(seat.actor, Action.SEND_REPORT, found.incident.opened.place_code)
    old = found.incident.reports.get(report_id)
    if old is None:
        raise InputError("report_unknown", report=report_id)
    if request.method == "POST":
        outcome = use.amend(
            wiring.reporting(),
            seat.actor,
            incident_id,
            report_id,
            request.POST.get("reason", ""),
            _written(request.POST, found, seat),
            contact=_contact(request.POST),
            command_id=once(request),
        )
        return pages.done(request, "report_amended", _after(outcome.incident, incident_id))
    clock = _clock_of(found, old.clock_id)
    typed = {f"field-{number}": item.text for number, item in enumerate(old.fields)}
    typed |= {f"checking-{number}": "on" for number, item in enumerate(old.fields) if item.checking}
    typed |= {
        "kind": old.kind.value,
        "title": _amended_title(old.title or report_title(found.incident, old.kind)),
        "means": old.means,
        "copies": "、".join(old.copied),
    }
    context = _form(seat, found, old.clock_id, clock, typed)
    if old.fields:
        shown = [Filled(field=item, known=True) for item in old.fields]
        context["fields"] = [
            FormField(number, item, item.field.text, item.field.checking) for number, item in enumerate(shown)
        ]
    context |= {"amends": old, "copies": ()}
    return pages.page(request, "reporting/report.html", context)


def _amended_title(title: str) -> str:
    mark = word("report", "title_mark")
    return title if title.endswith(mark) else title + mark


@pages.command
def occurred(request: HttpRequest, incident_id: str) -> HttpResponse:
    """When it occurred is known now."""
    at = parse.instant(request.POST.get("occurred_at", ""), timezone.now())
    if at is None:
        raise InputError("occurred_missing")
    said_by = request.POST.get("said_by", "").strip()[:100]
    use.time_occurrence(
        wiring.desk(), seat_of(request).actor, incident_id, at, said_by, command_id=once(request)
    )
    return pages.done(request, "occurred_timed", f"{to_room(incident_id)}?tab=reports")


@pages.command
def heard(request: HttpRequest, incident_id: str, clock_id: str) -> HttpResponse:
    """The body of an edge heard of it at another time than the desk: its clock runs from there."""
    at = parse.instant(request.POST.get("at", ""), timezone.now())
    if at is None:
        raise InputError("heard_missing")
    use.time_receipt(
        wiring.desk(),
        seat_of(request).actor,
        incident_id,
        clock_id,
        at,
        request.POST.get("reason", "")[:300],
        command_id=once(request),
    )
    return pages.done(request, "heard_timed", f"{to_room(incident_id)}?tab=reports")


@pages.command
def verify(request: HttpRequest, incident_id: str, fact: str) -> HttpResponse:
    """What was said last of a fact holds."""
    seat = seat_of(request)
    by = request.POST.get("verified_by", "").strip()[:100] or seat.post.title
    use.verify_fact(wiring.desk(), seat.actor, incident_id, fact, by, command_id=once(request))
    return pages.done(request, "fact_verified", to_room(incident_id))
