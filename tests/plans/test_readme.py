"""What the README prints is what the command prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fengsui.cli import main

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_run_shown_in_the_readme_is_what_comes_out(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("FENGSUI_LANG", "zh")
    shown = re.search(
        r"<!-- respond:begin -->.*?```\n\$ fengsui (.*?)\n(.*?)```", (ROOT / name).read_text("utf-8"), re.S
    )
    assert shown is not None
    assert main(shown[1].split()) == 0
    printed = capsys.readouterr().out.splitlines()
    for line in shown[2].splitlines():
        assert line.strip() == "…" or line in printed
