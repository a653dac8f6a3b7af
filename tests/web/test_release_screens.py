"""Public information through the pages: the desk's screens, the page for anybody, its feeds."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.test import Client

from fengsui.store import models
from fengsui.web.notify.where import where
from fengsui.web.release.struck import Piece, pieces

ATOM = "{http://www.w3.org/2005/Atom}"
CHECKED = {"confirm_word": "批准", "password": "yunzhou-2026"}
AGREE = {"verb": "approve", "version": "1", **CHECKED}
FIRST = {"kind": "first", "title": "关于事故的通报", "text": "已死亡4人。\n请绕行。", "next_update": ""}


@pytest.fixture
def board(incident_id: str) -> str:
    return f"/incidents/{incident_id}/release"


def publish(sign_in: Callable[[str], Client], board: str, given: dict[str, str], statement: str) -> None:
    assert sign_in("duty-main").post(f"{board}/new", given).status_code == 302
    for who in ("emb-director", "vice-safety"):
        answer = sign_in(who).post(f"{board}/{statement}", AGREE)
        assert answer.status_code == 302, answer.content.decode()


def test_a_statement_goes_out_after_two_approvals_and_anybody_may_read_it(
    sign_in: Callable[[str], Client], board: str
) -> None:
    officer = sign_in("duty-main")
    page = officer.get(f"{board}/new").content.decode()
    assert "截至" in page
    assert officer.post(f"{board}/new", FIRST).status_code == 302
    assert "还须 2 人批准" in officer.get(board).content.decode()
    assert officer.post(f"{board}/s1", AGREE).status_code == 403
    director, leader = sign_in("emb-director"), sign_in("vice-safety")
    assert director.post(f"{board}/s1", AGREE).status_code == 302
    assert "批准并立即发布" in leader.get(board).content.decode()
    assert "目前没有发布的内容" in Client().get("/public").content.decode()
    assert leader.post(f"{board}/s1", AGREE).status_code == 302
    told = Client().get("/public").content.decode()
    assert "已死亡4人" in told
    assert "第 1 号" in told


def test_a_statement_waits_for_those_asked_until_each_has_answered(
    sign_in: Callable[[str], Client], board: str, incident_id: str
) -> None:
    sign_in("duty-main").post(f"{board}/new", FIRST)
    director, page = sign_in("emb-director"), f"{board}/s1/approve"
    for place in ("/approvals", "/tasks"):
        told = director.get(place).content.decode()
        assert page in told, place
        assert "关于事故的通报" in told
    before = _count(director, "/tasks"), _count(director, "/approvals")
    [told_row] = models.OutboxRow.objects.filter(kind="statement_waiting", to="emb-director")
    assert where(told_row.kind, told_row.incident_id, told_row.ref) == page
    asked = director.get(page).content.decode()
    assert "公众将看到" in asked
    assert "还须另外一人批准才发布" in asked
    assert 'name="password"' in asked
    unchecked = director.post(page, {"verb": "approve", "version": "1"})
    assert unchecked.status_code == 403
    wrong = director.post(page, AGREE | {"password": "wrong"})
    assert wrong.status_code == 422
    assert director.post(page, AGREE).status_code == 302
    assert (_count(director, "/tasks"), _count(director, "/approvals")) == (before[0] - 1, before[1] - 1)
    assert page not in director.get("/tasks").content.decode()
    leader = sign_in("vice-safety")
    assert "已有一人批准" in leader.get("/approvals").content.decode()
    assert "立即对外发布" in leader.get(page).content.decode()
    assert leader.post(page, AGREE).status_code == 302
    assert page not in leader.get("/approvals").content.decode()
    assert '<span class="chip">输入确认和登录密码' in leader.get(page).content.decode()
    assert page not in sign_in("governor").get("/approvals").content.decode()


def _count(browser: Client, place: str) -> int:
    """The figure beside an entry of the navigation."""
    text = browser.get("/incidents").content.decode()
    found = re.search(rf'href="{place}".*?</a>', text, re.S)
    assert found is not None
    number = re.search(r">(\d+)<", found.group(0))
    return int(number.group(1)) if number else 0


def test_a_statement_given_back_leaves_the_lists_and_returns_anew(
    sign_in: Callable[[str], Client], board: str
) -> None:
    officer, director = sign_in("duty-main"), sign_in("emb-director")
    officer.post(f"{board}/new", FIRST)
    page = f"{board}/s1/approve"
    assert director.post(page, {"verb": "return", "reason": "少写了地点"}).status_code == 302
    assert page not in director.get("/approvals").content.decode()
    assert officer.post(f"{board}/s1", {**FIRST, "text": "北沙镇。", "verb": "save"}).status_code == 302
    assert page in director.get("/approvals").content.decode()
    assert "上一稿" in director.get(page).content.decode()
    assert "您起草" in officer.get(page).content.decode()


def test_a_correction_leaves_the_old_words_struck_through(
    sign_in: Callable[[str], Client], board: str
) -> None:
    publish(sign_in, board, FIRST, "s1")
    correction = {
        "kind": "correction",
        "title": "更正",
        "text": "",
        "corrects": "s1",
        "wrong": "已死亡4人",
        "right": "死亡3人",
        "evidence": "医院核实",
    }
    assert sign_in("duty-main").get(f"{board}/new?kind=correction&corrects=s1").status_code == 200
    publish(sign_in, board, correction, "s2")
    told = Client().get("/public").content.decode()
    assert "<del>已死亡4人</del>。" in told
    assert "已更正，见第 2 号" in told
    assert "医院核实" in told
    feed = json.loads(Client().get("/public/feed.json").content)
    assert [item["_statement"]["corrected_by"] for item in feed["items"]] == [[], ["s2"]]


def test_the_public_page_needs_no_cookie_and_may_be_kept_a_minute(
    sign_in: Callable[[str], Client], board: str
) -> None:
    publish(sign_in, board, FIRST, "s1")
    for path in ("/public", "/public/feed.atom", "/public/feed.json"):
        answer = Client().get(path)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"].startswith("public, max-age=60")
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert not answer.cookies
        again = Client().get(path, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304
        assert Client().post(path).status_code == 405
    assert "<script" not in Client().get("/public").content.decode()


def test_the_feed_is_atom_and_every_entry_leads_to_its_statement(
    sign_in: Callable[[str], Client], board: str
) -> None:
    publish(sign_in, board, FIRST | {"title": "通报\x0b<b>"}, "s1")
    root = ElementTree.fromstring(Client().get("/public/feed.atom").content)
    [entry] = root.findall(f"{ATOM}entry")
    assert root.find(f"{ATOM}updated") is not None
    link = entry.find(f"{ATOM}link").attrib["href"]
    page = Client().get(link.split("testserver")[1].split("#")[0])
    assert page.status_code == 200
    assert "&lt;b&gt;" in page.content.decode()
    assert Client().get("/public/statements/nosuchpage").status_code == 404


def test_an_installation_for_exercises_shows_nothing_to_the_public(
    sign_in: Callable[[str], Client], board: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(sign_in, board, FIRST, "s1")
    monkeypatch.setenv("FENGSUI_EXERCISE", "1")
    told = Client().get("/public").content.decode()
    assert "已死亡4人" not in told
    assert "演练" in told
    assert json.loads(Client().get("/public/feed.json").content)["items"] == []


def test_a_statement_is_a_paper_too(sign_in: Callable[[str], Client], board: str) -> None:
    officer = sign_in("duty-main")
    officer.post(f"{board}/new", FIRST)
    assert officer.get(f"{board}/s1/paper.docx").content[:2] == b"PK"
    assert officer.get(f"{board}/s1/paper.exe").status_code == 404


def test_an_enquiry_is_answered_by_what_was_published(sign_in: Callable[[str], Client], board: str) -> None:
    publish(sign_in, board, FIRST, "s1")
    officer = sign_in("duty-main")
    assert (
        officer.post(f"{board}/enquiries", {"question": "学校停课吗", "channel": "phone"}).status_code == 302
    )
    assert officer.post(f"{board}/enquiries/q1", {"statement": "s1", "answer": ""}).status_code == 302
    page = officer.get(board).content.decode()
    assert "学校停课吗" in page
    assert "按第 1 号发布内容答复" in page


def test_corrected_words_are_struck_and_nothing_is_left_out() -> None:
    found = pieces("甲乙丙乙丁", ("乙", "丁", "没有"))
    assert found == (Piece("甲"), Piece("乙", 0), Piece("丙"), Piece("乙", 0), Piece("丁", 1))
    assert "".join(piece.text for piece in found) == "甲乙丙乙丁"
