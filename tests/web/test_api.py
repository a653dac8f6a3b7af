"""The JSON API: the same use cases as the screens, for other programs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fengsui.core.response import chain
from fengsui.store import api_keys

CALL = {
    "what": "厂区爆炸，有人伤亡",
    "place": "北沙镇东头车间",
    "place_code": "990102100",
    "facts": {"deaths": {"min": 3}},
    "said_by": "厂方",
    "caller": {"caller": "来电人", "phone": "000"},
}


class Program:
    """Another program with a key."""

    def __init__(self, account: str) -> None:
        self.key = api_keys.make_key(account, "test", timezone.now())
        self.client = Client(enforce_csrf_checks=True)

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(f"/api/v1{path}", headers=self._headers(headers))

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.client.post(
            f"/api/v1{path}",
            {} if body is None else body,
            content_type="application/json",
            headers=self._headers(headers),
        )

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        given = {"Authorization": f"Bearer {self.key}"}
        return given | {name.replace("_", "-"): value for name, value in more.items()}


@pytest.fixture
def officer(prefecture: str) -> Program:
    return Program("duty-main")


def area_code() -> str:
    from fengsui.store import models

    return models.Jurisdiction.objects.exclude(code__endswith="0000").order_by("code").first().code


def opened(officer: Program, **more: Any) -> str:
    answer = officer.post("/incidents", CALL | {"place_code": area_code()} | more)
    assert answer.status_code == 200, answer.content.decode()
    incident: str = answer.json()["incident"]
    return incident


def test_a_program_runs_an_incident_from_the_call_to_the_start_of_the_response(officer: Program) -> None:
    approver, unit = Program("vice-safety"), Program("fire-liaison")
    incident = opened(officer)
    standing = officer.get(f"/incidents/{incident}").json()
    assert standing["facts"]["deaths"] == {"min": 3}
    plan = next(item for item in standing["plans"] if "生产安全" in item["title"])
    assert plan["suggested"] == "III"
    assert plan["because"][0]["number"]
    assert standing["reports"]

    body = {"plan": plan["id"], "level": "III", "reason": "已有三人死亡"}
    proposal = officer.post(f"/incidents/{incident}/proposals", body).json()["recorded"][0]["event"]
    decision = f"/incidents/{incident}/proposals/{proposal['proposal_id']}/decision"
    refused = Program("vice-water").post(decision, {"answer": "approve"})
    assert refused.status_code == 403
    assert refused.json()["error"]["clause"]["number"]
    assert refused.json()["error"]["allowed"]
    assert approver.post(decision, {"answer": "approve", "text": "同意"}).status_code == 200

    standing = officer.get(f"/incidents/{incident}").json()
    mine = next(
        key
        for key, item in standing["directives"].items()
        if "u-fire" in item["to"] or "消防" in item["to_name"]
    )
    assert unit.post(f"/incidents/{incident}/directives/{mine}/accept").status_code == 200
    log = officer.get(f"/incidents/{incident}/log").json()
    assert chain.verify(log) == ()
    assert "来电人" not in str(log)


def test_a_command_sent_twice_counts_once(officer: Program) -> None:
    incident = opened(officer)
    body = {"text": "已通知值班领导"}
    first = officer.post(f"/incidents/{incident}/notes", body, Idempotency_Key="n1").json()
    again = officer.post(f"/incidents/{incident}/notes", body, Idempotency_Key="n1").json()
    assert again["repeated"] is True
    assert again["recorded"] == first["recorded"]


def test_nobody_enters_without_a_key_that_still_opens(officer: Program) -> None:
    stranger = Client()
    answer = stranger.get("/api/v1/incidents")
    assert answer.status_code == 401
    assert "密钥" in answer.json()["error"]["message"]
    now = timezone.now()
    ended = api_keys.make_key("duty-main", "old", now - timedelta(days=2), timedelta(days=1))
    assert stranger.get("/api/v1/incidents", headers={"Authorization": f"Bearer {ended}"}).status_code == 401
    assert officer.get("/incidents").status_code == 200
    assert api_keys.revoke_keys("duty-main", "test", now) == 1
    assert officer.get("/incidents").status_code == 401


def test_a_browser_needs_its_form_token_to_change_anything(prefecture: str) -> None:
    from django.contrib.auth import get_user_model

    browser = Client(enforce_csrf_checks=True)
    account = get_user_model().objects.get(username="duty-main")
    browser.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    assert browser.get("/api/v1/incidents").status_code == 200
    assert browser.post("/api/v1/incidents", CALL, content_type="application/json").status_code == 403


def test_what_does_not_fit_is_told_in_one_sentence(officer: Program) -> None:
    slip = officer.post("/incidents", CALL | {"plcae": "北沙镇"})
    assert slip.status_code == 422
    assert "plcae" in slip.json()["error"]["message"]
    unknown = officer.post("/incidents", CALL | {"facts": {"dead": 3}})
    assert unknown.status_code == 422
    assert "dead" in unknown.json()["error"]["message"]
    broken = officer.client.post(
        "/api/v1/incidents",
        "{",
        content_type="application/json",
        headers={"Authorization": f"Bearer {officer.key}"},
    )
    assert broken.status_code in (400, 422)
    assert broken.json()["error"]["message"]
    nowhere = officer.get("/incidents/none", Accept_Language="en")
    assert nowhere.status_code == 404
    assert nowhere.json()["error"]["message"].isascii()


def test_the_api_describes_itself(officer: Program) -> None:
    described = officer.get("/openapi.json").json()
    assert "/api/v1/incidents/{incident_id}/proposals" in described["paths"]
