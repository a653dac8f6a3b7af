"""Fields of the events of command and dispatch as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from fengsui.application.wording import word
from fengsui.core.response import events_dispatch as dv
from fengsui.core.response.events import DirectiveDone
from fengsui.core.response.waits import ACCEPT, LATE

_DISPATCH = dv.DispatchEvent.__args__


class _Names(Protocol):
    @property
    def directives(self) -> Mapping[str, str]: ...

    def body(self, body_id: str | None, language: str) -> str: ...


def word_for(name: str, value: Any, event: Any, names: _Names, language: str) -> str | None:
    """The words for one field; None where the general ones do."""
    if isinstance(event, DirectiveDone):
        return _done(value, event, language) if name == "result" else None
    if not isinstance(event, _DISPATCH):
        return None
    own = _FIELDS.get(name)
    return own(value, event, names, language) if own is not None else None


def _done(value: Any, event: DirectiveDone, language: str) -> str:
    """What was reported done, its number and photos with it."""
    number = "" if event.number is None else f"{event.number:f}{event.number_of or ''}"
    photos = word("web.dispatch", "n_photos", language, n=len(event.photos)) if event.photos else ""
    return " ".join(part for part in (str(value), number, photos) if part)


def _body(value: Any, _event: Any, names: _Names, language: str) -> str:
    return names.body(value, language) if value else ""


def _group(value: Any, event: Any, _names: _Names, language: str) -> str:
    if value:
        return str(value)
    return word("message", "headquarters", language) if isinstance(event, dv.GroupStaffed) else ""


def _role(value: Any, _event: Any, _names: _Names, language: str) -> str:
    return word("staff_role", str(getattr(value, "value", value)), language)


def _tap(value: Any, _event: Any, _names: _Names, language: str) -> str:
    return word("tap", str(getattr(value, "value", value)), language)


def _waits(value: Any, _event: Any, _names: _Names, language: str) -> str:
    minutes = (", ".join(str(getattr(value, name)) for name in names) for names in (ACCEPT, LATE))
    return word("web.waits", "line", language, accept=next(minutes), late=next(minutes))


def _phase(value: Any, _event: Any, _names: _Names, language: str) -> str:
    return word("phase", str(getattr(value, "value", value)), language)


def _rung(value: Any, _event: Any, _names: _Names, language: str) -> str:
    return word("rung", str(value), language) if value else word("web.dispatch", "nobody_left", language)


def _stand_in(value: Any, _event: Any, names: _Names, language: str) -> str:
    return word("web.dispatch", "stands_in", language, who=names.body(value, language)) if value else ""


def _gaps(value: Any, _event: Any, _names: _Names, language: str) -> str:
    if not value:
        return ""
    rungs = ("、" if language == "zh" else ", ").join(word("rung", item, language) for item in value)
    return word("web.dispatch", "gaps", language, rungs=rungs)


def _appointments(value: Any, _event: Any, names: _Names, language: str) -> str:
    """Who leads by name, members by their number, empty places by name: a log is read by tired eyes."""
    parts, members, gaps = [], 0, []
    for item in value:
        role = _role(item.role, None, names, language)
        if item.post is None:
            gaps.append(f"{role} {item.name}")
        elif item.role is dv.StaffRole.MEMBER:
            members += 1
        else:
            parts.append(f"{role} {names.body(item.post, language)}{_for(item, names, language)}")
    if members:
        parts.append(word("web.dispatch", "n_members", language, n=members))
    if gaps:
        listed = ("、" if language == "zh" else ", ").join(gaps)
        parts.append(word("web.dispatch", "gaps_are", language, gaps=listed))
    return ("；" if language == "zh" else "; ").join(parts)


def _for(item: dv.Appointment, names: _Names, language: str) -> str:
    if item.stand_in_for is None:
        return ""
    return word("web.dispatch", "stands_in", language, who=names.body(item.stand_in_for, language))


def _orders(value: Any, _event: Any, names: _Names, language: str) -> str:
    return ("、" if language == "zh" else ", ").join(names.directives.get(item, "") for item in value)


def _air(value: Any, _event: Any, _names: _Names, language: str) -> str:
    return word("web.dispatch", "air_spent", language) if value else ""


def _known(value: Any, _event: Any, names: _Names, _language: str) -> str:
    """An entry or a check-in by the name of its team."""
    return names.directives.get(str(value), "")


_FIELDS: dict[str, Any] = {
    "waits": _waits,
    "post": _body,
    "contact": _body,
    "unit": _body,
    "decided_by": _body,
    "stand_in_for": _stand_in,
    "group": _group,
    "role": _role,
    "tap": _tap,
    "phase": _phase,
    "rung": _rung,
    "gaps": _gaps,
    "appointments": _appointments,
    "after": _orders,
    "by_directive": _orders,
    "air": _air,
    "entry_id": _known,
    "checkin_id": _known,
}
