"""The screens of notification: receipts without sign-in, codes by telephone, two people for a gateway."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict

import pytest
from django.test import Client

from fengsui import bootstrap, bootstrap_notify
from fengsui.application.notify import climb_ladders
from fengsui.application.notify_work import link_of
from fengsui.application.sweep import deliver_outbox
from fengsui.core.notify.proof import spoken_code
from fengsui.web import wiring

ALL = ("duty-main", "emb-director", "vice-safety", "fire-liaison", "plan-editor", "auditor", "admin")
SMS_FORM = {
    "means": "sms",
    "name": "短信",
    "enabled": "1",
    "parallel": "2",
    "f_url": "http://127.0.0.1:1/send",
    "f_method": "POST",
    "f_content": "json",
    "f_body": '{"to": "{phone}", "text": "{text}"}',
    "f_sign_form": "hex",
    "f_secret": "top-secret-word",
    "reason": "启用短信",
}


@pytest.fixture
def told(incident_id: str) -> str:
    """The running incident of the demo, its messages made into notices by the runner."""
    desk = bootstrap.desk()
    while deliver_outbox(desk, desk.clock.now()):
        pass
    notify = bootstrap_notify.notify_desk()
    while climb_ladders(notify, notify.clock.now()):
        pass
    return incident_id


def open_notice(post: str = ""):
    from fengsui.store import models

    rows = models.NoticeRow.objects.filter(acknowledged_at__isnull=True).exclude(person_id="")
    row = rows.filter(post_id=post).first() if post else rows.first()
    assert row is not None
    return row


def link(row) -> str:
    desk = bootstrap_notify.notify_desk()
    notice = desk.notices.notice(row.pk)
    from dataclasses import replace

    options = replace(desk.channels.options(), base_url="https://x.invalid")
    return link_of(desk, notice, options).removeprefix("https://x.invalid")


PAGES = {
    "/incidents/{id}/notices": {"duty-main", "emb-director", "vice-safety", "fire-liaison", "auditor"},
    "/incidents/{id}/notices/tally": {"duty-main", "emb-director", "vice-safety", "fire-liaison", "auditor"},
    "/incidents/{id}/call-list": {"duty-main", "emb-director"},
    "/incidents/{id}/call-list.pdf": {"duty-main", "emb-director"},
    "/notices": set(ALL),
    "/channels": {"duty-main", "emb-director", "vice-safety", "auditor", "admin"},
    "/channels/answers": {"duty-main", "emb-director", "vice-safety", "auditor", "admin"},
    "/channels/ladders": {"duty-main", "emb-director", "vice-safety", "auditor", "admin"},
    "/channels/ladders/directive": {"admin"},
    "/channels/new?means=sms": {"admin"},
    "/channels/new?means=feishu": {"admin"},
    "/channels/options": {"admin"},
    "/channels/waits": {"duty-main", "emb-director", "vice-safety", "auditor", "admin"},
    "/channels/groups": {"admin"},
}


@pytest.mark.parametrize("user", ALL)
def test_each_page_answers_or_refuses_by_role(sign_in: Callable[[str], Client], told: str, user: str) -> None:
    browser = sign_in(user)
    for path, allowed in PAGES.items():
        answer = browser.get(path.replace("{id}", told))
        assert answer.status_code == (200 if user in allowed else 403), (user, path, answer.status_code)


def test_an_incident_shows_who_has_not_answered_with_numbers_for_the_desk_alone(
    sign_in: Callable[[str], Client], told: str
) -> None:
    row = open_notice()
    phone = bootstrap_notify.notify_desk().book.contact(row.person_id).phone
    assert phone in sign_in("duty-main").get(f"/incidents/{told}/notices").content.decode()
    seen = sign_in("fire-liaison").get(f"/incidents/{told}/notices").content.decode()
    assert phone not in seen
    assert "核对确认码" not in seen
    assert sign_in("xiling-duty").get(f"/incidents/{told}/notices").status_code == 403


def test_a_link_works_without_sign_in_and_a_look_is_no_receipt(told: str) -> None:
    row, browser = open_notice(), Client(enforce_csrf_checks=True)
    path = link(row)
    page = browser.get(path)
    text = page.content.decode()
    assert page.status_code == 200
    assert row.subject in text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    row.refresh_from_db()
    assert row.acknowledged_at is None
    assert "已确认收到" in browser.post(path).content.decode()
    row.refresh_from_db()
    first = row.acknowledged_at
    assert (row.how, first is not None) == ("link", True)
    assert browser.post(path).status_code == 200
    row.refresh_from_db()
    assert row.acknowledged_at == first


def test_a_link_shows_the_message_alone_and_leads_to_the_sign_in_for_the_rest(told: str) -> None:
    from fengsui.store import models

    row = models.NoticeRow.objects.filter(kind="proposed").first() or open_notice()
    models.NoticeRow.objects.filter(pk=row.pk).update(kind="proposed", ref="p1")
    browser = Client()
    text = browser.get(link(row)).content.decode()
    href = re.search(r'href="(/approvals/[^"]+)"', text)
    assert href is not None
    assert browser.get(href[1]).headers["Location"].startswith("/login")
    assert browser.post(href[1], {"answer": "approve"}).status_code == 302
    contact = bootstrap_notify.notify_desk().book.contact(row.person_id)
    assert contact.phone not in text
    assert contact.name not in text
    assert "topbar" not in text


def test_a_link_that_is_wrong_or_too_old_says_what_to_do(told: str) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from fengsui.store import models

    browser = Client()
    for token in ("x", "A" * 32, link(open_notice()).removeprefix("/a/")[:-2] + "AA"):
        answer = browser.get(f"/a/{token}")
        assert answer.status_code in (404, 422)
        assert "请" in answer.content.decode()
    row = open_notice()
    models.NoticeRow.objects.filter(pk=row.pk).update(created_at=timezone.now() - timedelta(days=9))
    row.refresh_from_db()
    assert browser.post(link(row)).status_code == 422
    row.refresh_from_db()
    assert row.acknowledged_at is None


def act(browser: Client, incident: str, row, **given: str):
    return browser.post(f"/incidents/{incident}/notices/act", {"ids": str(row.pk), **given})


def test_the_officer_types_the_code_that_is_read_out(sign_in: Callable[[str], Client], told: str) -> None:
    row, officer = open_notice(), sign_in("duty-main")
    code = spoken_code(bootstrap_notify.notify_desk().key, row.pk)
    assert code not in officer.get(f"/incidents/{told}/notices").content.decode().replace(
        f"code-{row.pk}", ""
    )
    wrong = f"{(int(code) + 1) % 10000:04d}"
    assert act(officer, told, row, action="code", code=wrong).status_code == 422
    assert act(sign_in("fire-liaison"), told, row, action="code", code=code).status_code == 403
    assert act(officer, told, row, action="code", code=f"{code[:2]} {code[2:]}").status_code == 302
    row.refresh_from_db()
    assert (row.how, row.by) == ("code", "duty-main")


def test_after_five_wrong_codes_no_code_is_checked(sign_in: Callable[[str], Client], told: str) -> None:
    row, officer = open_notice(), sign_in("duty-main")
    code = spoken_code(bootstrap_notify.notify_desk().key, row.pk)
    wrong = f"{(int(code) + 1) % 10000:04d}"
    statuses = [act(officer, told, row, action="code", code=wrong).status_code for _ in range(5)]
    assert statuses == [422, 422, 422, 422, 403]
    assert act(officer, told, row, action="code", code=code).status_code == 403
    assert act(officer, told, row, action="spoken").status_code == 302
    row.refresh_from_db()
    assert row.how == "spoken"


def test_a_post_acknowledges_its_own_notices_and_no_others(
    sign_in: Callable[[str], Client], told: str
) -> None:
    from fengsui.store import models

    row = open_notice("fire-liaison")
    other = (
        models.NoticeRow.objects.exclude(post_id="fire-liaison").filter(acknowledged_at__isnull=True).first()
    )
    liaison = sign_in("fire-liaison")
    assert row.subject in liaison.get("/notices").content.decode()
    assert liaison.post("/notices/receipt", {"ids": str(other.pk)}).status_code == 403
    assert liaison.post("/notices/receipt", {"ids": str(row.pk)}).status_code == 302
    row.refresh_from_db()
    assert row.how == "page"


def test_a_call_list_names_whom_to_call_and_what_to_say(sign_in: Callable[[str], Client], told: str) -> None:
    row, officer = open_notice(), sign_in("duty-main")
    phone = bootstrap_notify.notify_desk().book.contact(row.person_id).phone
    text = officer.get(f"/incidents/{told}/call-list?all=1").content.decode()
    assert phone in text
    assert "确认码 <span" in text
    paper = officer.get(f"/incidents/{told}/call-list.pdf?all=1")
    assert paper.headers["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")


def test_a_gateway_needs_two_people_and_its_secret_is_never_shown(sign_in: Callable[[str], Client]) -> None:
    from fengsui.store import models

    admin, director = sign_in("admin"), sign_in("emb-director")
    assert director.post("/channels/new?means=sms", SMS_FORM).status_code == 403
    assert admin.post("/channels/new?means=sms", {**SMS_FORM, "f_url": "ftp://x"}).status_code == 422
    assert admin.post("/channels/new?means=sms", SMS_FORM).status_code == 302
    assert not models.NotifyChannel.objects.exists()
    change = models.ChangeRequest.objects.get(kind="channel")
    assert "top-secret-word" not in change.after
    decide = f"/channels/changes/{change.pk}"
    assert admin.post(decide, {"answer": "approve"}).status_code == 403
    assert sign_in("duty-main").post(decide, {"answer": "approve"}).status_code == 403
    shown = director.get("/channels").content.decode()
    assert "短信" in shown
    assert "top-secret-word" not in shown
    assert director.post(decide, {"answer": "approve"}).status_code == 302
    assert director.post(decide, {"answer": "approve"}).status_code == 404
    channel = models.NotifyChannel.objects.get()
    assert "top-secret-word" not in channel.secrets
    assert bootstrap_notify.notify_desk().gateways()[0].secrets == {"secret": "top-secret-word"}
    assert "top-secret-word" not in admin.get(f"/channels/one/{channel.pk}").content.decode()
    assert "top-secret-word" not in "".join(models.AuditRow.objects.values_list("change", flat=True))
    assert "从未测试" in director.get("/channels").content.decode()
    assert "未测试" in director.get("/desk").content.decode()


def test_a_change_keeps_the_secret_that_is_left_empty(sign_in: Callable[[str], Client]) -> None:
    from fengsui.store import models

    admin, director = sign_in("admin"), sign_in("emb-director")
    for form, path in (
        (SMS_FORM, "/channels/new?means=sms"),
        ({**SMS_FORM, "f_secret": "", "name": "短信二"}, ""),
    ):
        path = path or f"/channels/one/{models.NotifyChannel.objects.get().pk}"
        assert admin.post(path, form).status_code == 302
        change = models.ChangeRequest.objects.get(kind="channel", state="asked")
        director.post(f"/channels/changes/{change.pk}", {"answer": "approve"})
    (setting,) = bootstrap_notify.notify_desk().gateways()
    assert (setting.name, setting.secrets) == ("短信二", {"secret": "top-secret-word"})
    assert setting.version == 2


def test_what_is_never_quiet_cannot_be_made_quiet(sign_in: Callable[[str], Client]) -> None:
    admin = sign_in("admin")
    form = {"means": ["sms", "call_list"], "after": ["0", "5"], "low": "1"}
    refused = admin.post("/channels/ladders/activated", form)
    assert refused.status_code == 403
    assert "任何时候" in refused.content.decode()
    assert admin.post("/channels/ladders/done", form).status_code == 302
    rule = bootstrap_notify.notify_desk().channels.rules()["done"]
    assert [step.after.total_seconds() for step in rule.steps] == [0, 300]
    assert admin.post("/channels/ladders/done", {"means": ["sms"], "after": ["x"]}).status_code == 422
    assert admin.post("/channels/ladders/directive", {"means": [], "after": []}).status_code == 422


def test_waits_are_shown_bounded_and_changed_by_two_people_with_a_line_in_the_audit(
    sign_in: Callable[[str], Client],
) -> None:
    from fengsui.core.response.waits import SHIPPED
    from fengsui.store import models

    admin, director = sign_in("admin"), sign_in("emb-director")
    page = "/channels/waits"
    shown = director.get(page).content.decode()
    assert "只对此后下达的指令有效" in shown
    assert "出厂值 45" in shown
    assert 'accept_liaison"' not in shown.replace('for="accept_liaison"', "")
    form = {name: str(value) for name, value in asdict(SHIPPED).items()}
    for wrong, told in (
        ({"accept_liaison": "0"}, "“通知单位联络员”请填 1 到 1440 之间的整数"),
        ({"accept_unit_head": "4"}, "“通知单位负责人”要晚于“通知单位联络员”"),
        ({"remind_least": "90"}, "不能小于"),
        ({}, "没有改动"),
    ):
        answer = admin.post(page, {**form, **wrong})
        assert answer.status_code == 422
        assert told in answer.content.decode()
    changed = {**form, "accept_liaison": "3", "reason": "夜间应答快"}
    assert director.post(page, changed).status_code == 403
    assert admin.post(page, changed).status_code == 302
    assert wiring.desk().waits.current() == SHIPPED
    assert "等第二人批准" in admin.get(page).content.decode()
    change = models.ChangeRequest.objects.get(kind="channel", state="asked")
    assert admin.post(f"/channels/changes/{change.pk}", {"answer": "approve"}).status_code == 403
    board = director.get("/channels").content.decode()
    assert "夜间应答快" in board
    assert director.post(f"/channels/changes/{change.pk}", {"answer": "approve"}).status_code == 302
    assert wiring.desk().waits.current().accept_liaison == 3
    line = models.AuditRow.objects.get(register="channel_change", key="waits")
    assert json.loads(line.change)["after"]["accept_liaison"] == 3
    assert json.loads(line.change)["before"]["accept_liaison"] == 5


def test_options_wait_for_a_second_person_and_groups_and_wishes_do_not(
    sign_in: Callable[[str], Client],
) -> None:
    from fengsui.core.notify.ladder import Means
    from fengsui.store import models

    admin, director = sign_in("admin"), sign_in("emb-director")
    form = {
        "base_url": "https://desk.invalid",
        "quiet_from": "23:00",
        "quiet_to": "6:30",
        "test_at": "10:00",
        "link_hours": "24",
        "test_all_weekday": "",
    }
    assert admin.post("/channels/options", form).status_code == 422
    assert admin.post("/channels/options", {**form, "quiet_to": "06:30"}).status_code == 302
    desk = bootstrap_notify.notify_desk()
    assert desk.channels.options().base_url == ""
    change = models.ChangeRequest.objects.get(kind="channel", state="asked")
    assert director.post(f"/channels/changes/{change.pk}", {"answer": "approve"}).status_code == 302
    assert desk.channels.options().base_url == "https://desk.invalid"
    assert desk.channels.options().test_all_weekday is None
    group = {"name": "夜间值守", "post": ["duty-main", "no-such-post"]}
    assert admin.post("/channels/groups", group).status_code == 302
    assert models.NotifyGroup.objects.get().posts == ["duty-main"]
    assert director.post("/notices/wishes", {"means": ["sms", "email"]}).status_code == 302
    assert Means.VOICE in desk.channels.skipped("emb-director")
    assert Means.SMS not in desk.channels.skipped("emb-director")


def test_a_test_by_button_is_queued_and_its_answers_are_counted(sign_in: Callable[[str], Client]) -> None:
    from fengsui.store import models

    duty = sign_in("duty-main")
    assert duty.post("/channels/test").status_code == 422
    models.NotifyChannel.objects.create(
        id="sms", means="sms", name="短信", settings={"url": "http://x.invalid"}
    )
    assert duty.post("/channels/test", {"everybody": "1"}).status_code == 302
    rows = models.NoticeRow.objects.filter(kind="test")
    assert rows.count() > 5
    models.DeliveryRow.objects.update(state="sent")
    row = rows.get(post_id="fire-liaison")
    assert sign_in("fire-liaison").post("/notices/receipt", {"ids": str(row.pk)}).status_code == 302
    text = duty.get("/channels/answers").content.decode()
    assert "100%" in text
    assert "0%" in text


def test_a_gateway_that_fails_stands_on_the_desk_and_people_to_be_telephoned_too(
    sign_in: Callable[[str], Client], told: str
) -> None:
    from django.utils import timezone

    from fengsui.store import models

    models.NotifyChannel.objects.create(
        id="sms",
        means="sms",
        name="短信",
        failing_since=timezone.now(),
        trouble='{"code": "gateway_unreachable", "data": {}}',
    )
    row = open_notice()
    models.DeliveryRow.objects.create(
        notice=row,
        channel="call_list",
        means="call_list",
        once="x",
        state="delivered",
        queued_at=timezone.now(),
    )
    text = sign_in("duty-main").get("/desk").content.decode()
    assert "不通（" in text
    assert "请打电话：1人未确认" in text
    page = sign_in("duty-main").get(f"/incidents/{told}/notices").content.decode()
    assert "连不上网关" in page


def test_in_an_exercise_nothing_can_be_tested_or_sent_again(
    sign_in: Callable[[str], Client], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fengsui.store import models

    models.NotifyChannel.objects.create(
        id="sms", means="sms", name="短信", settings={"url": "http://x.invalid"}
    )
    monkeypatch.setenv("FENGSUI_EXERCISE", "1")
    duty = sign_in("duty-main")
    assert duty.post("/channels/test").status_code == 422
    assert act(duty, told, open_notice(), action="again", channel="sms").status_code == 404
    assert "不向外发送" in duty.get(f"/incidents/{told}/notices").content.decode()
    assert "演练" in duty.get(f"/incidents/{told}/call-list").content.decode()
    assert not models.DeliveryRow.objects.exclude(means="call_list").exists()
