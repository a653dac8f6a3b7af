"""The index over the clauses of all plans: written with the drafts, made anew by a command."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice

from django.db import connection
from django.db.models import Max

from fengsui.core.errors import InputError
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.chapters import CHAPTERS, chapter_kind
from fengsui.core.reading.clauses import PlacedClause, plan_clauses
from fengsui.core.reading.grams import index_words
from fengsui.store.models import PlanDraft, PlanPart
from fengsui.store.models.clauses import KINDS, PLACES

PART = 6000
"""Signs of one row: PostgreSQL keeps 16,383 positions of a text and 256 of a word."""


def index(document_id: str, lines: Sequence[TextLine]) -> None:
    """Index the plans of a document anew; within the transaction of the caller, once the drafts are there."""
    drafts = PlanDraft.objects.filter(document_id=document_id).order_by("position", "id")
    ids = list(drafts.values_list("pk", flat=True))
    try:
        plans = plan_clauses(lines, document_id)
    except InputError:
        plans = ()
    empty: dict[str, Sequence[PlacedClause]] = dict.fromkeys(ids, ())
    # Drafts of a document stand in its order, as the reader found them.
    put({**empty, **dict(zip(ids, plans, strict=False))})


def put(clauses: Mapping[str, Sequence[PlacedClause]]) -> None:
    """Index the drafts named anew with these clauses; within the transaction of the caller.

    Drafts that are not kept are left out.
    """
    old = list(PlanPart.objects.filter(draft__in=list(clauses)))
    if old:
        _take_out(old)
        PlanPart.objects.filter(pk__in=[part.pk for part in old]).delete()
    kept = set(PlanDraft.objects.filter(pk__in=list(clauses)).values_list("pk", flat=True))
    for draft_id, some in clauses.items():
        if draft_id in kept and some:
            keep(draft_id, some)


def keep(draft_id: str, clauses: Sequence[PlacedClause]) -> None:
    """Store and index the clauses of one plan that has none yet."""
    serial = _serial()
    rows = [
        PlanPart(
            id=part_id(serial, chapter_kind(part[0].chapter), place),
            draft_id=draft_id,
            position=place,
            chapter=part[0].chapter[:200],
            section=chapter_kind(part[0].chapter),
            clauses=_dump(part),
        )
        for place, part in enumerate(islice(_parts(clauses), 1 << PLACES))
    ]
    index_parts(PlanPart.objects.bulk_create(rows))


def part_id(serial: int, section: str, place: int) -> int:
    """The id of a part: the number of its plan, the kind of its chapter, its position."""
    kind = CHAPTERS.index(section) + 1 if section else 0
    return (serial << (KINDS + PLACES)) | (kind << PLACES) | place


def _serial() -> int:
    """A number that no plan of the index has yet."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # The sequence of the column serves as a counter that two writers never share.
            cursor.execute("SELECT nextval(pg_get_serial_sequence('store_planpart', 'id'))")
            return int(cursor.fetchone()[0])
    highest = PlanPart.objects.aggregate(highest=Max("id"))["highest"] or 0
    return int(highest >> (KINDS + PLACES)) + 1


def reset_serial() -> None:
    """Let the counter go on behind the parts that are stored, after rows came in with ids of their own."""
    if connection.vendor != "postgresql":
        return
    highest = PlanPart.objects.aggregate(highest=Max("id"))["highest"] or 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('store_planpart', 'id'), %s)",
            [(highest >> (KINDS + PLACES)) + 1],
        )


def _parts(clauses: Sequence[PlacedClause]) -> Iterator[list[PlacedClause]]:
    """Clauses of one chapter together, as long as there is room."""
    for _, group in groupby(clauses, key=lambda clause: clause.chapter):
        part: list[PlacedClause] = []
        size = 0
        for clause in group:
            length = len(clause.title) + len(clause.text)
            if part and size + length > PART:
                yield part
                part, size = [], 0
            part.append(clause)
            size += length
        yield part


def _dump(part: Iterable[PlacedClause]) -> str:
    rows = [[clause.number, clause.title, clause.line, clause.text, clause.lines] for clause in part]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def _tokens(part: PlanPart) -> list[str]:
    text = "\n".join(f"{row[1]}\n{row[3]}" for row in json.loads(part.clauses))
    return index_words(text)


def index_parts(parts: Sequence[PlanPart]) -> None:
    """Put stored parts into the index, which does not have them yet."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            rows = [(part.pk, " ".join(_tokens(part))) for part in parts]
            cursor.executemany("INSERT INTO store_clause_index(rowid, grams) VALUES (%s, %s)", rows)
            return
        rows = [(part.pk, _vector(_tokens(part))) for part in parts]
        cursor.executemany("INSERT INTO store_clause_index(rowid, grams) VALUES (%s, %s::tsvector)", rows)


def _take_out(parts: Iterable[PlanPart]) -> None:
    """SQLite's index keeps no text, so what goes is told again; PostgreSQL's rows go by themselves."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO store_clause_index(store_clause_index, rowid, grams) VALUES ('delete', %s, %s)",
            [(part.pk, " ".join(_tokens(part))) for part in parts],
        )


def _vector(tokens: Sequence[str]) -> str:
    """The words with their places as PostgreSQL reads them: its own parser depends on the locale."""
    places: dict[str, list[str]] = {}
    for place, token in enumerate(tokens, 1):
        places.setdefault(token, []).append(str(place))
    return " ".join(f"'{token}':{','.join(at[:255])}" for token, at in places.items())
