"""Duty watch: calls, leave and changes of the roster, hand-overs, the day book.

Posts and incidents are named by id without a foreign key: these rows may outlive a register.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from fengsui.store.models.people import Person, Roster


class CallRow(models.Model):
    """A call in the inbox, whatever brought it. ``caller_ref`` points to personal data kept apart.

    ``source`` is a keyed hash of where a public report came from, for the rate limit; ``source_key`` the
    number a gateway gave it, so that a second delivery is the same call.
    """

    id = models.CharField(max_length=64, primary_key=True)
    means = models.CharField(max_length=10)
    received_at = models.DateTimeField()
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=64, default="", blank=True)
    place = models.CharField(max_length=300, default="", blank=True)
    place_code = models.CharField(max_length=12, default="", blank=True)
    caller_ref = models.CharField(max_length=64, default="", blank=True)
    exercise = models.BooleanField(default=False)
    source = models.CharField(max_length=64, default="", blank=True)
    source_key = models.CharField(max_length=160, null=True, blank=True, unique=True)
    state = models.CharField(max_length=10, default="waiting")
    incident_id = models.CharField(max_length=64, default="", blank=True)
    dismissed_as = models.CharField(max_length=20, default="", blank=True)
    reason = models.TextField(default="", blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=64, default="", blank=True)
    text = models.TextField(default="", blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "-received_at"], name="call_by_state"),
            models.Index(fields=["incident_id"], name="call_of_incident"),
            models.Index(fields=["means", "source", "taken_at"], name="call_rate"),
        ]


class LeaveRow(models.Model):
    """A person is away (请假), as approved; shifts in that time need a substitute."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="leaves")
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    reason = models.CharField(max_length=200, default="", blank=True)


class RosterChange(models.Model):
    """A change of the roster that was asked for: a substitute, a swap of two shifts, or leave.

    ``state``: asked, approved, refused. Approved by another person than the one who asked, or made directly
    by whoever manages the roster.
    """

    id = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=12)
    area = models.CharField(max_length=12)
    shift = models.ForeignKey(Roster, on_delete=models.CASCADE, null=True, blank=True, related_name="changes")
    other = models.ForeignKey(Roster, on_delete=models.CASCADE, null=True, blank=True, related_name="swaps")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roster_changes")
    starts = models.DateTimeField(null=True, blank=True)
    ends = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, default="", blank=True)
    asked_by = models.CharField(max_length=64)
    asked_by_person = models.CharField(max_length=64, default="", blank=True)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="asked")
    decided_by = models.CharField(max_length=64, default="", blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["area", "state", "-asked_at"], name="roster_change_waiting"),
        ]


class HandOverRow(models.Model):
    """A hand-over of duty (交接班). ``matters`` is JSON as gathered at ``made_at`` and never changes;
    ``digest`` covers it with the remarks, so that what was signed can be shown to be what was written."""

    id = models.CharField(max_length=64, primary_key=True)
    area = models.CharField(max_length=12)
    from_post = models.CharField(max_length=64)
    from_person = models.CharField(max_length=64, default="", blank=True)
    shift_starts = models.DateTimeField(null=True, blank=True)
    shift_ends = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.CharField(max_length=64, default="", blank=True)
    signed_person = models.CharField(max_length=64, default="", blank=True)
    signed_remark = models.TextField(default="", blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64)
    remarks = models.TextField(default="", blank=True)
    matters = models.TextField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["area", "-made_at"], name="hand_over_of_area"),
        ]


class DayBookRow(models.Model):
    """A line in the day book of an area (值班日志); never changed, a mistake is put right by another line."""

    area = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.CharField(max_length=64)
    text = models.TextField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["area", "at"], name="day_book_of_area")]
