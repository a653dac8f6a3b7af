"""Calls (来电): one inbox whatever brought them; open, join, close with a reason, split.

A call becomes part of an incident by an event in its stream that holds the id of the call; words and caller
stay in tables that can be sealed or erased.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from fengsui.application import access, incidents
from fengsui.application.access import Action
from fengsui.application.commit import Outcome, already_done, change, load
from fengsui.application.desk import Actor
from fengsui.application.report_intake import facts_of
from fengsui.application.watch_ports import (
    CallDesk,
    CallRecord,
    CallState,
    Dismissal,
    KnownIncident,
    Means,
)
from fengsui.core.errors import InputError, Refusal
from fengsui.core.response.decisions import watch
from fengsui.core.response.decisions.record import Call, Reported
from fengsui.core.response.decisions.scene import check_instant, check_text
from fengsui.core.response.decisions.watch import Split, TakenCall
from fengsui.core.response.likeness import WINDOW, Likeness, Told, likeness

LONGEST_TEXT = 4000
PUBLIC_WINDOW = timedelta(minutes=10)
PUBLIC_EACH, PUBLIC_ALL = 3, 60
"""Reports on the public form within ten minutes: from one place, and from all together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A call as it came in; nothing is compulsory but what brought it."""

    means: Means
    text: str = ""
    place: str = ""
    place_code: str = ""
    received_at: datetime | None = None
    source: str = ""
    source_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """An open incident that a report may be about, with the reasons."""

    incident: KnownIncident
    likeness: Likeness


def take_call(
    watch_desk: CallDesk,
    actor: Actor,
    given: Received,
    *,
    caller: Mapping[str, Any] | None = None,
    call_id: str | None = None,
) -> CallRecord:
    """Save what an officer heard or holds in hand; the same ``call_id`` twice is one call."""
    access.require(actor, Action.TAKE_CALL, given.place_code or None)
    desk = watch_desk.desk
    with desk.transactions.begin():
        known = watch_desk.calls.get(call_id) if call_id else None
        if known is not None:
            return known
        taken = _keep(watch_desk, given, caller, by=actor.post_id, call_id=call_id)
        desk.drafts.clear(actor.post_id)
        return taken


def receive_call(
    watch_desk: CallDesk, given: Received, *, caller: Mapping[str, Any] | None = None
) -> CallRecord:
    """A call that nobody took by hand: a gateway's. The same ``source_key`` twice is one call."""
    with watch_desk.desk.transactions.begin():
        return _keep(watch_desk, given, caller, by="")


def receive_public(
    watch_desk: CallDesk, given: Received, *, caller: Mapping[str, Any] | None = None
) -> CallRecord:
    """A report on the public form. Raises Refusal("public_too_many") beyond the limit."""
    check_text(given.text, "what")
    since = watch_desk.desk.clock.now() - PUBLIC_WINDOW
    with watch_desk.desk.transactions.begin():
        if watch_desk.calls.count_since(Means.WEB, given.source, since) >= PUBLIC_EACH:
            raise Refusal("public_too_many", minutes=10)
        if watch_desk.calls.count_since(Means.WEB, None, since) >= PUBLIC_ALL:
            raise Refusal("public_too_many", minutes=10)
        return _keep(watch_desk, replace(given, means=Means.WEB), caller, by="")


def _keep(
    watch_desk: CallDesk,
    given: Received,
    caller: Mapping[str, Any] | None,
    *,
    by: str,
    call_id: str | None = None,
) -> CallRecord:
    desk = watch_desk.desk
    if given.means is Means.REPORT:
        raise InputError("report_not_by_hand")
    now = desk.clock.now()
    received = given.received_at or now
    check_instant(received, now, "received_at")
    if given.place_code and not given.place_code.isdigit():
        raise InputError("place_code_wrong", place_code=given.place_code)
    call_id = call_id or desk.ids.new()
    named = {key: str(value)[:200] for key, value in (caller or {}).items() if str(value).strip()}
    record = CallRecord(
        call_id=call_id,
        means=given.means,
        received_at=received,
        taken_at=now,
        taken_by=by,
        text=given.text.strip()[:LONGEST_TEXT],
        place=given.place.strip()[:300],
        place_code=given.place_code,
        exercise=desk.exercise,
        source=given.source,
        source_key=given.source_key,
    )
    kept = watch_desk.calls.add(record)
    if kept.call_id != call_id or not named:
        return kept
    with_caller = replace(kept, caller_ref=desk.personal.keep(named, about=f"call/{call_id}"))
    watch_desk.calls.change(with_caller, CallState.WAITING)
    return with_caller


def alike(watch_desk: CallDesk, area: str, told: Told, *, exclude: str = "", limit: int = 4) -> list[Alike]:
    """Open incidents that ``told`` may be about, the likeliest first, each with its reasons."""
    found: list[Alike] = []
    for incident in watch_desk.calls.known(area, told.at - 2 * WINDOW):
        if incident.incident_id == exclude:
            continue
        likest = [like for each in incident.told if (like := likeness(told, each)) is not None]
        if likest:
            found.append(Alike(incident=incident, likeness=max(likest, key=lambda item: item.points)))
    return sorted(found, key=lambda item: -item.likeness.points)[:limit]


def call_of(watch_desk: CallDesk, actor: Actor, call_id: str) -> CallRecord:
    """One call that this post may see. Raises InputError("call_unknown")."""
    access.require(actor, Action.SEE_CALLS)
    call = watch_desk.calls.get(call_id)
    if call is None:
        raise InputError("call_unknown", call=call_id)
    access.require(actor, Action.SEE_CALLS, call.place_code or None)
    return call


def _waiting(watch_desk: CallDesk, actor: Actor, call_id: str) -> CallRecord:
    call = call_of(watch_desk, actor, call_id)
    access.require(actor, Action.TAKE_CALL, call.place_code or None)
    return call


def open_from_call(
    watch_desk: CallDesk,
    actor: Actor,
    call_id: str,
    opening: Call,
    *,
    plans: Sequence[tuple[str, str]] = (),
    facts: Sequence[Reported] = (),
    command_id: str | None = None,
) -> Outcome:
    """A new incident from a call. It was learned of when the call was received, whenever it is opened."""
    desk = watch_desk.desk
    with desk.transactions.begin():
        done = already_done(desk, command_id)
        if done is not None:
            return done
        call = _waiting(watch_desk, actor, call_id)
        opening = replace(opening, learned_at=call.received_at, caller_ref=call.caller_ref or None)
        facts = (*facts, *_figures_of(watch_desk, call))
        outcome = incidents.open_incident(
            desk, actor, opening, plans=plans, facts=facts, command_id=command_id
        )
        return _link(watch_desk, actor, call, outcome.incident_id, CallState.OPENED, "")


def join_call(watch_desk: CallDesk, actor: Actor, call_id: str, incident_id: str, why: str = "") -> Outcome:
    """The call is about an incident that runs. Raises Conflict when the call was settled meanwhile."""
    with watch_desk.desk.transactions.begin():
        call = _waiting(watch_desk, actor, call_id)
        return _link(watch_desk, actor, call, incident_id, CallState.JOINED, why)


def _link(
    watch_desk: CallDesk, actor: Actor, call: CallRecord, incident_id: str, state: CallState, why: str
) -> Outcome:
    desk = watch_desk.desk
    taken = TakenCall(call_id=call.call_id, means=call.means.value, received_at=call.received_at)
    settled = replace(
        call,
        state=state,
        incident_id=incident_id,
        reason=why.strip(),
        settled_at=desk.clock.now(),
        settled_by=actor.post_id,
    )
    watch_desk.calls.change(settled, CallState.WAITING)
    outcome = change(
        desk, actor, incident_id, Action.TAKE_CALL, lambda scene: watch.join_call(taken, why, scene)
    )
    if call.means is Means.REPORT:
        _signed(watch_desk, actor, call, incident_id, why)
    return outcome


def _figures_of(watch_desk: CallDesk, call: CallRecord) -> tuple[Reported, ...]:
    """What a report says in figures, with who said it; other calls say nothing of that kind."""
    if call.means is not Means.REPORT or watch_desk.received is None:
        return ()
    report = watch_desk.received.one(call.call_id)
    return facts_of(report, watch_desk.sender_of(report.peer))


def _signed(watch_desk: CallDesk, actor: Actor, call: CallRecord, incident_id: str, why: str) -> None:
    """Who deals with a report has signed for it; what else its sender said of the incident comes along."""
    if watch_desk.received is not None:
        watch_desk.received.sign(call.call_id, actor.post_id, watch_desk.desk.clock.now())
    for other in watch_desk.calls.of_source(Means.REPORT, call.source):
        if other.state is CallState.WAITING:
            _link(watch_desk, actor, other, incident_id, CallState.JOINED, why)


def dismiss_call(
    watch_desk: CallDesk, actor: Actor, call_id: str, dismissed_as: Dismissal, reason: str
) -> CallRecord:
    """Nothing comes of the call: false alarm, not ours, or an exercise, with the reason."""
    desk = watch_desk.desk
    with desk.transactions.begin():
        call = _waiting(watch_desk, actor, call_id)
        settled = replace(
            call,
            state=CallState.DISMISSED,
            dismissed_as=dismissed_as.value,
            reason=check_text(reason, "reason"),
            settled_at=desk.clock.now(),
            settled_by=actor.post_id,
        )
        watch_desk.calls.change(settled, CallState.WAITING)
        return settled


def restore_call(watch_desk: CallDesk, actor: Actor, call_id: str) -> CallRecord:
    """A call closed by mistake waits again."""
    with watch_desk.desk.transactions.begin():
        call = _waiting(watch_desk, actor, call_id)
        again = replace(
            call,
            state=CallState.WAITING,
            dismissed_as="",
            reason="",
            settled_at=None,
            settled_by="",
        )
        watch_desk.calls.change(again, CallState.DISMISSED)
        return again


def split_incident(
    watch_desk: CallDesk,
    actor: Actor,
    incident_id: str,
    opening: Call,
    call_ids: Sequence[str],
    reason: str,
    *,
    plans: Sequence[tuple[str, str]] = (),
    command_id: str | None = None,
) -> Outcome:
    """Part of an incident becomes one of its own; returns the new one. Nothing recorded is lost.

    The new incident was learned of when the earliest of its calls was received; without calls of its own,
    when the first was.
    """
    desk = watch_desk.desk
    with desk.transactions.begin():
        done = already_done(desk, command_id)
        if done is not None:
            return done
        moved = [call_of(watch_desk, actor, call_id) for call_id in call_ids]
        before = load(desk, incident_id)
        learned = min((call.received_at for call in moved), default=before.opened.learned_at)
        opening = replace(opening, learned_at=learned, exercise=before.opened.exercise)
        new = incidents.open_incident(desk, actor, opening, plans=plans, command_id=command_id)
        order = Split(
            into=new.incident_id,
            title=new.incident.opened.title,
            call_ids=tuple(call_ids),
            reason=reason,
        )
        change(desk, actor, incident_id, Action.SPLIT_INCIDENT, lambda scene: watch.split(order, scene))
        outcome = change(
            desk,
            actor,
            new.incident_id,
            Action.SPLIT_INCIDENT,
            lambda scene: (
                watch.split_from(order, before),
                *(event for call in moved for event in watch.join_call(_taken(call), reason, scene)),
            ),
        )
        for call in moved:
            watch_desk.calls.change(
                replace(call, incident_id=new.incident_id, reason=reason.strip()), call.state
            )
        return outcome


def _taken(call: CallRecord) -> TakenCall:
    return TakenCall(call_id=call.call_id, means=call.means.value, received_at=call.received_at)


def caller_of(watch_desk: CallDesk, actor: Actor, call_id: str, why: str) -> dict[str, Any]:
    """Who called (personal data); who read it, and why, is kept."""
    call = call_of(watch_desk, actor, call_id)
    access.require(actor, Action.SEE_PERSONAL, call.place_code or None)
    if not call.caller_ref:
        return {}
    return watch_desk.desk.personal.read(
        call.caller_ref, by=actor.post_id, person=actor.person_id, why=check_text(why, "why")
    )
