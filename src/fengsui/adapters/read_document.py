"""Reading a document file of any format: bytes → lines with the identity of the document.

The one way in for files from outside; it looks at the content, and at the name only to tell the formats of
plain text apart. Limits are checked before anything is read.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from fengsui.adapters.ooxml_package import OLE_HEADER, is_encrypted_office
from fengsui.adapters.read_docx import read_docx
from fengsui.adapters.read_html import read_html
from fengsui.adapters.read_limits import MOST_BYTES, MOST_FULL_LINES
from fengsui.adapters.read_office import read_office
from fengsui.adapters.read_pdf import read_pdf
from fengsui.adapters.read_text import read_text
from fengsui.core.errors import InputError
from fengsui.core.reading.blocks import TextLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document as read: ``id`` is the SHA-256 of its bytes (16 hex digits), ``name`` that of the file."""

    id: str
    name: str
    lines: tuple[TextLine, ...]


def load_document(path: Path) -> Document:
    """Read the file at ``path``.

    Raises InputError: ``file_missing``, ``file_too_big``, ``empty_file``, ``format_not_read``, ``not_text``,
    ``damaged_file``, ``password_protected``, ``unsafe_file``, ``too_many_lines``, ``too_many_pages``.
    """
    try:
        size = path.stat().st_size if path.is_file() else None
    except OSError:
        size = None
    if size is None:
        raise InputError("file_missing", path=path)
    if size > MOST_BYTES:
        raise InputError("file_too_big", limit_mb=MOST_BYTES // 1024 // 1024)
    try:
        data = path.read_bytes()
    except OSError:
        raise InputError("file_missing", path=path) from None
    return read_document(data, path.name)


def read_document(data: bytes, name: str) -> Document:
    """Read a file given as bytes (an upload). Raises as ``load_document`` does."""
    if len(data) > MOST_BYTES:
        raise InputError("file_too_big", limit_mb=MOST_BYTES // 1024 // 1024)
    if not data:
        raise InputError("empty_file")
    lines = _lines(data, Path(name).suffix.lower())
    if len(lines) > MOST_FULL_LINES:
        full = sum(not line.text.isspace() for line in lines if line.text)
        if full > MOST_FULL_LINES:
            raise InputError("too_many_lines", limit=MOST_FULL_LINES)
    return Document(id=document_id(data), name=name, lines=lines)


def document_id(data: bytes) -> str:
    """The identity of a document: the first 16 hex digits of the SHA-256 of its bytes."""
    return hashlib.sha256(data).hexdigest()[:16]


def _lines(data: bytes, suffix: str) -> tuple[TextLine, ...]:
    if data.startswith(b"PK\x03\x04") or suffix == ".docx":
        if suffix in (".xlsx", ".pptx", ".zip", ".ofd", ".odt"):
            raise InputError("format_not_read", format=suffix[1:].upper())
        return read_docx(data)
    if data.startswith(OLE_HEADER):
        if is_encrypted_office(data):
            raise InputError("password_protected")
        if suffix in (".xls", ".ppt", ".et", ".dps", ".msg"):
            raise InputError("format_not_read", format=suffix[1:].upper())
        return read_office(data, "WPS" if suffix == ".wps" else "DOC")
    if b"%PDF-" in data[:1024] or suffix == ".pdf":
        return read_pdf(data)
    start = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")) or suffix in (".html", ".htm"):
        return read_html(data)
    if start.startswith(b"{\\rtf") or suffix == ".rtf":
        raise InputError("format_not_read", format="RTF")
    if suffix in (".doc", ".wps"):
        raise InputError("damaged_file")
    return read_text(data)
