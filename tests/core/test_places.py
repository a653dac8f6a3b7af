"""A quote is found again in the line as it came, whatever reading mended."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.glyphs import reading_form
from fengsui.core.reading.mend import pieces_of
from fengsui.core.reading.places import plain_with_places

LINES = [
    "**县水利局**应当在2 小时内报告。",
    "县 水 利 局ꎬ立即报告ꎮ",
    "4\ue0051\ue005 1 县水利局负责",
    "<b>县水利局</b>负责（１）巡查",
    "\u3000\u3000县水\u200b利局负责",
]


@pytest.mark.parametrize("line", LINES)
def test_what_is_read_of_a_line_is_found_in_it(line: str) -> None:
    plain, places = plain_with_places(line)
    wanted, _ = plain_with_places(reading_form(line))
    assert wanted in plain
    assert len(plain) == len(places)
    assert places == sorted(places)


def test_the_place_is_that_of_the_character_in_the_line() -> None:
    plain, places = plain_with_places("<b>县 水利</b>局")
    assert [("<b>县 水利</b>局")[place] for place in places] == list(plain) == list("县水利局")


words = st.text(alphabet="县水利局报告，。 \u3000\u200bꎬ\ue005１5ab<>/*_-●ﬁ℃", max_size=30)


@settings(max_examples=300, deadline=None)
@given(words)
def test_any_line_read_whole_is_found_again_in_itself(line: str) -> None:
    plain, places = plain_with_places(line)
    assert len(plain) == len(places)
    assert all(0 <= place < len(line) for place in places)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([*LINES, "县长任指挥长，", "", "1.2 目的", "| 单位 | 电话 |"]), max_size=12))
def test_each_piece_is_found_at_the_line_it_claims(texts: list[str]) -> None:
    lines = [TextLine(number=number, text=text) for number, text in enumerate(texts, 1)]
    for piece in pieces_of(lines):
        assert plain_with_places(piece.text)[0] in plain_with_places(texts[piece.line - 1])[0]


def test_a_quote_with_a_mended_four_is_found_in_its_line() -> None:
    quote, _ = plain_with_places("启动Ⅳ级应急响应")
    assert quote in plain_with_places("市指挥部启动N级应急响应。")[0]
