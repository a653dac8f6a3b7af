"""Numerals of headings and counts."""

import pytest

from fengsui.core.reading.numerals import chinese_integer, chinese_text, roman_integer, whole_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十一", 21),
        ("三十", 30),
        ("一百零五", 105),
        ("一百二十", 120),
        ("二〇", 20),
        ("二〇二六", 2026),
        ("两", 2),
        ("廿一", 21),
        ("三千零一", 3001),
    ],
)
def test_a_chinese_number_has_its_value(text: str, value: int) -> None:
    assert chinese_integer(text) == value


@pytest.mark.parametrize("text", ["", "甲", "一级", "3", "一点五"])
def test_what_is_no_chinese_number_has_none(text: str) -> None:
    assert chinese_integer(text) is None


@pytest.mark.parametrize(
    ("text", "value"), [("Ⅰ", 1), ("Ⅳ", 4), ("IV", 4), ("XII", 12), ("Ⅺ", 11), ("x", 10)]
)
def test_roman_numerals_are_read_as_letters_and_as_single_signs(text: str, value: int) -> None:
    assert roman_integer(text) == value


@pytest.mark.parametrize(("text", "value"), [("１２", 12), ("③", 3), ("十三", 13), ("07", 7), ("无", None)])
def test_a_whole_number_may_stand_in_any_form(text: str, value: int | None) -> None:
    assert whole_number(text) == value


def test_counting_in_chinese_comes_back_as_the_same_number() -> None:
    assert all(chinese_integer(chinese_text(number)) == number for number in range(1, 2200))


def test_no_chinese_text_is_made_for_numbers_out_of_range() -> None:
    with pytest.raises(ValueError, match="10000"):
        chinese_text(10000)
