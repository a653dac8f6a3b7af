"""Tracked changes in a .docx: accepting them mends the text, rejecting them gives it back."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime
from io import BytesIO
from xml.etree import ElementTree

import pytest
from docx_files import W, cell, docx, levels, num, p, package, run, table
from test_docx_comments import part

from fengsui.adapters.docx_fix import with_tracked_fixes
from fengsui.adapters.read_docx import read_docx
from fengsui.application.lint_fix import fixes, mended_lines
from fengsui.core.lint.fix import Fix
from fengsui.core.lint.registry import choose

AT = datetime(2026, 5, 1, 8, 30)
RULES = choose()
RULE = choose(("sign-look-alike",))[0].rule


def fix(line: int, start: int, old: str, new: str) -> Fix:
    return Fix(rule=RULE, line=line, start=start, old=old, new=new)


def settled(data: bytes, *, accept: bool) -> bytes:
    """The document after all tracked changes were accepted, or all rejected, as a word processor does it."""
    root = deepcopy(part(data))
    kept, gone = ("ins", "del") if accept else ("del", "ins")
    for parent in list(root.iter()):
        for place, child in reversed(list(enumerate(parent))):
            if child.tag == f"{{{W}}}{gone}":
                parent.remove(child)
            elif child.tag == f"{{{W}}}{kept}":
                parent[place : place + 1] = list(child)
    for element in root.iter(f"{{{W}}}delText"):
        element.tag = f"{{{W}}}t"
    return package({"[Content_Types].xml": b"<Types/>", "word/document.xml": ElementTree.tostring(root)})


def texts(data: bytes) -> list[str]:
    return [line.text for line in read_docx(data)]


PLAN = (
    "云州燃气事故应急预案",
    "一、总则",
    "为做好燃气事故处置，，制定本预案（以下简称预案)。",
    "二、分级标准",
    "死亡１０人以上为П级，死亡3人以上10人以下为Ш级。",
    "二、应急响应",
    "Ⅲ级响应由副总指挥启动。",
    "四、附则",
    "本预案由州住房和城乡建设局负责解释。",
)


def test_accepting_all_mends_every_fault_and_rejecting_all_gives_the_text_back() -> None:
    data = docx("".join(f"<w:p>{run(text[:5])}{run(text[5:])}</w:p>" for text in PLAN))
    lines = read_docx(data)
    found = fixes(lines, "d", RULES)
    assert {each.rule.name for each in found} == {
        "figures-full-width",
        "sign-look-alike",
        "brackets-mixed",
        "words-doubled",
        "word-mistyped",
        "numbering-broken",
    }
    made, done = with_tracked_fixes(data, found, AT)
    assert done == found
    assert texts(made) == mended_lines(lines, found)
    accepted = settled(made, accept=True)
    assert texts(accepted)[4:6] == ["死亡10人以上为Ⅱ级，死亡3人以上10人以下为Ⅲ级。", "三、应急响应"]
    assert fixes(read_docx(accepted), "d", RULES) == ()
    assert texts(settled(made, accept=False)) == list(PLAN)


def test_each_change_names_fengsui_its_date_and_a_number_of_its_own() -> None:
    made, _ = with_tracked_fixes(docx(p("П级和П级")), [fix(1, 0, "П", "Ⅱ"), fix(1, 3, "П", "Ⅱ")], AT)
    changes = [each for each in part(made).iter() if each.tag in (f"{{{W}}}ins", f"{{{W}}}del")]
    assert {each.get(f"{{{W}}}author") for each in changes} == {"烽燧"}
    assert {each.get(f"{{{W}}}date") for each in changes} == {"2026-05-01T08:30:00Z"}
    assert len({each.get(f"{{{W}}}id") for each in changes}) == len(changes) == 4


def test_the_new_words_look_like_the_old_ones() -> None:
    body = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>达到П级标准</w:t></w:r></w:p>"
    made, _ = with_tracked_fixes(docx(body), [fix(1, 2, "П", "Ⅱ")], AT)
    assert part(made).find(f".//{{{W}}}ins/{{{W}}}r/{{{W}}}rPr/{{{W}}}b") is not None
    assert texts(made) == ["达到Ⅱ级标准"]


def test_a_change_over_several_runs_and_in_a_table_is_made() -> None:
    body = table(f"<w:tc><w:p>{run('１')}{run('０')}{run('人')}</w:p></w:tc>" + cell("备注")) + p("后")
    made, done = with_tracked_fixes(docx(body), [fix(1, 0, "１０", "10")], AT)
    assert len(done) == 1
    assert texts(made) == ["10人", "备注", "后"]
    assert texts(settled(made, accept=False)) == ["１０人", "备注", "后"]


def test_the_label_of_an_automatic_number_is_left_alone() -> None:
    data = docx(p("总则", number="1"), numbering=levels(("chineseCounting", "%1、")) + num("1"))
    made, done = with_tracked_fixes(data, [fix(1, 0, "一", "二")], AT)
    assert (made, done) == (data, ())


@pytest.mark.parametrize(
    "body",
    [
        f'<w:p><w:ins w:id="1" w:author="甲">{run("达到П级")}</w:ins></w:p>',
        f"<w:p><w:r><w:pict><w:txbxContent>{p('达到П级')}</w:txbxContent></w:pict></w:r></w:p>",
    ],
    ids=["a change already tracked", "a text box"],
)
def test_what_stands_in_a_change_or_a_box_is_left_alone_and_told(body: str) -> None:
    data = docx(body)
    assert with_tracked_fixes(data, [fix(1, 2, "П", "Ⅱ")], AT) == (data, ())


def test_a_fix_whose_words_are_no_longer_there_is_not_made() -> None:
    data = docx(p("达到Ⅱ级"))
    assert with_tracked_fixes(data, [fix(1, 2, "П", "Ⅱ"), fix(9, 0, "П", "Ⅱ")], AT) == (data, ())


def test_the_file_given_is_never_changed_in_place() -> None:
    data = docx(p("达到П级"))
    before = BytesIO(data).getvalue()
    with_tracked_fixes(data, [fix(1, 2, "П", "Ⅱ")], AT)
    assert data == before
