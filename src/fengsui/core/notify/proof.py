"""How a receipt is proven: the signed link, and the code that is read out on the telephone.

Both are derived from a key of the installation and the number of the notice, so nothing has to be kept and
nobody can guess one from another. A link has one purpose and an end.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
from datetime import UTC, datetime

_PURPOSE = b"fengsui acknowledge 1"
_CODE = b"fengsui code 1"
_BODY = struct.Struct(">QI")
_MAC = 12
"""Bytes of the signature kept: 96 bits, and a link short enough for a text message."""

CODE_DIGITS = 4


def link_token(key: bytes, notice_id: int, expires: datetime) -> str:
    """The token of the link that acknowledges one notice until ``expires``."""
    body = _BODY.pack(notice_id, int(expires.timestamp()))
    return base64.urlsafe_b64encode(body + _sign(key, _PURPOSE, body)).decode("ascii")


def read_token(key: bytes, token: str) -> tuple[int, datetime] | None:
    """The notice a token is for and when it ends; None for one that we did not sign."""
    try:
        raw = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
    except (ValueError, UnicodeEncodeError):
        return None
    if len(raw) != _BODY.size + _MAC:
        return None
    body, mac = raw[: _BODY.size], raw[_BODY.size :]
    if not hmac.compare_digest(mac, _sign(key, _PURPOSE, body)):
        return None
    notice_id, expires = _BODY.unpack(body)
    return int(notice_id), datetime.fromtimestamp(expires, UTC)


def spoken_code(key: bytes, notice_id: int) -> str:
    """Four digits that only whoever received the notice can read out."""
    number = int.from_bytes(_sign(key, _CODE, _BODY.pack(notice_id, 0))[:8], "big")
    return f"{number % 10**CODE_DIGITS:0{CODE_DIGITS}d}"


def code_is(key: bytes, notice_id: int, said: str) -> bool:
    """Whether ``said`` is the code of the notice; blanks do not count."""
    digits = "".join(said.split())
    return hmac.compare_digest(digits.encode(), spoken_code(key, notice_id).encode())


def _sign(key: bytes, purpose: bytes, body: bytes) -> bytes:
    return hmac.new(key, purpose + b"\0" + body, hashlib.sha256).digest()[:_MAC]
