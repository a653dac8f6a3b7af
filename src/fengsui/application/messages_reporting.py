"""Messages of reporting: a report in the inbox of those it goes to inside the directory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from fengsui.core.response.events import ReportSent
from fengsui.core.response.events_reporting import ReportAmended
from fengsui.core.response.incident import Incident

Line = tuple[Sequence[str], str, dict[str, Any], str]

LONGEST = 800
"""Characters of a report shown in a message; the page of the report has all of it."""


def _report(event: Any, _incident: Incident) -> Line:
    body = event.report
    if body is None:
        return (), "report", {}, ""
    text = event.text if len(event.text) <= LONGEST else event.text[:LONGEST] + "……"
    return body.reached, "report", {"report": body.title, "text": text}, body.report_id


LINES: dict[type, Callable[[Any, Incident], Line]] = {ReportSent: _report, ReportAmended: _report}
