"""Notices about statements to the public: which still wait for the post they went to."""

from __future__ import annotations

from fengsui.application.notify_ports import Notice
from fengsui.store.models import StatementApproverRow

WORDS = "statement_waiting"
"""The kind of notice that asks to agree to a statement."""


def asked_for_words(notices: tuple[Notice, ...]) -> set[tuple[str, str, str]]:
    """Statements that wait, by incident and the post still asked to agree."""
    ids = {item.incident_id for item in notices if item.kind == WORDS}
    if not ids:
        return set()
    rows = StatementApproverRow.objects.filter(statement__incident_id__in=ids)
    return set(rows.values_list("statement__incident_id", "statement__statement_id", "post_id"))
