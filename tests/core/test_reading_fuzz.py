"""Whatever is read, nothing fails but by a refusal, nothing is lost, and every quote stands at its line."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.reading_fuzz import SPOILS, as_lines, broken_promises, spoilt_plan
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.draft import read_plans

any_line = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\n\r"), max_size=60)


@settings(max_examples=25, deadline=None)
@given(st.integers(min_value=0, max_value=10**9))
def test_a_spoilt_plan_keeps_every_promise(seed: int) -> None:
    assert list(broken_promises(spoilt_plan(seed))) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(any_line, max_size=30))
@example(["云州燃气应急预案", "1 报告", f"市局接到报告后应当在{'9' * 400}小时内报告县政府。"])
@example(["云州燃气应急预案", "1 演练", f"市局每{'9' * 400}年组织一次演练，储备{'9' * 400}台水泵。"])
@example(["云州燃气应急预案", "1 分级", f"造成{'9' * 5000}人以上死亡的，为重大事故。"])
def test_any_text_keeps_every_promise(text: list[str]) -> None:
    plan = ["东河县防汛应急预案", "1 总则", *text]
    assert list(broken_promises(as_lines(plan))) == []


def test_the_plans_to_spoil_break_nothing_before_they_are_spoilt() -> None:
    assert len(SPOILS) >= 12
    assert len({spoilt_plan(seed) for seed in range(20)}) == 20


def test_a_title_wrapped_into_other_words_is_cited_where_it_begins() -> None:
    lines = ["编号3", "云州市燃气", "事故应急预案", "1 总则", "为应对燃气事故，制定本预案。"]
    (draft,) = read_plans([TextLine(number=n, text=line) for n, line in enumerate(lines, start=1)], "wrapped")
    assert draft.content.title.endswith("应急预案")
    assert list(broken_promises(as_lines(lines))) == []
