"""What waits for somebody: proposals, tasks, deadlines, messages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, F, Max, Min, Q, QuerySet

from fengsui.application.matter_words import matter_words
from fengsui.core.response.events_aftermath import MatterKind
from fengsui.store import models
from fengsui.store.failures import told_plainly
from fengsui.store.projection import WAITING
from fengsui.store.selectors.incidents import within
from fengsui.store.selectors.lines import ChannelState, DeadlineLine, MessageLine, ProposalLine, TaskLine
from fengsui.store.selectors.memo import kept

NO_DEADLINE = ("reminder", "escalation")
"""What the timer does around deadlines: nobody has to keep it."""


@kept
def waiting_proposals(
    *, post_id: str | None = None, jurisdiction: str | None = None, limit: int = 50
) -> list[ProposalLine]:
    """Proposals that wait, the oldest first; with ``post_id`` those that this post may decide."""
    rows = _waiting(post_id)
    if jurisdiction is not None:
        rows = rows.filter(within(jurisdiction, "incident__"))
    page = rows.select_related("incident").prefetch_related("approvers").order_by("proposed_at")[:limit]
    with told_plainly():
        return [_proposal_line(row) for row in page]


def _waiting(post_id: str | None) -> QuerySet[models.ProposalRow]:
    rows = models.ProposalRow.objects.filter(state__in=WAITING, incident__is_open=True)
    return rows if post_id is None else rows.filter(approvers__post_id=post_id)


@kept
def proposals_counted(post_id: str, most: int = 50) -> int:
    """How many proposals wait for this post, ``most`` for all above."""
    with told_plainly():
        return _waiting(post_id)[:most].count()


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


_OVER = Q(ended_at__isnull=False) | Q(state="declined")


@kept
def tasks_counted(*addressees: str, most: int = 100) -> int:
    """How many directives to these ids are open, ``most`` for all above."""
    with told_plainly():
        return models.TaskRow.objects.filter(~_OVER, addressee__in=addressees)[:most].count()


@kept
def tasks_of(*addressees: str, ended: bool = False, limit: int = 100) -> list[TaskLine]:
    """Directives to these ids: open ones by deadline, or ended and returned ones, the latest first."""
    rows = models.TaskRow.objects.filter(_OVER if ended else ~_OVER, addressee__in=addressees)
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


@kept
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


@kept
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
    found: dict[tuple[str, str], str] = {}
    for words in (_words_of_tasks, _words_of_clocks, _words_of_proposals, _words_of_matters):
        # Most timers are about orders and reports: the tables after them are seldom asked.
        left = [row for row in rows if (row.incident_id, row.ref) not in found]
        if left:
            found.update(words([row.incident_id for row in left], [row.ref for row in left]))
    return found


Words = Iterator[tuple[tuple[str, str], str]]


def _words_of_tasks(ids: list[str], refs: list[str]) -> Words:
    rows = models.TaskRow.objects.filter(incident_id__in=ids, directive_id__in=refs)
    for incident, ref, to_name, text in rows.values_list("incident_id", "directive_id", "to_name", "text"):
        yield (incident, ref), f"{to_name}：{text}"


def _words_of_clocks(ids: list[str], refs: list[str]) -> Words:
    rows = models.ClockRow.objects.filter(incident_id__in=ids, clock_id__in=refs)
    for incident, ref, who, to, what in rows.values_list("incident_id", "clock_id", "who", "to", "what"):
        yield (incident, ref), (f"{who} → {to}：" if to else f"{who}：") + what


def _words_of_proposals(ids: list[str], refs: list[str]) -> Words:
    rows = models.ProposalRow.objects.filter(incident_id__in=ids, proposal_id__in=refs)
    for incident, ref, reason in rows.values_list("incident_id", "proposal_id", "reason"):
        yield (incident, ref), reason


def _words_of_matters(ids: list[str], refs: list[str]) -> Words:
    rows = models.MatterRow.objects.filter(incident_id__in=ids, matter_id__in=refs)
    for incident, ref, kind, text in rows.values_list("incident_id", "matter_id", "kind", "text"):
        yield (incident, ref), matter_words(MatterKind(kind), text)


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
