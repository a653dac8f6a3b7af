"""A draft is reviewed by keys alone; a click goes both ways; two people do not overwrite each other."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

TEXT = """云州滑道事故应急预案
1 总则
1.1 事件分级
（1）较大事故：造成3人以上10人以下死亡，或者直接经济损失1000万元以上5000万元以下。
（2）一般事故：造成3人以下死亡。
2 组织体系
2.1 成员单位
成员单位包括州应急管理局、州公安局、州气象局。
3 信息报告
事故发生后，景区应当在30分钟内向州应急管理局报告。
本预案所称以上含本数，以下不含本数。
"""


def imported(page, tmp_path: Path, name: str) -> str:
    file = tmp_path / f"{name}.txt"
    file.write_text(TEXT.replace("滑道", name), "utf-8")
    page.goto("/plans/import")
    page.set_input_files('input[type="file"]', str(file))
    page.evaluate("document.querySelector('main form').requestSubmit()")
    page.wait_for_url(re.compile(r"/plans/[0-9a-f]{32}/review"))
    return re.sub(r"\?.*", "", page.url)


def test_the_keyboard_alone_accepts_corrects_rejects_adds_and_takes_back(
    open_page: Callable, tmp_path: Path
) -> None:
    page = open_page("plan-editor")
    address = imported(page, tmp_path, "滑道")
    page.goto(f"{address}?show=all")
    page.wait_for_selector("html[data-ready]")
    press = page.keyboard.press
    press("j")
    current = page.locator("[data-review-item].current")
    first = current.get_attribute("id")
    # The exact words are marked in the text.
    assert page.locator(".source-text mark.lit").count() >= 1
    press("Enter")
    page.wait_for_selector(f"#{first}.settled:not(.current)")  # on to the next one
    page.wait_for_selector("text=/已校核 1\\//")
    second = current.get_attribute("id")
    press("x")
    page.wait_for_selector(f"#{second}.rejected")
    page.wait_for_selector(f"#{second}:not(.current)")
    for _ in range(30):
        if current.get_attribute("id") == second:
            break
        press("k")
    press("u")
    page.wait_for_selector(f"#{second}:not(.settled)")

    # Correct a figure: e opens the form, a wrong one is told beside its field, Enter saves.
    page.goto(f"{address}?show=levels")
    page.wait_for_selector("html[data-ready]")
    page.wait_for_selector("[data-review-item].current")
    for _ in range(5):
        press("k")
    press("e")
    page.wait_for_selector(".item-form")
    page.wait_for_function("document.activeElement.closest('.item-form') !== null")
    for _ in range(60):
        if page.evaluate("document.activeElement.name") == "c.0.0.low":
            break
        press("Tab")
    press("Control+a")
    page.keyboard.type("五个")
    press("Enter")
    page.wait_for_selector(".field-fault >> text=这里要填数字")
    for _ in range(60):
        if page.evaluate("document.activeElement.name") == "c.0.0.low":
            break
        press("Tab")
    press("Control+a")
    page.keyboard.type("5")
    press("Enter")
    page.wait_for_selector(".big-figure >> text=≥ 5 人")

    # Add an item on the line being looked at.
    press("a")
    page.wait_for_selector("#adding button >> text=职责")
    for _ in range(30):
        if page.evaluate("document.activeElement.textContent.trim()") == "职责":
            break
        press("Tab")
    press("Enter")
    page.wait_for_selector('#adding [name="f.unit"]')
    page.wait_for_function("document.activeElement.name === 'f.unit'")
    page.keyboard.type("州气象局")
    press("Enter")
    page.wait_for_selector("#added-now >> text=州气象局")

    press("?")
    page.wait_for_selector("dialog[open] >> text=撤回对这一条的意见")
    press("Escape")
    page.evaluate("document.activeElement.blur()")
    press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("较大事故")
    press("Enter")
    page.wait_for_url("**q=**")
    assert page.locator("[data-review-item]").count() >= 1
    page.evaluate("document.activeElement.blur()")
    press("d")
    page.wait_for_url("**show=doubts**")


def test_a_click_goes_both_ways(open_page: Callable, tmp_path: Path) -> None:
    page = open_page("plan-editor")
    address = imported(page, tmp_path, "溜索")
    page.goto(f"{address}?show=all")
    page.locator(".source-text mark.k-deadlines").first.click()
    page.wait_for_selector('[data-review-item][data-section="deadlines"].current')
    page.locator('[data-review-item][data-section="units"] .cite').first.click()
    page.wait_for_selector(".source-text mark.k-bodies.lit >> text=州应急管理局")
    page.goto(f"{address}?show=units")
    page.locator(".source-text mark.k-deadlines").first.click()
    page.wait_for_url("**at=**")
    page.wait_for_selector('[data-review-item][data-section="deadlines"].current')
    # The page of the plan does the same, across its tabs.
    page.goto(address.replace("/review", ""))
    page.locator(".source-text mark.k-deadlines").first.click()
    page.wait_for_selector("[data-item].lit >> text=30分钟")


def test_who_comes_second_sees_what_the_first_said_and_chooses(open_page: Callable, tmp_path: Path) -> None:
    first, second = open_page("plan-editor"), open_page("plan-editor")
    address = imported(first, tmp_path, "观光车")
    for page in (first, second):
        page.goto(f"{address}?show=units")
        page.wait_for_selector("html[data-ready]")
    first.locator("[data-review-item]").first.get_by_role("button", name="读得对").click()
    first.wait_for_selector("[data-review-item].settled")
    second.locator("[data-review-item]").nth(1).get_by_role("button", name="读得对").click()
    second.wait_for_selector("[data-review-item].settled")
    second.locator("[data-review-item]").first.get_by_role("button", name="不采用").click()
    second.wait_for_selector("text=刚刚有人先处理了这一条")
    second.get_by_role("button", name="仍按我的").click()
    second.wait_for_selector("[data-review-item].rejected")


def test_on_a_phone_one_side_is_shown_at_a_time(open_page: Callable, tmp_path: Path) -> None:
    page = open_page("plan-editor", width=390, height=844, phone=True)
    address = imported(page, tmp_path, "索桥")
    page.goto(f"{address}?show=all")
    assert not page.locator(".source-panel").is_visible()
    page.locator("[data-review-item] .cite").first.click()
    page.wait_for_selector(".source-panel .lit")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_hit_opens_the_text_at_its_line_on_a_phone(open_page: Callable, tmp_path: Path) -> None:
    page = open_page("plan-editor", width=390, height=844, phone=True)
    address = imported(page, tmp_path, "栈桥").removesuffix("/review")
    page.goto(f"{address}#L5")
    page.wait_for_selector("#L5.lit", state="visible")


def test_one_by_one_goes_on_without_a_keyboard(open_page: Callable, tmp_path: Path) -> None:
    page = open_page("plan-editor", width=390, height=844, phone=True)
    page.goto(f"{imported(page, tmp_path, '吊桥')}?show=all")
    page.wait_for_selector("html[data-ready]")
    page.click("[data-one]")
    first = page.locator("[data-review-item].current").get_attribute("id")
    page.click('[data-step="1"]')
    assert page.locator("[data-review-item]:visible").count() == 1
    assert page.locator("[data-review-item].current").get_attribute("id") != first
