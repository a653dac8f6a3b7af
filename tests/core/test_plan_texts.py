"""Plans made for measuring: the same in every run, unlike each other, and read like plans."""

from __future__ import annotations

from fengsui.bench.plan_texts import CHARACTERS, plan_text
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.draft import read_plans


def test_a_seed_gives_the_same_plan_and_another_seed_another() -> None:
    assert plan_text(7) == plan_text(7)
    assert plan_text(7) != plan_text(8)
    assert all(abs(len(plan_text(seed)) - CHARACTERS) < CHARACTERS * 0.1 for seed in range(6))


def test_a_made_plan_is_read_as_one_plan_with_everything_a_plan_has() -> None:
    for seed in range(4):
        lines = [TextLine(number=n, text=line) for n, line in enumerate(plan_text(seed).split("\n"), start=1)]
        (draft,) = read_plans(lines, "made")
        content = draft.content
        assert len(content.levels) >= 4
        assert len(content.units) >= 12
        assert all((content.command, content.groups, content.duties, content.deadlines, content.contacts))
        assert all((content.activation, content.termination, content.drills, content.revision))
