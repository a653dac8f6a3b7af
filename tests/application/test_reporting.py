"""Reports by fields: prefilled without inventing, sent, corrected, signed for; losses before a final one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from fengsui.adapters.memory_reporting import MemoryLedger, MemoryReceived, MemoryReportDrafts
from fengsui.adapters.memory_watch import MemoryCalls
from fengsui.adapters.reporting_rules import load_rules
from fengsui.application import losses, reporting
from fengsui.application.commit import load
from fengsui.application.copy_rules import copies_for
from fengsui.application.incidents import report_facts
from fengsui.application.report_exchange import check, gap_before, receive, sealed_report, sign, signed
from fengsui.application.report_forwarding import forward
from fengsui.application.report_prefill import (
    changes_between,
    filled_fields,
    last_report,
    report_text,
    report_title,
)
from fengsui.application.reporting_ports import LossRow, LossStatus, Peer, Reporting, ReportingRules
from fengsui.application.views import export_log
from fengsui.core.errors import Conflict, InputError, Refusal
from fengsui.core.fact import Figure
from fengsui.core.losses import facts_from, total
from fengsui.core.response import chain
from fengsui.core.response.decisions.record import Reported
from fengsui.core.response.decisions.reporting import Written
from fengsui.core.response.events_reporting import LossGiven, ReportField, ReportKind
from fengsui.core.response.incident import fold
from fengsui.core.response.report_fields import asked_fields
from response_builders import DIRECTORY, NOW, PLAN, Bench, actor, bench, opened, running

MINUTE = timedelta(minutes=1)


def desk(at: Bench, rules: ReportingRules | None = None) -> Reporting:
    return Reporting(
        desk=at.desk,
        drafts=MemoryReportDrafts(),
        ledger=MemoryLedger(at.clock),
        received=MemoryReceived(),
        calls=MemoryCalls(at.store),
        rules=rules or ReportingRules(own_name="donghe"),
    )


def written(at: Bench, incident_id: str, kind: ReportKind = ReportKind.FIRST, **texts: str) -> Written:
    incident = load(at.desk, incident_id)
    fields = tuple(
        replace(item.field, text=texts.get(item.field.code, item.field.text))
        for item in filled_fields(asked_fields(()), incident)
    )
    title = report_title(incident, kind)
    return Written(kind=kind, means="电话", title=title, text=report_text(title, fields), fields=fields)


def first_clock(at: Bench, incident_id: str) -> str:
    return next(iter(load(at.desk, incident_id).clocks))


def test_a_report_is_prefilled_and_what_nobody_said_is_unknown_and_being_verified() -> None:
    at = bench()
    incident_id = opened(at)
    at_least = Reported(fact="missing", value=Figure.at_least(2), said_by="矿长")
    about = Reported(fact="evacuated", value=Figure.about(100), said_by="镇政府")
    report_facts(at.desk, actor("duty"), incident_id, [at_least, about])
    found = {item.field.code: item for item in filled_fields(asked_fields(()), load(at.desk, incident_id))}
    casualties = found["casualties"].field
    assert "死亡人数未知" in casualties.text
    assert "失踪人数≥2人" in casualties.text
    assert "约100人" in casualties.text
    assert casualties.checking
    assert found["time"].field.text.startswith("事发时间未知")
    assert found["place"].field.text == "北沙镇"
    assert found["source"].field.text == "矿长、镇政府"
    assert not found["rescue"].known
    assert all(item.field.text.strip() not in ("", "0") for item in found.values())


def test_a_verified_fact_is_no_longer_being_verified_until_it_changes() -> None:
    at = bench()
    incident_id = opened(at, deaths=4)
    asked = asked_fields(("死亡人数",))
    assert filled_fields(asked, load(at.desk, incident_id))[0].field.checking
    reporting.verify_fact(at.desk, actor("duty"), incident_id, "deaths", "公安局")
    shown = filled_fields(asked, load(at.desk, incident_id))[0].field
    assert (shown.text, shown.checking) == ("死亡人数4人", False)
    report_facts(at.desk, actor("duty"), incident_id, [Reported(fact="deaths", value=Figure.exact(5))])
    assert filled_fields(asked, load(at.desk, incident_id))[0].field.checking


def test_a_follow_up_keeps_what_a_person_wrote_and_says_what_changed() -> None:
    at = bench()
    incident_id = running(at)
    side = desk(at)
    clock = first_clock(at, incident_id)
    reporting.send(side, actor("duty"), incident_id, clock, written(at, incident_id, rescue="两队进场"))
    incident = load(at.desk, incident_id)
    last = last_report(incident)
    assert last is not None
    again = filled_fields(asked_fields(()), incident)
    rescue = next(item for item in again if item.field.code == "rescue")
    assert (rescue.field.text, rescue.kept) == ("两队进场", True)
    report_facts(at.desk, actor("duty"), incident_id, [Reported(fact="deaths", value=Figure.exact(6))])
    now = tuple(item.field for item in filled_fields(asked_fields(()), load(at.desk, incident_id)))
    changed = {one.label: one.after.text for one in changes_between(last, now) if one.after}
    assert "死亡人数6人" in changed["人员伤亡、患病和失踪"]
    assert "地点" not in changed


def test_sending_ends_the_draft_and_numbers_the_reports() -> None:
    at = bench()
    incident_id = running(at)
    side = desk(at)
    every = next(key for key, item in load(at.desk, incident_id).clocks.items() if item.started.every)
    reporting.save_draft(side, actor("duty"), incident_id, every, {"field-0": "写到一半"})
    assert side.drafts.drafted(incident_id) == {every}
    for _ in range(2):
        at.clock.advance(MINUTE)
        done = reporting.send(
            side, actor("duty"), incident_id, every, written(at, incident_id, ReportKind.FOLLOW_UP)
        )
    assert side.drafts.drafted(incident_id) == frozenset()
    titles = [item.title for item in done.incident.reports.values()]
    assert titles[1].endswith("（续报第2期）")
    assert done.incident.clocks[every].running


def test_the_same_report_sent_twice_by_one_press_is_one() -> None:
    at = bench()
    incident_id = opened(at, deaths=1)
    side, clock = desk(at), first_clock(at, incident_id)
    for _ in range(2):
        done = reporting.send(
            side, actor("duty"), incident_id, clock, written(at, incident_id), command_id="press"
        )
    assert list(done.incident.reports) == ["r1"]


def test_a_correction_stands_beside_the_report_with_its_reason() -> None:
    at = bench()
    incident_id = opened(at, deaths=1)
    side, clock = desk(at), first_clock(at, incident_id)
    reporting.send(side, actor("duty"), incident_id, clock, written(at, incident_id))
    new = written(at, incident_id, place="青石乡")
    done = reporting.amend(side, actor("duty"), incident_id, "r1", "地点报错", new)
    old, mended = done.incident.reports["r1"], done.incident.reports["r2"]
    assert (old.amended_by, mended.amends, mended.reason) == ("r2", "r1", "地点报错")
    assert any(item.text == "北沙镇" for item in old.fields)
    with pytest.raises(Conflict):
        reporting.amend(side, actor("duty"), incident_id, "r1", "再改", new)
    with pytest.raises(InputError):
        reporting.amend(side, actor("duty"), incident_id, "r2", " ", new)


def test_an_empty_field_is_refused_in_words_that_name_it() -> None:
    at = bench()
    incident_id = opened(at, deaths=1)
    empty = replace(written(at, incident_id), fields=(ReportField(code="place", label="地点", text=" "),))
    with pytest.raises(InputError) as told:
        reporting.send(desk(at), actor("duty"), incident_id, first_clock(at, incident_id), empty)
    assert told.value.data["field"] == "地点"
    assert load(at.desk, incident_id).reports == {}


def test_a_receipt_is_recorded_once_and_not_before_the_report() -> None:
    at = bench()
    incident_id = opened(at, deaths=1)
    side, clock = desk(at), first_clock(at, incident_id)
    reporting.send(side, actor("duty"), incident_id, clock, written(at, incident_id))
    with pytest.raises(InputError):
        reporting.acknowledge(
            at.desk, actor("duty"), incident_id, "r1", who="县政府", received_at=NOW - timedelta(hours=1)
        )
    for _ in range(2):
        done = reporting.acknowledge(
            at.desk, actor("duty"), incident_id, "r1", who="县政府值班室", number="收12号"
        )
    [got] = done.incident.reports["r1"].acknowledged
    assert (got.who, got.number) == ("县政府值班室", "收12号")


def test_the_contact_stays_out_of_the_stream() -> None:
    at = bench()
    incident_id = opened(at, deaths=1)
    side, clock = desk(at), first_clock(at, incident_id)
    contact = reporting.Contact(name="某某", phone="0000-1")
    reporting.send(side, actor("duty"), incident_id, clock, written(at, incident_id), contact=contact)
    assert "0000-1" not in chain.render(export_log(at.desk, incident_id))
    assert reporting.contact_of(at.desk, actor("duty"), incident_id, "r1") == {
        "name": "某某",
        "phone": "0000-1",
    }
    with pytest.raises(Refusal):
        reporting.contact_of(at.desk, actor("police"), incident_id, "r1")


def test_a_stream_with_old_and_new_reports_verifies_and_folds_the_same() -> None:
    from fengsui.application.reports import send_report

    at = bench()
    incident_id = running(at)
    every = next(key for key, item in load(at.desk, incident_id).clocks.items() if item.started.every)
    send_report(at.desk, actor("duty"), incident_id, first_clock(at, incident_id), means="电话", text="已报")
    reporting.send(desk(at), actor("duty"), incident_id, every, written(at, incident_id, ReportKind.ZERO))
    text = chain.render(export_log(at.desk, incident_id))
    assert chain.verify_text(text) == ()
    assert '"report": null' not in text
    incident = fold(at.desk.incidents.load(incident_id))
    assert incident is not None
    assert [item.kind for item in incident.reports.values()] == [ReportKind.FIRST, ReportKind.ZERO]


def row(incident_id: str, item: str, value: int | None = None, **more: str) -> LossRow:
    figure = None if value is None else Figure.exact(value)
    return LossRow(
        row_id="", incident_id=incident_id, item=item, reported_by="北沙镇政府", value=figure, **more
    )


def final(side: Reporting, at: Bench, incident_id: str) -> object:
    clock = first_clock(at, incident_id)
    return reporting.send(side, actor("duty"), incident_id, clock, written(at, incident_id, ReportKind.FINAL))


def test_a_final_report_waits_until_departments_agree_and_the_facts_say_the_same() -> None:
    at = bench()
    incident_id = opened(at, deaths=4)
    side = desk(at)
    with pytest.raises(Refusal) as told:
        final(side, at, incident_id)
    assert told.value.data["items_zh"] == "死亡"
    assert told.value.source is not None
    for body, figure in (("县公安局", Figure.exact(5)), ("县卫生健康委", Figure.exact(4))):
        losses.give_figure(side, actor("duty"), incident_id, "dead", LossGiven(body=body, value=figure))
    dead = next(one for one in losses.standings(side, actor("duty"), incident_id) if one.item.name == "dead")
    assert dead.differs
    agreed = ("县公安局", "县卫生健康委")
    losses.agree(side, actor("chief"), incident_id, "dead", Figure.exact(5), agreed)
    with pytest.raises(Refusal):
        final(side, at, incident_id)
    losses.take_figures(side, actor("duty"), incident_id)
    assert load(at.desk, incident_id).current_facts()["deaths"] == Figure.exact(5)
    final(side, at, incident_id)


def test_a_figure_changed_after_it_was_agreed_opens_it_again() -> None:
    at = bench()
    incident_id = opened(at, deaths=4)
    side = desk(at)
    given = LossGiven(body="县公安局", value=Figure.exact(4))
    losses.give_figure(side, actor("duty"), incident_id, "dead", given)
    losses.agree(side, actor("chief"), incident_id, "dead", Figure.exact(4), ("县公安局",))
    losses.give_figure(side, actor("duty"), incident_id, "dead", replace(given, value=Figure.exact(5)))
    with pytest.raises(Refusal):
        final(side, at, incident_id)


def test_losses_are_agreed_by_the_director_and_need_figures_and_names() -> None:
    at = bench()
    incident_id = opened(at, deaths=4)
    side = desk(at)
    with pytest.raises(Refusal):
        losses.agree(side, actor("duty"), incident_id, "dead", Figure.exact(4), ("县公安局",))
    with pytest.raises(InputError):
        losses.agree(side, actor("chief"), incident_id, "dead", Figure.exact(4), ("县公安局",))
    losses.give_figure(side, actor("duty"), incident_id, "dead", LossGiven(body="县公安局"))
    with pytest.raises(InputError):
        losses.agree(side, actor("chief"), incident_id, "dead", Figure.exact(4), (" ",))


def test_figures_of_the_ledger_become_facts_with_the_ledger_as_source() -> None:
    at = bench()
    incident_id = opened(at, deaths=1)
    side = desk(at)
    for item, value in (("collapsed_rooms", 3), ("severe_rooms", 5), ("relocated", 40)):
        losses.add_row(side, actor("police"), row(incident_id, item, value, township="北沙镇"))
    losses.add_row(side, actor("police"), row(incident_id, "people_in_need", None, township="柳湾镇"))
    done = losses.take_figures(side, actor("duty"), incident_id)
    facts = done.incident.current_facts()
    assert facts["houses_collapsed_or_severely_damaged_rooms"] == Figure.exact(8)
    assert facts["evacuated"] == Figure.at_least(40)
    entry = done.incident.facts["evacuated"][-1]
    assert entry.said_by == "损失台账（4行）"
    assert losses.take_figures(side, actor("duty"), incident_id).recorded == ()


def test_a_row_withdrawn_counts_no_more_and_the_audit_keeps_it() -> None:
    at = bench()
    incident_id = opened(at, deaths=1)
    side = desk(at)
    made = losses.add_row(side, actor("duty"), row(incident_id, "collapsed_rooms", 3))
    losses.change_row(side, actor("duty"), incident_id, made.row_id, {"status": LossStatus.WITHDRAWN})
    assert side.sums(incident_id).totals == {}
    assert len(side.ledger.history(incident_id)) == 2


def test_a_figure_is_corrected_and_has_to_be_verified_anew_but_a_person_counts_one() -> None:
    at = bench()
    incident_id = opened(at, deaths=1)
    side = desk(at)
    made = losses.add_row(side, actor("duty"), row(incident_id, "collapsed_rooms", 21))
    change = losses.change_row
    change(side, actor("duty"), incident_id, made.row_id, {"status": LossStatus.VERIFIED})
    same = change(side, actor("duty"), incident_id, made.row_id, {"value": Figure.exact(21)})
    assert same.status is LossStatus.VERIFIED
    corrected = change(side, actor("duty"), incident_id, made.row_id, {"value": Figure.exact(12)})
    assert (corrected.value, corrected.status) == (Figure.exact(12), LossStatus.REPORTED)
    assert side.sums(incident_id).totals["collapsed_rooms"] == Figure.exact(12)
    with pytest.raises(InputError):
        change(side, actor("duty"), incident_id, made.row_id, {"value": Figure.exact(-1)})
    person = losses.add_row(side, actor("duty"), row(incident_id, "dead"))
    with pytest.raises(InputError) as told:
        change(side, actor("duty"), incident_id, person.row_id, {"value": Figure.exact(2)})
    assert told.value.code == "loss_person_counts_one"


def test_a_missing_person_found_alive_counts_no_more_and_nothing_brings_the_row_back() -> None:
    at = bench()
    incident_id = opened(at, deaths=1)
    side = desk(at)
    made = losses.add_row(side, actor("duty"), row(incident_id, "missing"))
    dead = losses.add_row(side, actor("duty"), row(incident_id, "dead"))
    found = losses.found_alive(side, actor("duty"), incident_id, made.row_id)
    assert (found.status, found.note) == (LossStatus.WITHDRAWN, "已找到，生还")
    assert "missing" not in side.sums(incident_id).totals
    with pytest.raises(Conflict):
        losses.change_row(side, actor("duty"), incident_id, made.row_id, {"status": LossStatus.VERIFIED})
    with pytest.raises(InputError):
        losses.found_alive(side, actor("duty"), incident_id, dead.row_id)


def test_who_died_is_kept_apart_masked_and_every_look_is_noted() -> None:
    at = bench()
    incident_id = opened(at, deaths=1)
    side = desk(at)
    made = losses.add_row(
        side,
        actor("duty"),
        row(incident_id, "missing"),
        {"name": "某人", "kin_phone": "0000-2", "diary": "x"},
    )
    assert made.value == Figure.exact(1)
    assert "某人" not in repr(made)
    with pytest.raises(Refusal):
        losses.who_is(side, actor("police"), incident_id, made.row_id)
    found = losses.who_is(side, actor("duty"), incident_id, made.row_id)
    assert found == {"name": "某人", "kin_phone": "0000-2"}
    assert side.ledger.history(incident_id)[0].change == {"read": True}
    moved = losses.change_row(side, actor("duty"), incident_id, made.row_id, {"item": "dead"})
    assert moved.person_ref == made.person_ref
    with pytest.raises(InputError):
        losses.change_row(side, actor("duty"), incident_id, made.row_id, {"item": "collapsed_rooms"})


def test_sums_keep_what_is_unknown_open() -> None:
    assert total([Figure.exact(2), None]) == Figure.at_least(2)
    assert total([None]) is None
    assert total([Figure.exact(2), Figure.at_least(3)]) == Figure.at_least(5)
    assert total([Figure.exact(2), Figure.between(1, 4)]).high == Decimal(6)
    both = facts_from({"relocated": Figure.exact(40), "people_in_need": Figure.exact(25)})
    assert (both["evacuated"].low, both["evacuated"].high) == (Decimal(40), Decimal(65))


def test_copies_follow_the_class_of_the_event_by_the_rules_of_the_installation(tmp_path) -> None:
    at = bench()
    incident = load(at.desk, opened(at, deaths=1))
    shipped = load_rules(tmp_path)
    found = copies_for(shipped.copies, incident, (PLAN,), DIRECTORY)
    assert [(copy.name, copy.unit, copy.rule.name) for copy in found] == [("县应急管理局", "yjj", "accident")]
    own = '[[copy]]\nclass="x"\nzh="水"\nwords=["透水"]\nbodies=["公安","水利"]\n'
    (tmp_path / "reporting.toml").write_text(own, "utf-8")
    found = copies_for(load_rules(tmp_path).copies, incident, (PLAN,), DIRECTORY)
    assert [copy.name for copy in found] == ["县公安局"]
    (tmp_path / "reporting.toml").write_text("[[copy]]\nclass=", "utf-8")
    with pytest.raises(InputError):
        load_rules(tmp_path)


KEY = "a-key-both-sides-hold"


def two_desks() -> tuple[Bench, Reporting, Reporting]:
    """The county that sends and the prefecture that receives, each with the other as its peer."""
    at, above = bench(), bench()
    down = Peer(name="donghe", title="东河县应急管理局", key=KEY)
    up = Peer(name="yunzhou", title="云州应急管理局", key=KEY, url="http://127.0.0.1:1")
    county = desk(at, ReportingRules(own_name="donghe", peers={"yunzhou": up}))
    return at, county, desk(above, ReportingRules(own_name="yunzhou", peers={"donghe": down}))


def test_a_report_reaches_another_desk_and_its_receipt_comes_back() -> None:
    at, county, prefecture = two_desks()
    incident_id = opened(at, deaths=4)
    clock = first_clock(at, incident_id)
    reporting.send(county, actor("duty"), incident_id, clock, written(at, incident_id))

    def post(peer: Peer, document: object) -> object:
        return receive(prefecture, document)  # type: ignore[arg-type]

    done = forward(county, actor("duty"), incident_id, "r1", "yunzhou", post)  # type: ignore[arg-type]
    [got] = done.incident.reports["r1"].acknowledged
    assert (got.who, got.means) == ("云州应急管理局", "系统")
    assert not done.incident.reports["r1"].is_signed
    [kept] = prefecture.received.latest()
    assert (kept.title, kept.receipt) == (done.incident.reports["r1"].title, got.number)
    sign(prefecture, actor("duty"), kept.received_id)
    done = forward(county, actor("duty"), incident_id, "r1", "yunzhou", post)  # type: ignore[arg-type]
    assert done.incident.reports["r1"].is_signed
    assert done.incident.reports["r1"].acknowledged[-1].who == "云州应急管理局 值班员"
    assert len(prefecture.received.latest()) == 1
    assert forward(county, actor("duty"), incident_id, "r1", "yunzhou", post).recorded == ()  # type: ignore[arg-type]


def sealed(at: Bench, incident_id: str, report_id: str) -> dict[str, object]:
    document = sealed_report(at.desk.incidents.load(incident_id), report_id, "donghe")
    return signed(document, Peer(name="yunzhou", title="", key=KEY), "donghe")


def test_a_document_changed_unsigned_or_signed_with_another_key_is_refused() -> None:
    at, county, prefecture = two_desks()
    incident_id = opened(at, deaths=4)
    reporting.send(county, actor("duty"), incident_id, first_clock(at, incident_id), written(at, incident_id))
    good = sealed(at, incident_id, "r1")
    assert check(good, prefecture.rules.peers).name == "donghe"
    body = {**good["report"], "text": "无人伤亡"}  # type: ignore[dict-item]
    stranger = signed(
        sealed_report(at.desk.incidents.load(incident_id), "r1", "x"),
        Peer(name="y", title="", key="another-key-altogether"),
        "donghe",
    )
    cases = {
        "report_seal_broken": {**good, "report": body},
        "report_sender_unlisted": {name: value for name, value in good.items() if name != "signature"},
        "report_signature_wrong": stranger,
        "report_form_wrong": {"format": "x"},
    }
    for code, document in cases.items():
        with pytest.raises(InputError) as told:
            receive(prefecture, document)
        assert told.value.code == code
    assert prefecture.received.latest() == ()


def test_a_report_that_never_arrived_is_seen_by_the_link_of_the_next() -> None:
    at, county, prefecture = two_desks()
    incident_id = running(at)
    every = next(key for key, item in load(at.desk, incident_id).clocks.items() if item.started.every)
    for _ in range(2):
        at.clock.advance(MINUTE)
        reporting.send(
            county, actor("duty"), incident_id, every, written(at, incident_id, ReportKind.FOLLOW_UP)
        )
    receive(prefecture, sealed(at, incident_id, "r2"))
    [second] = prefecture.received.latest()
    assert gap_before(prefecture, second)
    receive(prefecture, sealed(at, incident_id, "r1"))
    assert not gap_before(prefecture, second)


def test_the_document_of_a_report_is_the_same_whenever_it_is_made() -> None:
    at, county, _ = two_desks()
    incident_id = opened(at, deaths=4)
    reporting.send(county, actor("duty"), incident_id, first_clock(at, incident_id), written(at, incident_id))
    before = sealed(at, incident_id, "r1")
    report_facts(at.desk, actor("duty"), incident_id, [Reported(fact="deaths", value=Figure.exact(9))])
    assert sealed(at, incident_id, "r1") == before
    assert before["incident"]["facts"]["deaths"]["min"] == "4"  # type: ignore[index]


def test_an_exercise_does_not_report_to_a_live_desk() -> None:
    at, county, prefecture = two_desks()
    incident_id = opened(at, deaths=4)
    reporting.send(county, actor("duty"), incident_id, first_clock(at, incident_id), written(at, incident_id))
    drill = replace(prefecture, desk=replace(prefecture.desk, exercise=True))
    with pytest.raises(InputError) as told:
        receive(drill, sealed(at, incident_id, "r1"))
    assert told.value.code == "report_exercise_mixed"


def test_a_report_is_in_the_inbox_of_those_of_the_directory_it_goes_to() -> None:
    at = bench()
    incident_id = opened(at, deaths=1)
    told = replace(written(at, incident_id), copied=("县公安局", "某外单位"))
    done = reporting.send(desk(at), actor("duty"), incident_id, first_clock(at, incident_id), told)
    sent = done.recorded[0].event
    assert sent.report.reached == ("zf", "gaj")  # type: ignore[union-attr]
    rows = [row for row in at.store.outbox.values() if row.kind == "report"]
    assert {row.to for row in rows} == {"zf", "gaj"}
    assert "死亡人数1人" in rows[0].body


def test_an_exercise_sends_nothing_to_a_live_peer_and_the_other_way_round() -> None:
    at, county, _ = two_desks()
    incident_id = opened(at, deaths=4)
    clock = first_clock(at, incident_id)
    reporting.send(county, actor("duty"), incident_id, clock, written(at, incident_id))

    def post(peer: Peer, document: object) -> object:
        raise AssertionError("nothing may go out")

    drill = replace(county, desk=replace(county.desk, exercise=True))
    with pytest.raises(InputError) as told:
        forward(drill, actor("duty"), incident_id, "r1", "yunzhou", post)  # type: ignore[arg-type]
    assert told.value.code == "peer_other_world"


def test_what_taking_the_ledger_would_change_is_told_before() -> None:
    at = bench()
    incident_id = opened(at, deaths=4)
    side = desk(at)
    losses.add_row(side, actor("duty"), row(incident_id, "dead"))
    [one] = losses.to_take(load(at.desk, incident_id), side.sums(incident_id))
    assert (one.fact, one.before, one.after) == ("deaths", Figure.exact(4), Figure.exact(1))
    assert one.less
    assert not one.agreed


def test_a_report_on_another_edge_is_no_gap() -> None:
    at, county, prefecture = two_desks()
    incident_id = running(at)
    clocks = list(load(at.desk, incident_id).clocks)
    for clock in (clocks[0], next(key for key in clocks[1:])):
        reporting.send(county, actor("duty"), incident_id, clock, written(at, incident_id))
    receive(prefecture, sealed(at, incident_id, "r2"))
    [only] = prefecture.received.latest()
    assert not gap_before(prefecture, only)


def test_a_peer_that_does_not_answer_is_told_in_one_sentence() -> None:
    from fengsui.adapters.peer_http import post_to_peer
    from fengsui.core.errors import Retryable

    with pytest.raises(Retryable) as silent:
        post_to_peer(Peer(name="x", title="云省", key=KEY, url="http://127.0.0.1:9"), {})
    assert silent.value.code == "peer_silent"
    with pytest.raises(InputError):
        post_to_peer(Peer(name="x", title="云省", key=KEY), {})
