"""What is planted into a clean generated plan is found, exactly that, and at its place."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lint_full_plan import BOUNDS, made, names_in

from fengsui.core.lint.law import hotlines, laws

few = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
"""Every example reads a whole plan."""

STEMS = ("公安", "财政", "民政", "住建", "水利", "交通", "教育", "商务", "林草", "文旅", "统计", "审计")
cuts = st.lists(st.integers(2, 400), min_size=4, max_size=4, unique=True).map(
    lambda points: tuple(point * 500 for point in sorted(points))
)


@st.composite
def plans(draw: st.DrawFn) -> dict[str, object]:
    """Arguments of a clean plan: members in any order and number, bounds, a limit, an interval."""
    stems = draw(st.lists(st.sampled_from(STEMS), min_size=3, max_size=9, unique=True))
    members = ["县应急局", f"县{stems[0]}局", "县卫健局", *(f"县{stem}局" for stem in stems[1:])]
    return {
        "members": tuple(members),
        "bounds": draw(cuts),
        "hours": draw(st.integers(1, 4)),
        "drill": draw(st.sampled_from(("每年", "每半年", "每两年"))),
    }


def clean(arguments: dict[str, object]) -> str:
    text = made(**arguments)  # type: ignore[arg-type]
    # Bodies the text names besides the members, so that no member list leaves them out.
    members = arguments["members"]
    assert isinstance(members, tuple)
    for named in ("县公安局", "县民政局", "县财政局"):
        if named not in members:
            text = text.replace(named, "县应急局")
    return text


def changed(text: str, old: str, new: str) -> str:
    assert old in text, old
    return text.replace(old, new)


@few
@given(plans())
def test_a_clean_generated_plan_has_no_fault(arguments: dict[str, object]) -> None:
    assert names_in(clean(arguments)) == []


@few
@given(plans(), st.integers(0, 2), st.integers(1, 400))
def test_a_gap_is_found_and_nothing_else(arguments: dict[str, object], where: int, width: int) -> None:
    bound = _bounds(arguments)[where + 1]
    text = changed(clean(arguments), f"人以上{bound}人以下", f"人以上{bound - width}人以下")
    assert names_in(text) == ["threshold-gap"]


@few
@given(plans(), st.integers(0, 2), st.integers(1, 400))
def test_an_overlap_is_found_and_nothing_else(arguments: dict[str, object], where: int, width: int) -> None:
    bound = _bounds(arguments)[where + 1]
    text = changed(clean(arguments), f"人以上{bound}人以下", f"人以上{bound + width}人以下")
    assert names_in(text) == ["threshold-overlap"]


@few
@given(plans(), st.sampled_from(("水务", "农业农村", "城管", "粮食")))
def test_an_orphan_duty_is_found_and_nothing_else(arguments: dict[str, object], stem: str) -> None:
    text = clean(arguments)
    text = changed(text, "（1）县应急局：", f"（1）县{stem}局：负责巡查堤防。\n（2）县应急局：")
    assert set(names_in(text)) == {"duty-without-membership"}


REPEALED = sorted(key for key, law in laws().items() if law.repealed_by and law.numbers and law.verified)


@few
@given(plans(), st.sampled_from(REPEALED))
def test_a_repealed_law_is_found_and_nothing_else(arguments: dict[str, object], key: str) -> None:
    law = laws()[key]
    text = changed(
        clean(arguments), "（2024年修订）、", f"（2024年修订）、《{law.title}》（{law.numbers[0]}）、"
    )
    assert names_in(text) == ["law-repealed"]


@few
@given(plans(), st.sampled_from("ⅠⅡⅢⅣ"))
def test_a_level_nobody_may_start_is_found_and_nothing_else(arguments: dict[str, object], step: str) -> None:
    who = "总指挥" if step in "ⅠⅡ" else "副总指挥"
    text = changed(clean(arguments), f"\n{step}级响应由{who}决定启动。", "")
    assert names_in(text) == ["level-nobody-may-start"]


@few
@given(plans(), st.integers(9, 40))
def test_a_dangling_reference_is_found_and_nothing_else(arguments: dict[str, object], chapter: int) -> None:
    text = changed(
        clean(arguments), "（四）信息发布", f"按照本预案{chapter}.{chapter}条的规定处理。\n（四）信息发布"
    )
    assert names_in(text) == ["dangling-reference"]


WRONG = sorted(number for number in hotlines() if number in ("110", "120", "122"))


@few
@given(plans(), st.sampled_from(WRONG))
def test_a_wrong_hotline_is_found_and_nothing_else(arguments: dict[str, object], number: str) -> None:
    text = changed(clean(arguments), "（四）信息发布", f"发现火情，拨打火警电话{number}。\n（四）信息发布")
    assert names_in(text) == ["wrong-hotline"]


def _bounds(arguments: dict[str, object]) -> tuple[int, ...]:
    bounds = arguments["bounds"]
    assert isinstance(bounds, tuple)
    assert len(bounds) == len(BOUNDS)
    return bounds
