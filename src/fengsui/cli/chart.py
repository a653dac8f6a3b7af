"""``fengsui chart FILE --kind headquarters|scene|flow -o OUT.svg``: a drawing of a plan (图)."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from fengsui import bootstrap
from fengsui.application.charts import CHARTS, draw
from fengsui.application.wording import word
from fengsui.cli.output import chosen, format_of, write_file
from fengsui.core.reading.draft import read_plans


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("chart", help="由预案画图 (draw a plan)")
    parser.add_argument("file", type=Path, metavar="FILE", help=".txt .md .html .docx .doc .wps .pdf")
    parser.add_argument("--plan", metavar="TITLE_PART", help="标题含此文字的预案 (the plan so titled)")
    parser.add_argument("--kind", choices=tuple(CHARTS), default="headquarters", help="哪一种图 (which)")
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="OUT.svg")


def run(options: argparse.Namespace) -> int:
    """Write the drawing; return 0. Raises InputError for a file or a plan that is not there."""
    language = os.environ.get("FENGSUI_LANG", "zh")
    format_of(options.out, ("svg",))
    document = bootstrap.load_document(options.file)
    contents = [draft.content for draft in read_plans(document.lines, document.id)]
    content = chosen(contents, options.plan)
    mark = word("document", "exercise", language) if bootstrap.is_exercise() else ""
    drawn = bootstrap.chart_file(draw(content, options.kind, language), mark=mark)
    write_file(options.out, drawn.encode())
    return 0
