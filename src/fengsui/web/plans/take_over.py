"""Reading a document again, and taking a review over from the version before (重读、沿用)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from fengsui.application import plan_reread
from fengsui.application.desk import Actor
from fengsui.application.plan_library_ports import DraftRecord
from fengsui.application.wording import word
from fengsui.core.errors import InputError
from fengsui.store import selectors
from fengsui.web import pages, wiring
from fengsui.web.plans.plan_page import draft_of
from fengsui.web.seat import seat_of


def offer_of(actor: Actor, record: DraftRecord) -> plan_reread.Offer | None:
    """What may be taken over from the version in force that this draft would replace."""
    earlier = selectors.draft_in_force(record.plan_id) if record.plan_id else None
    if earlier is None or earlier == record.draft_id:
        return None
    return plan_reread.offer(wiring.library(), actor, draft_id=record.draft_id, earlier_id=earlier)


@pages.command
def reread(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Read the document again with the present grammar."""
    done = plan_reread.reread(wiring.library(), seat_of(request).actor, draft_id)
    return _told(
        request,
        "reread",
        draft_id,
        kept=done.kept,
        dissolved=done.dissolved,
        lost=done.lost,
        before=done.items_before,
        after=done.items_after,
    )


@pages.command
def take_over(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Take over what was said of the version before, where the words are the same."""
    given = request.POST.get("revision", "")
    earlier = request.POST.get("earlier", "")
    if not given.isdigit():
        raise InputError("item_malformed", section="")
    before = len(draft_of(draft_id).settlements)
    after = plan_reread.take_over(
        wiring.library(), seat_of(request).actor, draft_id=draft_id, revision=int(given), earlier_id=earlier
    )
    return _told(request, "taken_over", draft_id, n=len(after.settlements) - before)


def _told(request: HttpRequest, code: str, draft_id: str, **data: Any) -> HttpResponse:
    language = seat_of(request).language
    messages.success(request, word("review_done", code, language, **data), extra_tags="done")
    to = reverse("review", args=[draft_id])
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": to})
    return HttpResponseRedirect(to)
