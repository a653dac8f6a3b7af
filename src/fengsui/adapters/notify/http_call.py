"""One HTTP request with one time limit over all of it, and failures told apart.

What matters to a sender is whether the other side may have acted: nobody there (it did not), a clear
answer, or an answer that was lost (it may have). Redirects are not followed. No error carries the address,
the body or the whole answer: they hold telephone numbers and passwords.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from fengsui.core.errors import AnswerLost, InputError, Retryable

LONGEST_ANSWER = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    text: str


def call(
    url: str, *, method: str = "POST", headers: Mapping[str, str], body: bytes | None, seconds: float
) -> Answer:
    """Ask once. Raises Retryable("gateway_unreachable"), AnswerLost("gateway_answer_lost"), InputError."""
    until = time.monotonic() + seconds
    connection, target = _connection(url, seconds)
    try:
        try:
            connection.connect()
        except (OSError, ssl.SSLError) as problem:
            raise Retryable("gateway_unreachable", why=_short(problem)) from None
        try:
            connection.request(method, target, body=body, headers=dict(headers))
            answer = connection.getresponse()
            text = _read(connection, answer, until)
        except (OSError, http.client.HTTPException) as problem:
            raise AnswerLost("gateway_answer_lost", why=_short(problem)) from None
        return Answer(answer.status, text)
    finally:
        connection.close()


def _connection(url: str, seconds: float) -> tuple[http.client.HTTPConnection, str]:
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = None
    if parts.scheme not in ("http", "https") or not parts.hostname or any(sign.isspace() for sign in url):
        raise InputError("channel_url_wrong")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if parts.scheme == "https":
        context = ssl.create_default_context()
        secure = http.client.HTTPSConnection(parts.hostname, port, timeout=seconds, context=context)
        return secure, target
    return http.client.HTTPConnection(parts.hostname, port, timeout=seconds), target


def _read(connection: http.client.HTTPConnection, answer: http.client.HTTPResponse, until: float) -> str:
    """The answer, within the time that is left: one that drips in slowly is as good as none."""
    parts: list[bytes] = []
    size = 0
    while size < LONGEST_ANSWER:
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        if connection.sock is not None:
            connection.sock.settimeout(left)
        part = answer.read1(LONGEST_ANSWER - size)
        if not part:
            break
        parts.append(part)
        size += len(part)
    length = answer.headers.get("Content-Length", "")
    if length.isdigit() and size < min(int(length), LONGEST_ANSWER):
        raise http.client.IncompleteRead(b"", int(length) - size)
    return b"".join(parts).decode("utf-8", errors="replace")


def _short(problem: BaseException) -> str:
    """A cause in one of a few words; the text of the error might name what must not be told."""
    if isinstance(problem, TimeoutError):
        return "timeout"
    if isinstance(problem, ConnectionRefusedError):
        return "refused"
    if isinstance(problem, socket.gaierror):
        return "name"
    if isinstance(problem, ssl.SSLError):
        return "certificate"
    return "broken"
