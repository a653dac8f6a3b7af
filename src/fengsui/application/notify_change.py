"""Setting up notification: gateways and the options that count for all need two people; ladders, groups and
a post's own wishes one, with an audit line.

A wrong gateway means that nobody comes, and a wrong address in the links leads people astray: so one person
asks, another one approves, and until then everything stays as it is. Secrets go in and never come out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any, Protocol
from urllib.parse import urlsplit

from fengsui.application import access
from fengsui.application.access import Action
from fengsui.application.desk import Actor
from fengsui.application.notify_fields import checked
from fengsui.application.wording import LANGUAGES, word
from fengsui.core.errors import InputError, Refusal
from fengsui.core.notify.ladder import INSIDE, NEVER_QUIET, Means, Rule, Step
from fengsui.core.response.alarms import stages_left
from fengsui.core.response.events import DirectiveIssued
from fengsui.core.response.events_dispatch import Phase
from fengsui.core.response.incident import DirectiveState
from fengsui.core.response.waits import NAMES, Waits, read_waits

LONGEST_WAIT_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who acts: the post, and the person behind it, so that two posts of one person are not two people."""

    actor: Actor
    person_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change that waits for a second person; ``after`` holds secrets sealed only."""

    change_id: str
    key: str
    after: Mapping[str, Any]
    reason: str
    asked_by: str
    asked_by_person: str
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelDraft:
    """A gateway as typed. ``channel`` "" for a new one."""

    channel: str
    means: Means
    name: str
    enabled: bool
    parallel: int
    given: Mapping[str, str] = field(repr=False)


class SetupStore(Protocol):
    """Writing what is set up."""

    def secret_names(self, channel: str) -> frozenset[str]:
        """Which secrets of a gateway are kept; never their values."""
        ...

    def seal(self, secrets: Mapping[str, str]) -> str: ...

    def ask(
        self, key: str, after: Mapping[str, Any], reason: str, by: str, person: str, now: datetime
    ) -> str:
        """Write a change that waits; its id."""
        ...

    def waiting(self, change_id: str) -> Change | None: ...

    def decide(self, change_id: str, by: str, person: str, now: datetime, *, approve: bool) -> None:
        """Settle a change and, approved, carry it out: in one transaction."""
        ...

    def waits(self) -> Waits:
        """The waits that hold now."""
        ...

    def save_rule(self, rule: Rule, by: str) -> None: ...

    def save_group(self, group_id: str, name: str, posts: Sequence[str], by: str) -> str: ...

    def save_wish(self, post_id: str, skip: frozenset[Means], by: str) -> None: ...


def ask_channel(store: SetupStore, who: Person, draft: ChannelDraft, reason: str, now: datetime) -> str:
    """Ask for a gateway to be added or changed. Raises InputError, Refusal; nothing changes yet."""
    access.require(who.actor, Action.MANAGE_CHANNELS)
    if not draft.name.strip():
        raise InputError("text_missing", field=word("notify_field", "name"))
    kept = dict.fromkeys(store.secret_names(draft.channel) if draft.channel else (), "")
    shown = {name: "kept" for name in kept}
    settings, secrets = checked(draft.means, draft.given, shown)
    fresh = {name: value for name, value in secrets.items() if value != "kept" or name not in kept}
    after = {
        "what": "channel",
        "means": draft.means.value,
        "name": draft.name.strip()[:100],
        "enabled": draft.enabled,
        "parallel": min(max(draft.parallel, 1), 8),
        "settings": settings,
        "sealed": store.seal(fresh),
        "secrets": sorted(fresh),
    }
    return store.ask(draft.channel, after, reason.strip()[:300], who.actor.post_id, who.person_id, now)


def ask_options(store: SetupStore, who: Person, given: Mapping[str, str], reason: str, now: datetime) -> str:
    """Ask for options that count for all notices. Raises InputError, Refusal."""
    access.require(who.actor, Action.MANAGE_CHANNELS)
    base = given.get("base_url", "").strip()
    if base:
        parts = urlsplit(base)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise InputError("channel_url_wrong")
    weekday = given.get("test_all_weekday", "")
    data = {
        "base_url": base,
        "quiet_from": _clock(given, "quiet_from"),
        "quiet_to": _clock(given, "quiet_to"),
        "test_at": _clock(given, "test_at"),
        "link_hours": _number(given, "link_hours", 1, 24 * 14),
        "test_all_weekday": int(weekday) if weekday in tuple("0123456") else None,
        "signature": given.get("signature", "").strip()[:40],
    }
    after = {"what": "options", "data": data}
    return store.ask("options", after, reason.strip()[:300], who.actor.post_id, who.person_id, now)


def ask_waits(store: SetupStore, who: Person, given: Mapping[str, str], reason: str, now: datetime) -> str:
    """Ask for other waits before reminders and before orders go up. Raises InputError, Refusal."""
    access.require(who.actor, Action.MANAGE_CHANNELS)
    try:
        waits = read_waits({name: given.get(name, "") for name in NAMES})
    except InputError as problem:
        raise InputError(problem.code, **_waits_in_words(problem)) from None
    before = store.waits()
    if waits == before:
        raise InputError("waits_same")
    after = {"what": "waits", "data": asdict(waits), "before": asdict(before)}
    return store.ask("waits", after, reason.strip()[:300], who.actor.post_id, who.person_id, now)


def waits_come_to(waits: Waits, limit: timedelta | None) -> tuple[timedelta, ...]:
    """When each rung is told of an order with this limit that nobody takes, for people to see."""
    given = datetime(2000, 1, 1, tzinfo=UTC)
    issued = DirectiveIssued(
        directive_id="", to=(), to_name="", text="", due=None if limit is None else given + limit
    )
    state = DirectiveState(issued=issued, by="", at=given, waits=waits)
    return tuple(stage.wait for stage in stages_left(state, Phase.UNACCEPTED))


def _waits_in_words(problem: InputError) -> dict[str, Any]:
    """What is told of a wait, its names in words."""
    told: dict[str, Any] = dict(problem.data)
    for key in ("wait", "before"):
        for language in LANGUAGES:
            told[f"{key}_{language}"] = word("wait", str(told.get(key, "")), language)
    return told


def decide_change(store: SetupStore, who: Person, change_id: str, now: datetime, *, approve: bool) -> None:
    """A second person approves or refuses. Raises InputError("change_unknown"), Refusal("second_person")."""
    access.require(who.actor, Action.APPROVE_CHANNEL)
    change = store.waiting(change_id)
    if change is None:
        raise InputError("change_unknown")
    require_second(change, who, approve=approve)
    store.decide(change_id, who.actor.post_id, who.person_id, now, approve=approve)


def require_second(change: Change, who: Person, *, approve: bool) -> None:
    """Whoever asked may take it back and may not approve it, in whatever post."""
    same = who.person_id == change.asked_by_person or who.actor.post_id == change.asked_by
    if approve and same:
        raise Refusal("second_person")


def save_rule(
    store: SetupStore,
    actor: Actor,
    kind: str,
    steps: Sequence[tuple[str, int]],
    *,
    low: bool,
    groups: Sequence[str],
) -> None:
    """Change the ladder of one kind of message. Raises InputError, Refusal."""
    access.require(actor, Action.MANAGE_CHANNELS)
    if low and kind in NEVER_QUIET:
        raise Refusal(
            "never_quiet", kind_zh=word("notice_kind", kind), kind_en=word("notice_kind", kind, "en")
        )
    made = tuple(_step(means, seconds) for means, seconds in steps)
    if not low and not any(step.means not in INSIDE or step.means is Means.CALL_LIST for step in made):
        raise InputError("ladder_empty")
    store.save_rule(Rule(kind=kind, steps=made, low=low, groups=tuple(groups)), actor.post_id)


def _step(means: str, seconds: int) -> Step:
    if means not in {item.value for item in Means} or means == Means.INTERNAL:
        raise InputError("means_unknown")
    if not 0 <= seconds <= LONGEST_WAIT_SECONDS:
        raise InputError("ladder_wait_wrong")
    return Step(means=Means(means), after=timedelta(seconds=seconds))


def save_group(store: SetupStore, actor: Actor, group_id: str, name: str, posts: Sequence[str]) -> str:
    """Keep a group of posts; its id. Raises InputError, Refusal."""
    access.require(actor, Action.MANAGE_CHANNELS)
    if not name.strip():
        raise InputError("text_missing", field=word("notify_field", "group"))
    return store.save_group(group_id, name.strip()[:100], tuple(dict.fromkeys(posts)), actor.post_id)


def save_wish(store: SetupStore, actor: Actor, skip: Sequence[str]) -> None:
    """What this post does not want for what can wait; urgent matters come by every means all the same."""
    known = {item.value for item in Means if item not in INSIDE}
    store.save_wish(actor.post_id, frozenset(Means(name) for name in skip if name in known), actor.post_id)


def _clock(given: Mapping[str, str], name: str) -> str:
    try:
        return time.fromisoformat(given.get(name, "").strip()).strftime("%H:%M")
    except ValueError:
        raise InputError("clock_unreadable", **_named(name)) from None


def _number(given: Mapping[str, str], name: str, low: int, high: int) -> int:
    text = given.get(name, "").strip()
    if not text.isdigit() or not low <= int(text) <= high:
        raise InputError("channel_number_wrong", low=low, high=high, **_named(name))
    return int(text)


def _named(name: str) -> dict[str, str]:
    return {f"field_{language}": word("notify_field", name, language) for language in LANGUAGES}
