"""Filling the headquarters and the groups (指挥部、工作组) from the posts of the directory and the roster.

The plan names bodies and posts; the directory says which posts stand for them, the roster who of them is on
duty. What nobody is found for stays a gap that people see and fill.
"""

from __future__ import annotations

from collections.abc import Iterable

from fengsui.core.directory import Role
from fengsui.core.errors import InputError
from fengsui.core.plan.authority import Headquarters, WorkGroup
from fengsui.core.plan.model import Plan
from fengsui.core.response.decisions.scene import Scene, check_text
from fengsui.core.response.escalation import DutyState, Roster
from fengsui.core.response.events import Event
from fengsui.core.response.events_dispatch import Appointment, GroupStaffed, PostAssigned, StaffRole
from fengsui.core.response.power import bound_ids

OF_THE_INCIDENT = (StaffRole.ON_SCENE, StaffRole.SAFETY)
"""Places that belong to the incident, whatever plan runs."""


def posts_by_line(ids: Iterable[str], scene: Scene) -> tuple[str, ...]:
    """The posts that stand for bodies: heads first, then liaisons, then their duty room."""
    found: list[str] = []
    for item in ids:
        if scene.directory.post(item) is not None:
            found.append(item)
            continue
        of_unit = scene.directory.posts_of(item)
        for role in (Role.COMMANDER, Role.OFFICE_DIRECTOR, Role.LIAISON, Role.DUTY_OFFICER):
            found.extend(post.id for post in of_unit if role in post.roles)
    return tuple(dict.fromkeys(found))


def choose(candidates: tuple[str, ...], roster: Roster) -> str | None:
    """The first in line who is not off duty; None: nobody."""
    return next((post for post in candidates if roster(post) is not DutyState.OFF), None)


def _appoint(role: StaffRole, name: str, plan: Plan, scene: Scene, roster: Roster) -> Appointment:
    candidates = posts_by_line(bound_ids(plan, name), scene)
    return Appointment(role=role, name=name, post=choose(candidates, roster))


def headquarters_of(plan: Plan, command: Headquarters, scene: Scene, roster: Roster) -> GroupStaffed:
    """The headquarters as the plan and the directory fill it."""
    named = [(StaffRole.COMMANDER, command.commander or command.name)]
    named += [(StaffRole.DEPUTY, name) for name in command.deputies]
    office = command.office_director or command.office
    named += [(StaffRole.OFFICE, office)] if office else []
    places = tuple(_appoint(role, name, plan, scene, roster) for role, name in named)
    return GroupStaffed(plan_id=plan.id, appointments=places, source=command.source)


def group_of(plan: Plan, group: WorkGroup, scene: Scene, roster: Roster) -> GroupStaffed:
    """One work group as the plan and the directory fill it."""
    named = [(StaffRole.LEAD, group.lead)] if group.lead else []
    named += [(StaffRole.MEMBER, name) for name in group.members if name != group.lead]
    places = tuple(_appoint(role, name, plan, scene, roster) for role, name in named)
    return GroupStaffed(plan_id=plan.id, group=group.name, appointments=places, source=group.source)


def suggested(plan: Plan, scene: Scene, roster: Roster) -> tuple[GroupStaffed, ...]:
    """Headquarters and groups of one plan as they would be filled now."""
    content = plan.content
    head = (headquarters_of(plan, content.command, scene, roster),) if content.command else ()
    groups = (group_of(plan, item, scene, roster) for item in content.groups if not item.out_of_scope)
    return (*head, *groups)


def staff(plan_id: str, scene: Scene, roster: Roster) -> tuple[Event, ...]:
    """Record headquarters and groups as filled now; places that a person named stay as named."""
    scene.must_be_open()
    found: list[Event] = []
    for item in suggested(scene.plan(plan_id), scene, roster):
        kept = _kept(item, scene)
        if scene.incident.staffing.get((plan_id, item.group or "")) != kept.appointments:
            found.append(kept)
    return tuple(found)


def _kept(item: GroupStaffed, scene: Scene) -> GroupStaffed:
    from dataclasses import replace

    standing = scene.incident.staffing.get((item.plan_id, item.group or ""), ())
    held = {(place.role, place.name): place.post for place in standing if place.post}
    places = tuple(
        replace(place, post=held.pop((place.role, place.name), place.post)) for place in item.appointments
    )
    # Who was named beyond the plan stays.
    extra = tuple(place for place in standing if (place.role, place.name) in held)
    return replace(item, appointments=(*places, *extra))


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
