"""Administration of people: two for what gives power, one for the rest; every change audited.

Who may do what hangs on the roles of posts and on who holds them, what leaves the house on the channels of
notification: each of these one administrator asks for and another approves. Nobody approves what they asked
for, nor what gives power to themselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from fengsui.application import access
from fengsui.application.access import Action
from fengsui.application.contacts import read_contacts
from fengsui.application.desk import Actor
from fengsui.application.people_ports import ChangeKind, ChangeRequest, PeopleDesk, RequestState
from fengsui.core.directory import Role
from fengsui.core.errors import Conflict, InputError, Refusal
from fengsui.core.response.decisions.scene import check_text

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{1,40}")
SHORTEST_PASSWORD = 10


def ask(
    desk: PeopleDesk, actor: Actor, kind: ChangeKind, key: str, after: Mapping[str, Any], reason: str
) -> ChangeRequest:
    """Ask for a change that another has to approve. Raises InputError when nothing would change."""
    access.require(actor, Action.MANAGE_DIRECTORY)
    with desk.transactions.begin():
        before = desk.people.current(kind, key)
        if before is None:
            raise InputError("change_of_nothing")
        wanted = _checked(desk, kind, after)
        if wanted == before:
            raise InputError("change_same")
        waiting = desk.people.listed([RequestState.ASKED], 200)
        if any(item.kind is kind and item.key == key for item in waiting):
            raise Conflict("change_asked_already")
        request = ChangeRequest(
            request_id=desk.ids.new(),
            kind=kind,
            key=key,
            before=before,
            after=wanted,
            reason=check_text(reason, "reason")[:300],
            asked_by=actor.post_id,
            asked_by_person=actor.person_id,
            asked_at=desk.clock.now(),
        )
        desk.people.add(request)
        return request


def _checked(desk: PeopleDesk, kind: ChangeKind, after: Mapping[str, Any]) -> dict[str, Any]:
    if kind is ChangeKind.ROLES:
        known = {role.value for role in Role}
        roles = sorted(set(after.get("roles", ())))
        if not set(roles) <= known:
            raise InputError("role_unknown")
        return {"roles": roles}
    if kind is ChangeKind.HOLDING:
        return {"people": sorted(set(after.get("people", ())))}
    return {
        "name": check_text(str(after.get("name", "")), "name"),
        "enabled": bool(after.get("enabled")),
        "settings": {str(key): str(value) for key, value in dict(after.get("settings", {})).items()},
    }


def approve(desk: PeopleDesk, actor: Actor, request_id: str, answer: str = "") -> ChangeRequest:
    """Let the change happen; by another administrator than the one who asked.

    Raises Conflict("change_overtaken") when what stands is no longer what stood when it was asked.
    """
    with desk.transactions.begin():
        request = _waiting(desk, actor, request_id)
        if _same(actor, request):
            raise Refusal("change_own")
        affected = desk.people.affected(request.kind, request.key, request.after)
        if actor.person_id and actor.person_id in affected:
            raise Refusal("change_to_oneself")
        return _decide(desk, request, actor.post_id, actor.person_id, answer)


def approve_on_the_machine(desk: PeopleDesk, request_id: str, who: str) -> ChangeRequest:
    """Approve from the command line of the server: whoever may enter there is the second person.

    For an office that has one administrator yet. ``who`` stands in the audit.
    """
    with desk.transactions.begin():
        request = _asked(desk, request_id)
        return _decide(desk, request, f"machine:{check_text(who, 'by')}"[:64], "", "")


def _decide(desk: PeopleDesk, request: ChangeRequest, by: str, person: str, answer: str) -> ChangeRequest:
    if desk.people.current(request.kind, request.key) != dict(request.before):
        raise Conflict("change_overtaken")
    now = desk.clock.now()
    decided = replace(
        request,
        state=RequestState.APPROVED,
        decided_by=by,
        decided_by_person=person,
        decided_at=now,
        answer=answer.strip()[:300],
    )
    desk.people.settle(decided)
    desk.people.apply(decided, by, now)
    return decided


def refuse(desk: PeopleDesk, actor: Actor, request_id: str, answer: str) -> ChangeRequest:
    """Refuse, with a reason; whoever asked takes it back instead."""
    with desk.transactions.begin():
        request = _waiting(desk, actor, request_id)
        own = _same(actor, request)
        decided = replace(
            request,
            state=RequestState.WITHDRAWN if own else RequestState.REFUSED,
            decided_by=actor.post_id,
            decided_by_person=actor.person_id,
            decided_at=desk.clock.now(),
            answer=answer.strip()[:300] if own else check_text(answer, "reason")[:300],
        )
        desk.people.settle(decided)
        return decided


def _same(actor: Actor, request: ChangeRequest) -> bool:
    if actor.person_id and request.asked_by_person:
        return actor.person_id == request.asked_by_person
    return actor.post_id == request.asked_by


def _asked(desk: PeopleDesk, request_id: str) -> ChangeRequest:
    request = desk.people.get(request_id)
    if request is None:
        raise InputError("request_unknown")
    if request.state is not RequestState.ASKED:
        raise Conflict("request_settled")
    return request


def _waiting(desk: PeopleDesk, actor: Actor, request_id: str) -> ChangeRequest:
    access.require(actor, Action.REVIEW_CHANGE)
    return _asked(desk, request_id)


def save_unit(
    desk: PeopleDesk, actor: Actor, unit_id: str, name: str, area: str, aliases: Sequence[str] = ()
) -> None:
    """Add or correct a unit."""
    access.require(actor, Action.MANAGE_DIRECTORY, area)
    with desk.transactions.begin():
        _check_area(desk, area)
        desk.people.save_unit(_id(unit_id), check_text(name, "name"), area, _words(aliases), actor.post_id)


def save_post(
    desk: PeopleDesk,
    actor: Actor,
    post_id: str,
    title: str,
    unit_id: str,
    area: str,
    titles: Sequence[str] = (),
) -> None:
    """Add or correct a post; what it may do is asked for apart."""
    access.require(actor, Action.MANAGE_DIRECTORY, area)
    with desk.transactions.begin():
        _check_area(desk, area)
        if desk.directory.directory().unit(unit_id) is None:
            raise InputError("unit_not_known")
        desk.people.save_post(
            _id(post_id), check_text(title, "title"), unit_id, area, _words(titles), actor.post_id
        )


def save_person(
    desk: PeopleDesk,
    actor: Actor,
    person_id: str,
    name: str,
    phone: str = "",
    *,
    mobile: str = "",
    email: str = "",
) -> None:
    """Add somebody, or correct name and contacts. Raises InputError for a number or address that is none."""
    access.require(actor, Action.MANAGE_DIRECTORY)
    contacts = read_contacts(phone, mobile, email)
    with desk.transactions.begin():
        desk.people.save_person(_id(person_id), check_text(name, "name")[:100], contacts, actor.post_id)


def make_account(desk: PeopleDesk, actor: Actor, username: str, person_id: str, password: str) -> None:
    """A sign-in for a person; it can do nothing until the person holds a post."""
    access.require(actor, Action.MANAGE_DIRECTORY)
    with desk.transactions.begin():
        desk.people.make_account(_id(username), person_id, _password(password), actor.post_id)


def set_password(desk: PeopleDesk, actor: Actor, username: str, password: str) -> None:
    """A new password for somebody else; never for an administrator, whose powers it would lend."""
    access.require(actor, Action.MANAGE_DIRECTORY)
    with desk.transactions.begin():
        person = desk.people.account_person(username)
        if person is None:
            raise InputError("account_unknown")
        if desk.people.administers(person):
            raise Refusal("password_of_administrator")
        desk.people.set_password(username, _password(password), actor.post_id)


def set_active(desk: PeopleDesk, actor: Actor, username: str, active: bool) -> None:
    """Close a sign-in or open it again; nobody closes their own."""
    access.require(actor, Action.MANAGE_DIRECTORY)
    with desk.transactions.begin():
        person = desk.people.account_person(username)
        if person is None:
            raise InputError("account_unknown")
        if person == actor.person_id:
            raise Refusal("account_own")
        desk.people.set_active(username, active, actor.post_id)


def _id(text: str) -> str:
    plain = text.strip().lower()
    if not _ID.fullmatch(plain):
        raise InputError("id_wrong", value=text[:40])
    return plain


def _words(items: Sequence[str]) -> list[str]:
    return [item.strip() for item in items if item.strip()]


def _password(text: str) -> str:
    if len(text) < SHORTEST_PASSWORD:
        raise InputError("password_short", n=SHORTEST_PASSWORD)
    return text


def _check_area(desk: PeopleDesk, area: str) -> None:
    if all(item.code != area for item in desk.directory.directory().jurisdictions):
        raise InputError("area_not_known")
