"""What is mended without asking: only what has one possible meaning."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fengsui.application.lint_fix import diff, fixes, mended_lines, not_put_aside
from fengsui.application.linting import lint_lines
from fengsui.core.lint.dismissal import Dismissal
from fengsui.core.lint.fingerprint import fingerprints
from fengsui.core.lint.registry import choose
from fengsui.core.lint.signs import Slip, doubled_marks, look_alikes, mixed_brackets, wide_figures
from fengsui.core.reading.blocks import TextLine

RULES = choose()


def lines_of(text: str) -> tuple[TextLine, ...]:
    return tuple(TextLine(number=n, text=line) for n, line in enumerate(text.splitlines(), start=1))


def mend(text: str, slips: list[Slip]) -> str:
    for slip in sorted(slips, key=lambda each: each.start, reverse=True):
        assert text[slip.start : slip.start + len(slip.old)] == slip.old
        text = text[: slip.start] + slip.new + text[slip.start + len(slip.old) :]
    return text


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("死亡１０人，占２０％", "死亡10人，占20%"),
        ("见１．２，Ａ类", "见1.2，A类"),
        ("１．总则", "1．总则"),
    ],
)
def test_full_width_figures_become_plain(wrong: str, right: str) -> None:
    assert mend(wrong, list(wide_figures(wrong))) == right


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("П级响应，П、Ⅲ级", "Ⅱ级响应，Ⅱ、Ⅲ级"),
        ("l级、lI级、lll级、lV级", "Ⅰ级、Ⅱ级、Ⅲ级、Ⅳ级"),
        ("受伤l0人、5O人，2l小时", "受伤10人、50人，21小时"),
    ],
)
def test_signs_that_look_alike_become_what_was_meant(wrong: str, right: str) -> None:
    assert mend(wrong, list(look_alikes(wrong))) == right


@pytest.mark.parametrize("text", ["II级、IV级", "11级以上大风", "GB/T l0001", "2 l水", "Пушкин"])
def test_signs_that_may_be_meant_are_left(text: str) -> None:
    assert list(look_alikes(text)) == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("指挥部（以下简称指挥部)。", "指挥部（以下简称指挥部）。"),
        ("(一）总则", "（一）总则"),
        ("GB(a）x", "GB(a)x"),
        ("（甲(乙）)", "（甲（乙））"),
    ],
)
def test_a_bracket_takes_the_width_of_the_text_around_it(wrong: str, right: str) -> None:
    assert mend(wrong, list(mixed_brackets(wrong))) == right


@pytest.mark.parametrize("text", ["1)报告", "（一)总则(二", "(a) 和（甲）"])
def test_brackets_that_are_not_balanced_or_match_are_left(text: str) -> None:
    assert list(mixed_brackets(text)) == []


def test_of_two_marks_the_later_stays_and_an_ellipsis_is_left() -> None:
    text = "甲，，乙，。丙。。"
    assert mend(text, list(doubled_marks(text))) == "甲，乙。丙。"
    assert list(doubled_marks("等等。。。")) == []


@given(st.text("１０（）()，。ПlI级人3Ⅲ州、", max_size=30))
def test_mending_twice_changes_nothing_more(text: str) -> None:
    for slips in (wide_figures, mixed_brackets):
        once = mend(text, list(slips(text)))
        assert list(slips(once)) == []


def plan(*headings: str) -> str:
    body = "\n".join(f"{heading}\n由州指挥部办公室按照职责做好有关工作。" for heading in headings)
    return f"云州燃气事故应急预案\n{body}\n"


def numbers(text: str) -> list[tuple[str, str]]:
    found = fixes(lines_of(text), "d", RULES)
    return [(each.old, each.new) for each in found if each.rule.name == "numbering-broken"]


def test_a_repeated_number_with_its_place_free_is_renumbered() -> None:
    assert numbers(plan("一、总则", "二、组织体系", "二、应急响应", "四、附则")) == [("二", "三")]
    assert numbers(plan("一、总则", "二、组织体系", "二、附则")) == [("二", "三")]


def test_a_number_that_runs_ahead_of_its_equal_is_renumbered() -> None:
    assert numbers(plan("一、总则", "二、组织体系", "四、应急响应", "四、附则")) == [("四", "三")]


@pytest.mark.parametrize(
    "headings",
    [
        ("一、总则", "二、组织体系", "四、应急响应", "五、附则"),  # a chapter may be lost
        ("一、总则", "二、组织体系", "四、附则"),
        ("一、总则", "二、组织体系", "二、应急响应", "三、附则"),  # all that follows would have to change
    ],
)
def test_where_two_numberings_are_possible_nothing_is_changed(headings: tuple[str, ...]) -> None:
    assert numbers(plan(*headings)) == []


def test_what_somebody_has_put_aside_is_left_as_it_is() -> None:
    lines = lines_of(plan("一、总则").replace("州指挥部", "П级指挥部，，１０人"))
    [name] = [
        name
        for found in [lint_lines(lines, "d", RULES)]
        for finding, name in zip(found, fingerprints(found), strict=True)
        if finding.rule.name == "sign-look-alike"
    ]
    day = date(2026, 5, 1)
    said = Dismissal(fingerprint=name, rule="sign-look-alike", plan="", reason="r", owner="o", on=day)
    left = fixes(lines, "d", RULES, not_put_aside([said], day))
    assert {each.rule.name for each in left} == {"words-doubled", "figures-full-width"}


def test_the_diff_shows_the_line_before_and_after_and_nothing_when_all_is_well() -> None:
    lines = lines_of(plan("一、总则").replace("州指挥部", "П级指挥部"))
    found = fixes(lines, "d", RULES)
    shown = diff("a.txt", lines, found)
    assert shown.splitlines()[:2] == ["--- a.txt", "+++ a.txt"]
    assert any(line.startswith("+") and "Ⅱ级" in line for line in shown.splitlines())
    assert "Ⅱ级" in "".join(mended_lines(lines, found))
    assert diff("a.txt", lines, ()) == ""
