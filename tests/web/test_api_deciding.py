"""The JSON API around a decision."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from test_api import Program, opened

from fengsui.core.response import chain


@pytest.fixture
def officer(prefecture: str) -> Program:
    return Program("duty-main")


def proposed(officer: Program) -> tuple[str, str, str]:
    """An incident, the plan, and a proposal of Ⅲ级 under it."""
    incident = opened(officer)
    plans = officer.get(f"/incidents/{incident}").json()["plans"]
    plan = next(item["id"] for item in plans if "生产安全" in item["title"])
    body = {"plan": plan, "level": "III", "reason": "已有三人死亡"}
    done = officer.post(f"/incidents/{incident}/proposals", body).json()
    return incident, plan, done["recorded"][0]["event"]["proposal_id"]


def last(answer: Any) -> dict[str, Any]:
    assert answer.status_code == 200, answer.content.decode()
    event: dict[str, Any] = answer.json()["recorded"][0]["event"]
    return event


def test_a_program_consults_marks_hands_over_and_follows(officer: Program) -> None:
    incident, plan, proposal = proposed(officer)
    base = f"/incidents/{incident}"
    asked = [
        {"kind": "post", "who": "fire-chief"},
        {"kind": "expert", "who": "矿山救护", "name": "虚构人", "phone": "0000-9"},
    ]
    body = {"topic": "是否启动", "asked": asked, "proposal": proposal}
    consultation = last(officer.post(f"{base}/consultations", body))["consultation_id"]
    said = {"asked": "a1", "stance": "agree", "text": "力量够"}
    last(Program("fire-chief").post(f"{base}/consultations/{consultation}/opinions", said))
    refused = Program("health-liaison").post(f"{base}/consultations/{consultation}/opinions", said)
    assert refused.status_code == 403
    last(officer.post(f"{base}/consultations/{consultation}/conclusion", {"text": "同意启动"}))
    mark = last(officer.post(f"{base}/sensitive", {"kind": "time", "reason": "节日"}))["mark_id"]
    last(officer.post(f"{base}/sensitive/{mark}/lift", {"text": "节日已过"}))
    decision = f"{base}/proposals/{proposal}/decision"
    assert Program("vice-safety").post(decision, {"answer": "approve"}).status_code == 200
    give = {"direction": "scene", "to": ["donghe-head"], "reason": "到场"}
    assert Program("fire-chief").post(f"{base}/in-command", give).status_code == 403
    transfer = last(Program("governor").post(f"{base}/in-command", give))["transfer_id"]
    taken = Program("governor").post(f"{base}/in-command/{transfer}/accept", {})
    assert taken.status_code == 403
    last(Program("governor").post(f"{base}/in-command/{transfer}/decline", {"text": "改由本级指挥"}))
    paper = {"document": "云省应急〔2026〕1号", "told_by": "省值班室"}
    upper = {"plan": plan, "body": "云省应急指挥部", "level": "省Ⅱ级响应", **paper}
    follow = last(officer.post(f"{base}/upper", upper))["follow_id"]
    last(officer.post(f"{base}/upper/{follow}/end", paper))
    seen = officer.get(base).json()["deciding"]
    assert seen["commands"][0]["name"] == "云州生产安全事故应急指挥部（州长）"
    assert seen["commands"][0]["clause"] == "2.1"
    assert seen["consultations"][consultation]["asked"][0]["opinions"][0]["text"] == "力量够"
    assert seen["consultations"][consultation]["conclusion"] == "同意启动"
    assert seen["follows"][follow]["ended_at"]
    assert seen["waiting"][proposal]["stand_in"][0]["post"] == "governor"
    log = officer.get(f"{base}/log").json()
    assert chain.verify(log) == ()
    assert "虚构人" not in str(log)


def test_a_direct_start_is_refused_with_the_clause_to_all_but_the_post_the_plan_lets(
    officer: Program,
) -> None:
    incident = opened(officer)
    plans = officer.get(f"/incidents/{incident}").json()["plans"]
    plan = next(item["id"] for item in plans if "生产安全" in item["title"])
    for who, level, status in (
        ("duty-main", "IV", 403),
        ("vice-safety", "III", 403),
        ("emb-director", "IV", 200),
    ):
        body = {"plan": plan, "level": level, "reason": "先行处置"}
        answer = Program(who).post(f"/incidents/{incident}/start", body)
        assert answer.status_code == status, who
        if status == 403:
            assert answer.json()["error"]["clause"]["number"] == "5.1"


def test_a_browser_at_the_api_is_checked_as_on_the_screens(officer: Program) -> None:
    incident, _, proposal = proposed(officer)
    browser = Client()
    browser.force_login(
        get_user_model().objects.get(username="vice-safety"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    address = f"/api/v1/incidents/{incident}/proposals/{proposal}/decision"

    def decide(more: dict[str, str], **headers: str) -> Any:
        body = json.dumps({"answer": "approve", **more})
        return browser.post(address, body, content_type="application/json", headers=headers)

    assert decide({}).json()["error"]["code"] == "check_missing"
    # A key that opens nothing is no way around it.
    answer = decide({}, Authorization="Bearer fs_nothing")
    assert answer.status_code in (401, 403), answer.content.decode()
    assert decide({"password": "wrong"}).status_code == 422
    assert decide({"password": "yunzhou-2026"}).status_code == 200


def test_a_key_gives_a_code_where_a_device_is_compulsory(
    officer: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident, _, proposal = proposed(officer)
    monkeypatch.setenv("FENGSUI_DEVICE_COMPULSORY", "1")
    decision = f"/incidents/{incident}/proposals/{proposal}/decision"
    answer = Program("vice-safety").post(decision, {"answer": "approve"})
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "device_needed"
    wrong = Program("vice-safety").post(decision, {"answer": "approve", "code": "000000"})
    assert wrong.status_code == 422
