"""The action card of a unit or a post (应急处置卡): what it does first, within which limit, whom it tells.

Made to fit two sides of A4 in big type: what does not fit is counted and its clauses are named, never dropped
without a word. Text of the plan is shortened at the end only.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from fengsui.core.citation import Citation
from fengsui.core.errors import InputError
from fengsui.core.plan.authority import Contact
from fengsui.core.plan.chart.flow import levels_words, limit_words
from fengsui.core.plan.chart.shapes import Say, clip, em_width
from fengsui.core.plan.level import AnyLevel, LadderKind
from fengsui.core.plan.matrix import Entry, Part, Row, levels_used, scale_of

MOST_PLANS = 8
"""Plans one card can hold; for more a person chooses."""
LINES_A_CARD, LINES_A_PLAN = 68, 6
"""Lines of text that two sides hold in the type of the card, and those each plan takes for its head."""
LINE_EM = 26.0
"""Full-width characters in a line of the column that says what to do."""
LONGEST_TEXT = 88.0
"""Longest text of one step, in em; the clause tells the rest."""
_ORDER = {part: at for at, part in enumerate(Part)}
_ROLES = (Part.COMMAND, Part.LEAD, Part.JOIN, Part.LISTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of a card: ``limit`` and ``to`` empty where the plan gives none."""

    part: Part
    text: str
    limit: str
    to: str
    clause: str
    source: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelSteps:
    """The steps of one level (``level`` in words); ``left_out`` those that found no room, by clause."""

    level: str
    steps: tuple[Step, ...]
    left_out: int = 0
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPlan:
    """What one plan asks of the body. ``roles``: posts and groups, in words."""

    title: str
    roles: tuple[str, ...]
    levels: tuple[LevelSteps, ...]
    contacts: tuple[Contact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionCard:
    """The whole card; ``names`` other names of the body in these plans."""

    name: str
    names: tuple[str, ...]
    plans: tuple[CardPlan, ...]


def find_row(rows: Sequence[Row], name: str, bodies: Mapping[str, str] | None = None) -> Row:
    """The row that ``name`` means: in full, by an alias, else the one whose name contains it at its end.

    ``bodies`` are further names (of posts, of the directory) → body of a row. Raises InputError
    ``unit_missing``, ``unit_not_in_plans``, ``unit_not_in_plans_none``, ``unit_ambiguous``.
    """
    wanted = "".join(name.split())
    if not wanted:
        raise InputError("unit_missing")
    body = (bodies or {}).get(wanted)
    exact = [row for row in rows if row.body in (wanted, body) or wanted in (row.name, *row.names)]
    found = exact[:1] or [
        row for row in rows if any(known.endswith(wanted) for known in (row.name, *row.names))
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError("unit_ambiguous", name=name, near="、".join(row.name for row in found[:6]))
    near = nearest(rows, wanted)
    if not near:
        raise InputError("unit_not_in_plans_none", name=name)
    raise InputError("unit_not_in_plans", name=name, near="、".join(near))


def nearest(rows: Iterable[Row], name: str, most: int = 5) -> tuple[str, ...]:
    """Names most like ``name``: those that share a piece with it, then those spelled alike."""
    known = [*dict.fromkeys(other for row in rows for other in (row.name, *row.names))]
    pieces = {name[at : at + 2] for at in range(len(name) - 1)}
    shared = sorted(
        (other for other in known if any(piece in other for piece in pieces)),
        key=lambda other: -sum(piece in other for piece in pieces),
    )
    alike = difflib.get_close_matches(name, known, n=most, cutoff=0.4)
    return tuple(dict.fromkeys((*shared[:most], *alike)))[:most]


def make_card(
    row: Row,
    titles: Mapping[str, str],
    contacts: Mapping[str, tuple[Contact, ...]],
    say: Say,
    post: str | None = None,
) -> ActionCard:
    """The card of ``row`` over the plans in ``titles`` (id → title), in their order.

    ``post`` keeps what a post of that id does and what its unit does, and leaves out other posts of the
    unit. Raises InputError("too_many_plans").
    """
    entries = [entry for entry in row.entries if post is None or entry.post in (None, post)]
    used = [plan_id for plan_id in titles if any(entry.plan_id == plan_id for entry in entries)]
    if len(used) > MOST_PLANS:
        raise InputError("too_many_plans", most=MOST_PLANS, count=len(used))
    own = {plan_id: [entry for entry in entries if entry.plan_id == plan_id] for plan_id in used}
    whole = {plan_id: _levels(own[plan_id], say) for plan_id in used}
    room = _shared_out({plan_id: _need(levels) for plan_id, levels in whole.items()})
    plans = tuple(
        CardPlan(
            title=titles[plan_id],
            roles=_roles(own[plan_id], say),
            levels=_fitted(whole[plan_id], room[plan_id]),
            contacts=_contacts(own[plan_id], contacts.get(plan_id, ())),
        )
        for plan_id in used
    )
    return ActionCard(name=row.name, names=tuple(n for n in row.names if n != row.name), plans=plans)


def _need(levels: Sequence[LevelSteps]) -> int:
    """Lines that all steps of a plan take."""
    return sum(lines_needed(step) for level in levels for step in level.steps)


def _shared_out(needs: Mapping[str, int]) -> dict[str, int]:
    """Lines for each plan: who needs little leaves the rest to the others."""
    left = LINES_A_CARD - LINES_A_PLAN * len(needs)
    room: dict[str, int] = {}
    for place, (plan_id, need) in enumerate(sorted(needs.items(), key=lambda pair: pair[1])):
        room[plan_id] = min(need, max(4, left // (len(needs) - place)))
        left -= room[plan_id]
    return room


def _roles(entries: Sequence[Entry], say: Say) -> tuple[str, ...]:
    words: dict[str, None] = {}
    for entry in sorted(entries, key=lambda each: _ORDER[each.part]):
        if entry.part is Part.COMMAND:
            words.setdefault(say(entry.text, name=entry.other[0]))
        elif entry.part is Part.LEAD and not entry.out_of_scope:
            words.setdefault(say("lead_of", name=entry.text))
        elif entry.part is Part.JOIN and not entry.out_of_scope:
            if say("lead_of", name=entry.text) not in words:
                words.setdefault(say("member_of", name=entry.text))
        elif entry.part is Part.LISTED and not words:
            words.setdefault(say("listed"))
    return tuple(words)


def _levels(entries: Sequence[Entry], say: Say) -> list[LevelSteps]:
    """The steps by the levels they belong to; what is the same at several levels stands once."""
    steps: dict[Step, list[AnyLevel | None]] = {}
    of_card = _told_once([e for e in entries if e.part not in _ROLES and not e.out_of_scope])
    for entry in sorted(of_card, key=lambda each: (_ORDER[each.part], each.source.line)):
        held = steps.setdefault(_step(entry, say), [])
        held.extend(level for level in entry.levels if level not in held)
        if not entry.levels and None not in held:
            held.append(None)
    order: dict[AnyLevel | None, int] = {level: at for at, level in enumerate((*levels_used(of_card), None))}
    grouped: dict[tuple[AnyLevel | None, ...], list[Step]] = {}
    for step, held in steps.items():
        grouped.setdefault(tuple(sorted(held, key=order.__getitem__)), []).append(step)
    found = []
    for levels, own in sorted(grouped.items(), key=lambda pair: [order[level] for level in pair[0]]):
        found.append(LevelSteps(level=levels_name(levels, say), steps=tuple(own)))
    return found


def levels_name(levels: Sequence[AnyLevel | None], say: Say) -> str:
    """Levels in words, each scale once: Ⅰ级、Ⅱ级响应；Ⅲ级预警; None: 各级."""
    by_scale: dict[str, list[AnyLevel]] = {}
    for level in levels:
        if level is not None:
            by_scale.setdefault(scale_of(level), []).append(level)
    named = [say(f"of_{scale}", level=levels_words(held, say)) for scale, held in by_scale.items()]
    return "；".join((*named, *([say("any_level")] if None in levels else ())))


def _told_once(entries: Sequence[Entry]) -> list[Entry]:
    """A task with a limit and the measure it was read from are one step: all its words, and its clock."""
    measures = {(entry.source.line, entry.text): entry for entry in entries if entry.part is Part.MEASURE}
    found: list[Entry] = []
    covered: set[tuple[int, str]] = set()
    for entry in entries:
        whole = None
        if entry.part is Part.TASK:
            of_line = (text for line, text in measures if line == entry.source.line and entry.text in text)
            whole = next(of_line, None)
        if whole is None:
            found.append(entry)
            continue
        measure = measures[entry.source.line, whole]
        covered.add((measure.source.line, whole))
        found.append(replace(entry, text=whole, levels=entry.levels or measure.levels))
    return [e for e in found if e.part is not Part.MEASURE or (e.source.line, e.text) not in covered]


def _step(entry: Entry, say: Say) -> Step:
    limit = limit_words(entry.deadline, say) if entry.deadline is not None else ""
    to = "、".join(entry.other) if entry.part is Part.REPORT else ""
    return Step(
        part=entry.part,
        text=clip(part_words(entry, say), LONGEST_TEXT),
        limit=limit,
        to=to,
        clause=entry.source.clause,
        source=entry.source,
    )


def part_words(entry: Entry, say: Say) -> str:
    """What a body does in a plan, in one line."""
    codes = {
        Part.DECIDE: "decide_level",
        Part.APPROVE: "approve_level",
        Part.PROPOSE: "propose_level",
        Part.END: "end_level",
        Part.PROPOSE_END: "propose_end",
    }
    other = "、".join(entry.other) or say("unnamed")
    if entry.part in codes:
        over = {LadderKind.WARNING: "_warning", LadderKind.EVENT_GRADE: "_grade"}
        return say(codes[entry.part] + (over.get(entry.scale, "") if entry.scale else ""), to=other)
    if entry.part is Part.RECEIVE:
        return say("receive_from", who=other)
    if entry.part is Part.REPORT and not all(name in entry.text for name in entry.other):
        return say("report_to", to=other, what=entry.text)
    return entry.text


def _fitted(levels: Sequence[LevelSteps], room: int) -> tuple[LevelSteps, ...]:
    """As many steps as ``room`` lines hold, taken from every level in turn, the most important first."""
    kept: list[list[Step]] = [[] for _ in levels]
    for turn in range(max((len(each.steps) for each in levels), default=0)):
        for at, each in enumerate(levels):
            if turn < len(each.steps):
                need = lines_needed(each.steps[turn])
                if need <= room and len(kept[at]) == turn:
                    kept[at].append(each.steps[turn])
                    room -= need
    return tuple(_cut(each, steps) for each, steps in zip(levels, kept, strict=True))


def lines_needed(step: Step) -> int:
    """Lines that a step takes on the card."""
    return max(1, -int(-em_width(step.text) // LINE_EM), -int(-em_width(step.limit) // 8.0))


def _cut(whole: LevelSteps, steps: Sequence[Step]) -> LevelSteps:
    rest = whole.steps[len(steps) :]
    clauses = tuple(dict.fromkeys(step.clause for step in rest if step.clause))
    return LevelSteps(level=whole.level, steps=tuple(steps), left_out=len(rest), clauses=clauses)


def _contacts(entries: Sequence[Entry], contacts: Sequence[Contact]) -> tuple[Contact, ...]:
    """Telephone lines of the bodies this one reports to, and its own."""
    wanted = {name for entry in entries for name in (*entry.other, entry.printed)}
    own = [
        each
        for each in contacts
        if any(each.unit in name or name in each.unit for name in wanted if each.unit)
    ]
    return tuple(own[:6])
