"""Unsealing personal data (启封): one asks with a reason, another allows it, for a stated time.

Nothing here touches an event. Whatever is read meanwhile is read by the ordinary door, which keeps each
reading; when the time is over the seal holds again by itself. What was erased cannot be unsealed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from fengsui.application import access
from fengsui.application.access import Action
from fengsui.application.desk import Actor
from fengsui.application.ports import Clock, Ids, Transactions
from fengsui.core.errors import Conflict, InputError, Refusal
from fengsui.core.response.decisions.scene import check_text

HOURS = (4, 24, 72)
"""For how long a seal may be lifted."""


class Register(StrEnum):
    """Where the data stands."""

    RECORD = "record"  # 来电人、伤亡人员等
    PERSON = "person"  # 离岗人员


class UnsealState(StrEnum):
    """Where a request stands. ``ALLOWED`` holds until its time is over."""

    ASKED = "asked"
    ALLOWED = "allowed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """Data under seal: what it belongs to and where that was; ``sealed`` False: it is not (any more)."""

    register: Register
    ref: str
    about: str
    place_code: str
    sealed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsealing:
    """A request and what became of it; ``until`` when the seal holds again."""

    unseal_id: str
    register: Register
    ref: str
    about: str
    place_code: str
    reason: str
    hours: int
    asked_by: str
    asked_by_person: str
    asked_at: datetime
    state: UnsealState = UnsealState.ASKED
    decided_by: str = ""
    decided_by_person: str = ""
    decided_at: datetime | None = None
    answer: str = ""
    until: datetime | None = None

    def open_at(self, now: datetime) -> bool:
        """Whether the data may be read now."""
        return self.state is UnsealState.ALLOWED and self.until is not None and now < self.until

    def same_person(self, actor: Actor) -> bool:
        """Whether ``actor`` asked: one person on two posts is one person."""
        if actor.person_id and self.asked_by_person:
            return actor.person_id == self.asked_by_person
        return actor.post_id == self.asked_by


class UnsealStore(Protocol):
    """Requests to unseal, and the seals."""

    def target(self, register: Register, ref: str) -> Sealed | None:
        """What is under the seal; None: there is no such data, or it was erased."""
        ...

    def waiting(self, register: Register, ref: str) -> bool:
        """Whether somebody asked for it and nobody answered."""
        ...

    def add(self, request: Unsealing) -> None:
        """Keep a request."""
        ...

    def get(self, unseal_id: str) -> Unsealing | None:
        """One request."""
        ...

    def settle(self, request: Unsealing, before: UnsealState) -> None:
        """Keep what became of it, with the seal and the audit. Raises Conflict("unseal_settled")."""
        ...

    def read(self, request: Unsealing, *, by: str, person: str, now: datetime) -> dict[str, Any]:
        """The data while it is open; that it was read, by whom and for which reason, is kept."""
        ...


@dataclass(frozen=True, slots=True)
class UnsealDesk:
    """What it takes to unseal."""

    store: UnsealStore
    clock: Clock
    ids: Ids
    transactions: Transactions


def ask(desk: UnsealDesk, actor: Actor, register: Register, ref: str, reason: str, hours: int) -> Unsealing:
    """Ask for a seal to be lifted. Raises InputError for what is not sealed, Conflict when it was asked."""
    with desk.transactions.begin():
        found = desk.store.target(register, ref)
        if found is None:
            raise InputError("sealed_unknown")
        access.require(actor, Action.ASK_UNSEAL, found.place_code)
        if not found.sealed:
            raise InputError("not_sealed")
        if hours not in HOURS:
            raise InputError("unseal_hours", hours="、".join(str(item) for item in HOURS))
        if desk.store.waiting(register, ref):
            raise Conflict("unseal_asked_already")
        request = Unsealing(
            unseal_id=desk.ids.new(),
            register=register,
            ref=ref,
            about=found.about,
            place_code=found.place_code,
            reason=check_text(reason, "reason")[:300],
            hours=hours,
            asked_by=actor.post_id,
            asked_by_person=actor.person_id,
            asked_at=desk.clock.now(),
        )
        desk.store.add(request)
        return request


def allow(desk: UnsealDesk, actor: Actor, unseal_id: str, answer: str = "") -> Unsealing:
    """Lift the seal for the time asked; by another person than the one who asked."""
    with desk.transactions.begin():
        request = _asked(desk, unseal_id)
        access.require(actor, Action.ALLOW_UNSEAL, request.place_code)
        if request.same_person(actor):
            raise Refusal("unseal_own")
        found = desk.store.target(request.register, request.ref)
        if found is None or not found.sealed:
            raise InputError("not_sealed")
        until = desk.clock.now() + timedelta(hours=request.hours)
        return _settled(desk, actor, request, UnsealState.ALLOWED, answer, until)


def refuse(desk: UnsealDesk, actor: Actor, unseal_id: str, answer: str) -> Unsealing:
    """The seal stays, with the reason; whoever asked takes it back instead."""
    with desk.transactions.begin():
        request = _asked(desk, unseal_id)
        if request.same_person(actor):
            return _settled(desk, actor, request, UnsealState.WITHDRAWN, answer, None)
        access.require(actor, Action.ALLOW_UNSEAL, request.place_code)
        return _settled(desk, actor, request, UnsealState.REFUSED, check_text(answer, "reason"), None)


def seal_again(desk: UnsealDesk, actor: Actor, unseal_id: str) -> Unsealing:
    """The seal holds again before its time is over."""
    with desk.transactions.begin():
        request, now = _lifted(desk, actor, unseal_id, Action.ASK_UNSEAL)
        ended = replace(request, until=now)
        desk.store.settle(ended, UnsealState.ALLOWED)
        return ended


def read(desk: UnsealDesk, actor: Actor, unseal_id: str) -> dict[str, Any]:
    """The data while the seal is lifted. Raises Conflict when the time is over."""
    with desk.transactions.begin():
        request, now = _lifted(desk, actor, unseal_id, Action.SEE_PERSONAL)
        return desk.store.read(request, by=actor.post_id, person=actor.person_id, now=now)


def _settled(
    desk: UnsealDesk,
    actor: Actor,
    request: Unsealing,
    state: UnsealState,
    answer: str,
    until: datetime | None,
) -> Unsealing:
    decided = replace(
        request,
        state=state,
        decided_by=actor.post_id,
        decided_by_person=actor.person_id,
        decided_at=desk.clock.now(),
        answer=answer.strip()[:300],
        until=until,
    )
    desk.store.settle(decided, UnsealState.ASKED)
    return decided


def _known(desk: UnsealDesk, unseal_id: str) -> Unsealing:
    request = desk.store.get(unseal_id)
    if request is None:
        raise InputError("unseal_unknown")
    return request


def _lifted(desk: UnsealDesk, actor: Actor, unseal_id: str, action: Action) -> tuple[Unsealing, datetime]:
    """The request whose seal is lifted now, and when that is; Conflict when its time is over."""
    request = _known(desk, unseal_id)
    access.require(actor, action, request.place_code)
    now = desk.clock.now()
    if not request.open_at(now):
        raise Conflict("unseal_over")
    return request, now


def _asked(desk: UnsealDesk, unseal_id: str) -> Unsealing:
    request = _known(desk, unseal_id)
    if request.state is not UnsealState.ASKED:
        raise Conflict("unseal_settled")
    return request
