"""Ledgers of losses (损失台账) of one incident: rows, figures of departments side by side, agreement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from fengsui.application import losses as use
from fengsui.application.access import Action, may, require
from fengsui.application.reporting_ports import LedgerChange, LossRow, LossStatus
from fengsui.core.errors import InputError
from fengsui.core.fact import Figure
from fengsui.core.losses import LossItem, items, total
from fengsui.core.response.events_reporting import LossGiven
from fengsui.core.response.loss_standing import Gap, LossStanding, loss_standings
from fengsui.web import pages, parse, wiring
from fengsui.web.incidents.commands import once
from fengsui.web.incidents.room import room_context, seen
from fengsui.web.seat import seat_of

KINDS = ("person", "houses", "people")
HISTORY = 30


@dataclass(frozen=True, slots=True)
class Ledger:
    """One kind of ledger: its items, its rows, and totals by township.

    ``latest``: the row entered last, whose place and reporter the next one mostly shares.
    """

    kind: str
    items: tuple[LossItem, ...]
    rows: tuple[LossRow, ...]
    places: tuple[tuple[str, tuple[Figure | None, ...]], ...]
    latest: LossRow | None = None


@pages.screen
def ledger(request: HttpRequest, incident_id: str) -> HttpResponse:
    """The ledgers of an incident."""
    seat = seat_of(request)
    found = seen(seat, incident_id)
    require(seat.actor, Action.SEE_INCIDENT, found.incident.opened.place_code)
    reporting = wiring.reporting()
    rows = reporting.ledger.rows(incident_id)
    sums = use.sums_of(rows, reporting.ledger.given(incident_id))
    standings = loss_standings(found.incident, sums)
    code = found.incident.opened.place_code
    open_now = found.incident.is_open
    taken = use.to_take(found.incident, sums)
    bodies = list(dict.fromkeys(one.body for item in standings for one in item.given))
    context = {
        "here": "incidents",
        "ledgers": [_ledger(kind, rows) for kind in KINDS],
        "standings": [
            (one, next_step(one)) for one in standings if one.is_known or one.gap is not None or one.agreed
        ],
        "all_items": list(items().values()),
        "bodies": bodies,
        "to_take": taken,
        # A figure that shrinks or that nobody agreed on takes a second press.
        "take_is_safe": all(one.agreed and not one.less for one in taken),
        "waiting": [one for one in standings if one.gap is not None],
        "history": [_line(one, rows) for one in reporting.ledger.history(incident_id, HISTORY)],
        "tab": request.GET.get("tab", "agree"),
        "command_id": uuid4().hex,
        **room_context(seat, found),
    }
    context["may_keep"] = open_now and may(seat.actor, Action.KEEP_LOSSES, code) is None
    context["may_agree"] = open_now and may(seat.actor, Action.AGREE_LOSSES, code) is None
    context["may_see"] = may(seat.actor, Action.SEE_PERSONAL, code) is None
    return pages.page(request, "reporting/losses.html", context)


def _ledger(kind: str, rows: tuple[LossRow, ...]) -> Ledger:
    listed = tuple(item for item in items().values() if item.kind == kind)
    names = [item.name for item in listed]
    mine = tuple(row for row in rows if row.item in names)
    counted = [row for row in mine if row.status is not LossStatus.WITHDRAWN]
    places = dict.fromkeys(_place(row) for row in counted)
    sums = tuple(
        (
            place,
            tuple(
                total(row.value for row in counted if row.item == name and _place(row) == place)
                for name in names
            ),
        )
        for place in places
    )
    return Ledger(kind, listed, mine, sums, mine[-1] if mine else None)


def next_step(one: LossStanding) -> str:
    """What an item needs next on the way to a final report; "" for nothing."""
    if one.gap is None:
        return ""
    if one.gap is Gap.FACT_DIFFERS:
        return "take"
    if not one.given:
        return "give"
    return "settle" if one.differs else "agree"


def _place(row: LossRow) -> str:
    return " ".join(part for part in (row.county, row.township) if part)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change, with what it was about."""

    change: LedgerChange
    item: LossItem | None


def _line(change: LedgerChange, rows: tuple[LossRow, ...]) -> HistoryLine:
    name = next((row.item for row in rows if row.row_id == change.row_id), change.row_id)
    return HistoryLine(change, items().get(name))


def _back(incident_id: str, tab: str = "") -> str:
    return reverse("losses", args=[incident_id]) + (f"?tab={tab}" if tab else "")


@pages.command
def add_row(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Enter one row."""
    given: Any = request.POST
    item = items().get(given.get("item", ""))
    if item is None:
        raise InputError("loss_item_unknown", item=given.get("item", ""))
    value = None
    if item.kind != "person":
        manner = given.get("manner", "known")
        value = parse.figure(manner, given.get("value", ""), given.get("upper", ""))
    row = LossRow(
        row_id="",
        incident_id=incident_id,
        item=item.name,
        county=given.get("county", "").strip()[:100],
        township=given.get("township", "").strip()[:100],
        village=given.get("village", "").strip()[:100],
        reported_by=given.get("reported_by", "").strip()[:200],
        value=value,
        note=given.get("note", "").strip()[:1000],
    )
    person = {key: given.get(key, "") for key in use.PERSON_FIELDS}
    use.add_row(wiring.reporting(), seat_of(request).actor, row, person)
    return pages.done(request, "loss_added", _back(incident_id, item.kind))


@pages.command
def change_row(request: HttpRequest, incident_id: str, row_id: str) -> HttpResponse:
    """Verify, correct or withdraw a row; a missing person is found alive, or moves to the dead."""
    verb, given = request.POST.get("verb", ""), request.POST
    if verb == "found":
        use.found_alive(wiring.reporting(), seat_of(request).actor, incident_id, row_id)
        return pages.done(request, "loss_found", _back(incident_id, "person"))
    verbs: dict[str, dict[str, Any]] = {
        "verify": {"status": LossStatus.VERIFIED},
        "withdraw": {"status": LossStatus.WITHDRAWN},
        "to_dead": {"item": "dead"},
        "to_missing": {"item": "missing"},
    }
    if verb == "correct":
        typed = parse.figure(given.get("manner", "known"), given.get("value", ""), given.get("upper", ""))
        verbs["correct"] = {"value": typed}
    changes = verbs.get(verb)
    if not changes:
        raise InputError("loss_row_unknown", row=row_id)
    row = use.change_row(wiring.reporting(), seat_of(request).actor, incident_id, row_id, changes)
    return pages.done(request, "loss_changed", _back(incident_id, items()[row.item].kind))


@pages.screen
def who(request: HttpRequest, incident_id: str, row_id: str) -> HttpResponse:
    """Who a row is about, for the dialog; the look is noted."""
    found = use.who_is(wiring.reporting(), seat_of(request).actor, incident_id, row_id)
    return pages.part(request, "reporting/who.html", {"person": found, "fields": use.PERSON_FIELDS})


@pages.command
def give(request: HttpRequest, incident_id: str) -> HttpResponse:
    """The figure of a department."""
    given = request.POST
    value = parse.figure(given.get("manner", "known"), given.get("value", ""), given.get("upper", ""))
    figure = LossGiven(body=given.get("body", "").strip()[:200], value=value)
    use.give_figure(wiring.reporting(), seat_of(request).actor, incident_id, given.get("item", ""), figure)
    return pages.done(request, "loss_given", _back(incident_id, "agree"))


@pages.command
def agree(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Departments agree on one figure."""
    given: Any = request.POST
    value = parse.figure(given.get("manner", "known"), given.get("value", ""), given.get("upper", ""))
    if value is None:
        raise InputError("typed_no_value")
    use.agree(
        wiring.reporting(),
        seat_of(request).actor,
        incident_id,
        given.get("item", ""),
        value,
        given.getlist("agreed_by"),
        given.get("note", "")[:500],
        command_id=once(request),
    )
    return pages.done(request, "loss_agreed", _back(incident_id, "agree"))


@pages.command
def take(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Figures of the ledgers become facts of the incident."""
    outcome = use.take_figures(
        wiring.reporting(), seat_of(request).actor, incident_id, command_id=once(request)
    )
    code = "loss_taken" if outcome.recorded else "loss_taken_before"
    return pages.done(request, code, _back(incident_id, "agree"))
