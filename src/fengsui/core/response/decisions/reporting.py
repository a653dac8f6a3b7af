"""Sending a report by fields, correcting one, its receipt; verified facts and agreed losses behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from fengsui.core.errors import Conflict, InputError, Refusal
from fengsui.core.fact import Figure
from fengsui.core.losses import items
from fengsui.core.plan.reporting import ClockStart
from fengsui.core.response.decisions.record import check_value
from fengsui.core.response.decisions.scene import Scene, check_instant, check_text
from fengsui.core.response.events import Event, FactReported, ReportSent
from fengsui.core.response.events_reporting import (
    FactVerified,
    LossAgreed,
    LossGiven,
    OccurrenceTimed,
    ReportAcknowledged,
    ReportAmended,
    ReportBody,
    ReportClockMoved,
    ReportField,
    ReportKind,
)
from fengsui.core.response.evolve_reporting import next_report_id
from fengsui.core.response.incident import ClockState
from fengsui.core.response.loss_standing import LedgerSums, open_losses
from fengsui.core.response.power import bound_ids

LONGEST = 4000
"""Characters of one field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A report as written, before it has a number."""

    kind: ReportKind
    means: str
    title: str
    text: str
    fields: tuple[ReportField, ...] = ()
    copied: tuple[str, ...] = ()
    contact_ref: str | None = None


def send(clock_id: str, written: Written, sums: LedgerSums, scene: Scene) -> tuple[Event, ...]:
    """A report goes out on an edge that runs, or one more on an edge that was reported on.

    Raises Refusal("final_losses_open") for a final report while figures of loss are not agreed.
    """
    scene.must_be_open()
    clock = _clock(clock_id, scene)
    if not clock.running and not clock.sent:
        raise Conflict("clock_stopped", clock=clock_id)
    if written.kind is ReportKind.FINAL:
        _losses_agreed(clock, sums, scene)
    body = _body(written, clock, scene)
    return (
        ReportSent(
            clock_id=clock_id,
            means=check_text(written.means, "means"),
            text=check_text(written.text, "text"),
            report=body,
        ),
    )


def _clock(clock_id: str, scene: Scene) -> ClockState:
    clock = scene.incident.clocks.get(clock_id)
    if clock is None:
        raise InputError("clock_unknown", clock=clock_id)
    return clock


def _losses_agreed(clock: ClockState, sums: LedgerSums, scene: Scene) -> None:
    waiting = open_losses(scene.incident, sums)
    if waiting:
        raise Refusal(
            "final_losses_open",
            source=clock.started.source,
            items_zh="、".join(one.item.zh for one in waiting),
            items_en=", ".join(one.item.en for one in waiting),
        )


def _body(written: Written, clock: ClockState, scene: Scene) -> ReportBody:
    fields = []
    for item in written.fields:
        text = item.text.strip()
        if not text:
            raise InputError("report_field_empty", field=item.label)
        if len(text) > LONGEST:
            raise InputError("report_field_long", field=item.label, most=LONGEST)
        fields.append(replace(item, text=text))
    return ReportBody(
        report_id=next_report_id(scene.incident),
        kind=written.kind,
        title=check_text(written.title, "title"),
        fields=tuple(fields),
        copied=tuple(dict.fromkeys(name.strip() for name in written.copied if name.strip())),
        contact_ref=written.contact_ref,
        reached=_reached((*clock.started.to, *written.copied), clock.started.plan_id, scene),
    )


def _reached(names: Sequence[str], plan_id: str, scene: Scene) -> tuple[str, ...]:
    """Units and posts that the printed names stand for: as the plan is bound, else by name."""
    plan = scene.plans.get(plan_id)
    found: list[str] = []
    for name in names:
        bound = bound_ids(plan, name) if plan is not None else ()
        called = [unit.id for unit in scene.directory.units if name in (unit.name, *unit.aliases)]
        found.extend(bound or called)
    known = (one for one in found if scene.directory.unit(one) or scene.directory.post(one))
    return tuple(dict.fromkeys(known))


def amend(report_id: str, reason: str, written: Written, scene: Scene) -> tuple[Event, ...]:
    """A report is corrected: the old one stays, the new one names it and says why."""
    report = scene.incident.reports.get(report_id)
    if report is None:
        raise InputError("report_unknown", report=report_id)
    if report.amended_by is not None:
        raise Conflict("report_amended_already", report=report_id, by=report.amended_by)
    return (
        ReportAmended(
            clock_id=report.clock_id,
            amends=report_id,
            reason=check_text(reason, "reason"),
            means=check_text(written.means, "means"),
            text=check_text(written.text, "text"),
            report=_body(written, _clock(report.clock_id, scene), scene),
        ),
    )


def acknowledge(
    report_id: str, who: str, number: str, received_at: datetime | None, means: str, scene: Scene
) -> tuple[Event, ...]:
    """The receiver signed for it; the same receipt twice is one."""
    report = scene.incident.reports.get(report_id)
    if report is None:
        raise InputError("report_unknown", report=report_id)
    at = received_at or scene.now
    check_instant(at, scene.now, "received_at")
    if at < report.at.replace(second=0, microsecond=0):
        raise InputError("received_before_sent", at=at.isoformat())
    receipt = ReportAcknowledged(
        report_id=report_id,
        who=check_text(who, "who"),
        number=number.strip(),
        received_at=at,
        means=check_text(means, "means"),
    )
    known = {(item.who, item.number) for item in report.acknowledged}
    return () if (receipt.who, receipt.number) in known else (receipt,)


def verify_fact(fact: str, verified_by: str, scene: Scene) -> tuple[Event, ...]:
    """What was said last of a fact holds."""
    scene.must_be_open()
    entries = scene.incident.facts.get(fact)
    if not entries or entries[-1].value is None:
        raise InputError("fact_not_said", fact=fact)
    before = scene.incident.verified.get(fact)
    if before is not None and before.seq == entries[-1].seq:
        return ()
    by = check_text(verified_by, "verified_by")
    return (FactVerified(fact=fact, seq=entries[-1].seq, verified_by=by),)


def time_occurrence(occurred_at: datetime, said_by: str, scene: Scene) -> tuple[Event, ...]:
    """When it occurred is known now: clocks counted from the occurrence move, and no others.

    A clock on which a report went out stays as it was: the record of that report rests on it.
    """
    scene.must_be_open()
    incident = scene.incident
    check_instant(occurred_at, scene.now, "occurred_at")
    if occurred_at > incident.opened.learned_at:
        raise InputError("occurred_after_learned", at=occurred_at.isoformat())
    if occurred_at == incident.occurred_at:
        return ()
    moved = tuple(
        ReportClockMoved(
            clock_id=clock_id,
            started_at=occurred_at,
            due=clock.started.due + (occurred_at - clock.started.started_at) if clock.started.due else None,
        )
        for clock_id, clock in incident.clocks.items()
        if clock.running and not clock.sent and clock.started.start is ClockStart.OCCURRED
    )
    return (OccurrenceTimed(occurred_at=occurred_at, said_by=said_by), *moved)


MOVABLE = (ClockStart.RECEIVED, ClockStart.LEARNED)
"""Events that happen to a body: another one than the desk may have heard earlier or later than it."""


def time_receipt(clock_id: str, at: datetime, reason: str, scene: Scene) -> tuple[Event, ...]:
    """The body that reports on this edge received or learned of it at ``at``: its clock runs from there.

    Raises Conflict once a report went out on it, InputError for an edge counted from another event.
    """
    scene.must_be_open()
    clock = _clock(clock_id, scene)
    started = clock.started
    if started.start not in MOVABLE:
        raise InputError("clock_of_another_event", clock=clock_id)
    if not clock.running or clock.sent:
        raise Conflict("clock_stopped", clock=clock_id)
    check_instant(at, scene.now, "received_at")
    occurred = scene.incident.occurred_at
    if occurred is not None and at < occurred:
        raise InputError("received_before_occurred", at=at.isoformat())
    why = check_text(reason, "reason")
    if at == started.started_at:
        return ()
    due = started.due + (at - started.started_at) if started.due is not None else None
    return (ReportClockMoved(clock_id=clock_id, started_at=at, due=due, reason=why),)


def agree_loss(
    item: str, value: Figure, given: Sequence[LossGiven], agreed_by: Sequence[str], note: str, scene: Scene
) -> tuple[Event, ...]:
    """Departments agree on one figure. Raises InputError when nobody gave one or nobody agrees."""
    scene.must_be_open()
    if item not in items():
        raise InputError("loss_item_unknown", item=item)
    who = tuple(dict.fromkeys(name.strip() for name in agreed_by if name.strip()))
    if not who:
        raise InputError("loss_nobody_agreed")
    fact = items()[item].fact
    if fact is not None:
        check_value(fact, value)
    if not given:
        raise InputError("loss_nothing_given", item=items()[item].zh)
    return (LossAgreed(item=item, value=value, given=tuple(given), agreed_by=who, note=note.strip() or None),)


def take_figures(
    figures: Mapping[str, Figure], agreed: frozenset[str], said_by: str, scene: Scene
) -> tuple[Event, ...]:
    """Figures of the ledger become facts of the incident; those ``agreed`` count as verified at once."""
    scene.must_be_open()
    current = scene.incident.current_facts()
    events: list[Event] = []
    seq = scene.incident.seq
    for fact, value in figures.items():
        check_value(fact, value)
        entries = scene.incident.facts.get(fact, ())
        known = scene.incident.verified.get(fact)
        at = entries[-1].seq if entries else 0
        if current.get(fact) != value:
            events.append(FactReported(fact=fact, value=value, said_by=said_by, as_of=scene.now))
            at = seq + len(events)
        if fact in agreed and not (known is not None and known.seq == at):
            events.append(FactVerified(fact=fact, seq=at, verified_by=said_by))
    return tuple(events)
