"""Comparing by text: every sign is accounted for, a clause that moved is found again."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from fengsui.core.plan.text_diff import Clause, Fate, Kind, diff_clauses, inline

SIGNS = st.text(alphabet="东河县水位超过15.米，时巡查。；\n", max_size=60)
CLAUSES = (
    Clause(number="1.1", title="目的", line=2, text="为了在洪水来临时有序应对，制定本预案。"),
    Clause(number="1.2", title="范围", line=4, text="东河县境内的洪水适用本预案。"),
    Clause(number="2.1", title="巡查", line=6, text="水位超过警戒线时，乡镇每2小时巡查一次堤防。"),
)


@given(SIGNS, SIGNS)
@settings(max_examples=200, deadline=None)
def test_the_pieces_hold_every_sign_of_both_texts(one: str, other: str) -> None:
    pieces = inline(one, other)
    assert "".join(piece.text for piece in pieces if piece.kind is not Kind.GONE) == other
    if len(other) == len(one) == 0:
        assert pieces == ()


@given(SIGNS)
def test_a_text_and_itself_are_one_piece(text: str) -> None:
    assert [piece.kind for piece in inline(text, text)] == ([Kind.SAME] if text else [])


def test_a_changed_figure_is_marked_alone() -> None:
    pieces = inline("堤防每2小时巡查一次。水位报县防办。", "堤防每4小时巡查一次。水位报县防办。")
    assert [(piece.kind, piece.text) for piece in pieces if piece.kind is not Kind.SAME] == [
        (Kind.GONE, "2"),
        (Kind.ADDED, "4"),
    ]


def test_equal_clauses_are_the_same() -> None:
    assert [row.fate for row in diff_clauses(CLAUSES, CLAUSES)] == [Fate.SAME] * 3


def test_a_renumbered_clause_is_found_by_its_text() -> None:
    after = (
        CLAUSES[0],
        Clause(number="1.2", title="依据", line=4, text="依据云州防汛条例。"),
        replace(CLAUSES[1], number="1.3", line=6),
        replace(CLAUSES[2], line=8),
    )
    fates = [row.fate for row in diff_clauses(CLAUSES, after)]
    assert fates == [Fate.SAME, Fate.ADDED, Fate.RENUMBERED, Fate.SAME]


def test_a_changed_clause_is_found_by_its_heading() -> None:
    after = (*CLAUSES[:2], replace(CLAUSES[2], text="每2小时由村巡查一次堤防，县里抽查。"))
    rows = diff_clauses(CLAUSES, after)
    assert [row.fate for row in rows] == [Fate.SAME, Fate.SAME, Fate.CHANGED]
    assert {piece.kind for piece in rows[2].pieces} == {Kind.SAME, Kind.GONE, Kind.ADDED}


def test_a_clause_that_is_gone_stands_where_it_stood() -> None:
    rows = diff_clauses(CLAUSES, (CLAUSES[0], CLAUSES[2]))
    assert [row.fate for row in rows] == [Fate.SAME, Fate.GONE, Fate.SAME]
    assert rows[1].before == CLAUSES[1]
