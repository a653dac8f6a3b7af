"""A report of one desk in the inbox of another: opened or joined, followed up, signed for, never doubled."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from fengsui.adapters.memory_reporting import MemoryLedger, MemoryReceived, MemoryReportDrafts
from fengsui.adapters.memory_watch import MemoryCalls
from fengsui.application import reporting as use
from fengsui.application.calls import Received, dismiss_call, join_call, open_from_call, take_call
from fengsui.application.commit import load
from fengsui.application.incidents import close_incident, report_facts
from fengsui.application.report_exchange import digest, receipt_for, receive, sealed_report, sign, signed
from fengsui.application.report_forwarding import forward, return_receipts, take_receipt
from fengsui.application.report_intake import adopt_facts, facts_of, relation_of
from fengsui.application.report_prefill import filled_fields, report_text, report_title
from fengsui.application.reporting_ports import Peer, Reporting, ReportingRules
from fengsui.application.watch_ports import CallDesk, CallRecord, CallState, Dismissal, Means
from fengsui.core.errors import InputError, Permanent, Retryable
from fengsui.core.fact import Figure
from fengsui.core.response import chain
from fengsui.core.response.decisions.record import Call, Reported
from fengsui.core.response.decisions.reporting import Written
from fengsui.core.response.events import TIMER
from fengsui.core.response.events_reporting import ReportKind
from fengsui.core.response.report_fields import asked_fields
from response_builders import COUNTY, Bench, actor, bench, opened, running

KEY = "a-key-both-sides-hold"
MINUTE = timedelta(minutes=1)


def reporting_of(at: Bench, rules: ReportingRules) -> Reporting:
    return Reporting(
        desk=at.desk,
        drafts=MemoryReportDrafts(),
        ledger=MemoryLedger(at.clock),
        received=MemoryReceived(),
        calls=MemoryCalls(at.store),
        rules=rules,
    )


class Pair:
    """The county that reports, and the prefecture with its inbox of calls."""

    def __init__(self, *, relation: str = "") -> None:
        self.below, self.above = bench(), bench()
        down = Peer(
            name="donghe", title="东河县应急管理局", key=KEY, relation=relation, url="http://127.0.0.1:1"
        )
        up = Peer(name="yunzhou", title="云州应急管理局", key=KEY, url="http://127.0.0.1:1")
        rules = ReportingRules(own_name="donghe", peers={"yunzhou": up})
        self.county = reporting_of(self.below, rules)
        rules = ReportingRules(own_name="yunzhou", peers={"donghe": down})
        self.prefecture = reporting_of(self.above, rules)
        self.inbox = CallDesk(
            desk=self.above.desk,
            calls=self.prefecture.calls,
            received=self.prefecture.received,
            sender_of=lambda name: rules.peers[name].title,
        )
        self.incident_id = running(self.below, deaths=4)
        self.edge = next(
            key for key, item in load(self.below.desk, self.incident_id).clocks.items() if item.started.every
        )

    def report(self, kind: ReportKind = ReportKind.FOLLOW_UP) -> str:
        """The county writes a report and hands it on; its id."""
        self.below.clock.advance(MINUTE)
        self.above.clock.advance(MINUTE)
        incident = load(self.below.desk, self.incident_id)
        fields = tuple(item.field for item in filled_fields(asked_fields(()), incident))
        title = report_title(incident, kind)
        written = Written(
            kind=kind, means="系统", title=title, text=report_text(title, fields), fields=fields
        )
        use.send(self.county, actor("duty"), self.incident_id, self.edge, written)
        report_id = list(load(self.below.desk, self.incident_id).reports)[-1]
        self.hand_on(report_id)
        return report_id

    def hand_on(self, report_id: str) -> None:
        post: Any = lambda _peer, document: receive(self.prefecture, document)  # noqa: E731
        forward(self.county, actor("duty"), self.incident_id, report_id, "yunzhou", post)

    def calls(self) -> tuple[CallRecord, ...]:
        rows, _ = self.inbox.calls.listed(COUNTY, list(CallState))
        return tuple(reversed(rows))

    def open_first(self) -> str:
        opening = Call(what="东河县透水", place="北沙镇", place_code=COUNTY)
        return open_from_call(self.inbox, actor("duty"), self.calls()[0].call_id, opening).incident_id


def test_a_report_waits_in_the_inbox_with_who_sent_it_the_plan_the_level_and_the_losses() -> None:
    pair = Pair()
    pair.report()
    [call] = pair.calls()
    assert (call.means, call.state, call.place_code) == (Means.REPORT, CallState.WAITING, COUNTY)
    title = load(pair.below.desk, pair.incident_id).opened.title
    assert call.text.startswith(title)
    for words in ("来自下级：东河县应急管理局（续报）", "依据《", "Ⅲ级响应", "较大", "死亡人数4人"):
        assert words in call.text


def test_where_the_sender_stands_is_configured_or_said_by_the_place() -> None:
    peer = Peer(name="x", title="x", key=KEY)
    assert relation_of(peer, ours=True) == "lower"
    assert relation_of(peer, ours=False) == "same"
    assert relation_of(replace(peer, relation="upper"), ours=True) == "upper"
    pair = Pair(relation="same")
    pair.report()
    assert "来自同级" in pair.calls()[0].text


def test_an_incident_is_opened_from_it_with_its_figures_and_the_report_is_signed_for() -> None:
    pair = Pair()
    report_id = pair.report()
    incident_id = pair.open_first()
    incident = load(pair.above.desk, incident_id)
    entry = incident.facts["deaths"][-1]
    assert entry.value == Figure.exact(4)
    assert entry.said_by == "东河县应急管理局"
    assert incident.opened.learned_at == pair.calls()[0].received_at
    [kept] = pair.prefecture.received.latest()
    assert kept.signed_by == "duty"
    pair.hand_on(report_id)  # asks again: the receipt now says who signed
    assert load(pair.below.desk, pair.incident_id).reports[report_id].is_signed


def test_later_reports_join_the_incident_by_themselves_and_change_no_fact_before_a_person_does() -> None:
    pair = Pair()
    pair.report()
    incident_id = pair.open_first()
    report_facts(
        pair.below.desk, actor("duty"), pair.incident_id, [Reported(fact="deaths", value=Figure.exact(6))]
    )
    pair.report()
    call = pair.calls()[-1]
    assert (call.state, call.incident_id) == (CallState.JOINED, incident_id)
    incident = load(pair.above.desk, incident_id)
    assert incident.last.by == TIMER
    assert call.call_id in incident.calls
    assert incident.facts["deaths"][-1].value == Figure.exact(4)
    assert pair.prefecture.received.one(call.call_id).signed_by is None
    adopt_facts(pair.prefecture, actor("duty"), incident_id, call.call_id)
    incident = load(pair.above.desk, incident_id)
    assert incident.facts["deaths"][-1].value == Figure.exact(6)
    assert pair.prefecture.received.one(call.call_id).signed_by == "duty"
    assert chain.verify(chain.export(pair.above.desk.incidents.load(incident_id))) == ()


def test_reports_that_wait_together_become_one_incident_together() -> None:
    pair = Pair()
    pair.report()
    pair.report()
    assert [call.state for call in pair.calls()] == [CallState.WAITING, CallState.WAITING]
    incident_id = pair.open_first()
    assert {call.incident_id for call in pair.calls()} == {incident_id}
    assert len(load(pair.above.desk, incident_id).calls) == 2
    assert all(item.signed_by for item in pair.prefecture.received.latest())


def test_a_report_is_joined_to_an_incident_that_runs_here() -> None:
    pair = Pair()
    own = opened(pair.above, deaths=2)
    pair.report()
    join_call(pair.inbox, actor("duty"), pair.calls()[0].call_id, own, "同一起事故")
    pair.report()
    assert {call.incident_id for call in pair.calls()} == {own}
    assert load(pair.above.desk, own).facts["deaths"][-1].value == Figure.exact(2)


def test_the_same_report_again_changes_nothing() -> None:
    pair = Pair()
    report_id = pair.report()
    incident_id = pair.open_first()
    before = load(pair.above.desk, incident_id).seq
    pair.hand_on(report_id)
    assert len(pair.calls()) == len(pair.prefecture.received.latest()) == 1
    assert load(pair.above.desk, incident_id).seq == before


def test_another_text_under_the_number_of_a_known_report_is_refused() -> None:
    pair = Pair()
    report_id = pair.report()
    peer = Peer(name="yunzhou", title="", key=KEY)
    document = sealed_report(pair.below.desk.incidents.load(pair.incident_id), report_id, "donghe")
    body = {**document, "report": {**document["report"], "text": "无人伤亡"}}
    del body["digest"]
    with pytest.raises(InputError) as told:
        receive(pair.prefecture, signed({**body, "digest": digest(body)}, peer, "donghe"))
    assert told.value.code == "report_number_taken"
    with pytest.raises(InputError) as told:
        receive(pair.prefecture, signed({**body, "digest": document["digest"]}, peer, "donghe"))
    assert told.value.code == "report_seal_broken"
    assert len(pair.calls()) == 1


def test_after_the_incident_was_closed_or_the_first_was_dismissed_the_next_report_waits_again() -> None:
    pair = Pair()
    pair.report()
    incident_id = pair.open_first()
    close_incident(pair.above.desk, actor("chief"), incident_id, "处置完毕")
    pair.report()
    assert pair.calls()[-1].state is CallState.WAITING
    dismiss_call(pair.inbox, actor("duty"), pair.calls()[-1].call_id, Dismissal.NOT_OURS, "已由县里处置")
    pair.report()
    assert pair.calls()[-1].state is CallState.WAITING


def test_nobody_enters_a_report_of_another_desk_by_hand() -> None:
    pair = Pair()
    with pytest.raises(InputError) as told:
        take_call(pair.inbox, actor("duty"), Received(means=Means.REPORT, text="x"))
    assert told.value.code == "report_not_by_hand"


def test_figures_are_taken_over_only_into_the_incident_of_the_report() -> None:
    pair = Pair()
    pair.report()
    other = opened(pair.above, deaths=1)
    with pytest.raises(InputError) as told:
        adopt_facts(pair.prefecture, actor("duty"), other, pair.calls()[0].call_id)
    assert told.value.code == "received_not_of_incident"
    sign(pair.prefecture, actor("duty"), pair.calls()[0].call_id)


@pytest.mark.parametrize(
    "given",
    [
        {"no_such_fact": {"min": "1", "max": "1"}},
        {"deaths": {"min": "many", "max": None}},
        {"deaths": {"min": "NaN", "max": None}},
        {"deaths": {"min": "-1", "max": None}},
        {"deaths": {"min": "5", "max": "2"}},
        {"deaths": {"min": None, "max": None}},
        {"deaths": True},
        {"deaths": {"min": "1", "max": "1", "said": "?"}},
        ["deaths"],
    ],
)
def test_what_is_no_figure_of_a_known_fact_is_left_out(given: object) -> None:
    pair = Pair()
    pair.report()
    [kept] = pair.prefecture.received.latest()
    document = {**kept.document, "incident": {**kept.document["incident"], "facts": given}}
    assert facts_of(replace(kept, document=document)) == ()


def to_county(pair: Pair) -> Any:
    def post(_peer: Peer, document: Any) -> Any:
        take_receipt(pair.county, document)
        return {"kept": True}

    return post


def test_the_signature_goes_back_to_the_sender_by_itself_and_once() -> None:
    pair = Pair()
    report_id = pair.report()
    assert return_receipts(pair.prefecture, to_county(pair)) == 0  # nobody has signed yet
    pair.open_first()
    assert return_receipts(pair.prefecture, to_county(pair)) == 1
    told = load(pair.below.desk, pair.incident_id)
    assert told.reports[report_id].is_signed
    assert told.reports[report_id].acknowledged[-1].who == "云州应急管理局 值班员"
    assert told.last.by == TIMER
    assert return_receipts(pair.prefecture, to_county(pair)) == 0
    assert chain.verify(chain.export(pair.below.desk.incidents.load(pair.incident_id))) == ()


def test_a_dead_line_is_tried_again_and_a_refusal_is_not() -> None:
    pair = Pair()
    pair.report()
    pair.open_first()
    tried: list[int] = []

    def fails(problem: Exception) -> Any:
        def post(_peer: Peer, _document: Any) -> Any:
            tried.append(1)
            raise problem

        return post

    assert return_receipts(pair.prefecture, fails(Retryable("peer_silent", peer="x"))) == 0
    assert return_receipts(pair.prefecture, fails(Permanent("peer_refused", peer="x", why="404"))) == 0
    assert return_receipts(pair.prefecture, to_county(pair)) == 0
    assert len(tried) == 2


def test_a_receipt_of_another_report_or_with_a_broken_seal_changes_nothing() -> None:
    pair = Pair()
    report_id = pair.report()
    pair.open_first()
    [kept] = pair.prefecture.received.latest()
    receipt = receipt_for(pair.prefecture, kept, pair.prefecture.rules.peers["donghe"])
    before = load(pair.below.desk, pair.incident_id).seq
    body = {key: value for key, value in receipt.items() if key not in ("digest", "signature")}
    body["report_digest"] = "0" * 64
    peer = Peer(name="donghe", title="", key=KEY)
    other = signed({**body, "digest": digest(body)}, peer, "yunzhou")
    for document, code in (
        (other, "receipt_of_another_report"),
        ({**receipt, "receipt": "x"}, "report_seal_broken"),
    ):
        with pytest.raises(InputError) as told:
            take_receipt(pair.county, document)
        assert told.value.code == code
    assert load(pair.below.desk, pair.incident_id).seq == before
    take_receipt(pair.county, receipt)
    take_receipt(pair.county, receipt)
    assert load(pair.below.desk, pair.incident_id).seq == before + 1
    assert load(pair.below.desk, pair.incident_id).reports[report_id].is_signed
