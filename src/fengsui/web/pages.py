"""How every view answers: a page in its frame, a command done, a problem told.

A command answers htmx with 204 and a trigger, so that the live parts refresh and nothing typed elsewhere is
lost; a plain form gets a redirect. A problem is one sentence, its clause and the next step; what was typed
stays on the page.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render

from fengsui.application.wording import sentence, word
from fengsui.core.citation import Citation
from fengsui.core.errors import Conflict, FengsuiError, InputError, OutsideFailure, Refusal
from fengsui.web import frame
from fengsui.web.seat import Seat, seat_of

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, in words; ``source`` the clause that refuses, ``next`` what to do."""

    text: str
    status: int
    source: Citation | None = None
    next: str = ""


def status_of(error: FengsuiError) -> int:
    """The HTTP status of a known failure."""
    if isinstance(error, Refusal):
        return 403
    if isinstance(error, Conflict):
        return 409
    if isinstance(error, OutsideFailure):
        return 503
    if isinstance(error, InputError) and error.code.endswith(
        ("_unknown", "no_such_draft", "no_such_document")
    ):
        return 404
    return 422


def problem_of(error: FengsuiError, language: str) -> Problem:
    """A known failure in words."""
    return Problem(
        text=sentence(error, language),
        status=status_of(error),
        source=error.source if isinstance(error, Refusal) else None,
        next=word("web.error", "changed_next", language) if isinstance(error, Conflict) else "",
    )


def page(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Render ``template`` in the frame of the signed-in post."""
    given = context or {}
    return render(request, template, {**frame.context(request, given), **given}, status=status)


def part(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Render a part of a page."""
    return render(request, template, {**frame.part_context(request), **context})


def done(request: HttpRequest, code: str, to: str, **data: Any) -> HttpResponse:
    """A command was carried out: say so and go to ``to``, or stay where the live parts show it."""
    language = seat_of(request).language
    text = word("web.done", code, language, **data)
    htmx = request.headers.get("HX-Request") == "true"
    if htmx and request.headers.get("X-Stay") == "1":
        return HttpResponse(status=204, headers={"HX-Trigger": json.dumps({"fengsui:done": {"text": text}})})
    messages.success(request, text, extra_tags="done")
    if htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": to})
    return HttpResponseRedirect(to)


def told(request: HttpRequest, problem: Problem) -> HttpResponse:
    """Answer with a problem: beside the form for htmx, as a page otherwise."""
    if request.headers.get("HX-Request") == "true":
        answer = part(request, "parts/problem.html", {"problem": problem})
        answer.status_code = problem.status
        answer.headers["HX-Retarget"] = "#messages"
        answer.headers["HX-Reswap"] = "innerHTML"
        return answer
    return page(request, "problem.html", {"problem": problem}, status=problem.status)


def screen(view: View[P]) -> View[P]:
    """A view that shows something: known failures become a page that says what to do."""

    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except FengsuiError as error:
            return told(request, problem_of(error, seat_of(request).language))
        except DatabaseError:
            _log.exception("the database failed")
            return told(request, _broken(seat_of(request)))

    return cast(View[P], answer)


def command(view: View[P]) -> View[P]:
    """A view that changes something: POST alone, known failures told beside the form."""
    shown = screen(view)

    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        return shown(request, *args, **kwargs)

    return cast(View[P], answer)


def _broken(seat: Seat) -> Problem:
    return Problem(
        text=word("web.error", "broken", seat.language),
        status=500,
        next=word("web.error", "broken_next", seat.language),
    )
