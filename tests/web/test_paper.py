"""Blank forms on paper are the forms of the screen, field by field."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.test import Client
from lxml import html


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


def test_what_has_no_form_or_is_not_ours_is_refused_in_a_sentence(sign_in: Callable[[str], Client]) -> None:
    officer = sign_in("duty-main")
    for address in ("/wall", "/nowhere"):
        answer = officer.get("/paper", {"of": address})
        assert answer.status_code == 404
        assert "空白表" in answer.content.decode()
    assert sign_in("plan-editor").get("/paper", {"of": "/calls/new"}).status_code == 403
