"""Ending and aftermath for other programs: checklist, ledger, review, action on a clause, archive."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from test_api import Program


def test_a_case_goes_from_its_checklist_to_the_archive(prefecture: str) -> None:
    from fengsui.store import models, selectors

    incident = selectors.running_incidents()[0].incident_id
    officer, director = Program("duty-main"), Program("emb-director")
    path = f"/incidents/{incident}"
    found = officer.get(f"{path}/aftermath").json()["conditions"]
    assert {item["answer"] for item in found} == {None}
    for item in found:
        given = {"plan": item["plan"], "condition": item["condition"], "answer": "met", "evidence": "报告"}
        assert officer.post(f"{path}/conditions", given).status_code == 200
    wrong = officer.post(f"{path}/conditions", given | {"condition": "天晴"})
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (404, "condition_unknown")
    taken = {"what": "帐篷", "quantity": "9顶", "owner": {"name": "某公司"}, "value_cny": "900"}
    assert officer.post(f"{path}/goods", taken).status_code == 200
    entrusted = officer.post(f"{path}/goods/g1/entrust", {"keeper": "fire"})
    assert entrusted.json()["recorded"][0]["event"]["owner"] == "fire"
    unit = Program("fire-liaison")
    assert unit.post(f"{path}/goods/g1/return", {"state": "intact"}).status_code == 200
    assert officer.post(f"{path}/goods/g1/payment", {"amount_cny": 1, "text": "1"}).status_code == 422
    assert (
        officer.post(f"{path}/goods/g1/compensation", {"amount_cny": 90, "text": "十日"}).status_code == 200
    )
    assert officer.post(f"{path}/goods/g1/payment", {"amount_cny": "90", "text": "1号"}).status_code == 200
    assert officer.get(f"{path}/aftermath").json()["goods"]["g1"]["open"] is False
    day = (timezone.now() + timedelta(days=9)).isoformat()
    review = director.get(f"{path}/review").json()
    assert review["figures"]["first_report"] is not None
    group = next(item for item in review["clauses"] if item["clause"])
    action = {"text": "改电话", "owner": "emb", "due": day, "plan": group["plan"]}
    assert director.post(f"{path}/matters", {"text": "x", "kind": "corrective"}).status_code == 422
    done = director.post(f"{path}/actions", action | {"clause": group["clause"]["number"]})
    assert done.status_code == 200, done.content
    matter = done.json()["recorded"][0]["event"]["matter_id"]
    assert models.ReviewFindingRow.objects.get().matter_id == matter
    mended = director.post(f"{path}/actions/{matter}/done", {"text": "号码已换并印发"})
    assert mended.status_code == 200
    refused = director.post(f"{path}/archive", {"text": "要快"})
    assert refused.json()["error"]["code"] == "case_still_open"
    assert director.get("/cases?text=快").json() == {"total": 0, "cases": []}
