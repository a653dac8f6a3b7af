"""``fengsui batch export|lint|bench``: plans by the million, as Parquet tables checked by DuckDB."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from fengsui.application.batch_linting import (
    BatchTables,
    FilePart,
    by_rule,
    by_severity,
    export_files,
    export_library,
    file_parts,
    in_processes,
    library_parts,
    waiting,
)
from fengsui.application.lint_words import finding_table, message
from fengsui.application.wording import word
from fengsui.bootstrap import batch_tables, load_document, plan_source
from fengsui.cli.lint_files import walk
from fengsui.core.errors import InputError
from fengsui.core.lint.finding import Severity
from fengsui.core.lint.flat_findings import finding_of_row

_SUFFIXES = (".docx", ".doc", ".wps", ".pdf", ".html", ".htm", ".txt", ".md")
_MOST_JOBS = 64
_INTERRUPTED = 130


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its actions."""
    parser = commands.add_parser("batch", help="成批查错：上百万份预案 (check plans by the million)")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    export = actions.add_parser("export", help="把预案写成 Parquet 表，可接着写 (write the tables)")
    export.add_argument("--library", action="store_true", help="预案库施行中的 (the plans in force)")
    export.add_argument("files", nargs="*", type=Path, metavar="FILE", help="文件、文件夹 (files, folders)")
    export.add_argument("--to", type=Path, required=True, metavar="DIR", help="表的文件夹 (where to)")
    lint = actions.add_parser("lint", help="用 DuckDB 查分级和启动权限 (thresholds and powers)")
    lint.add_argument("folder", type=Path, metavar="DIR", help="表的文件夹 (folder of the tables)")
    lint.add_argument("--findings", action="store_true", help="列出每一处 (list every finding)")
    bench = actions.add_parser("bench", help="生成预案，两种查法对照 (made plans, both ways of checking)")
    bench.add_argument("--plans", type=int, default=1_000_000, metavar="N", help="多少份 (how many)")
    bench.add_argument("--sample", type=int, default=20_000, metavar="N", help="逐份对照多少份 (compared)")
    bench.add_argument("--keep", type=Path, metavar="DIR", help="表留在这里，可接着做 (keep the tables)")
    for each in (export, lint, bench):
        each.add_argument("--jobs", type=int, default=2, metavar="N", help="几个进程 (processes)")
        each.add_argument("--json", action="store_true", help="机器可读 (machine-readable)")


def run(options: argparse.Namespace) -> int:
    """Run the action. Raises InputError where what was asked makes no sense or DuckDB is missing."""
    if not 1 <= options.jobs <= _MOST_JOBS:
        raise InputError("jobs_wrong", most=_MOST_JOBS)
    language = os.environ.get("FENGSUI_LANG", "zh")
    try:
        return {"export": _export, "lint": _lint, "bench": _bench}[options.action](options, language)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        raise  # somebody has seen enough of a long list
    except OSError as problem:
        raise InputError("batch_disk", path=problem.filename or "", why=problem.strerror or "") from problem


# --- export ----------------------------------------------------------------------------------------------


def _export(options: argparse.Namespace, language: str) -> int:
    tables = batch_tables(options.to)
    if options.library and options.files:
        raise InputError("batch_library_or_files")
    count = _export_library(tables, language) if options.library else _export_files(tables, options, language)
    noted = [tables.exported(part) or {} for part in tables.parts()]
    unread = [each for one in noted for each in one.get("unread", [])]
    plans = sum(int(one.get("plans", 0)) for one in noted)
    if options.json:
        left = [
            {"file": file, "code": code, "message": word("error", code, language)} for file, code in unread
        ]
        print(json.dumps({"plans": plans, "files": count, "unread": left}, ensure_ascii=False))
    else:
        for file, code in unread:
            print(word("batch", "unread", language, file=file, why=word("error", code, language)))
        print(word("batch", "exported", language, plans=plans, files=count, unread=len(unread)))
    return 0


def _export_files(tables: BatchTables, options: argparse.Namespace, language: str) -> int:
    """Write the files named; how many there are."""
    files = list(dict.fromkeys(_files(options.files)))
    if not files:
        raise InputError("batch_no_files")
    tasks = [(options.to, each) for each in waiting(tables, file_parts(files))]
    for turn, ((_, part), _) in enumerate(in_processes(_export_part, tasks, options.jobs), 1):
        _told("step_export", language, part=part.part, done=turn, of=len(tasks))
    return len(files)


def _export_library(tables: BatchTables, language: str) -> int:
    """Write the plans in force; how many there are."""
    source = plan_source()
    heads = source.heads()
    tasks = waiting(tables, library_parts(heads))
    for turn, part in enumerate(tasks, 1):
        export_library(tables, part, source)
        _told("step_export", language, part=part.part, done=turn, of=len(tasks))
    return len(heads)


def _files(named: Sequence[Path]) -> Iterator[Path]:
    for path in named:
        if path.is_dir():
            yield from walk(path, lambda each: each.suffix.lower() in _SUFFIXES)
        elif path.exists():
            yield path
        else:
            raise InputError("batch_no_such_file", path=str(path))


def _export_part(task: tuple[Path, FilePart]) -> int:
    folder, part = task

    def load(path: Path) -> tuple[Sequence[Any], str]:
        document = load_document(path)
        return document.lines, document.id

    return export_files(batch_tables(folder), part, load)[0]


# --- lint ------------------------------------------------------------------------------------------------


def _lint(options: argparse.Namespace, language: str) -> int:
    tables = batch_tables(options.folder)
    parts = tables.parts()
    if not parts:
        raise InputError("batch_no_tables", path=str(options.folder))
    tasks = [(options.folder, part) for part in parts if tables.linted(part) is None]
    for turn, ((_, part), _) in enumerate(in_processes(_lint_part, tasks, options.jobs), 1):
        _told("step_lint", language, part=part, done=turn, of=len(tasks))
    counts = tables.counts()
    grades = by_severity(counts)
    if options.findings:
        _put_findings(tables, parts, options.json, language)
    plans = sum(int((tables.exported(part) or {}).get("plans", 0)) for part in parts)
    if options.json:
        rules = [{"rule": rule.code, "name": rule.name, "count": count} for rule, count in by_rule(counts)]
        severity = {grade.value: count for grade, count in grades.items()}
        print(json.dumps({"plans": plans, "rules": rules, "severity": severity}, ensure_ascii=False))
    else:
        for rule, count in by_rule(counts):
            print(f"{count:>10}  {rule.code} {word('lint_rule', rule.name, language)}")
        said = {grade.value: count for grade, count in grades.items()}
        print(word("batch", "checked", language, plans=plans, count=sum(grades.values()), **said))
    return int(grades[Severity.H] > 0)


def _put_findings(tables: BatchTables, parts: Sequence[int], as_json: bool, language: str) -> None:
    """One line a finding, as they are read: there may be millions."""
    for part in parts:
        for name, title, row in tables.findings(part):
            finding = finding_of_row(row, title)
            if as_json:
                print(json.dumps(finding_table(finding, name, language), ensure_ascii=False))
            else:
                said = message(finding, language)
                print(f"{name}:{finding.line}: {finding.rule.code} {finding.rule.name} {said}")


def _lint_part(task: tuple[Path, int]) -> int:
    folder, part = task
    return batch_tables(folder).lint_part(part)


# --- bench -----------------------------------------------------------------------------------------------


def _bench(options: argparse.Namespace, language: str) -> int:
    batch_tables(Path())  # without DuckDB the sentence that says so, before anything is loaded
    from fengsui.bench.batch import run_batch

    if options.plans < 1 or options.sample < 0:
        raise InputError("batch_no_plans")

    def told(step: str, done: int, of: int) -> None:
        _told(f"step_{step}", language, part=done, done=done, of=of)

    with tempfile.TemporaryDirectory(prefix="fengsui-batch-") as own:
        result = run_batch(options.keep or Path(own), options.plans, options.sample, options.jobs, told)
    if options.json:
        print(json.dumps(asdict(result), ensure_ascii=False))
    else:
        for name, count in result.by_rule.items():
            print(f"{count:>10}  {name}")
        rates = {"write": result.rows / result.export_s, "check": result.rows / result.lint_s}
        print(word("batch", "bench", language, **asdict(result), **rates))
        print(
            word(
                "batch",
                "same" if not result.missing + result.extra else "differs",
                language,
                **asdict(result),
            )
        )
    return int(bool(result.missing or result.extra))


def _told(code: str, language: str, **data: object) -> None:
    print(word("batch", code, language, **data), file=sys.stderr, flush=True)
