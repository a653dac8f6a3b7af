"""What the check writes: SARIF for programs, a page for a browser or printer, one page for a leader."""

from __future__ import annotations

import json
import re
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from docx import Document

from fengsui.adapters.lint_pdf import write_leader_pdf
from fengsui.application.lint_outputs.html import html
from fengsui.application.lint_outputs.notes import notes
from fengsui.application.lint_outputs.sarif import sarif, uri
from fengsui.application.lint_report import Checked, told
from fengsui.application.lint_summary import LONGEST, MOST, leader_page
from fengsui.application.linting import lint_lines
from fengsui.cli import main
from fengsui.core.citation import Citation
from fengsui.core.lint.finding import Finding, Hit, Rule, Severity, finding_of
from fengsui.core.lint.registry import all_rules, choose
from fengsui.core.lint.run import UNREADABLE
from fengsui.core.reading.blocks import TextLine

TEXT = """云州燃气事故应急预案
一、总则
为做好 <燃气> 事故处置，制定本预案。
二、事件分级
（一）较大事故：死亡3人以上9人以下。
（二）重大事故：死亡10人以上30人以下。
三、应急响应
П级响应由州长或者省有关部门启动。
四、信息报告
发生事故后及时上报。
五、附则
本预案由州住房和城乡建设局解释。
"""
DAY = date(2026, 5, 1)


def checked(text: str = TEXT, file: str = "plans/燃气.txt") -> Checked:
    lines = tuple(TextLine(number=n, text=line) for n, line in enumerate(text.splitlines(), start=1))
    return Checked(file, lines, lint_lines(lines, "d", choose()))


def unread() -> Checked:
    hit = Hit(at=Citation(document="", clause="", line=0, quote=""), mend="", data={"problem": "打不开。"})
    return Checked("b.docx", (), (finding_of(UNREADABLE, hit, ""),))


def run_of(text: str) -> dict[str, Any]:
    log = json.loads(text)
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    [run] = log["runs"]
    assert isinstance(run, dict)
    return run


def test_every_result_names_its_rule_its_place_and_its_fingerprint() -> None:
    each = checked()
    run = run_of(sarif([each]))
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules) == len(all_rules())
    assert len(run["results"]) == len(each.findings) > 3
    lines = TEXT.splitlines()
    for result, name, found in zip(run["results"], each.names, each.findings, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] == {"H": "error", "M": "warning", "L": "note"}[found.severity.value]
        assert result["partialFingerprints"] == {"fengsuiFinding/v1": name}
        physical = result["locations"][0]["physicalLocation"]
        assert physical["artifactLocation"]["uri"] == "plans/%E7%87%83%E6%B0%94.txt"
        region = physical["region"]
        shown = lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1]
        assert shown == region["snippet"]["text"] != ""


def test_rules_explain_themselves_in_both_languages_and_declare_their_level() -> None:
    for rule in run_of(sarif([checked()]))["tool"]["driver"]["rules"]:
        assert {"id", "name", "shortDescription", "fullDescription", "help", "defaultConfiguration"} <= set(
            rule
        )
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}
        assert re.fullmatch(r"[A-Za-z0-9]+", rule["name"])
        assert re.search(r"[\u4e00-\u9fff]", rule["help"]["text"])
        assert re.search(r"[a-z]{4}", rule["help"]["text"])


def test_dismissed_findings_are_suppressed_and_others_are_not() -> None:
    each = checked()
    aside = Checked(each.file, each.lines, each.findings[1:], dismissed=((each.findings[0], "已有专项规定"),))
    results = run_of(sarif([aside]))["results"]
    suppressed = [result for result in results if "suppressions" in result]
    assert len(suppressed) == 1
    assert suppressed[0]["suppressions"][0]["justification"] == "已有专项规定"
    assert suppressed[0]["partialFingerprints"]["fengsuiFinding/v1"] == each.names[0]


def test_a_file_not_read_is_told_as_a_failed_run_without_a_region() -> None:
    run = run_of(sarif([checked(), unread()]))
    assert run["invocations"][0]["executionSuccessful"] is False
    last = run["results"][-1]
    assert "region" not in last["locations"][0]["physicalLocation"]
    assert run["tool"]["driver"]["rules"][last["ruleIndex"]]["id"] == last["ruleId"] == "F1/file-unreadable"


@pytest.mark.parametrize(
    ("file", "address"),
    [("a b.txt", "a%20b.txt"), ("/x/甲.txt", "file:///x/%E7%94%B2.txt"), ("a:b.txt", "a%3Ab.txt")],
)
def test_addresses_of_files_are_encoded(file: str, address: str) -> None:
    assert uri(file) == address


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def parsed(text: str) -> _Page:
    page = _Page()
    page.feed(text)
    assert page.open == []
    return page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_holds_every_finding_and_fetches_nothing(language: str) -> None:
    each = checked()
    text = html([each, unread()], language)
    page = parsed(text)
    assert sum(tag == "article" for tag, _ in page.tags) == len(each.findings) + 1
    assert not any(tag in ("script", "link", "img", "iframe") for tag, _ in page.tags)
    assert not re.search(r"https?:|url\(|@import", text)
    anchors = {attrs["href"] for tag, attrs in page.tags if tag == "a"}
    assert anchors <= {f"#{attrs['id']}" for _, attrs in page.tags if attrs.get("id")}
    assert "lint_" not in text
    assert all(rule.rule.name not in text for rule in all_rules())  # no internal name is shown


def test_words_of_the_plan_never_become_mark_up() -> None:
    text = html([checked(TEXT.replace("及时上报", "及时<b onclick=x>上报"))])
    assert "<b onclick" not in text
    assert "&lt;" in text


def test_a_clean_run_says_so() -> None:
    assert "没有发现问题" in html([Checked("a.txt", (), ())])


def test_a_comment_says_what_is_wrong_how_to_mend_it_and_why() -> None:
    each = checked()
    for note, item in zip(notes(each), told(each), strict=True):
        assert item.said in note.paragraphs[0]
        assert any(item.why in paragraph for paragraph in note.paragraphs)
        assert note.line == item.finding.line


def test_a_comment_that_has_no_line_names_the_clause() -> None:
    rule = Rule(code="G1", name="threshold-gap", severity=Severity.H)
    hit = Hit(at=Citation(document="", clause="五", line=99, quote="x"))
    [note] = notes(Checked("a.txt", (), (finding_of(rule, hit, "预案"),)))
    assert note.line == 0
    assert any("五" in paragraph for paragraph in note.paragraphs)


def grave(severity: Severity, name: str, code: str, times: int = 1) -> list[Finding]:
    rule = Rule(code=code, name=name, severity=severity)
    at = Citation(document="", clause="一", line=1, quote="")
    data = {"levels": "长" * 300, "lower": "低", "upper": "高", "figures": "9人"}
    return [finding_of(rule, Hit(at=at, data=data), "云州预案")] * times


def test_the_leader_sees_the_gravest_first_one_of_a_kind_and_the_rest_counted() -> None:
    found = [
        *grave(Severity.L, "words-doubled", "S5", 3),
        *grave(Severity.H, "threshold-gap", "G1", 2),
        *grave(Severity.M, "no-report-deadline", "R1"),
        *grave(Severity.H, "level-nobody-may-start", "A1"),
        *grave(Severity.M, "role-undefined", "A3"),
        *grave(Severity.M, "drill-missing", "S2"),
    ]
    page = leader_page([Checked("a.txt", (), tuple(found))], DAY)
    assert len(page.grave) == MOST
    assert [item.grade for item in page.grave] == ["H", "H", "M", "M", "M"]
    assert [count for _, count, _, _ in page.counts] == [3, 3, 3]
    assert "另有 1 处" in page.grave[1].more
    assert "3 处" in page.rest
    assert all(len(item.said) <= LONGEST and item.who and item.todo for item in page.grave)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_leaders_page_is_one_side_of_a4_whatever_stands_in_it(language: str) -> None:
    names = [(item.rule.severity, item.rule.name, item.rule.code) for item in all_rules()]
    found = [each for severity, name, code in names for each in grave(severity, name, code, 2)]
    found += [
        finding_of(one.rule, Hit(at=Citation(document="", clause="", line=1, quote="")), "长" * 200)
        for one in all_rules()
    ]
    for checks in ([Checked("a.txt", (), tuple(found)), unread()], [Checked("a.txt", (), ())]):
        document = pypdfium2.PdfDocument(write_leader_pdf(leader_page(checks, DAY, language)))
        assert len(document) == 1
        assert [round(size) for size in document[0].get_size()] == [595, 842]


def word_file(path: Path, text: str = TEXT) -> Path:
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(str(path))
    return path


def test_the_command_writes_each_format(tmp_path: Path) -> None:
    source = word_file(tmp_path / "a.docx")
    before = source.read_bytes()
    for form, start in (("sarif", b"{"), ("html", b"<!DOCTYPE"), ("pdf", b"%PDF"), ("docx", b"PK")):
        target = tmp_path / f"out.{form}"
        main(["lint", str(source), "--format", form, "--output", str(target)])
        assert target.read_bytes().startswith(start)
    comments = list(Document(BytesIO((tmp_path / "out.docx").read_bytes())).comments)
    main(["lint", str(source), "--format", "json", "--output", str(tmp_path / "out.json")])
    assert len(comments) == len(json.loads((tmp_path / "out.json").read_text("utf-8"))["findings"])
    assert source.read_bytes() == before


def test_the_command_never_writes_over_what_it_checks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = word_file(tmp_path / "a.docx")
    before = source.read_bytes()
    for options in (["--format", "docx"], ["--fix"], ["--format", "html"]):
        assert main(["lint", str(source), *options, "--output", str(source)]) == 2
        assert "不能写到" in capsys.readouterr().err
    assert source.read_bytes() == before


def test_several_plans_are_commented_into_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = word_file(tmp_path / "a.docx"), tmp_path / "b.txt"
    other.write_text(TEXT, "utf-8")
    assert main(["lint", str(one), str(other), "--format", "docx"]) == 2
    folder = tmp_path / "out"
    folder.mkdir()
    main(["lint", str(one), str(other), "--format", "docx", "--output", str(folder)])
    assert [path.name for path in folder.iterdir()] == ["a.docx"]
    assert "b.txt" in capsys.readouterr().err


def test_fix_shows_a_diff_and_writes_a_copy_only_where_told_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "a.txt"
    source.write_bytes(TEXT.replace("\n", "\r\n").encode())
    before = source.read_bytes()
    assert main(["lint", "--fix", str(source)]) == 0
    assert "+Ⅱ级响应" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    main(["lint", "--fix", str(source), "--output", str(tmp_path / "b.txt")])
    assert (tmp_path / "b.txt").read_bytes() == before.replace("П".encode(), "Ⅱ".encode())
    assert source.read_bytes() == before


def test_fix_of_a_word_file_is_a_copy_with_tracked_changes(tmp_path: Path) -> None:
    source = word_file(tmp_path / "a.docx")
    main(["lint", "--fix", str(source), "--output", str(tmp_path / "b.docx")])
    xml = Document(str(tmp_path / "b.docx")).element.xml
    assert xml.count("<w:ins ") == xml.count("<w:del ") == 1
