"""Signing in: the wrong password, the lock-out, the language, the way back."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

PASSWORD = "yunzhou-2026"


def post(browser: Client, password: str, **more: str):
    return browser.post("/login", {"username": "duty-main", "password": password, **more})


def test_the_right_password_opens_the_screen_of_the_post(prefecture: str) -> None:
    browser = Client()
    assert post(browser, PASSWORD).headers["Location"] == "/"
    assert browser.get("/").headers["Location"] == "/desk"


def test_a_wrong_password_is_told_and_after_five_the_lock_too(prefecture: str) -> None:
    browser = Client()
    first = post(browser, "wrong")
    assert first.status_code == 403
    assert "账号或密码不对" in first.content.decode()
    for _ in range(5):
        last = post(browser, "wrong")
    assert last.status_code == 429
    assert "锁定 15 分钟" in last.content.decode()
    assert post(browser, PASSWORD).status_code == 429


def test_sign_in_returns_to_the_page_asked_for_but_never_to_another_site(prefecture: str) -> None:
    assert post(Client(), PASSWORD, next="/plans").headers["Location"] == "/plans"
    assert post(Client(), PASSWORD, next="//elsewhere.example/x").headers["Location"] == "/"


def test_the_language_is_switched_for_the_session(sign_in: Callable[[str], Client]) -> None:
    browser = sign_in("duty-main")
    assert "值班台" in browser.get("/desk").content.decode()
    browser.post("/language", {"language": "en", "next": "/desk"})
    assert "Duty desk" in browser.get("/desk").content.decode()


def test_signing_out_ends_the_session(sign_in: Callable[[str], Client]) -> None:
    browser = sign_in("duty-main")
    browser.post("/logout")
    assert browser.get("/desk").status_code == 302


def test_an_expired_form_is_told_in_words(prefecture: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post("/login", {"username": "x", "password": "y"})
    assert answer.status_code == 403
    assert "安全校验已过期" in answer.content.decode()
