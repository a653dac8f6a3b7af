"""Grading on partial knowledge, by example: 云州's invented ladders."""

from __future__ import annotations

from decimal import Decimal

from fengsui.core.citation import Citation
from fengsui.core.fact import FactSpec, Figure
from fengsui.core.facts_input import Knowledge, plain_text
from fengsui.core.grading.evaluate import judge
from fengsui.core.grading.explain import explain
from fengsui.core.grading.grade import SchemeGrade, grade_plan, grade_scheme
from fengsui.core.plan.criterion import AllOf, AnyOf, Condition, Criterion, Threshold
from fengsui.core.plan.level import Grade, LadderKind, Level, Logic, step
from fengsui.core.truth import Truth

SPECS = {
    spec.name: spec
    for spec in (
        FactSpec(
            name="deaths",
            unit="人",
            zh="死亡",
            en="Deaths",
            integral=True,
            common=True,
            question="死亡多少人？",
        ),
        FactSpec(name="missing", unit="人", zh="失踪", en="Missing", integral=True, common=True),
        FactSpec(
            name="both", unit="人", zh="死亡含失踪", en="Both", integral=True, sum_of=("deaths", "missing")
        ),
        FactSpec(name="moved", unit="人", zh="转移", en="Moved", integral=True),
        FactSpec(name="rainfall_mm", unit="毫米", zh="降水量", en="Rain"),
        FactSpec(name="share_pct", unit="%", zh="比例", en="Share"),
        FactSpec(name="leak", unit="", zh="泄漏", en="Leak"),
    )
}


def cite(clause: str = "1.4") -> Citation:
    return Citation(document="云州", clause=clause, line=7, quote="…")


def band(fact: str, low: float | None = None, high: float | None = None, **more: object) -> Threshold:
    return Threshold(
        fact=fact,
        unit=SPECS[fact].unit,
        low=None if low is None else Decimal(str(low)),
        high=None if high is None else Decimal(str(high)),
        text=f"{fact} {low}–{high}",
        source=cite(),
        **more,  # type: ignore[arg-type]
    )


def level(roman: str, *criteria: Criterion, **more: object) -> Level:
    kind = more.pop("kind", LadderKind.EVENT_GRADE)
    assert isinstance(kind, LadderKind)
    return Level(
        kind=kind,
        level=step(kind, roman),
        name=roman,
        criteria=criteria,
        source=cite(),
        **more,  # type: ignore[arg-type]
    )


def told(*levels: Level, complete: bool = False, **facts: Figure | bool) -> SchemeGrade:
    return grade_scheme(levels, Knowledge(facts=facts, complete=complete), SPECS)


def steps(found: SchemeGrade) -> tuple[str | None, list[str]]:
    return found.grade.value if found.grade else None, [each.value for each in found.possible]


def asked(found: SchemeGrade) -> list[str]:
    return [each.fact or each.text for each in found.ask]


def codes(found: SchemeGrade) -> list[str]:
    return [each.code for each in found.remarks]


DEATHS = (
    level("III", band("deaths", 3, 10)),
    level("II", band("deaths", 10, 30)),
    level("I", band("deaths", 30)),
)


def test_a_lower_bound_settles_the_floor_though_no_single_band_is_certain() -> None:
    found = told(*DEATHS, deaths=Figure.at_least(3))
    assert steps(found) == ("III", ["I", "II"])
    why = explain(found)
    assert why.together
    assert [reason.level.level for reason in why.deciding] == [Grade.III, Grade.II, Grade.I]


def test_nothing_known_is_never_zero() -> None:
    assert steps(told(*DEATHS)) == (None, ["I", "II", "III"])
    assert steps(told(*DEATHS, complete=True)) == (None, [])


def test_a_gap_between_bands_of_whole_numbers_is_answered_as_a_gap() -> None:
    bands = (level("III", band("deaths", 3, 9)), level("II", band("deaths", 10)))
    found = told(*bands, deaths=Figure.exact(9))
    assert steps(found) == (None, [])
    assert codes(found) == ["figure_in_gap"]
    assert steps(told(*bands, deaths=Figure.at_least(9))) == (None, ["II"])


def test_more_than_two_deaths_are_three_but_more_than_two_millimetres_are_not() -> None:
    three = band("deaths", 3)
    more_than_two = band("deaths", 2, low_included=False)
    assert steps(
        told(level("II", more_than_two), level("IV", band("deaths", None, 2, high_included=True)))
    ) == (
        "IV",
        ["II"],
    )
    assert judge(three, {"deaths": Figure(low=Decimal("2.5"))}, SPECS) is Truth.TRUE
    rain = level("II", band("rainfall_mm", 3)), level("IV", band("rainfall_mm", None, 2, high_included=True))
    assert steps(told(*rain)) == (None, ["II", "IV"])


def test_a_sum_follows_its_parts_and_the_parts_the_sum() -> None:
    bands = (level("III", band("both", 3, 10)), level("II", band("both", 10)))
    assert steps(told(*bands, deaths=Figure.exact(2), missing=Figure.exact(1))) == ("III", [])
    assert steps(told(*bands, deaths=Figure.exact(2))) == (None, ["II", "III"])
    assert asked(told(*bands, deaths=Figure.exact(2))) == ["missing"]
    assert (
        judge(band("deaths", 4), {"both": Figure.exact(5), "missing": Figure.exact(1)}, SPECS) is Truth.TRUE
    )
    assert judge(band("deaths", 6), {"both": Figure.exact(5)}, SPECS) is Truth.FALSE


def test_parts_of_a_known_sum_decide_together() -> None:
    either = level("III", band("deaths", 3), band("missing", 3))
    assert steps(told(either, both=Figure.exact(5))) == ("III", [])
    assert steps(told(either, both=Figure.exact(4))) == (None, ["III"])


def test_the_amount_of_a_day_is_not_less_than_that_of_twelve_hours() -> None:
    bands = (
        level("III", band("rainfall_mm", 50, 100, window_h=24)),
        level("II", band("rainfall_mm", 70, window_h=12)),
    )
    found = told(*bands, rainfall_mm_24h=Figure.between(60, 90))
    assert steps(found) == ("III", ["II"])
    assert steps(told(*bands, rainfall_mm_24h=Figure.between(55, 65))) == ("III", [])
    assert steps(told(*bands, rainfall_mm_12h=Figure.exact(60), complete=True)) == ("III", [])


def test_a_day_and_twenty_four_hours_are_the_same_period() -> None:
    found = told(level("II", band("rainfall_mm", 50, window_d=1)), rainfall_mm_24h=Figure.exact(60))
    assert steps(found) == ("II", [])


def test_a_bound_that_the_plan_leaves_open_stays_open_at_the_number_itself() -> None:
    below = level("IV", band("share_pct", None, 30, high_included=None, positive=True))
    found = told(below, share_pct=Figure.exact(30))
    assert steps(found) == (None, ["IV"])
    assert codes(found) == ["bound_undecided"]
    assert asked(found) == []
    assert steps(told(below, share_pct=Figure.exact(29))) == ("IV", [])


def test_below_three_deaths_says_that_there_are_some() -> None:
    few = level("IV", band("deaths", None, 3, positive=True))
    found = told(few, deaths=Figure.exact(0))
    assert steps(found) == (None, [])
    assert codes(found) == ["zero_not_below"]
    assert steps(told(few, deaths=Figure.exact(1))) == ("IV", [])


def test_a_figure_counts_only_under_its_cause() -> None:
    under_leak = level("I", band("moved", 500, cause_fact="leak"))
    assert steps(told(under_leak, moved=Figure.exact(600))) == (None, ["I"])
    assert asked(told(under_leak, moved=Figure.exact(600))) == ["leak"]
    assert steps(told(under_leak, moved=Figure.exact(600), leak=False)) == (None, [])


def test_levels_can_exclude_each_other_and_still_leave_a_certain_floor() -> None:
    ladder = (
        level("II", band("share_pct", 4), band("deaths", 0, 0, high_included=True), logic=Logic.ALL),
        level("I", band("deaths", 1)),
    )
    assert steps(told(*ladder, share_pct=Figure.exact(6))) == ("II", ["I"])


def test_a_condition_over_the_level_must_hold_as_well() -> None:
    lead = Condition(text="发生在东河县", source=cite())
    over = level("II", band("deaths", 3), condition=lead)
    known = {"deaths": Figure.exact(5)}
    assert steps(grade_scheme([over], known, SPECS)) == (None, ["II"])
    yes = Knowledge(facts=known, judgements={plain_text("发生在 东河县"): True})
    assert steps(grade_scheme([over], yes, SPECS)) == ("II", [])


def test_criteria_on_conduct_are_shown_and_never_evaluated() -> None:
    conduct = Condition(text="言行", fact="leak", out_of_scope=True, source=cite())
    found = told(level("III", conduct), leak=True)
    assert steps(found) == (None, [])
    assert "not_evaluated" in codes(found)
    assert found.levels[0].criteria[0].truth is Truth.UNKNOWN
    joined = AllOf(parts=(conduct, band("deaths", 3)), text="x", source=cite())
    assert steps(told(level("III", joined), deaths=Figure.exact(5), leak=True)) == (None, [])
    either = AnyOf(parts=(conduct, band("deaths", 3)), text="x", source=cite())
    assert steps(told(level("III", either), deaths=Figure.exact(5))) == ("III", [])


def test_levels_without_criteria_leave_all_open_and_borrow_none() -> None:
    found = told(level("II"), level("I"), complete=True)
    assert steps(found) == (None, ["I", "II"])
    assert codes(found) == ["no_criteria"]


def test_overlapping_bands_give_the_higher_and_say_so() -> None:
    found = told(
        level("III", band("moved", 10, 30)), level("II", band("moved", 10, 30)), moved=Figure.exact(12)
    )
    assert steps(found) == ("II", [])
    assert codes(found) == ["several_levels"]


def test_what_no_criterion_counts_is_said() -> None:
    found = told(*DEATHS, missing=Figure.exact(4), complete=True)
    assert steps(found) == (None, [])
    assert codes(found) == ["fact_unused"]


def test_questions_come_gravest_first_and_common_facts_before_others() -> None:
    found = told(
        level("III", band("moved", 10), Condition(text="县里认为需要", source=cite())),
        level("I", band("share_pct", 50), band("deaths", 30)),
    )
    assert asked(found) == ["deaths", "share_pct", "moved", "县里认为需要"]


def test_ladders_of_one_plan_are_judged_apart() -> None:
    found = grade_plan(
        [
            level("III", band("deaths", 3)),
            level("II", band("rainfall_mm", 50, window_h=24), kind=LadderKind.WARNING, hazard="洪涝"),
        ],
        {"deaths": Figure.exact(4)},
        SPECS,
    )
    assert [(each.scheme[0].value, steps(each)) for each in found] == [
        ("event_grade", ("III", [])),
        ("warning", (None, ["II"])),
    ]


def test_contradicting_facts_are_taken_as_given_and_told() -> None:
    found = told(level("III", band("both", 3)), both=Figure.exact(3), deaths=Figure.exact(5))
    assert steps(found) == ("III", [])
    assert "facts_contradict" in codes(found)


def test_the_deciding_clause_is_named() -> None:
    why = explain(told(*DEATHS, deaths=Figure.exact(12)))
    assert not why.together
    assert [(reason.text, reason.source.clause) for reason in why.deciding] == [("deaths 10–30", "1.4")]


def test_an_estimate_near_a_bound_settles_nothing() -> None:
    assert steps(told(*DEATHS, deaths=Figure.about(10))) == ("III", ["II"])
