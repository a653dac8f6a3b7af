"""Who is told next when nobody answers an order (催办升级), rung by rung, and never anybody off duty.

The chain is data: unit liaison → unit head → lead of the group → office director → commander, each with
its wait. Who stands on a rung is read from the directory, the staffing of the headquarters and the plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from fengsui.core.directory import Directory, Jurisdiction, Post, Role
from fengsui.core.plan.model import Plan
from fengsui.core.response.events_dispatch import Appointment, Phase, StaffRole
from fengsui.core.response.incident import DirectiveState, Incident
from fengsui.core.response.power import bound_ids, posts_for
from fengsui.core.response.waits import ACCEPT, LATE, Waits


class DutyState(StrEnum):
    """Whether a post may be disturbed now, by the roster."""

    ON = "on"  # 在岗
    OFF = "off"  # 有排班，现不当班
    FREE = "free"  # 未排班：常设岗位


Roster = Callable[[str], DutyState]
"""The state of duty of a post, by id, at the moment of the decision."""


class Rung(StrEnum):
    """One step of the chain."""

    LIAISON = "liaison"  # 单位联络员
    UNIT_HEAD = "unit_head"  # 单位负责人
    GROUP_LEAD = "group_lead"  # 工作组牵头
    OFFICE_DIRECTOR = "office_director"  # 办公室主任
    COMMANDER = "commander"  # 指挥长


@dataclass(frozen=True, slots=True)
class Stage:
    """One rung with its wait since the phase began."""

    rung: Rung
    wait: timedelta


def ladder(waits: Waits, phase: Phase) -> tuple[Stage, ...]:
    """The chain of a phase with its waits. An order with less than ``waits.short_order`` to go shortens those
    until it is taken in proportion, one without a deadline lengthens them."""
    names = ACCEPT if phase is Phase.UNACCEPTED else LATE
    return tuple(
        Stage(Rung(name.split("_", 1)[1]), timedelta(minutes=getattr(waits, name))) for name in names
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """Who of a rung is told; ``stand_in_for`` the post first in line that is off duty."""

    post: str
    stand_in_for: str | None = None


def pick(candidates: Sequence[str], roster: Roster) -> Picked | None:
    """The one to tell: whoever is on duty, the first in line before the others; else a post without shifts.

    None: all are off duty, and nobody off duty is disturbed.
    """
    for wanted in (DutyState.ON, DutyState.FREE):
        for post in candidates:
            if roster(post) is wanted:
                off = candidates[0] if roster(candidates[0]) is DutyState.OFF else None
                return Picked(post=post, stand_in_for=off)
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Climbed:
    """Where an order is brought to: ``rung`` and ``picked`` None when nobody is left to tell."""

    rung: Rung | None
    picked: Picked | None
    gaps: tuple[Rung, ...]


def climb(
    stages: Sequence[Stage],
    told: frozenset[str],
    candidates: Callable[[Rung], Sequence[str]],
    roster: Roster,
) -> Climbed:
    """The first of ``stages`` where somebody on duty has not been told yet; the rungs passed over as gaps."""
    gaps: list[Rung] = []
    for stage in stages:
        standing = tuple(post for post in candidates(stage.rung) if post not in told)
        if not standing:
            continue
        picked = pick(standing, roster)
        if picked is not None:
            return Climbed(rung=stage.rung, picked=picked, gaps=tuple(gaps))
        gaps.append(stage.rung)
    return Climbed(rung=None, picked=None, gaps=tuple(gaps))


def standing_on(
    rung: Rung,
    state: DirectiveState,
    incident: Incident,
    directory: Directory,
    plans: Mapping[str, Plan],
) -> tuple[str, ...]:
    """The posts of a rung for one order, the first in line first."""
    units = _units_of(state, directory)
    if rung is Rung.LIAISON:
        direct = [item for item in state.issued.to if directory.post(item) is not None]
        return _once((*direct, *_with(units, directory, Role.LIAISON, Role.DUTY_OFFICER)))
    if rung is Rung.UNIT_HEAD:
        return _with(units, directory, Role.COMMANDER, Role.OFFICE_DIRECTOR)
    if rung is Rung.GROUP_LEAD:
        return _leads(units, state, incident, directory, plans)
    if rung is Rung.OFFICE_DIRECTOR:
        return _office(incident, directory)
    return _commanders(state, incident)


def _once(posts: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(post for post in posts if post))


def _units_of(state: DirectiveState, directory: Directory) -> tuple[str, ...]:
    found = []
    for item in state.issued.to:
        post = directory.post(item)
        found.append(post.unit if post is not None else item)
    return tuple(dict.fromkeys(found))


def _with(units: Iterable[str], directory: Directory, *roles: Role) -> tuple[str, ...]:
    return _once(
        post.id for role in roles for unit in units for post in directory.posts_of(unit) if role in post.roles
    )


def _leads(
    units: Sequence[str],
    state: DirectiveState,
    incident: Incident,
    directory: Directory,
    plans: Mapping[str, Plan],
) -> tuple[str, ...]:
    """The leads of the groups in which one of ``units`` is: as staffed, else as the plan says."""
    found: list[str | None] = []
    for (_, group), places in incident.staffing.items():
        members = {_unit(item.post, directory) for item in places if item.post}
        if group and members & set(units):
            found.extend(item.post for item in places if item.role is StaffRole.LEAD)
    for formed in incident.groups:
        plan = plans.get(formed.plan_id)
        if plan is None or formed.lead is None or formed.plan_id != state.issued.plan_id:
            continue
        lead = bound_ids(plan, formed.lead)
        bodies = {item for name in formed.members for item in bound_ids(plan, name)} | set(lead)
        if bodies & {*units, *state.issued.to}:
            found.extend(posts_for(lead, directory))
    return _once(found)


def _unit(post_id: str | None, directory: Directory) -> str | None:
    post = directory.post(post_id) if post_id else None
    return post.unit if post is not None else None


def _office(incident: Incident, directory: Directory) -> tuple[str, ...]:
    named = [item.post for item in _staff(incident) if item.role is StaffRole.OFFICE and item.post]
    if not named:
        named = [post.id for post in _near(incident, directory, Role.OFFICE_DIRECTOR)]
    units = _once(_unit(post, directory) for post in named)
    return _once((*named, *_with(units, directory, Role.DUTY_OFFICER)))


def _near(incident: Incident, directory: Directory, role: Role) -> list[Post]:
    """Posts with ``role`` whose area holds the place, the nearest area first."""
    place = incident.opened.place_code
    posts = [
        post
        for post in directory.posts
        if role in post.roles and Jurisdiction(code=post.jurisdiction, name="").covers(place)
    ]
    opener = _unit(incident.opened_by, directory)
    return sorted(posts, key=lambda post: (post.unit != opener, -len(post.jurisdiction.rstrip("0"))))


def _commanders(state: DirectiveState, incident: Incident) -> tuple[str, ...]:
    order = (StaffRole.COMMANDER, StaffRole.DEPUTY)
    staffed = [item.post for role in order for item in _staff(incident) if item.role is role]
    decided = [item.decided_by for item in incident.responses.values()]
    return _once((*staffed, *decided, state.by))


def _staff(incident: Incident) -> list[Appointment]:
    return [item for (_, group), places in incident.staffing.items() if not group for item in places]
