"""Robots of group chats: WeCom (企业微信), DingTalk (钉钉), Feishu (飞书). A text to the group, signed where
the group asks for it. They answer 200 whatever happened; the truth is a number inside."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any
from urllib.parse import urlencode

from fengsui.adapters.notify.http_call import call
from fengsui.application.notify_ports import ChannelSetting, Letter, Receipt
from fengsui.core.errors import Retryable

SECONDS = 8.0


class _Robot:
    """What the three share: post JSON, read the number that means "done"."""

    code_field = "errcode"

    def __init__(self, setting: ChannelSetting) -> None:
        self._setting = setting
        self._seconds = float(setting.settings.get("seconds") or SECONDS)

    def send(self, letter: Letter) -> Receipt:
        """Post the text to the group. Raises AnswerLost, Retryable."""
        address, body = self._request(letter)
        answer = call(
            address,
            headers={"Content-Type": "application/json; charset=utf-8"},
            body=json.dumps(body, ensure_ascii=False).encode(),
            seconds=self._seconds,
        )
        if answer.status >= 400:
            raise Retryable("gateway_error", status=answer.status)
        try:
            said = json.loads(answer.text)
            code = said.get(self.code_field)
        except (ValueError, AttributeError):
            raise Retryable("gateway_answer_unread") from None
        if code != 0:
            raise Retryable("gateway_says_no", said=str(code)[:20])
        return Receipt()

    def ask(self, ref: str) -> bool | None:
        """A group does not say who read it."""
        return None

    def _request(self, letter: Letter) -> tuple[str, dict[str, Any]]:
        raise NotImplementedError

    def _secret(self, name: str) -> str:
        secret = self._setting.secrets.get(name, "")
        if not secret:
            raise Retryable("channel_secret_missing")
        return secret


class WeComRobot(_Robot):
    """企业微信群机器人."""

    def _request(self, letter: Letter) -> tuple[str, dict[str, Any]]:
        address = f"{self._setting.settings['url']}?{urlencode({'key': self._secret('key')})}"
        return address, {"msgtype": "text", "text": {"content": letter.text[:2000]}}


class DingTalkRobot(_Robot):
    """钉钉群机器人; signed over time and key when the group was set so."""

    def _request(self, letter: Letter) -> tuple[str, dict[str, Any]]:
        query = {"access_token": self._secret("key")}
        sign_key = self._setting.secrets.get("sign_key", "")
        if sign_key:
            stamp = str(int(letter.now.timestamp() * 1000))
            mac = hmac.new(sign_key.encode(), f"{stamp}\n{sign_key}".encode(), hashlib.sha256).digest()
            query |= {"timestamp": stamp, "sign": base64.b64encode(mac).decode()}
        address = f"{self._setting.settings['url']}?{urlencode(query)}"
        return address, {"msgtype": "text", "text": {"content": letter.text[:5000]}}


class FeishuRobot(_Robot):
    """飞书群机器人; here the signed words are the key and the message is empty."""

    code_field = "code"

    def _request(self, letter: Letter) -> tuple[str, dict[str, Any]]:
        body: dict[str, Any] = {"msg_type": "text", "content": {"text": letter.text[:5000]}}
        sign_key = self._setting.secrets.get("sign_key", "")
        if sign_key:
            stamp = str(int(letter.now.timestamp()))
            mac = hmac.new(f"{stamp}\n{sign_key}".encode(), b"", hashlib.sha256).digest()
            body |= {"timestamp": stamp, "sign": base64.b64encode(mac).decode()}
        return f"{self._setting.settings['url'].rstrip('/')}/{self._secret('key')}", body
