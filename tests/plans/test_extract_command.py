"""``fengsui extract``: the contract's table on standard output, one clear sentence on errors."""

import json
from pathlib import Path

import pytest

from fengsui.cli import main

PLAN = """北沙镇防汛应急预案
1 总则
1.1 适用范围
本预案适用于北沙镇。
1.2 预案说明
本预案所称“以上”含本数，“以下”不含本数。
2 组织体系
2.1 指挥部
总指挥：镇长
3 应急响应
3.1 信息报告
值班室接到险情报告后30分钟内向县应急指挥部报告。
"""

KEYS = {
    *("title", "lines", "numbering", "boundary_rule", "headings", "levels", "activation", "termination"),
    *("deadlines", "command", "units", "groups", "drills", "revision", "contacts", "doubts"),
}


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, "utf-8")
    return path


def test_json_is_one_document_with_the_keys_of_the_contract(
    plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["extract", str(plan_file), "--json"]) == 0
    (plan,) = json.loads(capsys.readouterr().out)["plans"]
    assert plan.keys() >= KEYS
    assert plan["title"] == "北沙镇防汛应急预案"
    assert plan["headings"][:2] == [["1", "总则"], ["1.1", "适用范围"]]
    (deadline,) = [item for item in plan["deadlines"] if item.get("within")]
    assert (deadline["clause"], deadline["line"]) == ("3.1", 12)


def test_without_json_a_person_reads_a_summary(plan_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(plan_file)]) == 0
    assert "北沙镇防汛应急预案" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("binary.txt", bytes(range(256)) * 8),
        ("cut.docx", b"PK\x03\x04\x14\x00\x00\x00"),
        ("english.txt", b"This is a plan in another language."),
        ("none.txt", "今天天气很好，适合出门散步。".encode()),
        ("locked.docx", bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le")),
        ("paper.pdf", b"%PDF-1.4"),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_bad_input_gets_one_sentence_and_status_two(
    name: str,
    data: bytes,
    language: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FENGSUI_LANG", language)
    path = tmp_path / name
    path.write_bytes(data)
    assert main(["extract", str(path), "--json"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert len(shown.err.strip().splitlines()) == 1
    assert any("\u4e00" <= char <= "\u9fff" for char in shown.err) or language == "en"
    assert "_" not in shown.err
