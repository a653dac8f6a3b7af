"""``fengsui lint`` in a folder: what is checked, what is put aside, what is new, and what goes wrong."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from fengsui.application.lint_report import Checked
from fengsui.cli import main
from fengsui.cli.lint_check import Answer, Task
from fengsui.cli.lint_keep import DISMISSED_NAME

ROOT = Path(__file__).resolve().parents[2]
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
MENDED = PLAN.replace("8000人以下", "1万人以下")
OTHER = PLAN.replace("8000人以下", "7000人以下")
REASON = ["--reason", "上级正在修订", "--owner", "州应急管理局"]

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FENGSUI_LANG", raising=False)
    (tmp_path / "a.txt").write_text(PLAN, "utf-8")
    return tmp_path


def lint(capsys: Capture, *arguments: str) -> tuple[int, str, str]:
    status = main(["lint", *arguments])
    told = capsys.readouterr()
    return status, told.out, told.err


def findings(capsys: Capture, *arguments: str) -> list[dict[str, str]]:
    _, out, _ = lint(capsys, "--json", "--select", "G1", *arguments)
    return list(json.loads(out)["findings"])


def test_without_arguments_the_folder_is_checked_and_what_is_no_plan_passed_by(
    folder: Path, capsys: Capture
) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "b.md").write_text(PLAN, "utf-8")
    (folder / "sub" / "README.md").write_text("Only words of another language here.", "utf-8")
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "c.txt").write_text(PLAN, "utf-8")
    (folder / "~$a.docx").write_bytes(b"lock")
    (folder / "table.xlsx").write_bytes(b"PK\x03\x04")
    status, out, _ = lint(capsys, "--select", "G1,F")
    assert status == 1
    assert out.count(": G1 [严重]") == 2
    assert "sub/b.md:" in out
    assert "查了 2 份文件" in out
    assert "另有 1 份文件不是应急预案，没有查：sub/README.md" in out


def test_a_named_file_that_is_no_plan_is_a_finding_unless_only_plans_are_wanted(
    folder: Path, capsys: Capture
) -> None:
    (folder / "README.md").write_text("Only words of another language here.", "utf-8")
    assert lint(capsys, "README.md")[0] == 1
    status, out, _ = lint(capsys, "--plans-only", "README.md")
    assert status == 0
    assert "F1" not in out


@pytest.mark.parametrize("form", ["html", "pdf"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_reports_of_lint_are_not_taken_for_plans(
    folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, form: str, language: str
) -> None:
    monkeypatch.setenv("FENGSUI_LANG", language)
    lint(capsys, "--format", form, "--output", f"report.{form}")
    assert {each["file"] for each in findings(capsys)} == {"a.txt"}


def test_a_quoted_pattern_names_files(folder: Path, capsys: Capture) -> None:
    (folder / "x" / "y").mkdir(parents=True)
    (folder / "x" / "y" / "b.txt").write_text(PLAN, "utf-8")
    assert [each["file"] for each in findings(capsys, "x/**/*.txt")] == ["x/y/b.txt"]
    assert len(findings(capsys, "**/*.txt", "a.txt", "./a.txt", "x")) == 2, "each file once"
    status, _, err = lint(capsys, "z*.txt")
    assert status == 2
    assert "z*.txt" in err


def test_standard_input_is_checked_under_the_name_given(
    folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stdin:
        buffer = io.BytesIO(PLAN.encode())

    monkeypatch.setattr(sys, "stdin", Stdin())
    status, out, _ = lint(
        capsys, "-", "--stdin-filename", "buffer/草稿.txt", "--format", "concise", "--select", "G1"
    )
    assert status == 1
    (line,) = out.splitlines()
    assert line.startswith("buffer/草稿.txt:")
    place = line.removeprefix("buffer/草稿.txt:").split(": ")[0]
    row, column = map(int, place.split(":"))
    assert PLAN.splitlines()[row - 1][column - 1 :]
    assert line.split(": ")[1].startswith("G1 ")


def test_the_exit_status_is_strict_or_lenient_as_asked(folder: Path, capsys: Capture) -> None:
    assert lint(capsys)[0] == 1
    assert lint(capsys, "--exit-zero")[0] == 0
    text = "".join(line for line in MENDED.splitlines(True) if "含本数" not in line)
    (folder / "a.txt").write_text(text, "utf-8")
    lenient = ["--select", "boundary-undeclared"]
    _, out, _ = lint(capsys, *lenient)
    assert "发现 1 处：严重 0" in out
    assert lint(capsys, *lenient)[0] == 0
    assert lint(capsys, *lenient, "--strict")[0] == 1
    assert lint(capsys, *lenient, "--strict", "--exit-zero")[0] == 0
    (folder / "fengsui.toml").write_text("[lint]\nstrict = true\n", "utf-8")
    assert lint(capsys, *lenient)[0] == 1
    assert lint(capsys, *lenient, "--isolated")[0] == 0


def test_the_configuration_is_found_above_and_its_patterns_start_from_its_folder(
    folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "plans" / "old").mkdir(parents=True)
    for name in ("plans/b.txt", "plans/old/c.txt", "plans/d.md"):
        (folder / name).write_text(PLAN, "utf-8")
    (folder / "fengsui.toml").write_text(
        "[lint]\nselect = ['G1']\ninclude = ['*.txt']\nexclude = ['plans/old']\n"
        "per-file-ignores = { 'a.txt' = ['G1'] }\nlanguage = 'en'\n",
        "utf-8",
    )
    monkeypatch.chdir(folder / "plans")
    status, out, _ = lint(capsys)
    assert status == 1
    assert out.startswith("b.txt:")
    assert "1 files" in out or "1 file" in out
    assert lint(capsys, "../a.txt")[0] == 0, "its rule is left out for this file"
    assert lint(capsys, "old/c.txt")[0] == 1, "a named file is checked"
    assert lint(capsys, "old/c.txt", "--force-exclude")[0] == 0
    assert lint(capsys, "--exclude", "b.txt")[0] == 2, "nothing is left"
    assert lint(capsys, "--config", "nowhere.toml")[0] == 2
    (folder / "fengsui.toml").write_text("[lint]\n\nselekt = []\n", "utf-8")
    status, _, err = lint(capsys)
    assert (status, "fengsui.toml" in err, "第 3 行" in err, "select" in err) == (2, True, True, True)


def test_a_finding_put_aside_stays_aside_and_is_counted(folder: Path, capsys: Capture) -> None:
    (found,) = findings(capsys)
    assert lint(capsys, "--dismiss", f"G1:{found['line']}", "--reason", "上级正在修订")[0] == 2
    assert lint(capsys, "--dismiss", f"G1:{found['line']}", *REASON)[0] == 0
    assert "上级正在修订" in (folder / DISMISSED_NAME).read_text("utf-8")
    status, out, _ = lint(capsys, "--select", "G1")
    assert status == 0
    assert "1 项已有说明" in out
    _, out, _ = lint(capsys, "--select", "G1", "--show-dismissed")
    assert "上级正在修订（州应急管理局，" in out
    assert found["fingerprint"] in out
    (folder / "a.txt").write_text("前言\n\n" + PLAN, "utf-8")
    assert lint(capsys, "--select", "G1")[0] == 0, "it has only moved"
    _, out, _ = lint(capsys, "--format", "sarif", "--select", "G1")
    assert "上级正在修订" in out


def test_a_finding_put_aside_returns_when_the_clause_says_something_else(
    folder: Path, capsys: Capture
) -> None:
    (found,) = findings(capsys)
    assert lint(capsys, "--dismiss", found["fingerprint"][:8], *REASON)[0] == 0
    (folder / "a.txt").write_text(OTHER, "utf-8")
    status, out, _ = lint(capsys, "--select", "G1")
    assert status == 1
    assert "以前搁置过" in out
    assert "上级正在修订" in out


def test_a_finding_put_aside_until_a_day_returns_after_it(folder: Path, capsys: Capture) -> None:
    (found,) = findings(capsys)
    name = found["fingerprint"]
    assert lint(capsys, "--dismiss", name, *REASON, "--until", "2001-01-01")[0] == 2
    assert lint(capsys, "--dismiss", name, *REASON, "--until", "morgen")[0] == 2
    assert lint(capsys, "--dismiss", name, *REASON, "--until", "2999-12-31")[0] == 0
    assert findings(capsys) == []
    kept = folder / DISMISSED_NAME
    kept.write_text(kept.read_text("utf-8").replace("2999-12-31", "2001-01-01"), "utf-8")
    _, out, _ = lint(capsys, "--select", "G1")
    assert "期限已到" in out


def test_what_names_no_finding_or_several_is_refused(folder: Path, capsys: Capture) -> None:
    assert "G1:999" in lint(capsys, "--dismiss", "G1:999", *REASON)[2]
    (folder / "b.txt").write_text(PLAN.replace("云州", "东河县"), "utf-8")
    (found, other) = findings(capsys)
    status, _, err = lint(capsys, "--dismiss", f"G1:{found['line']}", *REASON)
    assert status == 2
    assert found["fingerprint"] in err
    assert other["fingerprint"] in err


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[[dismissed]\n", 1),
        ("dismissed = 3\n", 1),
        ("# x\n[[dismissed]]\nfingerprint = 'a'\nrule = 'r'\nplan = ''\nreason = ''\nowner = 'o'\n", 2),
        ("[[dismissed]]\nfingerprint = 'a'\nrule = 'r'\nplan = ''\nreason = 'x'\nowner = 'o'\n", 1),
        ("[[dismissed]]\nfingerprint = 1\nrule = 'r'\nplan = ''\nreason = 'x'\nowner = 'o'\n", 1),
    ],
)
def test_a_broken_list_of_dismissals_is_one_sentence_with_the_line(
    folder: Path, capsys: Capture, text: str, line: int
) -> None:
    (folder / DISMISSED_NAME).write_text(text, "utf-8")
    status, _, err = lint(capsys)
    assert status == 2
    assert DISMISSED_NAME in err
    assert f"第 {line} 行" in err
    assert len(err.splitlines()) == 1


def test_against_a_baseline_only_what_is_new_is_told(folder: Path, capsys: Capture) -> None:
    assert lint(capsys, "--baseline", "base.json")[0] == 2
    status, out, _ = lint(capsys, "--write-baseline", "base.json")
    assert status == 0
    first = (folder / "base.json").read_text("utf-8")
    assert lint(capsys, "--write-baseline", "base.json")[0] == 0
    assert (folder / "base.json").read_text("utf-8") == first, "written again it is the same"
    status, out, _ = lint(capsys, "--baseline", "base.json")
    assert status == 0
    assert "项在基线里" in out
    (folder / "b.txt").write_text(PLAN.replace("云州", "东河县"), "utf-8")
    status, out, _ = lint(capsys, "--baseline", "base.json", "--select", "G1")
    assert status == 1
    assert out.count("G1 [") == 1
    assert out.startswith("b.txt:")


def test_what_was_mended_is_told_as_gone_and_pruned(folder: Path, capsys: Capture) -> None:
    lint(capsys, "--write-baseline", "base.json", "--select", "G1")
    (folder / "a.txt").write_text(MENDED, "utf-8")
    status, out, _ = lint(capsys, "--baseline", "base.json", "--select", "G1")
    assert status == 0
    assert "已经不在了" in out
    assert "a.txt" in out
    _, out, _ = lint(capsys, "--baseline", "base.json", "--select", "G2")
    assert "已经不在了" not in out, "a rule that was not applied cannot miss its findings"
    lint(capsys, "--write-baseline", "base.json", "--select", "G1")
    assert json.loads((folder / "base.json").read_text("utf-8"))["findings"] == []


def test_what_was_not_looked_at_stays_in_the_baseline_and_a_moved_file_is_known(
    folder: Path, capsys: Capture
) -> None:
    (folder / "b.txt").write_text(PLAN.replace("云州", "东河县"), "utf-8")
    lint(capsys, "--write-baseline", "base.json", "--select", "G1")
    (folder / "a.txt").write_text(MENDED, "utf-8")
    lint(capsys, "a.txt", "--write-baseline", "base.json", "--select", "G1")
    rows = json.loads((folder / "base.json").read_text("utf-8"))["findings"]
    assert [each["file"] for each in rows] == ["b.txt"]
    (folder / "sub").mkdir()
    (folder / "b.txt").rename(folder / "sub" / "c.txt")
    assert lint(capsys, "--baseline", "base.json", "--select", "G1")[0] == 0
    assert lint(capsys, "sub", "--baseline", "base.json", "--select", "G1")[0] == 0


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"fengsui_baseline": 9, "findings": []}', '{"fengsui_baseline": 1, "findings": [3]}']
)
def test_a_broken_baseline_is_one_sentence_and_never_written_over(
    folder: Path, capsys: Capture, text: str
) -> None:
    (folder / "base.json").write_text(text, "utf-8")
    for option in ("--baseline", "--write-baseline"):
        status, _, err = lint(capsys, option, "base.json")
        assert status == 2
        assert "base.json" in err
        assert len(err.splitlines()) == 1
    assert (folder / "base.json").read_text("utf-8") == text
    assert lint(capsys, "--write-baseline", "a.txt")[0] == 2
    assert (folder / "a.txt").read_text("utf-8") == PLAN, "a slip of the hand loses no plan"


def test_bad_files_are_one_finding_each_and_the_run_goes_on(folder: Path, capsys: Capture) -> None:
    (folder / "bin.txt").write_bytes(bytes(range(256)) * 8)
    (folder / "empty.docx").write_bytes(b"")
    (folder / "cut.docx").write_bytes(b"PK\x03\x04broken")
    (folder / "fake.pdf").write_bytes(b"%PDF-1.7 nothing")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "self.txt").symlink_to("self.txt")
    (folder / "dangling.docx").symlink_to("nowhere.docx")
    _, out, err = lint(capsys, "--json", "--select", "G1")
    told = json.loads(out)["findings"]
    bad = sorted(each["file"] for each in told if each["rule"] == "F1")
    assert bad == ["bin.txt", "cut.docx", "dangling.docx", "empty.docx", "fake.pdf", "self.txt"]
    assert [each["file"] for each in told if each["rule"] == "G1"] == ["a.txt"]
    assert len({each["fingerprint"] for each in told}) == len(told), "each can be put aside alone"
    assert "Traceback" not in err
    assert lint(capsys, "--select", "G1", "--ignore", "F1,G1")[0] == 0


def test_what_was_put_aside_in_one_language_is_so_in_the_other(
    folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "cut.docx").write_bytes(b"PK\x03\x04broken")
    told = [each for each in findings(capsys) if each["rule"] == "F1"]
    assert lint(capsys, "--dismiss", told[0]["fingerprint"], *REASON)[0] == 0
    monkeypatch.setenv("FENGSUI_LANG", "en")
    assert [each["rule"] for each in findings(capsys)] == ["G1"]


def test_a_file_that_may_not_be_read_and_a_reader_that_breaks_are_findings(
    folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fengsui.cli.lint_check.may_read", lambda path: path.name != "a.txt")
    assert "没有权限" in findings(capsys, "a.txt", "--select", "F")[0]["message"]

    def broken(path: Path) -> None:
        raise ZeroDivisionError

    (folder / "b.txt").write_text(PLAN, "utf-8")
    monkeypatch.setattr("fengsui.cli.lint_check.load_document", broken)
    assert "ZeroDivisionError" in findings(capsys, "b.txt")[0]["message"]


def test_a_folder_that_may_not_be_looked_into_is_a_finding(
    folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "closed").mkdir()
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    told = findings(capsys, ".")
    assert {(each["file"], each["rule"]) for each in told} == {("a.txt", "G1"), ("closed", "F1")}


def test_a_folder_without_plans_is_told(folder: Path, capsys: Capture) -> None:
    (folder / "none").mkdir()
    status, _, err = lint(capsys, "none")
    assert status == 2
    assert err.startswith("没有可查的文件")
    assert lint(capsys, "missing.docx")[0] == 1


def test_several_processes_find_the_same_as_one(folder: Path, capsys: Capture) -> None:
    for nth in range(4):
        (folder / f"p{nth}.txt").write_text(PLAN.replace("云州", f"东{'一二三四'[nth]}县"), "utf-8")
    (folder / "cut.docx").write_bytes(b"PK\x03\x04broken")
    one = lint(capsys, "--json", "--jobs", "1")
    two = lint(capsys, "--json", "--jobs", "2")
    assert one[:2] == two[:2]
    assert lint(capsys, "--jobs", "0")[0] == 2


def ends_its_process(task: Task, language: str) -> Answer:
    """As the check in another process, but one file is its end."""
    if task.file == "bad.txt":
        os._exit(9)
    return Answer(Checked(task.file, (), ()))


def test_a_file_that_ends_its_process_is_a_finding_and_takes_no_other_with_it(
    folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("bad.txt", "c.txt", "d.txt"):
        (folder / name).write_text(PLAN, "utf-8")
    monkeypatch.setattr("fengsui.cli.lint_check._check_here", ends_its_process)
    _, out, _ = lint(capsys, "--json", "--jobs", "2")
    assert [(each["file"], each["rule"]) for each in json.loads(out)["findings"]] == [("bad.txt", "F1")]


def test_what_is_too_large_or_no_text_is_told_before_it_is_read(folder: Path, capsys: Capture) -> None:
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(101 * 1024 * 1024)
    assert "MB" in findings(capsys, "huge.txt")[0]["message"]
    (folder / "fengsui.toml").write_bytes(b"\xff\xfe\x00")
    status, _, err = lint(capsys)
    assert status == 2
    assert err.startswith(str(folder / "fengsui.toml"))


def test_statistics_lists_and_explanations_are_told(folder: Path, capsys: Capture) -> None:
    _, out, _ = lint(capsys, "--statistics")
    assert any(line.split()[1:3] == ["G1", "threshold-gap"] for line in out.splitlines())
    _, out, _ = lint(capsys, "--list-rules", "--select", "G1")
    assert all(line.startswith("G1 ") for line in out.splitlines())
    _, out, _ = lint(capsys, "--explain", "threshold-gap")
    assert all(word in out for word in ("有问题：", "改好后：", "--dismiss threshold-gap:"))
    status, _, err = lint(capsys, "--explain", "treshold-gap")
    assert (status, "threshold-gap" in err) == (2, True)
    _, out, _ = lint(capsys, "--quiet", "--select", "G1")
    assert "查了" not in out
    _, out, _ = lint(capsys, "--quiet", "--select", "L2")
    assert out == ""


def test_standard_input_cannot_be_written_back(folder: Path, capsys: Capture) -> None:
    assert lint(capsys, "-", "--fix")[0] == 2
    assert lint(capsys, "-", "--format", "docx")[0] == 2


def test_names_that_are_no_text_are_told_all_the_same(folder: Path, capsys: Capture) -> None:
    name = os.fsdecode(b"\xff\xd6.txt")
    (folder / name).write_text(PLAN, "utf-8")
    for form in ("text", "concise", "json", "sarif", "html"):
        assert lint(capsys, name, "--select", "G1", "--format", form)[0] == 1
    assert lint(capsys, "--write-baseline", "base.json")[0] == 0
    assert lint(capsys, "--baseline", "base.json")[0] == 0


@pytest.mark.skipif(os.name == "nt", reason="the mode of a file means something else there")
def test_what_is_kept_is_written_whole_and_keeps_its_mode(folder: Path, capsys: Capture) -> None:
    lint(capsys, "--write-baseline", "base.json")
    (folder / "base.json").chmod(0o640)
    lint(capsys, "--write-baseline", "base.json")
    assert (folder / "base.json").stat().st_mode & 0o777 == 0o640
    assert [each.name for each in folder.iterdir() if each.name.endswith(".part")] == []
    assert lint(capsys, "--write-baseline", "nowhere/base.json")[0] == 2


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_the_pre_commit_hook_checks_the_plans_of_a_repository(folder: Path, capsys: Capture) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    (folder / "README.md").write_text("Only words of another language here.", "utf-8")
    (folder / "old").mkdir()
    (folder / "old" / "b.txt").write_text(PLAN, "utf-8")
    (folder / "fengsui.toml").write_text("[lint]\nselect = ['G1']\nexclude = ['old']\n", "utf-8")
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "add", "."], check=True)
    listed = subprocess.run(["git", "ls-files"], check=True, capture_output=True, text=True).stdout
    named = [name for name in listed.splitlines() if re.search(hook["files"], name)]
    assert named == ["README.md", "a.txt", "old/b.txt"]
    _, *arguments = shlex.split(hook["entry"])
    assert main([*arguments, *named]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("a.txt:6:1: G1 ")
    (folder / "a.txt").write_text(MENDED, "utf-8")
    assert main([*arguments, *named]) == 0
