"""Where the matter of a notice is dealt with, behind the sign-in."""

from __future__ import annotations

from django.urls import reverse

_PAGES = {
    "proposed": "approval",
    "statement_waiting": "statement-approval",
    "statement_returned": "statement",
}
"""Kinds that have a page of their own, reached by the incident and what the notice is about."""
_ON_MY_TASKS = ("directive", "matter_given")


def where(kind: str, incident_id: str, ref: str) -> str:
    """The address for a notice of ``kind``; "" where it is of no incident."""
    if not incident_id:
        return ""
    if kind in _PAGES:
        return reverse(_PAGES[kind], args=[incident_id, ref])
    return reverse("tasks") if kind in _ON_MY_TASKS else reverse("room", args=[incident_id])
