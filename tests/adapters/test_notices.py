"""What a file holds and the reader leaves out is told of, and becomes a doubt of the draft."""

from docx_files import cell, docx, p, run, table
from pdf_files import PICTURE, pdf, text

from fengsui.adapters.read_docx import read_docx
from fengsui.adapters.read_pdf import read_pdf
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.draft import read_plans


def deleted(words: str) -> str:
    return f'<w:del w:id="1" w:author="某人"><w:r><w:delText>{words}</w:delText></w:r></w:del>'


def inserted(words: str) -> str:
    return f'<w:ins w:id="2" w:author="某人">{run(words)}</w:ins>'


def told(lines: tuple[TextLine, ...]) -> list[tuple[str, str, str]]:
    return [(line.text, notice.code, notice.text) for line in lines for notice in line.notices]


def test_a_tracked_deletion_is_left_out_and_told_of_and_an_insertion_is_kept() -> None:
    body = p("总则") + f"<w:p>{run('接报后')}{deleted('2小时')}{inserted('1小时')}{run('内报告。')}</w:p>"
    lines = read_docx(docx(body))
    assert [line.text for line in lines] == ["总则", "接报后1小时内报告。"]
    assert told(lines) == [("接报后1小时内报告。", "tracked_deletion", "2小时")]


def test_a_paragraph_or_row_deleted_as_a_whole_is_told_of_at_the_next_line_or_the_last() -> None:
    gone = f"<w:p>{deleted('专家组')}</w:p>"
    assert told(read_docx(docx(p("总则") + gone + p("附则")))) == [("附则", "tracked_deletion", "专家组")]
    assert told(read_docx(docx(p("总则") + gone))) == [("总则", "tracked_deletion", "专家组")]
    row = f'<w:trPr><w:del w:id="1"/></w:trPr>{cell("旧单位")}{cell("1234")}'
    lines = read_docx(docx(table(cell("单位") + cell("电话"), row) + p("附则")))
    assert told(lines) == [("附则", "tracked_deletion", "旧单位1234")]


def test_a_pending_deletion_is_a_doubt_of_the_draft_at_its_clause() -> None:
    body = (
        p("云州防汛应急预案")
        + p("1 总则")
        + p("1.1 目的")
        + p("为了防汛，制定本预案。")
        + f"<w:p>{run('1.2 范围')}</w:p><w:p>{run('适用于云州')}{deleted('全境')}{run('。')}</w:p>"
        + p("2 附则")
        + p("2.1 解释")
        + p("由州应急局解释。")
    )
    (draft,) = read_plans(read_docx(docx(body)), "test")
    (doubt,) = [doubt for doubt in draft.doubts if doubt.about == "source"]
    assert (doubt.why, doubt.text, doubt.source.clause, doubt.source.line) == (
        "tracked_deletion",
        "全境",
        "1.2",
        6,
    )
    assert doubt.source.quote == "适用于云州。"


def test_a_page_that_is_a_picture_among_pages_of_text_is_told_of() -> None:
    words = "云州应急预案第一页的文字足够多，不会被当成一张扫描的图片，下面继续写字。"
    page = [text(90, 200, words, 12), text(90, 230, words[5:], 12)]
    lines = read_pdf(pdf(page, [PICTURE], page))
    assert [(notice.code, notice.text) for notice in lines[2].notices] == [("picture_page", "第2页")]
    assert told(read_pdf(pdf(page, page, [PICTURE])))[0][1:] == ("picture_page", "第3页")
