"""Checking a library: what did not change is not checked again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from fengsui.adapters.lint_cache import LintCache
from fengsui.adapters.lint_pool import CHUNK, check_here, check_in
from fengsui.application import library_linting
from fengsui.application.library_linting import (
    LibraryCheck,
    PlanHead,
    StoredPlan,
    between,
    lint_document,
    lint_library,
    rule_set,
)
from fengsui.application.lint_kept import findings_from, findings_to
from fengsui.application.lint_report import Checked
from fengsui.core.directory import Directory
from fengsui.core.lint.registry import all_rules
from fengsui.core.plan.codec import to_data
from fengsui.core.plan.model import Plan, PlanKind
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.draft import read_plans

TEXT = """云州{subject}应急预案
一、总则
本预案适用于云州行政区域内的{subject}。依据《云州突发公共事件总体应急预案》编制。
二、组织体系
州人民政府设立云州{subject}指挥部。
总指挥：州长
三、响应分级
（一）Ⅰ级响应
紧急转移安置人口1万人以上。
（二）Ⅱ级响应
紧急转移安置人口3000人以上8000人以下。
四、附则
本预案所称“以上”含本数，“以下”不含本数。
"""


def lines_of(subject: str) -> tuple[TextLine, ...]:
    text = TEXT.format(subject=subject).strip().splitlines()
    return tuple(TextLine(number=number, text=line) for number, line in enumerate(text, 1))


def stored(subject: str, key: str) -> StoredPlan:
    lines = lines_of(subject)
    (draft,) = read_plans(lines, key)
    plan = Plan(id=key, version=1, kind=PlanKind.SPECIAL, jurisdiction="990100", content=draft.content)
    head = PlanHead(
        plan_id=key, version=1, title=draft.content.title, jurisdiction="990100", content=f"{key}-1"
    )
    return StoredPlan(
        head=head,
        document=key,
        plan=json.dumps(to_data(plan), ensure_ascii=False),
        lines=json.dumps(to_data(lines), ensure_ascii=False),
        draft=json.dumps(to_data(draft), ensure_ascii=False),
    )


class Made:
    """Port ``PlanSource`` in memory; counts what is fetched."""

    def __init__(self, *plans: StoredPlan) -> None:
        self.plans = {each.head.plan_id: each for each in plans}
        self.loaded: list[str] = []

    def heads(self) -> tuple[PlanHead, ...]:
        return tuple(each.head for each in self.plans.values())

    def load(self, heads: Sequence[PlanHead]) -> Iterator[StoredPlan]:
        for head in heads:
            self.loaded.append(head.plan_id)
            yield self.plans[head.plan_id]


class Kept:
    """Port ``KeptResults`` in memory."""

    def __init__(self) -> None:
        self.rows: dict[str, tuple[str, str]] = {}

    def find(self, names: Sequence[str]) -> Mapping[str, tuple[str, str]]:
        return {name: self.rows[name] for name in names if name in self.rows}

    def keep(self, rows: Iterable[tuple[str, str, str]]) -> None:
        self.rows.update({name: (findings, digest) for name, findings, digest in rows})

    def forget_others(self, names: Sequence[str]) -> None:
        self.rows = {name: row for name, row in self.rows.items() if name in set(names)}


def checked(source: Made, kept: Kept | LintCache) -> LibraryCheck:
    return lint_library(source, kept, check_here)


def library() -> Made:
    return Made(stored("防汛", "a"), stored("地震", "b"), stored("突发事件总体", "c"))


def names(result: LibraryCheck, key: str) -> set[str]:
    return {finding.rule.name for finding in result.findings[key]}


def test_the_faults_of_each_plan_and_those_between_them_are_found() -> None:
    result = checked(library(), Kept())
    assert "threshold-gap" in names(result, "a")
    assert "cited-under-old-title" in names(result, "b")
    assert (result.checked, result.joined) == (3, True)


def test_a_second_run_checks_nothing_and_finds_the_same() -> None:
    source, kept = library(), Kept()
    first = checked(source, kept)
    second = checked(source, kept)
    assert (second.checked, second.joined) == (0, False)
    assert second.findings == first.findings
    assert source.loaded == ["a", "b", "c"]


def test_only_a_changed_plan_is_checked_again_and_old_results_are_forgotten() -> None:
    source, kept = library(), Kept()
    checked(source, kept)
    size = len(kept.rows)
    other = stored("干旱", "b")
    source.plans["b"] = replace(other, head=replace(other.head, content="b-2"))
    source.loaded.clear()
    result = checked(source, kept)
    assert (result.checked, result.joined, source.loaded) == (1, True, ["b"])
    assert len(kept.rows) == size


def test_a_plan_taken_out_of_force_takes_its_findings_along() -> None:
    source, kept = library(), Kept()
    assert "cited-under-old-title" in names(checked(source, kept), "a")
    del source.plans["c"]
    result = checked(source, kept)
    assert result.checked == 0
    assert "cited-under-old-title" not in names(result, "a")


def test_other_rules_are_another_check(monkeypatch: pytest.MonkeyPatch) -> None:
    source, kept = library(), Kept()
    checked(source, kept)
    monkeypatch.setattr(library_linting, "rule_set", lambda: "newer")
    assert checked(source, kept).checked == 3
    assert len(rule_set()) == 16


def test_a_plan_whose_text_is_gone_is_still_joined_with_the_others() -> None:
    source = library()
    source.plans["a"] = replace(source.plans["a"], lines="[]")
    result = checked(source, Kept())
    assert names(result, "a") >= {"cited-under-old-title"}
    assert "section-missing" not in names(result, "a")


def test_an_empty_library_has_no_findings() -> None:
    assert checked(Made(), Kept()).findings == {}


def test_several_processes_find_what_one_finds() -> None:
    source = Made(*(stored("防汛", f"p{number}") for number in range(2 * CHUNK)))
    one = checked(source, Kept())
    two = lint_library(source, Kept(), lambda plans: check_in(2, plans))
    assert two.findings == one.findings


def test_kept_findings_come_back_as_they_were() -> None:
    found, _ = lint_document(lines_of("防汛"), "made", all_rules(), "a.txt")
    assert found
    assert findings_from(findings_to(found)) == found


def test_the_file_of_kept_results_may_be_lost_or_broken(tmp_path: Path) -> None:
    kept = LintCache(tmp_path / "kept" / "lint.sqlite3")
    source = library()
    first = checked(source, kept)
    assert checked(source, kept).checked == 0
    (tmp_path / "kept" / "lint.sqlite3").write_bytes(b"no database at all" * 200)
    again = checked(source, LintCache(tmp_path / "kept" / "lint.sqlite3"))
    assert (again.checked, again.findings) == (3, first.findings)
    assert checked(source, kept).checked == 0


def test_several_files_are_checked_together() -> None:
    files = []
    for subject in ("防汛", "突发事件总体"):
        lines = lines_of(subject)
        found, digests = lint_document(lines, subject, all_rules(), f"{subject}.txt")
        files.append(Checked(f"{subject}.txt", lines, found, digests=digests))
    flood, overall = between(files, all_rules())
    assert "cited-under-old-title" in {finding.rule.name for finding in flood.findings}
    assert len(flood.names) == len(flood.findings)
    assert overall.findings == files[1].findings
    assert between(files[:1], all_rules()) == files[:1]


def test_an_empty_directory_knows_no_unit() -> None:
    empty = Directory(jurisdictions=(), units=(), posts=())
    result = lint_library(library(), Kept(), check_here, empty)
    assert result.joined
