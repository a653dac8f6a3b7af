"""Baselines: what was found on a day, so that an old library is cleaned step by step.

The file is JSON, one finding a line in a stable order, so that version control shows what was mended.
Line numbers are no part of it: the fingerprint names a fault wherever it has moved to.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace

from fengsui.application.lint_report import Checked
from fengsui.core.errors import InputError
from fengsui.core.lint.registry import Registered, all_rules

_FORM = 1
_FIELDS = ("file", "plan", "rule", "clause", "fingerprint")


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """One finding of the baseline; ``file`` relative to the folder of the baseline, parts joined by ``/``."""

    file: str
    plan: str
    rule: str
    clause: str
    fingerprint: str


def read_baseline(text: str, file: str) -> tuple[Known, ...]:
    """The entries of the file. Raises InputError ``baseline_broken`` with the line."""
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as problem:
        line = getattr(problem, "lineno", 1)
        raise InputError("baseline_broken", path=file, line=line) from None
    rows = data.get("findings") if isinstance(data, dict) and data.get("fengsui_baseline") == _FORM else None
    if not isinstance(rows, list):
        raise InputError("baseline_broken", path=file, line=1)
    lines = [n for n, line in enumerate(text.splitlines(), 1) if '"fingerprint"' in line]
    found = []
    for nth, row in enumerate(rows):
        if not isinstance(row, dict) or not all(isinstance(row.get(name), str) for name in _FIELDS):
            raise InputError("baseline_broken", path=file, line=lines[nth] if nth < len(lines) else 1)
        found.append(Known(*(row[name] for name in _FIELDS)))
    return tuple(found)


def written_baseline(entries: Iterable[Known]) -> str:
    """The text of the file."""
    rows = [
        json.dumps(dict(zip(_FIELDS, astuple(each), strict=True)), ensure_ascii=False)
        for each in sorted(entries)
    ]
    inner = ",\n".join(f"  {row}" for row in rows)
    return f'{{"fengsui_baseline": {_FORM}, "findings": [\n{inner}\n]}}\n' if rows else _EMPTY


_EMPTY = f'{{"fengsui_baseline": {_FORM}, "findings": []}}\n'


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A run against a baseline: ``new`` has the findings that are not in it, ``known`` counts those that are,
    ``gone`` are entries that were looked for and not found, ``left`` those that nobody looked for."""

    new: tuple[Checked, ...]
    known: int
    gone: tuple[Known, ...]
    left: tuple[Known, ...]


def entries_of(checked: Sequence[Checked], places: Mapping[str, str]) -> list[Known]:
    """The findings of a run as entries; ``places`` gives each file as the baseline names it."""
    return [
        Known(places[each.file], finding.plan, finding.rule.name, finding.clause, name)
        for each in checked
        for finding, name in zip(each.findings, each.names, strict=True)
    ]


def compare(
    checked: Sequence[Checked],
    entries: Collection[Known],
    places: Mapping[str, str],
    rules: Sequence[Registered],
    lost: Collection[str] = (),
) -> Compared:
    """What is new against ``entries``; ``lost`` are files of the baseline that are no more.

    An entry answers for one finding: that of its own file, or of another where its file is lost (renamed).
    """
    waiting = {(entry.file, entry.fingerprint): entry for entry in entries}
    ours = [(places[each.file], nth, name) for each in checked for nth, name in enumerate(each.names)]
    found = {(file, nth) for file, nth, name in ours if waiting.pop((file, name), None)}
    moved: dict[str, list[Known]] = {}
    for (file, name), entry in sorted(waiting.items()):
        if file in lost:
            moved.setdefault(name, []).append(entry)
    for file, nth, name in ours:
        if (file, nth) not in found and moved.get(name):
            entry = moved[name].pop()
            del waiting[entry.file, name]
            found.add((file, nth))
    looked = _looked_for(places, entries, rules, lost)
    return Compared(
        new=tuple(
            _without(each, {nth for file, nth in found if file == places[each.file]}) for each in checked
        ),
        known=len(found),
        gone=tuple(sorted(entry for entry in waiting.values() if looked(entry))),
        left=tuple(sorted(entry for entry in waiting.values() if not looked(entry))),
    )


def _looked_for(
    places: Mapping[str, str], entries: Collection[Known], rules: Sequence[Registered], lost: Collection[str]
) -> Callable[[Known], bool]:
    """Whether an entry would have been found again, had it still been there."""
    seen = {*places.values(), *lost}
    # What stands between plans is only found where all of them are looked at.
    whole = all(entry.file in seen for entry in entries)
    left_out = {item.rule.name for item in all_rules()} - {
        item.rule.name for item in rules if whole or item.across is None
    }
    return lambda entry: entry.file in seen and entry.rule not in left_out


def _without(checked: Checked, known: Collection[int]) -> Checked:
    if not known:
        return checked
    rest = [nth for nth in range(len(checked.findings)) if nth not in known]
    return replace(
        checked,
        findings=tuple(checked.findings[nth] for nth in rest),
        names=tuple(checked.names[nth] for nth in rest),
    )
