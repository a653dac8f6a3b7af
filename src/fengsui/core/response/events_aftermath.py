"""Events of ending a response and of what comes after (终止与善后).

A *matter* (事项) is one thing to see to, with an owner and often a day: a first statement, a press
conference, the watch for recurrence, an aftermath task, an assessment, a corrective action. All of them may
go on after the incident is closed: closed is the response, the case ends with ``CaseArchived``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from fengsui.core.citation import Citation


class MatterKind(StrEnum):
    """What a matter is about."""

    FIRST_STATEMENT = "first_statement"  # 首次对外发布
    CONFERENCE = "conference"  # 首场新闻发布会
    NEXT_UPDATE = "next_update"  # 已对外承诺的下次发布
    WATCH = "watch"  # 防止复发的监控
    AFTERMATH = "aftermath"  # 善后任务
    INVESTIGATION = "investigation"  # 调查
    ASSESSMENT = "assessment"  # 总结评估
    CORRECTIVE = "corrective"  # 整改
    REQUISITION = "requisition"  # 归还和补偿征用物


class ConditionAnswer(StrEnum):
    """Whether a condition for ending the response is met."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"


class GoodsState(StrEnum):
    """In what state requisitioned goods came back."""

    INTACT = "intact"  # 完好
    DAMAGED = "damaged"  # 损坏
    LOST = "lost"  # 灭失
    USED = "used"  # 消耗


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterOpened:
    """Something is to be seen to. ``assumed``: the plan does not set the day, it is the usual one.

    ``owner`` a unit or post id ("" where the body is outside), ``owner_name`` as shown. ``goods_id`` the
    requisition that is to be returned and paid for.
    """

    matter_id: str
    kind: MatterKind
    text: str
    owner: str = ""
    owner_name: str = ""
    since: datetime
    due: datetime | None = None
    plan_id: str | None = None
    source: Citation | None = None
    assumed: bool = False
    goods_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterDone:
    """It was done; ``evidence_sha`` is the SHA-256 of a file kept elsewhere."""

    matter_id: str
    result: str
    evidence_sha: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterExcused:
    """It will not be done, for a reason that stands in the log."""

    matter_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterMoved:
    """Its day was changed."""

    matter_id: str
    due: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionChecked:
    """One condition for ending the response, as printed, was looked at."""

    plan_id: str
    condition: str
    answer: ConditionAnswer
    evidence: str
    evidence_sha: str = ""
    source: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndOverridden:
    """The response is ended although conditions are not shown to be met: which, and why all the same."""

    plan_id: str
    proposal_id: str
    unmet: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectiveContinued:
    """An order goes on when the response ends (逐步停止)."""

    directive_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyDissolved:
    """A work group or the headquarters on the scene was dissolved (撤销)."""

    name: str
    plan_id: str | None = None
    on_scene: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsTaken:
    """Goods were requisitioned (征用). ``owner_ref`` is a row apart; ``owner_kind`` says body or person."""

    goods_id: str
    receipt: str
    what: str
    quantity: str
    owner_kind: str
    owner_ref: str
    value_cny: Decimal | None = None
    use: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsReturned:
    """They went back to the owner."""

    goods_id: str
    state: GoodsState
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompensationSet:
    """What the owner is due; 0 with a reason: nothing."""

    goods_id: str
    amount_cny: Decimal
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompensationPaid:
    """It was paid; ``voucher`` the number of the payment."""

    goods_id: str
    amount_cny: Decimal
    voucher: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseArchived:
    """The case was closed (结案归档); ``lessons`` in words, ``open_goods`` requisitions still open then."""

    lessons: str
    open_goods: int = 0
    open_matters: int = 0


AftermathEvent = (
    MatterOpened
    | MatterDone
    | MatterExcused
    | MatterMoved
    | ConditionChecked
    | EndOverridden
    | DirectiveContinued
    | BodyDissolved
    | GoodsTaken
    | GoodsReturned
    | CompensationSet
    | CompensationPaid
    | CaseArchived
)
