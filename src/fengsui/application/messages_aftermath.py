"""Messages around what is to be seen to after a response: who is given a matter is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta, timezone
from typing import Any

from fengsui.application.matter_words import matter_words
from fengsui.application.wording import word
from fengsui.core.response import events_aftermath as ev
from fengsui.core.response.incident import Incident

Line = tuple[Sequence[str], str, dict[str, Any], str]

_BEIJING = timezone(timedelta(hours=8))


def _opened(event: ev.MatterOpened, _incident: Incident) -> Line:
    due = f"{event.due.astimezone(_BEIJING):%m-%d %H:%M}" if event.due else word("message", "no_due")
    data = {"what": matter_words(event.kind, event.text), "due": due}
    return (event.owner,), "matter_given", data, event.matter_id


LINES: dict[type, Callable[[Any, Incident], Line]] = {ev.MatterOpened: _opened}
