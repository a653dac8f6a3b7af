"""Static files from memory: our own and the installed ones, under one name that changes with them.

The path holds the hash of the whole set (``/static/<hash>/app.css``), so that a browser keeps a file for
ever, and ES modules that import their neighbours get those of the same set.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

Send = Callable[[dict[str, Any]], Awaitable[None]]

PREFIX = "/static/"
OWN = Path(__file__).resolve().parent / "static"
_ZIPPED = ("text/css", "text/javascript", "image/svg+xml", "application/json", "application/manifest+json")
_KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file ready to be sent; ``packed`` is its gzip form where that is shorter."""

    kind: str
    body: bytes
    packed: bytes | None


class Assets:
    """All static files, read once; ``version`` names the set."""

    def __init__(self, *roots: Path) -> None:
        self.files: dict[str, Asset] = {}
        digest = hashlib.sha256()
        for root in roots:
            for path in sorted(root.rglob("*")) if root.is_dir() else ():
                if path.is_file() and path.suffix not in (".gz", ".sha256"):
                    name = path.relative_to(root).as_posix()
                    self.files[name] = _read(path)
                    digest.update(name.encode() + self.files[name].body)
        self.version = digest.hexdigest()[:10]

    def url(self, name: str) -> str:
        """The address of file ``name`` ("app.css")."""
        return f"{PREFIX}{self.version}/{name}"

    def find(self, path: str) -> tuple[Asset | None, bool]:
        """The file of a URL path, and whether the path names this very set (keep it for ever)."""
        version, _, name = path.removeprefix(PREFIX).partition("/")
        return self.files.get(name), version == self.version


def _read(path: Path) -> Asset:
    kind = _KINDS.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    body = path.read_bytes()
    packed = None
    if kind in _ZIPPED:
        ready = path.with_name(path.name + ".gz")
        packed = ready.read_bytes() if ready.exists() else gzip.compress(body, 6, mtime=0)
    return Asset(kind, body, packed if packed and len(packed) < len(body) else None)


@cache
def assets() -> Assets:
    """The files of this installation."""
    from django.conf import settings

    return Assets(OWN, Path(settings.DATA_DIR) / "static")


def answer(path: str, accepts: str) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """Status, headers and body for a URL path; ``accepts`` is the Accept-Encoding of the request."""
    asset, current = assets().find(path)
    if asset is None:
        return 404, [(b"content-type", b"text/plain; charset=utf-8")], b"404"
    charset = "; charset=utf-8" if asset.kind.startswith("text/") else ""
    keep = "public, max-age=31536000, immutable" if current else "no-cache"
    headers = [
        (b"content-type", f"{asset.kind}{charset}".encode()),
        (b"cache-control", keep.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"vary", b"accept-encoding"),
    ]
    body = asset.body
    if asset.packed is not None and "gzip" in accepts:
        body = asset.packed
        headers.append((b"content-encoding", b"gzip"))
    headers.append((b"content-length", str(len(body)).encode()))
    return 200, headers, body


async def serve(scope: dict[str, Any], send: Send) -> None:
    """Answer one ASGI request below ``/static/``."""
    given = {bytes(name).lower(): bytes(value) for name, value in scope["headers"]}
    status, headers, body = answer(scope["path"], given.get(b"accept-encoding", b"").decode("latin-1"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
