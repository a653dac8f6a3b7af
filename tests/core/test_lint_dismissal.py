"""Findings put aside: as long as the words stand, and no longer than was said."""

from __future__ import annotations

from datetime import date

from fengsui.core.citation import Citation
from fengsui.core.lint.dismissal import Back, Dismissal, split
from fengsui.core.lint.finding import Finding, Hit, Rule, Severity, finding_of
from fengsui.core.lint.fingerprint import fingerprints

RULE = Rule(code="G1", name="gap", severity=Severity.H)
PLAN = "云州市矿山事故应急预案"
TODAY = date(2026, 11, 21)


def finding(quote: str = "死亡10人以上30人以下为重大事故", clause: str = "1.5", plan: str = PLAN) -> Finding:
    return finding_of(RULE, Hit(at=Citation(document="d", clause=clause, line=7, quote=quote)), plan)


def dismissal(found: Finding, until: date | None = None) -> Dismissal:
    (name,) = fingerprints([found])
    return Dismissal(
        fingerprint=name,
        rule=found.rule.name,
        plan=found.plan,
        clause=found.clause,
        quote=found.evidence,
        reason="上级正在修订",
        owner="州应急管理局",
        on=date(2026, 1, 1),
        until=until,
    )


def why(shown: Finding, said: Dismissal) -> Back | None:
    (name,) = fingerprints([shown])
    parted = split([shown], [said], TODAY)
    assert parted.shown == (shown,)
    back = parted.returned.get(name)
    return back.why if back else None


def test_what_is_put_aside_is_left_out_wherever_it_has_moved() -> None:
    parted = split([finding(clause="2.5")], [dismissal(finding())], TODAY)
    assert parted.shown == ()
    assert [said.owner for _, said in parted.dismissed] == ["州应急管理局"]


def test_it_holds_on_its_last_day_and_returns_the_day_after() -> None:
    held = split([finding()], [dismissal(finding(), until=TODAY)], TODAY)
    assert held.shown == ()
    assert why(finding(), dismissal(finding(), until=date(2026, 11, 20))) is Back.EXPIRED


def test_it_returns_when_the_clause_says_something_else_and_says_so() -> None:
    assert why(finding("死亡20人以上为重大事故"), dismissal(finding())) is Back.CHANGED
    assert why(finding("一人以上被困"), dismissal(finding())) is Back.CHANGED, "the same clause"


def test_it_is_known_again_in_a_clause_with_another_number_only_by_words_much_alike() -> None:
    assert why(finding("死亡10人以上50人以下为重大事故", "二（三）"), dismissal(finding())) is Back.CHANGED
    assert why(finding("一小时内电话报告", "4.1"), dismissal(finding())) is None
    assert why(finding("死亡10人以上50人以下为重大事故", plan="东河县预案"), dismissal(finding())) is None


def test_of_two_former_dismissals_the_nearer_one_is_told() -> None:
    near = dismissal(finding("死亡10人以上40人以下为重大事故", "9"))
    far = dismissal(finding("死亡1人以上的为重大事故", "8"))
    shown = finding("死亡10人以上50人以下为重大事故", "10")
    (back,) = split([shown], [far, near], TODAY).returned.values()
    assert back.dismissal == near


def test_a_dismissal_that_still_has_its_finding_speaks_of_no_other() -> None:
    parted = split([finding(), finding("死亡20人以上为重大事故")], [dismissal(finding())], TODAY)
    assert len(parted.dismissed) == len(parted.shown) == 1
    assert parted.returned == {}
