"""What ``fengsui lint`` keeps in files: dismissals and baselines come back as they were written."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from fengsui.application.lint_baseline import Known, compare, entries_of, read_baseline, written_baseline
from fengsui.application.lint_dismissals import dismissal_of, read_dismissals, written_dismissals
from fengsui.application.lint_report import Checked
from fengsui.core.citation import Citation
from fengsui.core.lint.dismissal import Dismissal
from fengsui.core.lint.finding import Finding, Hit, finding_of
from fengsui.core.lint.registry import all_rules

GAP = next(item.rule for item in all_rules() if item.rule.name == "threshold-gap")
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
SAID = ANY.filter(str.strip)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))

dismissals = st.builds(
    Dismissal,
    fingerprint=SAID,
    rule=SAID,
    plan=ANY,
    clause=ANY,
    quote=ANY,
    reason=SAID,
    owner=SAID,
    on=DAYS,
    until=st.none() | DAYS,
)


@settings(max_examples=40)
@given(st.lists(dismissals, max_size=4, unique_by=lambda each: each.fingerprint))
def test_dismissals_are_read_as_they_were_written(given_ones: list[Dismissal]) -> None:
    text = written_dismissals(given_ones)
    assert sorted(map(repr, read_dismissals(text, "f"))) == sorted(map(repr, given_ones))
    assert written_dismissals(reversed(given_ones)) == text


@settings(max_examples=40)
@given(st.sets(st.builds(Known, ANY, ANY, ANY, ANY, ANY), max_size=5))
def test_a_baseline_is_read_as_it_was_written_and_in_one_order(entries: set[Known]) -> None:
    text = written_baseline(entries)
    assert set(read_baseline(text, "f")) == entries
    assert written_baseline(sorted(entries, reverse=True)) == text


def finding(quote: str, plan: str = "云州预案") -> Finding:
    return finding_of(GAP, Hit(at=Citation(document="d", clause="1", line=7, quote=quote)), plan)


def checked(**files: list[str]) -> tuple[list[Checked], dict[str, str]]:
    made = [Checked(f"{name}.txt", (), tuple(map(finding, quotes))) for name, quotes in files.items()]
    return made, {each.file: each.file for each in made}


def test_the_same_plan_in_a_second_file_is_new_but_not_where_the_first_is_lost() -> None:
    first, places = checked(a=["十人"])
    entries = entries_of(first, places)
    both, places = checked(a=["十人"], b=["十人"])
    rules = all_rules()
    compared = compare(both, entries, places, rules)
    assert [len(each.findings) for each in compared.new] == [0, 1]
    renamed, places = checked(b=["十人"])
    assert compare(renamed, entries, places, rules).new[0].findings != ()
    assert compare(renamed, entries, places, rules, {"a.txt"}).new[0].findings == ()


def test_entries_of_rules_between_plans_are_gone_only_when_all_plans_were_looked_at() -> None:
    across = next(item.rule.name for item in all_rules() if item.across is not None)
    entries = [
        Known("a.txt", "p", across, "1", "x" * 16),
        Known("b.txt", "p", GAP.name, "1", "y" * 16),
    ]
    one, places = checked(a=[])
    compared = compare(one, entries, places, all_rules())
    assert compared.gone == ()
    assert len(compared.left) == 2
    both, places = checked(a=[], b=[])
    assert len(compare(both, entries, places, all_rules()).gone) == 2


@given(
    st.lists(st.sampled_from("一二三四五"), max_size=6), st.lists(st.sampled_from("一二三四五"), max_size=6)
)
def test_new_known_and_gone_add_up(before: list[str], after: list[str]) -> None:
    old, places = checked(a=before)
    entries = entries_of(old, places)
    new, places = checked(a=after)
    compared = compare(new, entries, places, all_rules())
    assert compared.known + len(compared.new[0].findings) == len(after)
    assert compared.known + len(compared.gone) == len(before)
    assert compare(old, entries, places, all_rules()).known == len(before)


def test_what_was_typed_may_hold_bytes_that_are_no_text() -> None:
    said = dismissal_of(
        finding("十人"), "f" * 16, reason=" a\udcff \n b ", owner="c", on=date(2026, 1, 1), until=None
    )
    (read,) = read_dismissals(written_dismissals([said]).encode().decode(), "f")
    assert read.reason == "a\\udcff b"
