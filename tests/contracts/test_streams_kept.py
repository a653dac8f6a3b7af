"""What is kept of streams and lists is never stale: after other writers, after a write that was undone."""

from __future__ import annotations

import pytest
from django.db import connections, transaction

from contract_stores import START
from fengsui.application.commit import folded
from fengsui.core.response import chain
from fengsui.core.response import events as ev
from fengsui.core.response.events import Recorded
from fengsui.core.response.incident import fold

OPENED = ev.IncidentOpened(title="t", what="w", place="p", place_code="990100", learned_at=START)


def more(last: Recorded | None, *events: ev.Event) -> tuple[Recorded, ...]:
    return chain.record("i1", events, by="duty", at=START, last=last)


def notes(stream: tuple[Recorded, ...]) -> list[str]:
    return [item.event.text for item in stream if isinstance(item.event, ev.NoteAdded)]


@pytest.mark.usefixtures("engine")
def test_a_stream_read_again_has_what_came_since_and_not_what_was_undone() -> None:
    from fengsui.store.incidents import DjangoIncidents

    store = DjangoIncidents()
    first = more(None, OPENED)
    store.append("i1", 0, first)
    assert len(store.load("i1")) == 1
    with transaction.atomic():
        store.append("i1", 1, more(first[-1], ev.NoteAdded(text="undone")))
        assert notes(store.load("i1")) == ["undone"]
        transaction.set_rollback(True)
    assert notes(store.load("i1")) == []
    store.append("i1", 1, more(first[-1], ev.NoteAdded(text="a"), ev.NoteAdded(text="b")))
    assert notes(store.load("i1")) == ["a", "b"]
    assert store.load("i1") == store.read("i1")
    assert folded(store.load("i1")) == fold(store.read("i1"))


def test_a_state_goes_on_from_the_last_fold_and_begins_anew_on_another_stream() -> None:
    first = more(None, OPENED)
    one = (*first, *more(first[-1], ev.NoteAdded(text="a")))
    other = (*first, *more(first[-1], ev.NoteAdded(text="b"), ev.NoteAdded(text="c")))
    for stream in (first, one, other, one[:1], other):
        assert folded(stream) == fold(stream)
    assert folded(()) is None


@pytest.mark.usefixtures("engine")
def test_a_list_is_read_again_after_any_write_and_never_kept_inside_a_transaction() -> None:
    from fengsui.store import selectors
    from fengsui.store.models import CallRow

    def call(number: int) -> None:
        CallRow.objects.create(
            id=f"c{number}", means="phone", received_at=START, taken_at=START, place_code="990100"
        )

    assert selectors.waiting_calls("990100") == selectors.waiting_calls("990100") == 0
    call(1)
    assert selectors.waiting_calls("990100") == 1
    with transaction.atomic():
        call(2)
        assert selectors.waiting_calls("990100") == 2
        transaction.set_rollback(True)
    assert selectors.waiting_calls("990100") == 1
    # Another process: a connection of its own.
    other = connections["default"].copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("UPDATE store_callrow SET state = 'joined'")
    finally:
        other.close()
    assert selectors.waiting_calls("990100") == 0
