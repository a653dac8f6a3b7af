"""The second factor: enrolling a device, and checking the person who decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import segno
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from fengsui.application.wording import word
from fengsui.core.errors import InputError
from fengsui.core.response.events_decisions import Factor
from fengsui.store import second_factor as store
from fengsui.web import pages, wiring
from fengsui.web.seat import seat_of


def factor_context(request: HttpRequest) -> dict[str, Any]:
    """What the form asks for: a code where a device is enrolled, else the typed word and the password."""
    return {
        "factor": store.enrolled(_account(request)),
        "device_compulsory": wiring.desk().rules.device_compulsory,
        "confirm_word": confirm_word(request),
    }


def confirm_word(request: HttpRequest) -> str:
    """What one types to confirm, in the language of the page."""
    return word("web.factor_form", "word", seat_of(request).language)


def verify(request: HttpRequest, given: Mapping[str, Any]) -> Factor | None:
    """How the person was checked; None when nothing was filled in.

    Raises InputError for a wrong code, word or password. A password is no way around an enrolled device.
    """
    code, typed = str(given.get("code", "")).strip(), str(given.get("confirm_word", "")).strip()
    password = str(given.get("password", ""))
    if code:
        factor = store.check(_account(request), code)
        if factor is None:
            raise InputError("check_wrong")
        return factor
    if not password and not typed:
        return None
    if store.enrolled(_account(request)).has_device:
        return None
    if typed.lower() != confirm_word(request):
        raise InputError("confirm_word_wrong", word=confirm_word(request))
    _check_password(request, password)
    return Factor.PASSWORD


def _check_password(request: HttpRequest, password: str) -> None:
    account: Any = request.user
    if authenticate(request, username=account.get_username(), password=password) is not None:
        return
    if getattr(request, "axes_locked_out", False):
        # The answer is ours, not the sign-in page that the lock would put in its place.
        request.axes_locked_out = False  # type: ignore[attr-defined]
        minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
        raise InputError("check_locked", minutes=minutes)
    raise InputError("check_wrong")


def _account(request: HttpRequest) -> int:
    account: Any = request.user
    return int(account.pk)


@sensitive_post_parameters("password", "code")
@never_cache
@pages.screen
def enrolment(request: HttpRequest) -> HttpResponse:
    """Enrol, replace or remove a device; recovery codes are shown once."""
    codes: tuple[str, ...] = ()
    if request.method == "POST":
        verb = request.POST.get("verb", "")
        if verb == "confirm":
            codes = _confirm(request)
        else:
            _check_password(request, request.POST.get("password", ""))
            if verb == "codes":
                codes = store.renew_codes(_account(request), seat_of(request).post.id)
            elif verb == "remove":
                store.remove(_account(request), seat_of(request).post.id)
            else:
                store.begin(_account(request))
        if not codes:
            return pages.done(request, f"factor_{verb or 'begin'}", reverse("second-factor"))
    waiting = store.pending(_account(request))
    context = {
        "here": "factor",
        "codes": codes,
        "pending": waiting if not codes else None,
        "qr": segno.make(waiting.address, micro=False).svg_data_uri(scale=5) if waiting else "",
        **factor_context(request),
    }
    return pages.page(request, "decisions/second_factor.html", context)


def _confirm(request: HttpRequest) -> tuple[str, ...]:
    codes = store.confirm(_account(request), request.POST.get("code", ""), seat_of(request).post.id)
    if codes is None:
        raise InputError("device_code_wrong")
    return codes
