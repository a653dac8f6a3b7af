"""Lifting a seal on the screens and through the API."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from test_api import Program

from fengsui.store import models

SignIn = Callable[[str], Client]


@pytest.fixture
def ref(prefecture: str) -> str:
    row = models.PersonalRecord.objects.exclude(data="").filter(about__startswith="incident/").first()
    if row is None:
        row = models.PersonalRecord.objects.exclude(data="").first()
    assert row is not None
    models.PersonalRecord.objects.filter(pk=row.pk).update(sealed_at=timezone.now())
    return row.pk


def test_the_desk_asks_a_leader_allows_and_the_data_is_shown_until_its_time(
    sign_in: SignIn, ref: str
) -> None:
    officer, director = sign_in("duty-main"), sign_in("emb-director")
    page = officer.get("/people/sealed").content.decode()
    assert ref in page
    given = {"register": "record", "ref": ref, "reason": "核对理赔", "hours": "4"}
    assert officer.post("/people/sealed/ask", given | {"reason": ""}).status_code == 422
    assert officer.post("/people/sealed/ask", given | {"hours": "x"}).status_code == 404
    assert officer.post("/people/sealed/ask", given).status_code == 302
    row = models.UnsealRow.objects.get()
    one = f"/people/sealed/{row.pk}"
    assert "须由另一人批准" in officer.get("/people/sealed").content.decode()
    assert officer.post(one, {"verb": "allow"}).status_code == 403
    assert "等待批准启封" in director.get("/approvals").content.decode()
    assert director.post(one, {"verb": "allow", "text": "同意"}).status_code == 302
    shown = officer.post(f"{one}/read").content.decode()
    assert "姓名" in shown
    assert "本次查阅已留痕" in shown
    told = officer.get("/people/sealed").content.decode()
    assert "已启封" in told
    assert officer.post(one, {"verb": "seal"}).status_code == 302
    assert officer.post(f"{one}/read").status_code == 409
    assert "核对理赔" in sign_in("auditor").get("/people/reads").content.decode()
    assert "核对理赔" in sign_in("auditor").get("/people/sealed").content.decode()
    assert sign_in("auditor").post("/people/sealed/ask", given).status_code == 403
    assert sign_in("fire-liaison").get("/people/sealed").status_code == 403


def test_another_program_unseals_the_same_way(ref: str) -> None:
    officer, director = Program("duty-main"), Program("emb-director")
    assert ref in {item["ref"] for item in officer.get("/people/sealed").json()["sealed"]}
    wish = {"kind": "record", "ref": ref, "reason": "核对理赔", "hours": 24}
    asked = officer.post("/people/unsealings", wish).json()
    one = f"/people/unsealings/{asked['id']}"
    assert officer.post(one, {"allow": True}).status_code == 403
    assert director.post(one, {"allow": True}).json()["state"] == "allowed"
    assert officer.post(f"{one}/read").json()
    assert officer.post(f"{one}/seal").status_code == 200
    assert officer.post(f"{one}/read").status_code == 409
