"""Web pages: the visible text, line by line."""

import pytest

from fengsui.adapters.read_html import read_html
from fengsui.core.errors import InputError


def texts(page: str) -> list[str]:
    return [line.text for line in read_html(page.encode())]


def test_each_block_and_each_break_is_a_line() -> None:
    page = "<h1>北沙镇防汛应急预案</h1><p>一、<b>总则</b></p><div>规范处置。<br>减少损失。</div>"
    assert texts(f"<html><body>{page}</body></html>") == [
        "北沙镇防汛应急预案",
        "一、总则",
        "规范处置。",
        "减少损失。",
    ]


def test_scripts_menus_and_comments_are_left_out() -> None:
    page = "<nav>首页</nav><script>let 一=1</script><!-- 注 --><style>p{}</style><p>一、总则</p>"
    assert texts(f"<html><body>{page}</body></html>") == ["一、总则"]


def test_a_data_table_gives_cells_and_a_layout_table_gives_text() -> None:
    rows = "<tr><td>等级</td><td colspan=2>标准</td></tr><tr><td>红</td><td>雨量</td><td>水位</td></tr>"
    data = f"<table>{rows}</table>"
    cells = [line.cell for line in read_html(f"<html>{data}</html>".encode())]
    assert [(cell.row, cell.column) for cell in cells if cell] == [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2)]
    layout = f"<html><table><tr><td><p>一、总则</p>{data}</td></tr></table></html>"
    assert [line.cell is None for line in read_html(layout.encode())][:2] == [True, False]


def test_a_page_of_an_old_office_is_read_in_its_encoding() -> None:
    page = '<html><head><meta charset="gb2312"></head><body><p>总则</p></body></html>'
    assert [line.text for line in read_html(page.encode("gb18030"))] == ["总则"]


def test_a_page_without_words_is_refused() -> None:
    with pytest.raises(InputError, match="empty_file"):
        read_html(b"<html><body><script>1</script></body></html>")
