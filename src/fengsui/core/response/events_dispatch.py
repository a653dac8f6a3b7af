"""Events of command and dispatch (指挥调度): headquarters, orders, the scene.

Posts and units by id; a person's name or telephone never, a photo only by the hash of its file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fengsui.core.citation import Citation
from fengsui.core.response.events_photos import PhotoErased
from fengsui.core.response.waits import Waits


class StaffRole(StrEnum):
    """A place in the headquarters or in a group."""

    COMMANDER = "commander"  # 总指挥、指挥长
    DEPUTY = "deputy"  # 副总指挥
    OFFICE = "office"  # 办公室主任
    ON_SCENE = "on_scene"  # 现场指挥官
    SAFETY = "safety"  # 现场安全员
    LEAD = "lead"  # 牵头
    MEMBER = "member"  # 成员


class Tap(StrEnum):
    """What a unit did on a directive and may take back within a minute."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    DONE = "done"
    HELP = "help"
    QUESTION = "question"


class Phase(StrEnum):
    """Why a directive is brought up the chain."""

    UNACCEPTED = "unaccepted"  # 未签收
    OVERDUE = "overdue"  # 逾期未办结


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """One place: ``name`` as printed, ``post`` of the directory; None: nobody is found for it (空缺).

    ``stand_in_for`` the post off duty in whose place; ``by_hand`` True: a person named it. Neither is written
    where it says nothing, so that older records keep their hashes.
    """

    role: StaffRole
    name: str
    post: str | None = None
    stand_in_for: str | None = None
    by_hand: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupStaffed:
    """The headquarters (``group`` None) or a work group of a plan was filled from posts and roster."""

    plan_id: str
    group: str | None = None
    appointments: tuple[Appointment, ...] = ()
    source: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostAssigned:
    """A person named a post for one place; ``plan_id`` None: of the incident (安全员, 现场指挥官)."""

    plan_id: str | None = None
    group: str | None = None
    role: StaffRole
    name: str
    post: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneCheckedIn:
    """A force reported in at the scene. ``unit`` an id or None for one outside the directory; ``contact_ref``
    is the id of a row with personal data; ``lon`` and ``lat`` in degrees, WGS 84."""

    checkin_id: str
    unit: str | None = None
    unit_name: str
    people: int
    equipment: str = ""
    contact: str | None = None
    contact_ref: str | None = None
    place: str = ""
    arrived_at: datetime
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneCheckedOut:
    """A force left the scene."""

    checkin_id: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectiveLinked:
    """The order waits for others (前序); an empty list: it waits for none."""

    directive_id: str
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectiveReleased:
    """What the order waited for is settled: its clock starts now."""

    directive_id: str
    due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectiveHeld:
    """What the order waited for is open again (a wrong tap was taken back)."""

    directive_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectiveDeclined:
    """The unit cannot take the order (退回): it goes back to who gave it."""

    directive_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectiveQuestioned:
    """The unit asks before it goes on."""

    directive_id: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectiveAnswered:
    """The command answers a unit's question."""

    directive_id: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpAnswered:
    """The command answers a request for support: ``by_directive`` the orders given for it, none: refused."""

    directive_id: str
    answer: str
    by_directive: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TapUndone:
    """What a unit did on a directive by mistake is taken back (within a minute, by the same post)."""

    directive_id: str
    tap: Tap


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectiveReminded:
    """The deadline of an order comes near; recorded by the timer."""

    directive_id: str
    post: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectiveEscalated:
    """Nobody answered: the order is brought to the next in the chain; recorded by the timer.

    ``step`` counts from 1 within ``phase``; ``rung`` names the step of the chain that was reached, ``post``
    who is told (None: nobody left), ``stand_in_for`` the post off duty in whose place, ``gaps`` the rungs
    passed over because nobody of theirs is on duty.
    """

    directive_id: str
    phase: Phase
    step: int
    rung: str | None = None
    post: str | None = None
    stand_in_for: str | None = None
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitsSet:
    """Orders given from here on wait as the office has set it; recorded with the first of them."""

    waits: Waits


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationAnswered:
    """Somebody in the chain takes care of it: it goes no further up."""

    directive_id: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RescuersEntered:
    """A team went in. ``expected_out`` when it should be out, ``air_minutes`` what its sets last."""

    entry_id: str
    team: str
    unit: str | None = None
    people: int
    zone: str = ""
    entered_at: datetime
    expected_out: datetime | None = None
    air_minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RescuersExited:
    """``people`` of a team came out; the rest is still inside."""

    entry_id: str
    people: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RescuersOverdue:
    """A team should be out, or its air is spent; recorded by the timer. ``air``: because of the air."""

    entry_id: str
    air: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalOrdered:
    """All teams inside are to come out at once (撤离)."""

    order_id: str
    reason: str
    signal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RescueSuspended:
    """The rescue is suspended (中止救援). ``decided_by`` a post id."""

    reason: str
    decided_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RescueResumed:
    """The rescue goes on; decided by the commander or the commander on the scene."""

    reason: str
    decided_by: str


DispatchEvent = (
    GroupStaffed
    | PostAssigned
    | SceneCheckedIn
    | SceneCheckedOut
    | DirectiveLinked
    | DirectiveReleased
    | DirectiveHeld
    | DirectiveDeclined
    | DirectiveQuestioned
    | DirectiveAnswered
    | HelpAnswered
    | TapUndone
    | DirectiveReminded
    | DirectiveEscalated
    | WaitsSet
    | EscalationAnswered
    | RescuersEntered
    | RescuersExited
    | RescuersOverdue
    | WithdrawalOrdered
    | RescueSuspended
    | RescueResumed
    | PhotoErased
)
