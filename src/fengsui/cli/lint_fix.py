"""``fengsui lint --fix``: shows what can be mended without asking, and writes a mended copy where told to."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from fengsui.application.lint_fix import Keep, diff, fixes, mended_lines
from fengsui.application.messages import BEIJING
from fengsui.application.wording import sentence, word
from fengsui.bootstrap import clock, fixed_docx, load_document, word_file
from fengsui.cli.lint_output import copy_name, put
from fengsui.core.errors import FengsuiError, InputError
from fengsui.core.lint.fix import Fix
from fengsui.core.lint.registry import Registered
from fengsui.core.reading.blocks import TextLine

WORD_FILES = (".docx", ".doc", ".wps")
TEXT_FILES = (".txt", ".md")


def fix_files(
    paths: Sequence[Path],
    rules: Sequence[Registered],
    output: Path | None,
    language: str = "zh",
    keep: Keep | None = None,
) -> None:
    """Print the changes as a unified diff; write mended copies to ``output`` (a file; a folder for several).

    The file itself is never written. Raises InputError ``output_is_input``, ``output_not_written``,
    ``one_file_each``.
    """
    folder = output is not None and output.is_dir()
    if output is not None and not folder and len(paths) > 1:
        raise InputError("one_file_each", form="--fix")
    for path in paths:
        try:
            found, lines = _look(path, rules, language, keep)
            if found and output is not None:
                _write(path, lines, found, output / copy_name_of(path) if folder else output, paths, language)
        except FengsuiError as problem:
            if len(paths) == 1:
                raise
            print(f"{path}: {sentence(problem, language)}", file=sys.stderr)


def copy_name_of(path: Path) -> str:
    """The name of the mended copy of ``path`` in a folder."""
    return copy_name(path) if path.suffix.lower() in WORD_FILES else path.name


def _look(
    path: Path, rules: Sequence[Registered], language: str, keep: Keep | None
) -> tuple[tuple[Fix, ...], tuple[TextLine, ...]]:
    document = load_document(path)
    found = fixes(document.lines, document.id, rules, keep)
    print(diff(str(path), document.lines, found), end="")
    code = "fix_some" if found else "fix_none"
    print(f"{path}: {word('lint_report', code, language, count=len(found))}", file=sys.stderr)
    return found, document.lines


def _write(
    path: Path,
    lines: Sequence[TextLine],
    found: Sequence[Fix],
    target: Path,
    sources: Sequence[Path],
    language: str,
) -> None:
    suffix = path.suffix.lower()
    if suffix in WORD_FILES:
        at = clock().now().astimezone(BEIJING)
        made, done = fixed_docx(word_file(path.read_bytes(), path.name), found, at)
        put(made, target, sources)
        left = len(found) - len(done)
        if left:
            print(f"{path}: {word('lint_report', 'fix_left', language, count=left)}", file=sys.stderr)
    elif suffix in TEXT_FILES:
        put(_ended(path.read_bytes(), mended_lines(lines, found)), target, sources)
    else:
        raise InputError("not_mendable", name=path.name)


def _ended(data: bytes, lines: Sequence[str]) -> str:
    """The lines as one text, ended as the file ends its lines."""
    return ("\r\n" if b"\r\n" in data else "\n").join(lines)
