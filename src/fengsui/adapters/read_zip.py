"""The files of a .zip, opened with distrust: each comes with its bytes or with the reason it was not taken.

Nothing is written anywhere, so a name is only a name; one that leads out of the archive is still refused,
because whoever made it meant harm. What the archive says of sizes is not believed: bytes are counted.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO

from fengsui.application.plan_import_ports import Packed
from fengsui.core.errors import InputError

MOST_FILES = 5000
"""Files in one archive; a prefecture has about two thousand plans."""
MOST_UNPACKED = 2 * 1024 * 1024 * 1024
"""Bytes all files together may unpack to."""
MOST_FILE = 100 * 1024 * 1024
MOST_RATIO, RATIO_FROM = 200, 8 * 1024 * 1024
"""How many times its packed size a file of more than ``RATIO_FROM`` bytes may unpack to."""

_JUNK = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini", "~$", "._")
_ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz")
_UTF8_NAME, _ENCRYPTED = 0x800, 0x1
_UNICODE_PATH = 0x7075
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)


def unpack(file: IO[bytes]) -> Iterator[Packed]:
    """Every file of the archive in its order; folders and what systems leave behind are passed over.

    Raises InputError before the first file: ``zip_damaged``, ``zip_empty``, ``zip_too_many``,
    ``zip_too_big``; one file alone comes with its own: ``zip_path``, ``zip_link``, ``zip_nested``,
    ``password_protected``, ``file_too_big``, ``unsafe_file``, ``damaged_file``.
    """
    try:
        archive = zipfile.ZipFile(file)
    except _DAMAGED:
        raise InputError("zip_damaged") from None
    listed = archive.infolist()
    if len(listed) > MOST_FILES:
        raise InputError("zip_too_many", count=len(listed), limit=MOST_FILES)
    entries = [(info, name) for info in listed if (name := name_of(info)) and not _passed_over(info, name)]
    if not entries:
        raise InputError("zip_empty")
    if sum(info.file_size for info, _ in entries) > MOST_UNPACKED:
        raise InputError("zip_too_big", limit_mb=MOST_UNPACKED // 1024 // 1024)
    return _files(archive, entries)


def _files(archive: zipfile.ZipFile, entries: list[tuple[zipfile.ZipInfo, str]]) -> Iterator[Packed]:
    left = MOST_UNPACKED
    for info, name in entries:
        problem = _problem(info, name)
        data = b""
        if problem is None:
            try:
                data = _bytes(archive, info, min(MOST_FILE, left))
            except InputError as error:
                problem = error
        left -= len(data)
        yield Packed(name=_shown(name), data=data, problem=problem)


def _problem(info: zipfile.ZipInfo, name: str) -> InputError | None:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if ".." in parts or name.startswith(("/", "\\")) or (len(name) > 1 and name[1] == ":"):
        return InputError("zip_path")
    if stat.S_ISLNK(info.external_attr >> 16):
        return InputError("zip_link")
    if name.lower().endswith(_ARCHIVES):
        return InputError("zip_nested")
    if info.flag_bits & _ENCRYPTED:
        return InputError("password_protected")
    if info.file_size > MOST_FILE:
        return InputError("file_too_big", limit_mb=MOST_FILE // 1024 // 1024)
    if info.file_size > RATIO_FROM and info.file_size > MOST_RATIO * max(info.compress_size, 1):
        return InputError("unsafe_file")
    return None


def _bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    """The content, read no further than one byte over ``limit`` and than the ratio allows."""
    allowed = min(limit, max(RATIO_FROM, MOST_RATIO * max(info.compress_size, 1)))
    try:
        with archive.open(info) as part:
            data = part.read(allowed + 1)
    except _DAMAGED:
        raise InputError("damaged_file") from None
    if len(data) > allowed:
        raise InputError("unsafe_file")
    return data


def name_of(info: zipfile.ZipInfo) -> str:
    """The name as whoever packed it saw it.

    Without the UTF-8 mark Python reads a name as cp437; Chinese systems wrote GBK, some wrote UTF-8.
    """
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    given = _unicode_path(info.extra)
    if given:
        return given
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _unicode_path(extra: bytes) -> str:
    """The name in the Unicode path field that some packers add, "" without one."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind == _UNICODE_PATH and size > 5:
            return extra[at + 9 : at + 4 + size].decode("utf-8", errors="ignore")
        at += 4 + size
    return ""


def _passed_over(info: zipfile.ZipInfo, name: str) -> bool:
    last = PurePosixPath(name.replace("\\", "/")).name
    return info.is_dir() or name.endswith(("/", "\\")) or name.startswith(_JUNK) or last.startswith(_JUNK)


def _shown(name: str) -> str:
    return "".join(char for char in name.replace("\\", "/") if char.isprintable())[:500] or "?"
