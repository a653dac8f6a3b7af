"""The official documents of one incident: reports, statements, minutes, review; and all of them to file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from fengsui import bootstrap
from fengsui.application import casefiles
from fengsui.application.access import Action, may, require
from fengsui.application.release_paper import statement_paper
from fengsui.application.report_document import official_report
from fengsui.application.review_paper import review_paper
from fengsui.application.views import export_log
from fengsui.application.wording import word
from fengsui.core.plan.sheet import OfficialDocument
from fengsui.core.response import chain
from fengsui.web import pages, wiring
from fengsui.web.incidents.consultations import minutes_of
from fengsui.web.incidents.picture import Picture
from fengsui.web.incidents.room import room_context, seen
from fengsui.web.seat import Seat, seat_of


@dataclass(frozen=True, slots=True)
class Line:
    """One document: its kind, title and time, the page it belongs to, and where its files are."""

    kind: str
    title: str
    at: datetime
    page: str
    docx: str
    pdf: str
    open: bool = False


@pages.screen
def listing(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Every official document of the incident, the latest first."""
    seat = seat_of(request)
    found = seen(seat, incident_id)
    code = found.incident.opened.place_code
    lines = [*_minutes(found), *_statements(found)]
    if may(seat.actor, Action.SEND_REPORT, code) is None:
        lines += _reports(found)
    context = {
        "here": "incidents",
        **room_context(seat, found),
        "lines": sorted(lines, key=lambda line: line.at, reverse=True),
        "may_export": may(seat.actor, Action.EXPORT_LOG, code) is None,
    }
    return pages.page(request, "incidents/documents.html", context)


def _minutes(found: Picture) -> Iterator[Line]:
    incident_id = found.incident.incident_id
    for key, item in found.incident.consultations.items():
        yield Line(
            kind="minutes",
            title=item.opened.topic,
            at=item.concluded_at or item.at,
            page=reverse("consultation", args=[incident_id, key]),
            docx=reverse("minutes-file", args=[incident_id, key, "docx"]),
            pdf=reverse("minutes-file", args=[incident_id, key, "pdf"]),
            open=item.is_open,
        )


def _statements(found: Picture) -> Iterator[Line]:
    incident_id = found.incident.incident_id
    for item in found.incident.release.published:
        key = item.draft.statement_id
        yield Line(
            kind="statement",
            title=item.draft.title,
            at=item.published_at or item.written[-1].at,
            page=f"{reverse('release', args=[incident_id])}#{key}",
            docx=reverse("statement-paper", args=[incident_id, key, "docx"]),
            pdf=reverse("statement-paper", args=[incident_id, key, "pdf"]),
        )


def _reports(found: Picture) -> Iterator[Line]:
    incident_id = found.incident.incident_id
    for key, item in found.incident.reports.items():
        yield Line(
            kind="report",
            title=item.title or item.text[:40],
            at=item.at,
            page=reverse("report-sent", args=[incident_id, key]),
            docx=reverse("report-file", args=[incident_id, key, "docx"]),
            pdf=reverse("report-file", args=[incident_id, key, "pdf"]),
        )


@pages.screen
def everything(request: HttpRequest, incident_id: str) -> HttpResponse:
    """All of them in one file, with the sealed log, to be filed with the case."""
    seat = seat_of(request)
    found = seen(seat, incident_id)
    require(seat.actor, Action.EXPORT_LOG, found.incident.opened.place_code)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as folder:
        for number, (name, paper) in enumerate(_papers(seat, found), start=1):
            safe = "".join(sign for sign in name if sign.isalnum() or sign in "-_（）《》、 ")[:60]
            folder.writestr(f"{number:02} {safe}.docx", bootstrap.document_file(paper, "docx"))
        log = chain.render(export_log(wiring.desk(), incident_id, seat.actor))
        folder.writestr(f"fengsui-log-{incident_id[:12]}.json", log)
    name = content_disposition_header(True, f"{found.incident.opened.title[:60]}.zip")
    headers = {"Content-Disposition": name or "attachment"}
    return HttpResponse(file.getvalue(), content_type="application/zip", headers=headers)


def _papers(seat: Seat, found: Picture) -> Iterator[tuple[str, OfficialDocument]]:
    """The name and the sheet of each document, in the order of the kinds."""
    incident, language = found.incident, seat.language
    unit = seat.directory.unit(seat.post.unit)
    issuer, exercise = unit.name if unit else "", incident.opened.exercise or wiring.is_exercise()

    def named(kind: str, title: str) -> str:
        return f"{word('web.document_kind', kind, language)} {title}"

    for report in incident.reports.values():
        sheet = official_report(incident, report, issuer=issuer, exercise=exercise, language=language)
        yield named("report", sheet.title), sheet
    for state in incident.release.published:
        paper = statement_paper(incident, state, issuer=issuer, language=language)
        yield named("statement", paper.title), paper
    for key, item in incident.consultations.items():
        yield named("minutes", item.opened.topic), minutes_of(seat, found, key)
    titles = {key: item.title for key, item in incident.plans.items()}
    review = casefiles.review_of(wiring.desk(), incident.incident_id)
    yield (
        named("review", incident.opened.title),
        review_paper(incident, review, titles, issuer=issuer, language=language),
    )
