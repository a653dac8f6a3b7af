"""The drawings of a plan (图): in the page, and each as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from fengsui import bootstrap
from fengsui.application.access import Action, require
from fengsui.application.charts import draw
from fengsui.application.plan_library import reviewed
from fengsui.web import pages
from fengsui.web.plans.drawings import drawings
from fengsui.web.plans.plan_page import draft_of
from fengsui.web.plans.sheets import file_answer, marks_of
from fengsui.web.seat import seat_of


@pages.screen
def plan_charts(request: HttpRequest, draft_id: str) -> HttpResponse:
    """The three drawings: a part for the plan page, a page by itself otherwise."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_PLAN)
    record = draft_of(draft_id)
    content = reviewed(record)
    context = {
        "here": "plans",
        "record": record,
        "content": content,
        "drawings": drawings(content, marks_of(record, seat.language), seat.language),
    }
    if request.headers.get("HX-Request") == "true":
        return pages.part(request, "plans/charts_part.html", context)
    return pages.page(request, "plans/charts_page.html", context)


@pages.screen
def chart_svg(request: HttpRequest, draft_id: str, name: str) -> HttpResponse:
    """One drawing as a file; ``?save=1`` to keep it."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_PLAN)
    record = draft_of(draft_id)
    chart = draw(reviewed(record), name, seat.language)
    text = bootstrap.chart_file(chart, mark="　".join(marks_of(record, seat.language)))
    return file_answer(text.encode(), chart.title, "svg", inline=request.GET.get("save") != "1")
