"""Who calls, and what they are told: keys, sessions, failures."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer, SessionAuth

from fengsui.application.desk import Actor
from fengsui.application.wording import sentence, word
from fengsui.core.errors import FengsuiError, Refusal
from fengsui.store.api_keys import account_of_key
from fengsui.web.pages import status_of
from fengsui.web.seat import Seat, seat_for, seat_of


def language_of(request: HttpRequest) -> str:
    """The language of the answers: Chinese unless English is asked for."""
    return "en" if request.headers.get("Accept-Language", "").lower().startswith("en") else "zh"


class Key(HttpBearer):
    """A key of the API. The request then has a seat, as a signed-in browser has."""

    def authenticate(self, request: HttpRequest, token: str) -> Seat | None:
        account = account_of_key(token, timezone.now())
        return _seated(request, account.pk) if account else None


class Browser(SessionAuth):
    """A signed-in browser; its form token is asked for on every change."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Seat | None:
        return _seated(request, request.user.pk) if request.user.is_authenticated else None


def _seated(request: HttpRequest, account_id: int) -> Seat | None:
    seat = seat_for(account_id, request.headers.get("X-Post"), language_of(request))
    request.seat = seat  # type: ignore[attr-defined]
    return seat


def caller(request: HttpRequest) -> Actor:
    """The post that acts."""
    return seat_of(request).actor


def once(request: HttpRequest) -> str | None:
    """The mark by which a command sent twice counts once; apart from those of other posts."""
    given = request.headers.get("Idempotency-Key", "").strip()[:64]
    return f"api:{caller(request).post_id}:{given}" if given else None


def make() -> NinjaAPI:
    """The API with its doors and its words for failures; ``routers`` adds what it can do."""
    api = NinjaAPI(
        title="Fengsui",
        version="1",
        urls_namespace="api",
        auth=[Key(), Browser()],
        docs_url=None,
        description="Emergency plans read, checked and run: the same use cases as the screens.",
    )
    api.add_exception_handler(FengsuiError, lambda request, error: _known(api, request, error))
    api.add_exception_handler(AuthenticationError, lambda request, error: _nobody(api, request))
    api.add_exception_handler(ValidationError, lambda request, error: _malformed(api, request, error))
    api.add_exception_handler(HttpError, lambda request, error: _not_json(api, request, error))
    return api


def _known(api: NinjaAPI, request: HttpRequest, error: Any) -> HttpResponse:
    language = language_of(request)
    body: dict[str, Any] = {"code": error.code, "message": sentence(error, language)}
    if isinstance(error, Refusal):
        if error.source is not None:
            body["clause"] = {"number": error.source.clause, "quote": error.source.quote}
        body["allowed"] = list(error.allowed)
    status = status_of(error)
    # A fact that nobody knows stands in the body, not in the address.
    return api.create_response(
        request, {"error": body}, status=422 if error.code.startswith("fact") else status
    )


def _nobody(api: NinjaAPI, request: HttpRequest) -> HttpResponse:
    body = {"code": "sign_in", "message": word("api", "sign_in", language_of(request))}
    return api.create_response(request, {"error": body}, status=401)


def _not_json(api: NinjaAPI, request: HttpRequest, error: Any) -> HttpResponse:
    body = {"code": "not_json", "message": word("api", "not_json", language_of(request))}
    return api.create_response(request, {"error": body}, status=error.status_code)


def _malformed(api: NinjaAPI, request: HttpRequest, error: Any) -> HttpResponse:
    """Every field that does not fit, by the name the caller gave it."""
    fields = [
        {"field": ".".join(str(part) for part in item["loc"][2:]), "problem": item["type"]}
        for item in error.errors
    ]
    named = "、".join(field["field"] for field in fields if field["field"])
    message = word("api", "malformed" if named else "not_json", language_of(request), fields=named)
    body = {"code": "malformed", "message": message, "fields": fields}
    return api.create_response(request, {"error": body}, status=422)
