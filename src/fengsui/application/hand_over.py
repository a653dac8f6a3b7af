"""Handing duty over (交接班): open matters gathered, remarks, read and signed by who comes; the day book.

What was gathered is kept as it stood; a digest over it and the remarks says that what was signed is what was
written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Protocol

from fengsui.application import access
from fengsui.application.access import Action
from fengsui.application.desk import Actor
from fengsui.application.ports import Clock, Ids, Transactions
from fengsui.core.errors import Conflict, InputError, Refusal
from fengsui.core.response.decisions.scene import check_text

KINDS = ("call", "incident", "clock", "directive", "proposal", "channel", "roster")
"""What is gathered, in the order in which it is read."""
LONGEST = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Something open: ``about`` in words (no personal data), ``due`` or ``since`` an ISO instant or ""."""

    kind: str
    ref: str
    about: str
    incident_id: str = ""
    title: str = ""
    due: str = ""
    since: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """One hand-over; ``signed_at`` None: nobody has taken it yet."""

    hand_over_id: str
    area: str
    from_post: str
    from_person: str
    shift_starts: datetime | None
    shift_ends: datetime | None
    made_at: datetime
    matters: tuple[Matter, ...] = field(default_factory=tuple)
    remarks: str = ""
    digest: str = ""
    signed_at: datetime | None = None
    signed_by: str = ""
    signed_person: str = ""
    signed_remark: str = ""
    withdrawn_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it waits to be signed."""
        return self.signed_at is None and self.withdrawn_at is None

    @property
    def is_whole(self) -> bool:
        """Whether what is stored is what was written."""
        return self.digest == digest_of(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayBookLine:
    """A line in the day book."""

    at: datetime
    by: str
    text: str


def digest_of(hand_over: HandOver) -> str:
    """SHA-256 over who, when, matters and remarks."""
    body = {
        "id": hand_over.hand_over_id,
        "area": hand_over.area,
        "from": hand_over.from_post,
        "matters": [asdict(matter) for matter in hand_over.matters],
        "remarks": hand_over.remarks,
    }
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


class WatchStore(Protocol):
    """Hand-overs, the day book, and the gathering of what is open."""

    def gather(self, area: str, now: datetime) -> tuple[Matter, ...]:
        """Everything open in the area now, in the order of ``KINDS``."""
        ...

    def add(self, hand_over: HandOver) -> None: ...

    def get(self, hand_over_id: str) -> HandOver | None: ...

    def settle(self, hand_over: HandOver) -> None:
        """Write signature or withdrawal. Raises Conflict("hand_over_settled") when it no longer waits."""
        ...

    def latest(self, area: str, limit: int = 30) -> tuple[HandOver, ...]:
        """Hand-overs of the area, the latest first."""
        ...

    def waiting(self, area: str) -> tuple[HandOver, ...]:
        """Those that nobody has signed, the oldest first."""
        ...

    def write_line(self, area: str, line: DayBookLine) -> None: ...

    def lines(self, area: str, first: datetime, last: datetime) -> tuple[DayBookLine, ...]:
        """Lines of the day book in ``first`` ≤ t < ``last``, in order."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchDesk:
    """The ports of handing over."""

    watch: WatchStore
    clock: Clock
    ids: Ids
    transactions: Transactions


def gather(desk: WatchDesk, actor: Actor) -> tuple[Matter, ...]:
    """What is open now, for who is about to hand over."""
    access.require(actor, Action.HAND_OVER, actor.jurisdiction.code)
    return desk.watch.gather(actor.jurisdiction.code, desk.clock.now())


def hand_over(
    desk: WatchDesk,
    actor: Actor,
    remarks: str,
    *,
    shift: tuple[datetime, datetime] | None = None,
    hand_over_id: str | None = None,
) -> HandOver:
    """Write the hand-over with what is open at this moment; the same id twice is one hand-over."""
    area = actor.jurisdiction.code
    access.require(actor, Action.HAND_OVER, area)
    with desk.transactions.begin():
        known = desk.watch.get(hand_over_id) if hand_over_id else None
        if known is not None:
            return known
        now = desk.clock.now()
        made = HandOver(
            hand_over_id=hand_over_id or desk.ids.new(),
            area=area,
            from_post=actor.post_id,
            from_person=actor.person_id,
            shift_starts=shift[0] if shift else None,
            shift_ends=shift[1] if shift else None,
            made_at=now,
            matters=desk.watch.gather(area, now),
            remarks=remarks.strip()[:LONGEST],
        )
        made = replace(made, digest=digest_of(made))
        desk.watch.add(made)
        return made


def sign(desk: WatchDesk, actor: Actor, hand_over_id: str, seen: str, remark: str = "") -> HandOver:
    """Take over: what was read (``seen``, its digest) is signed, by somebody else than who wrote it."""
    with desk.transactions.begin():
        found = one(desk, actor, hand_over_id)
        access.require(actor, Action.HAND_OVER, found.area)
        if found.from_person == actor.person_id if actor.person_id else found.from_post == actor.post_id:
            raise Refusal("hand_over_own")
        if not found.is_open:
            raise Conflict("hand_over_settled")
        if seen != found.digest or not found.is_whole:
            raise Conflict("hand_over_changed")
        signed = replace(
            found,
            signed_at=desk.clock.now(),
            signed_by=actor.post_id,
            signed_person=actor.person_id,
            signed_remark=remark.strip()[:LONGEST],
        )
        desk.watch.settle(signed)
        return signed


def withdraw(desk: WatchDesk, actor: Actor, hand_over_id: str) -> HandOver:
    """Take an unsigned hand-over back, to write it anew; only the post that wrote it may."""
    with desk.transactions.begin():
        found = one(desk, actor, hand_over_id)
        access.require(actor, Action.HAND_OVER, found.area)
        if found.from_post != actor.post_id:
            raise Refusal("hand_over_of_another")
        if not found.is_open:
            raise Conflict("hand_over_settled")
        gone = replace(found, withdrawn_at=desk.clock.now())
        desk.watch.settle(gone)
        return gone


def one(desk: WatchDesk, actor: Actor, hand_over_id: str) -> HandOver:
    """One hand-over that this post may see. Raises InputError("hand_over_unknown")."""
    access.require(actor, Action.SEE_CALLS)
    found = desk.watch.get(hand_over_id)
    if found is None:
        raise InputError("hand_over_unknown")
    access.require(actor, Action.SEE_CALLS, found.area)
    return found


def write_line(desk: WatchDesk, actor: Actor, text: str) -> None:
    """Write in the day book; nothing written there is ever changed."""
    access.require(actor, Action.HAND_OVER, actor.jurisdiction.code)
    line = DayBookLine(at=desk.clock.now(), by=actor.post_id, text=check_text(text, "text")[:LONGEST])
    with desk.transactions.begin():
        desk.watch.write_line(actor.jurisdiction.code, line)


def by_kind(matters: Sequence[Matter]) -> list[tuple[str, list[Matter]]]:
    """Matters in the order in which they are read, those without any left out."""
    groups = [(kind, [matter for matter in matters if matter.kind == kind]) for kind in KINDS]
    return [(kind, found) for kind, found in groups if found]
