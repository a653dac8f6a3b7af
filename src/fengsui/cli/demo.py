"""``fengsui demo load``: put the demo prefecture into the database, once."""

from __future__ import annotations

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path

from fengsui.application.wording import word


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("demo", help="load the demo prefecture / 装载演示地区")
    parser.add_argument("action", choices=["load"])
    parser.add_argument(
        "--from",
        dest="folder",
        type=Path,
        default=Path("demo/yunzhou"),
        help="folder of the prefecture (default demo/yunzhou)",
    )


def run(options: argparse.Namespace) -> int:
    """Load and say what is there. Raises InputError("demo_missing"), InputError("demo_broken")."""
    from fengsui import bootstrap

    language = os.environ.get("FENGSUI_LANG", "zh")
    bootstrap.migrate()
    from fengsui import demo

    loaded = demo.load(options.folder, datetime.now(UTC))
    if loaded.fresh:
        counts = {name: getattr(loaded, name) for name in ("units", "posts", "plans", "incidents")}
        print(word("demo", "loaded", language, **counts))
    else:
        print(word("demo", "unchanged", language))
    print(word("demo", "accounts", language, password=loaded.password))
    for username, title in loaded.accounts:
        print(word("demo", "account", language, username=username, title=title))
    return 0
