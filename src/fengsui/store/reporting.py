"""Drafts of reports, ledgers of losses and reports received, in the database."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from fengsui.application.reporting_ports import (
    LedgerChange,
    LossRow,
    LossStatus,
    ReceivedReport,
    ReportDraft,
)
from fengsui.core.errors import InputError
from fengsui.core.fact import Figure, Manner
from fengsui.core.response.events_reporting import LossGiven
from fengsui.store.failures import told_plainly
from fengsui.store.models import AuditRow, LossEntry, LossFigure, ReceivedReportRow, ReportDraftRow

REGISTER = "losses"


class DjangoReportDrafts:
    """``ReportDraftStore``."""

    def save(self, incident_id: str, clock_id: str, draft: ReportDraft) -> None:
        with told_plainly():
            ReportDraftRow.objects.update_or_create(
                incident_id=incident_id,
                clock_id=clock_id,
                defaults={
                    "data": json.dumps(dict(draft.data), ensure_ascii=False),
                    "by": draft.by,
                    "at": draft.at,
                },
            )

    def load(self, incident_id: str, clock_id: str) -> ReportDraft | None:
        with told_plainly():
            row = ReportDraftRow.objects.filter(incident_id=incident_id, clock_id=clock_id).first()
        return None if row is None else ReportDraft(data=json.loads(row.data), by=row.by, at=row.at)

    def clear(self, incident_id: str, clock_id: str) -> None:
        with told_plainly():
            ReportDraftRow.objects.filter(incident_id=incident_id, clock_id=clock_id).delete()

    def drafted(self, incident_id: str) -> frozenset[str]:
        with told_plainly():
            rows = ReportDraftRow.objects.filter(incident_id=incident_id)
            return frozenset(rows.values_list("clock_id", flat=True))


def _figure(row: LossEntry | LossFigure) -> Figure | None:
    if row.low is None and row.high is None:
        return None
    return Figure(low=_plain(row.low), high=_plain(row.high), manner=Manner(row.manner or "known"))


def _plain(value: Decimal | None) -> Decimal | None:
    """Without the zeros that the column adds, so that a figure comes back as it was given."""
    if value is None:
        return None
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()


def _columns(value: Figure | None) -> dict[str, Any]:
    if value is None:
        return {"low": None, "high": None, "manner": ""}
    return {"low": value.low, "high": value.high, "manner": value.manner.value}


class DjangoLedger:
    """``LossLedger``: every change and every look at a person is a row of the audit."""

    def add(self, row: LossRow, by: str) -> None:
        with told_plainly(), transaction.atomic():
            mine = LossEntry.objects.filter(incident_id=row.incident_id)
            last = mine.aggregate(last=Max("number"))["last"] or 0
            LossEntry.objects.create(
                row_id=row.row_id,
                number=last + 1,
                incident_id=row.incident_id,
                item=row.item,
                county=row.county,
                township=row.township,
                village=row.village,
                reported_by=row.reported_by,
                person_ref=row.person_ref or "",
                note=row.note,
                status=row.status.value,
                entered_by=row.entered_by,
                entered_at=row.entered_at,
                **_columns(row.value),
            )
            _noted(row.incident_id, row.row_id, by, added=row.item)

    def row(self, row_id: str) -> LossRow:
        with told_plainly():
            return _loss_row(_entry(row_id))

    def change(self, row_id: str, changes: Mapping[str, Any], by: str) -> LossRow:
        with told_plainly(), transaction.atomic():
            entry = _entry(row_id)
            before = _loss_row(entry)
            for name, value in changes.items():
                if name == "value":
                    for column, content in _columns(value).items():
                        setattr(entry, column, content)
                else:
                    setattr(entry, name, str(value))
            entry.save()
            old = {name: str(getattr(before, name)) for name in changes}
            new = {name: str(value) for name, value in changes.items()}
            _noted(entry.incident_id, row_id, by, before=old, after=new)
            return _loss_row(entry)

    def rows(self, incident_id: str) -> tuple[LossRow, ...]:
        with told_plainly():
            entries = LossEntry.objects.filter(incident_id=incident_id).order_by("number", "row_id")
            return tuple(_loss_row(entry) for entry in entries)

    def give(self, incident_id: str, item: str, given: LossGiven, by: str) -> None:
        with told_plainly(), transaction.atomic():
            before = LossFigure.objects.filter(incident_id=incident_id, item=item, body=given.body).first()
            LossFigure.objects.update_or_create(
                incident_id=incident_id, item=item, body=given.body, defaults=_columns(given.value)
            )
            change = {"body": given.body, "after": str(given.value)}
            if before is not None:
                change["before"] = str(_figure(before))
            _noted(incident_id, item, by, **change)

    def given(self, incident_id: str) -> dict[str, tuple[LossGiven, ...]]:
        found: dict[str, tuple[LossGiven, ...]] = {}
        with told_plainly():
            for row in LossFigure.objects.filter(incident_id=incident_id).order_by("pk"):
                given = LossGiven(body=row.body, value=_figure(row))
                found[row.item] = (*found.get(row.item, ()), given)
        return found

    def note_read(self, row_id: str, by: str) -> None:
        with told_plainly():
            _noted(_entry(row_id).incident_id, row_id, by, read=True)

    def history(self, incident_id: str, limit: int = 50) -> tuple[LedgerChange, ...]:
        with told_plainly():
            rows = AuditRow.objects.filter(register=REGISTER, key=incident_id).order_by("-at", "-pk")[:limit]
            found = []
            for row in rows:
                change = json.loads(row.change)
                found.append(LedgerChange(at=row.at, by=row.by, row_id=change.pop("row"), change=change))
            return tuple(found)


def _noted(incident_id: str, row_id: str, by: str, **change: Any) -> None:
    text = json.dumps({"row": row_id, **change}, ensure_ascii=False)
    AuditRow.objects.create(by=by, register=REGISTER, key=incident_id, change=text)


def _entry(row_id: str) -> LossEntry:
    entry = LossEntry.objects.filter(pk=row_id).first()
    if entry is None:
        raise InputError("loss_row_unknown", row=row_id)
    return entry


def _loss_row(entry: LossEntry) -> LossRow:
    return LossRow(
        row_id=entry.row_id,
        incident_id=entry.incident_id,
        item=entry.item,
        county=entry.county,
        township=entry.township,
        village=entry.village,
        reported_by=entry.reported_by,
        value=_figure(entry),
        person_ref=entry.person_ref or None,
        note=entry.note,
        status=LossStatus(entry.status),
        entered_by=entry.entered_by,
        entered_at=entry.entered_at,
    )


class DjangoReceived:
    """``ReceivedStore``."""

    def keep(self, report: ReceivedReport) -> ReceivedReport:
        with told_plainly():
            try:
                with transaction.atomic():
                    ReceivedReportRow.objects.create(
                        received_id=report.received_id,
                        peer=report.peer,
                        report_id=report.report_id,
                        incident_ref=report.incident_ref,
                        title=report.title,
                        kind=report.kind,
                        digest=report.digest,
                        previous=report.previous or "",
                        document=json.dumps(dict(report.document), ensure_ascii=False),
                        received_at=report.received_at,
                        receipt=report.receipt,
                        place_code=report.place_code,
                        exercise=report.exercise,
                    )
                return report
            except IntegrityError:
                return _received(ReceivedReportRow.objects.get(peer=report.peer, digest=report.digest))

    def one(self, received_id: str) -> ReceivedReport:
        with told_plainly():
            row = ReceivedReportRow.objects.filter(pk=received_id).first()
        if row is None:
            raise InputError("received_unknown", received=received_id)
        return _received(row)

    def several(self, received_ids: Collection[str]) -> tuple[ReceivedReport, ...]:
        with told_plainly():
            rows = ReceivedReportRow.objects.filter(pk__in=list(received_ids))
            return tuple(_received(row) for row in rows.order_by("received_at", "received_id"))

    def latest(self, limit: int = 50) -> tuple[ReceivedReport, ...]:
        with told_plainly():
            rows = ReceivedReportRow.objects.order_by("-received_at", "-received_id")[:limit]
            return tuple(_received(row) for row in rows)

    def of_incident(self, peer: str, incident_ref: str) -> tuple[ReceivedReport, ...]:
        with told_plainly():
            rows = ReceivedReportRow.objects.filter(peer=peer, incident_ref=incident_ref)
            return tuple(_received(row) for row in rows.order_by("received_at", "received_id"))

    def unreturned(
        self, peers: Collection[str], since: datetime, limit: int = 20
    ) -> tuple[ReceivedReport, ...]:
        with told_plainly():
            rows = ReceivedReportRow.objects.filter(
                peer__in=list(peers), signed_at__gte=since, returned_at__isnull=True
            )
            return tuple(_received(row) for row in rows.order_by("signed_at", "received_id")[:limit])

    def returned(self, received_id: str, at: datetime) -> None:
        with told_plainly():
            ReceivedReportRow.objects.filter(pk=received_id).update(returned_at=at)

    def sign(self, received_id: str, by: str, at: datetime) -> ReceivedReport:
        with told_plainly(), transaction.atomic():
            ReceivedReportRow.objects.filter(pk=received_id, signed_by="").update(signed_by=by, signed_at=at)
            return self.one(received_id)


def _received(row: ReceivedReportRow) -> ReceivedReport:
    return ReceivedReport(
        received_id=row.received_id,
        peer=row.peer,
        report_id=row.report_id,
        incident_ref=row.incident_ref,
        title=row.title,
        kind=row.kind,
        digest=row.digest,
        previous=row.previous or None,
        document=json.loads(row.document),
        received_at=row.received_at,
        receipt=row.receipt,
        place_code=row.place_code,
        exercise=row.exercise,
        signed_by=row.signed_by or None,
        signed_at=row.signed_at,
        returned_at=row.returned_at,
    )
