"""My tasks (我的任务): cards by deadline, made for a phone with a bad line."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from fengsui.application.access import Action, may, require
from fengsui.store import selectors
from fengsui.store.selectors import StatementLine, TaskLine
from fengsui.web import pages
from fengsui.web.seat import Seat, seat_of
from fengsui.web.static_files import assets


@pages.screen
def mine(request: HttpRequest) -> HttpResponse:
    """What this post and its unit have to do, the nearest deadline first."""
    seat = seat_of(request)
    require(seat.actor, Action.ANSWER_DIRECTIVE)
    addressees = (seat.post.id, seat.post.unit)
    lines = selectors.tasks_of(*addressees)
    begun = [line for line in lines if not line.waiting]
    waiting = [line for line in lines if line.waiting]
    ended = selectors.tasks_of(*addressees, ended=True, limit=20)
    context = {
        "here": "tasks",
        "unit": seat.directory.unit(seat.post.unit),
        "open_tasks": [*begun, *waiting],
        "ended_tasks": ended,
        "matters": selectors.matters_of(*addressees),
        "statements": _words_waiting(seat),
        "undo": {
            (line.incident_id, line.directive_id): until
            for line in (*begun, *waiting, *ended)
            if (until := undo_until(line, seat)) is not None
        },
        "contacts": _contacts([*begun, *waiting]),
        "position": selectors.stream_position(),
    }
    if request.headers.get("HX-Request") == "true":
        return pages.part(request, "dispatch/task_cards.html", {**context, "oob": True})
    return pages.page(request, "dispatch/tasks.html", context)


def _words_waiting(seat: Seat) -> list[StatementLine]:
    """Statements this post is asked to agree to."""
    if may(seat.actor, Action.APPROVE_STATEMENT) is not None:
        return []
    return selectors.waiting_statements(post_id=seat.post.id)


def undo_until(line: TaskLine, seat: Seat) -> datetime | None:
    """Until when this post may take back what it did last on the order."""
    undo: dict[str, Any] | None = line.more.get("undo")
    if not undo or undo["by"] != seat.post.id:
        return None
    until = datetime.fromisoformat(undo["until"])
    return until if until > timezone.now() else None


def _contacts(lines: list[TaskLine]) -> dict[str, selectors.Holder]:
    """Who to ask at the scene, by post: one touch calls."""
    posts = tuple(dict.fromkeys(line.contact for line in lines if line.contact))
    return selectors.holders(posts, timezone.now()) if posts else {}


def worker(request: HttpRequest) -> HttpResponse:
    """The script that shows the last seen tasks when there is no network; it must stand at the root."""
    answer = HttpResponse(assets().files["js/worker.js"].body, content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer
