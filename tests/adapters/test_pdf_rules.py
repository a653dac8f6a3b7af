"""Tables ruled by level lines only give cells; lines that rule no table do not."""

from collections.abc import Sequence

from pdf_files import line, pdf, text

from fengsui.adapters.read_pdf import read_pdf

ROWS = [("单位", "职责", "电话"), ("县水利局", "巡查堤防", "0000-1"), ("县公安局", "警戒疏散", "0000-2")]
BELOW = text(90, 600, "县防汛指挥部负责统一指挥全县的抢险工作。", 12)


def table(rules: Sequence[int], rows: Sequence[Sequence[str]] = ROWS) -> list[str]:
    drawn = [line(80, 82 + 30 * place, 500, 82 + 30 * place) for place in rules]
    drawn += [
        text(90 + 150 * column, 100 + 30 * row, words, 12)
        for row, texts in enumerate(rows)
        for column, words in enumerate(texts)
        if words
    ]
    return [*drawn, BELOW]


def cells(drawn: list[str]) -> list[tuple[int, int, str]]:
    return [(item.cell.row, item.cell.column, item.text) for item in read_pdf(pdf(drawn)) if item.cell]


WHOLE = [(row, column, words) for row, texts in enumerate(ROWS) for column, words in enumerate(texts)]


def test_a_line_above_and_below_each_row_makes_a_table() -> None:
    assert cells(table([0, 1, 2, 3])) == WHOLE


def test_a_table_of_three_lines_has_a_row_for_each_entry_of_its_first_column() -> None:
    assert cells(table([0, 1, 3])) == WHOLE
    wrapped = [*ROWS[:2], ("", "报告险情", ""), ROWS[2]]
    assert (1, 1, "巡查堤防") in cells(table([0, 1, 4], wrapped))
    assert (2, 0, "县公安局") in cells(table([0, 1, 4], wrapped))


def test_running_text_between_lines_is_no_table() -> None:
    running = [
        ("县防汛指挥部负责统一指挥全县的抢险工作和转移工作",),
        ("各乡镇人民政府按照职责做好有关的工作",),
    ]
    assert cells(table([0, 1, 2], running)) == []


def test_the_text_after_the_table_follows_it() -> None:
    assert read_pdf(pdf(table([0, 1, 2, 3])))[-1].text == "县防汛指挥部负责统一指挥全县的抢险工作。"
