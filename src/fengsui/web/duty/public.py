"""The public form (公众报送): anyone may report; few words needed, few reports at a time from one place."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache

from fengsui.application import calls as use
from fengsui.application.calls import Received
from fengsui.application.watch_ports import Means
from fengsui.application.wording import sentence, word
from fengsui.core.errors import FengsuiError, Refusal
from fengsui.web import frame, parse, wiring
from fengsui.web.pages import status_of
from fengsui.web.seat import language_of


@never_cache
def report(request: HttpRequest) -> HttpResponse:
    """The form, and what became of what was sent."""
    if not settings.PUBLIC_FORM:
        return _form(request, word("web.public", "closed", language_of(request)), 404, closed=True)
    if request.method != "POST":
        return _form(request)
    if request.POST.get("website"):
        # A field that people do not see: who fills it is a program.
        return _form(request, sent=True)
    try:
        _keep(request)
    except FengsuiError as error:
        status = 429 if isinstance(error, Refusal) else status_of(error)
        return _form(request, sentence(error, language_of(request)), status)
    return _form(request, sent=True)


def _keep(request: HttpRequest) -> None:
    given = request.POST
    directory = wiring.directory()
    place = given.get("place", "").strip()
    named = parse.place_code("", f"{place} {given.get('what', '')}", directory, "")
    key = given.get("command_id", "")[:64]
    use.receive_public(
        wiring.call_desk(),
        Received(
            means=Means.WEB,
            text=given.get("what", ""),
            place=place,
            place_code=named,
            source=source_of(request),
            source_key=f"web/{key}" if key else None,
        ),
        caller={"caller": given.get("caller", ""), "phone": given.get("phone", "")},
    )


def source_of(request: HttpRequest) -> str:
    """A keyed hash of the address a report came from: counts, and tells nobody the address."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SESSION_COOKIE_SECURE:
        # Behind the proxy that speaks HTTPS: the last name on the list is the one it saw itself.
        address = request.headers.get("X-Forwarded-For", address).rsplit(",", 1)[-1].strip()
    return salted_hmac("fengsui.public-report", address).hexdigest()


def _form(request: HttpRequest, problem: str = "", status: int = 200, **more: bool) -> HttpResponse:
    context = {
        **frame.part_context(request),
        "problem": problem,
        "given": request.POST if problem else {},
        "command_id": request.POST.get("command_id") if problem else uuid4().hex,
        "duty_phone": settings.DUTY_PHONE,
        **more,
    }
    return render(request, "watch/public.html", context, status=status)
