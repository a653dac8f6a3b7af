"""From files to findings: each read and checked by itself, in several processes when there are many."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fengsui.application.library_linting import between, lint_document
from fengsui.application.lint_report import Checked
from fengsui.application.wording import LANGUAGES, sentence, word
from fengsui.bootstrap import load_document, read_lines
from fengsui.cli.lint_files import may_read
from fengsui.core.citation import Citation
from fengsui.core.errors import FengsuiError, InputError
from fengsui.core.lint.finding import Hit, finding_of
from fengsui.core.lint.registry import Registered, all_rules
from fengsui.core.lint.run import UNREADABLE
from fengsui.core.reading.blocks import TextLine

MANY_FILES = 40
"""From so many files on a second process is worth its start."""
FEW_FILES = 4
"""Up to so many files no bar is shown."""
_NO_PLAN = ("no_plan", "not_chinese", "own_report")
_OWN_TITLES = tuple(
    word(group, "title", language) for group in ("lint_report", "lint_leader") for language in LANGUAGES
)


@dataclass(frozen=True, slots=True)
class Task:
    """A file to be checked; ``data`` is its content where it did not come from the disk."""

    file: str
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What one file comes to; ``no_plan``: it can be read and is something else."""

    checked: Checked
    no_plan: bool = False


def check_all(tasks: Sequence[Task], rules: Sequence[Registered], language: str, jobs: int) -> list[Answer]:
    """Every file, in order; a file that cannot be read is one finding and stops no other."""
    with _Bar(len(tasks)) as bar:
        if jobs > 1 and len(tasks) > 1:
            answers = _in_processes(tasks, rules, language, jobs, bar.step)
        else:
            answers = []
            for task in tasks:
                answers.append(check(task, rules, language))
                bar.step()
    joined = between([answer.checked for answer in answers], rules)
    return [Answer(checked, answer.no_plan) for checked, answer in zip(joined, answers, strict=True)]


def jobs_for(files: int, asked: int | None) -> int:
    """How many processes: as asked, else two where there are many files and two cores."""
    if asked is not None:
        return asked
    return min(2, os.cpu_count() or 1) if files >= MANY_FILES else 1


def check(task: Task, rules: Sequence[Registered], language: str) -> Answer:
    """One file by itself."""
    try:
        lines, document = _read(task)
        if next((line.text for line in lines if line.text.strip()), "").lstrip().startswith(_OWN_TITLES):
            raise InputError("own_report")
        found, digests = lint_document(lines, document, rules, task.file)
    except FengsuiError as problem:
        return _unread(task, problem, language)
    except (MemoryError, RecursionError):
        return _unread(task, InputError("unsafe_file"), language)
    except Exception as problem:  # whatever a reader meets, the other files are still checked
        return _unread(task, InputError("reader_failed", problem=type(problem).__name__), language)
    return Answer(Checked(task.file, lines, found, digests=digests))


def _read(task: Task) -> tuple[tuple[TextLine, ...], str]:
    if task.data is not None:
        return read_lines(Path(task.file).name, task.data), task.file
    path = Path(task.file)
    if os.path.isdir(path) or not may_read(path):
        # A folder comes here only where it could not be looked into.
        raise InputError("file_closed", path=path)
    document = load_document(path)
    return document.lines, document.id


def _unread(task: Task, problem: FengsuiError, language: str) -> Answer:
    place = Citation(document="", clause="", line=0, quote="")
    # The name tells two unreadable files apart, so that one may be put aside without the other.
    data = {"problem": sentence(problem, language), "code": problem.code, "file": Path(task.file).name}
    finding = finding_of(UNREADABLE, Hit(at=place, mend="", data=data), "")
    return Answer(Checked(task.file, (), (finding,)), no_plan=problem.code in _NO_PLAN)


_rules_here: tuple[Registered, ...] = ()


def _start(names: frozenset[str]) -> None:
    global _rules_here
    _rules_here = tuple(item for item in all_rules() if item.rule.name in names)


def _check_here(task: Task, language: str) -> Answer:
    return check(task, _rules_here, language)


def _in_processes(
    tasks: Sequence[Task],
    rules: Sequence[Registered],
    language: str,
    jobs: int,
    step: Callable[[], None],
) -> list[Answer]:
    # Rules travel by name: their functions do not.
    names = frozenset(item.rule.name for item in rules)
    answers: dict[int, Answer] = {}
    for nth, answer in _pooled(list(enumerate(tasks)), names, language, jobs):
        answers[nth] = answer
        step()
    # A file that ended its process took others with it: each is tried once more, alone.
    for nth, task in enumerate(tasks):
        if nth not in answers:
            alone = dict(_pooled([(nth, task)], names, language, 1))
            answers[nth] = alone.get(nth) or _unread(task, InputError("unsafe_file"), language)
            step()
    return [answers[nth] for nth in range(len(tasks))]


def _pooled(
    tasks: Sequence[tuple[int, Task]], names: frozenset[str], language: str, jobs: int
) -> Iterator[tuple[int, Answer]]:
    """The answers as they come; those of files whose process was ended do not."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(jobs, len(tasks)), spawn, _start, (names,)) as pool:
        waiting = {pool.submit(_check_here, task, language): nth for nth, task in tasks}
        for done in as_completed(waiting):
            try:
                yield waiting[done], done.result()
            except BrokenProcessPool:
                return


class _Bar:
    """A bar on standard error when a person watches and there are more than a few files."""

    def __init__(self, total: int) -> None:
        self._bar: Any = None
        if total > FEW_FILES and sys.stderr.isatty():
            from tqdm import tqdm

            self._bar = tqdm(total=total, file=sys.stderr, leave=False, unit="")

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def step(self) -> None:
        if self._bar is not None:
            self._bar.update(1)
