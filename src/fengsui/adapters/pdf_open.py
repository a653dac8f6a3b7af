"""Opening PDF files: what is damaged, locked or made to exhaust the machine is refused before it is read.

pypdf looks at the structure (it repairs little and says so), pdfplumber reads the pages afterwards.
"""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import pdfplumber
import pypdf
from pdfplumber.pdf import PDF

from fengsui.adapters.read_limits import (
    MOST_BYTES,
    MOST_PAGES,
    MOST_UNPACKED_IMAGE,
    MOST_UNPACKED_STREAM,
    MOST_UNPACKED_TOGETHER,
)
from fengsui.core.errors import InputError

_TAIL = 2048
"""Readers look for the end mark in the last bytes only, as something may follow it."""
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_TWICE_PACKED = re.compile(rb"/Fl(?:ateDecode)?\s*/Fl(?:ateDecode)?\b")

for _name in ("pypdf", "pdfminer"):
    # Their remarks on sloppy files are no message for the person who uploads one.
    logging.getLogger(_name).addHandler(logging.NullHandler())


@contextmanager
def open_pdf(data: bytes) -> Iterator[PDF]:
    """The pages of the file, ready to be read.

    Raises InputError ``empty_file``, ``file_too_big``, ``damaged_file``, ``password_protected``,
    ``too_many_pages``, ``unsafe_file``; a failure while a page is read within the block is
    ``damaged_file`` too.
    """
    if not data.strip(b"\0 \r\n\t"):
        raise InputError("empty_file")
    if len(data) > MOST_BYTES:
        raise InputError("file_too_big", limit_mb=MOST_BYTES // 1024 // 1024)
    if b"%PDF-" not in data[:1024] or b"%%EOF" not in data.rstrip(b"\0 \r\n\t")[-_TAIL:]:
        raise InputError("damaged_file")
    try:
        plain = _unlocked(data)
        _check_streams(plain)
        with pdfplumber.open(io.BytesIO(plain)) as opened:
            yield opened
    except InputError:
        raise
    except Exception as error:
        # The libraries raise a dozen kinds of errors on broken files, those of Python among them.
        raise InputError("damaged_file") from error


def _unlocked(data: bytes) -> bytes:
    """The bytes without encryption: many files forbid changes but open without a password."""
    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    locked = reader.is_encrypted
    if locked and not reader.decrypt(""):
        raise InputError("password_protected")
    pages = reader.get_num_pages()
    if pages > MOST_PAGES:
        raise InputError("too_many_pages", limit=MOST_PAGES)
    if pages == 0:
        raise InputError("damaged_file")
    if not locked:
        return data
    writer = pypdf.PdfWriter(clone_from=reader)
    copy = io.BytesIO()
    writer.write(copy)
    return copy.getvalue()


def _check_streams(data: bytes) -> None:
    """Refuse a file that unpacks to far more than it says; nothing is kept of what is unpacked."""
    if _TWICE_PACKED.search(data):
        raise InputError("unsafe_file")
    together = 0
    for found in _STREAM.finditer(data):
        head = data[max(0, found.start() - 1000) : found.start()].rpartition(b" obj")[2]
        if b"FlateDecode" not in head and b"/Fl" not in head:
            continue
        limit = MOST_UNPACKED_IMAGE if b"/Image" in head else MOST_UNPACKED_STREAM
        together += _unpacked_size(data, found.end(), limit)
        if together > MOST_UNPACKED_TOGETHER:
            raise InputError("unsafe_file")


def _unpacked_size(data: bytes, start: int, limit: int) -> int:
    unpacker = zlib.decompressobj()
    size = 0
    window = 1 << 20
    rest = data[start : start + window]
    position = start + window
    try:
        while rest and not unpacker.eof:
            size += len(unpacker.decompress(rest, 1 << 20))
            if size > limit:
                raise InputError("unsafe_file")
            rest = unpacker.unconsumed_tail
            if not rest:
                rest = data[position : position + window]
                position += window
    except zlib.error:
        pass
    return size
