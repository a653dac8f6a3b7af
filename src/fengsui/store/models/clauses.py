"""Clauses of plans for finding (条款全文检索).

A row is a chapter of a plan, or a part of a long one; its clauses are kept as text, the index itself (FTS5 on
SQLite, a tsvector with GIN on PostgreSQL) is made by migration 0007 and has the row's id. The id itself says
which plan and which kind of chapter (``PLACES``, ``KINDS``), so that hits are grouped without a join.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from fengsui.store.models.library import PlanDraft

PLACES = 8
"""Bits of an id for the position of a part in its plan."""
KINDS = 4
"""Bits above them for the kind of chapter, 0 for none."""


class PlanPart(models.Model):
    """Consecutive clauses of one chapter.

    ``clauses``: JSON list of [number, title, line, text, line of each paragraph].
    """

    draft = models.ForeignKey(PlanDraft, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveIntegerField()
    chapter = models.CharField(max_length=200, default="", blank=True)
    section = models.CharField(max_length=20, default="", blank=True)
    clauses = models.TextField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["draft", "position"], name="plan_part_once"),
        ]


class PlanFigure(models.Model):
    """What statistics count of a plan beyond its row; intervals in days, None where it gives none."""

    draft = models.OneToOneField(
        PlanDraft, on_delete=models.CASCADE, primary_key=True, related_name="figures"
    )
    levels = models.PositiveSmallIntegerField(default=0)
    evaluate_days = models.PositiveIntegerField(null=True, blank=True)
    drill_days = models.PositiveIntegerField(null=True, blank=True)
