"""Invented facts, ladders and knowledge for the property tests of grading."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from fengsui.core.citation import Citation
from fengsui.core.fact import FactSpec, Figure
from fengsui.core.facts_input import Knowledge
from fengsui.core.plan.criterion import AllOf, AnyOf, Condition, Criterion, Threshold
from fengsui.core.plan.level import Grade, LadderKind, Level, Logic

CITE = Citation(document="云州", clause="1.3", line=1, quote="…")
SPECS = {
    spec.name: spec
    for spec in (
        FactSpec(name="lost", unit="人", zh="甲", en="lost", integral=True),
        FactSpec(name="hurt", unit="人", zh="乙", en="hurt", integral=True),
        FactSpec(name="all", unit="人", zh="甲乙", en="all", integral=True, sum_of=("lost", "hurt")),
        FactSpec(name="rain", unit="毫米", zh="雨", en="rain"),
        FactSpec(name="blocked", unit="", zh="堵", en="blocked"),
    )
}
RANKS = (Grade.I, Grade.II, Grade.III, Grade.IV)
PEOPLE = [Decimal(number) for number in range(5)]
# Half steps reach every point and gap of whole bounds up to 2.
DEPTHS = [Decimal(number) / 2 for number in range(6)]


@st.composite
def thresholds(draw: st.DrawFn) -> Threshold:
    fact = draw(st.sampled_from(["lost", "hurt", "all", "rain", "rain"]))
    most = 2 if fact == "rain" else 3
    low = draw(st.none() | st.integers(0, most))
    high = draw(st.integers(0, most)) if low is None else draw(st.none() | st.integers(low, most))
    return Threshold(
        fact=fact,
        unit=SPECS[fact].unit,
        low=None if low is None else Decimal(low),
        high=None if high is None else Decimal(high),
        low_included=draw(st.sampled_from([True, True, False, None])),
        high_included=draw(st.sampled_from([False, False, True, None])),
        positive=low is None and draw(st.booleans()),
        window_h=draw(st.sampled_from([12, 24])) if fact == "rain" else None,
        cause_fact=draw(st.sampled_from([None, None, None, "blocked"])),
        text="x",
        source=CITE,
    )


def conditions() -> st.SearchStrategy[Criterion]:
    return st.sampled_from(
        [
            Condition(text="x", fact="blocked", source=CITE),
            Condition(text="看", source=CITE),
            Condition(text="言", out_of_scope=True, source=CITE),
        ]
    )


def criteria() -> st.SearchStrategy[Criterion]:
    single = thresholds() | thresholds() | thresholds() | conditions()
    several = st.lists(single, min_size=2, max_size=2).map(tuple)
    return (
        single
        | single
        | several.map(lambda parts: AllOf(parts=parts, text="x", source=CITE))
        | several.map(lambda parts: AnyOf(parts=parts, text="x", source=CITE))
    )


@st.composite
def ladders(draw: st.DrawFn) -> tuple[Level, ...]:
    ranks = draw(st.lists(st.sampled_from(RANKS), min_size=1, max_size=4))
    return tuple(
        Level(
            kind=LadderKind.EVENT_GRADE,
            level=rank,
            name="x",
            logic=draw(st.sampled_from([Logic.ANY, Logic.ANY, Logic.ALL])),
            criteria=tuple(draw(st.lists(criteria(), max_size=3))),
            condition=draw(st.none() | st.none() | criteria()),
            source=CITE,
        )
        for rank in ranks
    )


@st.composite
def figures(draw: st.DrawFn, values: list[Decimal]) -> Figure:
    low, high = sorted(draw(st.tuples(st.sampled_from(values), st.sampled_from(values))))
    return draw(
        st.sampled_from(
            [Figure.exact(low), Figure.at_least(low), Figure.between(low, high), Figure.between(None, high)]
        )
    )


@st.composite
def knowledge(draw: st.DrawFn) -> Knowledge:
    facts: dict[str, Figure | bool] = {}
    for name in ("lost", "hurt", "all"):
        if draw(st.booleans()):
            facts[name] = draw(figures(PEOPLE))
    for name in ("rain_12h", "rain_24h"):
        if draw(st.booleans()):
            facts[name] = draw(figures(DEPTHS))
    if draw(st.booleans()):
        facts["blocked"] = draw(st.booleans())
    judgements = {"看": draw(st.booleans())} if draw(st.booleans()) else {}
    return Knowledge(facts=facts, judgements=judgements, no_other_judgement=draw(st.booleans()))
