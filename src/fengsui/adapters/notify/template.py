"""SMS and voice by whatever HTTP gateway the office has: the request and the reading of its answer are data.

Domestic gateways differ in everything but HTTP, so a channel holds a template of the request with
``{phone}``, ``{text}``, ``{id}``, ``{code}``, ``{time}``, ``{secret}`` and ``{sign}``, and says where in the
answer success, the gateway's own number and arrival stand. What is put in is put into values alone, never
into the shape of a template, so no sign in a text can add a field.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from fengsui.adapters.notify.http_call import Answer, call
from fengsui.application.notify_ports import ChannelSetting, Letter, Receipt
from fengsui.core.errors import InputError, Permanent, Retryable

SECONDS = 8.0
_DENIED = (401, 403)


class TemplateGateway:
    """One gateway described by data; see ``application/notify_fields`` for what each field means."""

    def __init__(self, setting: ChannelSetting) -> None:
        self._given = setting.settings
        self._secrets = setting.secrets
        self._seconds = float(self._given.get("seconds") or SECONDS)

    def send(self, letter: Letter) -> Receipt:
        """Ask the gateway to send or to ring. Raises Permanent, AnswerLost, Retryable."""
        values = {
            "phone": letter.to,
            "text": letter.text,
            "id": letter.letter_id,
            "code": letter.code,
            "time": str(int(letter.now.timestamp())),
            "secret": self._secrets.get("secret", ""),
        }
        answer = self._ask("", values)
        said = self._judge(answer)
        return Receipt(ref=_text(said, self._given.get("ref_path", "")), delivered=self._arrived(said, ""))

    def ask(self, ref: str) -> bool | None:
        """Whether it arrived, where the gateway has an address for that question."""
        if not self._given.get("status_url"):
            return None
        answer = self._ask("status_", {"id": ref, "secret": self._secrets.get("secret", "")})
        if answer.status >= 400:
            return None
        return self._arrived(_parsed(answer.text), "status_")

    def _ask(self, prefix: str, values: dict[str, str]) -> Answer:
        sign_key = self._secrets.get("sign_key", "")
        if sign_key:
            words = _fill(self._given.get("sign_text") or "{time}{id}", values)
            values["sign"] = _signature(sign_key, words, self._given.get("sign_form", "hex"))
        address = _fill(self._given[f"{prefix}url"], values, lambda value: quote(value, safe=""))
        kind, template = self._given.get("content", "json"), self._given.get(f"{prefix}body", "")
        method = "GET" if prefix else self._given.get("method", "POST")
        headers = _headers(self._secrets.get("headers", ""), values)
        body: bytes | None = None
        if template.strip() and kind == "json":
            headers.setdefault("Content-Type", "application/json; charset=utf-8")
            body = json.dumps(_filled(_template(template), values), ensure_ascii=False).encode()
        elif template.strip():
            pairs = urlencode(_pairs(template, values))
            if kind == "query" or method == "GET":
                address += ("&" if "?" in address else "?") + pairs
            else:
                headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
                body = pairs.encode()
        return call(address, method=method, headers=headers, body=body, seconds=self._seconds)

    def _judge(self, answer: Answer) -> Any:
        """The answer as data when it says yes. Raises what it says otherwise."""
        if answer.status in _DENIED:
            raise Retryable("gateway_denied")
        said = _parsed(answer.text)
        found = _text(said, self._given.get("ok_path", ""))
        refused = _listed(self._given.get("refuse_values", ""))
        if found and found in refused:
            raise Permanent("number_refused", said=found[:20])
        if answer.status >= 400:
            raise Retryable("gateway_error", status=answer.status)
        wanted = _listed(self._given.get("ok_value", ""))
        if wanted and found not in wanted:
            raise Retryable("gateway_says_no", said=found[:20])
        return said

    def _arrived(self, said: Any, prefix: str) -> bool | None:
        found = _text(said, self._given.get(f"{prefix}delivered_path", ""))
        if not found:
            return None
        if found in _listed(self._given.get("delivered_value", "")):
            return True
        return False if found in _listed(self._given.get("undelivered_value", "")) else None


def _fill(template: str, values: Mapping[str, str], escape: Callable[[str], str] = str) -> str:
    """``{name}`` replaced in one pass, so that a value that looks like a mark stays what it is."""
    parts = template.split("{")
    out = [parts[0]]
    for part in parts[1:]:
        name, closed, rest = part.partition("}")
        out.append(escape(values[name]) + rest if closed and name in values else "{" + part)
    return "".join(out)


def _template(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise InputError("channel_body_wrong") from None


def _filled(shape: Any, values: Mapping[str, str]) -> Any:
    if isinstance(shape, str):
        return _fill(shape, values)
    if isinstance(shape, list):
        return [_filled(item, values) for item in shape]
    if isinstance(shape, dict):
        return {name: _filled(item, values) for name, item in shape.items()}
    return shape


def _pairs(template: str, values: Mapping[str, str]) -> list[tuple[str, str]]:
    """``name=value`` a line."""
    lines = (line.partition("=") for line in template.splitlines() if line.strip())
    return [(name.strip(), _fill(value.strip(), values)) for name, _, value in lines]


def _headers(lines: str, values: Mapping[str, str]) -> dict[str, str]:
    given = (line.partition(":") for line in lines.splitlines() if line.strip())
    plain = {name: value for name, value in values.items() if "\n" not in value and value.isascii()}
    return {name.strip(): _fill(value.strip(), plain) for name, _, value in given}


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text.strip()


def _text(said: Any, path: str) -> str:
    """The value at ``data.0.code``; with no path the whole answer where it is a plain text."""
    if not path:
        return said if isinstance(said, str) else ""
    for name in path.split("."):
        if isinstance(said, list) and name.isdigit() and int(name) < len(said):
            said = said[int(name)]
        elif isinstance(said, dict):
            said = said.get(name)
        else:
            return ""
    if isinstance(said, bool):
        return "true" if said else "false"
    return "" if said is None or isinstance(said, dict | list) else str(said)


def _listed(values: str) -> tuple[str, ...]:
    return tuple(value.strip() for value in values.replace("，", ",").split(",") if value.strip())


def _signature(key: str, words: str, form: str) -> str:
    mac = hmac.new(key.encode(), words.encode(), hashlib.sha256).digest()
    return base64.b64encode(mac).decode() if form == "base64" else mac.hex()
