"""Small PDF files for tests, written by hand: text at places, ruled lines, pictures.

Places are in points from the left and from the top of an A4 page. The font is not embedded; it says by a
ToUnicode table which characters its codes are, as the files of office programs do.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Sequence

import pypdf

WIDTH, HEIGHT = 595, 842
LIGATURE = "\ue000"
"""A code whose meaning is three characters, （一）, as fonts of office programs have them."""


def text(x: float, y: float, words: str, size: float = 16) -> str:
    """Words on one line in one go; ``y`` is the foot of the line."""
    return f"BT /F1 {size} Tf {x} {HEIGHT - y} Td <{words.encode('utf-16-be').hex()}> Tj ET"


def scattered(x: float, y: float, words: str, size: float = 16, step: float = 1.0) -> str:
    """Words character by character, each at its own place, ``step`` characters apart, last one first."""
    places = [(x + number * step * size, char) for number, char in enumerate(words)]
    return "\n".join(text(place, y, char, size) for place, char in reversed(places))


def turned(x: float, y: float, words: str, matrix: str, size: float = 16) -> str:
    """Words that do not run from left to right: ``matrix`` is its four turning figures."""
    place = f"{matrix} {x} {HEIGHT - y} Tm"
    return f"BT /F1 {size} Tf {place} <{words.encode('utf-16-be').hex()}> Tj ET"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """A drawn line."""
    return f"{x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S"


def box(x0: float, y0: float, x1: float, y1: float) -> str:
    """A drawn box."""
    return f"{x0} {HEIGHT - y1} {x1 - x0} {y1 - y0} re S"


def ruled(xs: Sequence[float], ys: Sequence[float]) -> str:
    """The lines of a table with these edges."""
    down = [line(x, ys[0], x, ys[-1]) for x in xs]
    across = [line(xs[0], y, xs[-1], y) for y in ys]
    return "\n".join(down + across)


PICTURE = f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /P1 Do Q"
"""A picture as large as the page: a scan."""


def pdf(*pages: Sequence[str], mapped: bool = True, extra: str = "", packed: bytes | None = None) -> bytes:
    """A file with one page for each list of drawing commands.

    ``mapped`` False leaves out what the codes mean; ``extra`` goes into each page object; ``packed`` stands
    for the content of the first page, compressed already.
    """
    kids = " ".join(f"{number} 0 R" for number in range(7, 7 + 2 * len(pages), 2))
    to_unicode = b"/ToUnicode 5 0 R" if mapped else b""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H "
        + b"/DescendantFonts [4 0 R] "
        + to_unicode
        + b" >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 /W [32 126 500] "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        b"/FontDescriptor << /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 -120 1000 880] "
        b"/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >> >>",
        _stream(_to_unicode("\n".join(command for page in pages for command in page))),
        _stream(
            b"\0",
            b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
        ),
    ]
    for number, page in enumerate(pages):
        resources = "<< /Font << /F1 3 0 R >> /XObject << /P1 6 0 R >> >>"
        content = f"/Resources {resources} /Contents {8 + 2 * number} 0 R {extra}"
        size = f"/MediaBox [0 0 {WIDTH} {HEIGHT}]"
        objects.append(f"<< /Type /Page /Parent 2 0 R {size} {content} >>".encode())
        drawn = "\n".join(page).encode()
        if packed is not None and number == 0:
            objects.append(_stream(packed, b"/Filter /FlateDecode"))
        else:
            objects.append(_stream(zlib.compress(drawn), b"/Filter /FlateDecode"))
    return _file(objects)


def locked(data: bytes, user: str, owner: str) -> bytes:
    """The file encrypted; an empty ``user`` password opens for reading."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(user, owner, algorithm="AES-256")
    result = io.BytesIO()
    writer.write(result)
    return result.getvalue()


def _to_unicode(commands: str) -> bytes:
    """What the codes used in ``commands`` mean (themselves)."""
    shown = "".join(re.findall(r"<([0-9a-f]+)> Tj", commands))
    codes = sorted({shown[place : place + 4] for place in range(0, len(shown), 4)})
    pairs = "".join(f"1 beginbfchar <{code}> <{code}> endbfchar\n" for code in codes)
    several = "（一）".encode("utf-16-be").hex()
    pairs += f"1 beginbfchar <{LIGATURE.encode('utf-16-be').hex()}> <{several}> endbfchar\n"
    head = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def"
    space = "1 begincodespacerange <0000> <FFFF> endcodespacerange"
    return f"{head}\n{space}\n{pairs}endcmap end end".encode()


def _stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def _file(objects: Sequence[bytes]) -> bytes:
    out = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
