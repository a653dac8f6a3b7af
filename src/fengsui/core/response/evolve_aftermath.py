"""How records about the end of a response and what comes after change the state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fengsui.core.response import events_aftermath as ev
from fengsui.core.response.state_aftermath import (
    ConditionState,
    Dissolved,
    GoodsEntry,
    MatterState,
    MatterStatus,
)

if TYPE_CHECKING:
    from fengsui.core.response.events import Recorded
    from fengsui.core.response.incident import Incident

Changes = dict[str, Any]


def _with(incident: Incident, **changes: Any) -> Changes:
    return {"aftermath": replace(incident.aftermath, **changes)}


def _matter(incident: Incident, matter_id: str, state: MatterState) -> Changes:
    return _with(incident, matters={**incident.aftermath.matters, matter_id: state})


def _opened(incident: Incident, recorded: Recorded, event: ev.MatterOpened) -> Changes:
    state = MatterState(opened=event, at=recorded.at, by=recorded.by, due=event.due)
    return _matter(incident, event.matter_id, state)


def _done(incident: Incident, recorded: Recorded, event: ev.MatterDone) -> Changes:
    state = replace(
        incident.aftermath.matters[event.matter_id],
        status=MatterStatus.DONE,
        text=event.result,
        evidence_sha=event.evidence_sha,
        ended_at=recorded.at,
        ended_by=recorded.by,
    )
    return _matter(incident, event.matter_id, state)


def _excused(incident: Incident, recorded: Recorded, event: ev.MatterExcused) -> Changes:
    state = replace(
        incident.aftermath.matters[event.matter_id],
        status=MatterStatus.EXCUSED,
        text=event.reason,
        ended_at=recorded.at,
        ended_by=recorded.by,
    )
    return _matter(incident, event.matter_id, state)


def _moved(incident: Incident, recorded: Recorded, event: ev.MatterMoved) -> Changes:
    before = incident.aftermath.matters[event.matter_id]
    return _matter(incident, event.matter_id, replace(before, due=event.due, moved=before.moved + 1))


def _checked(incident: Incident, recorded: Recorded, event: ev.ConditionChecked) -> Changes:
    state = ConditionState(checked=event, at=recorded.at, by=recorded.by)
    key = (event.plan_id, event.condition)
    return _with(incident, conditions={**incident.aftermath.conditions, key: state})


def _overridden(incident: Incident, recorded: Recorded, event: ev.EndOverridden) -> Changes:
    return _with(incident, overridden=(*incident.aftermath.overridden, event))


def _continued(incident: Incident, recorded: Recorded, event: ev.DirectiveContinued) -> Changes:
    return _with(incident, continued={**incident.aftermath.continued, event.directive_id: event.reason})


def _dissolved(incident: Incident, recorded: Recorded, event: ev.BodyDissolved) -> Changes:
    state = Dissolved(at=recorded.at, by=recorded.by, text=event.text, on_scene=event.on_scene)
    return _with(incident, dissolved={**incident.aftermath.dissolved, event.name: state})


def _goods(incident: Incident, goods_id: str, entry: GoodsEntry) -> Changes:
    return _with(incident, goods={**incident.aftermath.goods, goods_id: entry})


def _taken(incident: Incident, recorded: Recorded, event: ev.GoodsTaken) -> Changes:
    return _goods(incident, event.goods_id, GoodsEntry(taken=event, at=recorded.at, by=recorded.by))


def _goods_back(incident: Incident, recorded: Recorded, event: ev.GoodsReturned) -> Changes:
    entry = incident.aftermath.goods[event.goods_id]
    return _goods(incident, event.goods_id, replace(entry, returned=event, returned_at=recorded.at))


def _due(incident: Incident, recorded: Recorded, event: ev.CompensationSet) -> Changes:
    entry = incident.aftermath.goods[event.goods_id]
    return _goods(incident, event.goods_id, replace(entry, due=event))


def _paid(incident: Incident, recorded: Recorded, event: ev.CompensationPaid) -> Changes:
    entry = incident.aftermath.goods[event.goods_id]
    return _goods(incident, event.goods_id, replace(entry, paid=(*entry.paid, event)))


def _archived(incident: Incident, recorded: Recorded, event: ev.CaseArchived) -> Changes:
    return _with(incident, archived=event, archived_at=recorded.at)


CHANGES: dict[type, Callable[[Incident, Recorded, Any], Changes]] = {
    ev.MatterOpened: _opened,
    ev.MatterDone: _done,
    ev.MatterExcused: _excused,
    ev.MatterMoved: _moved,
    ev.ConditionChecked: _checked,
    ev.EndOverridden: _overridden,
    ev.DirectiveContinued: _continued,
    ev.BodyDissolved: _dissolved,
    ev.GoodsTaken: _taken,
    ev.GoodsReturned: _goods_back,
    ev.CompensationSet: _due,
    ev.CompensationPaid: _paid,
    ev.CaseArchived: _archived,
}
