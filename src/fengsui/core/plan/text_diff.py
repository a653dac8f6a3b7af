"""Comparing two plans by their words (按原文比对): clause by clause, then sign by sign.

A clause is found again by its text, else by its heading, else by what most of its words say, so a
clause that moved or was renumbered is not told as gone and added. ``difflib`` needs quadratic time; it
only ever sees sentences here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from fengsui.core.plan.compare_alike import bigrams, likeness, match, plain

_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]|[^。；！？\n]+$")
LONGEST = 600
"""Signs of a sentence that are compared one by one; two longer ones are told whole."""
RARE = 24
"""A pair of signs that stands in more clauses than this does not help to find one again."""
LEAST = 0.4
"""Likeness from which two clauses are one, changed."""


class Kind(StrEnum):
    """What became of a run of signs."""

    SAME = "same"
    GONE = "gone"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of signs: in both texts, in the first alone or in the second alone."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause of a plan: ``number`` as printed, ``title`` of its heading, its place and its text."""

    number: str
    title: str
    line: int
    text: str


class Fate(StrEnum):
    """What became of a clause."""

    SAME = "same"
    RENUMBERED = "renumbered"  # 只改了编号
    CHANGED = "changed"
    ADDED = "added"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A clause of either plan or of both; ``pieces`` of the text where it changed."""

    fate: Fate
    before: Clause | None
    after: Clause | None
    pieces: tuple[Piece, ...] = ()


def diff_clauses(before: Sequence[Clause], after: Sequence[Clause]) -> tuple[Row, ...]:
    """The clauses of ``after`` in order, those that are gone behind the clause they followed."""
    pairs = _aligned(before, after)
    partner = {j: i for i, j in pairs}
    matched = {i for i, _ in pairs}
    behind = {i: j for i, j in pairs}
    gone_after: dict[int, list[int]] = {}
    last = -1
    for place in range(len(before)):
        if place in matched:
            last = behind[place]
        else:
            gone_after.setdefault(last, []).append(place)
    rows = [_gone(before[place]) for place in gone_after.get(-1, ())]
    for place, clause in enumerate(after):
        mine = partner.get(place)
        rows.append(_row(before[mine], clause) if mine is not None else _added(clause))
        rows += [_gone(before[each]) for each in gone_after.get(place, ())]
    return tuple(rows)


def _gone(clause: Clause) -> Row:
    return Row(fate=Fate.GONE, before=clause, after=None)


def _added(clause: Clause) -> Row:
    return Row(fate=Fate.ADDED, before=None, after=clause)


def _row(one: Clause, other: Clause) -> Row:
    if plain(one.text) == plain(other.text) and plain(one.title) == plain(other.title):
        same_number = plain(f"第{one.number}") == plain(f"第{other.number}")
        return Row(fate=Fate.SAME if same_number else Fate.RENUMBERED, before=one, after=other)
    return Row(fate=Fate.CHANGED, before=one, after=other, pieces=inline(one.text, other.text))


At = tuple[int, int]
"""A clause: which side, which place."""


def _aligned(before: Sequence[Clause], after: Sequence[Clause]) -> list[tuple[int, int]]:
    """Places of clauses that are one: equal ones in order, then by heading and likeness, best first."""
    sides = (before, after)

    def said(at: At) -> tuple[str, str]:
        clause = sides[at[0]][at[1]]
        return plain(clause.title), plain(clause.text)

    equal = match([(0, i) for i in range(len(before))], [(1, j) for j in range(len(after))], said)
    close = _candidates(before, after, [i for _, i in equal.gone], [j for _, j in equal.added])
    near = match(
        equal.gone, equal.added, lambda at: at, lambda one, other: close.get((one[1], other[1]), 0.0), LEAST
    )
    return [(one[1], other[1]) for one, other in (*equal.pairs, *near.pairs)]


def _candidates(
    before: Sequence[Clause], after: Sequence[Clause], lefts: list[int], rights: list[int]
) -> dict[tuple[int, int], float]:
    """Pairs of clauses worth comparing, with their likeness: same heading, or rare words in common."""
    holders: dict[str, list[int]] = {}
    titles: dict[str, list[int]] = {}
    for j in rights:
        titles.setdefault(plain(after[j].title), []).append(j)
        for pair in bigrams(after[j].text):
            holders.setdefault(pair, []).append(j)
    found = {}
    for i in lefts:
        shared: Counter[int] = Counter()
        for pair in bigrams(before[i].text):
            others = holders.get(pair, [])
            if len(others) <= RARE:
                shared.update(others)
        likely = {j for j, _ in shared.most_common(8)} | set(titles.get(plain(before[i].title), [])[:RARE])
        for j in likely:
            found[i, j] = _worth(before[i], after[j])
    return found


def _worth(one: Clause, other: Clause) -> float:
    worth = likeness(one.text, other.text)
    if not one.title or plain(one.title) != plain(other.title):
        return worth
    # The same heading makes up for many changed words, not for a text on something else.
    if worth < 0.1 and one.text and other.text:
        return worth
    return 0.5 + worth / 2


def inline(one: str, other: str) -> tuple[Piece, ...]:
    """The signs of both texts in reading order, with what is gone and what was added."""
    left, right = _SENTENCE.findall(one), _SENTENCE.findall(other)
    if len(left) <= 1 and len(right) <= 1:
        return _tidied(_signs(one, other))
    pieces: list[Piece] = []
    matcher = SequenceMatcher(None, [plain(s) for s in left], [plain(s) for s in right], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Kind.SAME, "".join(right[j1:j2])))
        else:
            pieces += _sentences(left[i1:i2], right[j1:j2])
    return _tidied(pieces)


def _sentences(left: list[str], right: list[str]) -> Iterator[Piece]:
    """Changed sentences of one place: each beside the one most like it."""
    pairs = match(list(enumerate(left)), list(enumerate(right)), lambda at: at, _alike, least=0.3)
    partner = {other[0]: one[0] for one, other in pairs.pairs}
    done = 0
    for place, sentence in enumerate(right):
        mine = partner.get(place)
        if mine is None or mine < done:
            yield Piece(Kind.ADDED, sentence)
            continue
        yield from (Piece(Kind.GONE, text) for text in left[done:mine])
        yield from _signs(left[mine], sentence)
        done = mine + 1
    yield from (Piece(Kind.GONE, text) for text in left[done:])


def _alike(one: tuple[int, str], other: tuple[int, str]) -> float:
    return likeness(one[1], other[1])


def _signs(one: str, other: str) -> Iterator[Piece]:
    if max(len(one), len(other)) > LONGEST or not one or not other:
        if one:
            yield Piece(Kind.GONE, one)
        if other:
            yield Piece(Kind.ADDED, other)
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(Kind.SAME, other[j1:j2])
            continue
        if i2 > i1:
            yield Piece(Kind.GONE, one[i1:i2])
        if j2 > j1:
            yield Piece(Kind.ADDED, other[j1:j2])


def _tidied(pieces: Iterator[Piece] | list[Piece]) -> tuple[Piece, ...]:
    """Runs of one kind together; a single sign alike between two changes joins them, to be readable."""
    items = [piece for piece in pieces if piece.text]
    gone, added, result = "", "", list[Piece]()

    def flush() -> None:
        nonlocal gone, added
        result.extend(Piece(kind, text) for kind, text in ((Kind.GONE, gone), (Kind.ADDED, added)) if text)
        gone = added = ""

    for place, piece in enumerate(items):
        if piece.kind is Kind.GONE:
            gone += piece.text
        elif piece.kind is Kind.ADDED:
            added += piece.text
        elif len(piece.text) == 1 and gone and added and place + 1 < len(items):
            gone, added = gone + piece.text, added + piece.text
        else:
            flush()
            if result and result[-1].kind is Kind.SAME:
                piece = Piece(Kind.SAME, result.pop().text + piece.text)
            result.append(piece)
    flush()
    return tuple(result)
