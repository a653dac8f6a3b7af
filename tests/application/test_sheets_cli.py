"""``fengsui card``, ``chart`` and ``write``: the file, or one sentence that says what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fengsui.cli import main

PLAN = Path(__file__).resolve().parents[2] / "demo" / "yunzhou" / "plans" / "work-safety.docx"


@pytest.mark.parametrize(("name", "head"), [("card.pdf", b"%PDF"), ("card.docx", b"PK")])
def test_card_writes_the_format_its_name_asks_for(tmp_path: Path, name: str, head: bytes) -> None:
    out = tmp_path / name
    assert main(["card", "--unit", "州公安局", str(PLAN), "-o", str(out)]) == 0
    assert out.read_bytes().startswith(head)


@pytest.mark.parametrize("kind", ["headquarters", "scene", "flow"])
def test_chart_writes_svg(tmp_path: Path, kind: str) -> None:
    out = tmp_path / "x.svg"
    assert main(["chart", str(PLAN), "--kind", kind, "-o", str(out)]) == 0
    assert out.read_text("utf-8").startswith("<svg")


def test_write_writes_documents_and_data(tmp_path: Path) -> None:
    for name, head in (("p.docx", b"PK"), ("p.pdf", b"%PDF")):
        assert main(["write", str(PLAN), "-o", str(tmp_path / name)]) == 0
        assert (tmp_path / name).read_bytes().startswith(head)
    assert main(["write", str(PLAN), "--format", "json", "-o", str(tmp_path / "p")]) == 0
    assert json.loads((tmp_path / "p").read_text("utf-8"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["card", "--unit", "州公安厅", str(PLAN), "-o", "{out}/c.pdf"], "州公安局"),
        (["card", "--unit", "州公安局", str(PLAN), "-o", "{out}/c.xls"], "pdf"),
        (["card", "--unit", " ", str(PLAN), "-o", "{out}/c.pdf"], "请写明"),
        (["card", "--unit", "甲", "{out}/none.docx", "-o", "{out}/c.pdf"], "none.docx"),
        (["chart", str(PLAN), "--plan", "没有", "-o", "{out}/c.svg"], "没有"),
        (["write", str(PLAN), "-o", "{out}/no/such/p.pdf"], "不能写入"),
        (["write", str(PLAN), "-o", "{out}/p.xyz"], "docx"),
    ],
)
def test_what_cannot_be_made_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main([argument.replace("{out}", str(tmp_path)) for argument in arguments]) == 2
    said = capsys.readouterr().err.strip().splitlines()
    assert len(said) == 1
    assert words in said[0]
