"""``fengsui lint FILE…``: the faults of plans, with their places; exit status 1 when a grave one stands."""

from __future__ import annotations

import argparse
import os
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from fengsui.application.library_linting import between, lint_document
from fengsui.application.lint_report import Checked
from fengsui.application.lint_words import explained, message, rules_page, see_also, suggestion
from fengsui.application.wording import sentence, word
from fengsui.bootstrap import load_document
from fengsui.cli.lint_fix import fix_files
from fengsui.cli.lint_output import FORMATS, put, write
from fengsui.core.citation import Citation
from fengsui.core.errors import FengsuiError, InputError
from fengsui.core.lint.finding import Finding, Hit, Severity, finding_of
from fengsui.core.lint.place import place_in
from fengsui.core.lint.registry import Registered, all_rules, choose, labels
from fengsui.core.lint.run import UNREADABLE

KINDS = (".txt", ".md", ".html", ".htm", ".docx", ".doc", ".wps", ".pdf")
"""What is taken from a folder."""
EXCERPT = 60
"""Characters of a source line that are shown around the place."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("lint", help="查出预案里的毛病 (find the faults of plans)")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="文件或文件夹 (files or folders)")
    parser.add_argument("--json", action="store_true", help="机器可读 (machine-readable)")
    parser.add_argument("--format", choices=FORMATS, default="text", help="输出格式 (what to write)")
    parser.add_argument("--output", type=Path, metavar="PATH", help="写到这个文件 (write to this file)")
    parser.add_argument("--fix", action="store_true", help="列出并改好能放心改的 (mend what is safe, in a copy)")
    parser.add_argument("--select", metavar="CODES", default="", help="只查这些规则 (only these): G2,A")
    parser.add_argument("--ignore", metavar="CODES", default="", help="不查这些规则 (not these)")
    parser.add_argument("--strict", action="store_true", help="有任何发现即返回 1 (exit 1 on any finding)")
    parser.add_argument("--explain", metavar="RULE", help="说明一条规则，all 为全部 (explain a rule, or all)")
    parser.add_argument("--page", action="store_true", help="规则一览 (the page docs/lint-rules.md)")


def run(options: argparse.Namespace) -> int:
    """Check the files and print; 1 when a finding of severity H stands (any with ``--strict``), else 0.

    Raises InputError ``no_such_rule``, ``nothing_to_lint``.
    """
    language = os.environ.get("FENGSUI_LANG", "zh")
    if options.page:
        print(rules_page(language), end="")
        return 0
    if options.explain:
        print("\n\n".join("\n".join(explained(item.rule, language)) for item in _asked(options.explain)))
        return 0
    rules = choose(_codes(options.select), _codes(options.ignore))
    paths = list(_files(options.files))
    if not paths:
        raise InputError("nothing_to_lint")
    if options.fix:
        fix_files(paths, rules, options.output, language)
        return 0
    checked = between([check(path, rules, language) for path in paths], rules)
    form = "json" if options.json else options.format
    if form == "text":
        put("\n".join(told(checked, language)) + "\n", options.output, paths)
    else:
        write(form, checked, language, options.output)
    grave = [found for each in checked for found in each.findings if found.severity is Severity.H]
    return int(bool(grave) or (options.strict and any(each.findings for each in checked)))


def check(path: Path, rules: Sequence[Registered], language: str) -> Checked:
    """One file; a file that cannot be read is one finding."""
    try:
        document = load_document(path)
        found, digests = lint_document(document.lines, document.id, rules, str(path))
        return Checked(str(path), document.lines, found, digests=digests)
    except FengsuiError as problem:
        place = Citation(document="", clause="", line=0, quote="")
        hit = Hit(at=place, mend="", data={"problem": sentence(problem, language)})
        return Checked(str(path), (), (finding_of(UNREADABLE, hit, ""),))


def _codes(text: str) -> list[str]:
    return [code for code in text.replace("，", ",").replace(" ", "").split(",") if code]


def _asked(wanted: str) -> list[Registered]:
    rules = [item for item in all_rules() if wanted == "all" or wanted in labels(item.rule)]
    if not rules:
        raise InputError("no_such_rule", rule=wanted)
    return rules


def _files(paths: Sequence[Path]) -> Sequence[Path]:
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(each for each in path.rglob("*") if each.suffix.lower() in KINDS)
        else:
            found.append(path)
    return found


def told(checked: Sequence[Checked], language: str) -> list[str]:
    """The findings for a person: place, rule, sentence, the line with a caret, how to mend it; a summary."""
    lines: list[str] = []
    for each in checked:
        texts = {line.number: line.text for line in each.lines}
        for found in each.findings:
            lines += [*_told_one(each.file, texts, found, language), ""]
    counts = Counter(found.severity.value for each in checked for found in each.findings)
    total = {"plans": len(checked), "count": sum(counts.values())}
    grades = {grade.value: counts[grade.value] for grade in Severity}
    lines.append(word("lint", "summary" if counts else "clean", language, **total, **grades))
    return lines


def _told_one(file: str, texts: dict[int, str], found: Finding, language: str) -> list[str]:
    severity = word("lint", f"severity_{found.severity.value}", language)
    clause = word("lint", "clause", language, clause=found.clause) + " " if found.clause else ""
    place = f"{file}:{found.line}" if found.line else file
    lines = [f"{place}: {found.rule.code} [{severity}] {clause}{message(found, language)}"]
    lines += excerpt(texts.get(found.line, ""), found.evidence, found.line)
    lines += [f"  = {text}" for text in see_also(found, language)]
    mend = suggestion(found, language)
    if mend:
        lines.append("  = " + word("lint", "mend", language, text=mend))
    return lines


def excerpt(text: str, evidence: str, number: int) -> list[str]:
    """The source line with a caret under what is relied on; nothing where there is no line."""
    if not text.strip():
        return []
    start, length = place_in(text, evidence)
    begin = max(0, start - EXCERPT // 3)
    shown = text[begin : begin + EXCERPT].replace("\t", " ")
    margin = f"{number:>6} | "
    pad = " " * len(margin) + " " * _width(shown[: start - begin])
    marks = "^" * max(1, _width(shown[start - begin : start - begin + length]))
    return [margin + shown, pad + marks]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
