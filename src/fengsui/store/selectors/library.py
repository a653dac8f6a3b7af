"""The plan library."""

from __future__ import annotations

import json
from datetime import date, datetime

from django.db.models import Count, Q

from fengsui.core.directory import significant
from fengsui.store import models
from fengsui.store.failures import told_plainly
from fengsui.store.selectors.lines import BatchLine, ImportLine, PlanLine
from fengsui.store.selectors.memo import kept

_LONG = ("draft", "settlements", "bindings", "metadata", "history")
_OPEN_ENTRIES = ("waiting", "reading")


@kept
def plans(
    *,
    search: str = "",
    state: str = "",
    jurisdiction: str = "",
    kind: str = "",
    hazard_class: str = "",
    issuer: str = "",
    to_file_before: date | None = None,
    limit: int = 50,
    offset: int = 0,
) -> tuple[list[PlanLine], int]:
    """One page of the plan library, the latest first, and how many there are.

    ``search`` words must all occur in title, number or file name; ``jurisdiction`` keeps that area and below;
    ``to_file_before`` keeps plans in force not filed whose last day lies before it, the earliest first.
    """
    exact = {"state": state, "kind": kind, "hazard_class": hazard_class, "issuer": issuer}
    rows = models.PlanDraft.objects.filter(**{name: value for name, value in exact.items() if value})
    for term in search.split():
        rows = rows.filter(Q(title__icontains=term) | Q(filename__icontains=term) | Q(number__icontains=term))
    if jurisdiction:
        rows = rows.filter(jurisdiction__startswith=significant(jurisdiction))
    order = ("-imported_at", "position", "id")
    if to_file_before is not None:
        rows = rows.filter(state="in_force", filed_on__isnull=True, filing_due__lt=to_file_before)
        order = ("filing_due", "title", "id")
    with told_plainly():
        wanted = rows.order_by(*order).values_list("id", flat=True)
        ids = list(wanted[offset : offset + limit])
        found = models.PlanDraft.objects.defer(*_LONG).in_bulk(ids)
        page = [found[draft_id] for draft_id in ids]
        total = rows.count()
        in_force = {
            draft_id: (version, since)
            for draft_id, version, since in models.PlanVersion.objects.filter(
                draft_id__in=[row.id for row in page], ended_at__isnull=True
            ).values_list("draft_id", "version", "in_force_from")
        }
    return [_plan_line(row, in_force.get(row.id)) for row in page], total


def _plan_line(row: models.PlanDraft, in_force: tuple[int, datetime] | None) -> PlanLine:
    version, since = in_force or (0, None)
    return PlanLine(
        draft_id=row.id,
        document_id=row.document_id,
        title=row.title,
        filename=row.filename,
        kind=row.kind,
        jurisdiction=row.jurisdiction,
        state=row.state,
        doubts=row.doubts,
        open_doubts=row.open_doubts,
        plan_id=row.plan_id,
        version=version,
        imported_at=row.imported_at,
        in_force_from=since,
        number=row.number,
        issuer=row.issuer,
        issued=row.issued,
        in_force_on=row.in_force_on,
        hazard_class=row.hazard_class,
        event_code=row.event_code,
        upper_title=row.upper_title,
        version_of=row.version_of,
        confirmed_at=row.confirmed_at,
        approved_at=row.approved_at,
        filing_due=row.filing_due,
        filed_on=row.filed_on,
        filed_with=row.filed_with,
    )


@kept
def issuers(limit: int = 200) -> list[str]:
    """The bodies that issued plans of the library, by name."""
    with told_plainly():
        rows = models.PlanDraft.objects.exclude(issuer="").order_by("issuer")
        return list(rows.values_list("issuer", flat=True).distinct()[:limit])


def draft_title(draft_id: str) -> str:
    """Title and file name of a draft, "" if unknown."""
    with told_plainly():
        row = models.PlanDraft.objects.filter(pk=draft_id).values_list("title", "filename").first()
    return f"{row[0]}（{row[1]}）" if row else ""


def import_entries(batch_id: str, *, state: str = "", limit: int = 100, offset: int = 0) -> list[ImportLine]:
    """The files of an import in their order, of one state or all."""
    rows = models.ImportEntry.objects.filter(batch_id=batch_id)
    if state:
        rows = rows.filter(state=state)
    with told_plainly():
        return [
            ImportLine(
                entry_id=row.pk,
                name=row.name,
                size=row.size,
                state=row.state,
                code=row.code,
                words=json.loads(row.words),
                drafts=tuple(json.loads(row.drafts)),
            )
            for row in rows.defer("data").order_by("position")[offset : offset + limit]
        ]


def may_read_again(batch_id: str) -> bool:
    """Whether a failed file of the import is kept, so that it can be read once more."""
    with told_plainly():
        failed = models.ImportEntry.objects.filter(batch_id=batch_id, state="failed")
        return failed.exclude(data=b"").exists()


def imports(jurisdiction: str, limit: int = 10) -> list[BatchLine]:
    """The latest imports of an area and those below it."""
    with told_plainly():
        rows = models.ImportBatch.objects.filter(jurisdiction__startswith=significant(jurisdiction)).annotate(
            total=Count("entries"),
            left=Count("entries", filter=Q(entries__state__in=_OPEN_ENTRIES)),
            failed=Count("entries", filter=Q(entries__state="failed")),
        )
        return [
            BatchLine(
                batch_id=row.id,
                source=row.source,
                created_at=row.created_at,
                created_by=row.created_by,
                total=row.total,
                left=row.left,
                failed=row.failed,
            )
            for row in rows.order_by("-created_at")[:limit]
        ]


def draft_in_force(plan_id: str) -> str | None:
    """Id of the draft from which the version in force was made: the way from a plan to its page."""
    with told_plainly():
        rows = models.PlanVersion.objects.filter(plan_id=plan_id, ended_at__isnull=True)
        return rows.values_list("draft_id", flat=True).first()


def plan_titles(plan_ids: tuple[str, ...]) -> dict[str, str]:
    """Titles of plans in force by id."""
    with told_plainly():
        rows = models.PlanVersion.objects.filter(plan_id__in=plan_ids, ended_at__isnull=True)
        return dict(rows.values_list("plan_id", "title"))
