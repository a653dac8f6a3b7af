"""``fengsui library lint`` and ``fengsui lint`` over several files: what is printed and returned."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_library_linting import TEXT, Kept, checked, library

from fengsui import bootstrap
from fengsui.cli import main


@pytest.fixture(autouse=True)
def _library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "check_library", lambda jobs: checked(library(), Kept()))


def test_what_stands_between_plans_is_told_in_full_and_the_rest_is_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["library", "lint"]) == 1
    told = capsys.readouterr().out
    assert "另见 云州突发事件总体应急预案" in told
    assert "3 份预案（新查 3 份）" in told
    assert "G1 相邻两级之间有空档" in told


def test_rules_are_chosen_as_for_files(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["library", "lint", "--select", "X", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["plans"] == 3
    assert {each["rule"] for each in result["findings"]} == {"X1"}
    assert all(each["others"] for each in result["findings"] if each["name"] == "cited-under-old-title")
    assert main(["library", "lint", "--select", "Q7"]) == 2


def test_files_given_together_are_held_against_each_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for subject in ("防汛", "突发事件总体"):
        (tmp_path / f"{subject}.txt").write_text(TEXT.format(subject=subject), "utf-8")
    main(["lint", str(tmp_path), "--select", "cited-under-old-title", "--json"])
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert found["file"].endswith("防汛.txt")
    assert found["others"][0]["plan"] == "云州突发事件总体应急预案"
    main(["lint", str(tmp_path), "--select", "cited-under-old-title"])
    assert "另见" in capsys.readouterr().out
    main(["lint", str(tmp_path / "防汛.txt"), "--select", "cited-under-old-title", "--json"])
    assert json.loads(capsys.readouterr().out)["findings"] == []
