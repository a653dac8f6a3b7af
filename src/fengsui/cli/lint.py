"""``fengsui lint [FILE…]``: the faults of plans, with their places, like a linter of source code.

Without arguments the folder one stands in. Exit status 0: no grave fault, 1: one stands (with ``--strict``
any), 2: what was asked makes no sense.
"""

from __future__ import annotations

import argparse
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

from fengsui.application.lint_config import MOST_JOBS, Config, Selection, selection
from fengsui.application.lint_fix import not_put_aside
from fengsui.application.lint_settle import Settled, kept, put_aside
from fengsui.application.lint_words import rules_page
from fengsui.application.messages import BEIJING
from fengsui.application.wording import word
from fengsui.bootstrap import clock
from fengsui.cli.lint_check import check_all, jobs_for
from fengsui.cli.lint_fix import fix_files
from fengsui.cli.lint_keep import Baseline, dismiss, dismissals_in
from fengsui.cli.lint_output import FORMATS, put, write
from fengsui.cli.lint_scope import Scope, scope_of
from fengsui.cli.lint_text import concise, dismissed, listed, page_of, statistics, told
from fengsui.core.errors import InputError
from fengsui.core.lint.finding import Severity

INTERRUPTED = 130
"""Exit status when the person at the terminal ended the run."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("lint", help="查出预案里的毛病 (find the faults of plans)")
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="文件、文件夹或通配符，- 为标准输入 (files, folders, globs)"
    )
    _add_output(parser)
    _add_rules(parser)
    _add_scope(parser)
    _add_keeping(parser)


def _add_output(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("输出 (output)")
    group.add_argument("--json", action="store_true", help="机器可读 (machine-readable)")
    group.add_argument(
        "--format",
        "--output-format",
        choices=(*FORMATS, "concise"),
        default="text",
        help="输出格式，concise 每处一行 (what to write)",
    )
    group.add_argument("--output", type=Path, metavar="PATH", help="写到这个文件 (write to this file)")
    group.add_argument("--fix", action="store_true", help="改能放心改的，写在副本里 (mend what is safe)")
    group.add_argument("--statistics", action="store_true", help="每条规则发现几处 (counts by rule)")
    group.add_argument("--quiet", "-q", action="store_true", help="只列发现，不写小结 (no summary)")
    group.add_argument("--strict", action="store_true", help="有任何发现即返回 1 (exit 1 on any finding)")
    group.add_argument("--exit-zero", action="store_true", help="有发现也返回 0 (exit 0 on findings)")


def _add_rules(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("规则 (rules)")
    group.add_argument("--select", metavar="CODES", default="", help="只查这些规则 (only these): G2,A")
    group.add_argument("--extend-select", metavar="CODES", default="", help="另外也查 (these besides)")
    group.add_argument("--ignore", metavar="CODES", default="", help="不查这些规则 (not these)")
    group.add_argument("--explain", metavar="RULE", help="说明一条规则，all 为全部 (explain a rule, or all)")
    group.add_argument("--list-rules", action="store_true", help="列出规则，每条一行 (one line a rule)")
    group.add_argument("--page", action="store_true", help="规则一览 (the page docs/lint-rules.md)")


def _add_scope(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("范围 (which files)")
    group.add_argument("--config", type=Path, metavar="FILE", help="用这个配置 (instead of fengsui.toml)")
    group.add_argument("--isolated", action="store_true", help="不读任何配置 (ignore all configuration)")
    group.add_argument(
        "--exclude", action="append", default=[], metavar="GLOB", help="不查这些文件 (not these files)"
    )
    group.add_argument(
        "--force-exclude", action="store_true", help="点名的文件也按排除办 (exclude named files too)"
    )
    group.add_argument(
        "--plans-only", action="store_true", help="点名的文件不是预案就跳过 (pass by what is no plan)"
    )
    group.add_argument("--stdin-filename", metavar="NAME", help="标准输入当作这个文件 (name for -)")
    group.add_argument("--jobs", type=int, metavar="N", help="几个进程 (how many processes)")


def _add_keeping(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("搁置和基线 (dismissals and baseline)")
    group.add_argument(
        "--dismiss",
        metavar="RULE:LINE",
        help="搁置一处发现，也可写指纹 (put a finding aside, or by fingerprint)",
    )
    group.add_argument("--reason", default="", metavar="TEXT", help="搁置的理由 (why it stands)")
    group.add_argument("--owner", default="", metavar="WHO", help="谁负责 (who answers for it)")
    group.add_argument("--until", metavar="DATE", help="搁置到哪天 (last day it holds): 2027-06-30")
    group.add_argument("--show-dismissed", action="store_true", help="也列出已搁置的 (list those too)")
    group.add_argument("--baseline", type=Path, metavar="FILE", help="只列基线里没有的 (only what is new)")
    group.add_argument("--write-baseline", type=Path, metavar="FILE", help="把现状记为基线 (write it)")


def run(options: argparse.Namespace) -> int:
    """Check the files and print. Raises InputError where what was asked makes no sense."""
    language = os.environ.get("FENGSUI_LANG", "zh")
    if options.page:
        print(rules_page(language), end="")
        return 0
    if options.explain:
        print("\n\n".join("\n".join(page) for page in _pages(options.explain, language)))
        return 0
    if options.jobs is not None and not 1 <= options.jobs <= MOST_JOBS:
        raise InputError("jobs_wrong", most=MOST_JOBS)
    scope = scope_of(options)
    if "FENGSUI_LANG" not in os.environ and scope.config.language:
        language = scope.config.language
    wanted = selection(
        scope.config, _codes(options.select), _codes(options.extend_select), _codes(options.ignore)
    )
    if options.list_rules:
        print("\n".join(listed(wanted.rules, language)))
        return 0
    if scope.has_stdin and (options.fix or options.format == "docx"):
        raise InputError("stdin_not_written")
    if options.fix:
        today = clock().now().astimezone(BEIJING).date()
        keep = not_put_aside(dismissals_in(scope).dismissals, today)
        fix_files(scope.paths(), wanted.rules, options.output, language, keep)
        return 0
    try:
        return _run(options, scope, wanted, language)
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(options: argparse.Namespace, scope: Scope, wanted: Selection, language: str) -> int:
    today = clock().now().astimezone(BEIJING).date()
    until = _day(options.until)
    # What is kept is read first: nobody should wait for a run that a misspelt line then makes useless.
    aside = dismissals_in(scope)
    baseline = Baseline.of(options, scope)
    tasks = scope.tasks()
    answers = check_all(
        tasks, wanted.rules, language, jobs_for(len(tasks), options.jobs or scope.config.jobs)
    )
    others = {each.checked.file for each in answers if each.no_plan and scope.passes_by(each.checked.file)}
    checked = [each.checked for each in answers if each.checked.file not in others]
    places = scope.places([each.file for each in checked])
    found = kept(checked, wanted, places, scope.config.per_file_ignores)
    settled = put_aside(found, aside.dismissals, today, language)
    settled = replace(settled, passed_by=tuple(sorted(others)))
    if options.dismiss is not None:
        said = dismiss(options.dismiss, settled, aside, options, today, until)
        put(
            word("lint", "dismissed_now", language, path=aside.path, rule=said.rule, clause=said.clause)
            + "\n",
            None,
        )
        return 0
    if baseline.write_to is not None:
        put(baseline.write(settled, wanted.rules, language) + "\n", None)
        return 0
    settled = baseline.against(settled, wanted.rules)
    _show(options, scope, settled, language)
    return _status(options, scope, settled)


def _show(options: argparse.Namespace, scope: Scope, settled: Settled, language: str) -> None:
    form = "json" if options.json else options.format
    paths = [Path(each.file) for each in settled.checked]
    if options.statistics and form == "text":
        put("\n".join([*statistics(settled.checked, language), ""]), options.output, paths)
    elif form == "text":
        lines = told(settled, language, quiet=options.quiet)
        if options.show_dismissed:
            lines += dismissed(settled.checked, language)
        put("".join(f"{line}\n" for line in lines), options.output, paths)
    elif form == "concise":
        put(concise(settled.checked, language), options.output, paths)
    else:
        write(form, settled.checked, language, options.output)


def _status(options: argparse.Namespace, scope: Scope, settled: Settled) -> int:
    if options.exit_zero:
        return 0
    found = [finding for each in settled.checked for finding in each.findings]
    strict = options.strict or scope.config.strict
    return int(any(strict or each.severity is Severity.H for each in found))


def _codes(text: str) -> list[str]:
    return [code for code in text.replace("，", ",").replace(" ", "").split(",") if code]


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise InputError("day_wrong", text=text) from None


def _pages(asked: str, language: str) -> list[list[str]]:
    names = _codes(asked)
    rules = selection(Config(), [] if names == ["all"] else names).rules
    if not names or not rules:
        raise InputError("no_such_rule", rule=asked)
    return [page_of(item.rule, language, with_kin=len(rules) == 1) for item in rules]
