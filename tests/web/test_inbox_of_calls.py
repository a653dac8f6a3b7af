"""The inbox of calls in the browser, the public form, and the API of gateways."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from test_api import Program

from fengsui.core.response import chain
from fengsui.store import models

HTMX = {"HX-Request": "true"}


def kept(browser: Client, what: str, place: str = "北沙镇老粮站", **more: str) -> str:
    answer = browser.post("/calls/new", {"place": place, "what": what, "then": "keep", **more})
    assert answer.status_code == 302
    return answer.headers["Location"].rsplit("/", 1)[-1]


def test_a_call_is_kept_with_nothing_said_and_waits_on_the_desk(sign_in: Callable[[str], Client]) -> None:
    officer = sign_in("duty-main")
    call = kept(officer, "", "")
    page = officer.get("/desk").content.decode()
    assert f"/calls/{call}" in page
    assert "未处理来电" in page
    assert call in officer.get("/calls").content.decode()


def test_the_second_call_is_shown_with_why_and_joins_while_typing(sign_in: Callable[[str], Client]) -> None:
    officer = sign_in("duty-main")
    opened = officer.post("/calls/new", {"place": "北沙镇老粮站", "what": "老粮站仓库起火"})
    incident = opened.headers["Location"].rsplit("/", 1)[-1]
    typed = {"place": "北沙镇粮站旁", "what": "粮站那边冒烟", "command_id": "second"}
    shown = officer.post("/calls/plans", typed, headers=HTMX).content.decode()
    assert "起火／冒烟" in shown or "冒烟" in shown
    assert f'value="join:{incident}"' in shown
    for _ in range(2):
        joined = officer.post("/calls/new", {**typed, "then": f"join:{incident}"})
        assert joined.headers["Location"].endswith(incident)
    assert models.CallRow.objects.filter(incident_id=incident).count() == 2
    log = officer.get(f"/incidents/{incident}/log").content.decode()
    assert "并入来电（电话" in log


def test_an_incident_is_opened_from_a_kept_call_or_the_call_is_closed(
    sign_in: Callable[[str], Client],
) -> None:
    officer = sign_in("duty-main")
    first, second = kept(officer, "锅炉房爆炸"), kept(officer, "小孩按着玩")
    page = officer.get(f"/calls/{first}").content.decode()
    assert "报告时限自收到来电" in page
    opened = officer.post(
        f"/calls/{first}/settle",
        {"verb": "open", "place": "北沙镇老粮站", "what": "锅炉房爆炸", "command_id": "k1"},
    )
    assert re.search(r"/incidents/[0-9a-f]+$", opened.headers["Location"])
    settle = f"/calls/{second}/settle"
    assert officer.post(settle, {"verb": "dismiss", "as": "false_alarm"}, headers=HTMX).status_code == 422
    assert officer.post(settle, {"verb": "dismiss", "reason": "x"}, headers=HTMX).status_code == 422
    assert (
        officer.post(settle, {"verb": "dismiss", "as": "false_alarm", "reason": "回拨误报"}).status_code
        == 302
    )
    again = officer.post(settle, {"verb": "dismiss", "as": "not_ours", "reason": "x"}, headers=HTMX)
    assert again.status_code == 409
    assert officer.post(settle, {"verb": "restore"}).status_code == 302
    assert sign_in("fire-liaison").get(f"/calls/{first}").status_code == 403
    assert sign_in("auditor").post(settle, {"verb": "restore"}).status_code == 403


def test_an_incident_is_split_on_its_page_of_calls(sign_in: Callable[[str], Client]) -> None:
    officer = sign_in("duty-main")
    incident = officer.post("/calls/new", {"place": "北沙镇", "what": "仓库起火"}).headers["Location"]
    second = kept(officer, "河堤决口", "柳湾镇")
    officer.post(f"/calls/{second}/settle", {"verb": "join", "incident": incident.rsplit("/", 1)[-1]})
    page = officer.get(f"{incident}/calls").content.decode()
    assert second in page
    split = officer.post(
        f"{incident}/calls",
        {"call": [second], "place": "柳湾镇", "what": "河堤决口", "reason": "核实为两起", "command_id": "s"},
    )
    assert split.status_code == 302
    new = split.headers["Location"]
    assert new != incident
    assert "由事件" in officer.get(f"{new}/log").content.decode()
    assert "拆出另一起事件" in officer.get(f"{incident}/log").content.decode()
    assert "已分到另一起事件" in officer.get(f"{incident}/calls").content.decode()


def test_the_caller_is_shown_for_a_reason_and_the_reading_is_kept(sign_in: Callable[[str], Client]) -> None:
    officer = sign_in("duty-main")
    call = kept(officer, "起火", caller="甲某", phone="0000-12345")
    assert "0000-12345" not in officer.get(f"/calls/{call}").content.decode()
    assert officer.post(f"/calls/{call}/caller", {"why": ""}, headers=HTMX).status_code == 422
    shown = officer.post(f"/calls/{call}/caller", {"why": "callback"}, headers=HTMX).content.decode()
    assert "0000-12345" in shown
    row = models.PersonalRead.objects.latest("id")
    assert (row.by, row.person, row.about, row.why) == ("duty-main", "duty-main", f"call/{call}", "回拨核实")
    opened = officer.post(f"/calls/{call}/settle", {"verb": "open", "place": "北沙镇", "what": "起火"})
    room = officer.get(opened.headers["Location"]).content.decode()
    assert "0000-12345" not in room
    shown = officer.post(f"{opened.headers['Location']}/caller", {"why": "verify"}, headers=HTMX)
    assert "甲某" in shown.content.decode()
    assert models.PersonalRead.objects.filter(person="duty-main", about=f"call/{call}").count() == 2


def test_the_public_form_needs_no_sign_in_and_stops_a_flood(prefecture: str) -> None:
    stranger = Client()
    assert stranger.get("/public/report").status_code == 200
    empty = stranger.post("/public/report", {"what": " "})
    assert empty.status_code == 422
    for number in range(3):
        answer = stranger.post("/public/report", {"what": f"北沙镇起火{number}", "phone": "0000-1"})
        assert answer.status_code == 200
        assert "已送到值班台" in answer.content.decode()
    refused = stranger.post("/public/report", {"what": "还在烧", "place": "北沙镇"})
    assert refused.status_code == 429
    assert "还在烧" in refused.content.decode()
    rows = models.CallRow.objects.filter(means="web").exclude(source="")
    assert rows.count() == 3
    assert {row.place_code for row in rows} == {"990121101"}
    assert all(row.caller_ref and "127.0.0.1" not in row.source for row in rows)


def test_a_program_that_fills_the_trap_leaves_nothing(prefecture: str) -> None:
    before = models.CallRow.objects.count()
    assert Client().post("/public/report", {"what": "buy", "website": "x"}).status_code == 200
    assert models.CallRow.objects.count() == before


def test_the_public_form_can_be_closed(prefecture: str, settings) -> None:
    settings.PUBLIC_FORM = False
    assert Client().post("/public/report", {"what": "起火"}).status_code == 404


def test_a_gateway_brings_a_call_once_and_an_officer_settles_it(prefecture: str) -> None:
    officer = Program("duty-main")
    body = {"means": "sms", "text": "北沙镇仓库起火", "reference": "77", "caller": {"phone": "0000-9"}}
    first = officer.post("/calls", body).json()
    assert officer.post("/calls", body).json()["id"] == first["id"]
    assert first["place_code"] == "990121101"
    assert "0000-9" not in str(first)
    opened = officer.post(f"/calls/{first['id']}/open", {"what": "仓库起火", "place": "北沙镇"}).json()
    other = officer.post("/calls", {"means": "fax", "text": "粮站冒烟", "place": "北沙镇"}).json()
    alike = officer.get(f"/calls/{other['id']}").json()["alike"]
    assert alike[0]["incident"] == opened["incident"]
    joined = officer.post(f"/calls/{other['id']}/join", {"incident": opened["incident"], "why": "同一处"})
    assert joined.status_code == 200
    assert officer.post(f"/calls/{other['id']}/join", {"incident": opened["incident"]}).status_code == 409
    split = officer.post(
        f"/incidents/{opened['incident']}/split",
        {"what": "粮站冒烟", "place": "北沙镇", "calls": [other["id"]], "reason": "另一处"},
    ).json()
    assert split["incident"] != opened["incident"]
    assert chain.verify(officer.get(f"/incidents/{split['incident']}/log").json()) == ()
    third = officer.post("/calls", {"text": "误触"}).json()
    closed = officer.post(f"/calls/{third['id']}/dismiss", {"dismissed_as": "false_alarm", "reason": "回拨"})
    assert closed.json()["state"] == "dismissed"
    assert officer.post(f"/calls/{third['id']}/restore").json()["state"] == "waiting"
    assert officer.get("/calls?state=waiting").json()["total"] >= 1
    assert Program("fire-liaison").get("/calls").status_code == 403


@pytest.mark.parametrize("path", ["/calls/none", "/calls/none/settle"])
def test_an_unknown_call_is_told(sign_in: Callable[[str], Client], path: str) -> None:
    browser = sign_in("duty-main")
    answer = browser.post(path, {"verb": "restore"}) if path.endswith("settle") else browser.get(path)
    assert answer.status_code == 404
    assert "没有这条来电" in answer.content.decode()
