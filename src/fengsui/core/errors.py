"""What can go wrong, by what the caller can do about it.

::

    FengsuiError
    ├── InputError          the input cannot be read or makes no sense: mend it
    ├── Refusal             a rule says no: the clause is named, and who could allow it
    ├── Conflict            someone was first: look again, then decide
    └── OutsideFailure      something outside did not answer
        ├── Retryable       worth trying again later
        │   └── AnswerLost  it may have been done: trying again may do it twice
        └── Permanent       not worth trying again

Each error carries a ``code`` and plain ``data``; the words a person reads come from
``application/wording``. HTTP status codes exist only in ``web``.
"""

from __future__ import annotations

from fengsui.core.citation import Citation


class FengsuiError(Exception):
    """A known failure: ``code`` names it, ``data`` fills the sentence shown to a person."""

    def __init__(self, code: str, **data: object) -> None:
        super().__init__(code, data)
        self.code = code
        self.data = data

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value}" for name, value in self.data.items())
        return f"{self.code} ({details})" if details else self.code


class InputError(FengsuiError):
    """The input is unreadable or malformed; nothing was changed."""


class Refusal(FengsuiError):
    """A rule says no.

    ``source`` is the clause that refuses (None where the refusal comes from the software's own
    permission table), ``allowed`` the posts or bodies that could do it.
    """

    def __init__(
        self, code: str, *, source: Citation | None = None, allowed: tuple[str, ...] = (), **data: object
    ) -> None:
        super().__init__(code, **data)
        self.source = source
        self.allowed = allowed


class Conflict(FengsuiError):
    """Somebody else changed the same thing first; nothing was changed."""


class OutsideFailure(FengsuiError):
    """Something outside (channel, converter, database) failed."""


class Retryable(OutsideFailure):
    """Worth trying again later."""


class AnswerLost(Retryable):
    """It may have been done, the answer is missing: trying again may do it twice."""


class Permanent(OutsideFailure):
    """Trying again will not help."""
