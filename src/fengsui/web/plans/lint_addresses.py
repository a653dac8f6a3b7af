"""Addresses of the check: the board of the library, the findings beside a plan."""

from __future__ import annotations

from django.urls import URLPattern, path

from fengsui.web.plans import findings, lint_board

patterns: list[URLPattern] = [
    path("plans/lint", lint_board.board, name="lint-board"),
    path("plans/lint/findings", lint_board.listed, name="lint-list"),
    path("plans/lint/report.<slug:kind>", lint_board.report, name="lint-report"),
    path("plans/<str:draft_id>/findings", findings.findings, name="plan-findings"),
    path("plans/<str:draft_id>/findings/check", findings.check, name="plan-lint-again"),
    path("plans/<str:draft_id>/findings.<slug:kind>", findings.report, name="plan-lint-report"),
    path("plans/<str:draft_id>/commented.docx", findings.commented, name="plan-commented"),
    path("plans/<str:draft_id>/findings/<slug:fingerprint>/aside", findings.aside, name="finding-aside"),
    path("plans/<str:draft_id>/findings/<slug:fingerprint>/undo", findings.undo, name="finding-undo"),
]
