"""What waits for one post on its page: matters with their day, late ones told, done from there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from fengsui.store import models


@pytest.fixture
def page(incident_id: str) -> str:
    return f"/incidents/{incident_id}/aftermath"


def give(officer: Client, page: str, text: str, owner: str, days: int = 2) -> None:
    due = timezone.localtime(timezone.now() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")
    given = {"text": text, "owner": owner, "due": due}
    assert officer.post(f"{page}/matters", given).status_code == 302


def test_a_matter_stands_on_the_page_of_its_owner_and_is_done_from_there(
    sign_in: Callable[[str], Client], page: str, incident_id: str
) -> None:
    give(sign_in("duty-main"), page, "安置返家群众", "州消防救援支队")
    unit = sign_in("fire-liaison")
    told = unit.get("/tasks").content.decode()
    assert "安置返家群众" in told
    assert "善后" in told
    [row] = models.MatterRow.objects.filter(text="安置返家群众")
    assert f"{page}#{row.matter_id}" in told
    assert "安置返家群众" not in sign_in("vice-safety").get("/tasks").content.decode()
    done = unit.post(f"{page}/matters/{row.matter_id}", {"verb": "done", "text": "已返家", "back": "tasks"})
    assert (done.status_code, done.headers["Location"]) == (302, "/tasks")
    assert "安置返家群众" not in unit.get("/tasks").content.decode()


def test_a_matter_past_its_day_is_shown_late(sign_in: Callable[[str], Client], page: str) -> None:
    give(sign_in("duty-main"), page, "核实损失", "州消防救援支队")
    models.MatterRow.objects.filter(text="核实损失").update(due=timezone.now() - timedelta(hours=3))
    told = sign_in("fire-liaison").get("/tasks").content.decode()
    card = told[: told.index("核实损失")].rpartition("<article")[2]
    assert "逾期" in card or "clock late" in card or "over" in card


def test_what_is_to_be_mended_and_what_is_to_be_returned_lead_to_where_that_is_done(
    sign_in: Callable[[str], Client], page: str, incident_id: str
) -> None:
    officer, director = sign_in("duty-main"), sign_in("emb-director")
    due = timezone.localtime(timezone.now() + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M")
    action = {"text": "修订通讯录", "owner": "州消防救援支队", "due": due}
    assert director.post(f"/incidents/{incident_id}/review/actions", action).status_code == 302
    goods = {"what": "水泵", "quantity": "3台", "name": "某公司", "keeper": "州消防救援支队", "due": due}
    assert officer.post(f"{page}/goods", goods).status_code == 302
    told = sign_in("fire-liaison").get("/tasks").content.decode()
    assert "修订通讯录" in told
    assert "去写整改结果" in told
    assert "水泵" in told
    assert f"{page}#h-goods" in told
    shown = sign_in("fire-liaison").get(page).content.decode()
    assert "州消防救援支队 负责归还和补偿" in shown
    assert 'value="return"' in shown
    assert 'value="set"' not in shown


def test_the_matters_of_a_filed_case_rest_and_what_is_to_be_mended_goes_on(
    sign_in: Callable[[str], Client], page: str, incident_id: str
) -> None:
    officer = sign_in("duty-main")
    give(officer, page, "核对保险", "州消防救援支队")
    models.CaseRow.objects.create(
        incident_id=incident_id,
        title="x",
        text="x",
        place_code="9901",
        year=2026,
        learned_at=timezone.now(),
        data="{}",
    )
    assert "核对保险" not in sign_in("fire-liaison").get("/tasks").content.decode()
    models.MatterRow.objects.filter(text="核对保险").update(kind="corrective")
    assert "核对保险" in sign_in("fire-liaison").get("/tasks").content.decode()
