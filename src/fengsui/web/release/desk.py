"""The desk's screens of public information (信息发布): write, agree, publish, correct; enquiries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from fengsui import bootstrap
from fengsui.application import release as use
from fengsui.application.access import Action, may, require
from fengsui.application.release_draft import first_wording
from fengsui.application.release_paper import statement_paper
from fengsui.core.errors import InputError
from fengsui.core.response.decisions.release import NEEDED, Draft
from fengsui.core.response.events_aftermath import MatterKind
from fengsui.core.response.events_release import StatementKind
from fengsui.core.response.state_aftermath import MatterState
from fengsui.core.response.state_release import StatementState
from fengsui.web import pages, parse, wiring
from fengsui.web.incidents.commands import once
from fengsui.web.incidents.picture import Picture
from fengsui.web.incidents.room import room_context, seen
from fengsui.web.people.second_factor import confirm_word, verify
from fengsui.web.plans.sheets import file_answer
from fengsui.web.release.struck import Piece, pieces
from fengsui.web.seat import Seat, seat_of

CLOCKS = (MatterKind.FIRST_STATEMENT, MatterKind.CONFERENCE, MatterKind.NEXT_UPDATE)
CHANNELS = ("phone", "counter", "letter", "web", "media")


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement as the screen shows it; ``missing`` how many must still agree."""

    id: str
    state: StatementState
    pieces: tuple[Piece, ...]
    missing: int
    own: bool
    agreed: bool

    @property
    def last(self) -> bool:
        """Whether one more agreement publishes it."""
        return self.missing == 1


@pages.screen
def board(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Deadlines, statements and enquiries of one incident."""
    seat = seat_of(request)
    found = seen(seat, incident_id)
    release = found.incident.release
    views = [view_of(key, item, found, seat) for key, item in release.statements.items()]
    context = {
        **context_of(seat, found),
        "statements": sorted(views, key=lambda one: (not one.state.is_open, -one.state.number)),
        "clocks": _clocks(found),
        "enquiries": list(release.enquiries.items())[::-1],
        "published": release.published,
        "channels": CHANNELS,
        "power": use.who_releases(wiring.desk(), incident_id),
    }
    return pages.page(request, "release/board.html", context)


def _clocks(found: Picture) -> list[tuple[str, MatterState]]:
    matters = found.incident.aftermath.matters.items()
    clocks = [(key, item) for key, item in matters if item.opened.kind in CLOCKS]
    return sorted(clocks, key=lambda one: (not one[1].is_open, one[1].due or one[1].at))


def context_of(seat: Seat, found: Picture) -> dict[str, Any]:
    """What every page of public information needs."""
    code = found.incident.opened.place_code
    context = room_context(seat, found)
    # A statement may have to be corrected long after the incident was closed.
    allowed = {action.value: may(seat.actor, action, code) is None for action in Action}
    return {
        "here": "incidents",
        **context,
        "can": allowed,
        "public_id": use.public_id(found.incident.incident_id),
        "command_id": uuid4().hex,
    }


def view_of(statement_id: str, state: StatementState, found: Picture, seat: Seat) -> StatementView:
    """A statement as this post may see and answer it."""
    corrections = found.incident.release.corrections_of(statement_id)
    struck = tuple(item.draft.wrong for item in corrections)
    signed = {item.by for item in state.approvals} | {item.person for item in state.approvals if item.person}
    people = {item.person for item in state.written if item.person}
    return StatementView(
        id=statement_id,
        state=state,
        pieces=pieces(state.draft.text, struck),
        missing=max(0, NEEDED - len(state.approvals)),
        own=seat.post.id in state.authors or seat.account in people,
        agreed=seat.post.id in signed or seat.account in signed,
    )


@pages.screen
def write(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Write a statement, its first wording made of what is known."""
    seat = seat_of(request)
    if request.method == "POST":
        return _save(request, incident_id, None)
    found = seen(seat, incident_id)
    require(seat.actor, Action.DRAFT_STATEMENT, found.incident.opened.place_code)
    kind = _kind(request.GET.get("kind", ""), found)
    wording = first_wording(found.incident, kind, timezone.now(), seat.language)
    corrected = found.incident.release.statements.get(request.GET.get("corrects", ""))
    apart = kind in (StatementKind.CORRECTION, StatementKind.RUMOUR)
    context = {
        **context_of(seat, found),
        "kind": kind.value,
        "kinds": [item.value for item in StatementKind],
        "given": {
            "title": wording.title,
            "text": "" if apart else wording.text,
            "next_update": None if apart or kind is StatementKind.CLOSING else wording.next_update,
            "corrects": request.GET.get("corrects", ""),
        },
        "corrected": corrected,
        "published": found.incident.release.published,
        "to": reverse("release-new", args=[incident_id]),
    }
    return pages.page(request, "release/write.html", context)


def _kind(given: str, found: Picture) -> StatementKind:
    if given in {item.value for item in StatementKind}:
        return StatementKind(given)
    return StatementKind.UPDATE if found.incident.release.published else StatementKind.FIRST


def _save(request: HttpRequest, incident_id: str, statement_id: str | None) -> HttpResponse:
    seat, given = seat_of(request), request.POST
    try:
        kind = StatementKind(given.get("kind", StatementKind.FIRST.value))
    except ValueError as problem:
        raise InputError("statement_unknown") from problem
    wrong, right = given.get("wrong", "").strip(), given.get("right", "").strip()
    command = Draft(
        kind=kind,
        statement_id=statement_id,
        title=given.get("title", ""),
        # A correction says itself what it has to say; more words are allowed, not needed.
        text=given.get("text", "").replace("\r\n", "\n").strip() or right,
        next_update=parse.moment(given.get("next_update", ""), timezone.now()),
        corrects=given.get("corrects") or None,
        wrong=wrong,
        right=right,
        evidence=given.get("evidence", ""),
    )
    outcome = use.draft_statement(
        wiring.release_desk(),
        seat.actor,
        incident_id,
        command,
        person=seat.account,
        command_id=once(request),
    )
    return pages.done(request, "statement_saved", reverse("release", args=[outcome.incident_id]))


@pages.screen
def statement(request: HttpRequest, incident_id: str, statement_id: str) -> HttpResponse:
    """One statement: write it anew; POST also approves, returns or drops it."""
    seat = seat_of(request)
    if request.method == "POST":
        return answer(request, incident_id, statement_id)
    found = seen(seat, incident_id)
    require(seat.actor, Action.DRAFT_STATEMENT, found.incident.opened.place_code)
    state = found.incident.release.statements.get(statement_id)
    if state is None:
        raise InputError("statement_unknown")
    drafted = state.draft
    context = {
        **context_of(seat, found),
        "kind": drafted.kind.value,
        "kinds": [],
        "given": drafted,
        "state": state,
        "statement_id": statement_id,
        "corrected": found.incident.release.statements.get(drafted.corrects or ""),
        "to": reverse("statement", args=[incident_id, statement_id]),
    }
    return pages.page(request, "release/write.html", context)


def answer(request: HttpRequest, incident_id: str, statement_id: str) -> HttpResponse:
    """Approve, return, drop, or write anew what stands in the form."""
    seat, given = seat_of(request), request.POST
    to, mark, back = wiring.release_desk(), once(request), reverse("release", args=[incident_id])
    verb = given.get("verb", "save")
    if verb == "approve":
        version = int(given["version"]) if given.get("version", "").isdigit() else 0
        outcome = use.approve_statement(
            to,
            seat.actor,
            incident_id,
            statement_id,
            version,
            person=seat.account,
            factor=verify(request, given),
            factor_word=confirm_word(request),
            command_id=mark,
        )
        out = outcome.incident.release.statements[statement_id].published_at is not None
        practised = outcome.incident.opened.exercise or wiring.is_exercise()
        code = ("statement_practised" if practised else "statement_published") if out else "statement_agreed"
        return pages.done(request, code, back)
    if verb == "return":
        use.return_statement(
            to, seat.actor, incident_id, statement_id, given.get("reason", ""), command_id=mark
        )
        return pages.done(request, "statement_returned", back)
    if verb == "drop":
        use.drop_statement(
            to, seat.actor, incident_id, statement_id, given.get("reason", ""), command_id=mark
        )
        return pages.done(request, "statement_dropped", back)
    return _save(request, incident_id, statement_id)


@pages.screen
def paper(request: HttpRequest, incident_id: str, statement_id: str, kind: str) -> HttpResponse:
    """A statement as an official document."""
    if kind not in ("docx", "pdf"):
        raise Http404
    seat = seat_of(request)
    found = seen(seat, incident_id)
    state = found.incident.release.statements.get(statement_id)
    if state is None:
        raise InputError("statement_unknown")
    unit = seat.directory.unit(seat.post.unit)
    sheet = statement_paper(found.incident, state, issuer=unit.name if unit else "", language=seat.language)
    return file_answer(bootstrap.document_file(sheet, kind), state.draft.title, kind)


@pages.command
def note_enquiry(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Keep a question from outside."""
    given = request.POST
    contact = given.get("contact", "").strip()[:200]
    channel = given.get("channel", "")
    use.note_enquiry(
        wiring.release_desk(),
        seat_of(request).actor,
        incident_id,
        question=given.get("question", ""),
        channel=channel if channel in CHANNELS else CHANNELS[0],
        caller={"contact": contact} if contact else None,
        command_id=once(request),
    )
    return pages.done(request, "enquiry_noted", reverse("release", args=[incident_id]))


@pages.command
def answer_enquiry(request: HttpRequest, incident_id: str, enquiry_id: str) -> HttpResponse:
    """Keep what was answered."""
    given = request.POST
    use.answer_enquiry(
        wiring.release_desk(),
        seat_of(request).actor,
        incident_id,
        enquiry_id,
        answer=given.get("answer", ""),
        statement_id=given.get("statement") or None,
        command_id=once(request),
    )
    return pages.done(request, "enquiry_answered", reverse("release", args=[incident_id]))
