"""Blank forms on paper are the forms of the screen, field by field."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.test import Client
from lxml import html

from fengsui.store import models
from fengsui.web.paper import blank


def labels(page: str) -> list[str]:
    found = html.fromstring(page).xpath("//main//label | //main//legend")
    return [re.sub(r"\s+|☐", "", label.text_content()) for label in found]


def test_a_paper_form_has_every_field_of_the_screen_and_nothing_filled_in(
    sign_in: Callable[[str], Client], incident_id: str
) -> None:
    officer = sign_in("duty-main")
    officer.post("/calls/draft", {"what": "写了一半的内容", "place": "北沙镇"})
    for address in ("/calls/new", f"/incidents/{incident_id}/propose"):
        screen = officer.get(address).content.decode()
        paper = officer.get("/paper", {"of": address}).content.decode()
        assert labels(paper) == labels(screen)
        sheet = html.fromstring(paper).xpath("//article")[0]
        assert not sheet.xpath(".//input | .//textarea | .//select | .//button")
        assert "写了一半" not in sheet.text_content()
        assert "填写人" in sheet.text_content()


PLACES = {
    "duty-main": (
        "/incidents/{id}/reports/{clock}",
        "/incidents/{id}/release/new",
        "/incidents/{id}/release/new?kind=rumour",
    ),
    "emb-director": ("/incidents/{id}/directives/new", "/incidents/{id}/terminate"),
}


def test_each_form_of_the_desk_leads_to_its_twin_with_the_same_fields(
    sign_in: Callable[[str], Client], incident_id: str
) -> None:
    clock = models.ClockRow.objects.filter(incident_id=incident_id, is_running=True).first()
    assert clock is not None
    for account, places in PLACES.items():
        browser = sign_in(account)
        for place in places:
            address = place.format(id=incident_id, clock=clock.clock_id)
            screen = browser.get(address).content.decode()
            assert "打印空白表" in screen, address
            paper = browser.get("/paper", {"of": address}).content.decode()
            assert labels(paper) == labels(screen), address


def test_who_arrives_and_who_goes_in_are_lists_to_be_filled_in_row_by_row(
    sign_in: Callable[[str], Client], incident_id: str
) -> None:
    officer, address = sign_in("duty-main"), f"/incidents/{incident_id}/scene"
    screen = html.fromstring(officer.get(address).content.decode())
    asked = [" ".join(label.text_content().split()) for label in screen.xpath("//*[@data-paper]//label")]
    paper = html.fromstring(officer.get("/paper", {"of": address}).content.decode())
    heads = [cell.text_content() for cell in paper.xpath("//article//th")]
    assert [head for head in heads if head in asked] == asked
    assert "出来的时间" in heads
    tables = paper.xpath("//article//table")
    assert len(tables) == 2
    assert all(len(table.xpath(".//tbody/tr")) == 12 for table in tables)
    # What the page knows already has no place on an empty list.
    assert not paper.xpath("//article//*[contains(@class, 'inside')]")


def test_a_marked_form_goes_on_paper_without_what_stands_around_it(
    sign_in: Callable[[str], Client], incident_id: str
) -> None:
    officer = sign_in("duty-main")
    for part, words in (
        ("consultations", "议题"),
        ("sensitive", ""),
        ("aftermath", "征用"),
        ("losses", ""),
    ):
        address = f"/incidents/{incident_id}/{part}"
        screen = html.fromstring(officer.get(address).content.decode())
        assert "打印空白表" in screen.text_content(), part
        answer = officer.get("/paper", {"of": address})
        assert answer.status_code == 200, part
        sheet = html.fromstring(answer.content.decode()).xpath("//article")[0]
        assert words in sheet.text_content()
        assert not sheet.xpath(".//input | .//textarea | .//select | .//button")
        assert not sheet.xpath(".//*[contains(@class, 'print-only')]")


def test_a_field_named_only_for_the_screen_reader_has_its_name_on_paper() -> None:
    page = '<main><form><input aria-label="哪里"><label for="a">谁</label><input id="a"></form></main>'
    sheet = html.fromstring(blank(page) or "")
    assert [item.text for item in sheet.xpath("//*[@class='paper-label']")] == ["哪里"]


def test_what_has_no_form_or_is_not_ours_is_refused_in_a_sentence(sign_in: Callable[[str], Client]) -> None:
    officer = sign_in("duty-main")
    for address in ("/wall", "/nowhere"):
        answer = officer.get("/paper", {"of": address})
        assert answer.status_code == 404
        assert "空白表" in answer.content.decode()
    assert sign_in("plan-editor").get("/paper", {"of": "/calls/new"}).status_code == 403
