"""The plan's own rule on 以上 and 以下."""

from __future__ import annotations

import pytest
from plan_lines import outline_of

from fengsui.core.reading.extract.boundary import extract_boundary_rule


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("本文数量中，“以上”含本数，“以下”不含本数。", (True, False)),
        ("文中“以上”包括本数，“以下”不包括本数。", (True, False)),
        ("本预案所称以上、以下均含本数。", (True, True)),
        ("本预案中“以上”“以下”，均不含本数。", (False, False)),
        ("本预案所称“以上”含本数。", (True, None)),
    ],
)
def test_a_closing_clause_is_the_rule(sentence: str, expected: tuple[bool, bool | None]) -> None:
    (rule,) = extract_boundary_rule(outline_of(f"2 附则\n2.1 说明\n{sentence}")).items
    assert (rule.above_included, rule.below_included) == expected
    assert rule.text == sentence
    assert rule.source.clause == "2.1"


def test_a_remark_at_the_first_figure_is_the_rule() -> None:
    found = extract_boundary_rule(
        outline_of(
            "2 响应\n（1）死亡50人以上（含本数，下同）；\n（2）转移100人以上、500人以下（不含本数，下同）。"
        )
    )
    (rule,) = found.items
    assert (rule.above_included, rule.below_included) == (True, False)


def test_a_plan_without_a_rule_has_none() -> None:
    assert extract_boundary_rule(outline_of("2 响应\n死亡3人以上，10人以下（含10人）。")).items == ()
