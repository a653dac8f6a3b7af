"""The identity of findings: it follows the clause, not the line."""

from __future__ import annotations

from dataclasses import replace

from fengsui.core.citation import Citation
from fengsui.core.lint.finding import Finding, Hit, Rule, Severity, finding_of
from fengsui.core.lint.fingerprint import fingerprints

RULE = Rule(code="G1", name="gap", severity=Severity.H)


def finding(quote: str = "10人以上为重大", line: int = 7) -> Finding:
    place = Citation(document="d", clause="1.5", line=line, quote=quote)
    return finding_of(RULE, Hit(at=place, data={"fact": "deaths"}), "云州市矿山事故应急预案")


def test_a_finding_keeps_its_name_when_its_clause_moves() -> None:
    assert fingerprints([finding()]) == fingerprints([finding(line=90)])


def test_a_finding_keeps_its_name_when_only_blanks_change() -> None:
    assert fingerprints([finding("10人以上为重大")]) == fingerprints([finding("10 人以上\n为重大")])


def test_a_finding_gets_another_name_when_its_clause_changes() -> None:
    assert fingerprints([finding()]) != fingerprints([finding("20人以上为重大")])


def test_equal_faults_of_one_plan_are_told_apart_and_in_order() -> None:
    one, other = fingerprints([finding(), finding(line=12)])
    assert one != other
    assert fingerprints([finding(line=3), finding(line=12)]) == (one, other)


def test_the_same_fault_of_another_plan_is_another_finding() -> None:
    assert fingerprints([finding()]) != fingerprints([replace(finding(), plan="东河县矿山事故应急预案")])
