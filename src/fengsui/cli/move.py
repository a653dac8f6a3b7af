"""``fengsui move postgresql://…``: all data into another database, proved equal table by table."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from fengsui.application.wording import word
from fengsui.core.errors import Conflict, Permanent


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("move", help="把数据迁到另一个数据库（all data into another database）")
    parser.add_argument(
        "database",
        metavar="DATABASE",
        help="目标：postgresql://用户@主机/库名 或 SQLite 文件（where to, written as FENGSUI_DATABASE is）",
    )


def run(options: argparse.Namespace) -> int:
    """Copy, then hold both sides against each other.

    The database in use is only read. Raises Conflict("move_source_changed") when somebody wrote meanwhile:
    stop the service and move again into an empty database.
    """
    from fengsui import bootstrap_keep

    language = os.environ.get("FENGSUI_LANG", "zh")
    with tempfile.TemporaryDirectory(prefix="fengsui-move-") as folder:
        copy = Path(folder) / "copy.fengsui"
        bootstrap_keep.back_up(copy)
        told = _restored(copy, options.database, folder)
    now = bootstrap_keep.table_digests()
    there = {name: tuple(value) for name, value in told["tables"].items()}
    if now != there:
        raise Conflict("move_source_changed")
    data = {"rows": told["rows"], "tables": len(there), "logs": told["logs"], "setting": "FENGSUI_DATABASE"}
    print(word("archive", "moved", language, **data))
    return 0


def _restored(copy: Path, database: str, folder: str) -> dict[str, Any]:
    """What the restore into the other database says of it; it runs in a process of its own settings."""
    done = subprocess.run(
        [sys.executable, "-m", "fengsui", "restore", str(copy), "--json"],
        env={**os.environ, "FENGSUI_DATABASE": database, "FENGSUI_DATA": str(Path(folder) / "data")},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        # The restore told why in one sentence already.
        raise Permanent(
            "move_failed", why=done.stderr.strip().splitlines()[-1] if done.stderr.strip() else ""
        )
    found: dict[str, Any] = json.loads(done.stdout)
    return found
