"""``fengsui backup FILE``: everything this installation holds, in one file, while it goes on working."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from fengsui.application.wording import word


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("backup", help="备份全部数据到一个文件（save everything to one file）")
    parser.add_argument("file", type=Path, metavar="FILE", help="备份文件（the file to write）")
    parser.add_argument("--check", action="store_true", help="只核对已有备份（only check an old one）")


def run(options: argparse.Namespace) -> int:
    """Write or check; one line says what is in it. Raises InputError, Permanent("backup_not_written")."""
    from fengsui import bootstrap_keep

    language = os.environ.get("FENGSUI_LANG", "zh")
    kept = (
        bootstrap_keep.check_backup(options.file) if options.check else bootstrap_keep.back_up(options.file)
    )
    code = "checked" if options.check else "written"
    data = {"path": options.file, "rows": kept.rows, "files": len(kept.files), "made_at": kept.made_at[:19]}
    print(word("archive", code, language, **data))
    return 0
