"""Reading .doc and .wps by way of LibreOffice, where it is installed.

The file is converted to .docx in a folder of its own and read by the own reader, so automatic numbers
survive. One conversion at a time for each machine; each with a fresh user profile, so that a running office
program is not disturbed.
"""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fengsui.adapters.read_docx import read_docx
from fengsui.core.errors import InputError, Retryable
from fengsui.core.reading.blocks import TextLine

PROGRAMS = ("soffice", "libreoffice")
LONGEST_SECONDS = 120
_LOCK = "fengsui-office.lock"
_WORD_SIGN = b"\xec\xa5"
_ENCRYPTED_FLAG = 0x01
"""Bit of the second flag byte of a Word file (offset 11) that says the text is encrypted."""


def read_office(data: bytes, form: str) -> tuple[TextLine, ...]:
    """The paragraphs of a .doc or .wps file; ``form`` names the format to the user.

    Raises InputError ``no_converter``, ``password_protected``, ``damaged_file``; Retryable
    ``converter_slow``.
    """
    return read_docx(as_docx(data, form))


def as_docx(data: bytes, form: str) -> bytes:
    """A .doc or .wps file as .docx. Raises as ``read_office`` does."""
    if is_encrypted_word(data):
        raise InputError("password_protected")
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise InputError("no_converter", format=form)
    with tempfile.TemporaryDirectory(prefix="fengsui-") as folder, _alone():
        return _converted(program, data, Path(folder))


def is_encrypted_word(data: bytes) -> bool:
    """Whether the text of a binary Word file is encrypted, by the flag of its file information block."""
    for start in range(512, min(len(data), 1 << 20), 512):
        if data[start : start + 2] == _WORD_SIGN:
            return bool(data[start + 11 : start + 12] > b"" and data[start + 11] & _ENCRYPTED_FLAG)
    return False


@contextmanager
def _alone() -> Iterator[None]:
    with (Path(tempfile.gettempdir()) / _LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _converted(program: str, data: bytes, folder: Path) -> bytes:
    source = folder / "document.doc"
    source.write_bytes(data)
    command = [
        program,
        "--headless",
        "--norestore",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder),
        str(source),
    ]
    try:
        subprocess.run(command, capture_output=True, timeout=LONGEST_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise Retryable("converter_slow") from None
    except OSError:
        raise InputError("no_converter", format="DOC") from None
    result = folder / "document.docx"
    if not result.is_file():
        raise InputError("damaged_file")
    return result.read_bytes()
