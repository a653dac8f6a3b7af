"""Lists of matters made from streams, beside those of ``projection``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fengsui.core.response import events_aftermath as ev
from fengsui.core.response.events import Recorded
from fengsui.store.models import IncidentRow, MatterRow


def _opened(row: IncidentRow, item: Recorded, event: ev.MatterOpened) -> None:
    MatterRow.objects.create(
        incident=row,
        matter_id=event.matter_id,
        kind=event.kind.value,
        text=event.text,
        owner=event.owner,
        owner_name=event.owner_name[:300],
        since=event.since,
        due=event.due,
    )


def _becomes(state: str) -> Callable[[IncidentRow, Recorded, Any], None]:
    def step(row: IncidentRow, item: Recorded, event: Any) -> None:
        own = MatterRow.objects.filter(incident=row, matter_id=event.matter_id)
        own.update(state=state, ended_at=item.at)

    return step


def _moved(row: IncidentRow, item: Recorded, event: ev.MatterMoved) -> None:
    MatterRow.objects.filter(incident=row, matter_id=event.matter_id).update(due=event.due)


STEPS: dict[type, Callable[[IncidentRow, Recorded, Any], None]] = {
    ev.MatterOpened: _opened,
    ev.MatterDone: _becomes("done"),
    ev.MatterExcused: _becomes("excused"),
    ev.MatterMoved: _moved,
}
