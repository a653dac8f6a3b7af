"""Notices and their deliveries, and what the office set up: gateways, ladders, groups, wishes.

No row holds a name, a number or an address: people are ids, looked up at the moment of sending.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class NotifyChannel(models.Model):
    """A gateway. ``secrets`` is sealed with the key of the installation and shown nowhere."""

    id = models.CharField(max_length=40, primary_key=True)
    means = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    enabled = models.BooleanField(default=True)
    place = models.PositiveIntegerField(default=0)
    settings = models.JSONField(default=dict)
    secrets = models.TextField(default="", blank=True)
    parallel = models.PositiveSmallIntegerField(default=2)
    version = models.PositiveIntegerField(default=1)
    ok_at = models.DateTimeField(null=True)
    tested_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    trouble = models.TextField(default="", blank=True)
    failures = models.PositiveIntegerField(default=0)
    paused_until = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "id"]


class NotifyRule(models.Model):
    """The ladder of one kind of message; ``steps`` a list of ``[means, seconds]``."""

    kind = models.CharField(max_length=40, primary_key=True)
    steps = models.JSONField(default=list)
    low = models.BooleanField(default=False)
    groups = models.JSONField(default=list)


class NotifyOptions(models.Model):
    """What counts for all: row 1 for notices, row 2 the waits before orders go up the chain."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    data = models.JSONField(default=dict)
    tested_on = models.DateField(null=True)


class NotifyGroup(models.Model):
    """Posts that are told together."""

    id = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=100)
    posts = models.JSONField(default=list)


class NotifyWish(models.Model):
    """Means that a post does not want for what can wait."""

    post_id = models.CharField(max_length=64, primary_key=True)
    skip = models.JSONField(default=list)


class NoticeRow(models.Model):
    """One message for one person in a post. ``next_at`` None: the ladder has ended or was stopped."""

    message_id = models.CharField(max_length=200)
    event = models.CharField(max_length=120, default="")
    incident_id = models.CharField(max_length=64, default="")
    kind = models.CharField(max_length=40)
    to_kind = models.CharField(max_length=10)
    to = models.CharField(max_length=200)
    post_id = models.CharField(max_length=64, default="")
    person_id = models.CharField(max_length=64, default="")
    subject = models.TextField()
    body = models.TextField()
    ref = models.CharField(max_length=200, default="")
    exercise = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    step = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    held = models.BooleanField(default=False)
    leased_until = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=10, default="")
    by = models.CharField(max_length=64, default="")
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    wrong_since = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["message_id", "post_id", "person_id"], name="notice_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["next_at"],
                condition=Q(acknowledged_at__isnull=True, next_at__isnull=False),
                name="notice_climbs",
            ),
            models.Index(fields=["incident_id", "-created_at"], name="notice_by_incident"),
            models.Index(fields=["post_id", "-created_at"], name="notice_by_post"),
            models.Index(fields=["kind", "-created_at"], name="notice_by_kind"),
        ]


class DeliveryRow(models.Model):
    """One notice by one gateway. ``once`` makes one post to a group of several notices of an event;
    ``bundle`` is the delivery in whose letter this notice went along."""

    notice = models.ForeignKey(NoticeRow, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=40)
    means = models.CharField(max_length=20)
    once = models.CharField(max_length=200, unique=True)
    urgent = models.BooleanField(default=True)
    state = models.CharField(max_length=10, default="queued")
    queued_at = models.DateTimeField()
    again_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    bundle = models.BigIntegerField(null=True)
    maybe_repeated = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    gateway_ref = models.CharField(max_length=100, default="")
    trouble = models.TextField(default="", blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["channel", "-urgent", "queued_at"],
                condition=Q(state__in=("queued", "sending")),
                name="delivery_waiting",
            ),
            models.Index(fields=["channel", "sent_at"], condition=Q(state="sent"), name="delivery_unproven"),
        ]
