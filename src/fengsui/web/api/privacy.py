"""Lifting the seal from personal data: ask, allow, read, seal again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from fengsui.application import unsealing as use
from fengsui.application.access import Action, require
from fengsui.application.unsealing import Register, Unsealing
from fengsui.store.selectors.sealed import sealed_listed, unsealings
from fengsui.web import wiring
from fengsui.web.api.door import caller
from fengsui.web.api.forms import Body

router = Router(tags=["people"])


class Wish(Body):
    """Which data (``kind`` and ``ref`` as listed), why, and for how many hours (4, 24 or 72)."""

    kind: Register
    ref: str
    reason: str
    hours: int


class Answer(Body):
    """Allow it, or not and why."""

    allow: bool
    text: str = ""


def _told(item: Unsealing) -> dict[str, Any]:
    return {"id": item.unseal_id, "state": item.state.value, "until": item.until, "ref": item.ref}


@router.get("/people/sealed")
def sealed(request: HttpRequest) -> dict[str, Any]:
    """What is under seal in the area, and the requests."""
    actor = caller(request)
    require(actor, Action.ASK_UNSEAL)
    area = actor.jurisdiction.code
    return {
        "sealed": [
            {"kind": x.register.value, "ref": x.ref, "about": x.about, "sealed_at": x.sealed_at}
            for x in sealed_listed(area)
        ],
        "requests": [_told(item) for item in unsealings(area)],
    }


@router.post("/people/unsealings")
def ask(request: HttpRequest, given: Wish) -> dict[str, Any]:
    """Ask for a seal to be lifted."""
    desk, actor = wiring.unsealing(), caller(request)
    return _told(use.ask(desk, actor, given.kind, given.ref, given.reason, given.hours))


@router.post("/people/unsealings/{unseal_id}")
def answer(request: HttpRequest, unseal_id: str, given: Answer) -> dict[str, Any]:
    """Allow or refuse it; whoever asked takes it back."""
    desk, actor = wiring.unsealing(), caller(request)
    decide = use.allow if given.allow else use.refuse
    return _told(decide(desk, actor, unseal_id, given.text))


@router.post("/people/unsealings/{unseal_id}/read")
def read(request: HttpRequest, unseal_id: str) -> dict[str, Any]:
    """The data while the seal is lifted; the reading is kept."""
    return use.read(wiring.unsealing(), caller(request), unseal_id)


@router.post("/people/unsealings/{unseal_id}/seal")
def seal(request: HttpRequest, unseal_id: str) -> dict[str, Any]:
    """The seal holds again."""
    return _told(use.seal_again(wiring.unsealing(), caller(request), unseal_id))
