"""How a record changes the directives: the fold of everything that may become of an order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from fengsui.core.response import events as ev
from fengsui.core.response import events_dispatch as dv
from fengsui.core.response.dependencies import unsettled
from fengsui.core.response.events import Recorded
from fengsui.core.response.incident import DirectiveState, DirectiveStatus, Incident, Said
from fengsui.core.response.state_dispatch import Climb, Handling, HelpReply, LastTap, Remark

Changes = dict[str, Any]


def _put(incident: Incident, directive_id: str, state: DirectiveState) -> Changes:
    return {"directives": {**incident.directives, directive_id: state}}


def _remark(kind: str, text: str, recorded: Recorded) -> Remark:
    return Remark(kind=kind, text=text, at=recorded.at, by=recorded.by)


def _tapped(state: DirectiveState, tap: dv.Tap, recorded: Recorded, **changes: Any) -> DirectiveState:
    """``state`` after the unit did something; how it was before is kept for taking it back."""
    last = state.handling.last
    together = last is not None and last.at == recorded.at and last.by == recorded.by
    before = last.before if last is not None and together else _forgotten(state)
    handling = changes.pop("handling", state.handling)
    kept = LastTap(tap=tap, at=recorded.at, by=recorded.by, before=before)
    return replace(state, **changes, handling=replace(handling, last=kept))


def _forgotten(state: DirectiveState) -> DirectiveState:
    return replace(state, handling=replace(state.handling, last=None))


def _handled(incident: Incident, directive_id: str, **changes: Any) -> Changes:
    """A change of the handling that was not a tap of the unit: nothing can be taken back after it."""
    state = incident.directives[directive_id]
    changes.setdefault("last", None)
    return _put(incident, directive_id, replace(state, handling=replace(state.handling, **changes)))


def _issued(incident: Incident, recorded: Recorded, event: ev.DirectiveIssued) -> Changes:
    waits = bool(unsettled(incident.directives, event.after))
    handling = Handling(after=event.after, waiting=waits)
    state = DirectiveState(
        issued=event, by=recorded.by, at=recorded.at, handling=handling, waits=incident.order_waits
    )
    directives = {**incident.directives, event.directive_id: state}
    old = directives.get(event.replaces) if event.replaces else None
    if event.replaces and old is not None:
        replaced = replace(old.handling, replaced_by=event.directive_id, last=None)
        directives[event.replaces] = replace(old, handling=replaced)
    return {"directives": directives}


def _accepted(incident: Incident, recorded: Recorded, event: ev.DirectiveAccepted) -> Changes:
    state = incident.directives[event.directive_id]
    changed = _tapped(
        state,
        dv.Tap.ACCEPTED,
        recorded,
        status=DirectiveStatus.ACCEPTED,
        accepted_at=recorded.at,
        accepted_by=recorded.by,
    )
    return _put(incident, event.directive_id, changed)


def _done(incident: Incident, recorded: Recorded, event: ev.DirectiveDone) -> Changes:
    state = incident.directives[event.directive_id]
    changed = _tapped(
        state,
        dv.Tap.DONE,
        recorded,
        status=DirectiveStatus.DONE,
        done_at=recorded.at,
        result=event.result,
        handling=replace(state.handling, done=event),
    )
    return _put(incident, event.directive_id, changed)


def _declined(incident: Incident, recorded: Recorded, event: dv.DirectiveDeclined) -> Changes:
    state = incident.directives[event.directive_id]
    handling = replace(state.handling, declined=_remark("declined", event.reason, recorded))
    changed = _tapped(state, dv.Tap.DECLINED, recorded, status=DirectiveStatus.DECLINED, handling=handling)
    return _put(incident, event.directive_id, changed)


def _help(incident: Incident, recorded: Recorded, event: ev.HelpAsked) -> Changes:
    state = incident.directives[event.directive_id]
    said = Said(kind="help", text=event.text, at=recorded.at, by=recorded.by)
    changed = _tapped(state, dv.Tap.HELP, recorded, help=(*state.help, said))
    return _put(incident, event.directive_id, changed)


def _questioned(incident: Incident, recorded: Recorded, event: dv.DirectiveQuestioned) -> Changes:
    state = incident.directives[event.directive_id]
    asked = _remark("question", event.question, recorded)
    handling = replace(state.handling, exchange=(*state.handling.exchange, asked))
    return _put(incident, event.directive_id, _tapped(state, dv.Tap.QUESTION, recorded, handling=handling))


def _answered(incident: Incident, recorded: Recorded, event: dv.DirectiveAnswered) -> Changes:
    answer = _remark("answer", event.answer, recorded)
    exchange = (*incident.directives[event.directive_id].handling.exchange, answer)
    return _handled(incident, event.directive_id, exchange=exchange)


def _help_answered(incident: Incident, recorded: Recorded, event: dv.HelpAnswered) -> Changes:
    reply = HelpReply(text=event.answer, orders=event.by_directive, at=recorded.at, by=recorded.by)
    replies = (*incident.directives[event.directive_id].handling.replies, reply)
    return _handled(incident, event.directive_id, replies=replies)


def _withdrawn(incident: Incident, _recorded: Recorded, event: ev.DirectiveWithdrawn) -> Changes:
    state = replace(
        _forgotten(incident.directives[event.directive_id]),
        status=DirectiveStatus.WITHDRAWN,
        withdrawn_reason=event.reason,
    )
    return _put(incident, event.directive_id, state)


def _undone(incident: Incident, _recorded: Recorded, event: dv.TapUndone) -> Changes:
    now = incident.directives[event.directive_id].handling
    if now.last is None:
        return {}
    # What the timer did meanwhile stays: people were told.
    before = now.last.before
    handling = replace(before.handling, climbs=now.climbs, reminded_at=now.reminded_at)
    return _put(incident, event.directive_id, replace(before, handling=handling))


def _linked(incident: Incident, _recorded: Recorded, event: dv.DirectiveLinked) -> Changes:
    state = incident.directives[event.directive_id]
    waits = state.handling.waiting or bool(unsettled(incident.directives, event.after))
    return _handled(incident, event.directive_id, after=event.after, waiting=waits)


def _released(incident: Incident, recorded: Recorded, event: dv.DirectiveReleased) -> Changes:
    return _handled(incident, event.directive_id, waiting=False, released_at=recorded.at, due=event.due)


def _held(incident: Incident, _recorded: Recorded, event: dv.DirectiveHeld) -> Changes:
    return _handled(incident, event.directive_id, waiting=True, released_at=None, due=None)


def _reminded(incident: Incident, recorded: Recorded, event: dv.DirectiveReminded) -> Changes:
    last = incident.directives[event.directive_id].handling.last
    return _handled(incident, event.directive_id, reminded_at=recorded.at, last=last)


def _escalated(incident: Incident, recorded: Recorded, event: dv.DirectiveEscalated) -> Changes:
    handling = incident.directives[event.directive_id].handling
    climbs = (*handling.climbs, Climb(event=event, at=recorded.at))
    return _handled(incident, event.directive_id, climbs=climbs, last=handling.last)


def _taken_care(incident: Incident, recorded: Recorded, event: dv.EscalationAnswered) -> Changes:
    return _handled(incident, event.directive_id, taken_care=_remark("answer", event.answer, recorded))


CHANGES: Mapping[type, Callable[[Incident, Recorded, Any], Changes]] = {
    ev.DirectiveIssued: _issued,
    ev.DirectiveAccepted: _accepted,
    ev.DirectiveDone: _done,
    ev.HelpAsked: _help,
    ev.DirectiveWithdrawn: _withdrawn,
    dv.DirectiveDeclined: _declined,
    dv.DirectiveQuestioned: _questioned,
    dv.DirectiveAnswered: _answered,
    dv.HelpAnswered: _help_answered,
    dv.TapUndone: _undone,
    dv.DirectiveLinked: _linked,
    dv.DirectiveReleased: _released,
    dv.DirectiveHeld: _held,
    dv.DirectiveReminded: _reminded,
    dv.DirectiveEscalated: _escalated,
    dv.EscalationAnswered: _taken_care,
}
