"""What each kind of gateway is told: the fields of its form, and which of them are secret."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from fengsui.application.wording import LANGUAGES, word
from fengsui.core.errors import InputError
from fengsui.core.notify.ladder import Means


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field; ``choices`` non-empty: one of these. Its words are in ``notify_field``."""

    name: str
    secret: bool = False
    needed: bool = False
    long: bool = False
    default: str = ""
    choices: tuple[str, ...] = ()


def _robot(address: str, *more: Field) -> tuple[Field, ...]:
    return (
        Field(name="url", needed=True, default=address),
        Field(name="key", secret=True, needed=True),
        *more,
        Field(name="seconds", default="8"),
    )


_SIGN = Field(name="sign_key", secret=True)
_GATEWAY = (
    Field(name="url", needed=True),
    Field(name="method", default="POST", choices=("POST", "GET")),
    Field(name="content", default="json", choices=("json", "form", "query")),
    Field(
        name="body",
        needed=True,
        long=True,
        default='{"mobile": "{phone}", "content": "{text}", "id": "{id}"}',
    ),
    Field(name="headers", secret=True, long=True),
    Field(name="secret", secret=True),
    Field(name="sign_key", secret=True),
    Field(name="sign_text", default="{time}{id}"),
    Field(name="sign_form", default="hex", choices=("hex", "base64")),
    Field(name="ok_path", default="code"),
    Field(name="ok_value", default="0"),
    Field(name="refuse_values"),
    Field(name="ref_path"),
    Field(name="delivered_path"),
    Field(name="status_url"),
    Field(name="status_body", long=True),
    Field(name="status_delivered_path"),
    Field(name="delivered_value"),
    Field(name="undelivered_value"),
    Field(name="limit", default="300"),
    Field(name="seconds", default="8"),
)

FIELDS: dict[Means, tuple[Field, ...]] = {
    Means.SMS: _GATEWAY,
    Means.VOICE: _GATEWAY,
    Means.EMAIL: (
        Field(name="host", needed=True),
        Field(name="port", default="25"),
        Field(name="security", default="starttls", choices=("starttls", "tls", "none")),
        Field(name="user"),
        Field(name="password", secret=True),
        Field(name="sender", needed=True),
        Field(name="seconds", default="10"),
    ),
    Means.WECOM: _robot("https://qyapi.weixin.qq.com/cgi-bin/webhook/send"),
    Means.DINGTALK: _robot("https://oapi.dingtalk.com/robot/send", _SIGN),
    Means.FEISHU: _robot("https://open.feishu.cn/open-apis/bot/v2/hook", _SIGN),
}
_NUMBERS = {"port": (1, 65535), "seconds": (1, 30), "limit": (20, 5000)}


def checked(
    means: Means, given: Mapping[str, str], kept: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Settings and secrets from a form; a secret left empty stays as ``kept``. Raises InputError."""
    settings: dict[str, str] = {}
    secrets = dict(kept)
    for field in FIELDS[means]:
        value = given.get(field.name, "").strip()
        if field.secret:
            if value:
                secrets[field.name] = value
            if field.needed and not secrets.get(field.name):
                raise InputError("channel_field_missing", **_named(field))
            continue
        _check(field, value)
        settings[field.name] = value
    return settings, secrets


def _check(field: Field, value: str) -> None:
    if field.needed and not value:
        raise InputError("channel_field_missing", **_named(field))
    if field.choices and value not in field.choices:
        raise InputError("channel_choice_wrong", **_named(field))
    if field.name in _NUMBERS and value:
        low, high = _NUMBERS[field.name]
        if not value.isdigit() or not low <= int(value) <= high:
            raise InputError("channel_number_wrong", low=low, high=high, **_named(field))
    if field.name.endswith("url") and value:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise InputError("channel_url_wrong")


def _named(field: Field) -> dict[str, str]:
    return {f"field_{language}": word("notify_field", field.name, language) for language in LANGUAGES}
