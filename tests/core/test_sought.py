"""Seeking in many texts at once finds what seeking in each of them finds."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from fengsui.core.reading.sought import Sought

WORDS = re.compile("报告|启动|1[0-9]")


@given(st.lists(st.text("报告启动1甲\n", max_size=8), max_size=12))
def test_the_texts_with_a_word_are_those_found_one_by_one(texts: list[str]) -> None:
    one_by_one = [index for index, text in enumerate(texts) if WORDS.search(text)]
    assert list(Sought(range(len(texts)), texts).having(WORDS)) == one_by_one
