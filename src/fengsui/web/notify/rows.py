"""Notices gathered by whom they are for: one telephone call settles all of one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fengsui.application.call_list import RANK
from fengsui.store import selectors
from fengsui.store.selectors.notify import DeliveryLine, NoticeLine, person_of
from fengsui.web.seat import Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One person in a post, or nobody: everything the incident told them."""

    post_id: str
    title: str
    unit: str
    name: str
    phone: str
    known: bool
    notices: tuple[NoticeLine, ...]

    @property
    def open(self) -> tuple[NoticeLine, ...]:
        """What waits for a receipt."""
        return tuple(item for item in self.notices if item.acknowledged_at is None)

    @property
    def open_ids(self) -> str:
        return ",".join(str(item.notice_id) for item in self.open)

    @property
    def to_call(self) -> bool:
        return any(item.to_call for item in self.open)

    @property
    def held(self) -> bool:
        """Waiting for the morning."""
        return any(item.held for item in self.open)

    @property
    def first(self) -> datetime:
        return min(item.created_at for item in self.notices)

    @property
    def last(self) -> NoticeLine:
        """The latest receipt."""
        return max(self.notices, key=lambda item: item.acknowledged_at or item.created_at)

    @property
    def latest(self) -> tuple[DeliveryLine, ...]:
        """By each gateway the delivery that says most: trouble before waiting before sent."""
        found: dict[str, DeliveryLine] = {}
        order = ("failed", "retrying", "queued", "sending", "sent", "delivered", "cancelled")
        for notice in self.open or self.notices:
            for item in notice.deliveries:
                known = found.get(item.channel)
                if known is None or order.index(item.shown) < order.index(known.shown):
                    found[item.channel] = item
        return tuple(found.values())


def person_rows(seat: Seat, notices: list[NoticeLine], *, personal: bool) -> list[PersonRow]:
    """By person: those who have not answered first, the gravest matter and the longest wait on top."""
    grouped: dict[tuple[str, str, str], list[NoticeLine]] = {}
    for item in notices:
        if not item.post_id and not item.person_id and item.kind != "test":
            grouped.setdefault(("", "", item.to), []).append(item)
        else:
            grouped.setdefault((item.post_id, item.person_id, ""), []).append(item)
    people = person_of([person for _, person, _ in grouped if person]) if personal else {}
    rows = [
        _row(seat, post, person, to, tuple(items), people.get(person))
        for (post, person, to), items in grouped.items()
    ]
    rows.sort(key=lambda row: (not row.open, _rank(row), row.first, row.title))
    return rows


def _rank(row: PersonRow) -> int:
    return min((RANK.get(item.kind, 9) for item in row.open), default=9)


def _row(
    seat: Seat,
    post_id: str,
    person_id: str,
    to: str,
    notices: tuple[NoticeLine, ...],
    contact: selectors.Holder | None,
) -> PersonRow:
    post = seat.directory.post(post_id)
    unit = seat.directory.unit(post.unit if post else to)
    return PersonRow(
        post_id=post_id,
        title=post.title if post else (unit.name if unit else to),
        unit=unit.name if unit and post else "",
        name=contact.name if contact else "",
        phone=contact.phone if contact else "",
        known=bool(person_id),
        notices=notices,
    )
