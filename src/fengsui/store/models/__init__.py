"""Every table, by what it holds. Rows only: no rule lives here."""

from fengsui.store.models.people import (
    Account,
    Holding,
    Jurisdiction,
    Person,
    PersonDetail,
    Post,
    Roster,
    Unit,
)

__all__ = [
    "Account",
    "Holding",
    "Jurisdiction",
    "Person",
    "PersonDetail",
    "Post",
    "Roster",
    "Unit",
]
