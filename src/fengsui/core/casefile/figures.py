"""A case in figures (指标): how long the first report took, how much was done in time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from fengsui.core.casefile.asked import AskedKind, AskedLine, Gap
from fengsui.core.fact import Figure
from fengsui.core.plan.level import Grade, LadderKind, ResponseLevel
from fengsui.core.response.events import LevelChanged, Recorded, ResponseActivated
from fengsui.core.response.incident import Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """In the hundred, rounded; None of nothing."""
        return round(100 * self.part / self.whole) if self.whole else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFigures:
    """Times run from learning of the event; None: it never happened.

    ``in_time`` counts what had a limit and is settled: reports, orders, matters. ``facts`` are the last ones.
    """

    first_report: timedelta | None
    first_grade: timedelta | None
    activation: timedelta | None
    first_statement: timedelta | None
    length: timedelta | None
    answer: timedelta | None
    level: ResponseLevel | None
    grade: Grade | None
    reports: Share
    directives: Share
    matters: Share
    done: Share
    facts: tuple[tuple[str, Figure | bool], ...] = ()


def case_figures(incident: Incident, stream: Iterable[Recorded], lines: Iterable[AskedLine]) -> CaseFigures:
    """The figures of one case."""
    learned, listed = incident.opened.learned_at, tuple(lines)
    started = [item.at for item in stream if isinstance(item.event, ResponseActivated)]
    sent = [said.at for clock in incident.clocks.values() for said in clock.sent]
    out = [item.published_at for item in incident.release.published if item.published_at is not None]
    answered = [
        (item.accepted_at - item.since).total_seconds()
        for item in incident.directives.values()
        if item.accepted_at is not None
    ]
    directives = [line for line in listed if line.kind is AskedKind.DIRECTIVE]
    kept = [line for line in directives if line.gap is not Gap.DROPPED]
    return CaseFigures(
        first_report=_after(sent, learned),
        first_grade=_after(incident.graded_at.values(), learned),
        activation=_after(started, learned),
        first_statement=_after(out, learned),
        length=_length(incident),
        answer=timedelta(seconds=median(answered)) if answered else None,
        level=_gravest_level(incident, stream),
        grade=_gravest_grade(incident),
        reports=_in_time(listed, AskedKind.REPORT),
        directives=_in_time(listed, AskedKind.DIRECTIVE),
        matters=_in_time(listed, AskedKind.MATTER),
        done=Share(part=sum(line.happened is not None for line in kept), whole=len(kept)),
        facts=tuple(incident.current_facts().items()),
    )


def _after(instants: Iterable[datetime], learned: datetime) -> timedelta | None:
    first = min(instants, default=None)
    return max(first - learned, timedelta()) if first is not None else None


def _length(incident: Incident) -> timedelta | None:
    """From learning to the end of the last response, or to closing where none ran."""
    if incident.responses:
        return None
    ends = [item.at for item in incident.ended]
    end = max(ends) if ends else incident.closed_at
    return end - incident.opened.learned_at if end is not None else None


def _gravest_level(incident: Incident, stream: Iterable[Recorded]) -> ResponseLevel | None:
    levels = [
        item.event.level if isinstance(item.event, ResponseActivated) else item.event.after
        for item in stream
        if isinstance(item.event, ResponseActivated | LevelChanged)
    ]
    return min(levels, key=lambda level: level.rank, default=None)


def _gravest_grade(incident: Incident) -> Grade | None:
    grades = [
        graded.level
        for graded in incident.grades.values()
        if graded.kind is LadderKind.EVENT_GRADE and isinstance(graded.level, Grade)
    ]
    return min(grades, key=lambda grade: grade.rank, default=None)


def _in_time(lines: Iterable[AskedLine], kind: AskedKind) -> Share:
    settled = [line for line in lines if line.kind is kind and line.gap in (Gap.IN_TIME, Gap.LATE, Gap.NEVER)]
    return Share(part=sum(line.gap is Gap.IN_TIME for line in settled), whole=len(settled))
