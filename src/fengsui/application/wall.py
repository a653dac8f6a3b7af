"""What the wall (大屏) shows of one running incident: figures that people ask for from across the room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fengsui.core.fact import Figure
from fengsui.core.response.incident import DirectiveStatus, Incident

FIGURES = ("deaths", "missing", "injured_serious", "evacuated")
"""Facts that stand on the wall, known or not: unknown is a value too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tasks:
    """How many directives are in each state now; ``late`` of the open ones past their time."""

    waiting: int
    accepted: int
    done: int
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WallIncident:
    """One incident on the wall."""

    figures: tuple[tuple[str, Figure | bool | None], ...]
    tasks: Tasks


def wall_incident(incident: Incident, now: datetime) -> WallIncident:
    """The wall's view of ``incident`` at ``now``."""
    facts = incident.current_facts()
    return WallIncident(
        figures=tuple((name, facts.get(name)) for name in FIGURES),
        tasks=_tasks(incident, now),
    )


def _tasks(incident: Incident, now: datetime) -> Tasks:
    states = list(incident.directives.values())
    count = {status: sum(item.status is status for item in states) for status in DirectiveStatus}
    late = sum(item.is_open and item.issued.due is not None and item.issued.due <= now for item in states)
    return Tasks(
        waiting=count[DirectiveStatus.ISSUED],
        accepted=count[DirectiveStatus.ACCEPTED],
        done=count[DirectiveStatus.DONE],
        late=late,
    )
