"""Public information through the pages: the desk's screens, the page for anybody, its feeds."""

from __future__ import annotations

import json
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.test import Client

from fengsui.web.release.struck import Piece, pieces

ATOM = "{http://www.w3.org/2005/Atom}"
FIRST = {"kind": "first", "title": "关于事故的通报", "text": "已死亡4人。\n请绕行。", "next_update": ""}


@pytest.fixture
def board(incident_id: str) -> str:
    return f"/incidents/{incident_id}/release"


def publish(sign_in: Callable[[str], Client], board: str, given: dict[str, str], statement: str) -> None:
    assert sign_in("duty-main").post(f"{board}/new", given).status_code == 302
    for who in ("emb-director", "vice-safety"):
        answer = sign_in(who).post(f"{board}/{statement}", {"verb": "approve", "version": "1"})
        assert answer.status_code == 302, answer.content.decode()


def test_a_statement_goes_out_after_two_approvals_and_anybody_may_read_it(
    sign_in: Callable[[str], Client], board: str
) -> None:
    officer = sign_in("duty-main")
    page = officer.get(f"{board}/new").content.decode()
    assert "截至" in page
    assert officer.post(f"{board}/new", FIRST).status_code == 302
    assert "还须 2 人批准" in officer.get(board).content.decode()
    assert officer.post(f"{board}/s1", {"verb": "approve", "version": "1"}).status_code == 403
    director, leader = sign_in("emb-director"), sign_in("vice-safety")
    assert director.post(f"{board}/s1", {"verb": "approve", "version": "1"}).status_code == 302
    assert "批准并立即发布" in leader.get(board).content.decode()
    assert "目前没有发布的内容" in Client().get("/public").content.decode()
    assert leader.post(f"{board}/s1", {"verb": "approve", "version": "1"}).status_code == 302
    told = Client().get("/public").content.decode()
    assert "已死亡4人" in told
    assert "第 1 号" in told


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
