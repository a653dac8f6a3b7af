"""Ending and aftermath through the pages: checklist, refusal, ledger, matters, review, findings, archive."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from fengsui.store import models

CHECKED = {"confirm_word": "批准", "password": "yunzhou-2026"}
CONDITION = re.compile(r'name="plan" value="([^"]+)"><input type="hidden" name="condition" value="([^"]+)"')


@pytest.fixture
def page(incident_id: str) -> str:
    return f"/incidents/{incident_id}/aftermath"


def propose_end(officer: Client, incident: str) -> tuple[str, str]:
    """Propose the end of the response that runs; its plan and the address of the approval."""
    text = officer.get(f"/incidents/{incident}/aftermath").content.decode()
    plan = CONDITION.search(text).group(1)
    end = officer.post(f"/incidents/{incident}/terminate", {"plan": plan, "reason": "险情排除"})
    assert end.status_code == 302
    number = models.ProposalRow.objects.filter(incident_id=incident).count()
    return plan, f"/approvals/{incident}/p{number}"


def end_response(sign_in: Callable[[str], Client], incident: str) -> None:
    officer = sign_in("duty-main")
    _, approval = propose_end(officer, incident)
    for user in ("vice-safety", "emb-director", "governor"):
        answer = sign_in(user).post(approval, {"answer": "approve", "override": "移交后续工作", **CHECKED})
        if answer.status_code == 302:
            return
    raise AssertionError("nobody could decide")


def close(sign_in: Callable[[str], Client], incident: str) -> None:
    end_response(sign_in, incident)
    director = sign_in("emb-director")
    for row in models.ProposalRow.objects.filter(incident_id=incident, state__in=("open", "questioned")):
        raise AssertionError(row.proposal_id)
    answer = director.post(f"/incidents/{incident}/close", {"reason": "处置完毕"})
    assert answer.status_code == 302, answer.content.decode()


def test_ending_is_refused_until_each_condition_is_checked(
    sign_in: Callable[[str], Client], incident_id: str, page: str
) -> None:
    officer = sign_in("duty-main")
    plan, approval = propose_end(officer, incident_id)
    decider = next(
        browser
        for browser in (sign_in("vice-safety"), sign_in("emb-director"), sign_in("governor"))
        if "可以决定" in browser.get(approval).content.decode()
    )
    shown = decider.get(approval).content.decode()
    assert "未核对或者未满足" in shown
    refused = decider.post(approval, {"answer": "approve", **CHECKED})
    assert refused.status_code == 403
    assert "依据" in refused.content.decode()
    for found, condition in CONDITION.findall(officer.get(page).content.decode()):
        assert found == plan
        given = {"plan": plan, "condition": condition, "answer": "met", "evidence": "现场指挥部报告"}
        assert officer.post(f"{page}/conditions", given).status_code == 302
    assert "条件均已核对" in officer.get(page).content.decode()
    assert decider.post(approval, {"answer": "approve", **CHECKED}).status_code == 302


def test_a_requisition_has_a_receipt_and_every_reading_of_the_owner_is_kept(
    sign_in: Callable[[str], Client], page: str
) -> None:
    officer = sign_in("duty-main")
    given = {"what": "挖掘机", "quantity": "2台", "owner_kind": "person", "name": "甲某", "value": "40万"}
    assert officer.post(f"{page}/goods", given | {"name": ""}).status_code == 422
    assert officer.post(f"{page}/goods", given).status_code == 302
    assert "甲某" not in officer.get(page).content.decode()
    before = models.PersonalRead.objects.count()
    receipt = officer.get(f"{page}/goods/g1/receipt").content.decode()
    assert "甲某" in receipt
    assert "400,000.00" in receipt
    assert models.PersonalRead.objects.count() == before + 1
    assert sign_in("auditor").get(f"{page}/goods/g1/receipt").status_code == 403
    back = {"verb": "return", "state": "damaged", "text": "履带坏"}
    assert officer.post(f"{page}/goods/g1", back).status_code == 302
    assert officer.post(f"{page}/goods/g1", {"verb": "set", "amount": "", "text": "x"}).status_code == 422
    assert officer.post(f"{page}/goods/g1", {"verb": "set", "amount": "5000", "text": "x"}).status_code == 302
    assert officer.post(f"{page}/goods/g1", {"verb": "pay", "amount": "5000", "text": "1"}).status_code == 302
    assert "已结清" in officer.get(page).content.decode()


def test_matters_of_the_plan_and_of_custom_are_taken_up_done_and_moved(
    sign_in: Callable[[str], Client], page: str
) -> None:
    officer = sign_in("duty-main")
    given = {"usual": ["relief", "insurance"], "owner": "州民政局", "due": "2999-01-01 08:00"}
    assert officer.post(f"{page}/matters", given).status_code == 302
    assert officer.post(f"{page}/matters", {}).status_code == 422
    text = officer.get(page).content.decode()
    assert "受灾群众基本生活救助" in text
    assert "云州民政局" in text
    rows = list(models.MatterRow.objects.values_list("matter_id", "owner").order_by("matter_id"))
    own = [key for key, owner in rows if owner == "civil"]
    assert len(own) == 2
    move = {"verb": "move", "due": "2999-02-01 08:00", "text": "资金未到"}
    assert officer.post(f"{page}/matters/{own[0]}", move).status_code == 302
    done = {"verb": "done", "text": "已发放"}
    assert sign_in("fire-liaison").post(f"{page}/matters/{own[0]}", done).status_code == 403
    assert officer.post(f"{page}/matters/{own[0]}", done).status_code == 302


def test_the_review_becomes_a_finding_of_the_plan_and_goes_when_it_is_mended(
    sign_in: Callable[[str], Client], incident_id: str
) -> None:
    close(sign_in, incident_id)
    director = sign_in("emb-director")
    review = f"/incidents/{incident_id}/review"
    text = director.get(f"{review}?show=all").content.decode()
    assert "获悉到首次报告" in text
    chosen = re.search(r'<option value="([0-9a-f]+\|[^"]+)"', text).group(1)
    give = {"text": "增设夜间联络专线", "owner": "州应急管理局", "due": "2999-01-01 08:00", "clause": chosen}
    assert director.post(f"{review}/actions", give | {"owner": ""}).status_code == 422
    assert director.post(f"{review}/actions", give).status_code == 302
    draft = models.PlanVersion.objects.get(plan_id=chosen.split("|")[0], ended_at__isnull=True).draft_id
    editor = sign_in("plan-editor")
    shown = editor.get(f"/plans/{draft}/findings").content.decode()
    assert "来自复盘" in shown
    assert "增设夜间联络专线" in shown
    row = models.ReviewFindingRow.objects.get()
    assert director.post(f"{review}/archive", {"lessons": "报告要快"}).status_code == 302
    matter = f"/incidents/{incident_id}/aftermath/matters/{row.matter_id}"
    assert director.post(matter, {"verb": "done", "text": "专线已开通"}).status_code == 403
    settled = director.post(f"{review}/actions/{row.matter_id}", {"text": "专线已开通，号码已印发"})
    assert settled.status_code == 302
    assert "增设夜间联络专线" not in editor.get(f"/plans/{draft}/findings").content.decode()


def test_an_archived_case_is_found_and_laid_beside_others(
    sign_in: Callable[[str], Client], incident_id: str
) -> None:
    director = sign_in("emb-director")
    review = f"/incidents/{incident_id}/review"
    refused = director.post(f"{review}/archive", {"lessons": "报告要快"})
    assert refused.status_code == 403
    close(sign_in, incident_id)
    assert director.post(f"{review}/archive", {"lessons": "报告要快"}).status_code == 302
    assert director.post(f"{review}/archive", {"lessons": "再来"}).status_code == 409
    title = models.CaseRow.objects.get().title
    asked = (("q=报告要快", True), ("q=没有这样的词", False), ("level=I", False), ("year=x", True))
    for query, found in asked:
        assert (title in director.get(f"/cases?{query}").content.decode()) is found, query
    assert director.get(f"/cases/compare?case={incident_id}").status_code == 200
    assert director.get("/cases/compare?case=nothing").status_code == 404
    assert title in director.get(f"/cases/{incident_id}/like").content.decode()
    assert title not in sign_in("xiling-duty").get("/cases").content.decode()


@pytest.mark.parametrize("kind", ["docx"])
def test_the_review_is_a_paper(sign_in: Callable[[str], Client], incident_id: str, kind: str) -> None:
    answer = sign_in("duty-main").get(f"/incidents/{incident_id}/review/paper.{kind}")
    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"


def test_the_list_of_the_winter_is_made_once_and_its_tasks_are_done(sign_in: Callable[[str], Client]) -> None:
    director = sign_in("emb-director")
    assert "还没有清单" in director.get("/cases/winter?year=2026").content.decode()
    for _ in range(2):
        assert director.post("/cases/winter", {"year": "2026"}).status_code == 302
    text = director.get("/cases/winter?year=2026").content.decode()
    assert text.count("2026-10-15") == 1
    assert "预案规定" in text
    first = models.YearTaskRow.objects.order_by("due", "id").first().pk
    assert director.post(f"/cases/winter/{first}", {"year": "2026", "text": "核定"}).status_code == 302
    assert director.post(f"/cases/winter/{first}", {"year": "2026", "text": "核定"}).status_code == 409
    assert models.AuditRow.objects.filter(register="year_task").count() == 2
