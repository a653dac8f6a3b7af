"""Findings beside a plan and the board of the library, as people meet them in the browser."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client

from fengsui import bootstrap
from fengsui.application.lint_library import check_waiting
from fengsui.store import selectors

SignIn = Callable[[str], Client]


@pytest.fixture
def draft_id(prefecture: str) -> str:
    """The plan with most findings of the checked demo library."""
    check_waiting(bootstrap.lint_desk())
    return selectors.lint_board().worst[0].draft_id


def first_finding(page: str) -> str:
    found = re.search(r'id="e-([0-9a-f]{16})"', page)
    assert found is not None
    return found[1]


def text(browser: Client, address: str, **headers: str) -> str:
    answer = browser.get(address, headers=headers)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_each_finding_says_where_why_and_how_to_mend_and_is_marked_in_the_text(
    sign_in: SignIn, draft_id: str
) -> None:
    page = text(sign_in("plan-editor"), f"/plans/{draft_id}/findings")
    name = first_finding(page)
    for words in ("为何要紧", "怎样改", "第 ", "k-fault_"):
        assert words in page
    assert f'data-at="{name}"' in page or f'data-to-entry="{name}"' in page
    assert f'href="/plans/{draft_id}/findings"' in text(sign_in("plan-editor"), f"/plans/{draft_id}")


@pytest.mark.parametrize(
    "query", ["?severity=L", "?family=A", "?show=new", "?show=back", "?show=aside", "?page=99"]
)
def test_every_filter_answers(sign_in: SignIn, draft_id: str, query: str) -> None:
    text(sign_in("plan-editor"), f"/plans/{draft_id}/findings{query}")


def test_a_finding_is_put_aside_with_reason_and_owner_and_taken_back(sign_in: SignIn, draft_id: str) -> None:
    editor, here = sign_in("plan-editor"), f"/plans/{draft_id}/findings"
    name = first_finding(text(editor, here))
    form = text(editor, f"{here}/{name}/aside", **{"HX-Request": "true"})
    assert 'name="reason" required' in form
    assert editor.post(f"{here}/{name}/aside", {"reason": "", "owner": "x"}).status_code == 422
    wrong = {"reason": "r", "owner": "x", "until": "明天"}
    assert editor.post(f"{here}/{name}/aside", wrong).status_code == 422
    given = {"reason": "本县另有规定", "owner": "应急局"}
    answer = editor.post(f"{here}/{name}/aside", given, headers={"HX-Request": "true"})
    assert "本县另有规定" in answer.content.decode()
    assert 'hx-swap-oob="true"' in answer.content.decode()
    assert f'id="e-{name}"' not in text(editor, here)
    assert f'id="e-{name}"' in text(editor, f"{here}?show=aside")
    assert editor.post(f"{here}/{name}/undo").status_code == 302
    assert f'id="e-{name}"' in text(editor, here)


def test_others_see_the_findings_but_may_not_put_them_aside(sign_in: SignIn, draft_id: str) -> None:
    officer, here = sign_in("duty-main"), f"/plans/{draft_id}/findings"
    page = text(officer, here)
    name = first_finding(page)
    assert "/aside" not in page
    assert officer.get(f"{here}/{name}/aside").status_code == 403
    assert officer.post(f"{here}/{name}/aside", {"reason": "r", "owner": "o"}).status_code == 403


def test_each_number_of_the_board_leads_to_as_many_findings(sign_in: SignIn, draft_id: str) -> None:
    editor = sign_in("plan-editor")
    page = text(editor, "/plans/lint")
    links = re.findall(r'href="(/plans/lint/findings\?[^"]*)">(\d+)</a>', page)
    assert len(links) > 5
    for address, number in links:
        listed = text(editor, address.replace("&amp;", "&"))
        assert f'<span class="muted num">{number}</span>' in listed, address


def test_an_unchecked_library_says_that_it_waits(sign_in: SignIn) -> None:
    assert "都还没有查" in text(sign_in("plan-editor"), "/plans/lint")


def test_the_findings_go_out_as_files(sign_in: SignIn, draft_id: str) -> None:
    editor = sign_in("plan-editor")
    for base in (f"/plans/{draft_id}/findings.", "/plans/lint/report."):
        assert "<!DOCTYPE html>" in text(editor, base + "html")
        assert json.loads(text(editor, base + "sarif"))["version"] == "2.1.0"
        assert json.loads(text(editor, base + "json"))["findings"]
        assert editor.get(base + "exe").status_code == 404
    assert editor.get(f"/plans/{draft_id}/findings.pdf").content.startswith(b"%PDF")


def test_the_own_document_comes_back_with_a_comment_for_each_finding(sign_in: SignIn, draft_id: str) -> None:
    editor = sign_in("plan-editor")
    answer = editor.get(f"/plans/{draft_id}/commented.docx")
    parts = zipfile.ZipFile(io.BytesIO(answer.content))
    found = json.loads(text(editor, f"/plans/{draft_id}/findings.json"))["findings"]
    assert parts.read("word/comments.xml").decode().count("<w:comment ") == len(found)


def test_the_screens_speak_english_too(sign_in: SignIn, draft_id: str) -> None:
    editor = sign_in("plan-editor")
    editor.post("/language", {"language": "en", "next": "/"})
    for address in (f"/plans/{draft_id}/findings", "/plans/lint", "/plans/lint/findings?severity=L"):
        page = text(editor, address)
        assert "web.lint" not in page
        assert re.search(r"Findings|Severe|findings", page)
