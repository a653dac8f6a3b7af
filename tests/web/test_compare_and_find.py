"""The screens of comparing, finding and counting plans."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client


def a_draft(title: str) -> str:
    from fengsui.store import selectors

    return next(line.draft_id for line in selectors.plans(limit=50)[0] if title in line.title)


def test_two_plans_are_compared_in_three_ways(sign_in: Callable[[str], Client]) -> None:
    browser = sign_in("plan-editor")
    one, other = a_draft("燃气"), a_draft("生产安全")
    choose = browser.get(f"/plans/{one}/compare").content.decode()
    assert "总体应急预案" in choose
    for by in ("meaning", "linkage", "text", "nonsense"):
        answer = browser.get(f"/plans/{one}/compare?with={other}&by={by}")
        assert answer.status_code == 200
        text = answer.content.decode()
        assert "diff-side" in text
        assert f"/plans/{one}#L" in text or f"/plans/{other}#L" in text
    same = browser.get(f"/plans/{one}/compare?with={one}").content.decode()
    assert "没有差别" in same
    assert browser.get(f"/plans/{one}/compare?with=gone").status_code == 404


def test_a_word_is_found_and_its_line_is_one_click_away(sign_in: Callable[[str], Client]) -> None:
    browser = sign_in("duty-main")
    text = browser.get("/plans/find", {"q": "警戒"}).content.decode()
    assert "<mark>警戒</mark>" in text
    assert "#L" in text
    empty = browser.get("/plans/find", {"q": "火山喷发", "kind": "special"}).content.decode()
    assert "没有条款含有" in empty
    assert browser.get("/plans/find").status_code == 200
    assert "&lt;b&gt;" in browser.get("/plans/find", {"q": "<b>"}).content.decode()


def test_every_number_of_the_statistics_leads_to_its_plans(sign_in: Callable[[str], Client]) -> None:
    browser = sign_in("auditor")
    text = browser.get("/plans/statistics").content.decode()
    assert "?by=kind&amp;value=special" in text
    listed = browser.get("/plans/statistics?by=kind&value=special").content.decode()
    assert "燃气事故应急预案" in listed
    assert browser.get("/plans/statistics?by=nothing&value=x").status_code == 200
