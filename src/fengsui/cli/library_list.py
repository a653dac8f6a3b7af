"""``fengsui library list`` and ``due``: the plans of the library, one line each."""

from __future__ import annotations

import argparse
import dataclasses
import json
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from fengsui.application.wording import word
from fengsui.cli.library import language

if TYPE_CHECKING:
    from fengsui.application.plan_filing import Filing
    from fengsui.application.plan_library import Library
    from fengsui.store.selectors import PlanLine

_FAR = timedelta(days=10_000)


def run_list(options: argparse.Namespace) -> int:
    """Print the plans asked for; ``due``: those in force to be filed, the earliest first."""
    from fengsui import bootstrap

    library = bootstrap.library()
    from fengsui.store import selectors  # the store can be imported once Django is set up

    today = library.today()
    if options.action == "due":
        lines, total = selectors.plans(to_file_before=today + _FAR, limit=1000)
    else:
        lines, total = selectors.plans(
            search=" ".join(options.search),
            state=options.state,
            kind=options.kind,
            hazard_class=options.hazard_class,
            issuer=options.issuer,
            jurisdiction=options.jurisdiction,
            to_file_before=today if options.overdue else None,
            limit=max(1, options.limit),
        )
    if options.json:
        listed = [{**_plain(line), "filing_days": _filing(library, line).days} for line in lines]
        print(json.dumps({"total": total, "plans": listed}, ensure_ascii=False, indent=2))
        return 0
    for line in lines:
        print(_text(library, line))
    if not lines:
        print(word("library", "none", language()))
    return 0


def _filing(library: Library, line: PlanLine) -> Filing:
    from fengsui.application.plan_filing import filing

    return filing(
        line.filing_due, line.filed_on, library.today(), library.workdays, in_force=line.state == "in_force"
    )


def _text(library: Library, line: PlanLine) -> str:
    from fengsui.application.plan_filing import filing_words

    state = word("draft_state", line.state, language())
    parts = [
        line.draft_id,
        state,
        word("plan_kind", line.kind, language()),
        line.title or line.filename,
        line.number,
    ]
    if line.open_doubts:
        parts.append(word("web.library", "open_doubts", language(), n=line.open_doubts))
    parts.append(filing_words(_filing(library, line), language()))
    return "  ".join(part for part in parts if part)


def _plain(line: PlanLine) -> dict[str, Any]:
    data = dataclasses.asdict(line)
    return {
        key: value.isoformat() if isinstance(value, date | datetime) else value for key, value in data.items()
    }
