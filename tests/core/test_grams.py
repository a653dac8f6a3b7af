"""Pairs of signs: what is stored and what is asked fold alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fengsui.core.reading.chapters import CHAPTERS, chapter_kind
from fengsui.core.reading.grams import finder, grams, index_words, phrase, signs, words


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("Ⅲ级", "启动III级响应"),
        ("iii级", "启动Ⅲ级响应"),
        ("1.5", "水深１．５米"),
        ("119", "拨打１１９"),
        ("防汛抗旱", "防汛、抗旱物资"),
        ("水", "水"),
    ],
)
def test_a_word_is_found_however_it_is_printed(asked: str, text: str) -> None:
    (word,) = words(asked)
    pairs = phrase(word)
    stored = index_words(text)
    assert any(stored[place : place + len(pairs)] == list(pairs) for place in range(len(stored)))
    assert finder(word).search(text)


def test_a_decimal_is_not_the_whole_number() -> None:
    assert signs("1.5米") != signs("15米")
    assert not finder(signs("15")).search("1.5")


def test_a_phrase_does_not_run_over_the_end_of_a_sentence() -> None:
    assert "旱转" not in grams("防汛抗旱。转移群众")


def test_words_without_a_sign_are_left_out() -> None:
    assert words("《 》 ， 转移") == ("转移",)


@given(st.text(alphabet="云州水位１5Ⅲ级，。a ", min_size=1, max_size=12))
def test_every_word_of_a_text_is_found_in_it(text: str) -> None:
    bare = text.replace("。", "")
    stored = index_words(bare)
    for word in words(bare):
        assert finder(word).search(bare)
        assert set(phrase(word)) <= set(stored)


@pytest.mark.parametrize(
    ("title", "kind"),
    [("附则", "closing"), ("附件1 流程图", "annex"), ("后期处置", "recovery"), ("杂项", "")],
)
def test_chapters_are_told_by_their_titles(title: str, kind: str) -> None:
    assert chapter_kind(title) == kind
    assert kind in ("", *CHAPTERS)
