"""``fengsui compare A B``: two plans by meaning or by text; exit status 1 when they differ."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from fengsui import bootstrap
from fengsui.application import comparing as use
from fengsui.application.wording import word
from fengsui.core.errors import InputError
from fengsui.core.plan.compare_types import Difference, Side
from fengsui.core.plan.text_diff import Fate, Kind, Piece, Row, inline

_COLORS = {Kind.GONE: "\033[31;9m", Kind.ADDED: "\033[32m"}
_OPEN = {Kind.GONE: ("[-", "-]"), Kind.ADDED: ("{+", "+}"), Kind.SAME: ("", "")}
CONTEXT = 14
"""Signs shown on either side of a change in a long text."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("compare", help="比对两份预案 (compare two plans)")
    parser.add_argument("before", metavar="A", help="原版或上级预案：文件，或预案库编号 (file or library id)")
    parser.add_argument("after", metavar="B", help="新版或下级预案 (file or library id)")
    parser.add_argument(
        "--plan", default="", metavar="N", help="A 中的哪一份 (which plan of A: number, title)"
    )
    parser.add_argument("--plan-b", default="", metavar="N", help="B 中的哪一份 (which plan of B)")
    parser.add_argument(
        "--linkage", action="store_true", help="A 是上级预案，只查不衔接之处 (A is the upper)"
    )
    parser.add_argument("--text", action="store_true", help="按原文逐条比对 (by text, clause by clause)")
    parser.add_argument("--json", action="store_true", help="机器可读 (machine-readable)")


def run(options: argparse.Namespace) -> int:
    """Compare and print; 1 when there is a difference, else 0. Raises InputError."""
    language = os.environ.get("FENGSUI_LANG", "zh")
    before = _plan(options.before, 1, options.plan, "--plan")
    after = _plan(options.after, 2, options.plan_b, "--plan-b")
    titles = {"before": before.content.title, "after": after.content.title}
    if options.text:
        rows = use.by_text(before, after)
        differ = any(row.fate is not Fate.SAME for row in rows)
        table = {**titles, "counts": use.fates(rows), "clauses": [use.row_table(row) for row in rows]}
        lines = _told_text(rows, language)
    else:
        found = use.by_meaning(before, after, linkage=options.linkage)
        differ = bool(found)
        rows_of = [use.difference_table(each, language) for each in found]
        table = {**titles, "counts": use.counts(found), "differences": rows_of}
        lines = _told(found, options.linkage, language)
    if options.json:
        json.dump(table, sys.stdout, ensure_ascii=False)
        print()
    else:
        print(word("compare", "heading", language, **titles))
        print("\n".join(lines))
    return int(differ)


def _plan(name: str, number: int, wanted: str, option: str) -> use.Comparable:
    """A plan by file or by id of the library. Raises InputError ``compare_no_plan``."""
    path = Path(name)
    if path.exists():
        document = bootstrap.load_document(path)
        return use.chosen(use.comparables(document.lines, document.id), wanted, path.name, option)
    if path.suffix or os.sep in name:
        raise InputError("compare_no_plan", number=number, name=name)
    library = bootstrap.library()
    from fengsui.store import selectors

    record = library.store.draft(name) or library.store.draft(selectors.draft_in_force(name) or "")
    if record is None:
        raise InputError("compare_no_plan", number=number, name=name)
    return use.comparable_of(library, record)


def _told(found: Sequence[Difference], linkage: bool, language: str) -> Iterator[str]:
    if not found:
        yield word("compare", "fits" if linkage else "nothing", language)
        return
    for section, group in groupby(found, key=lambda each: each.section):
        items = list(group)
        yield f"\n## {word('compare_section', section, language)} ({len(items)})"
        for each in items:
            yield from _told_one(each, linkage, language)
    yield "\n" + word("compare", "summary", language, **use.counts(found))


def _told_one(each: Difference, linkage: bool, language: str) -> Iterator[str]:
    about = use.about_words(each, language)
    colon, semicolon = (word("compare", mark, language) for mark in ("colon", "semicolon"))
    effects = semicolon.join(use.effect_words(each, language))
    head = use.code_words(each, language) + (colon + about if about else "")
    head += f" [{effects}]" if effects else ""
    yield f"- {head}"
    names = ("upper", "lower") if linkage else ("before", "after")
    texts = _texts(each.before, each.after)
    for name, side, text in zip(names, (each.before, each.after), texts, strict=True):
        if side is not None:
            shown = text or word("compare", "nobody", language)
            place = use.place_words(side.source, language)
            yield f"    {word('compare', name, language)} {place} {shown}"


def _texts(before: Side | None, after: Side | None) -> tuple[str, str]:
    """Both sides with their changes marked where both say something long."""
    if before is None or after is None or min(len(before.text), len(after.text)) < CONTEXT:
        return (before.text if before else "", after.text if after else "")
    pieces = inline(before.text, after.text)
    return _marked(pieces, Kind.ADDED), _marked(pieces, Kind.GONE)


def _marked(pieces: Sequence[Piece], without: Kind) -> str:
    shown = [piece for piece in pieces if piece.kind is not without]
    return "".join(
        _piece(piece, first=place == 0, last=place == len(shown) - 1) for place, piece in enumerate(shown)
    ).replace("\n", " ")


def _piece(piece: Piece, first: bool, last: bool) -> str:
    if piece.kind is Kind.SAME:
        text = piece.text
        if len(text) > 2 * CONTEXT + 2:
            head = "" if first else text[:CONTEXT]
            text = f"{head}…" + ("" if last else text[-CONTEXT:])
        return text
    if sys.stdout.isatty():
        return f"{_COLORS[piece.kind]}{piece.text}\033[0m"
    opened, closed = _OPEN[piece.kind]
    return f"{opened}{piece.text}{closed}"


def _told_text(rows: Sequence[Row], language: str) -> Iterator[str]:
    differing = [row for row in rows if row.fate is not Fate.SAME]
    if not differing:
        yield word("compare", "nothing_text", language)
        return
    for row in differing:
        places = [
            f"{each.number} {each.title} (L{each.line})".strip() for each in (row.before, row.after) if each
        ]
        fate = word("compare", f"fate_{row.fate.value}", language)
        yield f"\n## {fate} {' → '.join(dict.fromkeys(places))}"
        if row.fate is Fate.CHANGED:
            yield "    " + "".join(
                _piece(piece, place == 0, place == len(row.pieces) - 1)
                for place, piece in enumerate(row.pieces)
            ).replace("\n", "\n    ")
        elif row.fate is not Fate.RENUMBERED:
            clause = row.after or row.before
            yield "    " + (clause.text if clause else "").replace("\n", "\n    ")
    yield "\n" + word("compare", "summary_text", language, **use.fates(rows))
