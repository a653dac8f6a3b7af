"""The roster in the browser and through the API: files in and out, requests, who is on duty."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from test_api import Program

from fengsui.adapters.roster_xlsx import read_roster, write_roster
from fengsui.application.roster_check import RosterRow
from fengsui.store import models

FAR = f"{timezone.localdate() + timedelta(days=60):%Y-%m-%d}"
POST = "州应急管理局值班员（主班）"


def row(**changes: str) -> RosterRow:
    given = {"date": FAR, "starts": "08:00", "ends": "20:00", "post": POST, "name": "张夜明", "part": "主班"}
    return RosterRow(number=2, **{**given, **changes})


def upload(browser: Client, *rows: RosterRow):
    file = SimpleUploadedFile("roster.xlsx", write_roster(rows, "值班表"))
    return browser.post("/watch/roster/import", {"file": file})


def test_the_desk_says_who_is_on_duty_until_when(sign_in: Callable[[str], Client]) -> None:
    page = sign_in("duty-main").get("/desk").content.decode()
    assert re.search(r"<b>张夜明</b>|<b>李听雨</b>", page)
    assert "/watch/roster" in page


def test_a_week_is_shown_to_all_who_may_and_the_rest_is_refused(sign_in: Callable[[str], Client]) -> None:
    for user in ("duty-main", "emb-director", "fire-liaison", "auditor", "admin"):
        assert sign_in(user).get("/watch/roster").status_code == 200
    assert sign_in("plan-editor").get("/watch/roster").status_code == 403
    assert sign_in("duty-main").get("/watch/roster/import").status_code == 403


def test_a_spreadsheet_goes_out_and_comes_in_again_unchanged(sign_in: Callable[[str], Client]) -> None:
    director = sign_in("emb-director")
    tomorrow = timezone.localdate() + timedelta(days=1)
    data = director.get(f"/watch/roster/export.xlsx?from={tomorrow}").content
    assert len(read_roster(data)) > 20
    before = models.Roster.objects.count()
    answer = director.post("/watch/roster/import", {"file": SimpleUploadedFile("r.xlsx", data)})
    assert answer.status_code == 200
    assert "新增 0 班，更改 0 班" in answer.content.decode()
    assert models.Roster.objects.count() == before


def test_one_wrong_row_is_told_and_nothing_is_half_imported(sign_in: Callable[[str], Client]) -> None:
    director = sign_in("emb-director")
    before = models.Roster.objects.count()
    answer = upload(director, row(), row(starts="20:00", ends="08:00", name="无此人"))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "有 1 行有问题，整张表都没有导入" in text
    assert "岗位名单里没有“无此人”" in text
    assert models.Roster.objects.count() == before
    broken = director.post("/watch/roster/import", {"file": SimpleUploadedFile("r.xlsx", b"nothing")})
    assert broken.status_code == 422
    assert "这个文件打不开" in broken.content.decode()
    assert upload(director, row()).status_code == 200
    assert models.Roster.objects.count() == before + 1
    audited = models.AuditRow.objects.filter(register="roster").latest("id")
    assert audited.by == "emb-director"


def test_the_calendar_holds_ones_own_shifts_or_all(sign_in: Callable[[str], Client]) -> None:
    officer = sign_in("duty-main")
    mine = Calendar.from_ical(officer.get("/watch/roster/calendar.ics").content).walk("VEVENT")
    everyone = Calendar.from_ical(officer.get("/watch/roster/calendar.ics?whose=all").content).walk("VEVENT")
    assert 0 < len(mine) < len(everyone)
    assert str(mine[0]["summary"]).startswith("值班（")


def test_a_swap_asked_by_the_officer_is_approved_by_the_director(sign_in: Callable[[str], Client]) -> None:
    officer, director = sign_in("duty-main"), sign_in("emb-director")
    upload(director, row(), row(date=FAR, starts="20:00", ends="08:00", name="李听雨"))
    one, other = models.Roster.objects.filter(post_id="duty-main").order_by("-starts")[:2]
    asked = officer.post(
        f"/watch/roster/{one.pk}/change", {"verb": "swap", "other": other.pk, "reason": "家中有事"}
    )
    assert asked.status_code == 302
    page = director.get("/watch/roster").content.decode()
    decide = re.search(r'action="(/watch/roster/changes/[^"]+)"', page)
    assert decide
    assert decide[1] not in officer.get("/watch/roster").content.decode()
    assert officer.post(decide[1], {"answer": "approve"}).status_code == 403
    assert director.post(decide[1], {"answer": "approve"}).status_code == 302
    people = (one.person_id, other.person_id)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (other.person_id, one.person_id) == people


def test_who_stands_in_acts_for_the_post_during_the_shift_and_not_after(
    sign_in: Callable[[str], Client],
) -> None:
    liaison = sign_in("emb-liaison")
    assert liaison.get("/calls/new").status_code == 403
    now = timezone.now()
    row = models.Roster.objects.filter(post_id="duty-main", starts__lte=now, ends__gt=now).first()
    assert row is not None
    director = sign_in("emb-director")
    change = {"verb": "substitute", "person": "emb-liaison", "reason": "病假"}
    assert director.post(f"/watch/roster/{row.pk}/change", change).status_code == 302
    assert "赵云起" in director.get("/desk").content.decode()
    assert liaison.post("/post", {"post": "duty-main"}).status_code == 302
    page = liaison.get("/calls/new")
    assert page.status_code == 200
    assert "赵云起" in page.content.decode()
    models.Roster.objects.filter(pk=row.pk).update(
        starts=now - timedelta(days=2), ends=now - timedelta(days=1)
    )
    assert liaison.get("/calls/new").status_code == 403


def test_a_program_reads_and_changes_the_roster(prefecture: str) -> None:
    director, officer = Program("emb-director"), Program("duty-main")
    found = officer.get("/roster").json()
    assert found["on_duty"][0]["name"]
    body = {"date": FAR, "starts": "08:00", "ends": "20:00", "post": POST, "name": "张夜明"}
    wrong = director.post("/roster", {"rows": [body, {**body, "post": "厨师"}]}).json()
    assert wrong["written"] is False
    assert "厨师" in wrong["rows"][1]["problem"]
    assert director.post("/roster", {"rows": [body]}).json()["written"] is True
    assert officer.post("/roster", {"rows": [body]}).status_code == 403
    later = (timezone.now() + timedelta(days=90)).isoformat()
    end = (timezone.now() + timedelta(days=91)).isoformat()
    asked = officer.post("/roster/leave", {"starts": later, "ends": end, "reason": "年休"}).json()
    assert asked["state"] == "asked"
    decided = director.post(f"/roster/changes/{asked['id']}", {"approve": True}).json()
    assert decided["state"] == "approved"
