"""The review in the browser's terms: what is sent, what comes back, and two editors in two sessions."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from io import BytesIO

import pytest
from django.test import Client

HTMX = {"HX-Request": "true"}
TEXT = """云州缆车事故应急预案
1 总则
1.1 事件分级
（1）较大事故：造成3人以上10人以下死亡。
（2）一般事故：造成3人以下死亡。
2 组织体系
2.1 成员单位
成员单位包括州应急管理局、州公安局、州气象局。
3 信息报告
事故发生后，景区应当在30分钟内向州应急管理局报告。
4 保障
景区管委会储备缓降器20套。
本预案所称以上含本数，以下不含本数。
"""


@pytest.fixture
def draft(sign_in: Callable[[str], Client]) -> str:
    file = BytesIO(TEXT.encode())
    file.name = "缆车.txt"
    sign_in("plan-editor").post("/plans/import", {"file": file, "kind": "special", "jurisdiction": "990100"})
    from fengsui.store import selectors

    lines, _ = selectors.plans(search="缆车事故")
    return lines[0].draft_id


def shown(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def entry(page: str, section: str, which: int = 0) -> dict[str, str]:
    """The hidden fields of one entry's form."""
    articles = [
        one for one in re.findall(r"(?s)<article.*?</article>", page) if f'data-section="{section}"' in one
    ]
    return dict(
        re.findall(r'type="hidden" name="(revision|target|section)" value="([^"]*)"', articles[which])
    )


def test_the_text_marks_what_was_read_and_names_it(sign_in: Callable[[str], Client], draft: str) -> None:
    page = shown(sign_in("plan-editor"), f"/plans/{draft}/review?show=all")
    assert re.search(r'<mark class="k-levels" data-at="[0-9a-f]{12}">较大事故：造成3人以上10人以下死亡', page)
    assert re.search(r'<mark class="k-bodies"[^>]*>州公安局</mark>', page)
    named = set(re.findall(r'data-at="([0-9a-f-]+)"', page))
    assert named <= set(re.findall(r'data-review-item="([^"]+)"', page))
    assert "≥ 3 人" in page


def test_two_editors_in_two_sessions_do_not_overwrite_each_other(
    sign_in: Callable[[str], Client], draft: str
) -> None:
    first, second = sign_in("plan-editor"), sign_in("emb-director")
    if second.get(f"/plans/{draft}/review").status_code != 200:
        second = sign_in("plan-editor")
    address = f"/plans/{draft}/review?show=all"
    mine, theirs = shown(first, address), shown(second, address)
    settle = f"/plans/{draft}/settle"
    said = first.post(settle, {**entry(mine, "units", 0), "verdict": "accept"}, headers=HTMX)
    assert said.status_code == 200
    # Another item, from a page that is older: merged.
    other = second.post(settle, {**entry(theirs, "units", 1), "verdict": "reject"}, headers=HTMX)
    assert other.status_code == 200
    # The same item: told, with what the other said, and both ways out.
    clash = second.post(settle, {**entry(theirs, "units", 0), "verdict": "reject"}, headers=HTMX)
    assert clash.status_code == 409
    told = clash.content.decode()
    assert "已核" in told
    assert "仍按我的" in told
    again = dict(
        re.findall(
            r'type="hidden" name="(\w+)" value="([^"]*)"', told.split("notice-error")[1].split("</form>")[0]
        )
    )
    assert second.post(settle, again, headers=HTMX).status_code == 200
    assert "不采用" in shown(first, f"/plans/{draft}/entry/{again['target']}")


def test_a_figure_is_corrected_in_plain_words_and_taken_back(
    sign_in: Callable[[str], Client], draft: str
) -> None:
    editor = sign_in("plan-editor")
    fields = entry(shown(editor, f"/plans/{draft}/review?show=levels"), "levels", 0)
    form = shown(editor, f"/plans/{draft}/form/{fields['target']}")
    assert 'list="fact-words" value="死亡人数"' in form
    sent = {
        name: unescape(value)
        for name, value in re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form)
    }
    sent |= {
        name: unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    }
    for name, options in re.findall(r'(?s)<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent[name] = chosen.group(1) if chosen else ""
    settle = f"/plans/{draft}/settle"
    wrong = editor.post(settle, {**sent, "c.0.0.low": "五个", "verdict": "edit"}, headers=HTMX)
    assert wrong.status_code == 422
    assert "这里要填数字" in wrong.content.decode()
    right = editor.post(settle, {**sent, "c.0.0.low": "5", "verdict": "edit"}, headers=HTMX)
    assert right.status_code == 200
    assert "≥ 5 人" in right.content.decode()
    now = entry(right.content.decode(), "levels")
    back = editor.post(settle, {**now, "verdict": "undo"}, headers=HTMX)
    assert "≥ 3 人" in back.content.decode()


def test_an_item_is_added_on_words_of_the_text_and_on_nothing_else(
    sign_in: Callable[[str], Client], draft: str
) -> None:
    editor = sign_in("plan-editor")
    assert "补一条什么" in shown(editor, f"/plans/{draft}/add?line=10")
    form = shown(editor, f"/plans/{draft}/add?section=duties&line=10&quote=景区应当在30分钟内")
    assert 'name="at.clause" value="3"' in form
    sent = {
        "revision": "1",
        "target": "",
        "section": "duties",
        "verdict": "add",
        "fresh": "yes",
        "f.unit": "景区",
        "f.text": "按时报告",
        "at.clause": "3",
        "at.line": "10",
        "at.quote": "景区应当在30分钟内",
    }
    settle = f"/plans/{draft}/settle"
    lost = editor.post(settle, {**sent, "at.quote": "没有写过的话"}, headers=HTMX)
    assert lost.status_code == 422
    assert "原文里没有这段话" in lost.content.decode()
    empty = editor.post(settle, {**sent, "f.unit": ""}, headers=HTMX)
    assert "这一栏必须填" in empty.content.decode()
    added = editor.post(settle, sent, headers=HTMX)
    assert added.status_code == 200
    assert "按时报告" in added.content.decode()
    assert "按时报告" in shown(editor, f"/plans/{draft}?tab=duties")
    assert "按时报告" in shown(editor, f"/plans/{draft}/review?show=added")


def test_every_tab_of_the_plan_page_opens_and_an_item_is_found_again(
    sign_in: Callable[[str], Client], draft: str
) -> None:
    editor = sign_in("plan-editor")
    page = shown(editor, f"/plans/{draft}")
    tabs = re.findall(r'href="\?tab=(\w+)#read"', page)
    assert {"levels", "power", "deadlines", "supports", "references", "charts", "doubts"} <= set(tabs)
    for tab in tabs:
        shown(editor, f"/plans/{draft}?tab={tab}")
    resource = re.search(r'class="k-supports" data-at="([0-9a-f-]+)', page)
    if resource:
        assert f'data-item="{resource.group(1)}"' in shown(editor, f"/plans/{draft}?at={resource.group(1)}")


def test_reading_again_is_offered_and_tells_what_it_did(sign_in: Callable[[str], Client], draft: str) -> None:
    editor = sign_in("plan-editor")
    fields = entry(shown(editor, f"/plans/{draft}/review?show=all"), "units")
    editor.post(f"/plans/{draft}/settle", {**fields, "verdict": "accept"}, headers=HTMX)
    answer = editor.post(f"/plans/{draft}/reread", follow=True)
    assert "沿用校核意见 1 条" in answer.content.decode()
    assert sign_in("duty-main").post(f"/plans/{draft}/reread").status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "review?show=nothing&page=x",
        "review?at=nothing",
        "add?line=x&section=nothing",
        "form/nothing",
        "entry/nothing",
    ],
)
def test_odd_addresses_are_answered_in_words(sign_in: Callable[[str], Client], draft: str, path: str) -> None:
    answer = sign_in("plan-editor").get(f"/plans/{draft}/{path}")
    assert answer.status_code in (200, 404, 422)
    assert "Traceback" not in answer.content.decode()
