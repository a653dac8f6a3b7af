"""What people do at the desk, by mouse, by keyboard alone, and on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path


def take_call(page, place: str, what: str, deaths: str = "") -> str:
    page.goto("/calls/new")
    page.fill("#place", place)
    page.fill("#what", what)
    page.wait_for_selector('input[name="plan"]')
    if deaths:
        page.fill("#fact_deaths", deaths)
    page.get_by_role("button", name="保存为新事件").click()
    page.wait_for_url(re.compile(r"/incidents/[0-9a-f]+$"))
    return page.url.rsplit("/", 1)[-1]


def sign(page) -> None:
    """Approve without a device: the typed word and the password again."""
    page.fill("#confirm_word", "批准")
    page.fill("#password", "yunzhou-2026")
    page.get_by_role("button", name="批准", exact=True).click()


def test_from_the_call_to_the_log(open_page: Callable, tmp_path: Path) -> None:
    officer = open_page("duty-main")
    incident = take_call(officer, "北沙镇东头车间", "厂区爆炸，有人伤亡", deaths="2")

    # Facts settle the grade at once, without reloading.
    officer.select_option("#fact", "deaths")
    officer.select_option('.fact-form select[name="manner"]', "at_least")
    officer.fill("#value", "4")
    officer.fill("#said_by", "东河县应急管理局")
    officer.get_by_role("button", name="填报").click()
    officer.wait_for_selector("#part-facts >> text=≥4人")
    officer.wait_for_selector("#part-plans .suggest")

    # The clause opens over the page, which stays.
    officer.locator("#part-plans .cite").first.click()
    officer.wait_for_selector("dialog[open] mark")
    officer.keyboard.press("Escape")
    assert officer.url.endswith(incident)

    officer.goto(f"/incidents/{incident}/propose")
    plan = officer.locator("section", has_text="云州生产安全事故应急预案")
    plan.locator('input[value$="|III"]').check()
    officer.get_by_role("button", name="提请", exact=True).click()
    officer.wait_for_url(f"**/incidents/{incident}")

    approver = open_page("vice-safety", width=390, height=844, phone=True)
    approver.goto(f"/approvals/{incident}/p1")
    approver.fill("#text", "同意")
    sign(approver)
    approver.wait_for_url(f"**/incidents/{incident}")

    # The officer's room learns of it by itself.
    officer.wait_for_selector("#part-levels .response.lv-III")
    officer.wait_for_selector("#part-tasks tbody tr")

    unit = open_page("fire-liaison", width=390, height=844, phone=True)
    unit.goto("/tasks")
    card = unit.locator(".card-task", has_text="厂区爆炸").first
    card.get_by_role("button", name="签收").click()
    unit.wait_for_selector('.card-task:has-text("厂区爆炸") .state.accepted')
    card = unit.locator('.card-task:has-text("厂区爆炸"):has(.state.accepted)').first
    card.locator("summary", has_text="办结").click()
    card.locator('textarea[name="text"]').first.fill("两队三十人到场")
    card.get_by_role("button", name="报告办结").click()
    officer.wait_for_selector("#part-tasks >> text=两队三十人到场")

    officer.goto(f"/incidents/{incident}?tab=reports")
    officer.locator("#part-reports .report-do a", has_text="起草").first.click()
    officer.get_by_role("button", name="已报出，记入").click()
    officer.wait_for_url(f"**/incidents/{incident}/reports/sent/r1")
    officer.goto(f"/incidents/{incident}?tab=reports")
    officer.wait_for_selector("#part-reports .chip.ok >> text=已报")

    officer.goto(f"/incidents/{incident}/terminate")
    officer.fill('textarea[name="reason"]', "险情排除，人员搜救完毕")
    officer.get_by_role("button", name="提请", exact=True).click()
    officer.wait_for_url(f"**/incidents/{incident}")
    for user in ("vice-safety", "emb-director", "governor"):
        decider = open_page(user)
        decider.goto(f"/approvals/{incident}/p2")
        button = decider.get_by_role("button", name="批准", exact=True)
        if button.count():
            decider.fill('input[name="override"]', "人员已全部救出，移交县里善后")
            sign(decider)
            decider.wait_for_url(f"**/incidents/{incident}")
            break
    officer.goto(f"/incidents/{incident}/log")
    officer.wait_for_selector("text=逐条相接，没有改动")
    with officer.expect_download() as waiting:
        officer.get_by_role("link", name="导出记录").click()
    file = tmp_path / "log.json"
    waiting.value.save_as(file)
    from fengsui.core.response import chain

    assert chain.verify_text(file.read_text("utf-8")) == ()


def test_a_refusal_stays_on_the_page_with_its_clause(open_page: Callable) -> None:
    officer = open_page("duty-main")
    incident = take_call(officer, "柳湾镇", "车间坍塌")
    officer.fill("#value", "三个")
    officer.fill("#said_by", "镇里")
    officer.get_by_role("button", name="填报").click()
    officer.wait_for_selector(".notice-error >> text=不是数字")
    assert officer.input_value("#value") == "三个"
    assert officer.url.endswith(incident)


def test_the_keyboard_alone_takes_a_call_and_enters_a_fact(open_page: Callable) -> None:
    page = open_page("duty-main")
    page.wait_for_url("**/desk")
    page.keyboard.press("n")
    page.wait_for_url("**/calls/new")
    assert page.evaluate("document.activeElement.id") == "place"
    page.keyboard.type("双桥镇面粉厂")
    page.keyboard.press("Tab")
    page.keyboard.type("粉尘爆炸，伤亡不明")
    page.wait_for_selector('input[name="plan"]')
    page.wait_for_selector("#draft-state >> text=已保存")
    for _ in range(25):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()").startswith("保存为新事件"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/incidents/[0-9a-f]+$"))
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "fact":
            break
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    page.wait_for_selector("#part-facts .figure")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open] >> text=键盘操作")
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("i")
    page.wait_for_url("**/incidents")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("面粉厂")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=粉尘爆炸")
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.wait_for_url("**/desk")


def test_review_goes_by_keys(open_page: Callable, tmp_path: Path) -> None:
    editor = open_page("plan-editor")
    document = tmp_path / "plan.txt"
    document.write_text(
        "上营乡仓库火灾应急预案\n1 总则\n1.1 目的\n为处置仓库火灾制定。\n1.2 事件分级\n1.2.1 较大火灾\n"
        "造成3人以上10人以下死亡。\n1.2.2 一般火灾\n造成3人以下死亡。\n2 响应\n2.1 启动\n"
        "发生较大火灾，由乡长批准启动Ⅲ级响应。\n",
        "utf-8",
    )
    editor.goto("/plans/import")
    editor.set_input_files("#file", document)
    editor.get_by_role("button", name="读入").click()
    editor.wait_for_url("**/review")
    # All items: the one doubt of so small a plan leaves nothing to go on to.
    editor.goto(f"{editor.url}?show=all")
    editor.wait_for_selector("html[data-ready]")
    editor.keyboard.press("j")
    first = editor.evaluate("document.querySelector('[data-review-item].current').id")
    editor.keyboard.press("Enter")
    editor.wait_for_selector(f"#{first}.settled")
    editor.wait_for_function(
        "first => document.querySelector('[data-review-item].current')?.id !== first", arg=first
    )
    editor.keyboard.press("k")
    assert editor.evaluate("document.querySelector('[data-review-item].current').id") == first


def test_a_file_too_strange_is_refused_before_it_travels(open_page: Callable, tmp_path: Path) -> None:
    editor = open_page("plan-editor")
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG")
    editor.goto("/plans/import")
    editor.set_input_files("#file", picture)
    editor.wait_for_selector("#file-problem >> text=不认识这种文件")


def test_nothing_overflows_a_phone_and_targets_suit_a_finger(open_page: Callable) -> None:
    page = open_page("emb-director", width=390, height=844, phone=True)
    page.goto("/desk")
    room = page.locator("#part-running a.cover").first.get_attribute("href")
    paths = [
        "/desk",
        "/calls/new",
        "/incidents",
        room,
        f"{room}/propose",
        f"{room}/log",
        f"{room}/directives/new",
    ]
    for path in [*paths, "/approvals", f"/approvals/{room.rsplit('/', 1)[-1]}/p1", "/tasks", "/plans"]:
        page.goto(path)
        page.wait_for_selector("html[data-ready]")
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, (path, wide)
        low = page.evaluate(
            "[...document.querySelectorAll('.btn, .form-control, .form-select, .mainnav a')]"
            ".filter(e => e.offsetParent && e.getBoundingClientRect().height < 35.5)"
            ".map(e => e.outerHTML.slice(0, 80))"
        )
        assert low == [], (path, low)


def test_without_a_line_the_page_says_so_and_sends_later(open_page: Callable) -> None:
    unit = open_page("health-liaison", width=390, height=844, phone=True)
    unit.goto("/tasks")
    card = unit.locator(".card-task").first
    card.locator("summary", has_text="需要支援").click()
    card.get_by_label("需要什么支援").fill("缺负压救护车")
    unit.context.set_offline(True)
    card.get_by_role("button", name="发出请求").click()
    unit.wait_for_selector("#outbox:not([hidden]) >> text=未送出 1 条")
    unit.wait_for_selector("#net:not([hidden])")
    unit.context.set_offline(False)
    unit.wait_for_selector("#outbox[hidden]", state="attached")
    unit.wait_for_selector(".card-task .state.help")
