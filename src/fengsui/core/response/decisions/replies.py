"""Directives as the unit that has them sees them: take, decline, ask, finish, ask for help, undo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from fengsui.core.errors import Conflict, InputError, Refusal
from fengsui.core.response.decisions.scene import Scene, check_text
from fengsui.core.response.dependencies import unsettled
from fengsui.core.response.events import DirectiveAccepted, DirectiveDone, Event, HelpAsked
from fengsui.core.response.events_dispatch import DirectiveDeclined, DirectiveQuestioned, TapUndone
from fengsui.core.response.incident import DirectiveState, DirectiveStatus

UNDO_WITHIN = timedelta(minutes=1)
"""How long a wrong tap may be taken back."""

MOST_PHOTOS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneReport:
    """What a unit reports as done: words, a number of something, photos by hash, a place in degrees."""

    result: str = ""
    number: Decimal | None = None
    number_of: str | None = None
    photos: tuple[str, ...] = ()
    lon: float | None = None
    lat: float | None = None


def _addressed(directive_id: str, scene: Scene) -> DirectiveState:
    """The open directive. Raises Refusal unless the acting post is addressed, or belongs to such a unit."""
    state = scene.directive(directive_id)
    post = scene.directory.post(scene.by)
    if scene.by in state.issued.to or (post is not None and post.unit in state.issued.to):
        return state
    if not state.issued.to and post is not None:
        # The body is outside the directory: whoever may record for the desk speaks for it.
        return state
    raise Refusal("not_addressed", allowed=(state.issued.to_name,), post=post.title if post else scene.by)


def accept(directive_id: str, scene: Scene) -> tuple[Event, ...]:
    """The unit has the order (签收). An order that was declined by mistake may be taken after all."""
    state = _addressed(directive_id, scene)
    if state.status is DirectiveStatus.ACCEPTED:
        raise Conflict("directive_settled", directive=directive_id, status=state.status.value)
    return (DirectiveAccepted(directive_id=directive_id),)


def decline(directive_id: str, reason: str, scene: Scene) -> tuple[Event, ...]:
    """The unit cannot take it; a reason is asked for, so that whoever gave it can give it to another."""
    state = _addressed(directive_id, scene)
    if state.status is DirectiveStatus.DECLINED:
        raise Conflict("directive_settled", directive=directive_id, status=state.status.value)
    return (DirectiveDeclined(directive_id=directive_id, reason=check_text(reason, "reason")),)


def question(directive_id: str, text: str, scene: Scene) -> tuple[Event, ...]:
    """The unit asks before it goes on."""
    _addressed(directive_id, scene)
    return (DirectiveQuestioned(directive_id=directive_id, question=check_text(text, "question")),)


def finish(directive_id: str, report: DoneReport, scene: Scene) -> tuple[Event, ...]:
    """Done; taking it and reporting it done may be one step. Refused while it waits for another order."""
    state = _addressed(directive_id, scene)
    waits_for = unsettled(scene.incident.directives, state.handling.after)
    if waits_for and state.handling.waiting:
        first = scene.incident.directives[waits_for[0]].issued
        raise Refusal("predecessor_open", source=state.issued.source, who=first.to_name, text=first.text[:40])
    _check_report(report)
    done = DirectiveDone(
        directive_id=directive_id,
        result=report.result.strip(),
        number=report.number,
        number_of=report.number_of,
        photos=report.photos,
        lon=report.lon,
        lat=report.lat,
    )
    if state.status is not DirectiveStatus.ACCEPTED:
        return (DirectiveAccepted(directive_id=directive_id), done)
    return (done,)


def _check_report(report: DoneReport) -> None:
    if report.number is None and not report.photos:
        check_text(report.result, "result")
    if report.number is not None and not report.number.is_finite():
        raise InputError("typed_not_a_number", value=str(report.number))
    if report.number is not None and report.number < 0:
        raise InputError("number_negative", value=str(report.number))
    if len(report.photos) > MOST_PHOTOS:
        raise InputError("too_many_photos", most=MOST_PHOTOS)
    check_place(report.lon, report.lat)


def check_place(lon: float | None, lat: float | None) -> None:
    """Raises InputError for half a place, or one that is not on the earth."""
    if lon is None and lat is None:
        return
    if lon is None or lat is None or not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise InputError("place_wrong")


def ask_help(directive_id: str, text: str, scene: Scene) -> tuple[Event, ...]:
    """The unit needs support for it."""
    _addressed(directive_id, scene)
    return (HelpAsked(directive_id=directive_id, text=check_text(text, "text")),)


def undo(directive_id: str, scene: Scene) -> tuple[Event, ...]:
    """Take back the last thing this post did on the order, within a minute; the log keeps both."""
    scene.must_be_open()
    state = scene.incident.directives.get(directive_id)
    if state is None:
        raise InputError("directive_unknown", directive=directive_id)
    last = state.handling.last
    if last is None or last.by != scene.by:
        raise Conflict("nothing_to_undo", text=state.issued.text)
    if scene.now - last.at > UNDO_WITHIN:
        raise Refusal("undo_too_late", allowed=(), seconds=int(UNDO_WITHIN.total_seconds()))
    if _built_upon(directive_id, scene):
        raise Conflict("undo_built_upon", text=state.issued.text)
    return (TapUndone(directive_id=directive_id, tap=last.tap),)


def _built_upon(directive_id: str, scene: Scene) -> bool:
    """Whether an order that waited for this one has been taken since: then taking back would pull it away."""
    return any(
        directive_id in other.handling.after
        and not other.handling.waiting
        and other.handling.released_at is not None
        and other.status in (DirectiveStatus.ACCEPTED, DirectiveStatus.DONE)
        for other in scene.incident.directives.values()
    )
