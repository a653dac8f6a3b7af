"""PDF files: characters with places become lines, cells and drawings again."""

import dataclasses
import os
import random
import re
import shutil
import subprocess
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from pdf_files import LIGATURE, PICTURE, box, line, locked, pdf, ruled, scattered, text, turned

from fengsui.adapters import pdf_open
from fengsui.adapters.read_docx import read_docx
from fengsui.adapters.read_office import PROGRAMS
from fengsui.adapters.read_pdf import read_pdf
from fengsui.application.wording import LANGUAGES, word
from fengsui.core.citation import Citation
from fengsui.core.errors import InputError
from fengsui.core.reading.blocks import Cell, TextLine
from fengsui.core.reading.draft import read_plans

SHARED = Path(os.environ.get("FENGSUI_SHARED", Path(__file__).parents[2].parent / "shared"))
needs_papers = pytest.mark.skipif(not (SHARED / "plans").is_dir(), reason="the source papers are not here")
needs_office = pytest.mark.skipif(not any(map(shutil.which, PROGRAMS)), reason="LibreOffice is not installed")

LONG = "北沙镇人民政府负责本镇防汛工作的组织和指挥，各村民委员"  # a line that fills the page


def texts(lines: tuple[TextLine, ...]) -> list[str]:
    return [line.text for line in lines]


def cells(lines: tuple[TextLine, ...]) -> list[tuple[Cell, str]]:
    return [(line.cell, line.text) for line in lines if line.cell is not None]


def code_of(data: bytes) -> str:
    with pytest.raises(InputError) as refused:
        read_pdf(data)
    return refused.value.code


def test_lines_come_from_the_top_whatever_order_the_file_has() -> None:
    lines = read_pdf(pdf([text(90, 200, "第二行"), text(90, 172, "第一行"), text(90, 228, "第三行")]))
    assert texts(lines) == ["第一行", "第二行", "第三行"]
    assert [line.number for line in lines] == [1, 2, 3]
    assert not any(line.complete for line in lines)


def test_characters_drawn_one_by_one_become_words_without_blanks() -> None:
    page = [scattered(90, 100, "预警信息由领导小组发布", step=1.03), scattered(90, 140, "东河县", step=2)]
    assert texts(read_pdf(pdf(page))) == ["预警信息由领导小组发布", "东河县"]


def test_a_gap_between_words_is_a_blank() -> None:
    page = [text(90, 100, "附件1"), text(160, 100, "联系方式"), text(90, 130, "3.2"), text(124, 130, "响应")]
    assert texts(read_pdf(pdf(page))) == ["附件1 联系方式", "3.2 响应"]


def test_a_word_printed_twice_to_look_bold_is_read_once() -> None:
    page = [text(90, 100, "应急预案"), text(90.4, 100.2, "应急预案"), text(90, 130, "……1")]
    assert texts(read_pdf(pdf(page))) == ["应急预案", "……1"]


def test_a_line_set_in_begins_with_two_wide_blanks() -> None:
    page = [
        text(122, 100, LONG[2:]),
        text(90, 128, LONG),
        text(90, 156, "会配合。"),
        text(122, 184, "第二段。"),
    ]
    assert texts(read_pdf(pdf(page))) == [f"\u3000\u3000{LONG[2:]}", LONG, "会配合。", "\u3000\u3000第二段。"]


@pytest.mark.parametrize(
    "number", ["3", "— 3 —", "- 3 -", "第3页", "第 3 页 共 9 页", "iii", "Ⅲ", "3/9", "·3·"]
)
def test_page_numbers_are_left_out(number: str) -> None:
    page = [text(90, 100, LONG), text(290, 800, number, 12)]
    assert texts(read_pdf(pdf(page))) == [LONG]


def test_a_number_within_the_page_stays() -> None:
    assert texts(read_pdf(pdf([text(90, 100, LONG), text(290, 400, "3")]))) == [LONG, "3"]


def test_running_heads_are_left_out_and_headings_at_the_top_stay() -> None:
    titles = ["一、总则", "二、组织", "三、响应", "四、保障"]
    pages = [
        [
            text(200, 50, "北沙镇防汛应急预案", 10),
            text(90, 90, title),
            text(250, 800, f"内部资料 第{n}页", 10),
        ]
        for n, title in enumerate(titles)
    ]
    assert texts(read_pdf(pdf(*pages))) == titles


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [f"左栏第{n}行的文字写得很长很长吧" for n in "一二三四五六七"]
    right = [f"右栏第{n}行的文字写得很长很长吧" for n in "一二三四五六七"]
    page = [text(200, 80, "跨两栏的标题文字在页面的中间部分")]
    for number, (one, other) in enumerate(zip(left, right, strict=True)):
        page += [text(60, 120 + 20 * number, one, 14), text(310, 122 + 20 * number, other, 14)]
    assert texts(read_pdf(pdf(page))) == ["跨两栏的标题文字在页面的中间部分", *left, *right]


def test_a_list_of_names_and_figures_is_no_page_of_two_columns() -> None:
    page = [
        item for n in range(9) for item in (text(90, 90 + 24 * n, f"北沙村{n}"), text(380, 90 + 24 * n, "12"))
    ]
    assert texts(read_pdf(pdf(page)))[:2] == ["北沙村0 12", "北沙村1 12"]


def test_a_ruled_table_gives_each_cell_once_with_its_lines_joined() -> None:
    page = [
        text(90, 80, "表一"),
        ruled([90, 150, 290], [100, 130, 180]),
        text(100, 120, "级别", 14),
        text(160, 120, "条件", 14),
        text(100, 150, "Ⅰ级", 14),
        text(156, 150, "造成10人以上死亡，或", 14),
        text(156, 170, "者紧急转移的。", 14),
        text(90, 210, "注意事项"),
    ]
    lines = read_pdf(pdf(page))
    assert texts(lines) == ["表一", "级别", "条件", "Ⅰ级", "造成10人以上死亡，或者紧急转移的。", "注意事项"]
    assert cells(lines) == [
        (Cell(table=0, row=0, column=0), "级别"),
        (Cell(table=0, row=0, column=1), "条件"),
        (Cell(table=0, row=1, column=0), "Ⅰ级"),
        (Cell(table=0, row=1, column=1), "造成10人以上死亡，或者紧急转移的。"),
    ]


def test_short_lines_and_items_of_a_cell_stay_apart() -> None:
    page = [
        ruled([90, 200, 400], [100, 130, 220]),
        text(100, 120, "来源", 14),
        text(210, 120, "内容", 14),
        text(110, 150, "水利站", 14),
        text(110, 170, "应急办", 14),
        text(206, 150, "（1）水位超过警戒水位三尺", 14),
        text(206, 170, "（2）堤防出现险情", 14),
    ]
    assert [t for _, t in cells(read_pdf(pdf(page)))][2:] == [
        "水利站",
        "应急办",
        "（1）水位超过警戒水位三尺",
        "（2）堤防出现险情",
    ]


def test_a_merged_cell_is_given_at_its_first_row_only() -> None:
    page = [
        *(line(x, 100, x, 190) for x in (90, 150, 290)),
        *(line(90, y, 290, y) for y in (100, 130, 190)),
        line(150, 160, 290, 160),
        *(text(x, y, t, 14) for x, y, t in [(95, 120, "类"), (160, 120, "名"), (95, 165, "组")]),
        text(160, 150, "甲", 14),
        text(160, 180, "乙", 14),
    ]
    found = {(place.row, place.column): t for place, t in cells(read_pdf(pdf(page)))}
    assert found == {(0, 0): "类", (0, 1): "名", (1, 0): "组", (1, 1): "甲", (2, 1): "乙"}


def test_a_table_goes_on_over_the_page_without_its_repeated_head() -> None:
    head = [text(100, 100, "级别", 14), text(160, 100, "条件", 14)]
    first = [
        ruled([90, 150, 290], [80, 110, 180]),
        *head,
        text(100, 130, "Ⅰ级", 14),
        text(156, 130, "出现重大险情并且可能", 14),
        text(290, 800, "1", 10),
    ]
    second = [
        ruled([90, 150, 290], [80, 110, 140, 180]),
        *head,
        text(156, 130, "溃坝的。", 14),
        text(100, 160, "Ⅱ级", 14),
        text(156, 160, "出现较大险情的。", 14),
        text(290, 800, "2", 10),
    ]
    assert [
        (place.table, place.row, place.column, t) for place, t in cells(read_pdf(pdf(first, second)))
    ] == [
        (0, 0, 0, "级别"),
        (0, 0, 1, "条件"),
        (0, 1, 0, "Ⅰ级"),
        (0, 1, 1, "出现重大险情并且可能溃坝的。"),
        (0, 2, 0, "Ⅱ级"),
        (0, 2, 1, "出现较大险情的。"),
    ]


def test_words_of_a_drawing_stay_with_their_boxes() -> None:
    page = [text(90, 80, "图一")]
    for number, (name, more) in enumerate([("综合", "协调组"), ("抢险", "救援组"), ("后勤", "保障组")]):
        x = 90 + 120 * number
        page += [box(x, 200, x + 80, 240), text(x + 24, 215, name), text(x + 16, 233, more)]
    page += [box(90, 120, 300, 150), text(150, 140, "指挥部")]
    lines = read_pdf(pdf(page))
    assert texts(lines) == ["图一", "指挥部", "综合协调组", "抢险救援组", "后勤保障组"]
    assert [line.complete for line in lines] == [False, True, True, True, True]


def test_a_word_set_upright_is_one_line() -> None:
    page = [text(90, 100 + 17 * n, char) for n, char in enumerate("县级机构")]
    assert texts(read_pdf(pdf([*page, text(90, 300, LONG)]))) == ["县级机构", LONG]


def test_a_figure_in_a_drawn_circle_is_a_circled_figure() -> None:
    page = [text(95, 100, "1"), box(91, 86, 107, 102), text(112, 100, "发布预警")]
    assert texts(read_pdf(pdf(page))) == ["①发布预警"]


def test_radicals_and_private_bullets_become_ordinary_characters() -> None:
    assert texts(
        read_pdf(pdf([text(90, 100, "⼈员⻓"), text(90, 130, "\uf06c"), text(120, 130, "停课")]))
    ) == [
        "人员长",
        "● 停课",
    ]


def test_one_glyph_may_stand_for_several_characters() -> None:
    assert texts(read_pdf(pdf([text(90, 100, f"{LIGATURE}响应分级")]))) == ["（一）响应分级"]


def test_a_watermark_printed_aslant_is_left_out() -> None:
    page = [text(90, 100, LONG), turned(100, 500, "内部文件", "0.7 0.7 -0.7 0.7", 40)]
    assert texts(read_pdf(pdf(page))) == [LONG]


@pytest.mark.parametrize(("matrix", "ys"), [("0 1 -1 0", (100, 130)), ("0 -1 1 0", (130, 100))])
def test_a_page_printed_sideways_is_read_as_a_person_turns_it(matrix: str, ys: tuple[int, int]) -> None:
    page = [turned(ys[0], 400, "第一行的文字", matrix), turned(ys[1], 400, "第二行的文字", matrix)]
    assert texts(read_pdf(pdf(page))) == ["第一行的文字", "第二行的文字"]


def test_a_page_the_viewer_turns_is_read_as_shown() -> None:
    page = [turned(100, 400, "第一行的文字", "0 1 -1 0"), turned(130, 400, "第二行的文字", "0 1 -1 0")]
    assert texts(read_pdf(pdf(page, extra="/Rotate 90"))) == ["第一行的文字", "第二行的文字"]


def test_pictures_of_pages_are_refused() -> None:
    assert code_of(pdf([PICTURE], [PICTURE, text(290, 800, "2")])) == "scanned_pdf"
    assert code_of(pdf([])) == "scanned_pdf"


def test_one_picture_among_pages_of_text_is_read_past() -> None:
    assert texts(read_pdf(pdf([text(90, 100, LONG)], [PICTURE], [text(90, 100, "终")]))) == [LONG, "终"]


def test_fonts_that_do_not_name_their_characters_are_refused() -> None:
    assert code_of(pdf([text(90, 100, LONG)], mapped=False)) == "pdf_unmapped_font"


def test_a_file_with_a_password_is_refused_and_one_locked_against_changes_is_read() -> None:
    data = pdf([text(90, 100, LONG)])
    assert code_of(locked(data, "secret", "secret")) == "password_protected"
    assert texts(read_pdf(locked(data, "", "secret"))) == [LONG]


def test_a_file_cut_off_anywhere_is_refused() -> None:
    data = pdf([text(90, 100, LONG)], [text(90, 100, LONG)])
    for share in (0.01, 0.2, 0.5, 0.8, 0.97):
        assert code_of(data[: int(len(data) * share)]) == "damaged_file"


def test_noise_is_refused_or_read_but_never_fails_otherwise() -> None:
    data = pdf([text(90, 100, LONG), ruled([90, 150, 290], [200, 230, 260])])
    chance = random.Random(7)
    for _ in range(60):
        broken = bytearray(data)
        for _ in range(12):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            read_pdf(bytes(broken))
        except InputError:
            continue


def test_files_made_to_exhaust_the_machine_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = pdf([], packed=zlib.compress(b" " * 3_000_000))
    assert code_of(bomb) == "scanned_pdf"
    monkeypatch.setattr(pdf_open, "MOST_UNPACKED_STREAM", 2_000_000)
    assert code_of(bomb) == "unsafe_file"
    twice = bomb.replace(b"/Filter /FlateDecode", b"/Filter[/FlateDecode/FlateDecode]")
    assert code_of(twice) == "unsafe_file"
    monkeypatch.setattr(pdf_open, "MOST_PAGES", 2)
    assert code_of(pdf(*[[text(90, 100, "页")]] * 3)) == "too_many_pages"
    monkeypatch.setattr(pdf_open, "MOST_BYTES", 100)
    assert code_of(pdf([])) == "file_too_big"


def test_nothing_at_all_is_an_empty_file() -> None:
    assert code_of(b"") == "empty_file"
    assert code_of(b"\n\n") == "empty_file"
    assert code_of(b"no pdf") == "damaged_file"


@pytest.mark.parametrize("code", ["scanned_pdf", "pdf_unmapped_font", "too_many_pages"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_refusal_has_words(code: str, language: str) -> None:
    assert word("error", code, language, limit=2000) != code


@pytest.mark.office
@needs_office
def test_what_an_office_program_exports_reads_like_its_source(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("一、组织指挥")
    table = document.add_table(2, 2, style="Table Grid")
    for cell, words in zip(table._cells, ["级别", "条件", "Ⅰ级", "堤防溃决。"], strict=True):
        cell.text = words
    document.add_paragraph("二、应急响应")
    source = tmp_path / "plan.docx"
    document.save(str(source))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    program = next(filter(None, map(shutil.which, PROGRAMS)))
    command = [program, "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    read, known = read_pdf((tmp_path / "plan.pdf").read_bytes()), read_docx(source.read_bytes())
    assert [(line.cell, line.text.strip()) for line in read] == [(line.cell, line.text) for line in known]


@pytest.mark.papers
@needs_papers
def test_every_citation_of_a_published_plan_is_found_at_its_line() -> None:
    for path in sorted((SHARED / "plans").glob("*.pdf")):
        lines = read_pdf(path.read_bytes())
        for citation in citations(read_plans(lines, "paper")[0].content):
            first = squeezed(lines[citation.line - 1].text)
            place = "".join(squeezed(line.text) for line in lines[citation.line - 1 : citation.line + 60])
            parts = [squeezed(part) for part in citation.quote.split("…")]
            assert all(part in place for part in parts), citation
            assert place.find(parts[0]) < len(first), citation


def squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)


def citations(item: object) -> Iterator[Citation]:
    """All citations inside the parts of a plan."""
    if isinstance(item, Citation):
        yield item
    elif dataclasses.is_dataclass(item):
        for entry in dataclasses.fields(item):
            yield from citations(getattr(item, entry.name))
    elif isinstance(item, (tuple, list)):
        for part in item:
            yield from citations(part)
    elif isinstance(item, dict):
        yield from citations(tuple(item.values()))
