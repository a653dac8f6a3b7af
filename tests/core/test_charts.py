"""Drawings: nothing overlaps, every text fits its box, what a plan does not say is said."""

from __future__ import annotations

from itertools import combinations

import pytest
from drawn_plans import clean, crowded, empty, said
from hypothesis import given
from hypothesis import strategies as st

from fengsui.core.plan.chart.flow import flow_chart
from fengsui.core.plan.chart.organisation import headquarters_chart, scene_chart
from fengsui.core.plan.chart.shapes import BODY_SIZE, PAD, TITLE_SIZE, Box, Chart, clip, em_width, wrap
from fengsui.core.plan.model import PlanContent

MAKERS = {"headquarters": headquarters_chart, "scene": scene_chart, "flow": flow_chart}
PLANS = {"clean": clean, "crowded": crowded, "empty": empty}


def overlap(one: Box, other: Box) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


@pytest.fixture(params=[(plan, kind) for plan in PLANS for kind in MAKERS], ids=lambda pair: "-".join(pair))
def chart(request: pytest.FixtureRequest) -> Chart:
    plan, kind = request.param
    return MAKERS[kind](PLANS[plan](), said)


def test_no_two_boxes_intersect_and_all_lie_on_the_sheet(chart: Chart) -> None:
    assert not [pair for pair in combinations(chart.boxes, 2) if overlap(*pair)]
    for box in chart.boxes:
        assert box.x >= 0
        assert box.y >= 0
        assert box.right <= chart.width
        assert box.bottom <= chart.height


def test_every_text_fits_its_box_by_measure(chart: Chart) -> None:
    for box in chart.boxes:
        room = box.width - 2 * PAD
        assert all(em_width(line) * TITLE_SIZE <= room + 0.01 for line in box.title), box.title
        assert all(em_width(line) * BODY_SIZE <= room + 0.01 for line in (*box.body, box.clause)), box.body


def test_lines_run_beside_boxes_and_never_through_them(chart: Chart) -> None:
    for line in chart.lines:
        for (x1, y1), (x2, y2) in zip(line.points, line.points[1:], strict=False):
            middle = ((x1 + x2) / 2, (y1 + y2) / 2)
            inside = [b for b in chart.boxes if b.x < middle[0] < b.right and b.y < middle[1] < b.bottom]
            assert not inside, (line, inside)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("headquarters", {"no_command", "no_groups", "no_members"}),
        ("scene", {"no_scene", "no_groups"}),
        ("flow", {"no_report", "no_grade", "no_decide", "no_act", "no_adjust", "no_end"}),
    ],
)
def test_what_the_plan_does_not_say_the_drawing_says_in_words(kind: str, words: set[str]) -> None:
    drawn = MAKERS[kind](empty(), said)
    told = {"".join(box.title).rstrip("：") for box in drawn.boxes if box.kind == "missing"}
    assert told == words


def test_boxes_carry_their_clause_and_lead_to_it() -> None:
    drawn = headquarters_chart(clean(), said)
    groups = [box for box in drawn.boxes if box.kind == "group"]
    assert len(groups) == 3
    assert all(box.source is not None and "二（三）" in box.clause for box in groups)
    assert "镇水利站" in "".join(groups[0].body)


def test_the_course_names_who_reports_decides_and_ends() -> None:
    drawn = flow_chart(clean(), said)
    told = " ".join(box.full for box in drawn.boxes)
    assert "总指挥" in told
    stages = [box for box in drawn.boxes if box.kind == "stage"]
    assert [box.y for box in stages] == sorted(box.y for box in stages)
    assert len(stages) == 6


@given(st.text(alphabet="应急管理局（），。、ABCabc019 ——《》", max_size=120), st.floats(4.0, 30.0))
def test_a_wrapped_line_is_never_wider_than_its_room_and_loses_nothing(text: str, room: float) -> None:
    lines = wrap(text, room, 1000)
    assert all(em_width(line) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_no_line_begins_with_a_closing_mark() -> None:
    lines = wrap("组织抢险，救治伤员，安置群众，恢复供电，保障通信。", 6.0, 20)
    assert not [line for line in lines if line[0] in "，。"]


def test_a_cut_text_ends_in_an_ellipsis_and_still_fits() -> None:
    assert clip("组织抢险救援", 4.0) == "组织抢…"
    assert wrap("组织抢险救援和医疗救治并安置群众", 5.0, 2)[-1].endswith("…")


def test_a_plan_with_a_heading_of_the_scene_sets_the_command_there() -> None:
    content: PlanContent = clean()
    heading = content.headings[0].__class__(number="二（三）", title="现场指挥部", depth=2, line=22)
    from dataclasses import replace

    kept = tuple(each for each in content.headings if each.line != 22)
    drawn = scene_chart(replace(content, headings=(*kept[:6], heading, *kept[6:])), said)
    assert drawn.boxes[0].kind == "command"
