"""Comparing two plans (比对): by meaning, by fit with the plan above, by text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from fengsui.application import comparing as use
from fengsui.application.access import Action, require
from fengsui.application.plan_library_ports import DraftRecord
from fengsui.application.wording import word
from fengsui.core.citation import Citation
from fengsui.core.plan.compare_types import Difference, Side
from fengsui.core.plan.text_diff import Clause, Fate, Kind, Piece, Row, inline
from fengsui.store import selectors
from fengsui.web import pages, wiring
from fengsui.web.plans.plan_page import draft_of
from fengsui.web.seat import seat_of

WAYS = ("meaning", "linkage", "text")


@dataclass(frozen=True, slots=True)
class ShownSide:
    """One side of a difference: what is said there, with its marked pieces, and where."""

    name: str
    pieces: tuple[Piece, ...]
    source: Citation | None
    href: str
    absent: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One difference, or one clause of the comparison by text, as the page shows it."""

    what: str
    about: str
    change: str
    weight: str
    effects: list[str]
    sides: tuple[ShownSide, ShownSide]


@pages.screen
def compare(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Choose the other plan, or see the differences."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_PLAN)
    own = draft_of(draft_id)
    other_id = request.GET.get("with", "")
    if not other_id:
        return _choose(request, own)
    before, after = _ordered(own, draft_of(other_id), request.GET.get("by", ""))
    by = request.GET.get("by", "meaning")
    by = by if by in WAYS else "meaning"
    library = wiring.library()
    one, two = (use.comparable_of(library, record) for record in (before, after))
    context = {
        "here": "plans",
        "own": own,
        "before": before,
        "after": after,
        "other_id": other_id,
        "by": by,
        "ways": WAYS,
    }
    names = ("upper", "lower") if by == "linkage" else ("before", "after")
    tell = _Teller(before, after, names, seat.language)
    if by == "text":
        rows = use.by_text(one, two)
        context |= {
            "rows": tell.rows(rows),
            "summary": word("compare", "summary_text", seat.language, **use.fates(rows)),
            "same": word("compare_page", "same_clauses", seat.language, n=use.fates(rows)["same"]),
        }
    else:
        found = use.by_meaning(one, two, linkage=by == "linkage")
        context |= {
            "sections": tell.sections(found),
            "summary": word("compare", "summary", seat.language, **use.counts(found)),
            "nothing": word("compare", "fits" if by == "linkage" else "nothing", seat.language),
        }
    return pages.page(request, "plans/compare.html", context)


def _ordered(own: DraftRecord, other: DraftRecord, by: str) -> tuple[DraftRecord, DraftRecord]:
    """What came before and what came after: the earlier of two versions, the upper of two levels."""
    if by == "linkage" or other.jurisdiction != own.jurisdiction:
        return other, own
    return (own, other) if own.imported_at < other.imported_at else (other, own)


def _choose(request: HttpRequest, own: DraftRecord) -> HttpResponse:
    query = request.GET.get("q", "").strip()[:100]
    others = selectors.others_of(own.draft_id)
    found = selectors.plans(search=query, limit=20)[0] if query else []
    seat = seat_of(request)
    context = {
        "here": "plans",
        "own": own,
        "versions": [each for each in others if each.why == "version"],
        "uppers": [each for each in others if each.why == "upper"],
        "found": [line for line in found if line.draft_id != own.draft_id],
        "query": query,
        "area_names": {area.code: area.name for area in seat.directory.jurisdictions},
    }
    return pages.page(request, "plans/compare_choose.html", context)


class _Teller:
    """Differences made ready for the page."""

    def __init__(
        self, before: DraftRecord, after: DraftRecord, names: tuple[str, str], language: str
    ) -> None:
        self.records = (before, after)
        self.names = names
        self.language = language

    def sections(self, found: Sequence[Difference]) -> list[tuple[str, list[Shown]]]:
        """Differences by section."""
        return [
            (section, [self._difference(each) for each in group])
            for section, group in groupby(found, key=lambda each: each.section)
        ]

    def _difference(self, each: Difference) -> Shown:
        left, right = _both(each.before, each.after)
        return Shown(
            what=use.code_words(each, self.language),
            about=use.about_words(each, self.language),
            change=each.change.value,
            weight=each.weight.value,
            effects=use.effect_words(each, self.language),
            sides=(self._side(0, each.before, left), self._side(1, each.after, right)),
        )

    def _side(self, place: int, side: Side | None, pieces: tuple[Piece, ...]) -> ShownSide:
        source = side.source if side else None
        href = self._href(place, source.line) if source else ""
        return ShownSide(self.names[place], pieces, source, href, side is None)

    def _href(self, place: int, line: int) -> str:
        return f"{reverse('plan', args=[self.records[place].draft_id])}#L{line}"

    def rows(self, rows: Sequence[Row]) -> list[Shown]:
        """Clauses that differ."""
        return [self._row(row) for row in rows if row.fate is not Fate.SAME]

    def _row(self, row: Row) -> Shown:
        named = row.after or row.before
        assert named is not None
        if row.fate is Fate.CHANGED:
            left = tuple(piece for piece in row.pieces if piece.kind is not Kind.ADDED)
            right = tuple(piece for piece in row.pieces if piece.kind is not Kind.GONE)
        else:
            left, right = ((Piece(Kind.SAME, each.text),) if each else () for each in (row.before, row.after))
        numbers = [each.number for each in (row.before, row.after) if each and each.number]
        return Shown(
            what=word("compare", f"fate_{row.fate.value}", self.language),
            about=f"{' → '.join(dict.fromkeys(numbers))} {named.title}".strip(),
            change=row.fate.value,
            weight="wording",
            effects=[],
            sides=(self._clause(0, row.before, left), self._clause(1, row.after, right)),
        )

    def _clause(self, place: int, clause: Clause | None, pieces: tuple[Piece, ...]) -> ShownSide:
        if clause is None:
            return ShownSide(self.names[place], (), None, "", True)
        record = self.records[place]
        quote = clause.text.split("\n", 1)[0][:200] or clause.title
        source = Citation(document=record.document_id, clause=clause.number, line=clause.line, quote=quote)
        return ShownSide(self.names[place], pieces, source, self._href(place, clause.line), False)


def _both(before: Side | None, after: Side | None) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The words of both sides with what differs marked."""
    if before is None or after is None:
        left, right = ((Piece(Kind.SAME, side.text),) if side else () for side in (before, after))
        return left, right
    pieces = inline(before.text, after.text)
    return (
        tuple(piece for piece in pieces if piece.kind is not Kind.ADDED),
        tuple(piece for piece in pieces if piece.kind is not Kind.GONE),
    )
