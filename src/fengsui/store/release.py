"""The public page in the database (port ``PublicPages``)."""

from __future__ import annotations

from fengsui.application.release_ports import PublicStatement, never_of_an_exercise
from fengsui.store.failures import told_plainly
from fengsui.store.models import PublishedStatement


class DjangoPages:
    """``PublicPages`` on the table of ``store.models.release``."""

    def publish(self, statement: PublicStatement) -> None:
        """Put it on the page; one that is there stays as it is."""
        never_of_an_exercise(statement)
        with told_plainly():
            PublishedStatement.objects.bulk_create(
                [
                    PublishedStatement(
                        public_id=statement.public_id,
                        incident_id=statement.incident_id,
                        statement_id=statement.statement_id,
                        number=statement.number,
                        kind=statement.kind,
                        title=statement.title,
                        text=statement.text,
                        place=statement.place,
                        issuer=statement.issuer,
                        published_at=statement.published_at,
                        next_update=statement.next_update,
                        corrects=statement.corrects or "",
                        wrong=statement.wrong,
                        right=statement.right,
                        evidence=statement.evidence,
                    )
                ],
                ignore_conflicts=True,
            )

    def of(self, public_id: str) -> tuple[PublicStatement, ...]:
        """What was published of one incident, the first first."""
        with told_plainly():
            rows = PublishedStatement.objects.filter(public_id=public_id).order_by("number")
            return tuple(_statement(row) for row in rows)

    def latest(self, limit: int) -> tuple[PublicStatement, ...]:
        """The last statements of all incidents, the latest first."""
        with told_plainly():
            rows = PublishedStatement.objects.order_by("-published_at", "-id")[:limit]
            return tuple(_statement(row) for row in rows)


def _statement(row: PublishedStatement) -> PublicStatement:
    return PublicStatement(
        public_id=row.public_id,
        incident_id=row.incident_id,
        statement_id=row.statement_id,
        number=row.number,
        kind=row.kind,
        title=row.title,
        text=row.text,
        place=row.place,
        issuer=row.issuer,
        published_at=row.published_at,
        next_update=row.next_update,
        corrects=row.corrects or None,
        wrong=row.wrong,
        right=row.right,
        evidence=row.evidence,
    )
