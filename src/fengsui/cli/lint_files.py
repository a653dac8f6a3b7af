"""Files for ``fengsui lint``: what lies in a folder, what a pattern names, the files it keeps for itself."""

from __future__ import annotations

import glob
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from fengsui.core.errors import InputError

MOST_KEPT_BYTES = 64 * 1024 * 1024
"""Largest configuration, baseline or list of dismissals; a hundred thousand findings are a third."""

_PASSED_BY = (".", "~$", "__MACOSX", "__pycache__", "node_modules")


def found_upward(start: Path, name: str) -> Path | None:
    """The file ``name`` in the folder ``start`` or the nearest above it that has one."""
    try:
        begin = start.resolve()
    except (OSError, RuntimeError):
        begin = Path(os.path.abspath(start))
    for folder in (begin, *begin.parents):
        if os.path.isfile(folder / name):
            return folder / name
    return None


def walk(folder: Path, wanted: Callable[[Path], bool]) -> Iterator[Path]:
    """The files under ``folder`` that are ``wanted``, by name; hidden ones and those of programs passed by.

    A link to a folder is not followed, so that no loop holds the run. A folder that may not be looked into is
    given itself, so that it is told like a file that cannot be read.
    """
    closed: list[OSError] = []
    for where, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith(_PASSED_BY))
        for name in sorted(names):
            file = Path(where, name)
            if not name.startswith(_PASSED_BY) and wanted(file):
                yield file
    yield from (Path(each.filename) for each in closed)


def named_by(pattern: str) -> list[Path]:
    """What a pattern (``预案/**/*.docx``) names in the file system, by name."""
    return [Path(each) for each in sorted(glob.glob(pattern, recursive=True))]


def may_read(path: Path) -> bool:
    """Whether this person may read the file; a file that is not there may be."""
    return not os.path.exists(path) or os.access(path, os.R_OK)


def read_kept(path: Path) -> str | None:
    """The text of a file kept by us, None where there is none.

    Raises InputError ``kept_not_read`` where it is no UTF-8 text, too large or closed to this person.
    """
    try:
        if path.stat().st_size > MOST_KEPT_BYTES:
            raise InputError("kept_not_read", path=path)
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        raise InputError("kept_not_read", path=path) from None


def write_kept(path: Path, text: str) -> None:
    """Write the whole file or none of it. Raises InputError ``output_not_written``."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".fengsui-", suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
            os.chmod(name, mode)
            os.replace(name, path)
        except OSError:
            os.unlink(name)
            raise
    except OSError:
        raise InputError("output_not_written", path=path) from None


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
