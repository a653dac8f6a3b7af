"""The command line: one module per command, each offering ``add_parser`` and ``run``.

Errors go to standard error as one clear line and exit status 2; ``FENGSUI_LANG=zh|en`` picks the language.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from fengsui.core.errors import FengsuiError

COMMANDS = (
    "extract",
    "card",
    "chart",
    "write",
    "lint",
    "compare",
    "find",
    "grade",
    "respond",
    "verify",
    "serve",
    "bench",
    "demo",
    "backup",
    "restore",
    "move",
    "key",
    "notify",
    "library",
    "batch",
    "people",
)
"""Each is a module of this package; loaded only when named, so that reading starts fast."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``fengsui COMMAND …``; return the exit status (0, 1 by the command's own meaning, 2 on error)."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    wanted = [name for name in COMMANDS if arguments[:1] == [name]] or list(COMMANDS)
    parser = argparse.ArgumentParser(prog="fengsui", description="烽燧：把应急预案读懂、查清、跑起来")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    modules = {}
    for name in wanted:
        module = importlib.import_module(f"fengsui.cli.{name}")
        module.add_parser(commands)
        modules[name] = module
    options = parser.parse_args(arguments)
    try:
        return int(modules[options.command].run(options))
    except FengsuiError as error:
        from fengsui.application.wording import sentence

        print(sentence(error, language=os.environ.get("FENGSUI_LANG", "zh")), file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 0
