"""What ``fengsui lint`` writes besides text: one function per format."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from fengsui.application.lint_outputs.html import html
from fengsui.application.lint_outputs.notes import notes
from fengsui.application.lint_outputs.sarif import sarif
from fengsui.application.lint_report import Checked
from fengsui.application.lint_summary import leader_page
from fengsui.application.lint_words import finding_table
from fengsui.application.messages import BEIJING
from fengsui.application.wording import sentence
from fengsui.bootstrap import clock, commented_docx, leader_pdf, word_file
from fengsui.core.errors import InputError

Maker = Callable[[Sequence[Checked], str], str | bytes]


def write(form: str, checked: Sequence[Checked], language: str, output: Path | None) -> None:
    """Write the findings in the format ``form`` (one of ``FORMATS`` but ``text``) to ``output``.

    The format ``docx`` gives every plan its own file: with several, ``output`` is a folder. Raises InputError
    ``output_is_input``, ``output_not_written``, ``one_file_each``, ``not_word_file``.
    """
    sources = [Path(each.file) for each in checked]
    if form != "docx":
        put(_MAKERS[form](checked, language), output, sources)
        return
    alone = len(checked) == 1 and not (output is not None and output.is_dir())
    if not alone and (output is None or not output.is_dir()):
        raise InputError("one_file_each", form=form)
    if alone or output is None:
        put(as_docx(checked[0], language), output, sources)
        return
    for each, source in zip(checked, sources, strict=True):
        try:
            put(as_docx(each, language), output / copy_name(source), sources)
        except InputError as problem:  # one file that is no document stops no other
            print(f"{each.file}: {sentence(problem, language)}", file=sys.stderr)


def copy_name(source: Path) -> str:
    """The name of the .docx made of ``source``."""
    return source.name if source.suffix.lower() == ".docx" else f"{source.name}.docx"


def as_docx(checked: Checked, language: str) -> bytes:
    """The user's own document with the findings as comments. Raises InputError ``not_word_file``, …"""
    path = Path(checked.file)
    try:
        data = path.read_bytes()
    except OSError:
        raise InputError("file_missing", path=path) from None
    at = clock().now().astimezone(BEIJING)
    return commented_docx(word_file(data, path.name), notes(checked, language), at)


def as_json(checked: Sequence[Checked], language: str) -> str:
    """The findings by the command contract."""
    table = [
        {**finding_table(found, each.file, language), "fingerprint": name}
        for each in checked
        for found, name in zip(each.findings, each.names, strict=True)
    ]
    return json.dumps({"findings": table}, ensure_ascii=False) + "\n"


def as_pdf(checked: Sequence[Checked], language: str) -> bytes:
    """The page for a leader."""
    return leader_pdf(leader_page(checked, clock().now().astimezone(BEIJING).date(), language))


_MAKERS: dict[str, Maker] = {"json": as_json, "sarif": sarif, "html": html, "pdf": as_pdf}
FORMATS = ("text", *_MAKERS, "docx")


def put(made: str | bytes, output: Path | None, sources: Sequence[Path] = ()) -> None:
    """Write what was made to ``output``, or to standard output where none is named.

    Raises InputError ``output_is_input``, ``output_not_written``, ``needs_output`` (no bytes on a terminal).
    """
    if output is None and isinstance(made, str):
        # A file name may hold bytes that are no text, and a terminal may lack signs.
        known = sys.stdout.encoding or "utf-8"
        print(made.encode(known, "backslashreplace").decode(known), end="")
        return
    data = made.encode("utf-8", "backslashreplace") if isinstance(made, str) else made
    if output is None:
        if sys.stdout.isatty():
            raise InputError("needs_output")
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    if any(output.resolve() == source.resolve() for source in sources):
        raise InputError("output_is_input", path=output)
    try:
        output.write_bytes(data)
    except OSError:
        raise InputError("output_not_written", path=output) from None
