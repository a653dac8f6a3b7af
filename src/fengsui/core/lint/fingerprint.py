"""The identity of a finding: the same fault of the same clause, whenever and wherever it is read.

Line numbers are no part of it, so that a finding put aside stays aside when the plan is read again or
text is added elsewhere; the words of the clause are, so that it returns when the clause changes.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from fengsui.core.lint.finding import Finding

_LEFT_OUT = ("line", "problem")
"""Data that is no part of the identity: it changes with the place, or with the language of the run."""


def fingerprints(findings: Iterable[Finding]) -> tuple[str, ...]:
    """One name (16 hexadecimal digits) per finding, in order; equal faults in one plan are counted apart."""
    seen: Counter[str] = Counter()
    names = []
    for finding in findings:
        key = _key(finding)
        seen[key] += 1
        nth = "" if seen[key] == 1 else f"\x1f{seen[key]}"
        names.append(hashlib.sha256(f"{key}{nth}".encode()).hexdigest()[:16])
    return tuple(names)


def _key(finding: Finding) -> str:
    said = sorted(f"{name}={value}" for name, value in finding.data.items() if not name.startswith(_LEFT_OUT))
    parts = (finding.rule.name, finding.plan, finding.say, finding.evidence, *said)
    return "\x1f".join("".join(part.split()) for part in parts)
