"""``fengsui bench [--scale small|prefecture] [--only PART] [--json]``: the project's own benchmarks."""

from __future__ import annotations

import argparse
import json
import os
import sys

from fengsui.application.wording import word
from fengsui.bench.cluster import Cluster, postgres_programs
from fengsui.bench.registry import SCALES, Result, run_benches
from fengsui.bench.world import DATABASE
from fengsui.core.errors import Permanent


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("bench", help="性能测试 (benchmarks)")
    parser.add_argument("--scale", choices=sorted(SCALES), default="prefecture", help="规模 (size)")
    parser.add_argument("--only", metavar="PART", help="只测名称含此文字的 (only those so named)")
    parser.add_argument(
        "--database",
        choices=("sqlite", "postgresql"),
        default="sqlite",
        help="在哪种数据库上测；postgresql 会临时启动一个 (on which database; a server is started for it)",
    )
    parser.add_argument("--json", action="store_true", help="机器可读 (machine-readable)")


def run(options: argparse.Namespace) -> int:
    """Run the benchmarks and print what they took; return 0. Raises Permanent("no_postgresql")."""
    if options.database == "sqlite":
        return _measure(options)
    programs = postgres_programs()
    if programs is None:
        raise Permanent("no_postgresql")
    cluster = Cluster(programs)
    try:
        cluster.start()
        os.environ[DATABASE] = cluster.create("bench")
        return _measure(options)
    finally:
        cluster.stop()


def _measure(options: argparse.Namespace) -> int:
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
