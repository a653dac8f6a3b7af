"""The container of a .docx: a ZIP of XML parts, opened with distrust.

A file from outside may be a decompression bomb, may name entities on other machines or may be encrypted;
each is refused with a code of its own before anything large is made of it.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from fengsui.adapters.read_limits import MOST_PARTS, MOST_RATIO, MOST_UNPACKED, RATIO_FROM
from fengsui.core.errors import InputError

OLE_HEADER = bytes.fromhex("d0cf11e0a1b11ae1")


class Package:
    """The parts of one file, by name."""

    def __init__(self, data: bytes) -> None:
        """Raises InputError ``password_protected``, ``damaged_file``, ``unsafe_file``."""
        if data.startswith(OLE_HEADER):
            raise InputError("password_protected" if is_encrypted_office(data) else "damaged_file")
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise InputError("damaged_file") from None
        self._check_sizes()
        self._left = MOST_UNPACKED

    def _check_sizes(self) -> None:
        entries = self._zip.infolist()
        if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            raise InputError("unsafe_file")
        for entry in entries:
            if entry.flag_bits & 0x1:
                raise InputError("password_protected")
            if entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
                raise InputError("unsafe_file")

    def xml(self, name: str) -> etree._Element | None:
        """The part ``name`` parsed, None if there is none. Raises InputError as the constructor does."""
        content = self._read(name)
        if content is None:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
        )
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError):
            raise InputError("damaged_file") from None
        if root.getroottree().docinfo.internalDTD is not None:
            # OOXML never has a document type; one is there to define entities.
            raise InputError("unsafe_file")
        return root

    def parts(self) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
        """Every part as it is packed, in order. Raises InputError as the constructor does."""
        for entry in self._zip.infolist():
            yield entry, self._read(entry.filename) or b""

    def _read(self, name: str) -> bytes | None:
        """Unpack with a limit of its own: sizes declared in the directory may lie."""
        try:
            with self._zip.open(name) as part:
                content = part.read(self._left + 1)
        except KeyError:
            return None
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError):
            raise InputError("damaged_file") from None
        if len(content) > self._left:
            raise InputError("unsafe_file")
        self._left -= len(content)
        return content


def is_encrypted_office(data: bytes) -> bool:
    """Whether an OLE file is the wrapper of an encrypted OOXML document."""
    return "EncryptedPackage".encode("utf-16-le") in data or "EncryptionInfo".encode("utf-16-le") in data


def local(element: etree._Element) -> str:
    """Tag without namespace, so that transitional and strict OOXML read alike; "" for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element | None, name: str) -> str | None:
    """The attribute ``name`` whatever its namespace."""
    if element is None:
        return None
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first child of that name, then its child, …; None where the path breaks off."""
    for name in path:
        if element is None:
            return None
        element = next((item for item in element if local(item) == name), None)
    return element


def value(element: etree._Element | None, *path: str) -> str | None:
    """The attribute ``val`` of the element at ``path``."""
    return attribute(child(element, *path), "val")


def whole(text: str | None) -> int | None:
    """A whole number of at most nine ASCII digits; None for anything else a damaged file may hold."""
    return int(text) if text is not None and re.fullmatch(r"-?[0-9]{1,9}", text) else None


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch element is present and not turned off."""
    return element is not None and attribute(element, "val") not in ("0", "false", "off")
