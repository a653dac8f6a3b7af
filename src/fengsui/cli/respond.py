"""``fengsui respond``: run a plan dry (``run``), or work on the real desk from the command line.

The other subcommands are the use cases of the desk, ``--as POST_ID`` says for which post one acts.
"""

from __future__ import annotations

import argparse
import json
import os
from datetime import datetime
from pathlib import Path

from fengsui.application.messages import BEIJING
from fengsui.bootstrap import clock, load_document
from fengsui.cli.grade import load_facts
from fengsui.core.errors import InputError
from fengsui.core.facts_input import parse_facts
from fengsui.core.plan.level import ResponseLevel
from fengsui.core.plan.model import PlanContent
from fengsui.core.reading.draft import read_plans


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its subcommands to the command line."""
    from fengsui.cli.respond_live import add_live_parsers

    parser = commands.add_parser("respond", help="按预案应急响应 (run a response by a plan)")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    dry = actions.add_parser("run", help="演算：不入库、不发送 (dry run in memory)")
    dry.add_argument("file", type=Path, metavar="FILE", help=".txt .md .docx")
    dry.add_argument("--plan", metavar="TITLE_PART", help="预案标题中的字 (words of the title)")
    dry.add_argument("--facts", type=Path, required=True, metavar="FACTS.json", help="已知情况 (facts)")
    dry.add_argument("--at", metavar="ISO", help="获悉时间，默认现在 (when it was learned)")
    dry.add_argument("--level", metavar="III", help="指定响应级别 (I … IV)")
    dry.add_argument("--approve-as", metavar="NAME", help="以谁的名义批准 (who approves)")
    dry.add_argument("--json", action="store_true", help="机器可读 (machine-readable)")
    add_live_parsers(actions)


def run(options: argparse.Namespace) -> int:
    """Carry out the action; 0. Errors are raised as ``FengsuiError`` and told in one line by ``main``."""
    if options.action == "run":
        return _dry(options)
    from fengsui.cli.respond_live import run_live

    return run_live(options)


def _dry(options: argparse.Namespace) -> int:
    from fengsui.cli.respond_run import dry_run
    from fengsui.cli.respond_told import table, told
    from fengsui.core.response.decisions.record import fact_names_of

    data = load_facts(options.facts)
    document = load_document(options.file)
    content = one_plan([draft.content for draft in read_plans(document.lines, document.id)], options.plan)
    knowledge = parse_facts(data, also_known=set(fact_names_of(content)))
    done = dry_run(
        content,
        knowledge,
        instant(options.at) if options.at else clock().now().astimezone(BEIJING),
        level=level_of(options.level) if options.level else None,
        approve_as=options.approve_as,
    )
    if options.json:
        print(json.dumps(table(done), ensure_ascii=False))
    else:
        print(told(done, os.environ.get("FENGSUI_LANG", "zh")))
    return 0 if table(done)["verified"] else 1


def one_plan(plans: list[PlanContent], title_part: str | None) -> PlanContent:
    """The plan meant. Raises InputError when the file holds several and none is named, or none so titled."""
    wanted = "".join((title_part or "").split())
    found = [plan for plan in plans if wanted in "".join(plan.title.split())]
    titles = "、".join(plan.title for plan in found or plans)
    if not found:
        raise InputError("plan_not_matched", title=title_part, titles=titles)
    if len(found) > 1:
        raise InputError("several_plans", titles=titles)
    return found[0]


def level_of(text: str) -> ResponseLevel:
    """A response level from I … IV, Ⅲ or 3. Raises InputError("level_unknown")."""
    roman = {"Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV", "1": "I", "2": "II", "3": "III", "4": "IV"}
    cleaned = text.strip().upper().removesuffix("级")
    try:
        return ResponseLevel(roman.get(cleaned, cleaned))
    except ValueError:
        raise InputError("level_unknown", level=text) from None


def instant(text: str) -> datetime:
    """An aware instant. Raises InputError for anything else."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise InputError("time_unreadable", at=text) from None
    if at.tzinfo is None:
        raise InputError("time_without_zone", at=text)
    return at
