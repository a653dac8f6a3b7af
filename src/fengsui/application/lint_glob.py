"""Patterns that name files: ``旧版/**``, ``*.docx``, ``预案/**/防汛*``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

MAGIC = re.compile(r"[*?\[]")


def is_pattern(text: str) -> bool:
    """Whether ``text`` may name more than one file."""
    return MAGIC.search(text) is not None


def any_matches(path: str, patterns: Iterable[str]) -> bool:
    """Whether ``path`` (relative, parts joined by ``/``) is named by one of ``patterns``.

    A pattern without ``/`` names a file or a folder wherever it is; one with ``/`` is read from the folder
    of the configuration. What names a folder names all that is in it.
    """
    return any(_matches(path, pattern) for pattern in patterns)


def _matches(path: str, pattern: str) -> bool:
    bare = pattern.strip().removeprefix("./").rstrip("/")
    if not bare:
        return False
    known = _regex(bare)
    parts = path.split("/")
    if "/" not in bare:
        return any(known.fullmatch(part) for part in parts)
    return any(known.fullmatch("/".join(parts[:upto])) for upto in range(1, len(parts) + 1))


@lru_cache(maxsize=1000)
def _regex(pattern: str) -> re.Pattern[str]:
    made = ""
    place = 0
    while place < len(pattern):
        rest = pattern[place:]
        group = re.match(r"\[!?\]?[^\]]*\]", rest)
        if rest.startswith("**/"):
            made, place = made + "(?:[^/]+/)*", place + 3
        elif rest.startswith("**"):
            made, place = made + ".*", place + 2
        elif group:
            inner = group[0][1:-1].replace("\\", "\\\\")
            made += "[^" + inner[1:] + "]" if inner.startswith("!") else "[" + inner + "]"
            place += len(group[0])
        else:
            made += {"*": "[^/]*", "?": "[^/]"}.get(rest[0]) or re.escape(rest[0])
            place += 1
    try:
        return re.compile(made, re.DOTALL)
    except re.error:  # a bracket that means nothing stands for itself
        return re.compile(re.escape(pattern))
