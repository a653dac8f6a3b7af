"""Duty watch for screens."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from fengsui.core.directory import significant
from fengsui.store import models
from fengsui.store.failures import told_plainly
from fengsui.store.selectors.incidents import within
from fengsui.store.selectors.lines import LogLine, ShiftLine
from fengsui.store.selectors.memo import kept
from fengsui.store.selectors.people import _holder


@kept
def waiting_calls(area: str) -> int:
    """How many calls of the area, or of no known place, nobody has dealt with."""
    within = Q(place_code__startswith=significant(area)) | Q(place_code="")
    with told_plainly():
        return models.CallRow.objects.filter(within, state="waiting").count()


def person_names(*person_ids: str) -> dict[str, str]:
    """Names of these people; one that was sealed is left out."""
    rows = models.PersonDetail.objects.filter(pk__in=set(person_ids), sealed_at__isnull=True)
    with told_plainly():
        return {pk: name for pk, name in rows.values_list("person_id", "name") if name}


def log_between(area: str, first: datetime, last: datetime, limit: int) -> list[LogLine]:
    """Everything recorded of the incidents of the area in ``first`` ≤ t < ``last``, in order."""
    rows = models.EventRow.objects.select_related("incident").filter(
        within(area, "incident__"), at__gte=first, at__lt=last
    )
    with told_plainly():
        return [
            LogLine(
                incident_id=row.incident_id,
                incident_title=row.incident.title,
                seq=row.seq,
                at=row.at,
                by=row.by,
                type=row.type,
                data=row.data,
            )
            for row in rows.order_by("at", "id")[:limit]
        ]


def shifts_between(area: str, first: datetime, last: datetime, limit: int = 60) -> list[ShiftLine]:
    """Who was on duty in that time."""
    rows = models.Roster.objects.filter(post__jurisdiction_id=area, starts__lt=last, ends__gt=first)
    with told_plainly():
        return [
            ShiftLine(
                post_id=row.post_id,
                name=_holder(row.post_id, row.person).name if row.person is not None else "",
                main=row.main,
                starts=row.starts,
                ends=row.ends,
                leader=row.leader,
                substitute=row.instead_of_id is not None,
            )
            for row in rows.select_related("person__detail").order_by("starts", "leader", "-main")[:limit]
        ]


@kept
def unsigned_hand_overs(area: str) -> int:
    """How many hand-overs nobody has signed."""
    rows = models.HandOverRow.objects.filter(area=area, signed_at__isnull=True, withdrawn_at__isnull=True)
    with told_plainly():
        return rows.count()
