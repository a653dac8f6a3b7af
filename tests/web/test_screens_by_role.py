"""Every page answers for every role: what the table of powers allows, and a sentence for the rest."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

DESK = {"duty-main", "emb-director", "vice-safety"}
SEES = DESK | {"fire-liaison", "auditor"}
ALL = SEES | {"plan-editor", "admin"}

PAGES = {
    "/desk": SEES,
    "/desk/parts": SEES,
    "/calls/new": {"duty-main", "emb-director"},
    "/incidents": SEES,
    "/incidents/{id}": SEES,
    "/incidents/{id}/parts": SEES,
    "/incidents/{id}/facts/deaths": SEES,
    "/incidents/{id}/plans/choose": SEES,
    "/incidents/{id}/propose": DESK,
    "/incidents/{id}/terminate": DESK,
    "/incidents/{id}/directives/new": {"emb-director", "vice-safety"},
    "/incidents/{id}/log": SEES,
    "/incidents/{id}/release": SEES,
    "/incidents/{id}/aftermath": SEES,
    "/incidents/{id}/review": SEES,
    "/cases": SEES,
    "/cases/winter": SEES,
    "/incidents/{id}/release/new": DESK | {"fire-liaison"},
    "/incidents/{id}/log.json": DESK | {"auditor"},
    "/calls": DESK | {"auditor"},
    "/calls/demo-call-1": DESK | {"auditor"},
    "/incidents/{id}/calls": DESK | {"auditor"},
    "/watch/roster": SEES | {"admin"},
    "/watch/roster/import": {"emb-director", "admin"},
    "/watch/roster/export.xlsx": SEES | {"admin"},
    "/watch/roster/calendar.ics": SEES | {"admin"},
    "/watch/hand-overs": DESK | {"auditor"},
    "/watch/hand-overs/demo-hand-over": DESK | {"auditor"},
    "/watch/log": DESK | {"auditor"},
    "/people": {"admin"},
    "/people/accounts": {"admin"},
    "/people/changes": {"admin"},
    "/people/posts/duty-main": {"admin"},
    "/people/persons/duty-main": {"admin"},
    "/people/contacts": {"admin"},
    "/people/reads": {"auditor"},
    "/public/report": ALL,
    "/approvals": SEES,
    "/approvals/{id}/p1": SEES,
    "/tasks": DESK | {"fire-liaison"},
    "/plans": ALL,
    "/plans/import": ALL,
    "/help": ALL,
}


@pytest.mark.parametrize("user", sorted(ALL))
def test_each_page_answers_or_refuses_by_role(
    sign_in: Callable[[str], Client], incident_id: str, user: str
) -> None:
    browser = sign_in(user)
    for path, allowed in PAGES.items():
        answer = browser.get(path.replace("{id}", incident_id))
        expected = 200 if user in allowed else 403
        assert answer.status_code == expected, (user, path, answer.status_code)
        if expected == 403:
            assert "notice-error" in answer.content.decode()


@pytest.mark.parametrize("user", ["xiling-duty", "donghe-t1-officer"])
def test_a_neighbouring_area_sees_neither_room_nor_log(
    sign_in: Callable[[str], Client], incident_id: str, user: str
) -> None:
    browser = sign_in(user)
    for path in (
        f"/incidents/{incident_id}",
        f"/incidents/{incident_id}/log",
        f"/incidents/{incident_id}/log.json",
    ):
        assert browser.get(path).status_code == 403, path
    assert incident_id not in browser.get("/incidents").content.decode()


WRITES = {
    "/incidents/{id}/notes": ({"text": "x"}, DESK | {"fire-liaison"}),
    "/incidents/{id}/facts": (
        {"fact": "deaths", "manner": "known", "value": "5", "said_by": "现场"},
        DESK | {"fire-liaison"},
    ),
    "/incidents/{id}/judge": ({"text": "x", "answer": "no"}, DESK),
    "/incidents/{id}/close": ({"reason": "x"}, set()),
    "/calls/draft": ({"what": "x"}, {"duty-main", "emb-director"}),
    "/plans/import": ({}, set()),
}


@pytest.mark.parametrize("user", sorted(ALL))
def test_each_command_is_done_or_refused_by_role(
    sign_in: Callable[[str], Client], incident_id: str, user: str
) -> None:
    browser = sign_in(user)
    for path, (data, allowed) in WRITES.items():
        answer = browser.post(path.replace("{id}", incident_id), data)
        if user in allowed:
            assert answer.status_code in (204, 302), (user, path, answer.status_code)
        else:
            assert answer.status_code in (403, 422), (user, path, answer.status_code)


def test_plan_page_and_review_answer_for_the_editor(sign_in: Callable[[str], Client]) -> None:
    from fengsui.store import selectors

    lines, _ = selectors.plans()
    editor, officer = sign_in("plan-editor"), sign_in("duty-main")
    for line in lines:
        assert editor.get(f"/plans/{line.draft_id}").status_code == 200
        assert editor.get(f"/plans/{line.draft_id}/review").status_code == 200
        assert officer.get(f"/plans/{line.draft_id}").status_code == 200
        assert officer.get(f"/plans/{line.draft_id}/review").status_code == 403


def test_unknown_things_are_told_not_raised(sign_in: Callable[[str], Client]) -> None:
    browser = sign_in("duty-main")
    for path in ("/incidents/none", "/plans/none", "/plans/in-force/none", "/incidents/none/log", "/nowhere"):
        answer = browser.get(path)
        assert answer.status_code == 404, path
        assert "请" in answer.content.decode()


def test_without_sign_in_every_page_leads_to_the_sign_in(prefecture: str) -> None:
    browser = Client()
    for path in ("/desk", "/incidents", "/plans", "/tasks"):
        answer = browser.get(path)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/login?next=")
    part = browser.get("/desk/parts", headers={"HX-Request": "true"})
    assert part.headers["HX-Refresh"] == "true"


def test_pages_carry_a_strict_content_policy_and_no_inline_script(
    sign_in: Callable[[str], Client], incident_id: str
) -> None:
    answer = sign_in("duty-main").get(f"/incidents/{incident_id}")
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    text = answer.content.decode()
    assert " style=" not in text
    assert " onclick=" not in text
    assert "<script>" not in text
    assert answer.headers["Cache-Control"] == "no-store"
