"""Comparing clocks: report edges and other deadlines, drills, revision."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from datetime import timedelta

from fengsui.core.plan.compare_alike import likeness, match, plain
from fengsui.core.plan.compare_fields import Pair, alone
from fengsui.core.plan.compare_names import Bodies
from fengsui.core.plan.compare_types import Change, Difference, Effect, Weight
from fengsui.core.plan.model import PlanContent
from fengsui.core.plan.reporting import Deadline, Drill, RevisionRule

_NOW = re.compile(r"立即|立刻|即时|马上|迅即|第一时间")
_EVERY = re.compile(r"每?(?P<n>半|\d+|[一二两三四五六七八九十])?个?(?P<unit>年|月|周|季度|季|天|日)")
_COUNT = {sign: number for number, sign in enumerate("一二三四五六七八九十", 1)} | {"两": 2, "半": 0.5}
_DAYS = {"年": 365, "月": 30, "周": 7, "季度": 91, "季": 91, "天": 1, "日": 1}


def limit_of(deadline: Deadline) -> str:
    """The words that say when: 2小时, 每24小时, 10月15日前."""
    return deadline.within or deadline.every or deadline.by or ""


def length_of(deadline: Deadline) -> timedelta | None:
    """How long the limit is; at once is nothing, a date has no length."""
    if deadline.span is not None:
        return deadline.span
    return timedelta() if _NOW.search(limit_of(deadline)) else None


def edge_words(deadline: Deadline) -> str:
    """The edge in words of the plan: who → whom, after what."""
    route = " → ".join(part for part in (deadline.who or "", "、".join(deadline.to)) if part)
    return " ".join(part for part in (route or deadline.what[:40], deadline.after or "") if part)


def compare_deadlines(before: PlanContent, after: PlanContent, bodies: Bodies) -> Iterator[Difference]:
    """Every edge: the limit, who, to whom, in what form, at which levels."""

    def key(edge: Deadline) -> Hashable:
        return (
            *(bodies.keys(edge.who), bodies.all_keys(edge.to), edge.start, plain(edge.after or "")),
            *(plain(edge.what), plain(limit_of(edge)), edge.levels, edge.form, plain(edge.condition or "")),
        )

    def score(one: Deadline, other: Deadline) -> float:
        return edge_likeness(one, other, bodies)

    edges = match(before.deadlines, after.deadlines, key, score, least=0.6)
    for edge in edges.gone:
        yield _edge_alone(edge, Change.GONE)
    for one, other in edges.pairs:
        yield from _edge(one, other, bodies)
    for edge in edges.added:
        yield _edge_alone(edge, Change.ADDED)


def edge_likeness(one: Deadline, other: Deadline, bodies: Bodies) -> float:
    """0 … 1: whether two edges are one, changed: who, to whom, after what, what, at which levels."""
    if one.is_report != other.is_report:
        return 0.0
    worth = 0.25 * (bodies.keys(one.who) == bodies.keys(other.who))
    worth += 0.25 * _shared(bodies.all_keys(one.to), bodies.all_keys(other.to))
    worth += 0.15 * (one.start is other.start and bool(one.every) == bool(other.every))
    worth += 0.25 * likeness(one.what, other.what) + 0.05 * (one.levels == other.levels)
    return worth + 0.05 * (one.form is other.form)


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one or other else 1.0


def _edge_alone(edge: Deadline, change: Change) -> Difference:
    return alone(
        "deadlines", change, limit_of(edge), edge.source, about=edge_words(edge), weight=Weight.FIGURE
    )


def _edge(one: Deadline, other: Deadline, bodies: Bodies) -> Iterator[Difference]:
    names = sorted({edge_words(one), edge_words(other)}, key=lambda text: (len(text), text))
    pair = Pair(section="deadlines", about=names[0], before=one.source, after=other.source)
    yield from _limit(one, other, pair)
    yield from pair.who("deadline_who", one.who, other.who, bodies)
    yield from pair.all_who("deadline_to", one.to, other.to, bodies)
    if one.start is not other.start:
        yield pair.differs("deadline_after", one.after or "", other.after or "", Weight.FIGURE)
    if one.form is not other.form:
        forms = [form.value if form else "" for form in (one.form, other.form)]
        yield pair.differs("deadline_form", forms[0], forms[1], Weight.WORDING)
    yield from pair.levels("deadline_levels", one.levels, other.levels)
    yield from pair.words("deadline_condition", one.condition, other.condition)
    yield from pair.words("deadline_what", one.what, other.what)


def _limit(one: Deadline, other: Deadline, pair: Pair) -> Iterator[Difference]:
    old, new = length_of(one), length_of(other)
    kinds = [(bool(each.every), bool(each.by)) for each in (one, other)]
    if kinds[0] == kinds[1]:
        if old is not None and old == new and bool(one.span) == bool(other.span):
            return
        if plain(limit_of(one)) == plain(limit_of(other)):
            return
    effects: tuple[Effect, ...] = ()
    if old is not None and new is not None and old != new and kinds[0] == kinds[1]:
        effects = (Effect.SHORTER if new < old else Effect.LONGER,)
    yield pair.differs("deadline_limit", limit_of(one), limit_of(other), Weight.FIGURE, effects=effects)


def interval_days(words: str | None) -> int | None:
    """An interval (每年, 两年, 半年, 3个月) in days, about; None where it is no interval."""
    found = _EVERY.search(words or "")
    if not found:
        return None
    count = found["n"] or "一"
    number = int(count) if count.isdigit() else _COUNT[count]
    return round(number * _DAYS[found["unit"]])


def _interval(old: str | None, new: str | None) -> tuple[Effect, ...]:
    was, now = interval_days(old), interval_days(new)
    if was is None or now is None or was == now:
        return ()
    return (Effect.SHORTER if now < was else Effect.LONGER,)


def compare_drills(before: PlanContent, after: PlanContent) -> Iterator[Difference]:
    """How often which drill is held."""

    def key(drill: Drill) -> Hashable:
        return (plain(drill.scope or ""), plain(drill.kind or ""), plain(drill.every or ""))

    def score(one: Drill, other: Drill) -> float:
        if plain(one.kind or "") != plain(other.kind or "") and one.kind and other.kind:
            return 0.0
        return 0.5 * (plain(one.every or "") == plain(other.every or "")) + 0.5 * likeness(
            one.scope or "", other.scope or ""
        )

    drills = match(before.drills, after.drills, key, score, least=0.3)
    for one, other in drills.pairs:
        about = min((one.scope or one.kind or "", other.scope or other.kind or ""))
        pair = Pair(section="drills", about=about, before=one.source, after=other.source)
        if plain(one.every or "") != plain(other.every or ""):
            effects = _interval(one.every, other.every)
            yield pair.differs(
                "drill_every", one.every or "", other.every or "", Weight.FIGURE, effects=effects
            )
        yield from pair.words("drill_scope", one.scope, other.scope)
    for change, items in ((Change.GONE, drills.gone), (Change.ADDED, drills.added)):
        for drill in items:
            about = drill.scope or drill.kind or ""
            yield alone("drills", change, drill.every or "", drill.source, about=about, weight=Weight.FIGURE)


def compare_revision(before: PlanContent, after: PlanContent, bodies: Bodies) -> Iterator[Difference]:
    """When and by whom the plan is evaluated or revised."""

    def key(rule: RevisionRule) -> Hashable:
        return (plain(rule.text), plain(rule.every or ""))

    rules = match(
        before.revision, after.revision, key, lambda a, b: 0.3 + 0.7 * likeness(a.text, b.text), least=0.3
    )
    for one, other in rules.pairs:
        pair = Pair(section="revision", about="", before=one.source, after=other.source)
        if plain(one.every or "") != plain(other.every or ""):
            effects = _interval(one.every, other.every)
            yield pair.differs(
                "revision_every", one.every or "", other.every or "", Weight.FIGURE, effects=effects
            )
        elif plain(one.text) != plain(other.text):
            yield from pair.words("revision_text", one.text, other.text)
        yield from pair.who("revision_who", one.who, other.who, bodies)
    for change, items in ((Change.GONE, rules.gone), (Change.ADDED, rules.added)):
        for rule in items:
            yield alone("revision", change, rule.text, rule.source, weight=Weight.WORDING)
