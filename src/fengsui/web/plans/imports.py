"""Importing plans (导入): one file at once; several, a folder or an archive as a batch that is watched."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from fengsui.application import plan_import as use
from fengsui.application import plan_library
from fengsui.application.access import Action, may
from fengsui.application.plan_import_ports import EntryResult, EntryState, ImportBatch, Packed
from fengsui.application.plan_metadata import kind_of
from fengsui.core.errors import InputError
from fengsui.core.plan.model import PlanKind
from fengsui.store import selectors
from fengsui.web import pages, parse, wiring
from fengsui.web.seat import seat_of

PAGE = 100
STATES = tuple(state.value for state in EntryState)


@pages.screen
def import_document(request: HttpRequest) -> HttpResponse:
    """Take documents in; what cannot be read is said in one sentence and changes nothing."""
    seat = seat_of(request)
    if request.method == "POST":
        return _take_in(request)
    context = {
        "here": "plans",
        "kinds": [kind.value for kind in PlanKind],
        "areas": parse.areas(seat.directory, seat.area),
        "limit": settings.MAX_DOCUMENT_BYTES // 1024 // 1024,
        "may_import": may(seat.actor, Action.IMPORT_PLAN) is None,
        "imports": selectors.imports(seat.area),
    }
    return pages.page(request, "plans/import.html", context)


def _purpose(request: HttpRequest) -> dict[str, Any]:
    hazards = request.POST.get("hazards", "").replace("，", "、").replace(",", "、").split("、")
    kind = request.POST.get("kind", "")
    return {
        "jurisdiction": request.POST.get("jurisdiction") or seat_of(request).area,
        "kind": kind_of(kind) if kind else None,
        "hazards": tuple(item.strip() for item in hazards if item.strip()),
    }


def _take_in(request: HttpRequest) -> HttpResponse:
    files = [*request.FILES.getlist("file"), *request.FILES.getlist("folder")]
    if not files:
        raise InputError("typed_no_file")
    if len(files) == 1 and not use.is_archive(str(files[0].name)):
        return _one(request, files[0])
    batch = _start(request, str(files[0].name) if len(files) == 1 else "")
    for file in files:
        _add(request, batch.batch_id, str(file.name), file)
    return pages.done(request, "import_begun", reverse("import-batch", args=[batch.batch_id]))


def _one(request: HttpRequest, file: UploadedFile[Any]) -> HttpResponse:
    drafts = plan_library.import_document(
        wiring.library(),
        seat_of(request).actor,
        filename=str(file.name),
        data=file.read(),
        **_purpose(request),
    )
    to = reverse("review", args=[drafts[0].draft_id]) if len(drafts) == 1 else reverse("plans")
    return pages.done(request, "imported", to, n=len(drafts))


def _start(request: HttpRequest, source: str) -> ImportBatch:
    """A folder chosen again goes on where it was broken off; loose files are a batch of their own."""
    importer = wiring.importer()
    named = source.strip()[:300]
    return use.start_batch(
        importer,
        seat_of(request).actor,
        source=named or importer.library.clock.now().strftime("%Y-%m-%d %H:%M"),
        key="" if named else importer.library.ids.new(),
        **_purpose(request),
    )


def _add(request: HttpRequest, batch_id: str, name: str, file: UploadedFile[Any]) -> None:
    importer = wiring.importer()
    opened: Any = file.file
    files = (
        use.unpacked(importer, name, opened)
        if use.is_archive(name)
        else [Packed(name=name, data=file.read())]
    )
    use.take_in(importer, seat_of(request).actor, batch_id, files)


@pages.command
def start(request: HttpRequest) -> HttpResponse:
    """Begin a batch to which the files come one by one: a folder of any size gets through."""
    batch = _start(request, request.POST.get("source", ""))
    return JsonResponse(
        {
            "files": reverse("import-files", args=[batch.batch_id]),
            "page": reverse("import-batch", args=[batch.batch_id]),
        }
    )


@pages.command
def add_file(request: HttpRequest, batch_id: str) -> HttpResponse:
    """One file of a batch, under its name within the folder."""
    file = request.FILES.get("file")
    if file is None:
        raise InputError("typed_no_file")
    _add(request, batch_id, request.POST.get("name", "").strip()[:500] or str(file.name), file)
    return HttpResponse(status=204)


@pages.screen
def batch(request: HttpRequest, batch_id: str) -> HttpResponse:
    """How an import goes, file by file."""
    return pages.page(
        request, "plans/import_progress.html", {"here": "plans", **_standing(request, batch_id)}
    )


@pages.screen
def batch_part(request: HttpRequest, batch_id: str) -> HttpResponse:
    """The part of the page that changes while files are read."""
    return pages.part(request, "plans/import_part.html", _standing(request, batch_id))


def _standing(request: HttpRequest, batch_id: str) -> dict[str, Any]:
    importer, language = wiring.importer(), seat_of(request).language
    found = use.batch_of(importer, seat_of(request).actor, batch_id)
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    text = request.GET.get("page", "")
    number = max(1, int(text)) if text.isdecimal() and len(text) < 7 else 1
    counts = use.counts(importer, batch_id)
    lines = selectors.import_entries(batch_id, state=state, limit=PAGE, offset=(number - 1) * PAGE)
    shown = counts.total if not state else int(getattr(counts, state))
    return {
        "batch": found,
        "counts": counts,
        "by_state": [(code, getattr(counts, code)) for code in STATES if getattr(counts, code)],
        "state": state,
        "entries": [(line, use.told(_result(line), language)) for line in lines],
        "page_number": number,
        "pages": max(1, -(-shown // PAGE)),
        "may_retry": counts.failed > 0 and selectors.may_read_again(batch_id),
        "running": counts.waiting + counts.reading > 0,
    }


def _result(line: selectors.ImportLine) -> EntryResult:
    return EntryResult(state=EntryState(line.state), code=line.code, words=line.words, drafts=line.drafts)


@pages.command
def retry(request: HttpRequest, batch_id: str) -> HttpResponse:
    """Read the files that failed once more."""
    n = use.retry_failed(wiring.importer(), seat_of(request).actor, batch_id)
    return pages.done(request, "import_again", reverse("import-batch", args=[batch_id]), n=n)
