"""Reading plain text and Markdown: bytes → lines.

Guarantees: lines are numbered as an editor numbers them (LF, CRLF or CR end a line, nothing else does).
"""

from __future__ import annotations

import re

from fengsui.adapters.read_limits import MOST_LINES
from fengsui.core.by_columns import made
from fengsui.core.errors import InputError
from fengsui.core.reading.blocks import TextLine

_LINE_END = re.compile(r"\r\n|\r|\n")
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
TOLERATED_CONTROL_SHARE = 0.002


def read_text(data: bytes) -> tuple[TextLine, ...]:
    """The lines of a text in UTF-8, UTF-16 with a byte-order mark, or GB18030.

    Raises InputError ``empty_file``, ``not_text`` (binary, or in no known encoding), ``too_many_lines``.
    """
    if not data.strip(b"\x00 \t\r\n\f"):
        raise InputError("empty_file")
    text = _decode(data)
    if text.count("\n") > MOST_LINES or text.count("\r") > MOST_LINES:
        raise InputError("too_many_lines", limit=MOST_LINES)
    control = len(_CONTROL.findall(text))
    if control > max(2, len(text) * TOLERATED_CONTROL_SHARE):
        raise InputError("not_text")
    parts = _LINE_END.split(text) if "\r" in text else text.split("\n")
    return made(TextLine, len(parts), number=range(1, len(parts) + 1), text=parts)


def _decode(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A file cut off in the middle of its last character is still that text.
        if error.end >= len(data) - 3 and error.start > 3:
            return data[: error.start].decode("utf-8")
    if b"\x00" in data:
        raise InputError("not_text")
    return _strict(data, "gb18030")


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise InputError("not_text") from None
