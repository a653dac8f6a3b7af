"""How the person behind a decision is checked at the door of the API."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from fengsui.core.errors import InputError
from fengsui.core.response.events_decisions import Factor
from fengsui.store import second_factor
from fengsui.store.api_keys import account_of_key
from fengsui.web.people.second_factor import confirm_word, verify


def checked(request: HttpRequest, code: str, password: str) -> tuple[Factor | None, str]:
    """The factor given, and the word that asks for one ("": none is asked).

    A browser is checked as on the screens. A key is a factor of its own; with it only a code may be given,
    and must be where the installation wants a device. Raises InputError for a wrong code or password.
    """
    account = account_of_key(_key(request), timezone.now())
    if account is None:
        word = confirm_word(request)
        given = {"code": code, "password": password, "confirm_word": word if password else ""}
        return verify(request, given), word
    if not code:
        return None, ""
    factor = second_factor.check(account.pk, code)
    if factor is None:
        raise InputError("check_wrong")
    return factor, ""


def _key(request: HttpRequest) -> str:
    kind, _, key = request.headers.get("Authorization", "").partition(" ")
    return key if kind.lower() == "bearer" else ""
