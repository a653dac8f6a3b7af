"""Dismissals kept in a file (``.fengsui-dismissed.toml``): made for people to read."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from fengsui.application.lint_report import Checked
from fengsui.core.errors import InputError
from fengsui.core.lint.dismissal import Dismissal
from fengsui.core.lint.finding import Finding
from fengsui.core.lint.registry import labels

DISMISSED_NAME = ".fengsui-dismissed.toml"
LEAST_PREFIX = 6
"""Digits of a fingerprint that are enough to name it."""

_HEAD = (
    "# 已有说明、不再列出的发现：由 fengsui lint --dismiss 写入，删去一段即恢复列出。\n"
    "# Findings put aside, each with a reason and an owner; delete a block to see it again.\n"
)
_AT_LINE = re.compile(r"at line (\d+)")
_NEEDED = ("fingerprint", "rule", "plan", "reason", "owner")
_TEXTS = (*_NEEDED, "clause", "quote")
_BY_LINE = re.compile(r"(?P<rule>[A-Za-z][\w-]*):(?P<line>\d+)")


def read_dismissals(text: str, file: str) -> tuple[Dismissal, ...]:
    """The dismissals of the file; ``file`` is named when something is wrong.

    Raises InputError ``dismissed_broken``, ``dismissed_incomplete``, each with the line.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        at = _AT_LINE.search(str(problem))
        line = int(at[1]) if at else max(1, len(text.splitlines()))
        raise InputError("dismissed_broken", path=file, line=line) from None
    rows = data.get("dismissed", [])
    if not isinstance(rows, list):
        raise InputError("dismissed_broken", path=file, line=1)
    starts = [n for n, line in enumerate(text.splitlines(), 1) if line.strip().startswith("[[dismissed")]
    return tuple(_dismissal(row, file, starts[n] if n < len(starts) else 1) for n, row in enumerate(rows))


def _dismissal(row: object, file: str, line: int) -> Dismissal:
    table = row if isinstance(row, dict) else {}
    for name in _TEXTS:
        value = table.get(name, "")
        if not isinstance(value, str) or (name in _NEEDED and name != "plan" and not value.strip()):
            raise InputError("dismissed_incomplete", path=file, line=line, key=name)
    days = {name: table.get(name) for name in ("on", "until")}
    for name, day in days.items():
        if (day is None and name == "on") or not (day is None or _is_day(day)):
            raise InputError("dismissed_incomplete", path=file, line=line, key=name)
    texts = {name: str(table.get(name, "")) for name in _TEXTS}
    return Dismissal(**texts, on=table["on"], until=days["until"])


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def written_dismissals(dismissals: Iterable[Dismissal]) -> str:
    """The text of the file; in a stable order, so that two people's additions merge."""
    blocks = [_HEAD]
    for each in sorted(dismissals, key=lambda one: (one.plan, one.rule, one.clause, one.fingerprint)):
        lines = ["[[dismissed]]"]
        lines += [
            f"{name} = {_quoted(getattr(each, name))}"
            for name in _TEXTS
            if getattr(each, name) or name in _NEEDED
        ]
        lines.append(f"on = {each.on.isoformat()}")
        if each.until is not None:
            lines.append(f"until = {each.until.isoformat()}")
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def _quoted(text: str) -> str:
    # What was typed may hold bytes that are no text. A JSON string is a TOML string, but for DEL.
    plain = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return json.dumps(plain, ensure_ascii=False).replace("\x7f", "\\u007f")


def dismissal_of(
    finding: Finding, fingerprint: str, *, reason: str, owner: str, on: date, until: date | None
) -> Dismissal:
    """The word of ``owner`` that ``finding`` stands.

    Raises InputError ``dismissal_unsigned``, ``dismissal_past``.
    """
    if not reason.strip() or not owner.strip():
        raise InputError("dismissal_unsigned")
    if until is not None and until < on:
        raise InputError("dismissal_past", until=until.isoformat())
    return Dismissal(
        fingerprint=fingerprint,
        rule=finding.rule.name,
        plan=finding.plan,
        clause=finding.clause,
        quote=finding.evidence,
        reason=" ".join(reason.split()),
        owner=" ".join(owner.split()),
        on=on,
        until=until,
    )


def pointed_at(checked: Sequence[Checked], wanted: str) -> tuple[Finding, str]:
    """The finding that ``wanted`` names, and its fingerprint.

    ``wanted`` is a fingerprint, its first digits, or ``RULE:LINE``.
    Raises InputError ``dismiss_nothing``, ``dismiss_several``.
    """
    by_line = _BY_LINE.fullmatch(wanted.strip())
    found: dict[str, tuple[Finding, str]] = {}
    for each in checked:
        for finding, name in zip(each.findings, each.names, strict=True):
            if by_line:
                same = by_line["rule"] in labels(finding.rule) and int(by_line["line"]) == finding.line
            else:
                start = wanted.strip().lower()
                same = len(start) >= LEAST_PREFIX and name.startswith(start)
            if same:
                found.setdefault(name, (finding, name))
    if not found:
        raise InputError("dismiss_nothing", wanted=wanted)
    if len(found) > 1:
        raise InputError("dismiss_several", wanted=wanted, count=len(found), names="、".join(found))
    return next(iter(found.values()))
