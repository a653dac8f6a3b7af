"""The after-action review (复盘) of one incident: gaps by clause, figures, what is to be mended, archive."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from fengsui import bootstrap
from fengsui.application import casefiles as use
from fengsui.application.review_paper import review_paper
from fengsui.core.citation import Citation
from fengsui.core.errors import InputError
from fengsui.web import pages, parse, wiring
from fengsui.web.aftermath.page import context_of
from fengsui.web.incidents.commands import once
from fengsui.web.incidents.room import seen
from fengsui.web.plans.sheets import file_answer
from fengsui.web.seat import seat_of


@pages.screen
def review(request: HttpRequest, incident_id: str) -> HttpResponse:
    """What was asked, what happened, when, and the gap."""
    seat = seat_of(request)
    found = seen(seat, incident_id)
    state = found.incident.aftermath
    context = {
        **context_of(seat, found),
        "review": use.review_of(wiring.desk(), incident_id),
        "plan_titles": {key: item.title for key, item in found.incident.plans.items()},
        "open_goods": state.open_goods,
        "open_matters": len(state.open_matters()),
        "beside": use.like_cases(wiring.case_desk(), seat.actor, incident_id, area=seat.area),
        "only_bad": request.GET.get("show") != "all",
    }
    return pages.page(request, "aftermath/review.html", context)


@pages.command
def agree(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Agree what is to be mended, on a clause of a plan or without one."""
    seat, given = seat_of(request), request.POST
    plan_id, source = _clause(given.get("clause", ""), incident_id)
    use.agree_action(
        wiring.case_desk(),
        seat.actor,
        incident_id,
        text=given.get("text", ""),
        owner=given.get("owner", ""),
        due=parse.moment(given.get("due", ""), timezone.now()),
        plan_id=plan_id,
        source=source,
        command_id=once(request),
    )
    return pages.done(request, "action_agreed", reverse("after-review", args=[incident_id]))


def _clause(given: str, incident_id: str) -> tuple[str | None, Citation | None]:
    """The clause that was chosen: its place among the groups of the review."""
    if not given:
        return None, None
    groups = use.review_of(wiring.desk(), incident_id).groups
    plan_id, _, clause = given.partition("|")
    for group in groups:
        if group.plan_id == plan_id and group.clause == clause and group.source is not None:
            return plan_id, group.source
    raise InputError("condition_unknown", condition=clause)


@pages.command
def settle(request: HttpRequest, incident_id: str, matter_id: str) -> HttpResponse:
    """What was to be mended is mended, or dropped."""
    given = request.POST
    done = given.get("verb") != "excuse"
    use.settle_action(
        wiring.case_desk(),
        seat_of(request).actor,
        incident_id,
        matter_id,
        given.get("text", ""),
        done=done,
        evidence_sha=given.get("sha", ""),
        command_id=once(request),
    )
    code = "action_done" if done else "matter_excused"
    return pages.done(request, code, reverse("after-review", args=[incident_id]))


@pages.command
def archive(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Close the case."""
    lessons = request.POST.get("lessons", "")
    use.archive_case(
        wiring.case_desk(), seat_of(request).actor, incident_id, lessons, command_id=once(request)
    )
    return pages.done(request, "case_archived", reverse("after-review", args=[incident_id]))


@pages.screen
def paper(request: HttpRequest, incident_id: str, kind: str) -> HttpResponse:
    """The review as an official document."""
    if kind not in ("docx", "pdf"):
        raise Http404
    seat = seat_of(request)
    found = seen(seat, incident_id)
    unit = seat.directory.unit(seat.post.unit)
    sheet = review_paper(
        found.incident,
        use.review_of(wiring.desk(), incident_id),
        {key: item.title for key, item in found.incident.plans.items()},
        issuer=unit.name if unit else "",
        language=seat.language,
    )
    return file_answer(bootstrap.document_file(sheet, kind), sheet.title, kind)
