"""Findings that people made in a review after a real night (来自复盘): no rule looks for them.

They stand among those of the rules on the clause of the plan, until what was agreed is done.
"""

from __future__ import annotations

from fengsui.core.lint.finding import Finding, Rule, Severity

REVIEW = Rule(code="Z1", name="from-review", severity=Severity.M)
"""Stands for the review where the rule of a finding is asked for."""


def reviewed_finding(
    *, plan: str, clause: str, line: int, quote: str, incident: str, action: str, owner: str, due: str
) -> Finding:
    """What a review of ``incident`` asked of a clause: ``action`` by ``owner`` until ``due``."""
    return Finding(
        rule=REVIEW,
        severity=REVIEW.severity,
        plan=plan,
        clause=clause,
        line=line,
        lines=(line,),
        say=REVIEW.name,
        data={"incident": incident, "action": action, "owner": owner, "due": due},
        evidence=quote,
        suggestion=REVIEW.name,
    )
