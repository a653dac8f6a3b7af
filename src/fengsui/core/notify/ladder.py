"""The ladder of channels (通知阶梯): who has not acknowledged is reached by the next means.

The page inside Fengsui stands first and always; the steps are what follows while nobody acknowledges. A step
names a means (短信, 语音, …), not a gateway: two gateways of one means stand in for each other. A means that
is out of order is used and not waited for; one that is not there is passed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum


class Means(StrEnum):
    """How a notice reaches somebody."""

    INTERNAL = "internal"  # 站内
    SMS = "sms"  # 短信
    VOICE = "voice"  # 语音电话
    EMAIL = "email"  # 电子邮件
    WECOM = "wecom"  # 企业微信群
    DINGTALK = "dingtalk"  # 钉钉群
    FEISHU = "feishu"  # 飞书群
    CALL_LIST = "call_list"  # 电话通知单


GROUPS = frozenset({Means.WECOM, Means.DINGTALK, Means.FEISHU})
"""Means that post to a group: once an event, whoever it is for."""

INSIDE = frozenset({Means.INTERNAL, Means.CALL_LIST})
"""Means that send nothing out of the house."""

NEVER_QUIET = frozenset(
    {"activated", "level_changed", "withdrawal", "rescuers_overdue", "suspended", "red_warning"}
    | {"proposed", "passed_on", "unanswered", "command_offered"}
)
"""Kinds that are never held back: activation and its changes, withdrawal and safety of rescuers, red
warnings, and what waits for a decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A means, and how long after the step before it is used unless somebody acknowledged."""

    means: Means
    after: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What is done for one kind of message. ``low``: at night it waits for whoever is off duty.

    ``groups`` are further recipients: ids of groups of posts.
    """

    kind: str
    steps: tuple[Step, ...]
    low: bool = False
    groups: tuple[str, ...] = ()

    @property
    def may_wait(self) -> bool:
        """Whether quiet hours count; never for the kinds of ``NEVER_QUIET``, whatever the data says."""
        return self.low and self.kind not in NEVER_QUIET


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """From when to when nobody off duty is disturbed, in the time of the place; may run over midnight."""

    starts: time
    ends: time

    def until(self, local: datetime) -> datetime | None:
        """When the quiet ends that holds at ``local``; None outside quiet hours."""
        clock = local.time().replace(tzinfo=None)
        over_midnight = self.starts > self.ends
        inside = (
            clock >= self.starts or clock < self.ends if over_midnight else self.starts <= clock < self.ends
        )
        if not inside:
            return None
        end = local.replace(
            hour=self.ends.hour, minute=self.ends.minute, second=self.ends.second, microsecond=0
        )
        return end if end > local else end + timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A gateway of one means; ``down``: it does not answer now."""

    channel: str
    down: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Climb:
    """What to do now: gateways to use, the step that comes next and when (None: the ladder ends).

    ``held``: nothing was used because it is night and the matter can wait.
    """

    use: tuple[tuple[Means, str], ...]
    step: int
    next_at: datetime | None
    held: bool = False


def climb(
    rule: Rule,
    step: int,
    now: datetime,
    *,
    gates: Mapping[Means, tuple[Gate, ...]],
    quiet_until: datetime | None = None,
    skip: frozenset[Means] = frozenset(),
) -> Climb:
    """The next rung for a notice that nobody acknowledged and that stands before ``step``.

    ``quiet_until`` is set when the recipient is off duty and it is night; ``skip`` are means the recipient
    does not want, which counts only for kinds that may wait.
    """
    use: list[tuple[Means, str]] = []
    reached, begun_at = False, step
    while step < len(rule.steps):
        rung = rule.steps[step]
        if reached and rung.after:
            return Climb(use=tuple(use), step=step, next_at=now + rung.after)
        if rule.may_wait and quiet_until is not None and rung.means not in INSIDE:
            return Climb(use=tuple(use), step=step, next_at=quiet_until, held=not use)
        if rung.means is Means.CALL_LIST and not use and step > begun_at and rung.after:
            # Nothing but the page so far: people get their time to look at it before anybody telephones.
            return Climb(use=(), step=step, next_at=now + rung.after)
        step += 1
        gate = _gate(rung.means, gates)
        if gate is None or (rule.may_wait and rung.means in skip):
            continue
        use.append((rung.means, gate.channel))
        reached = reached or not gate.down
    return Climb(use=tuple(use), step=step, next_at=None)


def _gate(means: Means, gates: Mapping[Means, tuple[Gate, ...]]) -> Gate | None:
    """The first gateway that answers, else the first there is: it may come back."""
    if means in INSIDE:
        return Gate(channel=means.value)
    found = gates.get(means, ())
    return next((gate for gate in found if not gate.down), found[0] if found else None)


def _steps(*pairs: tuple[Means, int]) -> tuple[Step, ...]:
    return tuple(Step(means=means, after=timedelta(seconds=seconds)) for means, seconds in pairs)


_AT_ONCE = _steps(
    (Means.WECOM, 0),
    (Means.DINGTALK, 0),
    (Means.FEISHU, 0),
    (Means.EMAIL, 0),
    (Means.SMS, 0),
    (Means.VOICE, 120),
    (Means.CALL_LIST, 180),
)
_URGENT = _steps((Means.SMS, 0), (Means.VOICE, 120), (Means.CALL_LIST, 180))
_SOON = _steps((Means.SMS, 120), (Means.EMAIL, 0), (Means.VOICE, 180), (Means.CALL_LIST, 300))
_LATER = _steps((Means.EMAIL, 600), (Means.SMS, 1200))

_GRAVE = ("activated", "level_changed", "withdrawal", "rescuers_overdue", "suspended", "red_warning")
_ASKED = (
    *("proposed", "passed_on", "unanswered", "command_offered", "consulted"),
    *("overdue", "help", "escalated"),
)
_WORDS = ("statement_waiting", "statement_returned")
"""Words for the public wait for two people: the page and a text message first, then a call."""
_ORDERS = (
    *("directive", "directive_withdrawn", "released", "resumed", "assigned", "staffed"),
    *("questioned", "unit_asked", "declined", "upper_followed", "help_answered", "report"),
)
_TOLD = (
    *("terminated", "approved", "refused", "answered", "done", "reminder", "unit_answered", "tap_undone"),
    *("concluded", "command_taken", "command_declined", "matter_given"),
)

DEFAULTS: dict[str, Rule] = {
    kind: Rule(kind=kind, steps=steps, low=low)
    for kinds, steps, low in (
        (_GRAVE, _AT_ONCE, False),
        (_ASKED, _URGENT, False),
        (_ORDERS, _SOON, False),
        (_WORDS, _SOON, False),
        (_TOLD, _LATER, True),
    )
    for kind in kinds
}
"""The ladders of a new installation; the office changes them as data."""

OTHER = Rule(kind="other", steps=_SOON)
"""For a kind nobody has made a rule for: better once too often than not at all."""


def rule_for(kind: str, own: Mapping[str, Rule]) -> Rule:
    """The rule of the office for ``kind``, else that of a new installation, else the general one."""
    found = own.get(kind) or DEFAULTS.get(kind) or own.get("other") or OTHER
    return Rule(kind=kind, steps=found.steps, low=found.low, groups=found.groups)
