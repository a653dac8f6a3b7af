"""Photos as they are kept: known by what they contain, not by their name, and without what a camera wrote in.

JPEG, PNG and WebP are walked part by part; where, when and by which device it was taken (EXIF, XMP, text) is
left out, the picture itself is copied untouched. Only the turning of a JPEG is kept, else it lies on its
side. What does not walk to its end is no photo.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from fengsui.core.errors import InputError

MOST_BYTES = 12 * 1024 * 1024
"""Largest photo: a telephone of today makes 3 to 6 MB."""
MOST_SIDE = 20_000
"""Pixels of a side beyond which a browser would choke."""


@dataclass(frozen=True, slots=True)
class CleanPhoto:
    """A photo ready to be kept; ``kind`` jpeg, png or webp."""

    kind: str
    data: bytes


class _NoPhoto(Exception):
    pass


def clean(data: bytes, name: str) -> CleanPhoto:
    """The photo without what the camera wrote in. Raises InputError."""
    if len(data) > MOST_BYTES:
        raise InputError("photo_too_big", name=name, limit=MOST_BYTES // 1024 // 1024)
    try:
        if data.startswith(b"\xff\xd8\xff"):
            return CleanPhoto("jpeg", _jpeg(data))
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            return CleanPhoto("png", _png(data))
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return CleanPhoto("webp", _webp(data))
    except (_NoPhoto, struct.error, IndexError):
        pass
    raise InputError("photo_wrong_kind", name=name)


def _check_sides(width: int, height: int) -> None:
    if not (0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE):
        raise _NoPhoto


_SOI, _EOI, _SOS, _COM, _APP1, _APP14 = 0xD8, 0xD9, 0xDA, 0xFE, 0xE1, 0xEE
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_KEPT_APPS = {0xE0, 0xE2, _APP14}
"""JFIF, colour profile, Adobe: without them colours come out wrong."""


def _jpeg(data: bytes) -> bytes:
    parts, turned, framed, scanned = [b"\xff\xd8"], 1, False, False
    for marker, segment in _segments(data):
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", segment[5:9])
            _check_sides(width, height)
            framed = True
        if marker == _APP1:
            turned = _turning(segment) or turned
        scanned = scanned or marker == _SOS
        if not (0xE0 <= marker <= 0xEF or marker == _COM) or marker in _KEPT_APPS:
            parts.append(segment)
    if not (framed and scanned):
        raise _NoPhoto
    if turned != 1:
        parts.insert(1, _turned(turned))
    # What a camera appends behind the end (a second picture, a video) goes too.
    return b"".join((*parts, b"\xff\xd9"))


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each part of a JPEG to its end mark; a scan with the picture data that follows it."""
    at = 2
    while True:
        while data[at] == 0xFF and data[at + 1] == 0xFF:
            at += 1
        marker = data[at + 1]
        if data[at] != 0xFF or marker == _SOI:
            raise _NoPhoto
        if marker == _EOI:
            return
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        end = at + 2 + length
        if length < 2 or end > len(data):
            raise _NoPhoto
        if marker == _SOS:
            end = _end_of_scan(data, end)
        yield marker, data[at:end]
        at = end


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the picture data end: at a mark that is neither a stuffed 0xFF nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0:
            raise _NoPhoto
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2


def _turning(segment: bytes) -> int | None:
    """The orientation (1 … 8) that an EXIF segment names."""
    if segment[4:10] != b"Exif\x00\x00":
        return None
    tiff = segment[10:]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return None
    (first,) = struct.unpack(order + "I", tiff[4:8])
    if first + 2 > len(tiff):
        return None
    (count,) = struct.unpack(order + "H", tiff[first : first + 2])
    for number in range(min(count, 200)):
        entry = tiff[first + 2 + 12 * number : first + 14 + 12 * number]
        if len(entry) < 12:
            return None
        tag, kind = struct.unpack(order + "HH", entry[:4])
        if tag == 0x0112 and kind == 3:
            (value,) = struct.unpack(order + "H", entry[8:10])
            return value if 1 <= value <= 8 else None
    return None


def _turned(orientation: int) -> bytes:
    """An EXIF segment that says nothing but how the picture is turned."""
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    tiff = b"MM\x00*" + struct.pack(">I", 8) + struct.pack(">H", 1) + entry + struct.pack(">I", 0)
    body = b"Exif\x00\x00" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


_PNG_KEPT = {
    b"IHDR",
    b"PLTE",
    b"IDAT",
    b"IEND",
    b"tRNS",
    b"gAMA",
    b"cHRM",
    b"sRGB",
    b"iCCP",
    b"sBIT",
    b"bKGD",
}


def _png(data: bytes) -> bytes:
    parts, at, seen = [data[:8]], 8, False
    while True:
        (length,) = struct.unpack(">I", data[at : at + 4])
        name = data[at + 4 : at + 8]
        chunk = data[at : at + 12 + length]
        if len(chunk) != 12 + length:
            raise _NoPhoto
        if zlib.crc32(chunk[4:-4]) != struct.unpack(">I", chunk[-4:])[0]:
            raise _NoPhoto
        if name == b"IHDR":
            _check_sides(*struct.unpack(">II", chunk[8:16]))
        seen = seen or name == b"IDAT"
        if name in _PNG_KEPT:
            parts.append(chunk)
        if name == b"IEND":
            break
        at += 12 + length
    if parts[1][4:8] != b"IHDR" or not seen:
        raise _NoPhoto
    return b"".join(parts)


_WEBP_PICTURE = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP", b"ANIM", b"ANMF"}


def _webp(data: bytes) -> bytes:
    (size,) = struct.unpack("<I", data[4:8])
    if size + 8 > len(data):
        raise _NoPhoto
    parts, at, picture = list[bytes](), 12, False
    while at < size + 8:
        name = data[at : at + 4]
        (length,) = struct.unpack("<I", data[at + 4 : at + 8])
        padded = length + length % 2
        chunk = data[at : at + 8 + padded]
        if len(chunk) < 8 + length:
            raise _NoPhoto
        if name == b"VP8X":
            # The flags that say "EXIF follows" and "XMP follows" go with them.
            chunk = chunk[:8] + bytes([chunk[8] & ~0x0C]) + chunk[9:]
        picture = picture or name in (b"VP8 ", b"VP8L", b"ANMF")
        if name in _WEBP_PICTURE:
            parts.append(chunk)
        at += 8 + padded
    if not picture:
        raise _NoPhoto
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body
