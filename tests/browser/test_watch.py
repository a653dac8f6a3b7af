"""Duty watch at the real screens: a call by the keyboard alone, a duplicate joined, duty handed over."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

TYPING_MS = 400
"""A person at a keyboard with the telephone at the ear: 150 characters a minute."""
LONGEST_SECONDS = 60


def test_from_the_ringing_phone_to_a_saved_call_within_a_minute_by_keyboard_alone(
    open_page: Callable,
) -> None:
    page = open_page("duty-main")
    page.wait_for_url("**/desk")
    began = time.monotonic()
    page.keyboard.press("n")
    page.wait_for_url("**/calls/new")
    assert page.evaluate("document.activeElement.id") == "place"
    page.keyboard.type("白杨乡粮油加工厂", delay=TYPING_MS)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "what"
    page.keyboard.type("锅炉房爆炸，有人受伤，人数不清", delay=TYPING_MS)
    page.wait_for_selector("#draft-state >> text=已保存")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/incidents/[0-9a-f]+$"))
    took = time.monotonic() - began
    print(f"from the key n to the saved call: {took:.1f} s")
    assert took <= LONGEST_SECONDS
    page.get_by_role("link", name=re.compile("来电 1")).click()
    page.wait_for_selector("text=锅炉房爆炸")


def test_a_call_broken_off_is_kept_as_it_was_typed_and_again_with_nothing_said(open_page: Callable) -> None:
    page = open_page("duty-main")
    page.goto("/calls/new")
    page.wait_for_selector("html[data-ready]")
    page.keyboard.type("新渠镇")
    page.wait_for_selector("#draft-state >> text=已保存")
    page.goto("/desk")
    page.wait_for_selector('#place[value="新渠镇"]')
    page.goto("/calls/new")
    page.wait_for_selector("html[data-ready]")
    page.get_by_role("button", name="先存来电").click()
    page.wait_for_selector("text=来电已存，等待处理")
    page.goto("/calls/new")
    page.wait_for_selector("html[data-ready]")
    assert page.input_value("#place") == ""
    page.get_by_role("button", name="先存来电").click()
    page.wait_for_selector("text=没有说明内容")


def test_the_second_call_is_recognised_with_why_and_joined_by_one_press(open_page: Callable) -> None:
    page = open_page("duty-main")
    page.goto("/calls/new")
    page.fill("#place", "青石乡三号矿井")
    page.fill("#what", "井下透水，还有人没上来")
    page.wait_for_selector(".alike >> text=地点同有")
    page.locator(".alike button").first.click()
    page.wait_for_url(re.compile(r"/incidents/[0-9a-f]+$"))
    page.wait_for_selector("text=来电已并入事件")


def test_duty_is_handed_over_and_signed_with_a_second_press(open_page: Callable) -> None:
    page = open_page("duty-main")
    page.goto("/watch/hand-overs")
    page.get_by_role("link", name="阅看并签收").first.click()
    page.wait_for_selector("text=未处理来电")
    page.get_by_role("button", name="已阅，接班签收").click()
    page.get_by_role("button", name="再按一次确认签收").click()
    page.wait_for_url("**/desk")
    page.wait_for_selector("#desk-status >> text=无待签")


def test_anybody_reports_on_a_phone_without_signing_in(server: str, chromium) -> None:
    context = chromium.new_context(base_url=server, viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto("/public/report")
    page.fill("#what", "河堤渗水")
    page.fill("#place", "沙枣乡渡口")
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    page.get_by_role("button", name="报送").click()
    page.wait_for_selector("text=已送到值班台")
    context.close()
