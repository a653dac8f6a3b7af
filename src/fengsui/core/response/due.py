"""What must be done by when: the deadlines an incident holds now (时限).

Derived from the state alone, so timers are the difference between the deadlines before and after a
decision, and a restart loses none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fengsui.core.response.events import DeadlineKind
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


def watched(incident: Incident) -> tuple[Obligation, ...]:
    """Everything a timer is set for: the deadlines, and what leads up to and follows them (``alarms``)."""
    from fengsui.core.response.alarms import alarms

    return (*obligations(incident), *alarms(incident))


def obligations(incident: Incident) -> tuple[Obligation, ...]:
    """Open deadlines that have not been recorded as passed, the earliest first."""
    found: list[Obligation] = []
    if not incident.is_open:
        return ()
    for clock_id, clock in incident.clocks.items():
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
    found.extend(_answers(incident))
    waiting = (item for item in found if item.deadline_id not in incident.passed)
    return tuple(sorted(waiting, key=lambda item: (item.due_at, item.deadline_id)))


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
