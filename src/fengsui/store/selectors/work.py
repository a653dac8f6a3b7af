"""What waits for somebody: proposals, tasks, deadlines, messages."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, F, Max, Min, Q, QuerySet

from fengsui.application.matter_words import matter_words
from fengsui.core.response.events_aftermath import MatterKind
from fengsui.store import models
from fengsui.store.failures import told_plainly
from fengsui.store.projection import WAITING
from fengsui.store.selectors.incidents import within
from fengsui.store.selectors.lines import ChannelState, DeadlineLine, MessageLine, ProposalLine, TaskLine

NO_DEADLINE = ("reminder", "escalation")
"""What the timer does around deadlines: nobody has to keep it."""


def waiting_proposals(
    *, post_id: str | None = None, jurisdiction: str | None = None, limit: int = 50
) -> list[ProposalLine]:
    """Proposals that wait, the oldest first; with ``post_id`` those that this post may decide."""
    rows = models.ProposalRow.objects.filter(state__in=WAITING, incident__is_open=True)
    if post_id is not None:
        rows = rows.filter(approvers__post_id=post_id)
    if jurisdiction is not None:
        rows = rows.filter(within(jurisdiction, "incident__"))
    page = rows.select_related("incident").prefetch_related("approvers").order_by("proposed_at")[:limit]
    with told_plainly():
        return [_proposal_line(row) for row in page]


def proposal(incident_id: str, proposal_id: str) -> ProposalLine | None:
    """One proposal, whatever became of it."""
    rows = models.ProposalRow.objects.select_related("incident").prefetch_related("approvers")
    with told_plainly():
        row = rows.filter(incident_id=incident_id, proposal_id=proposal_id).first()
    return None if row is None else _proposal_line(row)


def _proposal_line(row: models.ProposalRow) -> ProposalLine:
    return ProposalLine(
        proposal_id=row.proposal_id,
        incident_id=row.incident_id,
        incident_title=row.incident.title,
        kind=row.kind,
        plan_id=row.plan_id,
        level=row.level,
        authority=row.authority,
        reason=row.reason,
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at,
        state=row.state,
        exercise=row.incident.exercise,
        approvers=tuple(item.post_id for item in sorted(row.approvers.all(), key=lambda item: item.pk)),
    )


def tasks_of(*addressees: str, ended: bool = False, limit: int = 100) -> list[TaskLine]:
    """Directives to these ids: open ones by deadline, or ended and returned ones, the latest first."""
    over = Q(ended_at__isnull=False) | Q(state="declined")
    rows = models.TaskRow.objects.filter(over if ended else ~over, addressee__in=addressees)
    order = (
        (F("ended_at").desc(nulls_first=True),)
        if ended
        else (F("due").asc(nulls_last=True), F("issued_at").asc())
    )
    with told_plainly():
        return [_task_line(row) for row in rows.select_related("incident").order_by(*order)[:limit]]


def unaccepted_tasks(*, jurisdiction: str | None = None, limit: int = 50) -> list[TaskLine]:
    """Directives that nobody has accepted yet, the oldest first."""
    rows = _unaccepted(jurisdiction)
    with told_plainly():
        return [_task_line(row) for row in rows.select_related("incident").order_by("issued_at")[:limit]]


def unaccepted_soonest(*, jurisdiction: str | None = None, limit: int = 6) -> tuple[list[TaskLine], int]:
    """The directives that nobody has accepted yet and that are due first, and how many there are in all."""
    rows = _unaccepted(jurisdiction)
    soonest = rows.select_related("incident").order_by(F("due").asc(nulls_last=True), "issued_at", "pk")
    with told_plainly():
        return [_task_line(row) for row in soonest[:limit]], rows.count()


def _unaccepted(jurisdiction: str | None) -> QuerySet[models.TaskRow]:
    rows = models.TaskRow.objects.filter(state="issued", waiting=False, incident__is_open=True)
    return rows if jurisdiction is None else rows.filter(within(jurisdiction, "incident__"))


def _task_line(row: models.TaskRow) -> TaskLine:
    return TaskLine(
        directive_id=row.directive_id,
        incident_id=row.incident_id,
        incident_title=row.incident.title,
        place=row.incident.place,
        addressee=row.addressee,
        to_name=row.to_name,
        text=row.text,
        due=row.due,
        issued_at=row.issued_at,
        state=row.state,
        help_asked=row.help_asked,
        exercise=row.incident.exercise,
        waiting=row.waiting,
        since=row.since,
        contact=row.contact,
        at_place=row.place,
        more=row.more,
    )


def next_deadlines(*, jurisdiction: str | None = None, limit: int = 3) -> list[DeadlineLine]:
    """The next deadlines of everything that runs, the earliest first."""
    # Matters go on when the incident is closed.
    running = Q(incident__is_open=True) | Q(kind="matter")
    rows = models.TimerRow.objects.select_related("incident").filter(running)
    rows = rows.exclude(kind__in=NO_DEADLINE)
    if jurisdiction is not None:
        rows = rows.filter(within(jurisdiction, "incident__"))
    with told_plainly():
        page = list(rows.order_by("due_at", "timer_id")[:limit])
        words = _words_of(page)
    return [
        DeadlineLine(
            timer_id=row.timer_id,
            incident_id=row.incident_id,
            incident_title=row.incident.title,
            kind=row.kind,
            ref=row.ref,
            due_at=row.due_at,
            since=row.since,
            what=words.get((row.incident_id, row.ref), ""),
            exercise=row.incident.exercise,
        )
        for row in page
    ]


def _words_of(rows: list[models.TimerRow]) -> dict[tuple[str, str], str]:
    """The words of what each timer is about, by incident and reference."""
    refs, ids = [row.ref for row in rows], [row.incident_id for row in rows]
    found: dict[tuple[str, str], str] = {}
    for task in models.TaskRow.objects.filter(incident_id__in=ids, directive_id__in=refs):
        found[task.incident_id, task.directive_id] = f"{task.to_name}：{task.text}"
    for clock in models.ClockRow.objects.filter(incident_id__in=ids, clock_id__in=refs):
        edge = f"{clock.who} → {clock.to}：" if clock.to else f"{clock.who}："
        found[clock.incident_id, clock.clock_id] = edge + clock.what
    for proposed in models.ProposalRow.objects.filter(incident_id__in=ids, proposal_id__in=refs):
        found[proposed.incident_id, proposed.proposal_id] = proposed.reason
    for matter in models.MatterRow.objects.filter(incident_id__in=ids, matter_id__in=refs):
        found[matter.incident_id, matter.matter_id] = matter_words(MatterKind(matter.kind), matter.text)
    return found


def channel_states(now: datetime) -> list[ChannelState]:
    """Every channel that was used in the last day or has messages waiting."""
    recent = Q(created_at__gte=now - timedelta(days=1))
    waiting = Q(sent_at__isnull=True, gave_up_at__isnull=True)
    with told_plainly():
        rows = (
            models.OutboxRow.objects.filter(recent | waiting)
            .values("channel")
            .annotate(
                waiting=Count("pk", filter=waiting),
                given_up=Count("pk", filter=Q(gave_up_at__isnull=False)),
                failing_since=Min("created_at", filter=waiting & ~Q(reason="")),
                last_sent=Max("sent_at"),
            )
            .order_by("channel")
        )
        return [ChannelState(**row) for row in rows]


def inbox(*addressees: str, limit: int = 20) -> list[MessageLine]:
    """The latest messages to these post or unit ids."""
    rows = models.InboxRow.objects.filter(to__in=addressees).order_by("-received_at")[:limit]
    with told_plainly():
        return [
            MessageLine(
                message_id=row.message_id,
                incident_id=row.incident_id,
                subject=row.subject,
                body=row.body,
                ref=row.ref,
                received_at=row.received_at,
                read_at=row.read_at,
            )
            for row in rows
        ]
