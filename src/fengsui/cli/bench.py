"""``fengsui bench [--scale small|prefecture] [--only PART] [--json]``: the project's own benchmarks."""

from __future__ import annotations

import argparse
import json
import os
import sys

from fengsui.application.wording import word
from fengsui.bench.registry import SCALES, Result, run_benches


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("bench", help="性能测试 (benchmarks)")
    parser.add_argument("--scale", choices=sorted(SCALES), default="prefecture", help="规模 (size)")
    parser.add_argument("--only", metavar="PART", help="只测名称含此文字的 (only those so named)")
    parser.add_argument("--json", action="store_true", help="机器可读 (machine-readable)")


def run(options: argparse.Namespace) -> int:
    """Run the benchmarks and print what they took; return 0."""
    results = []
    language = os.environ.get("FENGSUI_LANG", "zh")
    for result in run_benches(SCALES[options.scale], options.only):
        results.append(result)
        if not options.json:
            print(_told(result, language), flush=True)
    if options.json:
        json.dump({"bench": [_table(each) for each in results]}, sys.stdout, ensure_ascii=False)
        print()
    return 0


def _table(result: Result) -> dict[str, object]:
    table: dict[str, object] = {
        "name": result.name,
        "value": result.value,
        "unit": result.unit,
        "n": result.n,
    }
    return table if result.skipped is None else {**table, "skipped": result.skipped}


def _told(result: Result, language: str) -> str:
    if result.skipped is not None:
        return word("bench", "skipped", language, name=result.name, why=result.skipped)
    return word("bench", "line", language, name=result.name, value=result.value, unit=result.unit, n=result.n)
