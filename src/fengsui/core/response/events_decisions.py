"""Events around a decision (决策): sensitive cases, consultation, substitutes, factors, command, level above.

Names of experts are personal data: here stands their field and a reference to the row that holds the name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from fengsui.core.citation import Citation


class Sensitivity(StrEnum):
    """What makes an incident sensitive (敏感情形)."""

    PLACE = "place"  # 重点地区、边境、重要设施、人员密集场所
    TIME = "time"  # 重要时段
    PEOPLE = "people"  # 学生、老人、外国人等人群
    NATURE = "nature"  # 事件本身敏感
    TREND = "trend"  # 可能扩大


class AskedKind(StrEnum):
    """Who is asked in a consultation."""

    POST = "post"
    BODY = "body"  # a body outside the directory
    EXPERT = "expert"


class Stance(StrEnum):
    """Which way an opinion goes."""

    AGREE = "agree"
    DISAGREE = "disagree"
    OTHER = "other"


class Factor(StrEnum):
    """How the person who decided proved to be who they are, besides being signed in."""

    TOTP = "totp"  # a code from a device
    RECOVERY_CODE = "recovery_code"
    PASSWORD = "password"
    CONSOLE = "console"  # on the command line of the machine


class Basis(StrEnum):
    """Why a post stands in for a silent approver."""

    CLAUSE = "clause"  # a sentence of the plan says so
    DEPUTY = "deputy"  # the plan lists it as deputy of the headquarters
    SUPERIOR = "superior"  # it stands above the approver in the headquarters
    DIRECTORY = "directory"  # 常务副 of the approver's own unit


class Handover(StrEnum):
    """Which way the command goes."""

    UP = "up"
    DOWN = "down"
    SCENE = "scene"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One who is asked: ``who`` as shown, ``post`` its id, ``person_ref`` a row that holds a name."""

    asked_id: str
    kind: AskedKind
    who: str
    post: str | None = None
    person_ref: str | None = None

    def __str__(self) -> str:
        return self.who


@dataclass(frozen=True, slots=True, kw_only=True)
class Substitute:
    """A post that stands in, and why; ``source`` the clause, None where only the directory says so."""

    post: str
    basis: Basis
    source: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SensitivityMarked:
    """A sensitive place, time or group of people was noted; it suggests and never acts.

    ``source`` the clause of ``plan_id`` that speaks of it, None when no attached plan does.
    """

    mark_id: str
    kind: Sensitivity
    reason: str
    plan_id: str | None = None
    source: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SensitivityLifted:
    """The mark no longer holds, or was a mistake."""

    mark_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationOpened:
    """A consultation began (会商)."""

    consultation_id: str
    topic: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationWidened:
    """More were asked."""

    consultation_id: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationLinked:
    """The consultation is about this proposal: the approver sees it."""

    consultation_id: str
    proposal_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionGiven:
    """What one of those asked said, and when; a second one replaces nothing, both stand."""

    consultation_id: str
    asked_id: str
    stance: Stance
    text: str
    said_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationConcluded:
    """The consultation ended with a conclusion."""

    consultation_id: str
    conclusion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerAwaited:
    """An answer to a proposal is expected within ``limit``; then it goes to ``substitutes`` one by one."""

    proposal_id: str
    limit: timedelta
    substitutes: tuple[Substitute, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalPassedOn:
    """Nobody answered in time: the next substitute may decide as well; whoever was asked before still may."""

    proposal_id: str
    turn: int
    silent: tuple[str, ...]
    to: tuple[str, ...]
    basis: Basis
    limit: timedelta
    source: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorUsed:
    """How the person behind the decision was checked; never the secret itself."""

    proposal_id: str
    factor: Factor


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectlyDecided:
    """The post that holds the power decided without a proposal from elsewhere (直接启动)."""

    proposal_id: str
    source: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandTransferred:
    """Command is handed over; it passes only when the receiver accepts. ``to`` posts, empty: outside."""

    transfer_id: str
    direction: Handover
    from_name: str
    to_name: str
    to: tuple[str, ...] = ()
    reason: str
    source: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandAccepted:
    """The receiver commands from now; ``note`` names document and teller where a body outside accepted."""

    transfer_id: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandDeclined:
    """The receiver did not take it, or it was taken back: command stays where it was."""

    transfer_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UpperResponseFollowed:
    """A government above started its response; under ``plan_id`` we follow its command from now.

    ``upper_level`` in the words of that body: its ladder is not ours.
    """

    follow_id: str
    plan_id: str
    body: str
    upper_plan: str
    upper_level: str
    started_at: datetime
    document: str
    told_by: str
    source: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpperResponseEnded:
    """The government above ended its response or gave command back: the plan's own powers hold again."""

    follow_id: str
    document: str
    told_by: str


DecisionEvent = (
    SensitivityMarked
    | SensitivityLifted
    | ConsultationOpened
    | ConsultationWidened
    | ConsultationLinked
    | OpinionGiven
    | ConsultationConcluded
    | AnswerAwaited
    | ProposalPassedOn
    | FactorUsed
    | DirectlyDecided
    | CommandTransferred
    | CommandAccepted
    | CommandDeclined
    | UpperResponseFollowed
    | UpperResponseEnded
)
