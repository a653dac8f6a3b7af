"""Winter and spring relief (冬春救助): the list of a year."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from fengsui.application import winter_relief as use
from fengsui.application.access import Action, may
from fengsui.web import pages, wiring
from fengsui.web.seat import seat_of


def _year(text: str) -> int:
    """The year asked for; until June the winter that began the year before."""
    if text.isdecimal() and len(text) == 4:
        return int(text)
    today = timezone.localdate()
    return today.year if today.month >= 7 else today.year - 1


@pages.screen
def year(request: HttpRequest) -> HttpResponse:
    """The list of a year; POST makes it."""
    seat = seat_of(request)
    if request.method == "POST":
        wanted = _year(request.POST.get("year", ""))
        use.make_list(wiring.year_desk(), seat.actor, wanted)
        return pages.done(request, "year_made", f"{reverse('winter')}?year={wanted}")
    wanted = _year(request.GET.get("year", ""))
    context = {
        "here": "incidents",
        "year": wanted,
        "tasks": use.tasks_of(wiring.year_desk(), seat.actor, wanted),
        "today": timezone.localdate(),
        "may_keep": may(seat.actor, Action.RUN_AFTERMATH) is None,
    }
    return pages.page(request, "aftermath/winter.html", context)


@pages.command
def done(request: HttpRequest, task_id: int) -> HttpResponse:
    """A task was done."""
    use.finish_task(wiring.year_desk(), seat_of(request).actor, task_id, request.POST.get("text", ""))
    wanted = _year(request.POST.get("year", ""))
    return pages.done(request, "matter_done", f"{reverse('winter')}?year={wanted}")
