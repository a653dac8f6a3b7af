"""Every rule shown on an example: planted it is found, mended it is not, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from clean_plan import CLEAN
from lint_cases import CASES
from lint_full_plan import made, names_in, with_edits
from lint_plans import TITLE, cite, context_of, found, ladder, read

from fengsui.application.wording import word
from fengsui.core.lint.registry import all_rules
from fengsui.core.plan.authority import ActivationAuthority
from fengsui.core.plan.criterion import Condition
from fengsui.core.plan.level import Grade, LadderKind, Level, WarningLevel

FOLLOW = {
    "level-without-response": {"numbering-broken"},
    "general-chapter-empty": {"numbering-broken"},
    "chapters-below-one": {"numbering-broken", "section-empty"},
}
"""What a fault of the tree brings with it."""

ANCHOR = "及时抢险，保护群众。"
PRINTED = {
    "agency-renamed": ANCHOR,
    "bracket-open": ANCHOR,
    "brackets-mixed": ANCHOR,
    "figures-full-width": ANCHOR,
    "sign-look-alike": ANCHOR,
    "commander-called-differently": ANCHOR,
    "duty-worded-as-option": ANCHOR,
    "end-conditions-unjoined": ANCHOR,
    "foreign-office": ANCHOR,
    "foreign-place": ANCHOR,
    "group-never-defined": ANCHOR,
    "injury-words-inverted": ANCHOR,
    "law-article-wrong": ANCHOR,
    "person-named": ANCHOR,
    "plan-of-other-level": ANCHOR,
    "sentence-cut": ANCHOR,
    "two-units-one-thing": ANCHOR,
    "word-mistyped": ANCHOR,
    "words-lost": ANCHOR,
    "clock-hangs-on-untimed-report": ANCHOR,
    "clock-without-event": ANCHOR,
    "gate-inside-clock": "镇防汛指挥部统一发布汛情信息。",
    "headquarters-without-commander": "（5）镇财政所：负责经费。",
    "unknown-headquarters": "（5）镇财政所：负责经费。",
    "watching-people": "（5）镇财政所：负责经费。",
    "warning-response-undivided": "总指挥：镇长",
    "warning-without-levels": "总指挥：镇长",
}
"""Rules whose printed example is a sentence that can stand in a plan, and after which line it stands."""


def test_the_whole_clean_plan_has_no_fault() -> None:
    assert names_in(made()) == []


@pytest.mark.parametrize("name", CASES)
def test_a_fault_planted_is_found_and_nothing_else(name: str) -> None:
    planted, _ = CASES[name]
    names = set(names_in(with_edits(planted)))
    assert name in names
    assert names - {name} <= FOLLOW.get(name, set())


@pytest.mark.parametrize("name", CASES)
def test_the_mended_place_has_no_fault(name: str) -> None:
    _, mended = CASES[name]
    assert names_in(with_edits(mended)) == []


@pytest.mark.parametrize("name", PRINTED)
def test_the_printed_example_is_found_and_the_mended_one_is_not(name: str) -> None:
    anchor = PRINTED[name]
    bad, good = (f"{anchor}\n{word(group, name)}" for group in ("lint_bad", "lint_good"))
    assert name in names_in(CLEAN.replace(anchor, bad))
    assert name not in names_in(CLEAN.replace(anchor, good))


def test_every_rule_on_one_plan_has_an_example_that_is_run() -> None:
    here = Path(__file__).parent
    tests = "".join(each.read_text("utf-8") for each in sorted(here.glob("test_lint_*.py")))
    missing = [
        item.rule.name
        for item in all_rules()
        if item.across is None and item.rule.name not in CASES and f'"{item.rule.name}"' not in tests
    ]
    assert missing == []


def test_grades_called_by_other_than_the_legal_names_are_found() -> None:
    levels = ladder(((1, 10), (10, 30), (30, 100), (100, None)))
    named = tuple(
        Level(kind=each.kind, level=each.level, name=name, criteria=each.criteria, source=each.source)
        for each, name in zip(levels, ("小事故", "一般事故", "大事故", "特大事故"), strict=True)
    )
    assert [each.rule.name for each in found(context_of(named, TITLE), "G6")] == ["level-names-not-legal"]
    assert found(context_of(levels, TITLE), "G6") == ()


def test_a_figure_that_grows_graver_as_it_falls_is_not_called_inverted() -> None:
    levels = ladder(((1000, None), (500, None), (200, None), (50, None)), fact="visibility_m")
    metres = tuple(
        replace(each, criteria=tuple(replace(item, unit="米") for item in each.criteria)) for each in levels
    )
    assert found(context_of(metres), "threshold-inverted") == ()


def test_a_level_of_words_alone_among_levels_of_words_is_not_called_unmeasurable() -> None:
    levels = tuple(
        Level(
            kind=LadderKind.EVENT_GRADE,
            level=step,
            name=step.value,
            criteria=(Condition(text="造成较大影响", source=cite(line)),),
            source=cite(line),
        )
        for line, step in enumerate((Grade.III, Grade.II), 1)
    )
    assert found(context_of(levels), "level-unmeasurable") == ()


def test_a_warning_level_that_is_a_grade_of_what_has_happened_is_found() -> None:
    def levels(text: str) -> tuple[Level, ...]:
        return tuple(
            Level(
                kind=LadderKind.WARNING,
                level=step,
                name=f"{step.value}级预警",
                criteria=(Condition(text=text.format(grade), source=cite(line)),),
                source=cite(line),
            )
            for line, (step, grade) in enumerate(((WarningLevel.II, "重大"), (WarningLevel.I, "特别重大")), 1)
        )

    repeated = found(context_of(levels("与{}灾害相对应")), "G2")
    assert [each.rule.name for each in repeated] == ["warning-repeats-grade"]
    assert found(context_of(levels("可能发生{}灾害")), "G2") == ()


def test_who_proposes_and_approves_alone_is_found() -> None:
    context = read(made())
    first, *rest = context.content.activation

    def by(proposer: str) -> list[str]:
        power = replace(first, authority="县应急局", proposer=proposer)
        content = replace(context.content, activation=(power, *rest))
        return [each.rule.name for each in found(replace(context, content=content), "A2")]

    assert by("县应急局") == ["proposal-without-approval"]
    assert by("县水利局") == []


def test_a_colour_of_warning_that_nobody_may_issue_is_found() -> None:
    lines = "县应急局负责监测汛情。\n红色预警：24小时降雨量达到200毫米以上。"
    lines += "\n橙色预警：24小时降雨量达到100毫米以上200毫米以下。"
    text = with_edits([("县应急局负责监测汛情。", lines)])
    context = read(text)
    warnings = [level for level in context.content.levels if level.kind is LadderKind.WARNING]
    assert len(warnings) == 2

    def issued(*levels: WarningLevel) -> list[str]:
        powers = tuple(
            ActivationAuthority(
                kind=LadderKind.WARNING, level=each, authority="总指挥", source=cite(30, "由总指挥签发")
            )
            for each in levels
        )
        content = replace(context.content, activation=(*context.content.activation, *powers))
        return [each.rule.name for each in found(replace(context, content=content), "A1")]

    assert issued(WarningLevel.I) == ["warning-nobody-may-issue"]
    assert issued(WarningLevel.I, WarningLevel.II) == []
