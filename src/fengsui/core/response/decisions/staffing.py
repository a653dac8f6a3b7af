"""Filling the headquarters and the groups (指挥部、工作组) from the posts of the directory and the roster.

The plan names bodies and posts; the directory says which posts stand for them, the roster who of them is on
duty. What nobody is found for stays a gap that people see and fill. It is filled when a response starts, and
again when somebody asks for it: then who went off duty gives way, and whom a person named stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from fengsui.core.directory import Role
from fengsui.core.errors import InputError
from fengsui.core.plan.authority import Headquarters, WorkGroup
from fengsui.core.plan.model import Plan
from fengsui.core.response.decisions.scene import Scene, check_text
from fengsui.core.response.escalation import DutyState, Roster
from fengsui.core.response.events import Event
from fengsui.core.response.events_dispatch import Appointment, GroupStaffed, PostAssigned, StaffRole
from fengsui.core.response.evolve_dispatch import ONE_HOLDER
from fengsui.core.response.power import bound_ids
from fengsui.core.response.substitutes import substitutes

OF_THE_INCIDENT = (StaffRole.ON_SCENE, StaffRole.SAFETY)
"""Places that belong to the incident, whatever plan runs."""
STOOD_IN_FOR = (StaffRole.COMMANDER, StaffRole.OFFICE)
"""Places that a substitute by the plan fills while their own post is off duty."""
_IN_LINE = (Role.COMMANDER, Role.OFFICE_DIRECTOR, Role.LIAISON, Role.DUTY_OFFICER)


class _Lines:
    """The posts that stand for bodies, looked up once for all places of a plan."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.posts = {post.id for post in scene.directory.posts}
        self.units: dict[str, list[tuple[int, str]]] = {}
        for post in scene.directory.posts:
            ranks = [rank for rank, role in enumerate(_IN_LINE) if role in post.roles]
            if ranks:
                self.units.setdefault(post.unit, []).append((min(ranks), post.id))

    def of(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Heads first, then liaisons, then their duty room."""
        found: list[str] = []
        for item in ids:
            ranked = sorted(self.units.get(item, ()), key=lambda pair: pair[0])
            found.extend([item] if item in self.posts else [post for _, post in ranked])
        return tuple(dict.fromkeys(found))

    def appoint(self, role: StaffRole, name: str, plan: Plan) -> Appointment:
        """The place filled with the first in line on duty, else with who stands in for them by the plan."""
        candidates = self.of(bound_ids(plan, name))
        post = choose(candidates, self.scene.roster)
        if post is not None or not candidates or role not in STOOD_IN_FOR:
            return Appointment(role=role, name=name, post=post)
        line = tuple(item.post for item in substitutes(plan, candidates, self.scene.directory))
        standing = choose(line, self.scene.roster)
        principal = candidates[0] if standing else None
        return Appointment(role=role, name=name, post=standing, stand_in_for=principal)


def choose(candidates: Sequence[str], roster: Roster) -> str | None:
    """The first in line who is not off duty; None: nobody."""
    return next((post for post in candidates if roster(post) is not DutyState.OFF), None)


def _headquarters(plan: Plan, command: Headquarters, lines: _Lines) -> GroupStaffed:
    named = [(StaffRole.COMMANDER, command.commander or command.name)]
    named += [(StaffRole.DEPUTY, name) for name in command.deputies]
    office = command.office_director or command.office
    named += [(StaffRole.OFFICE, office)] if office else []
    places = tuple(lines.appoint(role, name, plan) for role, name in named)
    return GroupStaffed(plan_id=plan.id, appointments=places, source=command.source)


def _group(plan: Plan, group: WorkGroup, lines: _Lines) -> GroupStaffed:
    named = [(StaffRole.LEAD, group.lead)] if group.lead else []
    named += [(StaffRole.MEMBER, name) for name in group.members if name != group.lead]
    places = tuple(lines.appoint(role, name, plan) for role, name in named)
    return GroupStaffed(plan_id=plan.id, group=group.name, appointments=places, source=group.source)


def suggested(plan: Plan, scene: Scene) -> tuple[GroupStaffed, ...]:
    """Headquarters and groups of one plan as they would be filled now."""
    content, lines = plan.content, _Lines(scene)
    head = (_headquarters(plan, content.command, lines),) if content.command else ()
    return (*head, *(_group(plan, item, lines) for item in content.groups if not item.out_of_scope))


def staff(plan_id: str, scene: Scene) -> tuple[Event, ...]:
    """Record headquarters and groups as filled now; places that a person named stay as named."""
    scene.must_be_open()
    found: list[Event] = []
    for item in suggested(scene.plan(plan_id), scene):
        standing = scene.incident.staffing.get((plan_id, item.group or ""))
        filled = replace(item, appointments=_refilled(item.appointments, standing or (), scene.roster))
        if standing != filled.appointments:
            found.append(filled)
    return tuple(found)


def _refilled(
    fresh: Sequence[Appointment], standing: Sequence[Appointment], roster: Roster
) -> tuple[Appointment, ...]:
    """``fresh`` where nobody stands or who stands is off duty or only stands in; all others stay."""
    left = list(standing)
    places: list[Appointment] = []
    for place in fresh:
        held = next((item for item in left if _same_place(item, place)), None)
        if held is not None:
            left.remove(held)
        places.append(place if held is None or _gives_way(held, place, roster) else held)
    # Whom a person named beyond the plan stays.
    return (*places, *(item for item in left if item.by_hand))


def _same_place(held: Appointment, place: Appointment) -> bool:
    return held.role is place.role and (held.name == place.name or place.role in ONE_HOLDER)


def _gives_way(held: Appointment, place: Appointment, roster: Roster) -> bool:
    """Nobody gives way to an empty place: a name to call is better than none."""
    if held.by_hand:
        return False
    if held.post is None or place.post is None:
        return held.post is None
    return roster(held.post) is DutyState.OFF or held.stand_in_for is not None


def assign(
    role: StaffRole, name: str, post_id: str, scene: Scene, *, plan_id: str | None, group: str | None
) -> tuple[Event, ...]:
    """Name a post for one place. Raises InputError for a post or group that is not there."""
    scene.must_be_open()
    post = scene.directory.post(post_id)
    if post is None:
        raise InputError("post_unknown", post=post_id)
    if role in OF_THE_INCIDENT:
        plan_id, group = None, None
    elif plan_id is None:
        raise InputError("plan_not_attached", plan="")
    else:
        plan = scene.plan(plan_id)
        names = {item.name for item in plan.content.groups}
        if group and group not in names:
            raise InputError("group_unknown", group=group)
    words = check_text(name or post.title, "name")
    return (PostAssigned(plan_id=plan_id, group=group, role=role, name=words, post=post_id),)
