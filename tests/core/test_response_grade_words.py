"""Which phrases only name a grade of the event."""

from __future__ import annotations

import pytest

from fengsui.core.plan.level import Grade
from fengsui.core.response.grade_words import grade_words, named_grades


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("较大生产安全事故", (Grade.III,)),
        ("特别重大生产安全事故、重大生产安全事故", (Grade.I, Grade.II)),
        ("发生特别重大、重大事故", (Grade.I, Grade.II)),
        ("重大及以上火灾", (Grade.II,)),
        ("一般燃气事件（Ⅳ级）的", (Grade.IV,)),
    ],
)
def test_a_phrase_that_only_names_grades_is_recognised(text: str, grades: tuple[Grade, ...]) -> None:
    assert named_grades(text) == grades


@pytest.mark.parametrize(
    "text",
    [
        "造成重大社会影响的事件",
        "重大人员伤亡",
        "超出县级处置能力的较大事故",
        "可能引发次生灾害",
        "重大活动期间",
    ],
)
def test_a_phrase_that_says_more_than_a_grade_stays_a_judgement(text: str) -> None:
    assert named_grades(text) == ()


def test_the_gravest_word_is_one_word() -> None:
    assert grade_words("特别重大、较大") == (Grade.I, Grade.III)
