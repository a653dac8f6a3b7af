"""Reporting in a real browser: saved as typed, kept while the line is gone, sent once; every screen seen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from test_seen import WIDTHS, _places, faults_of

FORM = 'a.btn-primary[href*="/reports/"]'


def form_address(page) -> str:
    """Address of the form of a running edge of the demo's incident."""
    incident = _places(page, "duty-main")["incident"]
    page.goto(f"/incidents/{incident}?tab=reports")
    return page.locator(FORM).first.get_attribute("href")


def test_what_is_typed_of_a_report_survives_a_lost_line_and_goes_out_once(open_page: Callable) -> None:
    page = open_page("duty-main")
    address = form_address(page)
    page.goto(address)
    page.wait_for_selector("html[data-ready]")
    page.fill("#f1", "东河县青石乡三号矿井东口")
    page.locator("#draft-state", has_text="已保存").wait_for()
    page.context.set_offline(True)
    page.fill("#f2", "线路断了时写的")
    page.uncheck('[name="checking-2"]')
    page.locator("#draft-state", has_text="未送出").wait_for()
    page.context.set_offline(False)
    page.goto(address)
    page.wait_for_selector("html[data-ready]")
    assert page.input_value("#f1") == "东河县青石乡三号矿井东口"
    assert page.input_value("#f2") == "线路断了时写的"
    assert not page.is_checked('[name="checking-2"]')
    page.dblclick(".send-bar .btn-primary")
    page.wait_for_url("**/reports/sent/*")
    shown = page.inner_text("main")
    assert "线路断了时写的" in shown
    page.goto(address.rsplit("/reports/", 1)[0] + "?tab=reports")
    texts = page.locator(".report-versions li a", has_text="续报").count()
    assert texts == 1


@pytest.mark.parametrize("width", WIDTHS)
def test_the_screens_of_reporting_fit_and_have_no_serious_fault(open_page: Callable, width: str) -> None:
    wide, high = WIDTHS[width]
    page = open_page("duty-main", width=wide, height=high, phone=width == "phone")
    form = form_address(page)
    base = form.rsplit("/reports/", 1)[0]
    found: list[str] = []
    page.goto(f"{base}?tab=reports")
    sent = page.locator(".report-versions a").first.get_attribute("href")
    for address in (
        f"{base}?tab=reports",
        form,
        sent,
        f"{sent}/amend",
        f"{base}/losses",
        "/reports/received",
    ):
        page.goto(address)
        page.wait_for_selector("html[data-ready]")
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if beyond > 0:
            found.append(f"{address}: {beyond} px beyond the edge")
        found += [f"{address}: {fault}" for fault in faults_of(page)]
        page.emulate_media(media="print")
        if page.locator("button:visible").count():
            found.append(f"{address}: buttons on paper")
        page.emulate_media(media="screen")
    assert not found, "\n".join(found)
