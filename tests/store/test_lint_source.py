"""The plans in force as the check of the library takes them from the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from test_finding import kept

from fengsui.adapters.lint_cache import LintCache
from fengsui.adapters.lint_pool import check_here
from fengsui.application.library_linting import lint_library
from fengsui.application.plan_library_ports import DraftState
from fengsui.core.plan.model import Plan
from fengsui.store.library import DjangoLibrary
from fengsui.store.lint_source import DjangoPlanSource

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def in_force(number: int, place: str, unit: str) -> Plan:
    record = kept(number, place, unit, state=DraftState.APPROVED)
    plan = Plan(
        id=f"plan{number}",
        version=1,
        kind=record.kind,
        jurisdiction=record.jurisdiction,
        content=record.draft.content,
    )
    after = replace(record, state=DraftState.IN_FORCE, plan_id=plan.id, revision=record.revision + 1)
    DjangoLibrary().put_in_force(after, plan, record.revision, NOW)
    return plan


def test_plans_in_force_come_with_their_text_and_drafts_do_not(engine: str) -> None:
    plan = in_force(1, "东河县", "东河县水利局")
    kept(2, "西岭县", "西岭县水利局")
    source = DjangoPlanSource()
    (head,) = source.heads()
    (found,) = source.load([head])
    assert (head.plan_id, head.title) == (plan.id, plan.content.title)
    assert found.document == "doc1"
    assert "编制目的" in found.lines
    assert '"doubts"' in found.draft or '"content"' in found.draft


def test_what_was_checked_is_kept_until_the_plan_changes(engine: str, tmp_path: Path) -> None:
    in_force(1, "东河县", "东河县水利局")
    cache = LintCache(tmp_path / "kept.sqlite3")
    first = lint_library(DjangoPlanSource(), cache, check_here)
    second = lint_library(DjangoPlanSource(), cache, check_here)
    assert (first.checked, second.checked) == (1, 0)
    assert first.findings == second.findings
    assert first.findings["plan1"]
