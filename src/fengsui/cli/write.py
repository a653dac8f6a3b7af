"""``fengsui write FILE [--plan PART] --format docx|pdf|json -o OUT``: a plan as a document (公文)."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from fengsui import bootstrap
from fengsui.application.documents import official_document, outline_of
from fengsui.application.plan_exchange import plan_document, plan_document_text
from fengsui.cli.output import chosen, format_of, write_file
from fengsui.core.reading.draft import plan_outlines, read_plan

FORMATS = ("docx", "pdf", "json")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("write", help="把预案写成公文 (write a plan as an official document)")
    parser.add_argument("file", type=Path, metavar="FILE", help=".txt .md .html .docx .doc .wps .pdf")
    parser.add_argument("--plan", metavar="TITLE_PART", help="标题含此文字的预案 (the plan so titled)")
    parser.add_argument("--format", choices=FORMATS, help="缺省看 OUT 的后缀 (default: by the name of OUT)")
    parser.add_argument("--no-annex", action="store_true", help="不附汇编 (without the compiled annex)")
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="OUT")


def run(options: argparse.Namespace) -> int:
    """Write the file; return 0. Raises InputError for a file or a plan that is not there."""
    kind = options.format or format_of(options.out, FORMATS)
    document = bootstrap.load_document(options.file)
    outlines = plan_outlines(document.lines, document.id)
    drafts = [read_plan(outline) for outline in outlines]
    content = chosen([draft.content for draft in drafts], options.plan)
    if kind == "json":
        draft = next(draft for draft in drafts if draft.content is content)
        write_file(options.out, plan_document_text(plan_document(draft, document.lines)).encode())
        return 0
    paper = official_document(
        content,
        outline_of(outlines, content),
        document.lines,
        in_force=False,
        exercise=bootstrap.is_exercise(),
        language=os.environ.get("FENGSUI_LANG", "zh"),
        compiled=not options.no_annex,
    )
    write_file(options.out, bootstrap.document_file(paper, kind))
    return 0
