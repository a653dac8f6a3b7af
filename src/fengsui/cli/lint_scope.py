"""Which files ``fengsui lint`` looks at, and by which configuration."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fengsui.application.lint_config import CONFIG_NAME, Config, read_config
from fengsui.application.lint_glob import any_matches, is_pattern
from fengsui.cli.lint_check import Task
from fengsui.cli.lint_files import found_upward, named_by, read_kept, walk
from fengsui.core.errors import InputError

KINDS = (".txt", ".md", ".html", ".htm", ".docx", ".doc", ".wps", ".pdf")
"""What is taken from a folder where the configuration says nothing else."""
STDIN = "-"
MOST_STDIN = 101 * 1024 * 1024
"""Read from standard input; one more megabyte than a file may have, so that a larger one is told."""


@dataclass(slots=True)
class Scope:
    """The files that were named, the configuration, and the folder its patterns and paths start from."""

    named: tuple[str, ...]
    config: Config
    folder: Path
    start: Path
    exclude: tuple[str, ...]
    force_exclude: bool
    plans_only: bool
    isolated: bool
    stdin_name: str
    _walked: set[str] = field(default_factory=set)

    @property
    def has_stdin(self) -> bool:
        return STDIN in self.named

    def paths(self) -> list[Path]:
        """The files to be checked, each once, in the order named; folders by name. Raises InputError."""
        found: dict[str, Path] = {}
        for path in self._found():
            found.setdefault(os.path.realpath(path), path)
        if not found and not self.has_stdin and not self.force_exclude:
            raise InputError("nothing_to_lint")
        return list(found.values())

    def tasks(self) -> list[Task]:
        """The files to be checked, standard input first where it was named."""
        tasks = [Task(str(path)) for path in self.paths()]
        if self.has_stdin:
            tasks.insert(0, Task(self.stdin_name, sys.stdin.buffer.read(MOST_STDIN)))
        return tasks

    def passes_by(self, file: str) -> bool:
        """Whether the file is passed by if it is no plan: one from a folder is, a named one is a finding."""
        return self.plans_only or file in self._walked

    def places(self, files: Sequence[str], folder: Path | None = None) -> dict[str, str]:
        """Each file relative to ``folder`` (that of the configuration), parts joined by ``/``."""
        base = self.folder if folder is None else folder
        return {file: _place(Path(file), base) for file in files}

    def _found(self) -> Iterator[Path]:
        for name in self.named:
            if name == STDIN:
                continue
            if not os.path.lexists(name) and is_pattern(name):
                yield from self._by_pattern(name)
            elif os.path.isdir(name):
                yield from self._in_folder(Path(name))
            elif not (self.force_exclude and self._excluded(Path(name))):
                yield Path(name)

    def _by_pattern(self, pattern: str) -> Iterator[Path]:
        found = named_by(pattern)
        if not found:
            raise InputError("pattern_names_nothing", pattern=pattern)
        for path in found:
            if path.is_file() and self._wanted(path):
                self._walked.add(str(path))
                yield path

    def _in_folder(self, folder: Path) -> Iterator[Path]:
        for path in walk(folder, self._wanted):
            self._walked.add(str(path))
            yield path

    def _wanted(self, path: Path) -> bool:
        if self.config.include:
            taken = any_matches(_place(path, self.folder), self.config.include)
        else:
            taken = path.suffix.lower() in KINDS
        return taken and not self._excluded(path)

    def _excluded(self, path: Path) -> bool:
        if any_matches(_place(path, self.folder), self.config.exclude):
            return True
        return bool(self.exclude) and any_matches(_place(path, Path.cwd()), self.exclude)


def scope_of(options: argparse.Namespace) -> Scope:
    """The files that were named, with the configuration that holds for them.

    Raises InputError ``config_missing``, ``kept_not_read`` and those of ``read_config``.
    """
    named = tuple(options.files or (".",))
    start = _start(named)
    config, folder = _config(options, start)
    return Scope(
        named=named,
        config=config,
        folder=folder,
        start=start,
        exclude=tuple(options.exclude),
        force_exclude=options.force_exclude,
        plans_only=options.plans_only,
        isolated=options.isolated,
        stdin_name=options.stdin_filename or STDIN,
    )


def _config(options: argparse.Namespace, start: Path) -> tuple[Config, Path]:
    here = Path.cwd()
    # Without a configuration, what is kept lies where one stands, if that is above the files.
    default = here if start.is_relative_to(here) else start
    path: Path | None = options.config
    if path is None:
        path = None if options.isolated else found_upward(start, CONFIG_NAME)
    if path is None:
        return Config(), default
    text = read_kept(path)
    if text is None:
        raise InputError("config_missing", path=path)
    return read_config(text, str(path)), path.resolve().parent


def _start(named: Sequence[str]) -> Path:
    """The nearest folder that holds all that was named: there the search for a configuration begins."""
    folders = []
    for name in named:
        plain = Path(_before_magic(name)) if name != STDIN else Path()
        try:
            full = plain.resolve()
        except (OSError, RuntimeError):  # a link that leads to itself
            full = Path(os.path.abspath(plain))
        folders.append(full if full.is_dir() else full.parent)
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:  # on several drives
        return Path.cwd()


def _before_magic(name: str) -> str:
    if os.path.lexists(name):
        return name
    parts = Path(name).parts
    until = next((n for n, part in enumerate(parts) if is_pattern(part)), len(parts))
    return str(Path(*parts[:until])) if until else "."


def _place(path: Path, folder: Path) -> str:
    try:
        place = Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # on another drive
        place = path.as_posix()
    # A name may hold bytes that are no text; what is kept is text.
    return place.encode("utf-8", "backslashreplace").decode("utf-8")
