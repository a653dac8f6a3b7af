"""Sign-in, sign-out, language, help."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from fengsui.application.wording import word
from fengsui.web import frame, pages
from fengsui.web.seat import LANGUAGE_KEY, POST_KEY, language_of, open_seat, seat_of


@sensitive_post_parameters("password")
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; a lock-out is told in words, with how long it lasts."""
    language = language_of(request)
    if request.method != "POST":
        if request.user.is_authenticated and open_seat(request) is not None:
            return HttpResponseRedirect("/")
        return _form(request, next_page=request.GET.get("next", ""))
    name = request.POST.get("username", "").strip()
    password = request.POST.get("password", "")
    if not name or not password:
        return _form(request, word("web.sign_in", "missing", language), 422)
    account = authenticate(request, username=name, password=password)
    if account is None:
        return _form(request, word("web.sign_in", "wrong", language, **_lock()), 403)
    login(request, account)
    request.session[LANGUAGE_KEY] = language
    if open_seat(request) is None:
        logout(request)
        return _form(request, word("web.sign_in", "no_post", language), 403)
    return HttpResponseRedirect(_safe(request, request.POST.get("next", "")))


def _lock() -> dict[str, int]:
    """How many tries, and how long the lock lasts in minutes."""
    cool_off: timedelta = settings.AXES_COOLOFF_TIME
    return {"limit": settings.AXES_FAILURE_LIMIT, "minutes": int(cool_off.total_seconds() // 60)}


def locked_out(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    """Too many wrong passwords: axes answers with this instead of the sign-in."""
    return _form(request, word("web.sign_in", "locked", language_of(request), **_lock()), 429)


def _form(request: HttpRequest, problem: str = "", status: int = 200, next_page: str = "") -> HttpResponse:
    context = {
        **frame.part_context(request),
        "problem": problem,
        "username": request.POST.get("username", ""),
        "next": request.POST.get("next", next_page),
    }
    return render(request, "sign_in.html", context, status=status)


def _safe(request: HttpRequest, address: str) -> str:
    if url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
        return address
    return "/"


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    language = language_of(request)
    logout(request)
    request.session[LANGUAGE_KEY] = language
    messages.success(request, word("web.sign_in", "out", language))
    return HttpResponseRedirect("/login")


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Switch between Chinese and English for this session."""
    if request.POST.get("language") in ("zh", "en"):
        request.session[LANGUAGE_KEY] = request.POST["language"]
    return HttpResponseRedirect(_safe(request, request.POST.get("next", "")))


@require_POST
def choose_post(request: HttpRequest) -> HttpResponse:
    """Act for another of one's posts."""
    chosen = request.POST.get("post", "")
    if any(post.id == chosen for post in seat_of(request).posts):
        request.session[POST_KEY] = chosen
    return HttpResponseRedirect("/")


def keyboard_help(request: HttpRequest) -> HttpResponse:
    """The keys, as a part for the dialog."""
    return pages.part(request, "parts/help.html", {})


def home(request: HttpRequest) -> HttpResponse:
    """The first screen of a post: what it has to do."""
    return HttpResponseRedirect(frame.first_screen(seat_of(request)))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 in words, with the way back."""
    return _error(request, "not_found", 404)


def broken(request: HttpRequest) -> HttpResponse:
    """500 in words: what happened, what to do meanwhile."""
    return _error(request, "broken", 500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page stood open too long."""
    return _error(request, "csrf", 403)


def _error(request: HttpRequest, code: str, status: int) -> HttpResponse:
    # The frame asks the database, which may be what failed: this page stands alone.
    language = language_of(request)
    context = {
        "language": language,
        "text": word("web.error", code, language),
        "next_step": word("web.error", f"{code}_next", language),
    }
    return render(request, "error.html", context, status=status)
