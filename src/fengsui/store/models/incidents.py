"""The stream of incidents and what is kept in the same transaction with it.

``EventRow`` is the truth; a trigger of the database forbids to change or delete one. ``IncidentRow``,
``ProposalRow``, ``TaskRow`` and ``ClockRow`` are projections for lists and can be rebuilt from it.
Posts, units and plans are named by id without a foreign key: the stream may outlive a register.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class IncidentRow(models.Model):
    """One incident as lists show it; ``seq`` is the end of its stream.

    ``level`` is the gravest response running ("" none), ``grade`` the gravest grade found.
    """

    id = models.CharField(max_length=64, primary_key=True)
    seq = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, default="")
    title = models.CharField(max_length=300, default="")
    place = models.CharField(max_length=300, default="")
    place_code = models.CharField(max_length=12, default="")
    exercise = models.BooleanField(default=False)
    is_open = models.BooleanField(default=True)
    level = models.CharField(max_length=4, default="")
    grade = models.CharField(max_length=4, default="")
    responses = models.JSONField(default=dict)
    grades = models.JSONField(default=dict)
    learned_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["is_open", "-learned_at"], name="incident_open"),
            models.Index(fields=["-learned_at"], name="incident_latest"),
            models.Index(fields=["place_code", "-learned_at"], name="incident_place"),
        ]


class EventRow(models.Model):
    """One record of a stream; ``data`` is the canonical JSON that the hash was taken over."""

    incident = models.ForeignKey(IncidentRow, on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=64)
    type = models.CharField(max_length=40)
    data = models.TextField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["incident", "seq"], name="event_seq_once"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="event_seq_from_one"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["-at"], name="event_latest")]


class TimerRow(models.Model):
    """A deadline to watch; leased by one runner at a time, gone when dealt with."""

    timer_id = models.CharField(max_length=200, primary_key=True)
    incident = models.ForeignKey(IncidentRow, on_delete=models.CASCADE, related_name="timers")
    kind = models.CharField(max_length=40)
    ref = models.CharField(max_length=200)
    due_at = models.DateTimeField()
    since = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["due_at"], name="timer_due")]


class OutboxRow(models.Model):
    """A message to send. ``sent_at`` None and ``gave_up_at`` None: still to be sent."""

    message_id = models.CharField(max_length=200, primary_key=True)
    number = models.BigIntegerField(default=0)
    incident = models.ForeignKey(IncidentRow, on_delete=models.CASCADE, related_name="messages")
    to_kind = models.CharField(max_length=10)
    to = models.CharField(max_length=200)
    channel = models.CharField(max_length=40)
    kind = models.CharField(max_length=40, default="")
    exercise = models.BooleanField(default=False)
    subject = models.TextField()
    body = models.TextField()
    ref = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    again_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    gave_up_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(to_kind__in=("post", "unit", "external")), name="outbox_to_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(gave_up_at__isnull=True), name="outbox_one_end"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["created_at", "number"],
                condition=Q(sent_at__isnull=True, gave_up_at__isnull=True),
                name="outbox_waiting",
            ),
            models.Index(fields=["channel", "-created_at"], name="outbox_by_channel"),
            models.Index(fields=["incident", "-created_at"], name="outbox_by_incident"),
        ]


class InboxRow(models.Model):
    """A message shown inside Fengsui; the message id makes a second delivery harmless."""

    message_id = models.CharField(max_length=200, primary_key=True)
    incident_id = models.CharField(max_length=64)
    to_kind = models.CharField(max_length=10)
    to = models.CharField(max_length=200)
    subject = models.TextField()
    body = models.TextField()
    ref = models.CharField(max_length=200)
    received_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["to_kind", "to", "-received_at"], name="inbox_of"),
        ]


class CommandRow(models.Model):
    """A command that was done and what it recorded: events ``first_seq`` … ``last_seq``."""

    command_id = models.CharField(max_length=200, primary_key=True)
    incident = models.ForeignKey(IncidentRow, on_delete=models.PROTECT, related_name="commands")
    first_seq = models.PositiveIntegerField()
    last_seq = models.PositiveIntegerField()


class ProposalRow(models.Model):
    """A proposal and whether it still waits; the id is unique within its incident."""

    proposal_id = models.CharField(max_length=200)
    incident = models.ForeignKey(IncidentRow, on_delete=models.CASCADE, related_name="proposals")
    kind = models.CharField(max_length=20)
    plan_id = models.CharField(max_length=64)
    level = models.CharField(max_length=4, default="")
    authority = models.CharField(max_length=300)
    reason = models.TextField()
    proposed_by = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=12, default="open")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["incident", "proposal_id"], name="proposal_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "proposed_at"], name="proposal_waiting"),
        ]


class ApproverRow(models.Model):
    """A post that may decide on a proposal."""

    proposal = models.ForeignKey(ProposalRow, on_delete=models.CASCADE, related_name="approvers")
    post_id = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["proposal", "post_id"], name="approver_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["post_id"], name="approver_by_post")]


class TaskRow(models.Model):
    """One directive for one addressee: a unit or post id, "" when the body is outside.

    ``since`` set: it waited for another and was released then; ``more``: what its card shows besides.
    """

    directive_id = models.CharField(max_length=200)
    incident = models.ForeignKey(IncidentRow, on_delete=models.CASCADE, related_name="tasks")
    addressee = models.CharField(max_length=64)
    to_name = models.CharField(max_length=300)
    text = models.TextField()
    due = models.DateTimeField(null=True)
    issued_at = models.DateTimeField()
    state = models.CharField(max_length=12, default="issued")
    help_asked = models.BooleanField(default=False)
    waiting = models.BooleanField(default=False)
    since = models.DateTimeField(null=True)
    contact = models.CharField(max_length=64, default="")
    place = models.CharField(max_length=300, default="")
    more = models.JSONField(default=dict)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["incident", "directive_id", "addressee"], name="task_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["addressee", "ended_at", "due"], name="task_of"),
            models.Index(fields=["incident", "state"], name="task_by_incident"),
        ]


class ClockRow(models.Model):
    """A report clock as it stands: ``due`` is the next moment a report is owed."""

    clock_id = models.CharField(max_length=200)
    incident = models.ForeignKey(IncidentRow, on_delete=models.CASCADE, related_name="clocks")
    who = models.CharField(max_length=300)
    to = models.TextField()
    what = models.TextField()
    due = models.DateTimeField(null=True)
    every_seconds = models.BigIntegerField(null=True)
    sent = models.PositiveIntegerField(default=0)
    is_running = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["incident", "clock_id"], name="clock_once"),
        ]
