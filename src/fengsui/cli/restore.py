"""``fengsui restore FILE``: a backup into an empty installation, proved equal to what was saved."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

from fengsui.application.wording import word
from fengsui.core.errors import Permanent


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "restore", help="从备份恢复到空的安装（a backup into an empty installation）"
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="备份文件（the backup）")
    parser.add_argument("--json", action="store_true", help="机器可读（machine-readable）")


def run(options: argparse.Namespace) -> int:
    """Restore and prove: every table and every log. Raises Conflict("restore_not_empty"), InputError."""
    from fengsui import bootstrap_keep

    language = os.environ.get("FENGSUI_LANG", "zh")
    kept = bootstrap_keep.restore(options.file)
    found = bootstrap_keep.table_digests()
    different = sorted(name for name, told in kept.tables.items() if found.get(name) != told)
    if different:
        raise Permanent("restore_differs", tables="、".join(different))
    logs = bootstrap_keep.verify_all_logs()
    if options.json:
        print(json.dumps({"rows": kept.rows, "tables": found, "logs": logs}, ensure_ascii=False))
    else:
        data = {"rows": kept.rows, "tables": len(found), "logs": logs, "made_at": kept.made_at[:19]}
        print(word("archive", "restored", language, **data))
    return 0
