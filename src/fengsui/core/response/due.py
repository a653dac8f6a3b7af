"""What must be done by when: the deadlines an incident holds now (时限).

Derived from the state alone, so timers are the difference between the deadlines before and after a
decision, and a restart loses none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from fengsui.core.plan.reporting import ClockStart
from fengsui.core.response.events import DeadlineKind
from fengsui.core.response.events_aftermath import MatterKind
from fengsui.core.response.incident import Incident, ProposalStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """One deadline: ``deadline_id`` is unique within the incident, also among repeats of one report.

    ``since`` is when it began to run: the start of the clock or the last report on it, the issue of an order.
    """

    deadline_id: str
    kind: DeadlineKind
    ref: str
    due_at: datetime
    since: datetime


def obligations(incident: Incident) -> tuple[Obligation, ...]:
    """Open deadlines that have not been recorded as passed, the earliest first."""
    found = [*_matters(incident), *_of_response(incident)]
    if incident.is_open:
        found += _answers(incident)
    waiting = (item for item in found if item.deadline_id not in incident.passed)
    return tuple(sorted(waiting, key=lambda item: (item.due_at, item.deadline_id)))


def _matters(incident: Incident) -> Iterator[Obligation]:
    """What is to be seen to besides the response, and goes on when that is closed.

    When the case is closed too, only what was agreed to be mended goes on.
    """
    archived = incident.aftermath.archived is not None
    for matter_id, matter in incident.aftermath.matters.items():
        if archived and matter.opened.kind is not MatterKind.CORRECTIVE:
            continue
        if matter.is_open and matter.due is not None:
            yield Obligation(
                # A day that was moved is another deadline: it may pass again.
                deadline_id=f"matter:{matter_id}:{matter.moved}",
                kind=DeadlineKind.MATTER,
                ref=matter_id,
                due_at=matter.due,
                since=matter.opened.since,
            )


def _of_response(incident: Incident) -> list[Obligation]:
    """Reports and orders; of a closed incident the final reports, and the orders that were to go on."""
    found: list[Obligation] = []
    closed = not incident.is_open
    for clock_id, clock in incident.clocks.items():
        if closed and clock.started.start is not ClockStart.STABLE:
            continue
        if clock.running and clock.due is not None:
            found.append(
                Obligation(
                    deadline_id=f"report:{clock_id}:{len(clock.sent) + 1}",
                    kind=DeadlineKind.REPORT,
                    ref=clock_id,
                    due_at=clock.due,
                    since=clock.since,
                )
            )
    for directive_id, directive in incident.directives.items():
        if closed and directive_id not in incident.aftermath.continued:
            continue
        if directive.is_open and directive.due is not None:
            found.append(
                Obligation(
                    deadline_id=f"directive:{directive_id}",
                    kind=DeadlineKind.DIRECTIVE,
                    ref=directive_id,
                    due_at=directive.due,
                    since=directive.since,
                )
            )
    return found


def _answers(incident: Incident) -> list[Obligation]:
    """Answers waited for; a question of the approver stops the time, its answer starts it anew."""
    found = []
    for proposal_id, wait in incident.waits.items():
        state = incident.proposals[proposal_id]
        if state.status is not ProposalStatus.OPEN:
            continue
        answers = [said.at for said in state.exchange if said.kind == "answer"]
        since = max([wait.since, *answers])
        found.append(
            Obligation(
                deadline_id=f"proposal:{proposal_id}:{len(wait.passed)}:{len(answers)}",
                kind=DeadlineKind.PROPOSAL,
                ref=proposal_id,
                due_at=since + wait.limit,
                since=since,
            )
        )
    return found
