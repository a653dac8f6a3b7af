"""Words for codes: the sentences a person reads, one table a language (``zh.toml``, ``en.toml``).

Tables are grouped ``[error]``, ``[doubt]``, ``[event]``, …; a template is filled with ``str.format``.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from fengsui.core.errors import FengsuiError, Refusal

LANGUAGES = ("zh", "en")


@cache
def _table(language: str) -> dict[str, dict[str, str]]:
    merged: dict[str, dict[str, str]] = {}
    for resource in sorted(files(__package__).iterdir(), key=lambda item: item.name):
        if resource.name.endswith(f"{language}.toml"):
            for group, entries in tomllib.loads(resource.read_text("utf-8")).items():
                merged.setdefault(group, {}).update(entries)
    return merged


def word(group: str, code: str, language: str = "zh", /, **data: Any) -> str:
    """The words for ``code`` of ``group``; the code itself if the table lacks it (a test forbids that)."""
    template = _table(language if language in LANGUAGES else "zh").get(group, {}).get(code)
    if template is None:
        return code
    return template.format_map(_Blank(data))


class _Blank(dict[str, Any]):
    """Missing data shows as nothing instead of failing while an error is being told."""

    def __missing__(self, key: str) -> str:
        return ""


def _named(error: FengsuiError, language: str) -> dict[str, Any]:
    """What fills the sentence; a field of a form under its name for people."""
    data: dict[str, Any] = dict(error.data)
    field = data.get("field")
    return {**data, "field": word("field", field, language)} if isinstance(field, str) else data


def sentence(error: FengsuiError, language: str = "zh") -> str:
    """One clear sentence: what is wrong, the clause if one refuses, who could do it, what to do."""
    text = word("error", error.code, language, **_named(error, language))
    if isinstance(error, Refusal):
        if error.source is not None:
            text += word(
                "frame", "because_clause", language, clause=error.source.clause, quote=error.source.quote
            )
        if error.allowed:
            joined = ("、" if language == "zh" else ", ").join(error.allowed)
            text += word("frame", "who_can", language, who=joined)
    return text
