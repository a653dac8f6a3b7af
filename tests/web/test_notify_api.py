"""The API and the commands of notification do what the screens do."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client
from test_notify_screens import told

from fengsui import bootstrap_notify
from fengsui.cli import main
from fengsui.core.notify.proof import spoken_code

__all__ = ["told"]


def post(browser: Client, path: str, data: dict[str, object]):
    return browser.post(f"/api/v1{path}", json.dumps(data), content_type="application/json")


def test_receipts_and_states_over_the_api_without_names_or_numbers(
    sign_in: Callable[[str], Client],
    told: str,
) -> None:
    duty = sign_in("duty-main")
    answer = duty.get(f"/api/v1/incidents/{told}/notices")
    found = answer.json()
    assert found["total"] == len(found["notices"]) > 5
    assert "0000-" not in answer.content.decode()
    waiting = next(item for item in found["notices"] if item["acknowledged_at"] is None)
    number = waiting["notice"]
    code = spoken_code(bootstrap_notify.notify_desk().key, number)
    assert (
        post(sign_in("fire-liaison"), "/notices/receipts", {"notices": [number], "code": code}).status_code
        == 403
    )
    assert post(duty, "/notices/receipts", {"notices": [number], "code": code}).json() == {"acknowledged": 1}
    assert post(duty, "/notices/receipts", {"notices": [number], "code": code}).json() == {"acknowledged": 0}
    assert post(duty, "/notices/mine", {"notices": [number]}).status_code in (200, 403)
    assert post(duty, "/notices/receipts", {"notices": [10**9], "code": code}).status_code == 404
    assert sign_in("xiling-duty").get(f"/api/v1/incidents/{told}/notices").status_code == 403


def test_channels_are_seen_and_tested_over_the_api_and_by_command(
    sign_in: Callable[[str], Client], capsys: pytest.CaptureFixture[str]
) -> None:
    from fengsui.store import models

    duty = sign_in("duty-main")
    assert post(duty, "/channels/test", {}).status_code == 422
    assert main(["notify", "test"]) == 2
    models.NotifyChannel.objects.create(
        id="sms", means="sms", name="短信", settings={"url": "http://x.invalid/secret-path"}
    )
    assert post(duty, "/channels/test", {"channel": "sms"}).json()["queued"] >= 1
    assert post(duty, "/channels/test", {"channel": "none"}).status_code == 404
    (channel,) = duty.get("/api/v1/channels").json()["channels"]
    assert (channel["state"], channel["waiting"] > 0) == ("untested", True)
    assert "secret-path" not in duty.get("/api/v1/channels").content.decode()
    assert duty.get("/api/v1/channels/answers").json()["posts"] == []
    assert sign_in("fire-liaison").get("/api/v1/channels").status_code == 403
    capsys.readouterr()
    assert main(["notify", "test", "--channel", "sms", "--all-posts"]) == 0
    assert "已排队" in capsys.readouterr().out
    assert main(["notify", "health"]) == 0
    assert "短信\t未测试" in capsys.readouterr().out
    models.NotifyChannel.objects.update(
        failing_since="2026-03-01T03:00:00+08:00", trouble='{"code": "gateway_unreachable", "data": {}}'
    )
    assert main(["notify", "health", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["channels"][0]["state"] == "failing"
