"""``fengsui extract FILE [--json]``: what a plan document says, as data."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from fengsui.application.wording import word
from fengsui.bootstrap import load_document
from fengsui.core.plan.export import extract_table
from fengsui.core.plan.model import DraftPlan
from fengsui.core.reading.draft import read_plans


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("extract", help="读出预案里的规则 (read the rules of a plan)")
    parser.add_argument("file", type=Path, metavar="FILE", help=".txt .md .html .docx .doc .wps .pdf")
    parser.add_argument("--json", action="store_true", help="机器可读 (machine-readable)")


def run(options: argparse.Namespace) -> int:
    """Read the file and print what was found; return 0. Raises InputError for a file that cannot be read."""
    document = load_document(options.file)
    drafts = read_plans(document.lines, document.id)
    language = os.environ.get("FENGSUI_LANG", "zh")
    if options.json:
        json.dump({"plans": [_table(draft, language) for draft in drafts]}, sys.stdout, ensure_ascii=False)
        print()
    else:
        print(summary(document.name, drafts, language))
    return 0


def _table(draft: DraftPlan, language: str) -> dict[str, Any]:
    """EXTRACT with each doubt told in words; the code stays beside them for other programs."""
    table = extract_table(draft)
    for doubt in table["doubts"]:
        doubt["code"] = doubt["why"]
        doubt["why"] = word("doubt", doubt["code"], language)
    return table


def summary(name: str, drafts: tuple[DraftPlan, ...], language: str) -> str:
    """A few lines a person reads: each plan with what was found in it."""
    lines = [word("reading", "plans_found", language, name=name, count=len(drafts))]
    for draft in drafts:
        content = draft.content
        lines.append(
            word(
                "reading",
                "plan_line",
                language,
                title=content.title or name,
                first=content.first_line,
                last=content.last_line,
                headings=len(content.headings),
            )
        )
        counted = ("levels", "activation", "deadlines", "units", "groups", "measures")
        counts = {part: len(getattr(content, part)) for part in counted}
        lines.append(word("reading", "counts_line", language, doubts=len(draft.doubts), **counts))
    return "\n".join(lines)
