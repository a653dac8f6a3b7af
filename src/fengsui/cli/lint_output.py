"""What ``fengsui lint`` writes besides text: one function per format."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from fengsui.application.lint_outputs.html import html
from fengsui.application.lint_outputs.sarif import sarif
from fengsui.application.lint_report import Checked
from fengsui.application.lint_words import finding_table
from fengsui.core.errors import InputError

Maker = Callable[[Sequence[Checked], str], str | bytes]


def render(form: str, checked: Sequence[Checked], language: str) -> str | bytes:
    """The findings in the format ``form`` (one of ``FORMATS`` but ``text``)."""
    return _MAKERS[form](checked, language)


def as_json(checked: Sequence[Checked], language: str) -> str:
    """The findings by the command contract."""
    table = [finding_table(found, each.file, language) for each in checked for found in each.findings]
    return json.dumps({"findings": table}, ensure_ascii=False) + "\n"


_MAKERS: dict[str, Maker] = {"json": as_json, "sarif": sarif, "html": html}
FORMATS = ("text", *_MAKERS)


def put(made: str | bytes, output: Path | None, sources: Sequence[Path] = ()) -> None:
    """Write what was made to ``output``, or to standard output where none is named.

    Raises InputError ``output_is_input``, ``output_not_written``.
    """
    if output is None and isinstance(made, str):
        print(made, end="")
        return
    data = made.encode("utf-8", "surrogateescape") if isinstance(made, str) else made
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    if any(output.resolve() == source.resolve() for source in sources):
        raise InputError("output_is_input", path=output)
    try:
        output.write_bytes(data)
    except OSError:
        raise InputError("output_not_written", path=output) from None
