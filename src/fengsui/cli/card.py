"""``fengsui card --unit NAME FILE… -o card.pdf|.docx``: the action card of a unit or a post (应急处置卡)."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from fengsui import bootstrap
from fengsui.application.cards import as_plan, card_for, card_sheet
from fengsui.application.wording import word
from fengsui.cli.output import format_of, write_file
from fengsui.core.errors import InputError
from fengsui.core.plan.model import Plan
from fengsui.core.reading.draft import read_plans

FORMATS = ("pdf", "docx")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("card", help="做单位或岗位的应急处置卡 (action card of a unit or a post)")
    parser.add_argument(
        "source", nargs="+", metavar="FILE|PLAN", help="预案文件，或施行中预案的编号 (file, or id)"
    )
    parser.add_argument("--unit", required=True, metavar="NAME", help="单位或岗位名称 (unit or post)")
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="OUT", help="card.pdf | card.docx")


def run(options: argparse.Namespace) -> int:
    """Write the card; return 0. Raises InputError for a file, a name or a format that makes no sense."""
    language = os.environ.get("FENGSUI_LANG", "zh")
    kind = format_of(options.out, FORMATS)
    plans, stored = _plans(options.source)
    directory = bootstrap.desk().directory.directory() if stored else None
    card = card_for(plans, options.unit, directory, language)
    marks = (word("card", "exercise", language),) if bootstrap.is_exercise() else ()
    write_file(options.out, bootstrap.card_file(card_sheet(card, marks=marks, language=language), kind))
    return 0


def _plans(sources: list[str]) -> tuple[list[Plan], bool]:
    """The plans named, and whether any is of the store (and so bound to its directory)."""
    plans: list[Plan] = []
    stored = False
    for source in sources:
        path = Path(source)
        if path.exists() or path.suffix:
            document = bootstrap.load_document(path)
            drafts = read_plans(document.lines, document.id)
            plans += [as_plan(each.content, f"{document.id}-{at}") for at, each in enumerate(drafts)]
        else:
            plans.append(bootstrap.desk().plans.plan(source))
            stored = True
    if not plans:
        raise InputError("no_plan")
    return plans, stored
