"""Screens of reporting: board, writing and sending, receipts, files, ledgers, reports received, who may."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from fengsui.application.report_exchange import sealed_report, signed
from fengsui.application.reporting_ports import Peer
from fengsui.core.response import chain
from fengsui.web import wiring

SCHEMA = Path(__file__).parents[2] / "docs" / "report.schema.json"
SignIn = Callable[[str], Client]


def form_of(page: str) -> dict[str, Any]:
    """What the report form would send, as it stands."""
    fields: dict[str, Any] = {"copy": re.findall(r'name="copy" value="([^"]+)"', page)}
    fields |= dict(re.findall(r'type="hidden" name="((?:code|label)-\d+|command_id)" value="([^"]*)"', page))
    fields |= {
        name: text.strip()
        for name, text in re.findall(r'name="(field-\d+)"[^>]*>(.*?)</textarea>', page, re.S)
    }
    fields |= {name: "on" for name in re.findall(r'name="(checking-\d+)" checked', page)}
    for name in ("kind", "means"):
        fields[name] = re.search(rf'name="{name}" value="([^"]+)" checked', page).group(1)
    fields["title"] = re.search(r'name="title" value="([^"]*)"', page).group(1)
    return fields


def running_clock(browser: Client, incident_id: str) -> str:
    page = browser.get(f"/incidents/{incident_id}?tab=reports").content.decode()
    found = re.findall(rf'btn-primary" href="(/incidents/{incident_id}/reports/[^"]+)"', page)
    assert found
    return str(found[0])


def sent(browser: Client, incident_id: str, **changes: Any) -> str:
    """A report sent from the form; the address of its page."""
    address = running_clock(browser, incident_id)
    form = form_of(browser.get(address).content.decode())
    answer = browser.post(address, form | changes)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def test_the_board_has_every_edge_of_the_plan_with_its_clause(sign_in: SignIn, incident_id: str) -> None:
    page = sign_in("duty-main").get(f"/incidents/{incident_id}?tab=reports").content.decode()
    from fengsui.application.commit import attached_plans, load

    desk = wiring.desk()
    plans = attached_plans(desk, load(desk, incident_id))
    edges = [edge for plan in plans.values() for edge in plan.content.deadlines if edge.is_report]
    assert page.count('class="report-line') == len(edges) > 3
    assert "报送提醒" in page


def test_a_report_is_written_from_what_is_known_sent_and_shown(sign_in: SignIn, incident_id: str) -> None:
    officer = sign_in("duty-main")
    address = running_clock(officer, incident_id)
    page = officer.get(address).content.decode()
    assert "死亡人数4人" in page
    assert "正在核实" in page
    assert officer.post(f"{address}/draft", {"field-0": "刚写的时间"}).status_code == 204
    assert "刚写的时间" in officer.get(address).content.decode()
    place = sent(officer, incident_id, **{"field-1": "", "copies": "云州水利局"})
    shown = officer.get(place).content.decode()
    assert "未知" in shown
    assert "云州水利局" in shown
    assert "刚写的时间" in shown
    assert "起草" in officer.get(f"/incidents/{incident_id}?tab=reports").content.decode()


def test_receipt_correction_comparison_and_files(sign_in: SignIn, incident_id: str) -> None:
    from docx import Document
    from pypdf import PdfReader

    officer = sign_in("duty-main")
    place = sent(officer, incident_id, copies="云州水利局、云州气象局")
    answer = officer.post(f"{place}/receipt", {"who": "州政府总值班室", "number": "收3号", "means": "电话"})
    assert answer.status_code == 302
    assert "收3号" in officer.get(place).content.decode()
    form = form_of(officer.get(f"{place}/amend").content.decode())
    assert officer.post(f"{place}/amend", form | {"field-1": "青石乡"}).status_code == 422
    mended = officer.post(f"{place}/amend", form | {"field-1": "青石乡", "reason": "地点报错"})
    assert mended.status_code == 302
    page = officer.get(mended.headers["Location"]).content.decode()
    assert "地点报错" in page
    assert "<del>" in page
    assert "已更正" in officer.get(place).content.decode()
    word = officer.get(f"{place}/file.docx", {"number": "云应急〔2026〕1号"})
    text = "\n".join(item.text for item in Document(io.BytesIO(word.content)).paragraphs)
    assert "云应急〔2026〕1号" in text
    assert "签发人" in text
    assert "，云州水利局，云州气象局。云州应急管理局" in _xml(word.content)
    pdf = officer.get(f"{place}/file.pdf")
    printed = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.content)).pages)
    assert "抄送" in printed.replace(" ", "")
    assert officer.get(f"{place}/file.exe").status_code == 404


def _xml(document: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        return re.sub(r"<[^>]+>", "", parts.read("word/document.xml").decode())


def test_one_tap_sends_a_zero_report(sign_in: SignIn, incident_id: str) -> None:
    officer = sign_in("duty-main")
    page = officer.get(f"/incidents/{incident_id}?tab=reports").content.decode()
    found = re.search(rf'action="(/incidents/{incident_id}/reports/[^"]+/zero)"', page)
    assert found is not None
    assert officer.post(found.group(1), {"command_id": "z1"}).status_code == 302
    assert "零报告" in officer.get(f"/incidents/{incident_id}?tab=reports").content.decode()


def test_the_desk_tells_what_will_be_late_and_what_nobody_signed_for(
    sign_in: SignIn, incident_id: str
) -> None:
    page = sign_in("duty-main").get("/desk").content.decode()
    assert "报送提醒" in page
    assert "无人签收" in page
    assert "收到的报告" in page


def test_losses_from_the_village_to_the_facts(sign_in: SignIn, incident_id: str) -> None:
    officer, director, unit = sign_in("duty-main"), sign_in("emb-director"), sign_in("fire-liaison")
    base = f"/incidents/{incident_id}/losses"
    person = {"item": "dead", "reported_by": "青石乡政府", "township": "青石乡", "name": "某甲"}
    assert officer.post(f"{base}/rows", person).status_code == 302
    houses = {"item": "collapsed_rooms", "manner": "at_least", "value": "6", "reported_by": "青石乡政府"}
    assert unit.post(f"{base}/rows", houses).status_code == 302
    assert officer.post(f"{base}/rows", houses | {"value": ""}).status_code == 422
    page = officer.get(base).content.decode()
    assert "某甲" not in page
    who = re.search(rf'hx-get="({base}/rows/[^"]+/who)"', page).group(1)
    assert "某甲" in officer.get(who).content.decode()
    assert unit.get(who).status_code == 403
    assert "查看了姓名" in officer.get(base).content.decode()
    assert "下一步：填各部门报的数" in officer.get(base).content.decode()
    for body, value in (("云州公安局", "4"), ("云州卫生健康委员会", "5")):
        given = {"item": "dead", "body": body, "manner": "known", "value": value}
        assert officer.post(f"{base}/figures", given).status_code == 302
    assert "请打电话核对" in officer.get(base).content.decode()
    again = officer.get(f"{base}?tab=person").content.decode()
    assert 'name="township" autocomplete="off" value="青石乡"' in again  # the next person mostly shares it
    agreed = {"item": "dead", "manner": "known", "value": "5", "agreed_by": ["云州公安局"]}
    assert officer.post(f"{base}/agree", agreed).status_code == 403
    assert director.post(f"{base}/agree", agreed).status_code == 302
    assert officer.post(f"{base}/take").status_code == 302
    assert "5人" in officer.get(f"/incidents/{incident_id}").content.decode()
    verb = re.search(rf'action="({base}/rows/[^"/]+)"', page).group(1)
    assert officer.post(verb, {"verb": "withdraw"}).status_code == 302
    assert officer.post(verb, {"verb": "nonsense"}).status_code in (404, 422)


def test_a_final_report_is_refused_with_what_is_missing(sign_in: SignIn, incident_id: str) -> None:
    officer = sign_in("duty-main")
    address = running_clock(officer, incident_id)
    form = form_of(officer.get(address).content.decode())
    answer = officer.post(address, form | {"kind": "final"})
    assert answer.status_code == 403
    assert "这些还没有核定或核定后有变：死亡" in answer.content.decode()


@pytest.fixture
def peer_rules(prefecture: str, tmp_path: Any, settings: Any) -> Peer:
    """This desk knows one peer."""
    settings.DATA_DIR = tmp_path
    (tmp_path / "reporting.toml").write_text(
        'own_name = "yunzhou"\n[peers.beize]\ntitle = "北泽市应急管理局"\nkey = "a-key-both-sides-hold"\n',
        "utf-8",
    )
    return Peer(name="yunzhou", title="", key="a-key-both-sides-hold")


def document(incident_id: str, peer: Peer) -> dict[str, Any]:
    """The first report of the running incident, as the peer would send it."""
    stream = wiring.desk().incidents.load(incident_id)
    return signed(sealed_report(stream, "r1", "beize"), peer, "beize")


def test_a_report_of_a_peer_is_taken_in_shown_and_signed_for(
    sign_in: SignIn, incident_id: str, peer_rules: Peer
) -> None:
    import jsonschema

    body = document(incident_id, peer_rules)
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.validate(body, schema)
    stranger = Client(enforce_csrf_checks=True)
    address = "/api/v1/reports/received"
    answer = stranger.post(address, json.dumps(body), content_type="application/json")
    assert answer.status_code == 200, answer.content.decode()
    receipt = answer.json()
    jsonschema.validate(receipt, schema["$defs"]["receipt"] | {"$defs": schema["$defs"]})
    assert receipt["signed_by"] is None
    broken = body | {"sender": "x"}
    refused = stranger.post(address, json.dumps(broken), content_type="application/json")
    assert refused.status_code == 422
    assert refused.json()["error"]["code"] == "report_seal_broken"
    officer = sign_in("duty-main")
    page = officer.get("/reports/received").content.decode()
    assert "北泽市应急管理局" in page
    one = re.search(r'href="(/reports/received/[^"]+)"', page).group(1)
    assert receipt["receipt"] in officer.get(one).content.decode()
    assert sign_in("fire-liaison").post(f"{one}/sign").status_code == 403
    assert officer.post(f"{one}/sign").status_code == 302
    again = stranger.post(address, json.dumps(body), content_type="application/json").json()
    assert again["signed_by"].startswith("州应急管理局值班员")
    assert again["receipt"] == receipt["receipt"]


def test_a_report_of_a_peer_becomes_an_incident_and_the_next_one_shows_on_its_room(
    sign_in: SignIn, incident_id: str, peer_rules: Peer
) -> None:
    stranger, officer = Client(enforce_csrf_checks=True), sign_in("duty-main")
    address = "/api/v1/reports/received"
    first = document(incident_id, peer_rules)
    assert stranger.post(address, json.dumps(first), content_type="application/json").status_code == 200
    assert "北泽市应急管理局" in officer.get("/calls").content.decode()
    [kept] = wiring.reporting().received.latest()
    page = officer.get(f"/calls/{kept.received_id}").content.decode()
    assert f"/reports/received/{kept.received_id}" in page
    assert "来自下级：北泽市应急管理局" in page
    opened = officer.post(
        f"/calls/{kept.received_id}/settle",
        {"verb": "open", "what": "泽区透水", "place": "北沙镇", "place_code": "990121101"},
    )
    room = opened.headers["Location"]
    text = officer.get(room).content.decode()
    assert "其他单位对本事件的报告" in text
    assert "新到，未签收" not in text
    later = resealed(first, peer_rules, report={**first["report"], "id": "r2"}, deaths="9")
    assert stranger.post(address, json.dumps(later), content_type="application/json").status_code == 200
    assert "新到，未签收" in officer.get(room).content.decode()
    newest = wiring.reporting().received.latest()[0].received_id
    one = officer.get(f"/reports/received/{newest}").content.decode()
    assert "采用这些数字" in one
    joined = {"incident": room.strip("/").rsplit("/", 1)[1]}
    assert officer.post(f"/reports/received/{newest}/figures", joined).status_code == 302
    assert "报告数字与事件情况一致" in officer.get(f"/reports/received/{newest}").content.decode()
    twice = resealed(first, peer_rules, report={**first["report"], "id": "r2", "text": "另一篇"}, deaths="9")
    answer = stranger.post(address, json.dumps(twice), content_type="application/json")
    assert answer.status_code == 422
    assert "已经收过" in answer.json()["error"]["message"]


def resealed(document: dict[str, Any], peer: Peer, *, report: dict[str, Any], deaths: str) -> dict[str, Any]:
    """Another report of the same sender on the same incident."""
    facts = {"deaths": {"min": deaths, "max": deaths, "said": "known"}}
    incident = {**document["incident"], "facts": facts}
    body = {key: value for key, value in document.items() if key not in ("digest", "signature")}
    body |= {"report": report, "incident": incident}
    return signed({**body, "digest": chain.digest(body)}, peer, "beize")


def test_who_may_not_see_the_incident_sees_none_of_it(sign_in: SignIn, incident_id: str) -> None:
    officer, stranger = sign_in("duty-main"), sign_in("xiling-duty")
    place = sent(officer, incident_id)
    for path in (place, f"{place}.json", f"{place}/file.docx", f"/incidents/{incident_id}/losses"):
        assert officer.get(path).status_code == 200, path
        assert stranger.get(path).status_code == 403, path


def test_another_program_reports_agrees_losses_and_hears_what_will_be_late(
    prefecture: str, incident_id: str
) -> None:
    from test_api import Program

    officer, director = Program("duty-main"), Program("emb-director")
    base = f"/incidents/{incident_id}"
    board = officer.get(f"{base}/reports").json()
    assert {edge["state"] for edge in board["edges"]} >= {"sent", "running", "waiting"}
    assert all(edge["clause"]["clause"] for edge in board["edges"])
    clock = next(edge["clock"] for edge in board["edges"] if edge["state"] == "running" and edge["to"])
    body = {"kind": "follow_up", "means": "书面", "copied": ["云州水利局"]}
    first = officer.post(f"{base}/reports/{clock}/fields", body, Idempotency_Key="k1")
    assert first.status_code == 200, first.content.decode()
    again = officer.post(f"{base}/reports/{clock}/fields", body, Idempotency_Key="k1").json()
    assert again["repeated"]
    report = first.json()["recorded"][0]["event"]["report"]["report_id"]
    receipt = officer.post(f"{base}/reports/sent/{report}/receipt", {"who": "州政府", "number": "7"})
    assert receipt.status_code == 200
    amended = officer.post(
        f"{base}/reports/sent/{report}/amend",
        body | {"reason": "错字", "fields": [{"label": "地点", "text": "乙"}]},
    )
    assert amended.status_code == 200, amended.content.decode()
    document = officer.get(f"{base}/reports/sent/{report}").json()
    assert document["format"] == "fengsui-report/1"
    lines = officer.get(f"{base}/reports").json()["edges"]
    told = next(edge for edge in lines if edge["clock"] == clock)["reports"]
    assert [item["amended_by"] for item in told] == [told[1]["id"], None]
    assert told[0]["signed"]
    row = {"item": "dead", "reported_by": "乡政府", "person": {"name": "某甲"}}
    assert officer.post(f"{base}/losses", row).status_code == 200
    assert officer.post(f"{base}/losses", row | {"item": "nothing"}).status_code in (404, 422)
    given = {"item": "dead", "body": "云州公安局", "value": 4}
    assert officer.post(f"{base}/losses/figures", given).status_code == 200
    agree = {"item": "dead", "value": 4, "agreed_by": ["云州公安局"]}
    assert officer.post(f"{base}/losses/agree", agree).status_code == 403
    assert director.post(f"{base}/losses/agree", agree).status_code == 200
    assert officer.post(f"{base}/losses/take").status_code == 200
    items = {item["item"]: item for item in officer.get(f"{base}/losses").json()["items"]}
    assert (items["dead"]["agreed"], items["dead"]["open"]) == (4, None)
    final = officer.post(f"{base}/reports/{clock}/fields", body | {"kind": "final"})
    assert final.status_code == 403
    assert "失踪" in final.json()["error"]["message"]
    late = officer.post(f"{base}/occurred", {"occurred_at": "2100-01-01T00:00:00+08:00"})
    assert late.status_code == 422
