"""Findings as files for a browser to keep."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from django.utils import timezone

from fengsui import bootstrap
from fengsui.application.lint_outputs.html import html
from fengsui.application.lint_outputs.sarif import sarif
from fengsui.application.lint_report import Checked
from fengsui.application.lint_summary import leader_page
from fengsui.application.lint_words import finding_table
from fengsui.core.errors import InputError


def _json(checked: Sequence[Checked], language: str) -> str:
    table = [finding_table(found, each.file, language) for each in checked for found in each.findings]
    return json.dumps({"findings": table}, ensure_ascii=False) + "\n"


MAKERS: dict[str, Callable[[Sequence[Checked], str], str]] = {"html": html, "sarif": sarif, "json": _json}


LEADER = "pdf"
"""The page for a leader."""


def made(kind: str, checked: Sequence[Checked], language: str) -> bytes:
    """The file of ``kind``. Raises InputError("lint_kind_unknown"), Permanent("pdf_not_made")."""
    if kind == LEADER:
        return bootstrap.leader_pdf(leader_page(checked, timezone.localdate(), language))
    if kind not in MAKERS:
        raise InputError("lint_kind_unknown", kind=kind[:20], kinds="、".join((*MAKERS, LEADER)))
    return MAKERS[kind](checked, language).encode("utf-8", "surrogateescape")
