"""``fengsui find WORDS``: the clauses of all plans in which they stand; also statistics and the index."""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict
from typing import Any

from fengsui import bootstrap
from fengsui.application.plan_search import value_words
from fengsui.application.wording import word


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("find", help="在预案库里找条款 (find clauses in the plan library)")
    parser.add_argument("words", nargs="*", metavar="WORDS", help="都要有的字词 (all must stand in a clause)")
    for name, text in (
        ("kind", "类别 (overall, special …)"),
        ("hazard", "突发事件类别 (natural, accident, health, social)"),
        ("area", "行政区划代码 (division code)"),
        ("state", "状态 (in_force, draft …)"),
        ("unit", "同条含有的单位 (unit in the same clause)"),
        ("section", "章节 (response, reporting …)"),
        ("year", "印发年份 (year of issue)"),
    ):
        parser.add_argument(f"--{name}", default="", help=text)
    parser.add_argument("--limit", type=int, default=20, metavar="N", help="最多几份预案 (plans at most)")
    parser.add_argument("--statistics", action="store_true", help="预案统计 (how many plans of what)")
    parser.add_argument("--rebuild", action="store_true", help="重建索引 (make the index anew)")
    parser.add_argument("--json", action="store_true", help="机器可读 (machine-readable)")


def run(options: argparse.Namespace) -> int:
    """Print what was found; 0, or 1 when nothing was."""
    bootstrap.set_up_django()
    language = os.environ.get("FENGSUI_LANG", "zh")
    if options.rebuild:
        return _rebuild(language)
    if options.statistics:
        return _statistics(options, language)
    from fengsui.store import selectors

    wanted = selectors.PlanFilter(
        kind=options.kind,
        hazard=options.hazard,
        jurisdiction=options.area,
        state=options.state,
        unit=options.unit,
        section=options.section,
        year=options.year,
    )
    asked = " ".join(options.words)
    found = selectors.find_clauses(asked, wanted, limit=max(1, options.limit))
    if options.json:
        json.dump({"asked": asked, **asdict(found)}, sys.stdout, ensure_ascii=False)
        print()
    else:
        _print(found, asked, language)
    return int(not found.plans)


def _print(found: Any, asked: str, language: str) -> None:
    if not found.plans:
        print(word("find", "nothing" if asked else "ask", language, asked=asked))
        return
    on, off = ("\033[1;31m", "\033[0m") if sys.stdout.isatty() else ("[", "]")
    print(word("find", "count", language, total=found.total, asked=asked))
    for plan in found.plans:
        print(f"\n{plan.title}  {plan.draft_id}  {word('draft_state', plan.state, language)}")
        for hit in plan.hits:
            text = "".join(f"{on}{each.text}{off}" if each.marked else each.text for each in hit.pieces)
            print(f"  {hit.number} {hit.title}（{word('find', 'line', language, line=hit.line)}） {text}")
        if plan.more:
            print("  " + word("find", "more", language, n=plan.more))


def _rebuild(language: str) -> int:
    done = 0
    for done, total in bootstrap.rebuild_clause_index():
        print("\r" + word("find", "rebuilding", language, done=done, total=total), end="", file=sys.stderr)
    print(file=sys.stderr)
    print(word("find", "rebuilt", language, total=done))
    return 0


def _statistics(options: argparse.Namespace, language: str) -> int:
    from fengsui.core.directory import significant
    from fengsui.store import selectors

    found = selectors.statistics(bootstrap.clock().now().date(), significant(options.area))
    if options.json:
        json.dump(asdict(found), sys.stdout, ensure_ascii=False)
        print()
        return 0
    print(word("statistics", "total", language, total=found.total, in_force=found.in_force))
    for code, number in found.attention.items():
        print(f"  {number:>6}  {word('statistics', code, language)}")
    for dimension, counts in found.counts.items():
        print(f"\n{word('statistics', f'by_{dimension}', language)}")
        for value, number in counts.items():
            print(f"  {number:>6}  {value_words(dimension, value, language)}")
    return 0
