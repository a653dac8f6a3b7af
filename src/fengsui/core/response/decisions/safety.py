"""Who is at the scene and who is inside (001 §4.6, §4.15): check-in, entry, withdrawal, suspension."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fengsui.core.directory import Role
from fengsui.core.errors import Conflict, InputError, Refusal
from fengsui.core.response.decisions.replies import check_place
from fengsui.core.response.decisions.scene import Scene, check_instant, check_text
from fengsui.core.response.events import Event
from fengsui.core.response.events_dispatch import (
    RescueResumed,
    RescuersEntered,
    RescuersExited,
    RescueSuspended,
    SceneCheckedIn,
    SceneCheckedOut,
    StaffRole,
    WithdrawalOrdered,
)
from fengsui.core.response.incident import Incident
from fengsui.core.response.state_dispatch import CheckIn, Entry

MOST_PEOPLE = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A force that reports in at the scene; ``unit`` an id, else ``unit_name`` alone."""

    unit: str | None = None
    unit_name: str = ""
    people: int
    equipment: str = ""
    contact: str | None = None
    contact_ref: str | None = None
    place: str = ""
    arrived_at: datetime | None = None
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A team that goes in; ``expected_out`` an instant, ``air_minutes`` what its sets last, both optional.

    ``unit_name`` of a unit outside the directory stands in the name of the team as well.
    """

    name: str
    unit: str | None = None
    unit_name: str = ""
    people: int
    zone: str = ""
    entered_at: datetime | None = None
    expected_out: datetime | None = None
    air_minutes: int | None = None


def check_in(arrival: Arrival, scene: Scene) -> tuple[Event, ...]:
    """A force is at the scene."""
    scene.must_be_open()
    unit = scene.directory.unit(arrival.unit) if arrival.unit else None
    if arrival.unit and unit is None:
        raise InputError("unit_unknown", unit=arrival.unit)
    if arrival.contact is not None and scene.directory.post(arrival.contact) is None:
        raise InputError("post_unknown", post=arrival.contact)
    _check_people(arrival.people)
    check_instant(arrival.arrived_at, scene.now, "arrived_at")
    check_place(arrival.lon, arrival.lat)
    return (
        SceneCheckedIn(
            checkin_id=f"c{len(scene.incident.checkins) + 1}",
            unit=unit.id if unit else None,
            unit_name=unit.name if unit else check_text(arrival.unit_name, "unit"),
            people=arrival.people,
            equipment=arrival.equipment.strip(),
            contact=arrival.contact,
            contact_ref=arrival.contact_ref,
            place=arrival.place.strip(),
            arrived_at=arrival.arrived_at or scene.now,
            lon=arrival.lon,
            lat=arrival.lat,
        ),
    )


def _check_people(people: int) -> None:
    if people < 1:
        raise InputError("people_missing")
    if people > MOST_PEOPLE:
        raise InputError("typed_too_large", value=str(people))


def check_out(checkin_id: str, reason: str, scene: Scene) -> tuple[Event, ...]:
    """A force leaves the scene. Refused while some of its people are recorded inside the danger zone."""
    scene.must_be_open()
    here = scene.incident.checkins.get(checkin_id)
    if here is None:
        raise InputError("checkin_unknown", checkin=checkin_id)
    if here.left_at is not None:
        raise Conflict("left_already", unit=here.event.unit_name)
    inside = sum(entry.inside for entry in scene.incident.entries.values() if _is_of(entry, here))
    if inside:
        raise Refusal("still_inside", unit=here.event.unit_name, people=inside)
    return (SceneCheckedOut(checkin_id=checkin_id, reason=reason.strip()),)


def _is_of(entry: Entry, here: CheckIn) -> bool:
    """Whether a team inside belongs to a force; one outside the directory is known by its name alone."""
    if here.event.unit is not None:
        return entry.event.unit == here.event.unit
    return entry.event.unit is None and here.event.unit_name in entry.event.team


def enter(team: Team, scene: Scene) -> tuple[Event, ...]:
    """A team goes into the danger zone. Refused while the rescue is suspended or a withdrawal runs."""
    scene.must_be_open()
    _check_people(team.people)
    if scene.incident.halt is not None:
        raise Refusal("rescue_suspended", allowed=commanders(scene), reason=scene.incident.halt.reason)
    if pending(scene.incident):
        raise Refusal("withdrawal_runs", allowed=commanders(scene))
    check_instant(team.entered_at, scene.now, "entered_at")
    at = team.entered_at or scene.now
    if team.expected_out is not None and team.expected_out <= at:
        raise InputError("out_before_in")
    if team.air_minutes is not None and not 1 <= team.air_minutes <= 24 * 60:
        raise InputError("air_wrong")
    return (
        RescuersEntered(
            entry_id=f"e{len(scene.incident.entries) + 1}",
            team=check_text(team.name, "team"),
            unit=team.unit,
            people=team.people,
            zone=team.zone.strip(),
            entered_at=at,
            expected_out=team.expected_out,
            air_minutes=team.air_minutes,
        ),
    )


def leave(entry_id: str, people: int | None, note: str, scene: Scene) -> tuple[Event, ...]:
    """``people`` of a team are out (None: all). More than went in cannot come out."""
    scene.must_be_open()
    entry = scene.incident.entries.get(entry_id)
    if entry is None:
        raise InputError("entry_unknown", entry=entry_id)
    if not entry.inside:
        raise Conflict("out_already", team=entry.event.team)
    count = entry.inside if people is None else people
    if not 1 <= count <= entry.inside:
        raise InputError("more_out_than_in", team=entry.event.team, inside=entry.inside)
    return (RescuersExited(entry_id=entry_id, people=count, note=note.strip()),)


def inside(incident: Incident) -> int:
    """How many rescuers are in the danger zone now."""
    return sum(entry.inside for entry in incident.entries.values())


def pending(incident: Incident) -> tuple[str, ...]:
    """Entries of the last withdrawal order that are not all out."""
    if not incident.withdrawals:
        return ()
    return tuple(key for key in incident.withdrawals[-1].entries if incident.entries[key].inside)


def commanders(scene: Scene) -> tuple[str, ...]:
    """Titles of those who may let the rescue go on."""
    posts = [item for item in _named(scene.incident, StaffRole.COMMANDER, StaffRole.ON_SCENE) if item]
    found = [scene.directory.post(post) for post in posts]
    return tuple(post.title for post in found if post is not None)


def _named(incident: Incident, *roles: StaffRole) -> tuple[str, ...]:
    """The posts named for ``roles`` of the headquarters or the incident, and who decided a response."""
    places = [item for (_, group), of in incident.staffing.items() if not group for item in of]
    named = [item.post for item in places if item.role in roles and item.post]
    decided = [item.decided_by for item in incident.responses.values()]
    return tuple(dict.fromkeys((*named, *(decided if StaffRole.COMMANDER in roles else ()))))


def order_withdrawal(reason: str, signal: str, scene: Scene) -> tuple[Event, ...]:
    """Everybody out. Anyone who commands, on the scene or at the desk, and the safety officer may say so."""
    scene.must_be_open()
    _must_be(scene, "withdrawal_not_yours", *_MAY_STOP, roles=(Role.COMMANDER, Role.OFFICE_DIRECTOR))
    if pending(scene.incident):
        raise Conflict("withdrawal_ordered")
    words = check_text(reason, "reason")
    number = len(scene.incident.withdrawals) + 1
    return (WithdrawalOrdered(order_id=f"w{number}", reason=words, signal=signal.strip()),)


_MAY_STOP = (StaffRole.COMMANDER, StaffRole.DEPUTY, StaffRole.ON_SCENE, StaffRole.SAFETY)
_MAY_RESUME = (StaffRole.COMMANDER, StaffRole.ON_SCENE)


def suspend(reason: str, scene: Scene) -> tuple[Event, ...]:
    """The rescue is suspended; whoever may order everybody out may do this."""
    scene.must_be_open()
    _must_be(scene, "suspension_not_yours", *_MAY_STOP, roles=(Role.COMMANDER, Role.OFFICE_DIRECTOR))
    if scene.incident.halt is not None:
        raise Conflict("suspended_already")
    return (RescueSuspended(reason=check_text(reason, "reason"), decided_by=scene.by),)


def resume(reason: str, scene: Scene) -> tuple[Event, ...]:
    """The rescue goes on: the commander or the commander on the scene decides, nobody else."""
    scene.must_be_open()
    if scene.incident.halt is None:
        raise Conflict("not_suspended")
    named = _named(scene.incident, *_MAY_RESUME)
    _must_be(scene, "resumption_not_yours", *_MAY_RESUME, roles=() if named else (Role.COMMANDER,))
    return (RescueResumed(reason=check_text(reason, "reason"), decided_by=scene.by),)


def _must_be(scene: Scene, code: str, *named: StaffRole, roles: tuple[Role, ...]) -> None:
    post = scene.directory.post(scene.by)
    if scene.by in _named(scene.incident, *named):
        return
    if post is not None and set(roles) & post.roles:
        return
    raise Refusal(code, allowed=commanders(scene), post=post.title if post else scene.by)
