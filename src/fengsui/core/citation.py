"""Where a statement stands in a document (出处)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One place in one document: the evidence behind every item of a plan.

    ``document`` is the identifier of the text as read (its SHA-256 prefix, or a file name in tests),
    ``clause`` the printed number of the innermost clause ("1.5", "五（七）1"; "" before the first),
    ``line`` the 1-based line of the text as read where the quote begins, ``quote`` the words relied on.
    """

    document: str
    clause: str
    line: int
    quote: str

    def as_row(self) -> dict[str, Any]:
        """``clause``, ``line`` and ``quote`` as every item of the command contract carries them."""
        return {"clause": self.clause, "line": self.line, "quote": self.quote}

    def __str__(self) -> str:
        return f"{self.clause or '—'} (L{self.line})"
