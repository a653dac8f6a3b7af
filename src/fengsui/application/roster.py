"""Use cases on the roster: take a whole file or none of it, substitutes, swaps, leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from fengsui.application import access
from fengsui.application.access import Action
from fengsui.application.desk import Actor
from fengsui.application.roster_check import Ground, RosterRow, RowResult, check_rows, person_busy
from fengsui.application.roster_ports import (
    ChangeKind,
    ChangeState,
    Leave,
    RosterChange,
    RosterDesk,
    Shift,
)
from fengsui.core.directory import Role
from fengsui.core.errors import Conflict, InputError, Refusal
from fengsui.core.response.decisions.scene import check_text

MOST_ROWS = 3000
FAR = timedelta(days=400)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a file, row by row; ``written`` only when no row has a problem."""

    rows: tuple[RowResult, ...]
    written: bool

    def count(self, outcome: str) -> int:
        """How many rows came out so."""
        return sum(result.outcome == outcome for result in self.rows)


def import_roster(desk: RosterDesk, actor: Actor, rows: Sequence[RosterRow], zone: tzinfo) -> Imported:
    """Write every row, or none when one of them has a problem. Raises InputError for an empty file."""
    area = actor.jurisdiction.code
    access.require(actor, Action.MANAGE_ROSTER, area)
    if not rows:
        raise InputError("roster_empty")
    if len(rows) > MOST_ROWS:
        raise InputError("roster_too_long", count=len(rows), limit=MOST_ROWS)
    now = desk.clock.now()
    with desk.transactions.begin():
        ground = Ground(
            area=area,
            directory=desk.directory.directory(),
            members=desk.roster.members(area, now),
            existing=desk.roster.shifts(area, now - FAR, now + FAR),
            leaves=desk.roster.leaves(area, now - FAR, now + FAR),
            now=now,
            zone=zone,
        )
        results = check_rows(rows, ground)
        if any(result.outcome == "problem" for result in results):
            return Imported(rows=results, written=False)
        changed = [item.shift for item in results if item.outcome in ("new", "changed") and item.shift]
        if changed:
            desk.roster.put(changed, actor.post_id, {"imported": len(changed)})
        return Imported(rows=results, written=True)


def remove_shift(desk: RosterDesk, actor: Actor, shift_id: str, reason: str) -> None:
    """Take a shift that has not begun out of the roster."""
    with desk.transactions.begin():
        shift = _shift(desk, actor, shift_id, Action.MANAGE_ROSTER)
        if shift.starts <= desk.clock.now():
            raise Refusal("shift_over")
        desk.roster.remove(shift_id, actor.post_id, {"reason": check_text(reason, "reason")})


def ask_substitute(
    desk: RosterDesk, actor: Actor, shift_id: str, person_id: str, reason: str
) -> RosterChange:
    """Let somebody stand in; made at once by whoever manages the roster, else it waits for approval."""
    with desk.transactions.begin():
        _future(desk, _shift(desk, actor, shift_id, Action.ASK_ROSTER))
        if not any(
            member.person_id == person_id
            for member in desk.roster.members(actor.jurisdiction.code, desk.clock.now())
        ):
            raise InputError("substitute_unknown")
        change = _asked(desk, actor, ChangeKind.SUBSTITUTE, person_id, reason, shift_id=shift_id)
        return _made(desk, actor, change)


def ask_swap(desk: RosterDesk, actor: Actor, shift_id: str, other_id: str, reason: str) -> RosterChange:
    """Let two shifts exchange their people."""
    with desk.transactions.begin():
        one = _shift(desk, actor, shift_id, Action.ASK_ROSTER)
        other = _shift(desk, actor, other_id, Action.ASK_ROSTER)
        _future(desk, one)
        _future(desk, other)
        if one.person_id == other.person_id:
            raise InputError("swap_same_person")
        change = _asked(
            desk, actor, ChangeKind.SWAP, one.person_id, reason, shift_id=shift_id, other_id=other_id
        )
        return _made(desk, actor, change)


def ask_leave(
    desk: RosterDesk, actor: Actor, person_id: str, starts: datetime, ends: datetime, reason: str
) -> RosterChange:
    """Somebody will be away; shifts in that time are then shown as needing a substitute."""
    access.require(actor, Action.ASK_ROSTER, actor.jurisdiction.code)
    if ends <= starts:
        raise InputError("leave_reversed")
    if access.may(actor, Action.MANAGE_ROSTER) is not None and person_id != actor.person_id:
        raise Refusal("leave_of_another")
    with desk.transactions.begin():
        change = _asked(desk, actor, ChangeKind.LEAVE, person_id, reason, starts=starts, ends=ends)
        return _made(desk, actor, change)


def decide_change(
    desk: RosterDesk, actor: Actor, change_id: str, *, approve: bool, answer: str = ""
) -> RosterChange:
    """Approve or refuse what was asked; nobody decides on what they asked themselves."""
    with desk.transactions.begin():
        change = desk.roster.change(change_id)
        if change is None:
            raise InputError("roster_change_unknown")
        access.require(actor, Action.MANAGE_ROSTER, change.area)
        if change.state is not ChangeState.ASKED:
            raise Conflict("change_decided")
        if actor.person_id and actor.person_id == change.asked_by_person:
            raise Refusal("own_change")
        return _decide(desk, actor, change, approve, answer)


def _asked(
    desk: RosterDesk,
    actor: Actor,
    kind: ChangeKind,
    person_id: str,
    reason: str,
    *,
    shift_id: str = "",
    other_id: str = "",
    starts: datetime | None = None,
    ends: datetime | None = None,
) -> RosterChange:
    change = RosterChange(
        change_id=desk.ids.new(),
        kind=kind,
        area=actor.jurisdiction.code,
        person_id=person_id,
        shift_id=shift_id,
        other_id=other_id,
        starts=starts,
        ends=ends,
        reason=reason.strip()[:200],
        asked_by=actor.post_id,
        asked_by_person=actor.person_id,
        asked_at=desk.clock.now(),
    )
    _check(desk, change)
    desk.roster.save_change(change)
    return change


def _made(desk: RosterDesk, actor: Actor, change: RosterChange) -> RosterChange:
    """Whoever manages the roster needs nobody's leave."""
    if access.may(actor, Action.MANAGE_ROSTER, change.area) is not None:
        return change
    return _decide(desk, actor, change, True, "")


def _decide(desk: RosterDesk, actor: Actor, change: RosterChange, approve: bool, answer: str) -> RosterChange:
    decided = replace(
        change,
        state=ChangeState.APPROVED if approve else ChangeState.REFUSED,
        decided_by=actor.post_id,
        decided_at=desk.clock.now(),
        answer=answer.strip()[:200],
    )
    if approve:
        shifts = _check(desk, change)
        if shifts:
            desk.roster.put(shifts, actor.post_id, {"change": change.change_id, "kind": change.kind.value})
        if change.kind is ChangeKind.LEAVE and change.starts and change.ends:
            leave = Leave(
                person_id=change.person_id,
                starts=change.starts,
                ends=change.ends,
                reason=change.reason,
            )
            desk.roster.add_leave(leave, actor.post_id)
    desk.roster.save_change(decided)
    return decided


def _check(desk: RosterDesk, change: RosterChange) -> tuple[Shift, ...]:
    """The shifts as they would be. Raises Refusal when one of the people is elsewhere then."""
    if change.kind is ChangeKind.LEAVE:
        return ()
    one = _stored(desk, change.shift_id)
    if change.kind is ChangeKind.SUBSTITUTE:
        instead = one.instead_of or one.person_id
        after: tuple[Shift, ...] = (replace(one, person_id=change.person_id, instead_of=instead),)
    else:
        other = _stored(desk, change.other_id)
        after = (
            replace(one, person_id=other.person_id, instead_of=one.person_id),
            replace(other, person_id=one.person_id, instead_of=other.person_id),
        )
    for shift in after:
        existing = desk.roster.shifts(change.area, shift.starts, shift.ends)
        leaves = desk.roster.leaves(change.area, shift.starts, shift.ends)
        busy = person_busy(shift, existing, leaves, replaced=after)
        if busy is not None:
            raise Refusal("person_elsewhere" if busy[0] == "row_person_busy" else "person_away")
    return after


def _stored(desk: RosterDesk, shift_id: str) -> Shift:
    found = desk.roster.shift(shift_id)
    if found is None:
        raise InputError("shift_unknown")
    return found[0]


def _shift(desk: RosterDesk, actor: Actor, shift_id: str, action: Action) -> Shift:
    found = desk.roster.shift(shift_id)
    if found is None:
        raise InputError("shift_unknown")
    access.require(actor, action, found[1])
    return found[0]


def _future(desk: RosterDesk, shift: Shift) -> None:
    if shift.ends <= desk.clock.now():
        raise Refusal("shift_over")


def acts_by_roster(roles: frozenset[Role]) -> bool:
    """Whether a shift in a post with these roles lets the person act for the post: duty officers only.

    Any other power comes from holding the post, which two administrators decide.
    """
    return roles == frozenset({Role.DUTY_OFFICER})
