"""Administration of people: posts and who holds them, people and accounts, changes to review, readings."""

from __future__ import annotations

import json
import secrets
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from fengsui.application import people as use
from fengsui.application.access import Action, may, require
from fengsui.application.people_ports import ChangeKind, ChangeRequest, RequestState
from fengsui.application.wording import word
from fengsui.core.directory import Role
from fengsui.core.errors import InputError
from fengsui.store.selectors import people_admin as read
from fengsui.store.selectors import person_names
from fengsui.web import pages, parse, wiring
from fengsui.web.seat import Seat, seat_of

PAGE = 50
REGISTERS = ("roles", "holding", "channel", "unit", "post", "person", "account", "people", "personal")


def _page(request: HttpRequest) -> tuple[str, int, int]:
    number = int(request.GET["page"]) if request.GET.get("page", "").isdigit() else 1
    number = max(1, min(number, 10_000))
    return request.GET.get("q", "").strip()[:60], number, (number - 1) * PAGE


def _paged(query: str, number: int, total: int) -> dict[str, Any]:
    return {
        "query": query,
        "state": "",
        "total": total,
        "page_number": number,
        "pages": max(1, -(-total // PAGE)),
    }


def frame(tab: str) -> dict[str, Any]:
    """What every page of the administration of people shows."""
    return {"here": "people", "tab": tab, "waiting": read.waiting_changes()}


@pages.screen
def posts(request: HttpRequest) -> HttpResponse:
    """Posts with their roles and holders; a new post or unit."""
    seat = seat_of(request)
    require(seat.actor, Action.MANAGE_DIRECTORY)
    query, number, offset = _page(request)
    lines, total = read.posts_listed(query, PAGE, offset)
    context = {
        **frame("posts"),
        **_paged(query, number, total),
        "lines": lines,
        "areas": parse.areas(seat.directory, seat.area),
        "units": seat.directory.units,
    }
    return pages.page(request, "people/posts.html", context)


@pages.screen
def post(request: HttpRequest, post_id: str) -> HttpResponse:
    """One post: its words, its roles, who holds it."""
    seat = seat_of(request)
    require(seat.actor, Action.MANAGE_DIRECTORY)
    line = read.post_line(post_id)
    if line is None:
        raise InputError("post_gone")
    people, _ = read.people_listed(limit=500)
    context = {
        **frame("posts"),
        "line": line,
        "roles": [role.value for role in Role],
        "people": people,
        "holding": [person for person, _name in line.holders],
        "units": seat.directory.units,
        "titles": "、".join(line.titles),
    }
    return pages.page(request, "people/post.html", context)


@pages.command
def change_post(request: HttpRequest, post_id: str) -> HttpResponse:
    """Correct its words at once; ask for roles or holders."""
    seat, given = seat_of(request), request.POST
    verb, desk = given.get("verb", ""), wiring.people_desk()
    back = reverse("people-post", args=[post_id])
    if verb == "words":
        known = seat.directory.post(post_id)
        if known is None:
            raise InputError("post_gone")
        titles = given.get("titles", "").replace("，", "、").replace(",", "、").split("、")
        use.save_post(
            desk,
            seat.actor,
            post_id,
            given.get("title", ""),
            given.get("unit", ""),
            known.jurisdiction,
            titles,
        )
        return pages.done(request, "people_saved", back)
    if verb not in (ChangeKind.ROLES.value, ChangeKind.HOLDING.value):
        raise InputError("typed_no_verb")
    kind = ChangeKind(verb)
    name = "roles" if kind is ChangeKind.ROLES else "people"
    use.ask(desk, seat.actor, kind, post_id, {name: given.getlist(name)}, given.get("reason", ""))
    return pages.done(request, "change_asked", back)


@pages.command
def add(request: HttpRequest) -> HttpResponse:
    """A new unit, post or person."""
    seat, given, desk = seat_of(request), request.POST, wiring.people_desk()
    verb, new_id = given.get("verb", ""), given.get("id", "")
    area = given.get("area", "") or seat.area
    if verb == "unit":
        use.save_unit(desk, seat.actor, new_id, given.get("name", ""), area)
    elif verb == "post":
        use.save_post(desk, seat.actor, new_id, given.get("name", ""), given.get("unit", ""), area)
        return pages.done(request, "people_saved", reverse("people-post", args=[new_id.strip().lower()]))
    elif verb == "person":
        use.save_person(desk, seat.actor, new_id, given.get("name", ""), **_contacts(given))
        return pages.done(request, "people_saved", reverse("people-person", args=[new_id.strip().lower()]))
    else:
        raise InputError("typed_no_verb")
    return pages.done(request, "people_saved", reverse("people"))


@pages.screen
def people(request: HttpRequest) -> HttpResponse:
    """People with their accounts."""
    require(seat_of(request).actor, Action.MANAGE_DIRECTORY)
    query, number, offset = _page(request)
    lines, total = read.people_listed(query, PAGE, offset)
    context = {**frame("accounts"), **_paged(query, number, total), "lines": lines}
    return pages.page(request, "people/accounts.html", context)


@pages.screen
def person(request: HttpRequest, person_id: str) -> HttpResponse:
    """One person: name, telephone, account."""
    require(seat_of(request).actor, Action.MANAGE_DIRECTORY)
    line = read.person_line(person_id)
    if line is None:
        raise InputError("person_not_known")
    return pages.page(request, "people/person.html", {**frame("accounts"), "line": line})


@pages.command
def change_person(request: HttpRequest, person_id: str) -> HttpResponse:
    """Name and telephone, a sign-in, a new password, closing the sign-in."""
    seat, given, desk = seat_of(request), request.POST, wiring.people_desk()
    verb = given.get("verb", "")
    line = read.person_line(person_id)
    if line is None:
        raise InputError("person_not_known")
    if verb == "contact":
        use.save_person(desk, seat.actor, person_id, given.get("name", ""), **_contacts(given))
    elif verb in ("account", "password"):
        # Read once by the administrator, told to the person, and shown nowhere again.
        password = secrets.token_urlsafe(9)
        if verb == "account":
            use.make_account(desk, seat.actor, given.get("username", ""), person_id, password)
        else:
            use.set_password(desk, seat.actor, line.username, password)
        context = {**frame("accounts"), "line": read.person_line(person_id), "password": password}
        return pages.page(request, "people/person.html", context)
    elif verb in ("close", "open"):
        use.set_active(desk, seat.actor, line.username, verb == "open")
    else:
        raise InputError("typed_no_verb")
    return pages.done(request, "people_saved", reverse("people-person", args=[person_id]))


def _contacts(given: Any) -> dict[str, str]:
    return {name: given.get(name, "") for name in ("phone", "mobile", "email")}


@pages.screen
def changes(request: HttpRequest) -> HttpResponse:
    """Changes that wait for a second administrator, and what became of earlier ones."""
    seat = seat_of(request)
    require(seat.actor, Action.REVIEW_CHANGE)
    desk = wiring.people_desk()
    asked = desk.people.listed([RequestState.ASKED])
    ended = desk.people.listed([state for state in RequestState if state is not RequestState.ASKED], 30)
    names = person_names(
        *(item.asked_by_person for item in (*asked, *ended)),
        *(item.decided_by_person for item in ended),
        *(
            person
            for item in (*asked, *ended)
            for side in (item.before, item.after)
            for person in side.get("people", ())
        ),
    )
    context = {
        **frame("changes"),
        "asked": [_shown(item, seat, names) for item in asked],
        "ended": [_shown(item, seat, names) for item in ended],
        "may_channels": may(seat.actor, Action.SEE_CHANNELS) is None,
        "audit": read.audit_listed(REGISTERS, 40),
    }
    return pages.page(request, "people/changes.html", context)


def _shown(item: ChangeRequest, seat: Seat, names: dict[str, str]) -> dict[str, Any]:
    """A request with what it changes in words: what goes, what comes, what stays."""

    def words(side: Any) -> list[str]:
        if item.kind is ChangeKind.ROLES:
            return [word("role", str(role), seat.language) for role in side.get("roles", ())]
        if item.kind is ChangeKind.HOLDING:
            return [names.get(person, person) for person in side.get("people", ())]
        return [
            f"{word('web.channel_field', key, seat.language)} {_plain(value, seat.language)}"
            for key, value in side.items()
            if key != "what"
        ]

    before, after = words(item.before), words(item.after)
    return {
        "item": item,
        "gone": [text for text in before if text not in after],
        "new": [text for text in after if text not in before],
        "kept": [text for text in after if text in before],
        "asked_name": names.get(item.asked_by_person, ""),
        "decided_name": names.get(item.decided_by_person, ""),
        "mine": bool(seat.actor.person_id) and item.asked_by_person == seat.actor.person_id,
    }


def _plain(value: Any, language: str) -> str:
    """A setting in words; a table of settings as it is written down."""
    if isinstance(value, bool):
        return word("web.figure", "yes" if value else "no", language)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@pages.command
def decide(request: HttpRequest, request_id: str) -> HttpResponse:
    """Approve, refuse, or take back what one asked for."""
    desk, actor, given = wiring.people_desk(), seat_of(request).actor, request.POST
    if given.get("answer") == "approve":
        use.approve(desk, actor, request_id, given.get("text", ""))
        return pages.done(request, "change_approved", reverse("people-changes"))
    use.refuse(desk, actor, request_id, given.get("text", ""))
    return pages.done(request, "change_refused", reverse("people-changes"))


@pages.screen
def reads(request: HttpRequest) -> HttpResponse:
    """Who read personal data of callers and casualties: when, which record, why. For the auditor."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_READS)
    query, number, offset = _page(request)
    lines, total = read.personal_reads(query, PAGE, offset)
    context = {
        "here": "reads",
        **_paged(query, number, total),
        "lines": lines,
        "people": person_names(*(line.person_id for line in lines)),
        "periods": settings.PERSONAL_PERIODS,
        "today": timezone.localdate(),
        "may_manage": may(seat.actor, Action.MANAGE_DIRECTORY) is None,
    }
    return pages.page(request, "people/reads.html", context)
