"""What the check found and what people said of it (port ``LintStore``)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q, Sum

from fengsui.application.aftermath_ports import ReviewFinding
from fengsui.application.lint_kept import findings_from, findings_to
from fengsui.application.lint_library_ports import Kept, KeptDismissal, LintCheck
from fengsui.core.lint.dismissal import Dismissal
from fengsui.core.lint.finding import Severity
from fengsui.store.aftermath import review_findings
from fengsui.store.failures import told_plainly
from fengsui.store.models import LintDay, LintDismissal, LintFinding, LintRun, PlanDraft, PlanVersion

GRADES = tuple(Severity)
"""Severities by the number a row keeps: the gravest first, so that an index gives them in this order."""
OUT = ("superseded", "withdrawn")
"""States of plans that no longer count."""


class DjangoLint:
    """``LintStore`` on the tables of ``store.models.lint``."""

    def check(self, draft_id: str) -> LintCheck | None:
        """The last check of a draft, findings in the order of the plan; None: never checked."""
        with told_plainly():
            made = LintRun.objects.filter(pk=draft_id).first()
            if made is None:
                return None
            found = LintFinding.objects.filter(draft_id=draft_id).order_by("position")
            return LintCheck(
                draft_id=draft_id,
                revision=made.revision,
                rules=made.rules,
                checked_at=made.checked_at,
                found=tuple(kept for row in found for kept in _kept(row)),
                against=made.against,
                failed=made.failed,
            )

    def keep(self, check: LintCheck, aside: Collection[str], until: date | None) -> None:
        """Put ``check`` in the place of the one before."""
        with told_plainly(), transaction.atomic():
            # The lock on the draft keeps two checks of one plan from writing side by side.
            if not PlanDraft.objects.select_for_update().filter(pk=check.draft_id).values("pk").first():
                return
            LintFinding.objects.filter(draft_id=check.draft_id).delete()
            LintFinding.objects.bulk_create(
                _row(check.draft_id, place, each, aside) for place, each in enumerate(check.found)
            )
            LintRun.objects.update_or_create(
                draft_id=check.draft_id,
                defaults={
                    "revision": check.revision,
                    "rules": check.rules,
                    "checked_at": check.checked_at,
                    "against": check.against,
                    "failed": check.failed,
                },
            )
            _count(check.draft_id, until)

    def set_aside(self, draft_id: str, aside: Collection[str], until: date | None) -> None:
        """Say anew which findings of a draft are put aside."""
        with told_plainly(), transaction.atomic():
            own = LintFinding.objects.filter(draft_id=draft_id)
            own.filter(aside=True).exclude(fingerprint__in=aside).update(aside=False)
            own.filter(aside=False, fingerprint__in=aside).update(aside=True)
            _count(draft_id, until)

    def dismissals(self, draft_id: str) -> tuple[KeptDismissal, ...]:
        """The dismissals of a draft that were not undone, the oldest first."""
        with told_plainly():
            rows = LintDismissal.objects.filter(draft_id=draft_id, ended_at__isnull=True).order_by("at", "id")
            return tuple(_dismissal(row) for row in rows)

    def dismiss(self, draft_id: str, given: Iterable[KeptDismissal]) -> None:
        """Keep dismissals; one of the same finding is replaced, and stays on record."""
        with told_plainly(), transaction.atomic():
            for each in given:
                said = each.dismissal
                _end(draft_id, said.fingerprint, each.by, each.at)
                LintDismissal.objects.create(
                    draft_id=draft_id,
                    fingerprint=said.fingerprint,
                    rule=said.rule,
                    plan=said.plan,
                    clause=said.clause[:200],
                    quote=said.quote,
                    reason=said.reason,
                    owner=said.owner[:100],
                    on=said.on,
                    until=said.until,
                    by=each.by,
                    at=each.at,
                )

    def undo(self, draft_id: str, fingerprint: str, by: str, at: datetime) -> bool:
        """Take a dismissal back, on record; False if there is none."""
        with told_plainly():
            return _end(draft_id, fingerprint, by, at) > 0

    def stale(self, rules: str, today: date, limit: int) -> tuple[str, ...]:
        """Drafts never checked, changed since, checked by other rules, or with a dismissal that has ended."""
        changed = ~Q(lint__revision=F("revision")) | ~Q(lint__rules=rules) | Q(lint__until__lt=today)
        wanted = Q(lint__isnull=True) | changed
        with told_plainly():
            # A plan out of force is checked when somebody opens it, not before.
            rows = PlanDraft.objects.filter(wanted).exclude(state__in=OUT).order_by("-imported_at", "id")
            return tuple(rows.values_list("id", flat=True)[:limit])

    def count_day(self, day: date) -> None:
        """Keep how many findings stand in the library on ``day``; the last count of a day holds."""
        with told_plainly():
            rows = LintRun.objects.exclude(draft__state__in=OUT)
            names = ("grave", "middling", "slight", "aside")
            sums = rows.aggregate(**{name: Sum(name) for name in names})
            counts = {name: sums[name] or 0 for name in names}
            LintDay.objects.update_or_create(day=day, defaults={"plans": rows.count(), **counts})

    def drafts_in_force(self) -> dict[str, str]:
        """By id of a plan in force the draft it was made from."""
        with told_plainly():
            rows = PlanVersion.objects.filter(ended_at__isnull=True, draft__isnull=False)
            return dict(rows.values_list("plan_id", "draft_id"))

    def from_reviews(self, plan_id: str) -> tuple[ReviewFinding, ...]:
        """What reviews asked of a plan and is not mended yet."""
        return review_findings(plan_id)


def _end(draft_id: str, fingerprint: str, by: str, at: datetime) -> int:
    rows = LintDismissal.objects.filter(draft_id=draft_id, fingerprint=fingerprint, ended_at__isnull=True)
    return rows.update(ended_at=at, ended_by=by)


def _count(draft_id: str, until: date | None) -> None:
    rows = LintFinding.objects.filter(draft_id=draft_id).values_list("grade", "fresh", "aside")
    found = list(rows)
    stand = [(grade, fresh) for grade, fresh, aside in found if not aside]
    LintRun.objects.filter(pk=draft_id).update(
        grave=sum(grade == 0 for grade, _ in stand),
        middling=sum(grade == 1 for grade, _ in stand),
        slight=sum(grade == 2 for grade, _ in stand),
        fresh=sum(fresh for _, fresh in stand),
        aside=len(found) - len(stand),
        until=until,
    )


def _row(draft_id: str, place: int, kept: Kept, aside: Collection[str]) -> LintFinding:
    finding = kept.finding
    return LintFinding(
        draft_id=draft_id,
        position=place,
        fingerprint=kept.fingerprint,
        code=finding.rule.code,
        rule=finding.rule.name,
        grade=GRADES.index(finding.severity),
        fresh=kept.new,
        aside=kept.fingerprint in aside,
        since=kept.since,
        data=findings_to([finding]),
    )


def _kept(row: LintFinding) -> tuple[Kept, ...]:
    """The finding of a row; none where its rule is no more: the next check is due anyway."""
    return tuple(
        Kept(finding=finding, fingerprint=row.fingerprint, since=row.since, new=row.fresh)
        for finding in findings_from(row.data)
    )


def _dismissal(row: LintDismissal) -> KeptDismissal:
    said = Dismissal(
        fingerprint=row.fingerprint,
        rule=row.rule,
        plan=row.plan,
        clause=row.clause,
        quote=row.quote,
        reason=row.reason,
        owner=row.owner,
        on=row.on,
        until=row.until,
    )
    return KeptDismissal(dismissal=said, by=row.by, at=row.at)
