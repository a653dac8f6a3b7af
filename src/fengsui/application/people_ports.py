"""Administration of people: changes that need two, and the registers that one may keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from fengsui.application.ports import Clock, DirectoryStore, Ids, Transactions


class ChangeKind(StrEnum):
    """What one administrator asks for and another approves."""

    ROLES = "roles"  # 岗位的权限
    HOLDING = "holding"  # 谁担任岗位
    CHANNEL = "channel"  # 通知通道


class RequestState(StrEnum):
    """Where a request stands."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRequest:
    """``before`` is what stood when it was asked, ``after`` what shall stand; ids only, no names."""

    request_id: str
    kind: ChangeKind
    key: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    reason: str
    asked_by: str
    asked_by_person: str
    asked_at: datetime
    state: RequestState = RequestState.ASKED
    decided_by: str = ""
    decided_by_person: str = ""
    decided_at: datetime | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts:
    """How somebody is reached; "" where it is not known."""

    phone: str = ""
    mobile: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """Somebody with the posts held now, by their titles."""

    person_id: str
    name: str
    posts: tuple[str, ...]
    contacts: Contacts


class PeopleStore(Protocol):
    """Requests, what they change, and the registers of units, posts, people and accounts."""

    def current(self, kind: ChangeKind, key: str) -> dict[str, Any] | None:
        """What stands now; None when there is no such post or channel."""
        ...

    def apply(self, request: ChangeRequest, by: str, now: datetime) -> None:
        """Make the change, with a line of audit that holds before and after."""
        ...

    def affected(self, kind: ChangeKind, key: str, after: Mapping[str, Any]) -> frozenset[str]:
        """Ids of the people whose powers it changes."""
        ...

    def add(self, request: ChangeRequest) -> None: ...

    def get(self, request_id: str) -> ChangeRequest | None: ...

    def settle(self, request: ChangeRequest) -> None:
        """Write what became of it. Raises Conflict("request_settled") when it is no longer asked."""
        ...

    def listed(self, states: Sequence[RequestState], limit: int = 50) -> tuple[ChangeRequest, ...]:
        """Requests, the latest first."""
        ...

    def save_unit(self, unit_id: str, name: str, area: str, aliases: Sequence[str], by: str) -> None: ...

    def save_post(
        self, post_id: str, title: str, unit_id: str, area: str, titles: Sequence[str], by: str
    ) -> None:
        """A new post has no roles; an existing one keeps its own."""
        ...

    def save_person(self, person_id: str, name: str, contacts: Contacts, by: str) -> None:
        """Name and contacts; the audit says which changed, not to what."""
        ...

    def known_people(self) -> tuple[KnownPerson, ...]:
        """Everybody whose data is not sealed."""
        ...

    def save_contacts(self, contacts: Mapping[str, Contacts], by: str) -> None:
        """Contacts of many, by person, audited as one."""
        ...

    def make_account(self, username: str, person_id: str, password: str, by: str) -> None:
        """Raises Conflict("account_taken") for a name or person that has one."""
        ...

    def set_password(self, username: str, password: str, by: str) -> None: ...

    def set_active(self, username: str, active: bool, by: str) -> None: ...

    def account_person(self, username: str) -> str | None: ...

    def administers(self, person_id: str) -> bool:
        """Whether the person holds a post of administrators."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleDesk:
    """The ports of administration."""

    people: PeopleStore
    directory: DirectoryStore
    clock: Clock
    ids: Ids
    transactions: Transactions
