"""What every inbox of calls promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from contract_stores import START, Stores
from fengsui.application.watch_ports import CallRecord, CallState, Means
from fengsui.core.errors import Conflict
from fengsui.core.response import chain
from fengsui.core.response.events import IncidentClosed, IncidentOpened


def call(number: int, code: str = "990121101", **more: object) -> CallRecord:
    at = START + timedelta(minutes=number)
    return CallRecord(
        call_id=f"c{number}",
        means=more.pop("means", Means.PHONE),
        received_at=at,
        taken_at=at,
        text="仓库起火",
        place="北沙镇",
        place_code=code,
        **more,
    )


def test_calls_come_back_as_they_were_kept(stores: Stores) -> None:
    kept = call(1, caller_ref="r", source="s", taken_by="duty", exercise=True)
    assert stores.calls.add(kept) == kept
    assert stores.calls.get("c1") == kept
    assert stores.calls.get("nothing") is None


def test_a_second_delivery_is_the_same_call(stores: Stores) -> None:
    first = stores.calls.add(call(1, source_key="sms/1"))
    assert stores.calls.add(call(2, source_key="sms/1")) == first
    assert stores.calls.get("c2") is None
    stores.calls.add(call(3))
    stores.calls.add(call(4))


def test_calls_of_one_source_come_in_the_order_received(stores: Stores) -> None:
    second = stores.calls.add(call(2, means=Means.REPORT, source="s"))
    first = stores.calls.add(call(1, means=Means.REPORT, source="s"))
    stores.calls.add(call(3, means=Means.WEB, source="s"))
    assert stores.calls.of_source(Means.REPORT, "s") == (first, second)
    assert stores.calls.of_source(Means.REPORT, "t") == ()


def test_a_call_is_settled_by_one_person_only(stores: Stores) -> None:
    kept = stores.calls.add(call(1))
    settled = replace(kept, state=CallState.JOINED, incident_id="i1", settled_at=START, settled_by="duty")
    stores.calls.change(settled, CallState.WAITING)
    with pytest.raises(Conflict):
        stores.calls.change(settled, CallState.WAITING)
    assert stores.calls.of_incident("i1") == (settled,)


def test_lists_keep_to_area_state_and_time(stores: Stores) -> None:
    for number in range(4):
        stores.calls.add(call(number))
    stores.calls.add(call(7, code=""))
    stores.calls.add(call(8, code="990200"))
    found, total = stores.calls.listed("990100", [CallState.WAITING], limit=2, offset=1)
    assert [item.call_id for item in found] == ["c3", "c2"]
    assert total == 5
    assert stores.calls.listed("990100", [CallState.JOINED]) == ((), 0)
    between = stores.calls.between("990100", START + timedelta(minutes=1), START + timedelta(minutes=3))
    assert [item.call_id for item in between] == ["c1", "c2"]


def test_the_rate_counts_by_source_and_all_together(stores: Stores) -> None:
    for number, source in enumerate("aab"):
        stores.calls.add(call(number, means=Means.WEB, source=source))
    since = START - timedelta(minutes=1)
    assert stores.calls.count_since(Means.WEB, "a", since) == 2
    assert stores.calls.count_since(Means.WEB, None, since) == 3
    assert stores.calls.count_since(Means.WEB, None, START) == 2
    assert stores.calls.count_since(Means.SMS, None, since) == 0


def test_open_incidents_are_known_with_all_that_was_told(stores: Stores) -> None:
    opened = IncidentOpened(
        title="仓库火灾", what="浓烟", place="北沙镇", place_code="990121101", learned_at=START
    )
    for name in ("i1", "i2"):
        events = [opened] if name == "i1" else [opened, IncidentClosed(reason="x")]
        recorded = chain.record(name, events, by="duty", at=START, last=None)
        stores.incidents.append(name, 0, recorded)
    stores.calls.add(replace(call(1), state=CallState.JOINED, incident_id="i1"))
    known = stores.calls.known("990100", START - timedelta(hours=1))
    assert [item.incident_id for item in known] == ["i1"]
    assert [told.text for told in known[0].told] == ["仓库火灾。浓烟", "仓库起火"]
    assert stores.calls.known("990200", START - timedelta(hours=1)) == ()
    assert stores.calls.known("990100", START + timedelta(seconds=1)) == ()


def test_a_failed_transaction_leaves_no_call(stores: Stores) -> None:
    def half() -> None:
        with stores.transactions.begin():
            stores.calls.add(call(1))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert stores.calls.get("c1") is None
