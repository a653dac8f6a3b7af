"""The words of the screens: the same codes in both languages, none missing, no English within Chinese."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from django.test import Client

import fengsui.web

WEB = Path(fengsui.web.__file__).parent
WORDS = files("fengsui.application.wording")
KEPT = {
    "GB",
    "T",
    "SVG",
    "Word",
    "docx",
    "doc",
    "WPS",
    "PDF",
    "Enter",
    "txt",
    "Node",
    "npm",
    "package",
    "lock",
    "json",
    "JSON",
    "SARIF",
}
KEYS = {"j", "k", "e", "x", "u"}


def table(language: str) -> dict[str, dict[str, str]]:
    """The words of the screens, whichever room's file they stand in."""
    merged: dict[str, dict[str, str]] = {}
    for path in WORDS.glob(f"*.{language}.toml"):
        for group, entries in tomllib.loads(path.read_text("utf-8")).items():
            if group.startswith("web."):
                merged.setdefault(group, {}).update(entries)
    return merged


def test_both_languages_hold_the_same_codes() -> None:
    zh, en = table("zh"), table("en")
    assert {(g, c) for g in zh for c in zh[g]} == {(g, c) for g in en for c in en[g]}


def test_every_code_used_by_a_template_or_view_has_words() -> None:
    zh = table("zh")
    used: set[tuple[str, str]] = set()
    for path in WEB.rglob("*"):
        if path.suffix in (".html", ".txt", ".py"):
            text = path.read_text("utf-8")
            used |= {tuple(found.split(".", 1)) for found in re.findall(r"\{% w [\"']([a-z_.]+)[\"']", text)}
            used |= set(re.findall(r'word\("web\.([a-z_]+)", "([a-z_]+)"', text))
            used |= {("done", code) for code in re.findall(r'pages\.done\(request, "([a-z_]+)"', text)}
    missing = [pair for pair in used if pair[1] not in zh.get(f"web.{pair[0]}", {})]
    assert not missing


def test_no_english_stands_within_chinese() -> None:
    for group, entries in table("zh").items():
        for code, text in entries.items():
            plain = re.sub(r"\{\{?\w+\}?\}", "", text)
            found = set(re.findall(r"[A-Za-z]+", plain)) - KEPT - KEYS
            assert not found, (group, code, found)


def test_no_sentence_shouts() -> None:
    for language in ("zh", "en"):
        for entries in table(language).values():
            assert not any("!" in text or "！" in text for text in entries.values())


FROM_DATA = {"PM", "Esc", "Ctrl", "docx", "EN", "Enter", "WPS", "PDF", "Word", "doc", "html"}


def test_no_english_shows_on_a_chinese_page(sign_in: Callable[[str], Client], incident_id: str) -> None:
    from fengsui.store import selectors

    draft = selectors.plans()[0][0].draft_id
    room = f"/incidents/{incident_id}"
    seen = {
        "auditor": ("/people/reads", "/watch/log"),
        "duty-main": ("/calls", "/calls/demo-call-1", "/watch/roster", "/watch/hand-overs", "/public/report"),
        "duty-deputy": (
            "/desk",
            "/calls/new",
            "/incidents",
            room,
            f"{room}/propose",
            f"{room}/log",
            "/tasks",
        ),
        "emb-director": (f"{room}/directives/new", "/approvals", f"/approvals/{incident_id}/p1"),
        "plan-editor": ("/plans", "/plans/import", f"/plans/{draft}", f"/plans/{draft}/review", "/help"),
    }
    for user, paths in seen.items():
        browser = sign_in(user)
        for path in paths:
            text = re.sub(
                r"(?s)<(head|svg|template|script).*?</\1>|<[^>]+>", " ", browser.get(path).content.decode()
            )
            text = re.sub(r"[\w.-]+\.(docx|txt)|[0-9a-f]{8,}", " ", text)
            found = set(re.findall(r"[A-Za-z]{2,}", text)) - FROM_DATA
            assert not found, (path, found)
