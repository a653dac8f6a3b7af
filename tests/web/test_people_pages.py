"""Administration in the browser and through the API: two people, and who read what."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook
from test_api import Program

from fengsui.cli import main
from fengsui.store import models

HTMX = {"HX-Request": "true"}
PAGES = (
    "/people",
    "/people/accounts",
    "/people/changes",
    "/people/posts/duty-main",
    "/people/persons/duty-main",
)


def test_only_administrators_enter_and_only_the_auditor_sees_readings(
    sign_in: Callable[[str], Client],
) -> None:
    admin, officer, auditor = sign_in("admin"), sign_in("duty-main"), sign_in("auditor")
    assert admin.get("/").headers["Location"] == "/people"
    for path in PAGES:
        assert admin.get(path).status_code == 200, path
        assert officer.get(path).status_code == 403, path
    assert auditor.get("/people/reads").status_code == 200
    assert admin.get("/people/reads").status_code == 403
    assert officer.get("/people/reads").status_code == 403


def test_a_role_is_asked_for_by_one_and_approved_by_another(sign_in: Callable[[str], Client]) -> None:
    admin, other = sign_in("admin"), sign_in("admin-review")
    change = "/people/posts/duty-main/change"
    asked = {"verb": "roles", "roles": ["duty_officer", "liaison"]}
    assert admin.post(change, asked, headers=HTMX).status_code == 422
    assert admin.post(change, {**asked, "reason": "兼联络员"}).status_code == 302
    page = other.get("/people/changes").content.decode()
    assert "待复核" in page
    assert "兼联络员" in page
    decide = f"/people/changes/{models.ChangeRequest.objects.get(key='duty-main').id}"
    assert decide in page
    own = admin.post(decide, {"answer": "approve"}, headers=HTMX)
    assert own.status_code == 403
    assert "另一名管理员" in own.content.decode()
    assert other.post(decide, {"answer": "approve"}).status_code == 302
    assert sorted(models.Post.objects.get(pk="duty-main").roles) == ["duty_officer", "liaison"]
    audit = json.loads(models.AuditRow.objects.filter(register="roles").latest("id").change)
    assert audit["before"] == {"roles": ["duty_officer"]}


def test_a_person_is_registered_given_an_account_and_then_a_post(sign_in: Callable[[str], Client]) -> None:
    admin, other = sign_in("admin"), sign_in("admin-review")
    person = {"verb": "person", "id": "newcomer", "name": "新某", "phone": "0000-1"}
    assert admin.post("/people/add", person).status_code == 302
    made = admin.post("/people/persons/newcomer/change", {"verb": "account", "username": "newcomer"})
    password = re.search(r'password">([^<]+)<', made.content.decode())[1]
    browser = Client()
    refused = browser.post("/login", {"username": "newcomer", "password": password})
    assert refused.status_code == 403
    holding = {"verb": "holding", "people": ["duty-main", "newcomer"], "reason": "增员"}
    assert admin.post("/people/posts/duty-main/change", holding).status_code == 302
    decide = f"/people/changes/{models.ChangeRequest.objects.get(key='duty-main').id}"
    assert other.post(decide, {"answer": "approve"}).status_code == 302
    assert browser.post("/login", {"username": "newcomer", "password": password}).status_code == 302
    refused = admin.post("/people/persons/admin-review/change", {"verb": "password"}, headers=HTMX)
    assert refused.status_code == 403
    assert admin.post("/people/persons/newcomer/change", {"verb": "close"}).status_code == 302
    assert browser.get("/desk").status_code == 302


def test_the_auditor_sees_who_read_what_and_why(sign_in: Callable[[str], Client]) -> None:
    officer, auditor = sign_in("duty-main"), sign_in("auditor")
    call = officer.post(
        "/calls/new", {"place": "北沙镇", "what": "起火", "then": "keep", "caller": "甲某", "phone": "0000-1"}
    ).headers["Location"]
    officer.post(f"{call}/caller", {"why": "callback"}, headers=HTMX)
    page = auditor.get("/people/reads").content.decode()
    for words in ("张夜明", "回拨核实", "来电人"):
        assert words in page
    assert "甲某" not in page
    assert "还没有人查阅" in auditor.get("/people/reads?q=nobody").content.decode()


def test_the_command_seals_erases_and_reviews(
    sign_in: Callable[[str], Client], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = sign_in("duty-main")
    call = officer.post("/calls/new", {"what": "误触", "then": "keep", "caller": "甲某"}).headers["Location"]
    officer.post(f"{call}/settle", {"verb": "dismiss", "as": "false_alarm", "reason": "误报"})
    ref = models.CallRow.objects.get(pk=call.rsplit("/", 1)[-1]).caller_ref
    assert main(["people", "seal", "--ref", ref]) == 0
    assert models.PersonalRecord.objects.get(pk=ref).sealed_at is not None
    assert main(["people", "seal", "--ref", ref]) == 1
    assert main(["people", "erase", "--days", "0", "--dry-run"]) == 0
    assert models.PersonalRecord.objects.get(pk=ref).data
    assert main(["people", "erase", "--days", "0", "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["records"] >= 1
    assert models.PersonalRecord.objects.get(pk=ref).data == ""
    assert main(["people", "erase", "--days", "-1"]) == 2
    assert main(["people", "changes"]) == 0
    assert "emb-liaison" in capsys.readouterr().out
    admin = sign_in("admin")
    asked = {"verb": "roles", "roles": ["duty_officer", "liaison"], "reason": "x"}
    admin.post("/people/posts/duty-main/change", asked)
    request = models.ChangeRequest.objects.get(key="duty-main")
    assert main(["people", "approve", request.id, "--by", "值守"]) == 0
    request.refresh_from_db()
    assert request.decided_by == "machine:值守"


def test_a_program_of_an_administrator_follows_the_same_rules(prefecture: str) -> None:
    admin, other = Program("admin"), Program("admin-review")
    body = {"kind": "roles", "key": "duty-main", "after": {"roles": ["liaison"]}, "reason": "x"}
    asked = admin.post("/people/changes", body).json()
    path = f"/people/changes/{asked['request_id']}"
    assert admin.post(path, {"approve": True}).status_code == 403
    assert other.post(path, {"approve": True}).json()["state"] == "approved"
    assert admin.get("/people/changes").json()["changes"]
    assert admin.get("/people/posts?q=duty-main").json()["posts"][0]["roles"] == ["liaison"]
    assert Program("duty-deputy").post("/people/changes", body).status_code == 403
    call = Program("duty-deputy").post("/calls", {"text": "起火", "caller": {"phone": "0000-1"}}).json()["id"]
    assert Program("duty-deputy").post(f"/calls/{call}/caller", {"why": "回拨"}).json() == {"phone": "0000-1"}
    assert Program("auditor").get("/people/reads").json()["reads"][0]["why"] == "回拨"
    assert Program("auditor").post(f"/calls/{call}/caller", {"why": "看看"}).status_code == 403


def contacts_file(*rows: tuple[str, ...]) -> SimpleUploadedFile:
    book = Workbook()
    for cells in (("姓名", "岗位", "手机", "邮箱"), *rows):
        book.active.append(list(cells))
    data = BytesIO()
    book.save(data)
    return SimpleUploadedFile("contacts.xlsx", data.getvalue())


def test_contacts_are_entered_and_taken_in_by_a_sheet_with_a_result_for_each_row(
    sign_in: Callable[[str], Client],
) -> None:
    admin, mobile = sign_in("admin"), "1" + "0" * 10
    holding = models.Holding.objects.filter(post_id="duty-main").select_related("person__detail").first()
    assert holding is not None
    person, name = holding.person_id, holding.person.detail.name
    page = f"/people/persons/{person}"
    form = {"verb": "contact", "name": name, "phone": "0000-1", "mobile": "123", "email": ""}
    answer = admin.post(f"{page}/change", form)
    assert answer.status_code == 422
    assert "手机号应为 11 位" in answer.content.decode()
    assert admin.post(f"{page}/change", {**form, "mobile": mobile}).status_code == 302
    assert mobile in admin.get(page).content.decode()
    wrong = contacts_file((name, "", mobile, "a@example.gov.cn"), ("查无", "", mobile, ""))
    refused = admin.post("/people/contacts", {"file": wrong})
    assert refused.status_code == 422
    assert "有 1 行不对，全部没有写入" in refused.content.decode()
    assert "查无此人" in refused.content.decode()
    good = contacts_file((name, "", "", "a@example.gov.cn"))
    assert "改 1 人" in admin.post("/people/contacts", {"file": good}).content.decode()
    assert "a@example.gov.cn" in admin.get(page).content.decode()
    assert admin.get("/people/contacts.xlsx").status_code == 200
    for path in ("/people/contacts", "/people/contacts.xlsx"):
        assert sign_in("duty-main").get(path).status_code == 403
