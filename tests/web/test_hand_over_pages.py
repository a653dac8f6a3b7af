"""Handing over and the duty log in the browser and through the API."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.utils import timezone
from test_api import Program

from fengsui.store import models

HTMX = {"HX-Request": "true"}


def handed_over(browser: Client, remarks: str = "夜里有雨") -> str:
    answer = browser.post("/watch/hand-overs", {"remarks": remarks, "command_id": "once"})
    assert answer.status_code == 302
    return answer.headers["Location"]


def digest(page: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', page)
    assert found
    return found[1]


def test_open_matters_are_gathered_and_the_one_who_comes_signs(
    sign_in: Callable[[str], Client], incident_id: str
) -> None:
    officer, deputy = sign_in("duty-main"), sign_in("duty-deputy")
    officer.post("/calls/new", {"place": "柳湾镇", "what": "甲某说河水上涨", "then": "keep"})
    before = models.HandOverRow.objects.count()
    sheet = handed_over(officer)
    assert handed_over(officer) == sheet
    assert models.HandOverRow.objects.count() == before + 1
    row = models.HandOverRow.objects.latest("made_at")
    assert incident_id in row.matters
    assert "甲某" not in row.matters
    page = deputy.get(sheet).content.decode()
    for words in ("夜里有雨", "未处理来电", "进行中的事件", "未报的报告", "未签收的指令"):
        assert words in page
    assert "待签" in deputy.get("/desk").content.decode()
    own = officer.get(sheet).content.decode()
    assert 'value="sign"' not in own
    seen = {"verb": "sign", "seen": digest(page)}
    assert officer.post(sheet, seen, headers=HTMX).status_code == 403
    assert deputy.post(sheet, {**seen, "seen": "0"}, headers=HTMX).status_code == 409
    assert deputy.post(sheet, {**seen, "remark": "收到"}).status_code == 302
    page = officer.get(sheet).content.decode()
    assert "李听雨" in page
    assert "收到" in page
    assert deputy.post(sheet, seen, headers=HTMX).status_code == 409


def test_a_sheet_is_taken_back_and_others_only_look(sign_in: Callable[[str], Client]) -> None:
    officer = sign_in("duty-main")
    sheet = handed_over(officer)
    assert sign_in("auditor").get(sheet).status_code == 200
    assert sign_in("auditor").post(sheet, {"verb": "sign", "seen": "x"}).status_code == 403
    assert sign_in("fire-liaison").get(sheet).status_code == 403
    assert officer.post(sheet, {"verb": "withdraw"}).status_code == 302
    assert "已撤回" in officer.get(sheet).content.decode()


def test_remarks_are_kept_while_typed(sign_in: Callable[[str], Client]) -> None:
    officer = sign_in("duty-main")
    assert officer.post("/watch/hand-overs/draft", {"remarks": "半句"}).status_code == 204
    assert "半句" in officer.get("/watch/hand-overs").content.decode()
    handed_over(officer, "整句")
    assert "半句" not in officer.get("/watch/hand-overs").content.decode()


def test_the_duty_log_holds_day_book_calls_incidents_and_hand_overs(
    sign_in: Callable[[str], Client],
) -> None:
    officer = sign_in("duty-main")
    assert officer.post("/watch/log", {"text": "与气象局会商"}).status_code == 302
    assert officer.post("/watch/log", {"text": " "}, headers=HTMX).status_code == 422
    officer.post("/calls/new", {"place": "柳湾镇", "what": "河水上涨", "then": "keep"})
    handed_over(officer)
    page = officer.get("/watch/log").content.decode()
    for words in ("与气象局会商", "河水上涨", "提交交接", "张夜明"):
        assert words in page
    since = timezone.localtime(timezone.now() - timedelta(hours=20)).strftime("%Y-%m-%d %H:%M")
    whole = officer.get("/watch/log", {"from": since, "show": "all"}).content.decode()
    main = officer.get("/watch/log", {"from": since}).content.decode()
    assert "开始计时" in whole
    assert "开始计时" not in main
    assert "接报：" in main
    assert officer.get("/watch/log", {"from": "昨天"}).status_code == 422
    assert sign_in("auditor").get("/watch/log").status_code == 200
    assert sign_in("auditor").post("/watch/log", {"text": "x"}).status_code == 403


def test_a_program_hands_over_and_reads_the_log(prefecture: str) -> None:
    officer, deputy = Program("duty-main"), Program("duty-deputy")
    body = {"remarks": "说明"}
    made = officer.post("/hand-overs", body, Idempotency_Key="h").json()
    again = officer.post("/hand-overs", body, Idempotency_Key="h").json()
    assert again["digest"] == made["digest"]
    path = f"/hand-overs/{made['hand_over_id']}"
    assert officer.post(f"{path}/sign", {"seen": made["digest"]}).status_code == 403
    assert deputy.post(f"{path}/sign", {"seen": made["digest"]}).json()["open"] is False
    assert deputy.post(f"{path}/withdraw").status_code == 403
    officer.post("/duty-log", {"text": "记一笔"})
    first = (timezone.now() - timedelta(hours=20)).isoformat().replace("+", "%2B")
    last = (timezone.now() + timedelta(minutes=1)).isoformat().replace("+", "%2B")
    log = officer.get(f"/duty-log?first={first}&last={last}").json()
    assert log["book"][-1]["text"] == "记一笔"
    assert log["records"]
    assert deputy.get("/hand-overs").json()["hand_overs"]
