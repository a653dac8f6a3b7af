"""From the call to the end of the response, through the pages alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import BytesIO

from django.test import Client

from fengsui.core.response import chain

HTMX = {"HX-Request": "true"}


CHECKED = {"confirm_word": "批准", "password": "yunzhou-2026"}
"""What an approver without a device fills in."""


def open_call(browser: Client) -> str:
    plans = browser.post(
        "/calls/plans", {"what": "厂区爆炸，有人伤亡", "place": "北沙镇东头车间"}, headers=HTMX
    )
    ids = re.findall(r'name="plan" value="([^"]+)"', plans.content.decode())
    assert ids
    data = {"place": "北沙镇东头车间", "what": "厂区爆炸，有人伤亡", "plan": ids, "command_id": "call-1"}
    answer = browser.post("/calls/new", {**data, "manner_deaths": "at_least", "fact_deaths": "3"})
    assert answer.status_code == 302
    return answer.headers["Location"].rsplit("/", 1)[-1]


def choice(browser: Client, incident: str, roman: str, title: str) -> str:
    text = browser.get(f"/incidents/{incident}/propose").content.decode()
    part = text[text.index(title) :]
    return re.search(rf'value="([0-9a-f]+\|{roman})"', part).group(1)


def test_a_call_becomes_a_response_and_ends_with_an_unbroken_log(sign_in: Callable[[str], Client]) -> None:
    officer, approver, other = sign_in("duty-main"), sign_in("vice-safety"), sign_in("vice-water")
    unit = sign_in("fire-liaison")
    incident = open_call(officer)
    room = officer.get(f"/incidents/{incident}").content.decode()
    assert "≥3人" in room
    assert "Ⅲ级" in room

    picked = choice(officer, incident, "III", "生产安全事故")
    proposed = officer.post(f"/incidents/{incident}/propose", {"choice": picked, "reason": "已有三人死亡"})
    assert proposed.status_code == 302
    page = f"/approvals/{incident}/p1"
    assert "您是 分管安全生产工作的副州长，可以决定" in approver.get(page).content.decode()

    refused = other.post(page, {"answer": "approve"}, headers=HTMX)
    assert refused.status_code == 403
    assert "分管安全生产工作的副州长" in refused.content.decode()
    assert "依据" in refused.content.decode()
    assert refused.headers["HX-Retarget"] == "#messages"

    assert approver.post(page, {"answer": "ask", "text": "伤员几人"}).status_code == 302
    assert officer.post(page, {"answer": "answer", "text": "还在核实"}).status_code == 302
    unchecked = approver.post(page, {"answer": "approve", "text": "同意"})
    assert unchecked.status_code == 403
    assert "登录密码" in unchecked.content.decode()
    assert approver.post(page, {"answer": "approve", "text": "同意", **CHECKED}).status_code == 302
    assert approver.post(page, {"answer": "approve"}).status_code == 409

    tasks = unit.get("/tasks").content.decode()
    task = re.search(rf'action="(/incidents/{incident}/directives/[^"]+)"', tasks).group(1)
    assert unit.post(task, {"verb": "accept"}).status_code == 302
    assert unit.post(task, {"verb": "help", "text": "缺照明车"}).status_code == 302
    assert "缺照明车" in officer.get(f"/incidents/{incident}").content.decode()
    assert unit.post(task, {"verb": "done", "text": "两队三十人到场"}).status_code == 302

    reports = officer.get(f"/incidents/{incident}?tab=reports").content.decode()
    report = re.search(rf'href="(/incidents/{incident}/reports/[^"]+)"', reports).group(1)
    assert "厂区爆炸" in officer.get(report).content.decode()
    assert officer.post(report, {"means": "电话", "text": "已电话报告"}).status_code == 302

    plan = picked.split("|")[0]
    end = officer.post(f"/incidents/{incident}/terminate", {"plan": plan, "reason": "险情排除"})
    assert end.status_code == 302
    text = approver.get(f"/approvals/{incident}/p2").content.decode()
    decider = approver if "可以决定" in text else sign_in("emb-director")
    assert decider.post(f"/approvals/{incident}/p2", {"answer": "approve", **CHECKED}).status_code == 403
    checklist = officer.get(f"/incidents/{incident}/aftermath").content.decode()
    for condition in re.findall(r'name="condition" value="([^"]+)"', checklist):
        met = {"plan": plan, "condition": condition, "answer": "met", "evidence": "现场报告"}
        assert officer.post(f"/incidents/{incident}/aftermath/conditions", met).status_code == 302
    assert decider.post(f"/approvals/{incident}/p2", {"answer": "approve", **CHECKED}).status_code == 302
    assert "逐条相接，没有改动" in officer.get(f"/incidents/{incident}/log").content.decode()
    exported = officer.get(f"/incidents/{incident}/log.json").content.decode()
    assert chain.verify_text(exported) == ()
    assert chain.verify_text(exported.replace("险情", "险请", 1)) != ()
    assert json.loads(exported)["count"] > 20


def test_the_same_form_sent_twice_opens_one_incident(sign_in: Callable[[str], Client]) -> None:
    officer = sign_in("duty-main")
    assert open_call(officer) == open_call(officer)


def test_wrong_entries_are_told_in_one_sentence_and_change_nothing(
    sign_in: Callable[[str], Client], incident_id: str
) -> None:
    officer = sign_in("duty-main")
    before = officer.get(f"/incidents/{incident_id}/log.json").content
    wrong = (
        {"fact": "deaths", "manner": "known", "value": "三四个"},
        {"fact": "deaths", "manner": "known", "value": "-3"},
        {"fact": "deaths", "manner": "known", "value": ""},
        {"fact": "deaths", "manner": "range", "value": "9", "upper": "2"},
        {"fact": "deaths", "manner": "known", "value": "9" * 40},
        {"fact": "deaths", "manner": "known", "value": "2.5"},
        {"fact": "nothing", "manner": "known", "value": "1"},
        {"fact": "deaths", "manner": "known", "value": "1", "as_of": "2999-01-01 08:00"},
        {"fact": "deaths", "manner": "known", "value": "1", "as_of": "昨天"},
    )
    for data in wrong:
        answer = officer.post(f"/incidents/{incident_id}/facts", data, headers=HTMX)
        assert answer.status_code == 422, data
        assert "notice-error" in answer.content.decode()
    assert officer.get(f"/incidents/{incident_id}/log.json").content == before


def test_the_call_is_saved_as_typed_and_found_again(sign_in: Callable[[str], Client]) -> None:
    officer = sign_in("duty-main")
    assert (
        officer.post(
            "/calls/draft", {"place": "柳湾镇", "fact_deaths": "2", "manner_deaths": "about"}
        ).status_code
        == 204
    )
    page = officer.get("/calls/new").content.decode()
    assert 'value="柳湾镇"' in page
    assert 'value="2"' in page


def test_bad_documents_are_told_in_one_sentence(sign_in: Callable[[str], Client]) -> None:
    editor = sign_in("plan-editor")
    bad = {"empty.txt": b"", "noise.docx": bytes(range(256)) * 40, "letter.txt": "今天天气不错。".encode()}
    for name, data in bad.items():
        file = BytesIO(data)
        file.name = name
        answer = editor.post("/plans/import", {"file": file, "kind": "special"}, headers=HTMX)
        assert answer.status_code == 422, name
        assert answer.content.decode().count("notice-error") == 1
    total = editor.get("/plans").content.decode().count("/plans/")
    assert total == editor.get("/plans").content.decode().count("/plans/")


PLAN = """北沙镇仓库火灾应急预案
1 总则
1.1 编制目的
为做好仓库火灾处置，制定本预案。
1.2 事件分级
1.2.1 较大火灾
造成3人以上10人以下死亡。
1.2.2 一般火灾
造成3人以下死亡。
2 应急响应
2.1 响应启动
发生较大火灾，由镇长批准启动Ⅲ级响应。
发生一般火灾，由值班领导批准启动Ⅳ级响应。
""".encode()


def test_a_draft_is_reviewed_confirmed_and_only_then_put_in_force(sign_in: Callable[[str], Client]) -> None:
    editor = sign_in("plan-editor")
    file = BytesIO(PLAN)
    file.name = "仓库.txt"
    editor.post("/plans/import", {"file": file, "kind": "special", "jurisdiction": "990100"})
    from fengsui.store import selectors

    lines, _ = selectors.plans(search="仓库火灾")
    draft = lines[0].draft_id
    page = editor.get(f"/plans/{draft}/review?show=all").content.decode()
    revision = int(re.search(r'data-revision="(\d+)"', page).group(1))
    early = editor.post(f"/plans/{draft}/state", {"verb": "put_in_force", "revision": revision}, headers=HTMX)
    assert early.status_code == 403
    target, section = re.search(
        r'name="target" value="([^"]+)"><input type="hidden" name="section" value="(levels)"', page
    ).groups()
    form = editor.get(f"/plans/{draft}/form/{target}").content.decode()
    assert 'name="f.name"' in form
    data = {
        "revision": revision,
        "target": target,
        "section": section,
        "verdict": "edit",
        "f.name": "较大仓库火灾",
    }
    edited = editor.post(f"/plans/{draft}/settle", data, headers=HTMX)
    assert edited.status_code == 200
    assert "较大仓库火灾" in edited.content.decode()
    stale = editor.post(f"/plans/{draft}/settle", {**data, "verdict": "accept"}, headers=HTMX)
    assert stale.status_code == 409
    revision += 1
    if "存疑已处理 0/0" not in page:
        editor.post(f"/plans/{draft}/settle-all", {"revision": revision, "note": "逐条看过"})
        revision += 1
    assert editor.post(f"/plans/{draft}/state", {"verb": "confirm", "revision": revision}).status_code == 302
    state = f"/plans/{draft}/state"
    assert (
        editor.post(state, {"verb": "put_in_force", "revision": revision + 1}, headers=HTMX).status_code
        == 403
    )
    assert editor.post(state, {"verb": "approve", "revision": revision + 1}, headers=HTMX).status_code == 403
    director = sign_in("emb-director")
    assert 'value="approve"' in director.get(f"/plans/{draft}").content.decode()
    assert director.post(state, {"verb": "approve", "revision": revision + 1}).status_code == 302
    assert editor.post(state, {"verb": "put_in_force", "revision": revision + 2}).status_code == 302
    assert "备案剩" in editor.get(f"/plans/{draft}").content.decode()
    assert "施行中" in editor.get(f"/plans/{draft}").content.decode()


def test_the_clause_opens_in_its_context(sign_in: Callable[[str], Client], incident_id: str) -> None:
    officer = sign_in("duty-main")
    room = officer.get(f"/incidents/{incident_id}").content.decode()
    address = re.search(r'hx-get="(/cite[^"]+)"', room).group(1).replace("&amp;", "&")
    part = officer.get(address, headers=HTMX).content.decode()
    assert "<mark>" in part
    assert "<html" not in part


def test_a_document_of_200_megabytes_is_refused_before_it_is_taken_in(
    sign_in: Callable[[str], Client],
) -> None:
    editor = sign_in("plan-editor")
    size = str(200 * 1024 * 1024)
    answer = editor.post("/plans/import", {"kind": "special"}, headers=HTMX, CONTENT_LENGTH=size)
    assert answer.status_code == 413
    assert "超过 50 兆" in answer.content.decode()
