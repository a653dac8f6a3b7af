"""The desk: the ports one installation is run with, and who acts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from fengsui.application.ports import (
    CallDraftStore,
    Channel,
    Clock,
    DirectoryStore,
    Ids,
    IncidentStore,
    ManyChannel,
    OutboxStore,
    PersonalStore,
    PlanStore,
    TimerStore,
    Transactions,
    WaitStore,
)
from fengsui.application.wiring import grade_plan
from fengsui.core.directory import Jurisdiction, Post, Role
from fengsui.core.response.standing import Grader
from fengsui.core.response.waits import SHIPPED, Waits


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who gives a command: the post they act for, what it may do and where.

    ``person_id`` names who sits there (an id, no personal data); "" where the post alone is known.
    """

    post_id: str
    roles: frozenset[Role]
    jurisdiction: Jurisdiction
    person_id: str = ""

    @staticmethod
    def of(post: Post, name: str = "") -> Actor:
        """The actor that acts for ``post``."""
        return Actor(
            post_id=post.id,
            roles=post.roles,
            jurisdiction=Jurisdiction(code=post.jurisdiction, name=name),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRules:
    """What an installation sets about decisions.

    ``answer_within``: a proposal nobody answered goes to who stands in (None: it waits for its approver).
    ``device_compulsory``: only a code from a device, or a recovery code, lets one approve.
    """

    answer_within: timedelta | None = None
    device_compulsory: bool = False


class ShippedWaits:
    """``WaitStore`` of a desk where nobody has set anything."""

    def current(self) -> Waits:
        return SHIPPED


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """All ports together, and how ladders are judged.

    ``exercise`` True: every incident opened here is an exercise (演练).
    """

    incidents: IncidentStore
    plans: PlanStore
    directory: DirectoryStore
    personal: PersonalStore
    drafts: CallDraftStore
    timers: TimerStore
    outbox: OutboxStore
    channels: Mapping[str, Channel]
    clock: Clock
    ids: Ids
    transactions: Transactions
    grader: Grader = grade_plan
    exercise: bool = False
    rules: DecisionRules = DecisionRules()
    many_channels: Mapping[str, ManyChannel] = field(default_factory=dict)
    waits: WaitStore = field(default_factory=ShippedWaits)
