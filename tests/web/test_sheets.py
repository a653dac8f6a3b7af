"""Matrix, cards, drawings and documents in the browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from fengsui.store import selectors


@pytest.fixture
def draft_id(prefecture: str) -> str:
    """The work safety plan of the demo."""
    lines, _ = selectors.plans(search="生产安全")
    return lines[0].draft_id


def page(browser: Client, name: str, *args: str, **query: str) -> str:
    answer = browser.get(reverse(name, args=args), query)
    assert answer.status_code == 200, (name, answer.status_code)
    text: str = answer.content.decode()
    return text


def test_the_matrix_shows_bodies_by_plan_with_levels(sign_in: Callable[[str], Client]) -> None:
    text = page(sign_in("plan-editor"), "matrix")
    assert "云州应急管理局" in text
    assert "云州防汛应急预案" in text
    assert "Ⅲ级响应" in text


def test_a_body_of_the_matrix_shows_its_parts_with_clauses(sign_in: Callable[[str], Client]) -> None:
    text = page(sign_in("auditor"), "matrix", unit="emb")
    assert "提出启动响应" in text
    assert 'class="cite"' in text


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ({"q": "水利"}, "云州水利局", "云州公安局"),
        ({"part": "lead"}, "云州民政局", "省人民政府"),
        ({"hazard": "没有这种灾"}, "没有符合条件", "云州公安局"),
        ({"level": "IV"}, "云州应急管理局", "原批准人"),
        ({"level": "x", "page": "99", "part": "nonsense"}, "云州公安局", "没有符合条件"),
    ],
)
def test_the_matrix_is_filtered(
    sign_in: Callable[[str], Client], query: dict[str, str], there: str, gone: str
) -> None:
    text = page(sign_in("plan-editor"), "matrix", **query)
    assert there in text
    assert gone not in text


def test_an_unknown_body_is_told_with_names_like_it(sign_in: Callable[[str], Client], draft_id: str) -> None:
    browser = sign_in("plan-editor")
    answer = browser.get(reverse("action-card", args=[draft_id]), {"unit": "公安厅"})
    assert answer.status_code == 422
    assert "公安局" in answer.content.decode()
    assert browser.get(reverse("matrix"), {"unit": "nobody"}).status_code == 422


def test_a_card_is_shown_and_made_as_files(sign_in: Callable[[str], Client], draft_id: str) -> None:
    browser = sign_in("fire-liaison")
    assert "请选择" in page(browser, "action-card", draft_id)
    assert "抢险救援组（牵头）" in page(browser, "action-card", draft_id, unit="州消防救援支队")
    for name, args in (("action-card", [draft_id]), ("unit-card", [])):
        for kind, head in (("pdf", b"%PDF"), ("docx", b"PK")):
            answer = browser.get(reverse(name, args=args), {"unit": "fire", "format": kind})
            assert answer.content.startswith(head), (name, kind)
            assert "attachment" in answer.headers["Content-Disposition"]


def test_the_drawings_stand_in_a_page_and_as_a_part_and_as_files(
    sign_in: Callable[[str], Client], draft_id: str
) -> None:
    browser = sign_in("plan-editor")
    text = page(browser, "plan-charts", draft_id)
    assert text.count("<figure") == 3
    assert "/cite?" in text
    part = browser.get(reverse("plan-charts", args=[draft_id]), headers={"HX-Request": "true"})
    assert b"<html" not in part.content
    for name in ("headquarters", "scene", "flow"):
        answer = browser.get(reverse("plan-chart-svg", args=[draft_id, name]))
        assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert browser.get(reverse("plan-chart-svg", args=[draft_id, "other"])).status_code == 404


def test_one_plan_has_a_matrix_and_a_page_of_documents(
    sign_in: Callable[[str], Client], draft_id: str
) -> None:
    browser = sign_in("plan-editor")
    text = page(browser, "plan-matrix", draft_id)
    assert "云州应急管理局" in text
    assert "云州防汛应急预案" not in text
    assert "提出启动响应" in page(browser, "plan-matrix", draft_id, unit="emb")
    assert "GB/T 9704" in page(browser, "plan-document", draft_id)


def test_documents_and_data_are_handed_out(sign_in: Callable[[str], Client], draft_id: str) -> None:
    browser = sign_in("plan-editor")
    for kind, head in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert browser.get(reverse("plan-document", args=[draft_id, kind])).content.startswith(head)
    assert browser.get(reverse("plan-document", args=[draft_id, "exe"])).status_code == 422
    assert browser.get(reverse("plan-json", args=[draft_id])).json()
    assert browser.get(reverse("plan-json", args=["0" * 32])).status_code == 404


def test_the_words_of_these_pages_are_words_in_both_languages(
    sign_in: Callable[[str], Client], draft_id: str
) -> None:
    browser = sign_in("plan-editor")
    assert "职责矩阵" in page(browser, "matrix")
    browser.post(reverse("language"), {"language": "en", "next": "/"})
    assert "Who does what" in page(browser, "matrix")
    assert "Action card" in page(browser, "action-card", draft_id, unit="fire")
