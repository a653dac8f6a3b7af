"""What informing the public needs from outside: the page that anybody may read.

Nothing of an exercise ever gets there. The use case does not hand it over, the port refuses it, and the table
holds a constraint: each of the three alone is enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from fengsui.core.errors import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicStatement:
    """A statement as the public reads it. ``public_id`` names the incident without its id in the desk."""

    public_id: str
    incident_id: str
    statement_id: str
    number: int
    kind: str
    title: str
    text: str
    place: str
    issuer: str
    published_at: datetime
    next_update: datetime | None = None
    corrects: str | None = None
    wrong: str = ""
    right: str = ""
    evidence: str = ""
    exercise: bool = False


class PublicPages(Protocol):
    """Statements that are out. They are added to, never changed and never taken away."""

    def publish(self, statement: PublicStatement) -> None:
        """Put it on the page; one that is there stays as it is. Raises Refusal("exercise_never_public")."""
        ...

    def of(self, public_id: str) -> tuple[PublicStatement, ...]:
        """What was published of one incident, the first first."""
        ...

    def latest(self, limit: int) -> tuple[PublicStatement, ...]:
        """The last statements of all incidents, the latest first."""
        ...


def never_of_an_exercise(statement: PublicStatement) -> None:
    """Every implementation begins with this. Raises Refusal("exercise_never_public")."""
    if statement.exercise:
        raise Refusal("exercise_never_public")
