"""Public information for other programs: written, agreed to twice, read by anybody."""

from __future__ import annotations

from django.test import Client
from test_api import Program, opened

FIRST = {"title": "通报", "text": "已死亡至少3人。"}


def test_a_program_writes_two_leaders_agree_and_the_public_reads(prefecture: str) -> None:
    officer = Program("duty-main")
    incident = opened(officer)
    path = f"/incidents/{incident}/statements"
    assert "3" in officer.get(path).json()["wording"]["text"]
    assert officer.post(path, FIRST).status_code == 200
    assert officer.post(path, FIRST | {"colour": "red"}).status_code == 422
    refused = officer.post(f"{path}/s1/approve", {"version": 1})
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "role_may_not")
    for who in ("emb-director", "vice-safety"):
        answer = Program(who).post(f"{path}/s1/approve", {"version": 1})
        assert answer.status_code == 200, answer.content
    [item] = Client().get("/public/feed.json").json()["items"]
    assert item["content_text"] == FIRST["text"]
    correction = FIRST | {"kind": "correction", "corrects": "s1", "wrong": "3人", "right": "4人"}
    missing = officer.post(path, correction)
    assert (missing.status_code, missing.json()["error"]["code"]) == (422, "text_missing")
    assert officer.post(path, correction | {"evidence": "医院"}).status_code == 200
    assert officer.post(f"/incidents/{incident}/enquiries", {"question": "停课吗"}).status_code == 200
    done = officer.post(f"/incidents/{incident}/enquiries/q1/answer", {"statement": "s1"})
    assert done.json()["recorded"][0]["event"]["statement_id"] == "s1"
