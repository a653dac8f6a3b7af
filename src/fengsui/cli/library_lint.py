"""``fengsui library lint``: every plan in force and all together; only what changed is done again."""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from collections.abc import Iterator

from fengsui.application.library_linting import LibraryCheck
from fengsui.application.lint_words import finding_table, message, see_also, suggestion
from fengsui.application.wording import word
from fengsui.core.lint.finding import Finding, Severity
from fengsui.core.lint.registry import choose

MOST_PLANS = 10
"""Plans named as those with most findings."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("--select", metavar="CODES", default="", help="只列这些规则 (only these): X1,A")
    parser.add_argument("--ignore", metavar="CODES", default="", help="不列这些规则 (not these)")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="同时查的进程数 (processes)")


def run_lint(options: argparse.Namespace) -> int:
    """Check the library and print; 1 when a grave finding stands. Raises InputError "no_such_rule"."""
    from fengsui.bootstrap import check_library

    language = os.environ.get("FENGSUI_LANG", "zh")
    names = {item.rule.name for item in choose(_codes(options.select), _codes(options.ignore))}
    result = check_library(options.jobs)
    found = [
        (head.title, each)
        for head in result.heads
        for each in result.findings[head.plan_id]
        if each.rule.name in names
    ]
    if options.json:
        table = [finding_table(each, title, language) for title, each in found]
        print(json.dumps({"plans": len(result.heads), "findings": table}, ensure_ascii=False))
    else:
        print("\n".join(_told(result, found, language)))
    return int(any(each.severity is Severity.H for _, each in found))


def _codes(text: str) -> list[str]:
    return [code for code in text.replace("，", ",").replace(" ", "").split(",") if code]


def _told(result: LibraryCheck, found: list[tuple[str, Finding]], language: str) -> Iterator[str]:
    """What stands between plans in full, then the rules and the plans with most; last how many in all."""
    for title, each in found:
        if each.elsewhere:
            severity = word("lint", f"severity_{each.severity.value}", language)
            yield f"{title}: {each.rule.code} [{severity}] {message(each, language)}"
            yield from (f"  = {text}" for text in see_also(each, language))
            mend = suggestion(each, language)
            if mend:
                yield "  = " + word("lint", "mend", language, text=mend)
    rules = Counter((each.rule.code, each.rule.name) for _, each in found)
    for (code, name), count in rules.most_common():
        yield f"{count:>6}  {code} {word('lint_rule', name, language)}"
    plans = Counter(title for title, _ in found)
    for title, count in plans.most_common(MOST_PLANS):
        yield f"{count:>6}  {title}"
    grades = Counter(each.severity.value for _, each in found)
    counts = {grade.value: grades[grade.value] for grade in Severity}
    total = {"plans": len(result.heads), "count": len(found), "checked": result.checked}
    yield word("lint", "library_summary", language, **total, **counts)
