"""Checking by queries: the findings of the rules, part by part, gone on with after an interruption."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

import pytest

from core.lint_plans import context_of as ladder_context
from core.lint_plans import ladder
from fengsui.adapters import batch_duckdb
from fengsui.adapters.batch_duckdb import DuckTables
from fengsui.adapters.batch_sql import QUERIES
from fengsui.application.batch_linting import (
    by_severity,
    export_library,
    file_parts,
    library_parts,
    rows_of,
    waiting,
)
from fengsui.application.library_linting import PlanHead, StoredPlan
from fengsui.bench import batch
from fengsui.bench.batch import key_of, run_batch
from fengsui.bench.generated_contexts import context_of
from fengsui.bench.generated_plans import made, name_of
from fengsui.bench.generated_rows import rows_of as drawn_rows
from fengsui.cli import main
from fengsui.core.lint.finding import Severity
from fengsui.core.lint.flat import TooFine, flat, merged
from fengsui.core.lint.flat_findings import finding_of_row
from fengsui.core.lint.registry import all_rules
from fengsui.core.lint.run import run
from fengsui.core.plan.codec import to_data
from fengsui.core.plan.model import Plan, PlanKind
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.draft import read_plans

pytestmark = pytest.mark.skipif(find_spec("duckdb") is None, reason="needs the extra batch")

PLANS = 2_000
PLAN = """东河县防汛应急预案
1 总则
1.1 适用范围
本预案适用于东河县的洪涝灾害。
2 分级
2.1 特别重大：转移5万人以上。
2.2 重大：转移1万人以上5万人以下。
2.3 较大：转移1000人以上1万人以下。
3 响应
3.1 响应启动
Ⅰ级响应由县人民政府启动。
"""


def test_rows_drawn_straight_are_those_made_of_the_plan() -> None:
    plans = [made(number) for number in range(400)]
    of_plans = merged(flat(context_of(plan), at, name_of(at)) for at, plan in enumerate(plans))
    assert drawn_rows(plans, 0) == of_plans


def test_queries_find_in_two_thousand_plans_exactly_what_the_rules_find(tmp_path: Path) -> None:
    plans = [made(number) for number in range(PLANS)]
    tables = DuckTables(tmp_path)
    assert tables.write_part(0, [drawn_rows(plans, 0)], {}) == PLANS
    count = tables.lint_part(0)
    rules = [item for item in all_rules() if item.rule.name in QUERIES]
    wanted = Counter(
        key_of(name_of(plan.number), each) for plan in plans for each in run(context_of(plan), rules)
    )
    found = Counter(key_of(name, finding_of_row(row, title)) for name, title, row in tables.findings(0))
    assert found == wanted
    assert count == sum(wanted.values()) == sum(by_severity(tables.counts()).values())
    assert {key[1] for key in found} == set(QUERIES), "the plans drawn must show every rule at work"


def test_every_query_is_named_after_a_rule() -> None:
    assert set(QUERIES) <= {item.rule.name for item in all_rules()}


def test_a_name_with_quotes_commas_and_line_ends_comes_back_as_it_was(tmp_path: Path) -> None:
    levels = ladder([(1, 9), (10, 30), (30, 50), (50, None)])
    levels = tuple(replace(level, name=f'{level.name}",\n第二行') for level in levels)
    context = ladder_context(levels)
    tables = DuckTables(tmp_path)
    tables.write_part(0, [rows_of([context], 0, "甲, '乙'.docx")], {})
    tables.lint_part(0)
    rules = [item for item in all_rules() if item.rule.name in QUERIES]
    wanted = {key_of("甲, '乙'.docx", each) for each in run(context, rules)}
    assert {key_of(name, finding_of_row(row, title)) for name, title, row in tables.findings(0)} == wanted
    assert any(key[1] == "threshold-gap" for key in wanted)


def test_a_figure_finer_than_the_tables_hold_is_refused_and_not_rounded() -> None:
    (level, *rest) = ladder([(1, 10), (10, 30), (30, 50), (50, None)])
    threshold = replace(level.criteria[0], low=Decimal("0.00001"))  # type: ignore[arg-type]
    context = ladder_context((replace(level, criteria=(threshold,)), *rest))
    with pytest.raises(TooFine):
        flat(context, 0, "made")


def test_a_part_that_is_done_is_not_made_again_and_one_whose_file_changed_is(tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.txt" for name in ("甲", "乙")]
    for path in files:
        path.write_text(PLAN, "utf-8")
    tables = DuckTables(tmp_path / "tables")
    (part,) = waiting(tables, file_parts(files))
    tables.write_part(part.part, [drawn_rows([made(1)], 0)], {"key": part.key})
    tables.lint_part(part.part)
    assert waiting(tables, file_parts(files)) == []
    assert tables.linted(0) is not None
    files[0].write_text(PLAN + "4 附则\n", "utf-8")
    assert [each.part for each in waiting(tables, file_parts(files))] == [0]


def test_a_part_that_broke_off_does_not_count(tmp_path: Path) -> None:
    tables = DuckTables(tmp_path)
    tables.write_part(0, [drawn_rows([made(1)], 0)], {})

    def broken():  # type: ignore[no-untyped-def]
        yield drawn_rows([made(2)], 0)
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        tables.write_part(0, broken(), {})
    assert tables.parts() == []
    assert not list(tmp_path.glob(".work*"))


def test_files_are_exported_and_checked_from_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "甲.txt").write_text(PLAN, "utf-8")
    (tmp_path / "乙.txt").write_text("", "utf-8")
    where = str(tmp_path / "tables")
    assert main(["batch", "export", str(tmp_path), "--to", where, "--jobs", "1", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["plans"], said["files"], len(said["unread"])) == (1, 2, 1)
    assert said["unread"][0]["message"]
    assert main(["batch", "lint", where, "--jobs", "1", "--json"]) == 1
    found = {each["name"] for each in json.loads(capsys.readouterr().out)["rules"]}
    assert "level-nobody-may-start" in found
    assert main(["batch", "lint", where, "--findings"]) == 1
    assert "甲.txt:" in capsys.readouterr().out


def test_the_comparison_runs_on_parts_and_finds_no_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "PART", 100)
    result = run_batch(tmp_path, 250, 60, 1, lambda *_: None)
    assert (result.plans, result.sample, result.missing, result.extra) == (250, 60, 0, 0)
    assert result.sample_findings > 0
    assert sum(result.by_rule.values()) == result.findings


def test_a_damaged_table_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tables = DuckTables(tmp_path)
    tables.write_part(0, [drawn_rows([made(1)], 0)], {})
    (tmp_path / "levels" / "part-00000.parquet").write_bytes(b"no table")
    assert main(["batch", "lint", str(tmp_path), "--jobs", "1"]) == 2
    assert str(tmp_path) in capsys.readouterr().err.splitlines()[-1]


@pytest.mark.parametrize(
    "arguments",
    [
        ["export", "missing-file.txt", "--to", "tables"],
        ["lint", "no-tables-here"],
        ["bench", "--plans", "0"],
        ["lint", "no-tables-here", "--jobs", "0"],
    ],
)
def test_what_makes_no_sense_is_one_sentence(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["batch", *arguments]) == 2
    said = capsys.readouterr().err.strip()
    assert said
    assert "\n" not in said


def test_without_duckdb_the_sentence_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(batch_duckdb, "find_spec", lambda name: None)
    assert main(["batch", "lint", "anywhere"]) == 2
    assert "pip install 'fengsui[batch]'" in capsys.readouterr().err


def test_severities_are_those_of_the_finding_or_else_of_the_rule() -> None:
    counts = [("threshold-gap", None, 2), ("level-nobody-may-start", "M", 1)]
    assert by_severity(counts) == {Severity.H: 2, Severity.M: 1, Severity.L: 0}


class _Library:
    """Port ``PlanSource`` over plans made here."""

    def __init__(self, plans: Sequence[StoredPlan]) -> None:
        self._plans = {each.head: each for each in plans}

    def heads(self) -> tuple[PlanHead, ...]:
        return tuple(self._plans)

    def load(self, heads: Sequence[PlanHead]) -> Iterator[StoredPlan]:
        return (self._plans[head] for head in heads)


def stored(name: str, text: str) -> StoredPlan:
    lines = tuple(TextLine(number=n, text=line) for n, line in enumerate(text.splitlines(), 1))
    (draft,) = read_plans(lines, name)
    plan = Plan(id=name, version=1, kind=PlanKind.SPECIAL, jurisdiction="990101", content=draft.content)
    head = PlanHead(plan_id=name, version=1, title=draft.content.title, jurisdiction="990101", content=name)
    return StoredPlan(
        head=head, document=name, plan=json.dumps(to_data(plan)), lines=json.dumps(to_data(lines))
    )


def test_plans_of_the_library_are_checked_and_one_without_its_text_is_told(tmp_path: Path) -> None:
    lost = replace(stored("丙", PLAN.replace("东河", "北沙")), lines="[]")
    source = _Library([stored("甲", PLAN), lost])
    tables = DuckTables(tmp_path)
    (part,) = waiting(tables, library_parts(source.heads()))
    assert export_library(tables, part, source) == 1
    assert (tables.exported(0) or {})["unread"] == [["丙", "batch_text_gone"]]
    tables.lint_part(0)
    found = {(name, row["rule"]) for name, _, row in tables.findings(0)}
    assert ("甲", "level-nobody-may-start") in found
    assert waiting(tables, library_parts(source.heads())) == []
