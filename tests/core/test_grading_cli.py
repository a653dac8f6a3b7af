"""``fengsui grade`` on an invented plan: the contract's table, words for a person, one line when refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fengsui.cli import main

PLAN = """云州渡口事故应急预案
1 总则
1.1 编制目的
为做好渡口事故应对工作，制定本预案。
1.2 事故分级
1.2.1 较大事故：造成3人以上10人以下死亡的事故。
1.2.2 重大事故：造成10人以上30人以下死亡的事故。
1.2.3 特别重大事故：造成30人以上死亡的事故。
2 附则
本预案所称“以上”包括本数，“以下”不包括本数。
"""


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("FENGSUI_LANG", raising=False)
    path = tmp_path / "渡口.txt"
    path.write_text(PLAN, "utf-8")
    return path


def facts(plan: Path, data: Any) -> str:
    path = plan.parent / "facts.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")
    return str(path)


def test_the_answer_follows_the_contract(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = facts(plan, {"facts": {"deaths": {"min": 3}}, "complete": False})
    assert main(["grade", str(plan), "--facts", given, "--json"]) == 0
    (answer,) = json.loads(capsys.readouterr().out)["plans"]
    assert answer["plan"] == "云州渡口事故应急预案"
    (scheme,) = [each for each in answer["schemes"] if each["kind"] == "event_grade"]
    assert (scheme["grade"], scheme["possible"]) == ("III", ["I", "II"])
    assert scheme["ask"][0]["fact"] == "deaths"
    assert scheme["ask"][0]["could_raise_to"] == "I"
    assert {each["level"] for each in scheme["levels"]} == {"I", "II", "III"}
    assert {"text", "truth", "clause", "line"} <= set(scheme["levels"][0]["criteria"][0])
    assert all(each["line"] for each in scheme["because"])


def test_a_person_reads_the_level_and_the_clause(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = facts(plan, {"facts": {"deaths": 12}})
    assert main(["grade", str(plan), "--plan", "渡口", "--facts", given]) == 0
    said = capsys.readouterr().out
    assert "II 级" in said
    assert "10人以上30人以下死亡" in said


@pytest.mark.parametrize(
    "data",
    ["[", "nothing", {"facts": {"deaths": -1}}, {"facts": {"dead": 1}}, {"facts": {"deaths": "12:00"}}],
)
def test_bad_facts_are_one_line_and_status_two(
    plan: Path, data: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["grade", str(plan), "--facts", facts(plan, data)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.strip().splitlines()) == 1


def test_a_plan_that_is_not_in_the_file_is_refused_with_the_titles(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["grade", str(plan), "--plan", "地震", "--facts", facts(plan, {})]) == 2
    assert "渡口" in capsys.readouterr().err
