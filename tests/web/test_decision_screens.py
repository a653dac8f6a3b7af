"""The screens around a decision, as the posts of the demo use them."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP

from fengsui.core.response import chain

HTMX = {"HX-Request": "true"}
CHECKED = {"confirm_word": "批准", "password": "yunzhou-2026"}
SignIn = Callable[[str], Client]


def plan_of(browser: Client, incident: str) -> str:
    text = browser.get(f"/incidents/{incident}/propose").content.decode()
    return re.search(r'name="choice" value="([0-9a-f]+)\|II"', text)[1]


def proposed(browser: Client, incident: str, level: str = "II") -> str:
    """A proposal to change the running response of the demo; its address."""
    choice = f"{plan_of(browser, incident)}|{level}"
    assert (
        browser.post(f"/incidents/{incident}/propose", {"choice": choice, "reason": "力量不足"}).status_code
        == 302
    )
    return f"/approvals/{incident}/p2"


def words(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def log(browser: Client, incident: str) -> str:
    return words(browser, f"/incidents/{incident}/log")


def test_the_page_says_what_why_what_follows_and_who_decides(sign_in: SignIn, incident_id: str) -> None:
    page = proposed(sign_in("duty-main"), incident_id)
    text = words(sign_in("governor"), page)
    for part in ("是否调整", "现场指挥部", "预案的调整条款", "等待的代价", "还问了谁", "您是 州长，可以决定"):
        assert part in text
    assert text.index("是否调整") < text.index("等待的代价") < text.index("您是 州长")
    assert "两条合看" in text  # 原批准人 is the vice-governor, Ⅱ级 belongs to the governor


def test_a_wrong_word_or_password_changes_nothing(sign_in: SignIn, incident_id: str) -> None:
    page = proposed(sign_in("duty-main"), incident_id)
    governor = sign_in("governor")
    for given, status, said in (
        ({}, 403, "输入“批准”两字"),
        ({"confirm_word": "同意", "password": "yunzhou-2026"}, 422, "请在确认栏输入"),
        ({"confirm_word": "批准", "password": "wrong"}, 422, "不对"),
        ({"code": "000000"}, 422, "不对"),
    ):
        answer = governor.post(page, {"answer": "approve", **given}, headers=HTMX)
        assert (answer.status_code, said in answer.content.decode()) == (status, True), given
    assert "待批准" in words(governor, page)
    assert governor.post(page, {"answer": "approve", **CHECKED}).status_code == 302
    assert "输入确认和登录密码" in words(governor, page)


def test_many_wrong_passwords_pause_the_check_and_not_the_page(sign_in: SignIn, incident_id: str) -> None:
    page = proposed(sign_in("duty-main"), incident_id)
    governor = sign_in("governor")
    given = {"answer": "approve", "confirm_word": "批准", "password": "wrong"}
    told = [governor.post(page, given, headers=HTMX).content.decode() for _ in range(6)]
    assert "验证已暂停" in told[-1]
    assert "待批准" in words(governor, page)
    # Refusing and asking take no check.
    assert governor.post(page, {"answer": "ask", "text": "还差什么"}).status_code == 302


def enrolled(browser: Client) -> tuple[bytes, list[str]]:
    """The secret of a device just enrolled, and the recovery codes as shown."""
    from base64 import b32decode

    address = "/account/second-factor"
    assert browser.post(address, {"verb": "begin", "password": "wrong"}).status_code == 422
    assert browser.post(address, {"verb": "begin", "password": "yunzhou-2026"}).status_code == 302
    text = words(browser, address)
    assert "data:image/svg+xml" in text
    secret = re.search(r'class="secret">([A-Z2-7]+)<', text)[1]
    key = b32decode(secret + "=" * (-len(secret) % 8))
    assert browser.post(address, {"verb": "confirm", "code": "123"}).status_code == 422
    shown = browser.post(address, {"verb": "confirm", "code": token(key)}).content.decode()
    return key, re.findall(r'<li class="num">(r[a-z2-9]+)</li>', shown)


def token(key: bytes, ahead: int = 0) -> str:
    made = TOTP(key)
    made.time = time.time() + 30 * ahead
    return f"{made.token():06d}"


def test_with_a_device_its_code_signs_and_a_recovery_code_works_once(
    sign_in: SignIn, incident_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django_otp.plugins.otp_totp.models.TOTPDevice.throttling_enabled", False)
    governor = sign_in("governor")
    key, codes = enrolled(governor)
    assert len(codes) == 8
    page = proposed(sign_in("duty-main"), incident_id)
    # The password is no way around the device.
    assert governor.post(page, {"answer": "approve", **CHECKED}).status_code == 403
    assert governor.post(page, {"answer": "approve", "code": token(key, 1)}).status_code == 302
    assert "动态口令" in words(governor, page)
    officer = sign_in("duty-main")
    officer.post(
        f"/incidents/{incident_id}/propose",
        {"choice": f"{plan_of(officer, incident_id)}|I", "reason": "扩大"},
    )
    page = f"/approvals/{incident_id}/p3"
    assert governor.post(page, {"answer": "approve", "code": codes[0]}).status_code == 302
    assert "恢复码" in words(governor, page)
    exported = words(governor, f"/incidents/{incident_id}/log.json")
    assert chain.verify_text(exported) == ()
    assert codes[0] not in exported
    assert "还剩 7 个" in words(governor, "/account/second-factor")


def test_where_a_device_is_compulsory_the_page_says_so(
    sign_in: SignIn, incident_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FENGSUI_DEVICE_COMPULSORY", "1")
    page = proposed(sign_in("duty-main"), incident_id)
    governor = sign_in("governor")
    assert "您还没有登记手机" in words(governor, page)
    assert governor.post(page, {"answer": "approve", **CHECKED}, headers=HTMX).status_code == 403


def test_a_silent_governor_is_followed_by_who_stands_in_and_every_step_is_shown(
    sign_in: SignIn, incident_id: str
) -> None:
    from fengsui import bootstrap
    from fengsui.application.sweep import sweep_timers

    page = proposed(sign_in("duty-main"), incident_id)
    deputy = sign_in("vice-safety")
    assert "没有这项权限" in words(deputy, page)
    sweep_timers(bootstrap.desk(), timezone.now() + timedelta(minutes=16))
    text = words(deputy, page)
    assert "现由您代行决定" in text
    assert "先前的批准人仍可决定" in text
    assert incident_id in words(deputy, "/approvals")
    assert "可以决定" in words(sign_in("governor"), page)
    assert deputy.post(page, {"answer": "approve", **CHECKED}).status_code == 302
    told = log(deputy, incident_id)
    assert "时限内未答复，转 分管安全生产工作的副州长 代行" in told


def test_the_side_that_proposed_withdraws_on_the_page(sign_in: SignIn, incident_id: str) -> None:
    officer = sign_in("duty-main")
    page = proposed(officer, incident_id)
    assert "撤回提请" in words(officer, page)
    assert "撤回提请" not in words(sign_in("governor"), page)
    assert officer.post(page, {"answer": "withdraw", "text": "水位回落"}).status_code == 302
    assert "已撤回" in words(officer, page)


def call_taken(officer: Client, deaths: str = "1") -> str:
    """An incident with every plan that the words call for; its id."""
    told = {"place": "北沙镇东头车间", "what": "车间燃气爆炸，有人伤亡"}
    found = officer.post("/calls/plans", told, headers=HTMX).content.decode()
    plans = re.findall(r'name="plan" value="([^"]+)"', found)
    saved = officer.post("/calls/new", {**told, "plan": plans, "fact_deaths": deaths})
    return saved.headers["Location"].rsplit("/", 1)[-1]


def test_two_plans_stand_side_by_side_and_their_levels_are_two_things(
    sign_in: SignIn, prefecture: str
) -> None:
    officer = sign_in("duty-main")
    incident = call_taken(officer, "4")
    text = words(officer, f"/incidents/{incident}/propose")
    for number, (title, who) in enumerate(
        (("云州燃气事故应急预案", "vice-urban"), ("云州生产安全事故应急预案", "vice-safety")), start=1
    ):
        picked = re.search(r'value="([0-9a-f]+\|III)"', text[text.index(f"<h2>{title}") :])[1]
        officer.post(f"/incidents/{incident}/propose", {"choice": picked, "reason": "四人死亡"})
        page = f"/approvals/{incident}/p{number}"
        other = "vice-safety" if who == "vice-urban" else "vice-urban"
        assert sign_in(other).post(page, {"answer": "approve", **CHECKED}).status_code == 403
        assert sign_in(who).post(page, {"answer": "approve", **CHECKED}).status_code == 302
    head = words(officer, f"/incidents/{incident}").split("room-columns")[0]
    assert head.count("lv-III") >= 2
    for name in ("燃气事故应急预案", "生产安全事故应急预案", "燃气事故应急指挥部", "安全事故应急指挥部"):
        assert name in head


def test_a_direct_start_is_offered_where_the_plan_lets_and_refused_with_the_clause_elsewhere(
    sign_in: SignIn, prefecture: str
) -> None:
    officer, director = sign_in("duty-main"), sign_in("emb-director")
    incident = call_taken(officer)
    text = words(director, f"/incidents/{incident}/propose")
    part = text[text.index("<h2>云州生产安全事故应急预案") :]
    address = re.search(r'href="(/incidents/[0-9a-f]+/start\?plan=[0-9a-f]+&amp;level=IV)"', part)[1]
    address = address.replace("&amp;", "&")
    assert "可以决定" in words(director, address)
    assert "没有这项权限" in words(officer, address)
    plan = re.search("plan=([0-9a-f]+)", address)[1]
    given = {"plan": plan, "level": "IV", "text": "一人死亡，先行处置"}
    path = f"/incidents/{incident}/start"
    refused = officer.post(path, {**given, **CHECKED}, headers=HTMX)
    assert refused.status_code == 403
    assert "5.1" in refused.content.decode()
    assert director.post(path, given).status_code == 403
    assert director.post(path, {**given, **CHECKED}).status_code == 302
    assert "由有权岗位直接决定" in log(director, incident)


def test_a_consultation_from_asking_to_the_minutes(sign_in: SignIn, incident_id: str) -> None:
    officer = sign_in("duty-main")
    page = proposed(officer, incident_id)
    opened = officer.post(
        f"/incidents/{incident_id}/consultations",
        {
            "topic": "是否提高到二级",
            "proposal": "p2",
            "post": ["fire-chief", "health-liaison"],
            "body": ["省矿山救援总队"],
            "expert": ["水文地质", ""],
            "expert_name": ["虚构人", ""],
            "expert_phone": ["0000-1", ""],
        },
    )
    assert opened.status_code == 302
    address = opened.headers["Location"]
    text = words(officer, address)
    assert "还差 4 方意见" in text
    assert "虚构人" not in text
    told = officer.post(f"{address}/experts/a4", {"why": "请其参加会商"}, headers=HTMX).content.decode()
    assert "虚构人" in told
    liaison = sign_in("health-liaison")
    assert liaison.post(f"{address}/experts/a4", {"why": "想知道"}).status_code == 403
    own = {"asked": "a2", "stance": "agree", "text": "床位已备"}
    assert liaison.post(address, own).status_code == 302
    assert liaison.post(address, {**own, "asked": "a1"}).status_code == 403
    told = {"asked": "a3", "stance": "disagree", "text": "先等水位", "said_at": ""}
    assert officer.post(address, told).status_code == 302
    assert officer.post(address, {**told, "stance": ""}).status_code == 422
    for part in ("床位已备", "先等水位", "不同意", "未提意见"):
        assert part in words(sign_in("governor"), page)
    done = officer.post(address, {"verb": "conclude", "conclusion": "同意提级，先测水位"})
    assert done.status_code == 302
    minutes = words(officer, f"{address}/minutes")
    for part in ("会商纪要", "死亡人数", "床位已备", "未提意见", "同意提级，先测水位"):
        assert part in minutes
    assert "虚构人" not in words(officer, f"/incidents/{incident_id}/log.json")
    _check_the_papers(officer, incident_id, address)


def _check_the_papers(officer: Client, incident_id: str, address: str) -> None:
    """The minutes as .docx and PDF, on the list of documents and in the file that is filed with the case."""
    assert officer.get(f"{address}/minutes.pdf").content[:4] == b"%PDF"
    assert officer.get(f"{address}/minutes.exe").status_code == 404
    text = _text_of(officer.get(f"{address}/minutes.docx").content)
    for part in ("会商纪要", "是否提高到二级", "省矿山救援总队", "床位已备", "先等水位", "不同意"):
        assert part in text, part
    for part in ("未发表意见", "同意提级，先测水位", "死亡人数", "提请", "生产安全事故应急预案"):
        assert part in text, part
    assert "虚构人" not in text
    assert f"{address}/minutes.docx" in words(officer, address)
    listed = words(officer, f"/incidents/{incident_id}/documents")
    assert f"{address}/minutes.pdf" in listed
    assert "全部打包下载" in listed
    filed = zipfile.ZipFile(io.BytesIO(officer.get(f"/incidents/{incident_id}/documents.zip").content))
    names = filed.namelist()
    minutes = next(name for name in names if "会商纪要" in name)
    assert "床位已备" in _text_of(filed.read(minutes))
    assert any("复盘报告" in name for name in names)
    assert any(name.endswith(".json") for name in names)


def _text_of(docx: bytes) -> str:
    """The words of a .docx."""
    body = zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()
    return re.sub(r"<[^>]+>", "", body)


def test_command_goes_to_the_scene_and_the_head_of_the_room_shows_it(
    sign_in: SignIn, incident_id: str
) -> None:
    governor, head = sign_in("governor"), sign_in("donghe-head")
    room = f"/incidents/{incident_id}"
    assert "云州生产安全事故应急指挥部（州长）" in words(governor, room)
    given = {"verb": "hand_over", "direction": "scene", "to": "donghe-head", "reason": "到场"}
    assert sign_in("fire-chief").post(f"{room}/in-command", given).status_code == 403
    assert governor.post(f"{room}/in-command", {**given, "direction": ""}).status_code == 422
    assert governor.post(f"{room}/in-command", given).status_code == 302
    assert "指挥权等东河县人民政府县长接受" in words(governor, room)
    assert "云州生产安全事故应急指挥部（州长）" in words(governor, room)
    assert head.post(f"{room}/in-command", {"verb": "accept", "id": "t1"}).status_code == 302
    assert "移交后接受" in words(governor, room)


def test_the_province_starts_and_the_prefecture_follows(sign_in: SignIn, incident_id: str) -> None:
    officer, room = sign_in("duty-main"), f"/incidents/{incident_id}"
    plan = plan_of(officer, incident_id)
    upper = {
        "verb": "follow",
        "plan": plan,
        "body": "云省应急指挥部",
        "upper_level": "省Ⅱ级响应",
        "document": "云省应急〔2026〕1号",
        "told_by": "省值班室",
    }
    assert officer.post(f"{room}/in-command", {**upper, "document": ""}).status_code == 422
    assert officer.post(f"{room}/in-command", upper).status_code == 302
    assert "听从云省应急指挥部指挥（上级省Ⅱ级响应）" in words(officer, room)
    choice = {"choice": f"{plan}|IV", "reason": "缓和"}
    assert officer.post(f"{room}/propose", choice).status_code == 302
    page = f"/approvals/{incident_id}/p2"
    assert "云省应急指挥部" in words(sign_in("vice-safety"), page)
    answer = sign_in("vice-safety").post(page, {"answer": "approve", **CHECKED}, headers=HTMX)
    assert answer.status_code == 403
    given = {"verb": "end_follow", "id": "f1", "document": "云省应急〔2026〕2号", "told_by": "省值班室"}
    assert officer.post(f"{room}/in-command", given).status_code == 302
    assert "可以决定" in words(sign_in("vice-safety"), page)


def test_a_sensitive_case_is_shown_in_the_head_and_changes_nothing_by_itself(
    sign_in: SignIn, incident_id: str
) -> None:
    officer, room = sign_in("duty-main"), f"/incidents/{incident_id}"
    assert officer.post(f"{room}/sensitive", {"kind": "", "reason": "x"}).status_code == 422
    assert officer.post(f"{room}/sensitive", {"kind": "place", "reason": "紧邻小学"}).status_code == 302
    text = words(officer, room)
    assert "敏感地点" in text
    assert "有敏感情形，可研判把《云州生产安全事故应急预案》提高到Ⅱ级响应" in text
    assert "预案没有这方面的条款" in words(officer, f"{room}/sensitive")
    lift = {"verb": "lift", "id": "s1", "reason": "学校放假"}
    assert officer.post(f"{room}/sensitive", lift).status_code == 302
    assert "敏感地点" not in words(officer, room).split("room-columns")[0]


DECIDING = {
    "/incidents/{id}/consultations": {"duty-main", "vice-safety", "fire-liaison", "auditor"},
    "/incidents/{id}/in-command": {"duty-main", "vice-safety", "fire-liaison", "auditor"},
    "/incidents/{id}/sensitive": {"duty-main", "vice-safety", "fire-liaison", "auditor"},
    "/account/second-factor": {"duty-main", "vice-safety", "fire-liaison", "auditor", "plan-editor"},
}


@pytest.mark.parametrize("user", ["duty-main", "vice-safety", "fire-liaison", "auditor", "plan-editor"])
def test_each_of_these_pages_answers_or_refuses_by_role(sign_in: SignIn, incident_id: str, user: str) -> None:
    browser = sign_in(user)
    for path, allowed in DECIDING.items():
        answer = browser.get(path.replace("{id}", incident_id))
        assert answer.status_code == (200 if user in allowed else 403), path
    if user in ("fire-liaison", "auditor"):
        given = {"topic": "会商", "post": ["fire-chief"]}
        assert browser.post(f"/incidents/{incident_id}/consultations", given).status_code == 403
