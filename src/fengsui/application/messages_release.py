"""Messages around what is said to the public: who is asked to agree, and what the author is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from fengsui.core.response import events_release as ev
from fengsui.core.response.incident import Incident

Line = tuple[Sequence[str], str, dict[str, Any], str]


def _drafted(event: ev.StatementDrafted, _incident: Incident) -> Line:
    return event.approvers, "statement_waiting", {"statement": event.title}, event.statement_id


def _returned(event: ev.StatementReturned, incident: Incident) -> Line:
    state = incident.release.statements[event.statement_id]
    data = {"statement": state.draft.title, "reason": event.reason}
    return (state.written[-1].by,), "statement_returned", data, event.statement_id


LINES: dict[type, Callable[[Any, Incident], Line]] = {
    ev.StatementDrafted: _drafted,
    ev.StatementReturned: _returned,
}
