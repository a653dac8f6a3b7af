"""All ports in memory: for tests and for the dry run. Same promises as the database, nothing kept."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from fengsui.application.photos import Photo
from fengsui.application.ports import OpenIncident, OutboxRow, Shifts, TimerRow
from fengsui.core.directory import Directory, Jurisdiction
from fengsui.core.errors import Conflict, InputError
from fengsui.core.plan.model import Plan
from fengsui.core.response.events import IncidentClosed, IncidentOpened, Recorded

BEGINNING = datetime.min.replace(tzinfo=UTC)


class MemoryStore:
    """Incidents, timers and outbox together, as they share transactions."""

    def __init__(self) -> None:
        self.streams: dict[str, list[Recorded]] = {}
        self.commands: dict[str, tuple[Recorded, ...]] = {}
        self.timers: dict[str, TimerRow] = {}
        self.timer_leases: dict[str, datetime] = {}
        self.outbox: dict[str, OutboxRow] = {}
        self.message_ids: set[str] = set()
        self.outbox_leases: dict[str, datetime] = {}
        self.failed: dict[str, str] = {}

    def load(self, incident_id: str) -> tuple[Recorded, ...]:
        return tuple(self.streams.get(incident_id, ()))

    def read(self, incident_id: str) -> tuple[Recorded, ...]:
        return self.load(incident_id)

    def append(
        self,
        incident_id: str,
        expected_seq: int,
        recorded: tuple[Recorded, ...],
        *,
        set_timers: tuple[TimerRow, ...] = (),
        cancel_timers: tuple[str, ...] = (),
        outbox: tuple[OutboxRow, ...] = (),
        command_id: str | None = None,
    ) -> None:
        if command_id is not None and command_id in self.commands:
            return
        stream = self.streams.get(incident_id, [])
        if len(stream) != expected_seq:
            raise Conflict("changed_meanwhile", incident=incident_id)
        self.streams[incident_id] = [*stream, *recorded]
        for timer in cancel_timers:
            self.timers.pop(timer, None)
            self.timer_leases.pop(timer, None)
        for row in set_timers:
            self.timers[row.timer_id] = row
            self.timer_leases.pop(row.timer_id, None)
        for message in outbox:
            if message.message_id not in self.message_ids:
                self.message_ids.add(message.message_id)
                self.outbox[message.message_id] = message
        if command_id is not None:
            self.commands[command_id] = recorded

    def answered(self, command_id: str) -> tuple[Recorded, ...] | None:
        return self.commands.get(command_id)

    def list_open(self) -> tuple[OpenIncident, ...]:
        found = []
        for incident_id, stream in self.streams.items():
            opened = stream[0].event
            assert isinstance(opened, IncidentOpened)
            if any(isinstance(item.event, IncidentClosed) for item in stream):
                continue
            found.append(
                OpenIncident(
                    incident_id=incident_id,
                    title=opened.title,
                    place=opened.place,
                    place_code=opened.place_code,
                    learned_at=opened.learned_at,
                    exercise=opened.exercise,
                    seq=len(stream),
                )
            )
        return tuple(sorted(found, key=lambda item: item.learned_at, reverse=True))

    @contextmanager
    def begin(self) -> Iterator[None]:
        """All or nothing: the state from before comes back when the block fails."""
        before = {name: copy.copy(value) for name, value in vars(self).items()}
        try:
            yield
        except BaseException:
            vars(self).update(before)
            raise


class MemoryTimers:
    """The timers of a ``MemoryStore``."""

    def __init__(self, store: MemoryStore) -> None:
        self.store = store

    def take_due(self, now: datetime, limit: int, lease: timedelta) -> tuple[TimerRow, ...]:
        leases = self.store.timer_leases
        due = [
            row
            for row in self.store.timers.values()
            if row.due_at <= now and leases.get(row.timer_id, BEGINNING) <= now
        ]
        taken = sorted(due, key=lambda row: (row.due_at, row.timer_id))[:limit]
        leases.update({row.timer_id: now + lease for row in taken})
        return tuple(taken)

    def finish(self, timer_id: str) -> None:
        self.store.timers.pop(timer_id, None)
        self.store.timer_leases.pop(timer_id, None)


class MemoryOutbox:
    """The outbox of a ``MemoryStore``."""

    def __init__(self, store: MemoryStore) -> None:
        self.store = store

    def take_due(self, now: datetime, limit: int, lease: timedelta) -> tuple[OutboxRow, ...]:
        leases = self.store.outbox_leases
        ready = [row for key, row in self.store.outbox.items() if leases.get(key, BEGINNING) <= now][:limit]
        leases.update({row.message_id: now + lease for row in ready})
        return tuple(ready)

    def finish(self, *message_ids: str) -> None:
        for message_id in message_ids:
            self.store.outbox.pop(message_id, None)
            self.store.outbox_leases.pop(message_id, None)

    def fail(self, message_id: str, reason: str, again_at: datetime | None) -> None:
        self.store.failed[message_id] = reason
        if again_at is None:
            self.finish(message_id)
        elif message_id in self.store.outbox:
            self.store.outbox_leases[message_id] = again_at


class MemoryPlans:
    """Plans given at the start; the highest version of each is in force."""

    def __init__(self, plans: Iterable[Plan]) -> None:
        self.plans = tuple(plans)

    def in_force(self, at_code: str) -> tuple[Plan, ...]:
        latest: dict[str, Plan] = {}
        for plan in sorted(self.plans, key=lambda item: item.version):
            latest[plan.id] = plan
        return tuple(
            plan for plan in latest.values() if Jurisdiction(code=plan.jurisdiction, name="").covers(at_code)
        )

    def plan(self, plan_id: str, version: int | None = None) -> Plan:
        found = [item for item in self.plans if item.id == plan_id and version in (None, item.version)]
        if not found:
            raise InputError("plan_unknown", plan=plan_id)
        return max(found, key=lambda item: item.version)


class MemoryDirectory:
    """A directory given at the start; everybody is on duty unless ``away``, or ``standing`` (no shifts)."""

    def __init__(
        self,
        directory: Directory,
        away: frozenset[str] = frozenset(),
        standing: frozenset[str] = frozenset(),
    ) -> None:
        self._directory = directory
        self.away = away
        self.standing = standing

    def directory(self) -> Directory:
        return self._directory

    def on_duty(self, post_id: str, now: datetime) -> bool:
        return post_id not in self.away | self.standing

    def shifts(self, now: datetime) -> Shifts:
        around = frozenset(post.id for post in self._directory.posts) - self.standing
        return Shifts(on=around - self.away, around=around)


class MemoryPersonal:
    """Personal data under running references."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Any]] = {}
        self.reads: list[tuple[str, str, str]] = []

    def keep(self, data: Mapping[str, Any], *, about: str = "") -> str:
        ref = f"personal-{len(self.rows) + 1}"
        self.rows[ref] = dict(data)
        return ref

    def read(self, ref: str, *, by: str, why: str, person: str = "") -> dict[str, Any]:
        self.reads.append((ref, by, why))
        return dict(self.rows.get(ref, {}))


class MemoryDrafts:
    """The call being typed, one a post."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Any]] = {}

    def save(self, post_id: str, data: Mapping[str, Any]) -> None:
        self.rows[post_id] = dict(data)

    def load(self, post_id: str) -> dict[str, Any] | None:
        return self.rows.get(post_id)

    def clear(self, post_id: str) -> None:
        self.rows.pop(post_id, None)


class FixedClock:
    """A clock that stands until it is moved: simulated time."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def advance(self, span: timedelta) -> None:
        self.at += span


class CountingIds:
    """Ids that count, so that a dry run gives the same log twice."""

    def __init__(self, prefix: str = "incident") -> None:
        self._prefix = prefix
        self._numbers = itertools.count(1)

    def new(self) -> str:
        return f"{self._prefix}-{next(self._numbers)}"


class MemoryChannel:
    """Keeps what was sent."""

    def __init__(self) -> None:
        self.sent: list[OutboxRow] = []

    def send(self, message: OutboxRow) -> None:
        self.sent.append(message)

    def send_many(self, messages: tuple[OutboxRow, ...]) -> None:
        self.sent.extend(messages)


class MemoryPhotos:
    """Photos by incident and hash."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], Photo | None] = {}

    def keep(self, photo: Photo) -> None:
        self.rows.setdefault((photo.incident_id, photo.digest), photo)

    def read(self, incident_id: str, digest: str) -> Photo | None:
        return self.rows.get((incident_id, digest))

    def known(self, incident_id: str, digests: Sequence[str]) -> frozenset[str]:
        return frozenset(item for item in digests if (incident_id, item) in self.rows)

    def erase(self, incident_id: str, digest: str, by: str) -> None:
        if (incident_id, digest) in self.rows:
            self.rows[incident_id, digest] = None
