"""Reports being written, reports received, and the ledgers of losses."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ReportDraftRow(models.Model):
    """What was typed of a report, one a clock; gone when the report went out."""

    incident_id = models.CharField(max_length=64)
    clock_id = models.CharField(max_length=200)
    data = models.TextField()
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["incident_id", "clock_id"], name="report_draft_once"),
        ]


class ReceivedReportRow(models.Model):
    """A report of another Fengsui as it came; its text never changes. ``returned_at``: the sender was told
    of the signature."""

    received_id = models.CharField(max_length=64, primary_key=True)
    peer = models.CharField(max_length=64)
    report_id = models.CharField(max_length=64)
    incident_ref = models.CharField(max_length=64)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=12)
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, default="", blank=True)
    document = models.TextField()
    received_at = models.DateTimeField()
    receipt = models.CharField(max_length=64)
    place_code = models.CharField(max_length=12, default="", blank=True)
    exercise = models.BooleanField(default=False)
    signed_by = models.CharField(max_length=64, default="", blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["peer", "digest"], name="received_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["signed_at"], name="received_signed"),
            models.Index(fields=["-received_at"], name="received_latest"),
            models.Index(fields=["peer", "incident_ref", "received_at"], name="received_of"),
        ]


class LossEntry(models.Model):
    """A row of a ledger. ``low`` and ``high`` empty: not known; who it is stands in ``PersonalRecord``."""

    row_id = models.CharField(max_length=64, primary_key=True)
    number = models.PositiveIntegerField(default=0)
    incident = models.ForeignKey("store.IncidentRow", on_delete=models.PROTECT, related_name="losses")
    item = models.CharField(max_length=40)
    county = models.CharField(max_length=100, blank=True)
    township = models.CharField(max_length=100, blank=True)
    village = models.CharField(max_length=100, blank=True)
    reported_by = models.CharField(max_length=200)
    low = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    high = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    manner = models.CharField(max_length=12, blank=True)
    person_ref = models.CharField(max_length=64, blank=True)
    note = models.TextField(blank=True)
    status = models.CharField(max_length=12, default="reported")
    entered_by = models.CharField(max_length=64)
    entered_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["incident", "item", "number"], name="loss_of"),
        ]


class LossFigure(models.Model):
    """The figure that one department gives for one item of an incident now."""

    incident = models.ForeignKey("store.IncidentRow", on_delete=models.PROTECT, related_name="loss_figures")
    item = models.CharField(max_length=40)
    body = models.CharField(max_length=200)
    low = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    high = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    manner = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["incident", "item", "body"], name="loss_figure_once"),
        ]
