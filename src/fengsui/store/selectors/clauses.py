"""Finding words in the clauses of all plans and drafts, with filters and the hit in its context."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from fengsui.core.directory import significant
from fengsui.core.reading.chapters import CHAPTERS
from fengsui.core.reading.grams import finder, phrase, words
from fengsui.store.failures import told_plainly
from fengsui.store.models import PlanDraft, PlanPart
from fengsui.store.models.clauses import KINDS, PLACES

CONTEXT = 40
"""Signs shown before and after a hit."""
SHOWN = 3
"""Clauses shown of one plan; the rest is counted."""
RANKED = 200
"""Plans up to which the fit of a short word orders those of one state; beyond, it tells nothing."""
LONG = 4
"""Signs from which a word is so rare that its fit is measured at once."""
SERIAL = PLACES + KINDS
"""Bits of a part's id below the number of its plan."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of an excerpt, marked where it is the hit."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class ClauseHit:
    """One clause with the words asked for."""

    number: str
    title: str
    line: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class PlanHits:
    """A plan with its first hits; ``more`` clauses beyond them."""

    draft_id: str
    title: str
    state: str
    kind: str
    jurisdiction: str
    hits: tuple[ClauseHit, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Found:
    """One page of plans, and in how many plans the words stand in all."""

    plans: list[PlanHits] = field(default_factory=list)
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFilter:
    """Which plans are meant; empty means any. ``unit`` must stand in the same clause as the words.

    ``section`` is a kind of chapter (``core.reading.chapters``), ``year`` that of issue, ``jurisdiction`` an
    area with all below it.
    """

    kind: str = ""
    hazard: str = ""
    jurisdiction: str = ""
    state: str = ""
    unit: str = ""
    section: str = ""
    year: str = ""
    issuer: str = ""


def plans_of(wanted: PlanFilter) -> QuerySet[PlanDraft]:
    """The plans and drafts that a filter means."""
    rows = PlanDraft.objects.all()
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.hazard:
        rows = rows.filter(hazard_class=wanted.hazard)
    if wanted.jurisdiction:
        rows = rows.filter(jurisdiction__startswith=significant(wanted.jurisdiction))
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.issuer:
        rows = rows.filter(issuer=wanted.issuer)
    if wanted.year.isdigit():
        rows = rows.filter(Q(issued__year=wanted.year) | Q(issued=None, in_force_on__year=wanted.year))
    return rows


def find_clauses(asked: str, wanted: PlanFilter | None = None, *, limit: int = 20, offset: int = 0) -> Found:
    """One page of plans with a clause in which all words of ``asked`` stand.

    Plans in force come first, then those with a word in the title, then those the words fit best.
    """
    wanted = wanted or PlanFilter()
    terms = (*words(asked), *words(wanted.unit))
    if not words(asked):
        return Found()
    with told_plainly():
        parts: list[int] = []
        ordered = _candidates(terms, words(asked), wanted, parts)
        shown = [Candidate(first >> SERIAL, *rest) for first, *rest in ordered[offset : offset + limit]]
        page = _page(shown, terms, wanted.section, parts)
    return Found(plans=page, total=len(ordered))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A plan with a part that holds the words; ``serial`` its number in the index."""

    serial: int
    draft_id: str
    title: str
    state: str
    kind: str
    jurisdiction: str


_Row = tuple[int, str, str, str, str, str]
"""What makes a ``Candidate``, before it is known to be one of the few that are shown."""


def _candidates(
    terms: Sequence[str], asked: Sequence[str], wanted: PlanFilter, parts: list[int]
) -> list[_Row]:
    """The plans with a part that holds all words, in the order they are shown; fills ``parts`` if told."""
    best = _matching(terms, wanted.section, parts)
    if not best:
        return []
    rows = plans_of(wanted).filter(parts__position=0).order_by()
    columns = rows.values_list("parts__id", "id", "title", "state", "kind", "jurisdiction")
    searches = [finder(word).search for word in asked]

    def order(row: _Row) -> tuple[bool, bool, bool, float, str]:
        first, draft_id, title, state, _, _ = row
        late = state in ("superseded", "withdrawn")
        return (state != "in_force", not _holds(searches, title), late, best[first >> SERIAL], draft_id)

    return sorted((row for row in columns if row[0] >> SERIAL in best), key=order)


def _matching(terms: Sequence[str], section: str, parts: list[int]) -> dict[int, float]:
    """Plans by serial with a part in which all words stand, and how well (less is better, 0 not measured).

    How well is measured where it can be had for little: for what is rare or long. There the ids of the parts
    are put in ``parts`` too.
    """
    kind = CHAPTERS.index(section) + 1 if section in CHAPTERS else 0
    narrow = f" AND ((rowid >> {PLACES}) & {(1 << KINDS) - 1}) = {kind}" if kind else ""
    if connection.vendor != "sqlite":
        asked = " & ".join("(" + " <-> ".join(f"'{pair}'" for pair in phrase(term)) + ")" for term in terms)
        return dict.fromkeys(_serials(f"grams @@ %s::tsquery{narrow}", asked), 0.0)
    asked = " AND ".join(f'"{" ".join(phrase(term))}"' for term in terms)
    where = f"grams MATCH %s{narrow}"
    if max(map(len, terms)) < LONG:
        serials = _serials(where, asked)
        if len(serials) > RANKED:
            return dict.fromkeys(serials, 0.0)
    best: dict[int, float] = {}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT rowid, rank FROM store_clause_index WHERE {where}", [asked])
        for part, rank in cursor.fetchall():
            parts.append(part)
            best[part >> SERIAL] = min(rank, best.get(part >> SERIAL, 0.0))
    return best


def _serials(where: str, asked: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT rowid >> {SERIAL} FROM store_clause_index WHERE {where}", [asked])
        return [row[0] for row in cursor.fetchall()]


def _page(
    plans: Sequence[Candidate], terms: Sequence[str], section: str, parts: Sequence[int]
) -> list[PlanHits]:
    """Plans with their clauses; only ``parts`` are looked through where they are known."""
    shown = {plan.serial for plan in plans}
    texts = _texts(
        [plan.draft_id for plan in plans], section, [part for part in parts if part >> SERIAL in shown]
    )
    patterns = [finder(term) for term in terms]
    searches = [pattern.search for pattern in patterns]
    found = []
    for plan in plans:
        hits: list[ClauseHit] = []
        count = 0
        for number, title, line, text, lines in texts.get(plan.draft_id, ()):
            if _holds(searches, text, title):
                count += 1
                if len(hits) < SHOWN:
                    hits.append(_hit(number, title, line, text, lines, patterns))
        if hits:
            more = count - len(hits)
            found.append(
                PlanHits(
                    plan.draft_id, plan.title, plan.state, plan.kind, plan.jurisdiction, tuple(hits), more
                )
            )
    return found


_Search = Callable[[str], re.Match[str] | None]


def _holds(searches: Sequence[_Search], text: str, title: str = "") -> bool:
    """Whether each word stands in the text or in its title; asked of every clause of a page of plans."""
    for search in searches:  # noqa: SIM110 - a generator takes as long as the search itself
        if not (search(text) or search(title)):
            return False
    return True


def _texts(drafts: Sequence[str], section: str, parts: Sequence[int]) -> dict[str, list[list[Any]]]:
    """The clauses of these plans, of one kind of chapter or all, in order; of ``parts`` if given."""
    rows = PlanPart.objects.filter(draft__in=drafts)
    if parts:
        rows = rows.filter(pk__in=parts)
    if section:
        rows = rows.filter(section=section)
    found: dict[str, list[list[Any]]] = {}
    for draft, text in rows.order_by("draft", "position").values_list("draft_id", "clauses"):
        found.setdefault(draft, []).extend(json.loads(text))
    return found


def _hit(
    number: str, title: str, line: int, text: str, lines: list[int], patterns: Sequence[re.Pattern[str]]
) -> ClauseHit:
    """The clause with the line of the paragraph in which its first hit stands."""
    first = min((found.start() for pattern in patterns if (found := pattern.search(text))), default=-1)
    if first >= 0 and lines:
        line = lines[min(text.count("\n", 0, first), len(lines) - 1)]
    return ClauseHit(number, title, line, tuple(excerpt(text, patterns)))


def excerpt(text: str, patterns: Sequence[re.Pattern[str]]) -> Iterator[Piece]:
    """The first hit with what stands around it, every hit within marked."""
    first = min((found.start() for pattern in patterns if (found := pattern.search(text))), default=0)
    begin, end = max(0, first - CONTEXT), min(len(text), first + 3 * CONTEXT)
    shown = ("…" if begin else "") + text[begin:end].replace("\n", " ") + ("…" if end < len(text) else "")
    spans = sorted({found.span() for pattern in patterns for found in pattern.finditer(shown)})
    place = 0
    for start, stop in spans:
        if start < place:
            continue
        if start > place:
            yield Piece(shown[place:start], False)
        yield Piece(shown[start:stop], True)
        place = stop
    if place < len(shown):
        yield Piece(shown[place:], False)
