"""What drafts of reports, ledgers of losses and reports received promise, in memory and in the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

import pytest
from test_incident_store import opened, record

from contract_stores import START, Stores
from fengsui.adapters.memory_reporting import MemoryLedger, MemoryReceived, MemoryReportDrafts
from fengsui.application.reporting_ports import (
    LossLedger,
    LossRow,
    LossStatus,
    ReceivedReport,
    ReceivedStore,
    ReportDraft,
    ReportDraftStore,
)
from fengsui.core.errors import InputError
from fengsui.core.fact import Figure
from fengsui.core.response.events_reporting import LossGiven


@dataclass(frozen=True)
class Side:
    drafts: ReportDraftStore
    ledger: LossLedger
    received: ReceivedStore


@pytest.fixture
def side(stores: Stores) -> Iterator[Side]:
    for incident in ("i1", "i2"):
        stores.incidents.append(incident, 0, record(stores, incident, opened()))
    if stores.name == "memory":
        yield Side(MemoryReportDrafts(), MemoryLedger(stores.clock), MemoryReceived())
        return
    from fengsui.store.reporting import DjangoLedger, DjangoReceived, DjangoReportDrafts

    yield Side(DjangoReportDrafts(), DjangoLedger(), DjangoReceived())


def test_a_draft_is_kept_by_clock_and_the_last_one_stands(side: Side) -> None:
    draft = ReportDraft(data={"field-0": "写到一半"}, by="duty", at=START)
    side.drafts.save("i1", "c:1", draft)
    side.drafts.save("i1", "c:1", replace(draft, data={"field-0": "写完", "copy": ""}))
    side.drafts.save("i2", "c:1", draft)
    kept = side.drafts.load("i1", "c:1")
    assert kept is not None
    assert (dict(kept.data), kept.at) == ({"field-0": "写完", "copy": ""}, START)
    assert side.drafts.drafted("i1") == {"c:1"}
    side.drafts.clear("i1", "c:1")
    side.drafts.clear("i1", "none")
    assert side.drafts.load("i1", "c:1") is None
    assert side.drafts.drafted("i2") == {"c:1"}


def row(row_id: str, incident: str = "i1", **more: object) -> LossRow:
    return LossRow(
        row_id=row_id,
        incident_id=incident,
        item="collapsed_rooms",
        township="北沙镇",
        reported_by="北沙镇政府",
        value=Figure.at_least(3),
        entered_by="duty",
        entered_at=START,
        **more,  # type: ignore[arg-type]
    )


def test_rows_come_back_as_entered_in_their_order(side: Side) -> None:
    made = [row("b"), replace(row("a"), value=None), row("c", "i2")]
    for item in made:
        side.ledger.add(item, "duty")
    assert side.ledger.rows("i1") == tuple(made[:2])
    assert side.ledger.row("c") == made[2]
    with pytest.raises(InputError):
        side.ledger.row("none")


def test_a_change_is_kept_with_what_was_before_and_so_is_every_look(side: Side) -> None:
    side.ledger.add(row("a"), "duty")
    changed = side.ledger.change("a", {"status": LossStatus.VERIFIED, "value": Figure.exact(4)}, "chief")
    assert (changed.status, changed.value) == (LossStatus.VERIFIED, Figure.exact(4))
    assert side.ledger.row("a") == changed
    side.ledger.note_read("a", "chief")
    read, change, added = side.ledger.history("i1")
    assert (read.by, read.change) == ("chief", {"read": True})
    assert change.change["before"]["status"] == "reported"
    assert change.change["after"]["status"] == "verified"
    assert added.change == {"added": "collapsed_rooms"}
    assert side.ledger.history("i2") == ()
    with pytest.raises(InputError):
        side.ledger.change("none", {}, "chief")


def test_a_department_has_one_figure_for_an_item_and_may_say_that_it_does_not_know(side: Side) -> None:
    for value in (Figure.exact(2), Figure.about(Decimal("12.5")), None):
        side.ledger.give("i1", "dead", LossGiven(body="公安局", value=value), "duty")
        assert side.ledger.given("i1")["dead"] == (LossGiven(body="公安局", value=value),)
    side.ledger.give("i1", "dead", LossGiven(body="卫健委", value=Figure.exact(0)), "duty")
    assert [one.body for one in side.ledger.given("i1")["dead"]] == ["公安局", "卫健委"]
    assert side.ledger.given("i2") == {}


def report(received_id: str, digest: str, **more: object) -> ReceivedReport:
    return ReceivedReport(
        received_id=received_id,
        peer="donghe",
        report_id="r1",
        incident_ref="x1",
        title="报告",
        kind="first",
        digest=digest,
        previous=None,
        document={"format": "f", "list": [1, None, "汉字"]},
        received_at=START,
        receipt="20260501-1",
        **more,  # type: ignore[arg-type]
    )


def test_the_same_report_of_the_same_peer_is_kept_once(side: Side) -> None:
    first = side.received.keep(report("a", "d1"))
    assert side.received.keep(report("b", "d1")) == first
    other = side.received.keep(replace(report("c", "d2"), received_at=START + timedelta(minutes=1)))
    assert side.received.one("a") == first
    assert side.received.latest() == (other, first)
    assert side.received.of_incident("donghe", "x1") == (first, other)
    assert side.received.of_incident("donghe", "x2") == ()
    assert side.received.several(["c", "a", "none"]) == (first, other)
    assert side.received.several([]) == ()
    with pytest.raises(InputError):
        side.received.one("b")


def test_the_first_to_sign_stands(side: Side) -> None:
    side.received.keep(report("a", "d1"))
    signed = side.received.sign("a", "duty", START)
    assert (signed.signed_by, signed.signed_at) == ("duty", START)
    assert side.received.sign("a", "chief", START + timedelta(hours=1)) == signed


def test_a_signature_is_owed_to_its_sender_until_it_was_told(side: Side) -> None:
    for number, digest in enumerate(("d1", "d2", "d3")):
        side.received.keep(report(f"r{number}", digest))
    side.received.sign("r1", "duty", START + timedelta(minutes=1))
    side.received.sign("r0", "duty", START + timedelta(minutes=2))
    owed = side.received.unreturned
    assert [item.received_id for item in owed(["donghe"], START)] == ["r1", "r0"]
    assert owed(["other"], START) == ()
    assert [item.received_id for item in owed(["donghe"], START, limit=1)] == ["r1"]
    assert [item.received_id for item in owed(["donghe"], START + timedelta(minutes=2))] == ["r0"]
    side.received.returned("r1", START + timedelta(minutes=3))
    assert [item.received_id for item in owed(["donghe"], START)] == ["r0"]
    assert side.received.one("r1").returned_at == START + timedelta(minutes=3)
