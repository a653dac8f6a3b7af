"""The page of ending and aftermath (终止与善后) of one incident, and the receipt of a requisition."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

from fengsui.application import aftermath as use
from fengsui.application.access import Action, may
from fengsui.core.errors import InputError
from fengsui.core.response.events_aftermath import ConditionAnswer, GoodsState, MatterKind
from fengsui.web import pages, wiring
from fengsui.web.incidents.picture import Picture
from fengsui.web.incidents.room import room_context, seen
from fengsui.web.seat import Seat, seat_of

SHOWN_KINDS = (
    *(MatterKind.WATCH, MatterKind.AFTERMATH, MatterKind.INVESTIGATION),
    *(MatterKind.ASSESSMENT, MatterKind.REQUISITION),
)


def context_of(seat: Seat, found: Picture) -> dict[str, Any]:
    """What every page of the aftermath needs: permissions hold after closing, too."""
    code = found.incident.opened.place_code
    area = seat.actor.jurisdiction
    bodies = [unit.name for unit in seat.directory.units if area.covers(unit.jurisdiction)][:200]
    bodies += [post.title for post in seat.directory.posts if post.jurisdiction == area.code][:200]
    return {
        "here": "incidents",
        **room_context(seat, found),
        "can": {action.value: may(seat.actor, action, code) is None for action in Action},
        "archived": found.incident.aftermath.archived,
        "command_id": uuid4().hex,
        "body_names": bodies,
    }


@pages.screen
def aftermath(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Checklist, gradual stop, matters, requisitions."""
    seat = seat_of(request)
    found = seen(seat, incident_id)
    data = use.aftermath(wiring.desk(), incident_id)
    state = found.incident.aftermath
    matters = [(key, item) for key, item in state.matters.items() if item.opened.kind in SHOWN_KINDS]
    matters.sort(key=lambda pair: (not pair[1].is_open, pair[1].due is None, pair[1].due or pair[1].at))
    waiting = state.open_matters(MatterKind.REQUISITION).values()
    keepers = {item.opened.goods_id: item for item in waiting if item.opened.goods_id}
    own = (seat.post.id, seat.post.unit)
    context = {
        **context_of(seat, found),
        "endings": data.endings,
        "asked": data.asked,
        "usual": data.usual,
        "matters": matters,
        "goods": list(state.goods.items()),
        "keepers": keepers,
        "own_goods": [key for key, item in keepers.items() if item.opened.owner in own],
        "groups": [group for group in found.incident.groups if group.name not in state.dissolved],
        "dissolved": state.dissolved.items(),
        "open_directives": [item for item in found.directives if item.state.is_open],
        "answers": [item.value for item in ConditionAnswer],
        "goods_states": [item.value for item in GoodsState],
    }
    return pages.page(request, "aftermath/page.html", context)


@pages.screen
def receipt(request: HttpRequest, incident_id: str, goods_id: str) -> HttpResponse:
    """The receipt of a requisition, to be printed; that the owner was read is kept."""
    seat = seat_of(request)
    found = seen(seat, incident_id)
    entry = found.incident.aftermath.goods.get(goods_id)
    if entry is None:
        raise InputError("goods_unknown")
    owner = use.owner_of(
        wiring.desk(),
        seat.actor,
        found.incident,
        goods_id,
        why=f"征用收据 {entry.taken.receipt}",
        person=seat.account,
    )
    unit = seat.directory.unit(seat.post.unit)
    context = {**context_of(seat, found), "entry": entry, "owner": owner, "issuer": unit.name if unit else ""}
    return pages.page(request, "aftermath/receipt.html", context)
