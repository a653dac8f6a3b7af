"""``fengsui verify EXPORT.json``: prove that an exported log is unbroken, or say which record is not."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

from fengsui.application.wording import word
from fengsui.core.errors import InputError
from fengsui.core.response.chain import GENESIS, Problem, verify_text

MOST_BYTES = 200 * 1024 * 1024


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("verify", help="验证导出的日志 (verify an exported log)")
    parser.add_argument("export", type=Path, metavar="EXPORT.json", help="导出的日志 (exported log)")
    parser.add_argument("--json", action="store_true", help="机器可读 (machine-readable)")


def run(options: argparse.Namespace) -> int:
    """Return 0 when unbroken, 1 when not. Raises InputError when there is no such file."""
    language = os.environ.get("FENGSUI_LANG", "zh")
    try:
        if options.export.stat().st_size > MOST_BYTES:
            raise InputError("file_too_big", limit_mb=MOST_BYTES // 1024 // 1024)
        data = options.export.read_bytes()
    except OSError:
        raise InputError("file_missing", path=options.export) from None
    try:
        # Bytes, not text mode: a changed line end is a changed byte.
        text = data.decode("utf-8")
        problems = verify_text(text)
    except UnicodeDecodeError as error:
        text, problems = "{}", (Problem(seq=None, code="not_json", detail=str(error.reason)),)
    told = [tell(problem, language) for problem in problems]
    log = {} if problems else json.loads(text)
    count, head = log.get("count", 0), log.get("head", GENESIS)
    if options.json:
        found = [
            {"seq": problem.seq, "code": problem.code, "message": line}
            for problem, line in zip(problems, told, strict=True)
        ]
        result = {"unbroken": not problems, "count": count, "head": head, "problems": found}
        print(json.dumps(result, ensure_ascii=False))
    elif problems:
        print("\n".join([word("verify", "broken", language), *(f"  {line}" for line in told)]))
    else:
        print(word("verify", "unbroken", language, count=count, head=head))
    return 1 if problems else 0


def tell(problem: Problem, language: str = "zh") -> str:
    """A problem of a log in words."""
    return word("log_problem", problem.code, language, seq=problem.seq, detail=problem.detail)
