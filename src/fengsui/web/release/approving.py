"""Shall this be said to the public? One page with the words, the power, and how the person is checked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from fengsui.application import release as use
from fengsui.application.access import Action, may
from fengsui.core.errors import InputError
from fengsui.web import pages, wiring
from fengsui.web.incidents.room import seen
from fengsui.web.people.second_factor import factor_context
from fengsui.web.release import desk
from fengsui.web.seat import seat_of


@pages.screen
def page(request: HttpRequest, incident_id: str, statement_id: str) -> HttpResponse:
    """The words as the public will read them; POST agrees to them or gives them back."""
    if request.method == "POST":
        return desk.answer(request, incident_id, statement_id)
    seat = seat_of(request)
    found = seen(seat, incident_id)
    state = found.incident.release.statements.get(statement_id)
    if state is None:
        raise InputError("statement_unknown")
    view = desk.view_of(statement_id, state, found, seat)
    allowed = may(seat.actor, Action.APPROVE_STATEMENT, found.incident.opened.place_code) is None
    power = use.who_releases(wiring.desk(), incident_id)
    context = {
        **desk.context_of(seat, found),
        "here": "approvals",
        "one": view,
        "state": state,
        "drafted": state.draft,
        "before": state.versions[-2] if len(state.versions) > 1 else None,
        "corrected": found.incident.release.statements.get(state.draft.corrects or ""),
        "power": power,
        "named": power is not None and seat.post.id in power.posts,
        "may_agree": allowed and state.status.value == "draft" and not view.own and not view.agreed,
        "may_sign": allowed,
        "to": request.path,
        **factor_context(request),
    }
    return pages.page(request, "release/approve.html", context)
