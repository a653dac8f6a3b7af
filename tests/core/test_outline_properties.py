"""Whatever the text, reading keeps every line once and never fails."""

from collections import Counter
from dataclasses import astuple

from hypothesis import given, settings
from hypothesis import strategies as st

from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.build_outline import build_outlines
from fengsui.core.reading.contents import contents_indexes, is_page_number, with_bare_numbers
from fengsui.core.reading.mend import pieces_of
from fengsui.core.reading.outline import Outline

LABELS = [
    "",
    "1 ",
    "1.1 ",
    "2.",
    "3、",
    "一、",
    "二、",
    "（一）",
    "( 二)",
    "（1）",
    "①",
    "第一章 ",
    "第二条",
    "附件1 ",
    "# ",
]
WORDS = [
    "总则",
    "编制目的",
    "镇长任指挥长。",
    "东河县防汛应急预案",
    "3人以上",
    "目录",
    "……3",
    "\t5",
    "立即报告，",
    "<p>一</p>",
]

any_line = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\n\r"), max_size=40)
plan_line = st.tuples(st.sampled_from(LABELS), st.lists(st.sampled_from(WORDS), max_size=3)).map(
    lambda pair: pair[0] + "".join(pair[1])
)
texts = st.lists(st.one_of(any_line, plan_line, st.just("")), max_size=60)


def read(text: list[str]) -> tuple[tuple[TextLine, ...], tuple[Outline, ...]]:
    lines = tuple(TextLine(number=number, text=line) for number, line in enumerate(text, start=1))
    return lines, build_outlines(lines, "test")


@settings(max_examples=300, deadline=None)
@given(texts)
def test_every_line_is_a_heading_or_in_one_paragraph(text: list[str]) -> None:
    lines, outlines = read(text)
    pieces = with_bare_numbers(pieces_of(lines))
    left_out = contents_indexes(pieces)
    first = min((outline.first_line for outline in outlines), default=0)
    titles = {outline.title for outline in outlines}
    printed_again = {piece.line for piece in pieces if piece.text in titles}
    expected = Counter(
        piece.line
        for i, piece in enumerate(pieces)
        if i not in left_out
        and not is_page_number(piece)
        and piece.line >= first
        and piece.line not in printed_again
    )
    kept: Counter[int] = Counter()
    headings: set[int] = set()
    for outline in outlines:
        for section in outline.sections():
            headings.update(range(section.line, section.line + 1))
        for _, paragraph in outline.root.all_paragraphs():
            kept.update(line for _, line in paragraph.starts)
    assert set(expected) <= set(kept) | headings | _title_lines(outlines)
    assert all(count <= expected[line] for line, count in kept.items() if line in expected)


def _title_lines(outlines: tuple[Outline, ...]) -> set[int]:
    """Lines below a heading number that hold its title alone."""
    return {
        line
        for outline in outlines
        for section in outline.sections()
        for line in range(section.line, section.line + 4)
    }


@settings(max_examples=200, deadline=None)
@given(texts)
def test_sections_nest_and_follow_each_other_in_order(text: list[str]) -> None:
    _, outlines = read(text)
    for outline in outlines:
        assert outline.first_line <= outline.last_line
        lines = [section.line for section in outline.sections()]
        assert lines == sorted(lines)
        for section in outline.root.walk():
            assert all(child.depth == section.depth + 1 for child in section.children)
            assert all(
                section.line <= child.line <= child.last_line <= section.last_line
                for child in section.children
            )
        for section in outline.sections():
            assert outline.path_to(section)[-1] is section


@settings(max_examples=200, deadline=None)
@given(texts)
def test_a_paragraph_knows_the_line_of_each_character(text: list[str]) -> None:
    lines, outlines = read(text)
    for outline in outlines:
        for _, paragraph in outline.root.all_paragraphs():
            assert paragraph.starts[0][0] == 0
            assert list(paragraph.starts) == sorted(paragraph.starts)
            assert all(1 <= paragraph.line_at(i) <= len(lines) for i in range(len(paragraph.text)))


@settings(max_examples=50, deadline=None)
@given(texts)
def test_reading_twice_gives_the_same(text: list[str]) -> None:
    first, second = ([astuple(outline) for outline in read(text)[1]] for _ in range(2))
    assert first == second
