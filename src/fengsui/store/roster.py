"""The roster in the database (port ``RosterStore``)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from fengsui.application.roster_ports import (
    ChangeKind,
    ChangeState,
    Leave,
    Member,
    Part,
    RosterChange,
    Shift,
)
from fengsui.core.errors import Conflict
from fengsui.store import models
from fengsui.store.failures import told_plainly


class DjangoRoster:
    """``RosterStore`` on the tables of people and duty watch."""

    def members(self, area: str, now: datetime) -> tuple[Member, ...]:
        rows = models.Holding.objects.filter(
            Q(ends__isnull=True) | Q(ends__gt=now), post__jurisdiction_id=area, starts__lte=now
        )
        with told_plainly():
            return tuple(
                Member(
                    person_id=row.person_id,
                    name=_name(row.person),
                    post_id=row.post_id,
                    unit_id=row.post.unit_id,
                )
                for row in rows.select_related("person__detail", "post").order_by("post_id")
            )

    def shifts(self, area: str, first: datetime, last: datetime) -> tuple[Shift, ...]:
        rows = models.Roster.objects.filter(
            post__jurisdiction_id=area, person__isnull=False, starts__lt=last, ends__gt=first
        )
        with told_plainly():
            return tuple(_shift(row) for row in rows.order_by("starts", "-main", "post_id", "id"))

    def shift(self, shift_id: str) -> tuple[Shift, str] | None:
        if not shift_id.isdigit():
            return None
        with told_plainly():
            row = models.Roster.objects.select_related("post").filter(pk=int(shift_id)).first()
            return None if row is None else (_shift(row), row.post.jurisdiction_id)

    def put(self, shifts: Sequence[Shift], by: str, why: Mapping[str, Any]) -> None:
        with told_plainly(), transaction.atomic():
            known = [int(shift.shift_id) for shift in shifts if shift.shift_id]
            before = {row.pk: row for row in models.Roster.objects.filter(pk__in=known)}
            # Two who exchange their turns would meet in between: first nobody, then the other.
            models.Roster.objects.filter(pk__in=known).update(person=None)
            for shift in shifts:
                columns = _columns(shift)
                if shift.shift_id:
                    models.Roster.objects.filter(pk=int(shift.shift_id)).update(**columns)
                    old = before.get(int(shift.shift_id))
                    _audit(by, shift.shift_id, why, old.person_id if old else None, shift.person_id)
                else:
                    row = models.Roster.objects.create(**columns)
                    _audit(by, str(row.pk), why, None, shift.person_id)

    def remove(self, shift_id: str, by: str, why: Mapping[str, Any]) -> None:
        with told_plainly(), transaction.atomic():
            row = models.Roster.objects.filter(pk=int(shift_id)).first()
            if row is not None:
                _audit(by, shift_id, why, row.person_id, None)
                row.delete()

    def leaves(self, area: str, first: datetime, last: datetime) -> tuple[Leave, ...]:
        rows = models.LeaveRow.objects.filter(
            person__holdings__post__jurisdiction_id=area, starts__lt=last, ends__gt=first
        ).distinct()
        with told_plainly():
            return tuple(
                Leave(person_id=row.person_id, starts=row.starts, ends=row.ends, reason=row.reason)
                for row in rows.order_by("starts", "id")
            )

    def add_leave(self, leave: Leave, by: str) -> None:
        with told_plainly(), transaction.atomic():
            row = models.LeaveRow.objects.create(
                person_id=leave.person_id, starts=leave.starts, ends=leave.ends, reason=leave.reason
            )
            span = [leave.starts.isoformat(), leave.ends.isoformat()]
            _write(by, "leave", str(row.pk), {"person": leave.person_id, "span": span})

    def changes(self, area: str, states: Sequence[ChangeState], limit: int = 50) -> tuple[RosterChange, ...]:
        rows = models.RosterChange.objects.filter(area=area, state__in=[state.value for state in states])
        with told_plainly():
            return tuple(_change(row) for row in rows.order_by("-asked_at", "-id")[:limit])

    def change(self, change_id: str) -> RosterChange | None:
        with told_plainly():
            row = models.RosterChange.objects.filter(pk=change_id).first()
            return None if row is None else _change(row)

    def save_change(self, change: RosterChange) -> None:
        columns = {
            "kind": change.kind.value,
            "area": change.area,
            "person_id": change.person_id,
            "shift_id": int(change.shift_id) if change.shift_id else None,
            "other_id": int(change.other_id) if change.other_id else None,
            "starts": change.starts,
            "ends": change.ends,
            "reason": change.reason,
            "asked_by": change.asked_by,
            "asked_by_person": change.asked_by_person,
            "asked_at": change.asked_at,
            "state": change.state.value,
            "decided_by": change.decided_by,
            "decided_at": change.decided_at,
            "answer": change.answer,
        }
        with told_plainly(), transaction.atomic():
            rows: QuerySet[models.RosterChange] = models.RosterChange.objects.filter(pk=change.change_id)
            if not rows.exists():
                models.RosterChange.objects.create(id=change.change_id, **columns)
            elif not rows.filter(state=ChangeState.ASKED.value).update(**columns):
                raise Conflict("change_decided")


def _name(person: models.Person) -> str:
    detail = getattr(person, "detail", None)
    return "" if detail is None or detail.sealed_at is not None else str(detail.name)


def _part(row: models.Roster) -> Part:
    return Part.LEADER if row.leader else Part.MAIN if row.main else Part.DEPUTY


def _shift(row: models.Roster) -> Shift:
    return Shift(
        shift_id=str(row.pk),
        post_id=row.post_id,
        person_id=row.person_id or "",
        starts=row.starts,
        ends=row.ends,
        part=_part(row),
        instead_of=row.instead_of_id or "",
        note=row.note,
    )


def _columns(shift: Shift) -> dict[str, Any]:
    return {
        "post_id": shift.post_id,
        "person_id": shift.person_id,
        "starts": shift.starts,
        "ends": shift.ends,
        "main": shift.part is Part.MAIN,
        "leader": shift.part is Part.LEADER,
        "instead_of_id": shift.instead_of or None,
        "note": shift.note,
    }


def _change(row: models.RosterChange) -> RosterChange:
    return RosterChange(
        change_id=row.id,
        kind=ChangeKind(row.kind),
        area=row.area,
        person_id=row.person_id,
        shift_id=str(row.shift_id or ""),
        other_id=str(row.other_id or ""),
        starts=row.starts,
        ends=row.ends,
        reason=row.reason,
        asked_by=row.asked_by,
        asked_by_person=row.asked_by_person,
        asked_at=row.asked_at,
        state=ChangeState(row.state),
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        answer=row.answer,
    )


def _audit(by: str, key: str, why: Mapping[str, Any], before: str | None, after: str | None) -> None:
    _write(by, "roster", key, {**why, "before": before, "after": after})


def _write(by: str, register: str, key: str, change: Mapping[str, Any]) -> None:
    models.AuditRow.objects.create(
        by=by, register=register, key=key, change=json.dumps(dict(change), ensure_ascii=False)
    )
