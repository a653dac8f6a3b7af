"""The whole board of an incident as values: what is the matter with each directive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from fengsui.core.directory import Directory
from fengsui.core.plan.model import Plan
from fengsui.core.response.alarms import phase_of
from fengsui.core.response.dependencies import stuck, unsettled
from fengsui.core.response.escalation import Rung, standing_on
from fengsui.core.response.incident import DirectiveState, DirectiveStatus, Incident
from fengsui.core.response.power import bound_ids
from fengsui.core.response.state_dispatch import Climb


class Axis(StrEnum):
    """By what the board is arranged."""

    STATE = "state"
    UNIT = "unit"
    GROUP = "group"
    DUE = "due"


STATES = (
    "declined",
    "help",
    "question",
    "overdue",
    "issued",
    "waiting",
    "accepted",
    "done",
    "withdrawn",
)
"""What is the matter with an order, what needs somebody first; each order has exactly one."""

OURS = ("declined", "help", "question", "overdue")
"""States in which the command has to do something."""

DUES = ("late", "soon", "today", "later", "none", "over")
SOON, TODAY = timedelta(minutes=30), timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """One directive on the board. ``code`` one of ``STATES``, ``waits_for`` what it waits for now."""

    directive_id: str
    state: DirectiveState
    code: str
    waits_for: tuple[tuple[str, DirectiveState], ...] = ()
    stuck: bool = False
    climb: Climb | None = None

    @property
    def gap(self) -> bool:
        """Whether it climbed to a place where nobody is on duty."""
        return self.climb is not None and self.climb.event.post is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Rows that belong together; ``key`` names the words where ``title`` is empty."""

    key: str
    title: str
    rows: tuple[BoardRow, ...]

    @property
    def open(self) -> int:
        return sum(row.state.is_open for row in self.rows)


def code_of(state: DirectiveState, now: datetime) -> str:
    """What is the matter with one order."""
    if state.status is DirectiveStatus.DECLINED:
        return "declined"
    if not state.is_open:
        return state.status.value
    if state.unanswered_help:
        return "help"
    if state.handling.question is not None:
        return "question"
    if state.due is not None and state.due <= now:
        return "overdue"
    return "waiting" if state.handling.waiting else state.status.value


def board(incident: Incident, now: datetime) -> tuple[BoardRow, ...]:
    """Every directive, what needs somebody first, then the nearest deadline."""
    held = frozenset(stuck(incident.directives))
    rows = [_row(key, state, incident, now, key in held) for key, state in incident.directives.items()]
    return tuple(sorted(rows, key=lambda row: (STATES.index(row.code), *_by_due(row))))


def _by_due(row: BoardRow) -> tuple[bool, datetime]:
    due = row.state.due
    return due is None, due or row.state.at


def _row(key: str, state: DirectiveState, incident: Incident, now: datetime, held: bool) -> BoardRow:
    waits = unsettled(incident.directives, state.handling.after) if state.handling.waiting else ()
    phase = phase_of(state) if state.is_open else None
    climbs = state.handling.climbed(phase) if phase is not None else ()
    return BoardRow(
        directive_id=key,
        state=state,
        code=code_of(state, now),
        waits_for=tuple((item, incident.directives[item]) for item in waits),
        stuck=held,
        climb=climbs[-1] if climbs and state.handling.taken_care is None else None,
    )


def counts(rows: Sequence[BoardRow]) -> dict[str, int]:
    """How many orders are in each state; ``all`` and ``open`` together, ``stuck`` and ``gap`` beside."""
    found = Counter({code: 0 for code in STATES})
    found.update(row.code for row in rows)
    return {
        **found,
        "all": len(rows),
        "open": sum(row.state.is_open for row in rows),
        "stuck": sum(row.stuck for row in rows),
        "gap": sum(row.gap for row in rows),
    }


def sections(
    rows: Sequence[BoardRow],
    axis: Axis,
    incident: Incident,
    directory: Directory,
    plans: Mapping[str, Plan],
    now: datetime,
) -> tuple[Section, ...]:
    """The rows arranged by ``axis``; no row is lost, none stands twice."""
    if axis is Axis.STATE:
        return _sorted_out(rows, lambda row: row.code, STATES)
    if axis is Axis.DUE:
        return _sorted_out(rows, lambda row: _due_key(row, now), DUES)
    if axis is Axis.UNIT:
        return _titled(rows, lambda row: _unit(row, directory))
    groups = _groups(incident, directory, plans)
    return _titled(rows, lambda row: _group(row, directory, groups))


def _sorted_out(
    rows: Sequence[BoardRow], key_of: Callable[[BoardRow], str], keys: Sequence[str]
) -> tuple[Section, ...]:
    found = (
        Section(key=key, title="", rows=tuple(row for row in rows if key_of(row) == key)) for key in keys
    )
    return tuple(section for section in found if section.rows)


def _titled(rows: Sequence[BoardRow], title_of: Callable[[BoardRow], str]) -> tuple[Section, ...]:
    """Sections by title, those with the most to see to first."""
    by_title: dict[str, list[BoardRow]] = {}
    for row in rows:
        by_title.setdefault(title_of(row), []).append(row)
    made = [
        Section(key="" if title else "no_group", title=title, rows=tuple(of))
        for title, of in by_title.items()
    ]
    return tuple(sorted(made, key=lambda item: (item.title == "", -_weight(item), item.title)))


def _weight(section: Section) -> int:
    return sum(100 if row.code in OURS else row.state.is_open for row in section.rows)


def _due_key(row: BoardRow, now: datetime) -> str:
    if not row.state.is_open:
        return "over"
    if row.state.due is None:
        return "none"
    left = row.state.due - now
    if left <= timedelta():
        return "late"
    return "soon" if left <= SOON else "today" if left <= TODAY else "later"


def _unit(row: BoardRow, directory: Directory) -> str:
    """The unit of the addressee: posts of one unit stand together."""
    for target in row.state.issued.to:
        post = directory.post(target)
        unit = directory.unit(post.unit if post is not None else target)
        if unit is not None:
            return unit.name
    return row.state.issued.to_name


def _groups(
    incident: Incident, directory: Directory, plans: Mapping[str, Plan]
) -> list[tuple[str, str | None, frozenset[str]]]:
    """Name, plan and bodies (unit and post ids) of each group, as staffed or as the plan has it."""
    found: list[tuple[str, str | None, frozenset[str]]] = []
    for (plan_id, group), places in incident.staffing.items():
        if group:
            posts = [directory.post(item.post) for item in places if item.post]
            bodies = {body for post in posts if post is not None for body in (post.id, post.unit)}
            found.append((group, plan_id, frozenset(bodies)))
    for formed in incident.groups:
        plan = plans.get(formed.plan_id)
        if plan is not None:
            names = [*((formed.lead,) if formed.lead else ()), *formed.members]
            ids = frozenset(body for name in names for body in bound_ids(plan, name))
            found.append((formed.name, formed.plan_id, ids))
    return found


def _group(
    row: BoardRow, directory: Directory, groups: Sequence[tuple[str, str | None, frozenset[str]]]
) -> str:
    """The first group in which the addressee is, of the plan of the order before the others; "" none."""
    bodies = set(row.state.issued.to)
    bodies |= {post.unit for item in row.state.issued.to if (post := directory.post(item)) is not None}
    for same_plan in (True, False):
        for name, plan_id, members in groups:
            if members & bodies and (plan_id == row.state.issued.plan_id) is same_plan:
                return name
    return ""


def of_unit(rows: Sequence[BoardRow], unit_id: str, directory: Directory) -> tuple[BoardRow, ...]:
    """The orders to a unit or one of its posts."""
    posts = {post.id for post in directory.posts_of(unit_id)}
    return tuple(row for row in rows if set(row.state.issued.to) & {unit_id, *posts})


@dataclass(frozen=True, slots=True)
class ChainStep:
    """One rung of the chain of an order and the posts that stand on it."""

    rung: Rung
    posts: tuple[str, ...]


def chain_of(
    directive_id: str, incident: Incident, directory: Directory, plans: Mapping[str, Plan]
) -> tuple[ChainStep, ...]:
    """Who is told in what order when nobody answers."""
    state = incident.directives[directive_id]
    return tuple(ChainStep(rung, standing_on(rung, state, incident, directory, plans)) for rung in Rung)
