"""Who sits at this browser: the account, the post it acts for, and the language it reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode

from fengsui.application.desk import Actor
from fengsui.application.wording import word
from fengsui.core.directory import Directory, Jurisdiction, Post, Role
from fengsui.store import selectors
from fengsui.web import wiring

LANGUAGE_KEY = "language"
POST_KEY = "post"
FORM_BYTES = 64 * 1024
"""What the other fields of a form may need beside a document."""

OPEN_PATHS = ("/a/", "/login", "/language", "/healthz", "/static/", "/api/", "/public")
"""What one may see without signing in; the API asks for a key or a session itself."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A signed-in post. ``name`` is that of the person (personal data: shown, never recorded)."""

    actor: Actor
    post: Post
    name: str
    language: str
    directory: Directory
    posts: tuple[Post, ...] = ()
    account: str = ""
    """Id of the account, by which two posts of one person are told to be one person."""

    def has(self, *roles: Role) -> bool:
        """Whether the post has one of these roles."""
        return any(role in self.actor.roles for role in roles)

    @property
    def area(self) -> str:
        """The division code of the post."""
        return self.actor.jurisdiction.code


def language_of(request: HttpRequest) -> str:
    """The language of this session: Chinese unless switched."""
    session: Any = getattr(request, "session", {})
    return "en" if session.get(LANGUAGE_KEY) == "en" else "zh"


def open_seat(request: HttpRequest) -> Seat | None:
    """The seat of a signed-in account; None when it holds no post now."""
    account: Any = request.user
    return seat_for(account.pk, request.session.get(POST_KEY), language_of(request))


def seat_for(account_id: int, chosen: str | None, language: str) -> Seat | None:
    """The seat of an account on its post ``chosen``, else the first it holds; None without one."""
    now = timezone.now()
    directory = wiring.directory()
    held = [directory.post(post_id) for post_id in selectors.posts_of_account(account_id, now)]
    posts = tuple(post for post in held if post is not None)
    if not posts:
        return None
    post = next((item for item in posts if item.id == chosen), posts[0])
    area = next((item for item in directory.jurisdictions if item.code == post.jurisdiction), None)
    jurisdiction = area or Jurisdiction(code=post.jurisdiction, name=post.jurisdiction)
    person_id, name = selectors.person_of_account(account_id)
    return Seat(
        actor=Actor(
            post_id=post.id,
            roles=post.roles,
            jurisdiction=jurisdiction,
            person_id=person_id,
        ),
        post=post,
        name=name,
        language=language,
        directory=directory,
        posts=posts,
        account=str(account_id),
    )


def seat_of(request: HttpRequest) -> Seat:
    """The seat that the middleware found."""
    seat: Seat = request.seat  # type: ignore[attr-defined]
    return seat


def seated(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: everything but the sign-in asks for a seat."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(OPEN_PATHS):
            return get_response(request)
        seat = open_seat(request) if request.user.is_authenticated else None
        if seat is None:
            return _to_sign_in(request)
        request.seat = seat  # type: ignore[attr-defined]
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer


def measured(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a body that is too big is refused before any of it is taken in.

    Reading a form token from it would put all of it on the disk first.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        given = request.META.get("CONTENT_LENGTH") or "0"
        limit = settings.MAX_DOCUMENT_BYTES
        if not given.isdigit() or int(given) > limit + FORM_BYTES:
            text = word("error", "typed_file_too_big", language_of(request), limit=limit // 1024 // 1024)
            context = {
                "language": language_of(request),
                "text": text,
                "next_step": "",
                "problem": {"text": text},
            }
            htmx = request.headers.get("HX-Request") == "true"
            response = render(request, "parts/problem.html" if htmx else "error.html", context, status=413)
            if htmx:
                response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#messages", "innerHTML"
            return response
        return get_response(request)

    return answer


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    back = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
    if request.headers.get("HX-Request") == "true":
        # A part cannot show the sign-in page inside itself.
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return HttpResponseRedirect(
        f"{settings.LOGIN_URL}?{back}" if back and request.path != "/" else settings.LOGIN_URL
    )
