"""The page that anybody may read (公开页面), its feeds, and nothing else: no sign-in, no cookie, no script.

Everything comes from one table that only holds what two people approved. Answers carry an entity tag and may
be kept for a minute by anything in between, so that a town may look at it at once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseNotModified
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import http_date

from fengsui.application.release_ports import PublicStatement
from fengsui.application.wording import word
from fengsui.web import wiring
from fengsui.web.release.struck import Piece, pieces

SHOWN = 50
MINUTE = 60
_ATOM = "http://www.w3.org/2005/Atom"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shown:
    """A statement with what was corrected in it."""

    row: PublicStatement
    pieces: tuple[Piece, ...]
    title: tuple[Piece, ...]
    corrections: tuple[PublicStatement, ...]
    corrected: PublicStatement | None

    @property
    def paragraphs(self) -> list[list[Piece]]:
        """The text by lines, each of pieces."""
        lines: list[list[Piece]] = [[]]
        for piece in self.pieces:
            for number, part in enumerate(piece.text.split("\n")):
                if number:
                    lines.append([])
                if part:
                    lines[-1].append(Piece(part, piece.by))
        return [line for line in lines if line]


def latest(request: HttpRequest) -> HttpResponse:
    """The last statements of all incidents."""
    rows = _rows()
    return _page(request, rows, _language(request), None)


def of_incident(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything that was published of one incident."""
    rows = tuple(reversed(_of(public_id)))
    return _page(request, rows, _language(request), public_id, status=200 if rows else 404)


def atom(request: HttpRequest) -> HttpResponse:
    """The last statements as an Atom feed (RFC 4287)."""
    rows = _rows()
    return _answer(
        request, rows, lambda: _atom(request, rows), "application/atom+xml; charset=utf-8", _language(request)
    )


def feed(request: HttpRequest) -> HttpResponse:
    """The last statements as JSON (JSON Feed 1.1)."""
    return _json(request, _rows())


def incident_feed(request: HttpRequest, public_id: str) -> HttpResponse:
    """The statements of one incident as JSON."""
    rows = tuple(reversed(_of(public_id)))
    return _json(request, rows, status=200 if rows else 404)


def _rows() -> tuple[PublicStatement, ...]:
    return () if wiring.is_exercise() else wiring.release_desk().pages.latest(SHOWN)


def _of(public_id: str) -> tuple[PublicStatement, ...]:
    return () if wiring.is_exercise() else wiring.release_desk().pages.of(public_id)


def _language(request: HttpRequest) -> str:
    return "en" if request.GET.get("lang") == "en" else "zh"


def _shown(rows: Sequence[PublicStatement]) -> list[Shown]:
    """Rows with their corrections, which may stand outside of ``rows`` only if they are older."""
    by_key = {(row.incident_id, row.statement_id): row for row in rows}
    shown = []
    for row in rows:
        corrections = tuple(
            sorted(
                (
                    other
                    for other in rows
                    if other.incident_id == row.incident_id and other.corrects == row.statement_id
                ),
                key=lambda other: other.number,
            )
        )
        wrong = tuple(item.wrong for item in corrections)
        shown.append(
            Shown(
                row=row,
                pieces=pieces(row.text, wrong),
                title=pieces(row.title, wrong),
                corrections=corrections,
                corrected=by_key.get((row.incident_id, row.corrects or "")),
            )
        )
    return shown


def _page(
    request: HttpRequest,
    rows: Sequence[PublicStatement],
    language: str,
    public_id: str | None,
    *,
    status: int = 200,
) -> HttpResponse:
    def made() -> str:
        context = {
            "language": language,
            "shown": _shown(rows),
            "public_id": public_id,
            "closed": wiring.is_exercise(),
            "missing": status == 404,
        }
        return render_to_string("release/public.html", context)

    return _answer(request, rows, made, "text/html; charset=utf-8", language, status=status)


def _answer(
    request: HttpRequest,
    rows: Sequence[PublicStatement],
    made: Any,
    kind: str,
    language: str,
    *,
    status: int = 200,
) -> HttpResponse:
    """The body, or that it has not changed. Rows never change, so their keys name the state."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    keys = "|".join(f"{row.incident_id}/{row.statement_id}" for row in rows)
    tag = hashlib.sha256(f"{request.path}|{kind}|{language}|{wiring.is_exercise()}|{keys}".encode())
    etag = f'"{tag.hexdigest()[:24]}"'
    known = request.headers.get("If-None-Match", "")
    answer: HttpResponse
    if etag in [part.strip().removeprefix("W/") for part in known.split(",")]:
        answer = HttpResponseNotModified()
    else:
        answer = HttpResponse(made(), content_type=kind, status=status)
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = f"public, max-age={MINUTE}, stale-while-revalidate=300"
    newest = _newest(rows)
    if newest is not None:
        answer.headers["Last-Modified"] = http_date(newest.timestamp())
    return answer


def _newest(rows: Sequence[PublicStatement]) -> datetime | None:
    return max((row.published_at for row in rows), default=None)


def _address(request: HttpRequest, row: PublicStatement) -> str:
    page = reverse("public-incident", args=[row.public_id])
    return request.build_absolute_uri(f"{page}#{row.statement_id}")


def _plain(row: PublicStatement, language: str) -> str:
    """The whole of a statement as text; a correction with what was wrong and what is right."""
    if not row.wrong:
        return row.text
    code = "wrong" if row.corrects else "wrong_rumour"
    colon = "：" if language == "zh" else ": "
    parts = ((code, row.wrong), ("right", row.right), ("evidence", row.evidence))
    said = [f"{word('web.published', name, language)}{colon}{text}" for name, text in parts]
    return "\n".join([row.text, *said])


def _atom(request: HttpRequest, rows: Sequence[PublicStatement]) -> bytes:
    ElementTree.register_namespace("", _ATOM)
    root = ElementTree.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "zh-Hans"})

    def add(parent: ElementTree.Element, name: str, text: str = "", **given: str) -> ElementTree.Element:
        element = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", given)
        element.text = _clean(text) or None
        return element

    own = request.build_absolute_uri(reverse("public-atom"))
    add(root, "id", own)
    add(root, "title", word("web.published", "title"))
    add(root, "updated", (_newest(rows) or _NEVER).isoformat())
    add(root, "link", rel="self", href=own)
    add(root, "link", rel="alternate", href=request.build_absolute_uri(reverse("public")))
    for row in rows:
        entry = add(root, "entry")
        add(entry, "id", f"urn:fengsui:{row.public_id}:{row.statement_id}")
        add(entry, "title", row.title)
        add(entry, "updated", row.published_at.isoformat())
        add(entry, "published", row.published_at.isoformat())
        add(entry, "link", rel="alternate", href=_address(request, row))
        add(add(entry, "author"), "name", row.issuer or word("web.published", "title"))
        add(entry, "category", term=row.kind, label=word("web.statement_kind", row.kind))
        add(entry, "content", _plain(row, "zh"), type="text")
    body: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def _clean(text: str) -> str:
    """Signs that XML forbids are left out."""
    return "".join(sign for sign in text if sign in "\t\n" or sign >= " ")


def _json(request: HttpRequest, rows: Sequence[PublicStatement], *, status: int = 200) -> HttpResponse:
    language = _language(request)

    def made() -> str:
        items = [_item(request, one, language) for one in _shown(rows)]
        whole = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": word("web.published", "title", language),
            "home_page_url": request.build_absolute_uri(reverse("public")),
            "feed_url": request.build_absolute_uri(request.path),
            "items": items,
        }
        return json.dumps(whole, ensure_ascii=False, indent=1)

    return _answer(request, rows, made, "application/feed+json; charset=utf-8", language, status=status)


def _item(request: HttpRequest, one: Shown, language: str) -> dict[str, Any]:
    row = one.row
    return {
        "id": f"urn:fengsui:{row.public_id}:{row.statement_id}",
        "url": _address(request, row),
        "title": row.title,
        "content_text": _plain(row, language),
        "date_published": row.published_at.isoformat(),
        "authors": [{"name": row.issuer}],
        "tags": [word("web.statement_kind", row.kind, language)],
        "_statement": {
            "incident": row.public_id,
            "number": row.number,
            "kind": row.kind,
            "place": row.place,
            "next_update": row.next_update.isoformat() if row.next_update else None,
            "corrects": row.corrects,
            "wrong": row.wrong,
            "right": row.right,
            "evidence": row.evidence,
            "corrected_by": [item.statement_id for item in one.corrections],
        },
    }
