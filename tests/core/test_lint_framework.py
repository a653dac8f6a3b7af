"""The frame of the check: registry, run, words, command, excerpt."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lint_plans import context_of, found, ladder

from fengsui.application.lint_words import finding_table, rules_page
from fengsui.application.wording import word
from fengsui.cli import main
from fengsui.cli.lint_text import excerpt
from fengsui.core.errors import InputError
from fengsui.core.lint.finding import Rule, Severity
from fengsui.core.lint.place import place_in
from fengsui.core.lint.registry import Registered, all_rules, choose, rule
from fengsui.core.lint.run import run

ROOT = Path(__file__).resolve().parents[2]
GAP = ((1, 10), (10, 30), (40, 100), (100, None))


def test_rules_are_chosen_by_code_family_and_name() -> None:
    assert {item.rule.code for item in choose(("G1",))} == {"G1"}
    assert {item.rule.family for item in choose(("A",))} == {"A"}
    assert [item.rule.name for item in choose(("threshold-gap",))] == ["threshold-gap"]
    assert "G1" not in {item.rule.code for item in choose(("G",), ("G1",))}


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(InputError, match="no_such_rule"):
        choose(("Z9",))


def test_two_rules_cannot_have_one_name() -> None:
    with pytest.raises(ValueError, match="threshold-gap"):
        rule(code="G1", name="threshold-gap", severity=Severity.H)(lambda context: iter(()))


def test_a_rule_that_breaks_is_reported_and_stops_no_other() -> None:
    def broken(context):
        raise KeyError("x")
        yield

    bad = Registered(Rule(code="G9", name="broken", severity=Severity.H), broken)
    result = run(context_of(ladder(GAP)), (bad, *choose(("threshold-gap",))))
    assert [each.rule.code for each in result] == ["F2", "G1"]
    assert "broken" in finding_table(result[0], "f")["message"]


def test_a_finding_is_told_by_the_contract_in_both_languages() -> None:
    (finding,) = found(context_of(ladder(GAP)), "threshold-gap")
    table = finding_table(finding, "某.txt")
    keys = "file plan rule name severity clause line lines message evidence suggestion"
    assert list(table) == keys.split()
    assert (table["rule"], table["severity"], table["line"], table["lines"]) == ("G1", "H", 12, [11, 12])
    assert "30人—39人" in table["message"]
    assert "between" in finding_table(finding, "f", "en")["message"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_rule_has_its_words(language: str) -> None:
    for item in all_rules():
        for group in ("lint_rule", "lint_why", "lint_bad", "lint_good", "lint_say"):
            assert word(group, item.rule.name, language) != item.rule.name, (group, item.rule.name)
        if item.rule.basis is not None:
            assert word("lint_basis", item.rule.basis, language) != item.rule.basis


def test_the_page_of_rules_is_that_of_the_registry() -> None:
    page = (ROOT / "docs" / "lint-rules.md").read_text("utf-8")
    assert page == rules_page(), "write it anew: fengsui lint --page > docs/lint-rules.md"


def test_the_caret_stands_under_the_words_whatever_their_blanks() -> None:
    assert place_in("一、死亡 30 人以上的", "死亡30人以上") == (2, 9)
    source, marks = excerpt("一、死亡 30 人以上的", "死亡30人以上", 7)
    assert source == "     7 | 一、死亡 30 人以上的"
    assert marks.index("^") == len("     7 | ") + 4
    assert excerpt("", "x", 1) == []


def test_an_unreadable_file_is_one_finding_and_the_run_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04broken")
    (tmp_path / "b.txt").write_text(PLAN, "utf-8")
    assert main(["lint", str(tmp_path), "--json"]) == 1
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert [each["rule"] for each in findings if each["file"].endswith("a.docx")] == ["F1"]
    assert any(each["rule"] == "G1" for each in findings if each["file"].endswith("b.txt"))


def test_the_exit_status_tells_whether_a_grave_fault_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    plan = tmp_path / "b.txt"
    plan.write_text(PLAN, "utf-8")
    assert main(["lint", str(plan), "--select", "G1"]) == 1
    assert "G1 [严重]" in capsys.readouterr().out
    assert main(["lint", str(plan), "--select", "G5"]) == 0
    assert main(["lint", str(plan), "--select", "Z"]) == 2
    assert main(["lint"]) == 2
    assert main(["lint", "--explain", "G2"]) == 0
    assert "改好后" in capsys.readouterr().out


PLAN = """云州转移安置应急预案
一、总则
本预案适用于云州行政区域内的人员转移。
二、响应分级
（一）Ⅰ级响应
紧急转移安置人口1万人以上。
（二）Ⅱ级响应
紧急转移安置人口3000人以上8000人以下。
（三）Ⅲ级响应
紧急转移安置人口500人以上3000人以下。
三、附则
本预案所称“以上”含本数，“以下”不含本数。
"""
