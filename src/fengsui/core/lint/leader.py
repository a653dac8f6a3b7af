"""The page for a leader, in words: what is wrong that matters on the night, what to do, by whom."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Grave:
    """One of the gravest findings: ``where`` names plan and clause, ``more`` how many others of the kind."""

    grade: str
    said: str
    where: str
    why: str
    todo: str
    who: str
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderPage:
    """The page: ``counts`` are (severity, how many, word, what it means) from the gravest down."""

    title: str
    subject: str
    day: str
    lead: str
    counts: tuple[tuple[str, int, str, str], ...]
    heading: str
    grave: tuple[Grave, ...]
    labels: dict[str, str]
    rest: str
    foot: str
