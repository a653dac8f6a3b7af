"""The chain (哈希链): each record holds the hash of the one before, so a change anywhere shows.

SHA-256 over canonical JSON (sorted keys, no blanks, UTF-8). Instants of the envelope are written in UTC
with microseconds, so that a database returning another offset gives the same hash.
An export carries ``seal``, a hash of everything else in it; ``render`` is its only valid byte form.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from fengsui.core.errors import InputError
from fengsui.core.plan.codec import from_data, to_data
from fengsui.core.response.events import Event, Recorded

GENESIS = "0" * 64
"""``previous_hash`` of the first record."""

FORMAT = "fengsui-log/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with an exported log; ``seq`` None: with the file as a whole.

    ``code`` is one of not_json, wrong_form, bytes_changed, gap, chain_broken, record_changed, unknown_event,
    count_wrong, seal_broken, order_of_time.
    """

    seq: int | None
    code: str
    detail: str = ""


def canonical(data: Any) -> str:
    """The one JSON text of ``data``."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(data: Any) -> str:
    """SHA-256 of the canonical JSON text, in hexadecimal."""
    return hashlib.sha256(canonical(data).encode("utf-8")).hexdigest()


def stamp(at: datetime) -> str:
    """An aware instant as written in the chain. Raises InputError for a naive one."""
    if at.tzinfo is None:
        raise InputError("time_without_zone", at=at.isoformat())
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def event_data(event: Event) -> dict[str, Any]:
    """``event`` as JSON-ready data, its class name under ``"type"``."""
    data: dict[str, Any] = to_data(event)
    return data


def event_from_data(data: Any) -> Event:
    """The event back from ``event_data`` output. Raises ValueError when it does not fit."""
    event: Event = from_data(Event, data)  # type: ignore[arg-type]
    return event


def _body(incident_id: str, seq: int, at: str, by: str, event: Any, previous_hash: str) -> dict[str, Any]:
    return {
        "incident_id": incident_id,
        "seq": seq,
        "at": at,
        "by": by,
        "event": event,
        "previous_hash": previous_hash,
    }


def record(
    incident_id: str, events: Sequence[Event], *, by: str, at: datetime, last: Recorded | None
) -> tuple[Recorded, ...]:
    """Put ``events`` behind ``last`` (None: a new stream), numbered and chained."""
    previous, seq = (last.hash, last.seq) if last else (GENESIS, 0)
    made: list[Recorded] = []
    for event in events:
        seq += 1
        hashed = digest(_body(incident_id, seq, stamp(at), by, event_data(event), previous))
        made.append(
            Recorded(
                incident_id=incident_id,
                seq=seq,
                at=at,
                by=by,
                event=event,
                previous_hash=previous,
                hash=hashed,
            )
        )
        previous = hashed
    return tuple(made)


def record_data(recorded: Recorded) -> dict[str, Any]:
    """One record as it stands in an export."""
    body = _body(
        recorded.incident_id,
        recorded.seq,
        stamp(recorded.at),
        recorded.by,
        event_data(recorded.event),
        recorded.previous_hash,
    )
    return {**body, "hash": recorded.hash}


def export(stream: Sequence[Recorded]) -> dict[str, Any]:
    """The stream as one sealed JSON document."""
    body = {
        "format": FORMAT,
        "incident_id": stream[0].incident_id if stream else "",
        "count": len(stream),
        "head": stream[-1].hash if stream else GENESIS,
        "records": [record_data(recorded) for recorded in stream],
    }
    return {**body, "seal": digest(body)}


def render(exported: Any) -> str:
    """The text of an export: one record a line would be canonical too, but people read it indented."""
    return json.dumps(exported, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n"


def verify_text(text: str) -> tuple[Problem, ...]:
    """Check an export as a file: its records, its seal, and that no byte differs from ``render``."""
    try:
        data = json.loads(text)
    except ValueError as error:
        return (Problem(seq=None, code="not_json", detail=str(error)),)
    problems = verify(data)
    if not problems and render(data) != text:
        return (Problem(seq=None, code="bytes_changed"),)
    return problems


def verify(exported: Any) -> tuple[Problem, ...]:
    """Say what is broken in an export; nothing: it is unbroken."""
    if not isinstance(exported, dict) or not isinstance(exported.get("records"), list):
        return (Problem(seq=None, code="wrong_form"),)
    records = exported["records"]
    problems: list[Problem] = []
    previous, previous_at = GENESIS, ""
    for place, item in enumerate(records, start=1):
        found = _check(item, place, previous, previous_at, exported.get("incident_id"))
        problems.extend(found)
        if any(problem.code == "wrong_form" for problem in found):
            return tuple(problems)
        previous, previous_at = item["hash"], item["at"]
    problems.extend(_check_frame(exported, previous))
    return tuple(problems)


def _check_frame(exported: dict[str, Any], head: str) -> list[Problem]:
    problems: list[Problem] = []
    if exported.get("format") != FORMAT:
        problems.append(Problem(seq=None, code="wrong_form", detail="format"))
    if exported.get("count") != len(exported["records"]) or exported.get("head") != head:
        problems.append(Problem(seq=None, code="count_wrong"))
    body = {name: value for name, value in exported.items() if name != "seal"}
    if exported.get("seal") != digest(body):
        problems.append(Problem(seq=None, code="seal_broken"))
    return problems


def _check(item: Any, place: int, previous: str, previous_at: str, incident_id: Any) -> list[Problem]:
    names = ("incident_id", "seq", "at", "by", "event", "previous_hash", "hash")
    if not isinstance(item, dict) or sorted(item) != sorted(names) or not isinstance(item["at"], str):
        return [Problem(seq=place, code="wrong_form")]
    problems: list[Problem] = []
    if item["seq"] != place or item["incident_id"] != incident_id:
        problems.append(Problem(seq=place, code="gap", detail=str(item["seq"])))
    if item["previous_hash"] != previous:
        problems.append(Problem(seq=place, code="chain_broken"))
    body = {name: item[name] for name in names if name != "hash"}
    if digest(body) != item["hash"]:
        problems.append(Problem(seq=place, code="record_changed"))
        return problems
    if item["at"] < previous_at:
        problems.append(Problem(seq=place, code="order_of_time"))
    try:
        event_from_data(item["event"])
    except (ValueError, TypeError, KeyError):
        problems.append(Problem(seq=place, code="unknown_event"))
    return problems
