"""Forms to correct an item or add one on words of the text; what is wrong stays beside its field."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from fengsui.application.access import Action, require
from fengsui.application.plan_library_ports import DraftRecord
from fengsui.core.errors import InputError
from fengsui.core.fact import register
from fengsui.core.plan.codec import to_data
from fengsui.core.plan.review import SECTIONS, SINGLES
from fengsui.web import pages
from fengsui.web.plans import item_form
from fengsui.web.plans.entries import Entry, entries_of
from fengsui.web.plans.plan_page import draft_of, text_of
from fengsui.web.plans.source_text import SourceText
from fengsui.web.seat import seat_of

LONGEST_QUOTE = 600
"""Characters of the text an added item may rest on."""


@pages.screen
def edit_form(request: HttpRequest, draft_id: str, target: str) -> HttpResponse:
    """The form to correct one item; fetched when it is opened."""
    record = draft_of(draft_id)
    require(seat_of(request).actor, Action.REVIEW_PLAN, record.jurisdiction)
    entry = _entry(record, target)
    if entry is None or entry.value is None:
        raise InputError("no_such_item", item=target)
    form = item_form.form(entry.section, to_data(entry.value))
    return _form_part(request, record, form, target=entry.target, verdict="add" if entry.added else "edit")


@pages.screen
def add_form(request: HttpRequest, draft_id: str) -> HttpResponse:
    """The form to add an item: first its kind, then its fields, on the words selected or a line."""
    record = draft_of(draft_id)
    require(seat_of(request).actor, Action.REVIEW_PLAN, record.jurisdiction)
    given = request.GET
    section, target = given.get("section", ""), given.get("target", "")
    place = _place(text_of(record), given.get("quote", ""), given.get("line", ""), given.get("clause", ""))
    if section not in SECTIONS and section not in SINGLES:
        context = {"record": record, "place": place, "target": target, "addable": [*SECTIONS, *SINGLES]}
        return pages.part(request, "plans/add_kind.html", context)
    data = _earlier_words(record, target, section) or _prefilled(section, place)
    form = item_form.form(section, {**data, "source": {"type": "Citation", **place}})
    return _form_part(request, record, form, target=target, verdict="add")


def typed_item(
    request: HttpRequest, record: DraftRecord, target: str, section: str
) -> dict[str, Any] | HttpResponse:
    """The item as typed, in codec form; the form again with its faults when it cannot be saved."""
    given = request.POST
    entry = _entry(record, target) if target else None
    text = text_of(record)
    before: dict[str, Any] = {}
    if entry is not None and entry.value is not None and entry.section == section:
        before = to_data(entry.value)
    source, fault = _source(record, text, given, before)
    data, faults = item_form.read(section, before, given, source)
    if fault:
        faults["at.quote"] = fault
    if not faults:
        return data
    form = item_form.form(section, before, given, faults)
    answer = _form_part(request, record, form, target=target, verdict=given.get("verdict", "edit"))
    answer.status_code = 422
    if request.headers.get("HX-Request") != "true":
        raise InputError("item_malformed", section=section)
    return answer


def _form_part(
    request: HttpRequest, record: DraftRecord, form: item_form.Form, *, target: str, verdict: str
) -> HttpResponse:
    entry = _entry(record, target)
    context = {
        "record": record,
        "form": form,
        "target": target,
        "verdict": verdict,
        "fresh": entry is None or entry.doubt is not None,
        "facts": [spec.zh for spec in register().values()],
        "faults": form.faults,
    }
    return pages.part(request, "plans/entry_form.html", context)


def _entry(record: DraftRecord, target: str) -> Entry | None:
    """The entry of that name; of a doubt and the item made of it, the item where one is there."""
    found = [entry for entry in entries_of(record) if target and target in (entry.id, entry.target)]
    return next((entry for entry in found if entry.value is not None), found[0] if found else None)


def _place(text: SourceText, quote: str, line: str, clause: str = "") -> dict[str, Any]:
    """Clause, line and quote of what was selected; a line alone is quoted whole."""
    number = int(line) if line.isdigit() else (text.lines[0].number if text.lines else 1)
    words = quote.strip()[:LONGEST_QUOTE] or text.text_of(number)[:LONGEST_QUOTE]
    found = text.find(words, number)
    number = found if found is not None else number
    return {"clause": clause or text.clause_at(number), "line": number, "quote": words}


def _prefilled(section: str, place: dict[str, Any]) -> dict[str, Any]:
    """An empty item, but for the sentence itself where the item is a sentence."""
    sentences = ("measures", "duties", "revision", "boundary_rule", "supports", "trainings")
    return {"text": place["quote"]} if section in sentences else {}


def _earlier_words(record: DraftRecord, target: str, section: str) -> dict[str, Any] | None:
    """The correction that was lost when the document was read again, to fill the form with."""
    doubt = next(
        (entry.doubt for entry in entries_of(record) if entry.target == target and entry.doubt), None
    )
    if doubt is None or doubt.about != section:
        return None
    for settlement in reversed(record.settlements):
        source = (settlement.data or {}).get("source") or {}
        if settlement.section == section and source.get("quote") == doubt.source.quote:
            return settlement.data
    return None


def _source(
    record: DraftRecord, text: SourceText, given: Any, before: dict[str, Any]
) -> tuple[dict[str, Any], str]:
    """The citation as typed and a fault if its words stand nowhere; untouched it stays as it was read."""
    kept: dict[str, Any] = before.get("source") or {}
    quote, line = given.get("at.quote", "").strip(), given.get("at.line", "").strip()
    if kept and quote in ("", kept.get("quote", "").strip()) and line in ("", str(kept.get("line"))):
        clause = given.get("at.clause", "").strip() or kept.get("clause", "")
        return {**kept, "clause": clause}, ""
    place = _place(text, quote, line)
    source = {"type": "Citation", "document": record.draft.content.document, **place}
    source["clause"] = given.get("at.clause", "").strip()[:40] or place["clause"]
    if not place["quote"] or text.find(place["quote"], place["line"]) is None:
        return source, "quote_not_found"
    return source, ""
