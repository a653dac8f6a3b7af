"""What one does at the end of a response and after: conditions, gradual stop, matters, requisitions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from fengsui.application import aftermath as use
from fengsui.application import matters
from fengsui.application.wording import word
from fengsui.core.errors import InputError
from fengsui.core.response.decisions.ledger import Taken
from fengsui.core.response.decisions.matters import Wanted
from fengsui.core.response.events_aftermath import ConditionAnswer, GoodsState, MatterKind
from fengsui.web import pages, parse, wiring
from fengsui.web.incidents.commands import once
from fengsui.web.seat import seat_of

BACK = {"release": "release", "aftermath": "aftermath", "review": "after-review", "tasks": "tasks"}
"""Pages that one comes from, and the names of their addresses."""


def back_to(request: HttpRequest, incident_id: str) -> str:
    """The page the form stood on."""
    name = BACK.get(request.POST.get("back", ""), "aftermath")
    return reverse(name) if name == "tasks" else reverse(name, args=[incident_id])


@pages.command
def matter(request: HttpRequest, incident_id: str, matter_id: str) -> HttpResponse:
    """A matter is done, dropped or moved."""
    desk, actor, given, mark = wiring.desk(), seat_of(request).actor, request.POST, once(request)
    to, text, verb = back_to(request, incident_id), given.get("text", ""), given.get("verb", "")
    if verb == "done":
        sha = given.get("sha", "")
        matters.finish_matter(desk, actor, incident_id, matter_id, text, evidence_sha=sha, command_id=mark)
        return pages.done(request, "matter_done", to)
    if verb == "excuse":
        matters.excuse_matter(desk, actor, incident_id, matter_id, text, command_id=mark)
        return pages.done(request, "matter_excused", to)
    due = parse.moment(given.get("due", ""), timezone.now())
    if due is None:
        raise InputError("text_missing", field="due")
    matters.move_matter(desk, actor, incident_id, matter_id, due, text, command_id=mark)
    return pages.done(request, "matter_moved", to)


@pages.command
def condition(request: HttpRequest, incident_id: str) -> HttpResponse:
    """One condition for ending was looked at."""
    given = request.POST
    try:
        answer = ConditionAnswer(given.get("answer", ""))
    except ValueError as problem:
        raise InputError("text_missing", field="answer") from problem
    use.check_condition(
        wiring.desk(),
        seat_of(request).actor,
        incident_id,
        plan_id=given.get("plan", ""),
        condition=given.get("condition", ""),
        answer=answer,
        evidence=given.get("evidence", ""),
        evidence_sha=given.get("sha", ""),
        command_id=once(request),
    )
    return pages.done(request, "condition_checked", back_to(request, incident_id))


@pages.command
def go_on(request: HttpRequest, incident_id: str, directive_id: str) -> HttpResponse:
    """An order is to go on when the response ends."""
    desk, actor = wiring.desk(), seat_of(request).actor
    reason = request.POST.get("text", "")
    use.continue_directive(desk, actor, incident_id, directive_id, reason, command_id=once(request))
    return pages.done(request, "directive_continues", back_to(request, incident_id))


@pages.command
def dissolve(request: HttpRequest, incident_id: str) -> HttpResponse:
    """A group or the headquarters on the scene is dissolved."""
    given = request.POST
    use.dissolve(
        wiring.desk(),
        seat_of(request).actor,
        incident_id,
        given.get("name", ""),
        on_scene=given.get("on_scene") == "1",
        text=given.get("text", ""),
        command_id=once(request),
    )
    return pages.done(request, "dissolved", back_to(request, incident_id))


@pages.command
def watch(request: HttpRequest, incident_id: str) -> HttpResponse:
    """The scene is watched until a day."""
    given = request.POST
    until = parse.moment(given.get("until", ""), timezone.now())
    if until is None:
        raise InputError("text_missing", field="until")
    use.watch_scene(
        wiring.desk(),
        seat_of(request).actor,
        incident_id,
        until=until,
        owner=given.get("owner", ""),
        command_id=once(request),
    )
    return pages.done(request, "watch_begun", back_to(request, incident_id))


@pages.command
def new_matters(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Take up what the plans ask for, what is usual, or something of one's own."""
    seat, given = seat_of(request), request.POST
    due = parse.moment(given.get("due", ""), timezone.now())
    wanted: list[Wanted] = []
    if given.get("text", "").strip():
        wanted.append(Wanted(kind=_kind(given), text=given["text"], owner=given.get("owner", ""), due=due))
    found = use.aftermath(wiring.desk(), incident_id)
    for number in given.getlist("asked"):
        if number.isdigit() and int(number) < len(found.asked):
            item = found.asked[int(number)]
            own = item.due if item.due is not None and item.due > timezone.now() else due
            owner = given.get("owner", "").strip() or item.who
            wanted.append(
                Wanted(
                    kind=item.kind,
                    text=item.text,
                    owner=owner,
                    due=own,
                    plan_id=item.plan_id,
                    source=item.source,
                )
            )
    for item in found.usual:
        if item.usual in given.getlist("usual"):
            text = word("usual_task", item.usual, seat.language)
            wanted.append(Wanted(kind=item.kind, text=text, owner=given.get("owner", ""), due=due))
    if not wanted:
        raise InputError("text_missing", field="text")
    matters.open_matters(wiring.desk(), seat.actor, incident_id, wanted, command_id=once(request))
    return pages.done(request, "matters_opened", back_to(request, incident_id), n=len(wanted))


def _kind(given: Any) -> MatterKind:
    wanted = given.get("kind", "")
    usual = (MatterKind.AFTERMATH, MatterKind.INVESTIGATION, MatterKind.ASSESSMENT)
    return next((kind for kind in usual if kind.value == wanted), MatterKind.AFTERMATH)


@pages.command
def take(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Goods are requisitioned."""
    given = request.POST
    owner = {name: given.get(name, "").strip()[:200] for name in ("name", "phone", "address")}
    if not owner["name"]:
        raise InputError("text_missing", field="owner")
    value = given.get("value", "").strip()
    taken = Taken(
        what=given.get("what", ""),
        quantity=given.get("quantity", ""),
        owner_kind=given.get("owner_kind", "body"),
        owner_ref="",
        value_cny=parse.number(value) if value else None,
        use=given.get("use", ""),
        keeper=given.get("keeper", ""),
        due=parse.moment(given.get("due", ""), timezone.now()),
    )
    use.take_goods(wiring.desk(), seat_of(request).actor, incident_id, taken, owner, command_id=once(request))
    return pages.done(request, "goods_taken", back_to(request, incident_id))


@pages.command
def goods(request: HttpRequest, incident_id: str, goods_id: str) -> HttpResponse:
    """Goods go back, compensation is set or paid."""
    desk, actor, given, mark = wiring.desk(), seat_of(request).actor, request.POST, once(request)
    verb, text = given.get("verb", ""), given.get("text", "")
    if verb == "return":
        try:
            state = GoodsState(given.get("state", ""))
        except ValueError as problem:
            raise InputError("text_missing", field="state") from problem
        use.return_goods(desk, actor, incident_id, goods_id, state, text, command_id=mark)
        return pages.done(request, "goods_returned", back_to(request, incident_id))
    if verb == "entrust":
        due = parse.moment(given.get("due", ""), timezone.now())
        use.entrust_goods(desk, actor, incident_id, goods_id, given.get("keeper", ""), due, command_id=mark)
        return pages.done(request, "goods_entrusted", back_to(request, incident_id))
    amount = _amount(given)
    if verb == "set":
        use.set_compensation(desk, actor, incident_id, goods_id, amount, text, command_id=mark)
        return pages.done(request, "compensation_set", back_to(request, incident_id))
    use.pay_compensation(desk, actor, incident_id, goods_id, amount, text, command_id=mark)
    return pages.done(request, "compensation_paid", back_to(request, incident_id))


def _amount(given: Any) -> Decimal:
    typed = given.get("amount", "").strip()
    if not typed:
        raise InputError("amount_wrong")
    return parse.number(typed)
