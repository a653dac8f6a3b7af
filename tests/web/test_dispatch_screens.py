"""Command and dispatch on the screens and through the API: cards, board, staffing, scene, photos."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from test_api import Program

from fengsui.store import models

HTMX = {"HX-Request": "true"}
Open = Callable[[str], Client]


@pytest.fixture(autouse=True)
def own_photos(tmp_path, settings) -> None:
    settings.DATA_DIR = tmp_path


def photo(name: str = "a.jpg", kind: str = "JPEG") -> SimpleUploadedFile:
    image = pytest.importorskip("PIL.Image")
    out = io.BytesIO()
    image.new("RGB", (30, 20), (9, 90, 9)).save(out, kind)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def ordered(director: Client, incident: str, text: str = "封控路口", **more: Any) -> str:
    answer = director.post(f"/incidents/{incident}/directives/new", {"to": ["fire"], "text": text, **more})
    assert answer.status_code == 302, answer.content.decode()[:600]
    return models.TaskRow.objects.filter(incident_id=incident, text=text).latest("id").directive_id


def act(browser: Client, incident: str, directive: str, verb: str, **data: Any) -> Any:
    return browser.post(f"/incidents/{incident}/directives/{directive}", {"verb": verb, **data}, headers=HTMX)


def test_a_card_says_what_where_until_when_and_whom_to_ask(sign_in: Open, incident_id: str) -> None:
    director, unit = sign_in("emb-director"), sign_in("fire-liaison")
    ordered(director, incident_id, "封控路口", minutes="40", place="井口东侧", contact="emb-director")
    card = unit.get("/tasks").content.decode()
    assert "封控路口" in card
    assert "井口东侧" in card
    assert 'href="tel:' in card
    assert "州应急管理局局长" in card
    assert 'class="clock"' in card


def test_an_order_goes_back_and_is_given_to_another_from_the_board(sign_in: Open, incident_id: str) -> None:
    director, unit = sign_in("emb-director"), sign_in("fire-liaison")
    directive = ordered(director, incident_id)
    assert act(unit, incident_id, directive, "decline", text="车都派出去了").status_code == 204
    assert "封控路口" not in re.sub(
        r"(?s)<details class=\"panel ended.*", "", unit.get("/tasks").content.decode()
    )
    board = director.get(f"/incidents/{incident_id}/board").content.decode()
    assert "车都派出去了" in board
    page = f"/incidents/{incident_id}/directives/{directive}"
    assert "改派给别的单位" in director.get(page).content.decode()
    again = act(director, incident_id, directive, "reassign", to=["fire"])
    assert again.status_code == 422
    assert act(director, incident_id, directive, "reassign", to=["police"]).status_code == 204
    row = models.TaskRow.objects.get(incident_id=incident_id, addressee="police", text="封控路口")
    assert row.state == "issued"
    assert models.TaskRow.objects.get(incident_id=incident_id, directive_id=directive).state == "withdrawn"


def test_question_and_help_are_asked_and_answered(sign_in: Open, incident_id: str) -> None:
    director, unit = sign_in("emb-director"), sign_in("fire-liaison")
    directive = ordered(director, incident_id)
    act(unit, incident_id, directive, "ask", text="哪个路口")
    act(director, incident_id, directive, "answer", text="东头的")
    card = unit.get("/tasks").content.decode()
    assert "哪个路口" in card
    assert "东头的" in card
    act(unit, incident_id, directive, "help", text="缺照明车")
    assert "缺照明车" in director.get(f"/incidents/{incident_id}/board?only=help").content.decode()
    assert (
        act(director, incident_id, directive, "help_answer", to=["power"], answer="已派").status_code == 204
    )
    row = models.TaskRow.objects.get(incident_id=incident_id, addressee="power", text="缺照明车")
    assert row.state == "issued"
    assert not models.TaskRow.objects.get(incident_id=incident_id, directive_id=directive).help_asked


def test_a_wrong_tap_is_taken_back_on_the_card(sign_in: Open, incident_id: str) -> None:
    director, unit = sign_in("emb-director"), sign_in("fire-liaison")
    directive = ordered(director, incident_id)
    act(unit, incident_id, directive, "done", text="好了")
    assert "撤销" in unit.get("/tasks").content.decode()
    assert act(unit, incident_id, directive, "undo").status_code == 204
    row = models.TaskRow.objects.get(incident_id=incident_id, directive_id=directive)
    assert (row.state, row.ended_at) == ("issued", None)


def test_waiting_is_shown_and_ends_when_the_other_is_done(sign_in: Open, incident_id: str) -> None:
    director, unit = sign_in("emb-director"), sign_in("fire-liaison")
    first = ordered(director, incident_id, "搭指挥点")
    second = ordered(director, incident_id, "转移伤员", minutes="30", after=[first])
    row = models.TaskRow.objects.get(incident_id=incident_id, directive_id=second)
    assert row.waiting
    assert row.due is None
    assert "等待前序" in unit.get("/tasks").content.decode()
    circle = act(director, incident_id, first, "link", after=[second])
    assert circle.status_code == 422
    assert "互相等待" in circle.content.decode()
    act(unit, incident_id, first, "done", text="好了")
    row.refresh_from_db()
    assert not row.waiting
    assert row.due is not None


def test_done_with_number_photo_and_place_counts_once_when_sent_twice(
    sign_in: Open, incident_id: str
) -> None:
    director, unit = sign_in("emb-director"), sign_in("fire-liaison")
    directive = ordered(director, incident_id)
    for _ in range(2):
        data = {"number": "1,200", "number_of": "人", "photo": [photo(), photo("b.png", "PNG")]}
        answer = act(unit, incident_id, directive, "done", command_id="once", lon="81.3", lat="43.9", **data)
        assert answer.status_code == 204, answer.content.decode()
    assert models.PhotoRow.objects.count() == 2
    assert models.EventRow.objects.filter(incident_id=incident_id, type="DirectiveDone").latest("id")
    page = director.get(f"/incidents/{incident_id}/directives/{directive}").content.decode()
    assert "1200人" in page
    address = re.search(r'src="(/incidents/[^"]+/photos/[0-9a-f]{64})"', page)
    assert address is not None
    shown = director.get(address.group(1))
    assert shown.headers["Content-Type"] in ("image/jpeg", "image/png")
    assert sign_in("xiling-duty").get(address.group(1)).status_code == 403
    assert director.get(address.group(1)[:-4] + "0000").status_code == 404


def test_what_is_no_photo_is_refused_in_one_sentence_and_nothing_is_done(
    sign_in: Open, incident_id: str
) -> None:
    director, unit = sign_in("emb-director"), sign_in("fire-liaison")
    directive = ordered(director, incident_id)
    wrong = SimpleUploadedFile("x.jpg", b"<script>alert(1)</script>", "image/jpeg")
    answer = act(unit, incident_id, directive, "done", text="好了", photo=[wrong])
    assert answer.status_code == 422
    assert "不是照片" in answer.content.decode()
    assert models.TaskRow.objects.get(incident_id=incident_id, directive_id=directive).state == "issued"
    assert models.PhotoRow.objects.count() == 0


def test_an_erased_photo_leaves_its_hash_and_an_unbroken_log(sign_in: Open, incident_id: str) -> None:
    from fengsui.web import wiring

    director, unit = sign_in("emb-director"), sign_in("fire-liaison")
    directive = ordered(director, incident_id)
    act(unit, incident_id, directive, "done", photo=[photo()])
    digest = models.PhotoRow.objects.get().digest
    wiring.photos().store.erase(incident_id, digest, "admin")
    assert director.get(f"/incidents/{incident_id}/photos/{digest}").status_code == 404
    assert "逐条相接，没有改动" in director.get(f"/incidents/{incident_id}/log").content.decode()
    assert models.AuditRow.objects.filter(register="photo", key=digest).exists()


def test_a_leader_erases_a_photo_and_where_it_stood_a_line_says_why(sign_in: Open, incident_id: str) -> None:
    director, unit = sign_in("emb-director"), sign_in("fire-liaison")
    directive = ordered(director, incident_id)
    act(unit, incident_id, directive, "done", photo=[photo(), photo("b.png", "PNG")])
    first, second = models.PhotoRow.objects.order_by("pk").values_list("digest", flat=True)
    place = f"/incidents/{incident_id}/photos/{first}"
    page = f"/incidents/{incident_id}/directives/{directive}"
    assert f"{place}/erase" in director.get(page).content.decode()
    assert f"{place}/erase" not in unit.get(page).content.decode()
    assert unit.post(f"{place}/erase", {"reason": "拍到伤员"}).status_code == 403
    assert director.post(f"{place}/erase", {"reason": " "}).status_code == 422
    assert director.get(place).status_code == 200
    assert director.post(f"{place}/erase", {"reason": "拍到伤员面部"}).status_code == 302
    assert director.get(place).status_code == 404
    assert director.post(f"{place}/erase", {"reason": "再删"}).status_code == 409
    told = director.get(page).content.decode()
    assert "照片 1 已删除" in told
    assert "拍到伤员面部" in told
    assert f'src="{place}"' not in told
    assert f"/photos/{second}" in told
    log = director.get(f"/incidents/{incident_id}/log").content.decode()
    assert "删除照片：拍到伤员面部" in log
    assert "逐条相接，没有改动" in log
    unknown = director.post(f"/incidents/{incident_id}/photos/{'0' * 64}/erase", {"reason": "x"})
    assert unknown.status_code == 404


@pytest.mark.parametrize("axis", ["state", "unit", "group", "due"])
def test_no_order_is_missing_from_the_board_however_arranged(
    sign_in: Open, incident_id: str, axis: str
) -> None:
    director = sign_in("emb-director")
    ordered(director, incident_id)
    text = director.get(f"/incidents/{incident_id}/board?by={axis}").content.decode()
    orders = set(
        models.TaskRow.objects.filter(incident_id=incident_id).values_list("directive_id", flat=True)
    )
    for directive in orders:
        assert text.count(f'/directives/{directive}"') in (1, 2), (axis, directive)


def test_the_sheet_of_a_unit_holds_its_orders_alone(sign_in: Open, incident_id: str) -> None:
    director = sign_in("emb-director")
    ordered(director, incident_id, "只给消防")
    assert "只给消防" in director.get(f"/incidents/{incident_id}/units/fire").content.decode()
    assert "只给消防" not in director.get(f"/incidents/{incident_id}/units/police").content.decode()
    assert director.get(f"/incidents/{incident_id}/units/none").status_code == 404


def test_headquarters_are_filled_gaps_shown_and_one_is_named(sign_in: Open, incident_id: str) -> None:
    director = sign_in("emb-director")
    page = f"/incidents/{incident_id}/command"
    before = director.get(page).content.decode()
    assert "推定，未确认" not in before  # filled when the response started
    assert "空缺" in before
    assert "处岗位空缺，请指定" in director.get(f"/incidents/{incident_id}").content.decode()
    plan = re.search(r'name="plan" value="([^"]+)"><button class="btn btn-primary">按现在', before)
    assert plan is not None
    assert director.post(page, {"plan": plan.group(1)}, headers=HTMX).status_code == 204
    named = {"role": "safety", "post": "州消防救援支队联络员"}
    assert director.post(f"{page}/assign", named, headers=HTMX).status_code == 204
    assert "州消防救援支队联络员" in director.get(f"/incidents/{incident_id}/scene").content.decode()
    assert director.post(f"{page}/assign", {"role": "safety", "post": ""}, headers=HTMX).status_code == 422
    assert sign_in("fire-liaison").post(f"{page}/assign", named, headers=HTMX).status_code == 403


def test_the_scene_counts_who_is_there_and_who_is_inside(sign_in: Open, incident_id: str) -> None:
    director, unit = sign_in("emb-director"), sign_in("fire-liaison")
    do = f"/incidents/{incident_id}/scene/do"
    force = {"verb": "check_in", "unit": "云州消防救援支队", "people": "42", "leader": "张某", "phone": "000"}
    assert unit.post(do, force, headers=HTMX).status_code == 204
    team = {"verb": "enter", "team": "一组", "people": "6", "unit": "云州消防救援支队", "air": "30"}
    assert unit.post(do, team, headers=HTMX).status_code == 204
    text = unit.get(f"/incidents/{incident_id}/scene").content.decode()
    assert "42 人" in text
    assert "6 人" in text
    assert "张某" not in text
    assert unit.post(do, {"verb": "withdraw", "reason": "x"}, headers=HTMX).status_code == 403
    assert director.post(do, {"verb": "withdraw", "reason": "瓦斯上升"}, headers=HTMX).status_code == 204
    assert "还有 6 人没有出来" in unit.get(f"/incidents/{incident_id}/scene/parts").content.decode()
    assert unit.post(do, {"verb": "leave", "entry": "e1"}, headers=HTMX).status_code == 204
    assert "没有出来" not in unit.get(f"/incidents/{incident_id}/scene/parts").content.decode()
    for wrong in ({"people": ""}, {"people": "2.5"}, {"people": "三"}, {"people": "0"}):
        assert unit.post(do, {**team, **wrong}, headers=HTMX).status_code == 422
    reader = director.get(f"/incidents/{incident_id}/scene/checkins/c1")
    assert "张某" in reader.content.decode()
    assert unit.get(f"/incidents/{incident_id}/scene/checkins/c1").status_code == 403


def test_the_scene_offers_what_can_be_done_now_and_says_how_to_fill_in(
    sign_in: Open, incident_id: str
) -> None:
    director, unit = sign_in("emb-director"), sign_in("fire-liaison")
    page, do = f"/incidents/{incident_id}/scene", f"/incidents/{incident_id}/scene/do"
    calm = director.get(page).content.decode()
    assert 'value="suspend"' in calm
    assert 'value="resume"' not in calm
    assert "没有人登记在内" in calm
    team = {"verb": "enter", "team": "一组", "people": "6", "unit": "蓝天志愿队"}
    for wrong in ({"minutes": "0"}, {"minutes": "1000000000000"}, {"minutes": "-5"}, {"air": "30.5"}):
        assert unit.post(do, {**team, **wrong}, headers=HTMX).status_code == 422
    assert unit.post(do, team, headers=HTMX).status_code == 204
    assert "蓝天志愿队 一组" in unit.get(page).content.decode()
    force = {"verb": "check_in", "unit": "蓝天志愿队", "people": "9"}
    assert unit.post(do, force, headers=HTMX).status_code == 204
    refused = unit.post(do, {"verb": "check_out", "checkin": "c1"}, headers=HTMX)
    assert refused.status_code == 403
    assert "还有 6 人登记在危险区内" in refused.content.decode()
    assert director.post(do, {"verb": "withdraw", "reason": "瓦斯"}, headers=HTMX).status_code == 204
    assert 'value="withdraw"' not in director.get(page).content.decode()
    assert director.post(do, {"verb": "suspend", "reason": "瓦斯"}, headers=HTMX).status_code == 204
    halted = director.get(f"{page}/parts").content.decode()
    assert 'value="resume"' in halted
    assert 'value="suspend"' not in halted
    assert "恢复救援由" in halted


def test_rows_made_anew_from_the_stream_are_the_same(sign_in: Open, incident_id: str) -> None:
    from fengsui.store.incidents import stored_events
    from fengsui.store.projection import rebuild

    director, unit = sign_in("emb-director"), sign_in("fire-liaison")
    first = ordered(director, incident_id, "搭指挥点", place="东侧")
    ordered(director, incident_id, "转移伤员", minutes="30", after=[first])
    third = ordered(director, incident_id, "清点人数", minutes="30")
    act(unit, incident_id, third, "decline", text="不行")
    act(unit, incident_id, first, "done", text="好了")
    act(unit, incident_id, first, "undo")
    fields = ("directive_id", "addressee", "state", "due", "waiting", "since", "place", "ended_at", "more")
    before = list(models.TaskRow.objects.filter(incident_id=incident_id).order_by("id").values(*fields))
    rebuild(models.IncidentRow.objects.get(pk=incident_id), stored_events(incident_id))
    after = list(models.TaskRow.objects.filter(incident_id=incident_id).order_by("id").values(*fields))
    assert after == before


def test_pages_of_dispatch_are_for_who_sees_the_incident(sign_in: Open, incident_id: str) -> None:
    for user, status in (("auditor", 200), ("duty-main", 200), ("plan-editor", 403), ("xiling-duty", 403)):
        for path in (
            "board",
            "board/parts",
            "command",
            "scene",
            "scene/parts",
            "units/fire",
            "directives/d1",
        ):
            answer = sign_in(user).get(f"/incidents/{incident_id}/{path}")
            assert answer.status_code == status, (user, path)


def test_pages_of_dispatch_speak_both_languages(sign_in: Open, incident_id: str) -> None:
    director = sign_in("emb-director")
    ordered(director, incident_id)
    paths = ("board", "board?by=due", "command", "scene", "units/fire", "directives/d1", "directives/new")
    for path in (*paths, None):
        address = f"/incidents/{incident_id}/{path}" if path else "/tasks"
        text = director.get(address).content.decode()
        bare = re.sub(r"(?s)<(head|svg|template|script|kbd).*?</\1>|<[^>]+>", " ", text)
        assert not set(re.findall(r"[A-Za-z]{3,}", bare)) - {"Esc"}, path
        assert "dispatch." not in bare


# through the API


def test_a_unit_works_through_its_orders_by_the_api(prefecture: str, incident_id: str) -> None:
    director, unit = Program("emb-director"), Program("fire-liaison")
    at = f"/incidents/{incident_id}"
    order = {"to": ["fire"], "text": "搭指挥点", "within_minutes": 40, "contact": "emb-director"}
    first = director.post(f"{at}/directives", order, Idempotency_Key="o1").json()
    assert director.post(f"{at}/directives", order, Idempotency_Key="o1").json()["repeated"]
    directive = first["recorded"][0]["event"]["directive_id"]
    assert unit.post(f"{at}/directives/{directive}/question", {"text": "在哪"}).status_code == 200
    assert director.post(f"{at}/directives/{directive}/answer", {"text": "东侧"}).status_code == 200
    sent = unit.client.post(
        f"/api/v1{at}/photos", {"photo": photo()}, headers={"Authorization": f"Bearer {unit.key}"}
    )
    digest = sent.json()["photo"]
    report = {"text": "好了", "number": 12, "number_of": "人", "photos": [digest]}
    assert unit.post(f"{at}/directives/{directive}/done", {**report, "photos": ["0" * 64]}).status_code == 404
    assert unit.post(f"{at}/directives/{directive}/done", report).status_code == 200
    assert unit.post(f"{at}/directives/{directive}/undo").status_code == 200
    board = director.get(f"{at}/board").json()
    assert sum(board["counts"][code] for code in ("issued", "accepted", "done", "waiting", "overdue")) > 0
    assert {row["directive"] for row in board["orders"]} >= {directive}
    assert unit.post(f"{at}/directives", order).status_code == 403
    assert director.post(f"{at}/directives", {**order, "within_minutes": -3}).status_code == 422
    assert director.post(f"{at}/directives/{directive}/link", {"after": [directive]}).status_code == 422


def test_the_scene_is_kept_by_the_api(prefecture: str, incident_id: str) -> None:
    director, unit = Program("emb-director"), Program("fire-liaison")
    at = f"/incidents/{incident_id}"
    force = {"unit": "fire", "people": 20, "leader": {"name": "张某", "phone": "0"}}
    assert unit.post(f"{at}/scene/checkins", force).status_code == 200
    assert unit.post(f"{at}/scene/entries", {"team": "一组", "people": 5, "unit": "fire"}).status_code == 200
    assert unit.post(f"{at}/scene/withdrawal", {"reason": "x"}).status_code == 403
    assert director.post(f"{at}/scene/withdrawal", {"reason": "瓦斯"}).status_code == 200
    assert unit.get(f"{at}/scene").json()["not_out"] == 5
    assert unit.post(f"{at}/scene/entries/e1/out", {"people": 9}).status_code == 422
    assert unit.post(f"{at}/scene/entries/e1/out", {}).status_code == 200
    assert director.post(f"{at}/scene/suspension", {"text": "等加固"}).status_code == 200
    refused = unit.post(f"{at}/scene/resumption", {"text": "走"}).json()["error"]
    assert refused["code"] == "resumption_not_yours"
    assert refused["allowed"]
    told = unit.get(f"{at}/scene").json()
    assert told["suspended"] == "等加固"
    assert "张某" not in str(told)
    named = {"role": "on_scene", "post": "fire-liaison"}
    assert director.post(f"{at}/posts", named).status_code == 200
    assert unit.post(f"{at}/scene/resumption", {"text": "已加固"}).status_code == 200
    filled = director.get(f"{at}/command").json()
    assert filled["suggested"]
    plan = filled["suggested"][0]["plan_id"]
    assert director.post(f"{at}/command/{plan}").status_code == 200
