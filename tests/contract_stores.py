"""Every port's implementations side by side: in memory, on SQLite, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from fengsui.adapters import memory, memory_watch
from fengsui.application import ports
from fengsui.application.watch_ports import CallStore

START = datetime(2026, 5, 1, 14, 3, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Stores:
    """One set of ports on the same ground."""

    name: str
    clock: memory.FixedClock
    incidents: ports.IncidentStore
    timers: ports.TimerStore
    outbox: ports.OutboxStore
    transactions: ports.Transactions
    personal: ports.PersonalStore
    calls: CallStore
    drafts: ports.CallDraftStore


def in_memory() -> Stores:
    store = memory.MemoryStore()
    return Stores(
        name="memory",
        clock=memory.FixedClock(START),
        incidents=store,
        timers=memory.MemoryTimers(store),
        outbox=memory.MemoryOutbox(store),
        transactions=store,
        personal=memory.MemoryPersonal(),
        calls=memory_watch.MemoryCalls(store),
        drafts=memory.MemoryDrafts(),
    )


def in_database(name: str) -> Stores:
    from fengsui.store import calls, incidents, queues, records

    clock = memory.FixedClock(START)
    return Stores(
        name=name,
        clock=clock,
        incidents=incidents.DjangoIncidents(),
        timers=queues.DjangoTimers(),
        outbox=queues.DjangoOutbox(clock),
        transactions=records.DjangoTransactions(),
        personal=records.DjangoPersonal(),
        calls=calls.DjangoCalls(),
        drafts=records.DjangoCallDrafts(),
    )


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def stores(request: pytest.FixtureRequest) -> Iterator[Stores]:
    if request.param == "memory":
        yield in_memory()
        return
    request.getfixturevalue("database_" + request.param)
    yield in_database(request.param)
