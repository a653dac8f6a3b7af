"""Comments in the user's own .docx: at the words, and nothing else changed."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from docx import Document
from docx_files import W, cell, docx, levels, num, p, package, run, table
from hypothesis import given, settings
from hypothesis import strategies as st

from fengsui.adapters.docx_comments import with_comments
from fengsui.adapters.docx_edit import as_word
from fengsui.adapters.read_docx import read_docx
from fengsui.core.errors import InputError
from fengsui.core.lint.note import Note

AT = datetime(2026, 5, 1, 8, 30)
RELATED = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    b'Id="rId7" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" '
    b'Target="comments.xml"/></Relationships>'
)
OLD = (
    f'<w:comments xmlns:w="{W}"><w:comment w:id="4" w:author="甲"><w:p><w:r><w:t>旧批注</w:t></w:r></w:p>'
    "</w:comment></w:comments>"
).encode()


def note(line: int, evidence: str = "", *said: str) -> Note:
    return Note(line=line, evidence=evidence, paragraphs=said or ("有问题",))


def part(data: bytes, name: str = "word/document.xml") -> ElementTree.Element:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return ElementTree.fromstring(archive.read(name))


def commented(data: bytes) -> dict[str, str]:
    """The words between the marks of each comment, by its number."""
    open_now: set[str] = set()
    words: dict[str, str] = {}
    for element in part(data).iter():
        tag, number = element.tag.rpartition("}")[2], element.get(f"{{{W}}}id", "")
        if tag == "commentRangeStart":
            open_now.add(number)
            words[number] = ""
        elif tag == "commentRangeEnd":
            open_now.discard(number)
        elif tag == "t":
            for each in open_now:
                words[each] += element.text or ""
    assert not open_now
    return words


def test_a_comment_stands_at_the_words_it_is_about_and_the_text_is_unchanged() -> None:
    data = docx(p("云州防汛应急预案") + p("死亡三人以上九人以下为较大灾害。"))
    made = with_comments(data, [note(2, "九人以下", "[严重] 有空档", "怎样改：首尾相接")], AT)
    assert commented(made) == {"0": "九人以下"}
    assert read_docx(made) == read_docx(data)
    [comment] = part(made, "word/comments.xml")
    assert comment.get(f"{{{W}}}author") == "烽燧"
    assert comment.get(f"{{{W}}}date") == "2026-05-01T08:30:00Z"
    assert ["".join(each.itertext()) for each in comment] == ["[严重] 有空档", "怎样改：首尾相接"]


def test_a_run_that_is_cut_keeps_its_look_on_both_sides() -> None:
    bold = '<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve"> 州指挥部负责 </w:t></w:r></w:p>'
    made = with_comments(docx(bold), [note(1, "指挥部")], AT)
    runs = [each for each in part(made).iter(f"{{{W}}}r") if each.find(f"{{{W}}}t") is not None]
    assert ["".join(each.itertext()) for each in runs] == [" 州", "指挥部", "负责 "]
    assert all(each.find(f"{{{W}}}rPr/{{{W}}}b") is not None for each in runs)


def test_words_spread_over_runs_are_held_by_one_comment_and_comments_may_overlap() -> None:
    body = f"<w:p>{run('Ⅲ级由副')}{run('总指挥')}{run('启动。')}</w:p>"
    made = with_comments(docx(body), [note(1, "副总指挥启"), note(1, "指挥启动"), note(1, "级由")], AT)
    assert commented(made) == {"0": "副总指挥启", "1": "指挥启动", "2": "级由"}


def test_an_automatic_number_is_no_text_so_the_comment_begins_after_it() -> None:
    numbering = levels(("chineseCounting", "%1、")) + num("1")
    data = docx(p("总则", number="1"), numbering=numbering)
    [line] = read_docx(data)
    assert line.text == "一、总则"
    assert commented(with_comments(data, [note(1, "一、总则"), note(1, "一、")], AT)) == {
        "0": "总则",
        "1": "总则",
    }


def test_cells_of_a_table_are_reached() -> None:
    data = docx(table(cell("单位") + cell("电话"), cell("水利局") + cell("0000-1")) + p("后"))
    made = with_comments(data, [note(4, "0000-1"), note(1, "单位")], AT)
    assert commented(made) == {"0": "0000-1", "1": "单位"}
    assert read_docx(made) == read_docx(data)


def test_a_finding_in_a_text_box_is_noted_at_the_run_that_holds_the_box() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{p('框里的话')}</w:txbxContent></w:pict></w:r>"
    data = docx(f"<w:p>{run('外面')}{box}</w:p>")
    number = next(line.number for line in read_docx(data) if line.text == "框里的话")
    made = with_comments(data, [note(number, "的话")], AT)
    assert commented(made) == {"0": "框里的话"}
    starts = [each for each in part(made).iter(f"{{{W}}}txbxContent")]
    assert not any(each.tag.endswith("commentRangeStart") for box in starts for each in box.iter())


MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"


@pytest.mark.parametrize(
    "held",
    [
        f'<m:oMath xmlns:m="{MATH}"><m:r><m:t>风险等级</m:t></m:r></m:oMath>',
        "<w:r><w:ruby><w:rt><w:r><w:t>x</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>风险等级</w:t></w:r></w:rubyBase>"
        "</w:ruby></w:r>",
    ],
    ids=["a formula", "ruby text"],
)
def test_what_cannot_be_cut_is_held_whole(held: str) -> None:
    data = docx(f"<w:p>{run('按')}{held}{run('处置')}</w:p>")
    made = with_comments(data, [note(1, "险等")], AT)
    assert read_docx(made) == read_docx(data)
    marked = [each.tag.rpartition("}")[2] for each in next(part(made).iter(f"{{{W}}}p"))]
    assert marked[1] == "commentRangeStart"
    assert marked[3] == "commentRangeEnd"


def test_a_strict_document_gets_strict_comments() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    with zipfile.ZipFile(BytesIO(docx(p("云州预案")))) as archive:
        parts = {name: archive.read(name).replace(W.encode(), strict.encode()) for name in archive.namelist()}
    made = with_comments(package(parts), [note(1, "预案")], AT)
    assert part(made, "word/comments.xml").tag == f"{{{strict}}}comments"
    [relation] = part(made, "word/_rels/document.xml.rels")
    assert relation.get("Type") == "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"


def test_a_note_without_a_line_stands_at_the_first_paragraph() -> None:
    made = with_comments(docx(p("第一段") + p("第二段")), [note(0, "", "整本预案的问题")], AT)
    assert commented(made) == {"0": "第一段"}


def test_comments_that_were_there_stay_and_numbers_do_not_collide() -> None:
    more = {"word/comments.xml": OLD, "word/_rels/document.xml.rels": RELATED}
    mark = '<w:commentRangeStart w:id="4"/>' + run("旧") + '<w:commentRangeEnd w:id="4"/>'
    made = with_comments(docx(f"<w:p>{mark}{run('新的话')}</w:p>", more=more), [note(1, "新的")], AT)
    assert commented(made) == {"4": "旧", "5": "新的"}
    assert [each.get(f"{{{W}}}id") for each in part(made, "word/comments.xml")] == ["4", "5"]


def test_every_other_part_is_byte_for_byte_what_it_was() -> None:
    more = {"word/media/image1.png": b"\x89PNG", "docProps/app.xml": b"<a/>"}
    made = with_comments(docx(p("话"), more=more), [note(1, "话")], AT)
    with zipfile.ZipFile(BytesIO(made)) as archive:
        assert {name: archive.read(name) for name in more} == more


def test_a_document_of_python_docx_opens_again_and_counts_its_comments() -> None:
    file = BytesIO()
    document = Document()
    document.add_paragraph("云州燃气事故应急预案")
    document.save(file)
    made = with_comments(file.getvalue(), [note(1, "燃气"), note(1, "预案"), note(0)], AT)
    assert len(list(Document(BytesIO(made)).comments)) == 3
    again = with_comments(made, [note(1, "事故")], AT)
    assert len(list(Document(BytesIO(again)).comments)) == 4


WORDS = st.text("州县指挥部Ⅲ级10人以上，。 \t（）", min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=5), st.data())
def test_whatever_is_commented_the_text_reads_the_same(
    paragraphs: list[list[str]], data: st.DataObject
) -> None:
    body = "".join(f"<w:p>{''.join(map(spaced, runs))}</w:p>" for runs in paragraphs)
    given_file = docx(p("头") + body)
    lines = read_docx(given_file)
    notes = []
    for _ in range(data.draw(st.integers(1, 6))):
        line = data.draw(st.sampled_from(lines))
        start = data.draw(st.integers(0, len(line.text) - 1))
        notes.append(note(line.number, line.text[start : data.draw(st.integers(start + 1, len(line.text)))]))
    made = with_comments(given_file, notes, AT)
    assert read_docx(made) == lines
    assert len(commented(made)) == len(notes)
    for number, words in commented(made).items():
        wanted = "".join(notes[int(number)].evidence.split())
        assert not wanted or wanted == "".join(words.split())


def spaced(text: str) -> str:
    pieces = text.split("\t")
    inner = "<w:tab/>".join(f'<w:t xml:space="preserve">{piece}</w:t>' for piece in pieces)
    return f"<w:r>{inner}</w:r>"


def test_a_file_that_is_no_word_file_is_refused_in_one_sentence() -> None:
    with pytest.raises(InputError) as problem:
        as_word(b"text", "a.txt")
    assert problem.value.code == "not_word_file"


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice")
def test_libreoffice_opens_the_result_with_all_comments(tmp_path: Path) -> None:
    file = BytesIO()
    document = Document()
    for text in ("云州燃气事故应急预案", "Ⅲ级由副总指挥启动。", "接报后立即上报。"):
        document.add_paragraph(text)
    document.save(file)
    made = with_comments(file.getvalue(), [note(1, "燃气"), note(2, "副总指挥"), note(3, "立即")], AT)
    (tmp_path / "a.docx").write_bytes(made)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "odt", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "a.docx")], capture_output=True, check=True, timeout=120)
    with zipfile.ZipFile(tmp_path / "a.odt") as archive:
        content = archive.read("content.xml").decode()
    assert content.count("<office:annotation ") == 3
    assert "烽燧" in content
