"""``fengsui compare`` on files: what it prints, and its exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fengsui.cli import main

PLAN = """北沙镇防汛应急预案
一、总则
（一）事件分级
1. 较大洪水：造成3人以上10人以下死亡。
2. 一般洪水：造成3人以下死亡。
二、组织体系
总指挥：镇长
成员单位：镇水利站、镇派出所、镇卫生院。
三、信息报告
镇水利站发现险情后，应当在30分钟内报告镇人民政府。
四、附则
镇水利站每年至少组织一次演练。"""


def files(folder: Path, after: str) -> list[str]:
    names = [folder / "a.txt", folder / "b.txt"]
    for path, text in zip(names, (PLAN, after), strict=True):
        path.write_text(text, "utf-8")
    return [str(path) for path in names]


def test_equal_plans_differ_in_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", *files(tmp_path, PLAN)]) == 0
    assert "没有差别" in capsys.readouterr().out


def test_a_changed_limit_is_told_with_both_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pair = files(tmp_path, PLAN.replace("30分钟", "2小时"))
    assert main(["compare", *pair]) == 1
    out = capsys.readouterr().out
    assert "时限改变" in out
    assert "第10行" in out
    assert "放长" in out


def test_the_machine_gets_codes_and_clauses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pair = files(tmp_path, PLAN.replace("3人以上10人以下", "5人以上10人以下"))
    assert main(["compare", *pair, "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    (found,) = answer["differences"]
    assert (found["code"], found["level"], found["after"]["low"]) == ("threshold_changed", "III", "5")
    assert "opens_gap" in found["effects"]


def test_by_text_the_changed_clause_alone_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pair = files(tmp_path, PLAN.replace("30分钟", "2小时"))
    assert main(["compare", *pair, "--text"]) == 1
    out = capsys.readouterr().out
    assert "信息报告" in out
    assert "组织体系" not in out


def test_a_missing_file_is_one_clear_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = files(tmp_path, PLAN)[0]
    assert main(["compare", first, str(tmp_path / "gone.docx")]) == 2
    assert "第2份" in capsys.readouterr().err


def test_a_document_with_two_plans_needs_the_number_of_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = PLAN.split("\n", 1)[1]
    both = f"{PLAN}\n\n北沙镇抗旱应急预案\n{body}"
    first, second = files(tmp_path, both)
    if main(["compare", first, second]) == 2:
        assert "--plan-b" in capsys.readouterr().err
    assert main(["compare", first, second, "--plan-b", "9"]) == 2
