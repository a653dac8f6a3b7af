"""Administration of people: changes that need two, readings of personal data, who called."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest
from ninja import Router

from fengsui.application import calls, incidents
from fengsui.application import people as use
from fengsui.application.access import Action, require
from fengsui.application.commit import load
from fengsui.application.people_ports import ChangeKind, ChangeRequest, RequestState
from fengsui.store.selectors import people_admin as read
from fengsui.web import wiring
from fengsui.web.api.door import caller
from fengsui.web.api.forms import Body

router = Router(tags=["people"])
PAGE = 100


class Change(Body):
    """``kind`` roles, holding or channel; ``key`` the post or channel; ``after`` what shall stand."""

    kind: ChangeKind
    key: str
    after: dict[str, Any]
    reason: str


class Answer(Body):
    """Whether the change is approved."""

    approve: bool
    text: str = ""


class Why(Body):
    """Why personal data is read."""

    why: str


@router.get("/people/changes")
def changes(request: HttpRequest) -> dict[str, Any]:
    """Changes that wait, and those decided lately."""
    require(caller(request), Action.REVIEW_CHANGE)
    found = wiring.people_desk().people.listed(list(RequestState), PAGE)
    return {"changes": [change_data(item) for item in found]}


@router.post("/people/changes")
def ask(request: HttpRequest, given: Change) -> dict[str, Any]:
    """Ask for a change."""
    desk = wiring.people_desk()
    return change_data(use.ask(desk, caller(request), given.kind, given.key, given.after, given.reason))


@router.post("/people/changes/{request_id}")
def decide(request: HttpRequest, request_id: str, given: Answer) -> dict[str, Any]:
    """Approve or refuse it; by another administrator."""
    desk, actor = wiring.people_desk(), caller(request)
    if given.approve:
        return change_data(use.approve(desk, actor, request_id, given.text))
    return change_data(use.refuse(desk, actor, request_id, given.text))


@router.get("/people/posts")
def posts(request: HttpRequest, q: str = "", offset: int = 0) -> dict[str, Any]:
    """Posts with roles and holders (ids)."""
    require(caller(request), Action.MANAGE_DIRECTORY)
    lines, total = read.posts_listed(q[:60], PAGE, max(0, offset))
    return {
        "total": total,
        "posts": [{**asdict(line), "holders": [person for person, _name in line.holders]} for line in lines],
    }


@router.get("/people/reads")
def reads(request: HttpRequest, q: str = "", offset: int = 0) -> dict[str, Any]:
    """Readings of personal data, the latest first."""
    require(caller(request), Action.SEE_READS)
    lines, total = read.personal_reads(q[:60], PAGE, max(0, offset))
    return {"total": total, "reads": [asdict(line) for line in lines]}


@router.post("/calls/{call_id}/caller")
def caller_of_call(request: HttpRequest, call_id: str, given: Why) -> dict[str, Any]:
    """Who called, for a reason that is kept."""
    return calls.caller_of(wiring.call_desk(), caller(request), call_id, given.why)


@router.post("/incidents/{incident_id}/caller")
def caller_of_incident(request: HttpRequest, incident_id: str, given: Why) -> dict[str, Any]:
    """Who reported the incident, for a reason that is kept."""
    desk = wiring.desk()
    return incidents.caller_of(desk, caller(request), load(desk, incident_id), given.why)


def change_data(item: ChangeRequest) -> dict[str, Any]:
    """A change with what stood before and shall stand after."""
    return asdict(item)
