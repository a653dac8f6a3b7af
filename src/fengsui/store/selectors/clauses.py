"""Finding words in the clauses of all plans and drafts, with filters and the hit in its context."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from fengsui.core.directory import significant
from fengsui.core.reading.grams import finder, phrase, words
from fengsui.store.failures import told_plainly
from fengsui.store.models import PlanDraft

CONTEXT = 40
"""Signs shown before and after a hit."""
SHOWN = 3
"""Clauses shown of one plan; the rest is counted."""
RANKED = 3000
"""Parts up to which the fit of a word orders plans of one state; beyond it says nothing and costs time."""


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
        ordered = _candidates(terms, words(asked), wanted)
        page = _page(ordered, terms, wanted, limit, offset)
    return Found(plans=page, total=len(ordered))


def _candidates(terms: Sequence[str], asked: Sequence[str], wanted: PlanFilter) -> dict[str, list[int]]:
    """Plans in the order they are shown, each with the parts that hold all words."""
    rows = _matching(terms)
    if not rows:
        return {}
    ids = [row[0] for row in rows]
    place = {part: number for number, part in enumerate(ids)}
    parts = _parts_of(ids if len(ids) < 500 else None, wanted.section)
    plans = {row[0]: row[1:] for row in plans_of(wanted).order_by().values_list("id", "state", "title")}
    patterns = [finder(word) for word in asked]
    found: dict[str, list[int]] = {}
    for part, draft in parts:
        if part in place and draft in plans:
            found.setdefault(draft, []).append(part)

    def order(draft: str) -> tuple[bool, bool, bool, int, str]:
        state, title = plans[draft]
        named = all(pattern.search(title) for pattern in patterns)
        best = min(place[part] for part in found[draft]) if len(ids) <= RANKED else 0
        return (state != "in_force", not named, state in ("superseded", "withdrawn"), best, draft)

    return {draft: found[draft] for draft in sorted(found, key=order)}


def _parts_of(ids: list[int] | None, section: str) -> list[tuple[int, str]]:
    """Parts with their plans, those of ``ids`` or all, of one kind of chapter."""
    where, values = [], []
    if ids is not None:
        where.append(f"id IN ({','.join(map(str, ids))})")
    if section:
        where.append("section = %s")
        values.append(section)
    clause = f" WHERE {' AND '.join(where)}" if where else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, draft_id FROM store_planpart{clause}", values)
        return list(cursor.fetchall())


def _matching(terms: Sequence[str]) -> list[tuple[int]]:
    """Parts in which all words stand, the best first where there are few."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            asked = " AND ".join(f'"{" ".join(phrase(term))}"' for term in terms)
            cursor.execute("SELECT rowid FROM store_clause_index WHERE grams MATCH %s", [asked])
            rows = list(cursor.fetchall())
            if 1 < len(rows) <= RANKED:
                cursor.execute(
                    "SELECT rowid FROM store_clause_index WHERE grams MATCH %s ORDER BY rank", [asked]
                )
                rows = list(cursor.fetchall())
            return rows
        asked = " & ".join("(" + " <-> ".join(f"'{pair}'" for pair in phrase(term)) + ")" for term in terms)
        cursor.execute("SELECT rowid FROM store_clause_index WHERE grams @@ %s::tsquery", [asked])
        return list(cursor.fetchall())


def _page(
    ordered: dict[str, list[int]], terms: Sequence[str], wanted: PlanFilter, limit: int, offset: int
) -> list[PlanHits]:
    """The plans of one page with their clauses."""
    drafts = list(ordered)[offset : offset + limit]
    rows = PlanDraft.objects.filter(pk__in=drafts).values_list("id", "title", "state", "kind", "jurisdiction")
    plans = {row[0]: row for row in rows}
    texts = _texts([part for draft in drafts for part in ordered[draft]])
    patterns = [finder(term) for term in terms]
    found = []
    for draft in drafts:
        hits: list[ClauseHit] = []
        count = 0
        for part in sorted(ordered[draft]):
            for number, title, line, text, lines in texts[part]:
                if not all(pattern.search(text) or pattern.search(title) for pattern in patterns):
                    continue
                count += 1
                if len(hits) < SHOWN:
                    hits.append(_hit(number, title, line, text, lines, patterns))
        if hits:
            _, title, state, kind, jurisdiction = plans[draft]
            found.append(PlanHits(draft, title, state, kind, jurisdiction, tuple(hits), count - len(hits)))
    return found


def _texts(parts: Sequence[int]) -> dict[int, list[list[Any]]]:
    from fengsui.store.models import PlanPart

    rows = PlanPart.objects.filter(pk__in=parts).values_list("id", "clauses")
    return {part: json.loads(text) for part, text in rows}


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
