"""Who may start, change and end (启动、调整、终止权限), and who stands where (组织体系)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fengsui.core.citation import Citation
from fengsui.core.plan.level import AnyLevel, LadderKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivationAuthority:
    """Who decides on one level (启动权限); ``level`` None: the sentence speaks of any level.

    ``authority`` is the body or person as printed ("昌吉州人民政府或者自治区有关部门"), ``proposer``
    who proposes, ``approver`` who signs where that is a third, ``report_to`` who is told afterwards.
    ``delegated``: left by the plan to somebody else (由省级…确定). ``conditions``: what must hold, as
    printed, where the plan says it beside the power and has no levels to say it.
    """

    kind: LadderKind
    level: AnyLevel | None
    authority: str
    proposer: str | None = None
    approver: str | None = None
    report_to: tuple[str, ...] = ()
    hazard: str | None = None
    delegated: bool = False
    conditions: tuple[str, ...] = ()
    source: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Termination:
    """Who ends the response, on whose proposal, and when it may end (响应终止)."""

    authority: str | None
    proposer: str | None = None
    level: AnyLevel | None = None
    conditions: tuple[str, ...] = ()
    source: Citation


class Direction(StrEnum):
    """Which way a level may be changed."""

    UP = "up"
    DOWN = "down"
    EITHER = "either"


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelChange:
    """Who raises or lowers a level (响应调整、升级、降级), or adapts what it takes to reach one.

    ``authority`` decides, None where the plan names nobody; it may be a pointer (原发布机关). ``level`` is
    the one in force that is changed, None for any. ``of_conditions``: not the level is changed but the
    conditions of starting it (启动条件可酌情调整). ``conditions`` as printed.
    """

    direction: Direction
    kind: LadderKind
    authority: str | None = None
    proposer: str | None = None
    level: AnyLevel | None = None
    of_conditions: bool = False
    conditions: tuple[str, ...] = ()
    source: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Headquarters:
    """The command body of the plan (指挥部) with its posts, as printed."""

    name: str
    aliases: tuple[str, ...] = ()
    commander: str | None = None
    deputies: tuple[str, ...] = ()
    office: str | None = None
    office_director: str | None = None
    source: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanUnit:
    """A member body (成员单位) as the plan names it; ``member`` False: it has duties but is not listed."""

    name: str
    aliases: tuple[str, ...] = ()
    member: bool = True
    source: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkGroup:
    """A work group (工作组): lead, members and duties as printed. ``out_of_scope``: shown, never run."""

    name: str
    lead: str | None = None
    coordinator: str | None = None
    members: tuple[str, ...] = ()
    duties: str = ""
    out_of_scope: bool = False
    source: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A duty of one unit (职责), whatever the level. ``out_of_scope``: shown as text, never executed."""

    unit: str
    text: str
    out_of_scope: bool = False
    source: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A step the plan prescribes in a response (响应措施).

    ``levels`` the response levels it belongs to (empty: any), ``who`` the unit, post or group that
    acts as printed (None: the plan names nobody). ``out_of_scope``: shown as text, never executed.
    """

    text: str
    who: str | None = None
    levels: tuple[AnyLevel, ...] = ()
    hazard: str | None = None
    out_of_scope: bool = False
    source: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A telephone line printed in the plan (联系方式)."""

    unit: str
    post: str | None
    phone: str
    source: Citation
