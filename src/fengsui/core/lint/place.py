"""Where in its line the words of a finding stand."""

from __future__ import annotations


def place_in(text: str, evidence: str) -> tuple[int, int]:
    """Where ``evidence`` begins in the line and how much of it stands there (blanks do not count).

    The whole line where none of it does. ``text`` holds at least one sign that is no blank.
    """
    offsets = [index for index, char in enumerate(text) if not char.isspace()]
    bare = "".join(text[index] for index in offsets)
    wanted = "".join(evidence.split())
    while wanted and wanted not in bare and not bare.endswith(wanted):
        wanted = wanted[:-1]  # the quote goes on in the next line, or was mended
    if not wanted:
        return offsets[0], max(1, len(text.strip()))
    first = bare.index(wanted)
    start, end = offsets[first], offsets[first + len(wanted) - 1]
    return start, end - start + 1
