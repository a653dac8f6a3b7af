"""What the rules between plans need of one plan: small, flat, with its places, easily kept.

Every item is a named tuple of plain values that ends in its place, so that thousands of digests are written
as JSON and read back in a second.
"""

from __future__ import annotations

import typing
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from fengsui.core.citation import Citation

VERSION = 1
"""Raised whenever a digest means something else: kept ones of another version are made anew."""


class Spot(NamedTuple):
    """A place in the plan: clause as printed, line, quote."""

    clause: str
    line: int
    quote: str


class Step(NamedTuple):
    """A level of a ladder: ``kind`` and ``step`` as values of LadderKind and "I" … "V"."""

    kind: str
    step: str
    name: str
    at: Spot


class Bound(NamedTuple):
    """A figure that reaches a level alone, from ``low`` (a decimal number) on.

    ``scheme`` hazard and subtype of its ladder; ``figure`` fact, period and cause as one key.
    """

    kind: str
    step: str
    name: str
    scheme: str
    fact: str
    figure: str
    low: str
    at: Spot


class Power(NamedTuple):
    """Who decides on a level; ``step`` None: any."""

    kind: str
    step: str | None
    who: str
    delegated: bool
    at: Spot


class Edge(NamedTuple):
    """A report with a limit in seconds (0 at once); fields as of ``Deadline``, named as there."""

    who: str | None
    to: tuple[str, ...]
    what: str
    limit: float
    words: str
    every: str | None
    start: str
    form: str | None
    levels: tuple[str, ...]
    is_report: bool
    at: Spot


class Body(NamedTuple):
    """A unit with its aliases; ``member`` as of ``PlanUnit``."""

    name: str
    aliases: tuple[str, ...]
    member: bool
    at: Spot


class Team(NamedTuple):
    """A work group."""

    name: str
    lead: str | None
    members: tuple[str, ...]
    at: Spot


class Command(NamedTuple):
    """The headquarters. ``substitute``: some clause says who stands in for the commander."""

    name: str
    aliases: tuple[str, ...]
    commander: str | None
    deputies: tuple[str, ...]
    office: str | None
    substitute: bool
    at: Spot


class Phone(NamedTuple):
    """A telephone line."""

    unit: str
    post: str | None
    phone: str
    at: Spot


class Promise(NamedTuple):
    """Something promised with a figure."""

    name: str
    quantity: str
    unit: str
    holder: str | None
    at: Spot


class Cited(NamedTuple):
    """Another plan that this one names."""

    title: str
    number: str | None
    basis: bool
    at: Spot


class Turn(NamedTuple):
    """An interval in days between drills (``what`` "drill") or evaluations ("evaluation")."""

    what: str
    days: int
    words: str
    who: str | None
    at: Spot


class Bounding(NamedTuple):
    """Whether 以上 and 以下 include the number, as the plan declares it."""

    above: bool | None
    below: bool | None
    at: Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDigest:
    """One plan for the rules between plans.

    ``key`` is unique among the plans looked at. ``areas`` and ``subject`` as ``places`` reads them from the
    title, else from the issuer; ``body`` the school, firm or office whose own plan it is, "" where it is the
    government's; ``jurisdiction`` the division code, "" where nobody said it. ``gives_way``:
    the plan says which plan prevails where a special one speaks of the same event.
    """

    key: str
    document: str
    title: str
    line: int
    areas: tuple[str, ...]
    subject: str
    body: str = ""
    jurisdiction: str = ""
    issuer: str = ""
    number: str = ""
    issued: str = ""
    repeals: tuple[str, ...] = ()
    overall: bool = False
    hazard_class: str = ""
    gives_way: bool = False
    command: Command | None = None
    bounding: Bounding | None = None
    steps: tuple[Step, ...] = ()
    bounds: tuple[Bound, ...] = ()
    powers: tuple[Power, ...] = ()
    edges: tuple[Edge, ...] = ()
    units: tuple[Body, ...] = ()
    teams: tuple[Team, ...] = ()
    phones: tuple[Phone, ...] = ()
    promises: tuple[Promise, ...] = ()
    cited: tuple[Cited, ...] = ()
    turns: tuple[Turn, ...] = ()

    def cite(self, spot: Spot) -> Citation:
        """``spot`` as a citation."""
        return Citation(document=self.document, clause=spot.clause, line=spot.line, quote=spot.quote)

    def whole(self) -> Citation:
        """The plan itself as a place."""
        return Citation(document=self.document, clause="", line=self.line, quote=self.title)


_ITEMS: dict[str, Any] = {
    "steps": Step,
    "bounds": Bound,
    "powers": Power,
    "edges": Edge,
    "units": Body,
    "teams": Team,
    "phones": Phone,
    "promises": Promise,
    "cited": Cited,
    "turns": Turn,
    "command": Command,
    "bounding": Bounding,
}
_LISTS = {kind: _lists for kind in _ITEMS.values() if (_lists := tuple(
    place for place, hint in enumerate(typing.get_type_hints(kind).values()) if hint == tuple[str, ...]
))}  # fmt: skip


def to_row(digest: PlanDigest) -> dict[str, Any]:
    """``digest`` as JSON-ready data."""
    return {spec.name: getattr(digest, spec.name) for spec in fields(digest)}


def from_row(row: dict[str, Any]) -> PlanDigest:
    """The digest of ``to_row`` (after JSON or before). Raises KeyError, TypeError when it is none."""
    given = dict(row)
    for name, kind in _ITEMS.items():
        value = given.get(name)
        if name in ("command", "bounding"):
            given[name] = None if value is None else _item(kind, value)
        elif value is not None:
            given[name] = tuple(_item(kind, item) for item in value)
    for name in ("areas", "repeals"):
        given[name] = tuple(given.get(name, ()))
    return PlanDigest(**given)


def _item(kind: Any, values: Any) -> Any:
    row = list(values)
    row[-1] = Spot._make(row[-1])
    for place in _LISTS.get(kind, ()):
        row[place] = tuple(row[place])
    return kind._make(row)
