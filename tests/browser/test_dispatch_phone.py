"""The phone of a liaison: what is done without a line is kept, shown and sent once; taps are taken back."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from typing import Any

import pytest
from test_seen import SHOTS, faults_of


def picture() -> bytes:
    image = pytest.importorskip("PIL.Image")
    out = io.BytesIO()
    image.effect_noise((2400, 1800), 80).convert("RGB").save(out, "JPEG", quality=95)
    return out.getvalue()


def order(open_page: Callable[..., Any], text: str) -> str:
    """Give the fire brigade an order; the address of the room."""
    director = open_page("emb-director")
    director.goto("/incidents")
    director.locator("main a[href^='/incidents/']").first.click()
    room: str = director.url.split("?")[0]
    director.goto(f"{room}/directives/new")
    director.locator("input[name=to][value=fire]").check()
    director.fill("#text", text)
    director.fill("#minutes", "50")
    director.get_by_role("button", name="下达").click()
    director.wait_for_url("**tab=tasks*")
    return room


def test_done_without_network_is_kept_with_its_photo_and_sent_once(open_page) -> None:
    room = order(open_page, "清点车间人数")
    phone = open_page("fire-liaison", width=390, height=844, phone=True)
    phone.goto("/tasks")
    phone.wait_for_function("navigator.serviceWorker.controller !== null || navigator.serviceWorker.ready")
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.goto("/tasks")  # once under the worker, so that the page is kept
    card = phone.locator("article", has_text="清点车间人数")
    card.get_by_text("办结", exact=True).click()
    phone.context.set_offline(True)
    card.locator("input[name=number]").fill("128")
    card.locator("input[name=number_of]").fill("人")
    card.locator("input[type=file]").set_input_files(
        {"name": "scene.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    card.get_by_role("button", name="报告办结").click()
    unsent = phone.locator("#outbox")
    unsent.get_by_text("未送出 1 条").wait_for()
    assert "照片 1 张" in unsent.inner_text()
    phone.reload()  # the phone was put away: page from the worker, words and photo from its database
    phone.locator("#outbox").get_by_text("未送出 1 条").wait_for()
    assert phone.locator("article", has_text="清点车间人数").count() == 1
    phone.context.set_offline(False)
    phone.locator("#outbox").wait_for(state="hidden", timeout=20_000)
    director = open_page("emb-director")
    director.goto(f"{room}/board?only=done")
    row = director.locator("li.order", has_text="清点车间人数")
    row.get_by_text("128人").wait_for()
    row.locator("a", has_text="清点车间人数").click()
    image = director.locator(".photos img")
    image.wait_for()
    size = image.evaluate("image => image.decode().then(() => [image.naturalWidth, image.naturalHeight])")
    assert size == [1600, 1200]
    assert director.locator(".timeline li", has_text="办结：").count() == 1
    _erased(director)


def _erased(page: Any) -> None:
    """A leader erases the photo; a line says so where it stood, and the page stays fit to be read aloud."""
    page.locator(".photo summary").click()
    assert not faults_of(page)
    page.locator('.photo input[name="reason"]').fill("拍到伤员面部")
    if SHOTS:
        (SHOTS / "photo-erase.png").write_bytes(page.screenshot(full_page=True))
    page.locator(".photo button", has_text="永久删除").click()
    page.locator(".photo-gone", has_text="拍到伤员面部").wait_for()
    assert page.locator(".photos img").count() == 0
    assert not faults_of(page)
    if SHOTS:
        (SHOTS / "photo-gone.png").write_bytes(page.screenshot(full_page=True))


def test_a_wrong_tap_can_be_taken_back_for_a_minute(open_page) -> None:
    order(open_page, "封控东门")
    phone = open_page("fire-liaison", width=390, height=844, phone=True)
    phone.goto("/tasks")
    card = phone.locator("article", has_text="封控东门")
    card.get_by_role("button", name="签收").click()
    card.get_by_text("已签收").wait_for()
    undo = card.get_by_role("button", name="撤销")
    undo.wait_for()
    first = undo.inner_text()
    time.sleep(2.2)
    assert undo.inner_text() != first  # it counts down
    undo.click()
    card.get_by_role("button", name="签收").wait_for()


def test_what_the_server_refuses_stays_on_the_phone_with_the_reason(open_page) -> None:
    room = order(open_page, "巡查北坡")
    phone = open_page("fire-liaison", width=390, height=844, phone=True)
    phone.goto("/tasks")
    card = phone.locator("article", has_text="巡查北坡")
    card.get_by_text("办结", exact=True).click()
    phone.context.set_offline(True)
    card.locator("textarea[name=text]").first.fill("已巡查，无异常")
    card.get_by_role("button", name="报告办结").click()
    phone.locator("#outbox").get_by_text("未送出 1 条").wait_for()
    director = open_page("emb-director")
    director.goto(f"{room}/board?by=unit")
    director.locator("li.order a", has_text="巡查北坡").click()
    director.get_by_text("撤回这件指令").first.click()
    director.fill("#why", "不需要了")
    director.get_by_role("button", name="撤回这件指令").click()
    director.get_by_text("已撤回").first.wait_for()
    phone.context.set_offline(False)
    refused = phone.locator("#outbox li", has_text="没有送成")
    refused.wait_for(timeout=20_000)
    assert "撤回" in refused.inner_text()
    refused.get_by_role("button", name="去掉").click()
    phone.locator("#outbox").wait_for(state="hidden")


def test_the_board_is_switched_by_keys(open_page) -> None:
    room = order(open_page, "搭指挥点")
    director = open_page("emb-director")
    director.goto(f"{room}/board")
    for key, axis in (("2", "unit"), ("4", "due"), ("3", "group"), ("1", "state")):
        director.keyboard.press(key)
        director.wait_for_url(f"**by={axis}*")
