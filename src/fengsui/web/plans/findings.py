"""Findings beside the text of a plan (问题): what, where, why, the basis, how to mend; put aside or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.safestring import mark_safe

from fengsui import bootstrap
from fengsui.application import lint_library as use
from fengsui.application.access import Action, may, require
from fengsui.application.lint_library_ports import KeptDismissal
from fengsui.application.lint_outputs.notes import notes
from fengsui.application.lint_report import Checked, Told, told, told_aside
from fengsui.application.lint_words import see_also
from fengsui.core.citation import Citation
from fengsui.core.errors import Conflict, InputError
from fengsui.core.lint.dismissal import Returned
from fengsui.core.lint.finding import Severity
from fengsui.store import selectors
from fengsui.web import pages, wiring
from fengsui.web.plans.lint_files import made
from fengsui.web.plans.plan_page import text_of
from fengsui.web.plans.sheets import file_answer
from fengsui.web.plans.source_text import FAULTS, Anchor
from fengsui.web.seat import Seat, seat_of

SHOWN = 60
"""Findings on one page."""
SHOWS = ("", "new", "back", "aside")
"""What of the findings is listed: all that stand, the new, those that came back, those put aside."""
AROUND = 40
"""Signs of the line shown on either side of the words relied on."""
WORD_FILES = (".docx", ".doc", ".wps")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One finding as the page shows it; ``given`` where it is put aside, ``back`` where it came back."""

    id: str
    told: Told
    new: bool
    elsewhere: Sequence[str]
    given: KeptDismissal | None = None
    back: Returned | None = None

    @property
    def settled(self) -> bool:
        return self.given is not None

    @property
    def severity(self) -> str:
        return self.told.finding.severity.value

    @property
    def before(self) -> str:
        text = self.told.before.lstrip()
        return text if len(text) <= AROUND else "…" + text[-AROUND:]

    @property
    def after(self) -> str:
        text = self.told.after.rstrip()
        return text if len(text) <= AROUND else text[:AROUND] + "…"


@pages.screen
def findings(request: HttpRequest, draft_id: str) -> HttpResponse:
    """The text of the plan with the findings marked in it, and the list."""
    seat = seat_of(request)
    now = use.standing(wiring.lint_desk(), seat.actor, draft_id)
    text = text_of(now.record)
    standing_ones, aside_ones = _entries(now, seat.language)
    shown, chosen = _chosen(request, standing_ones, aside_ones)
    wanted = request.GET.get("at", "")
    names = [entry.id for entry in shown]
    number = _page(request, names, wanted)
    language = seat.language
    context: dict[str, Any] = {
        "here": "plans",
        "record": now.record,
        "content": now.record.draft.content,
        "check": now.check,
        "source_html": mark_safe(text.html(_anchors(standing_ones))),
        "kinds": list(FAULTS),
        "entries": shown[(number - 1) * SHOWN : number * SHOWN],
        "chosen": chosen,
        "families": sorted(Counter(entry.told.finding.rule.family for entry in standing_ones).items()),
        "wanted": wanted,
        "page_number": number,
        "pages": max(1, -(-len(shown) // SHOWN)),
        "earlier": selectors.draft_title(now.check.against) if now.check.against else "",
        "word_file": now.record.filename.lower().endswith(WORD_FILES),
        "language": language,
        **_common(seat, now, standing_ones, aside_ones),
    }
    return pages.page(request, "plans/findings.html", context)


def _common(seat: Seat, now: use.Standing, shown: Sequence[Entry], aside: Sequence[Entry]) -> dict[str, Any]:
    """What the page and the part that answers a dismissal both need."""
    counts = Counter(entry.severity for entry in shown)
    return {
        "record": now.record,
        "grades": [(grade.value, counts[grade.value]) for grade in Severity],
        "total": len(shown),
        "new_count": sum(entry.new for entry in shown),
        "back_count": sum(entry.back is not None for entry in shown),
        "aside_count": len(aside),
        "may_dismiss": may(seat.actor, Action.DISMISS_FINDING, now.record.jurisdiction) is None,
        "body_names": {post.id: post.title for post in seat.directory.posts},
    }


def _entries(now: use.Standing, language: str) -> tuple[list[Entry], list[Entry]]:
    """Findings that stand, the gravest first, and those put aside."""
    document = Checked(
        now.record.filename,
        tuple(text_of(now.record).lines),
        now.split.shown,
        now.split.shown_names,
        tuple((finding, said.reason) for finding, said in now.split.dismissed),
        now.split.dismissed_names,
    )

    def entry(item: Told, given: KeptDismissal | None = None) -> Entry:
        return Entry(
            id=item.fingerprint,
            told=item,
            new=now.kept[item.fingerprint].new,
            elsewhere=see_also(item.finding, language),
            given=given,
            back=now.split.returned.get(item.fingerprint),
        )

    standing_ones = [entry(item) for item in told(document, language)]
    order = list(Severity)
    standing_ones.sort(key=lambda one: (order.index(one.told.finding.severity), one.told.finding.line))
    aside = [entry(item, now.given.get(item.fingerprint)) for item in told_aside(document, language)]
    return standing_ones, aside


def _chosen(
    request: HttpRequest, shown: list[Entry], aside: list[Entry]
) -> tuple[list[Entry], dict[str, str]]:
    show, severity = request.GET.get("show", ""), request.GET.get("severity", "")
    family = request.GET.get("family", "")[:2]
    if "at" in request.GET and request.GET["at"] in {entry.id for entry in aside}:
        show = "aside"
    chosen = {
        "show": show if show in SHOWS else "",
        "severity": severity if severity in {each.value for each in Severity} else "",
        "family": family,
    }
    entries = aside if chosen["show"] == "aside" else shown
    return [
        entry
        for entry in entries
        if (chosen["show"] != "new" or entry.new)
        and (chosen["show"] != "back" or entry.back is not None)
        and chosen["severity"] in ("", entry.severity)
        and family in ("", entry.told.finding.rule.family)
    ], chosen


def _page(request: HttpRequest, names: list[str], wanted: str) -> int:
    page = request.GET.get("page", "")
    number = names.index(wanted) // SHOWN + 1 if wanted in names else 1
    if wanted not in names and page.isdecimal() and len(page) < 7:
        number = int(page)
    return min(max(number, 1), max(1, -(-len(names) // SHOWN)))


def _anchors(entries: Sequence[Entry]) -> list[Anchor]:
    return [
        Anchor(
            entry.id,
            f"fault_{entry.severity}",
            Citation(
                document="",
                clause=entry.told.finding.clause,
                line=entry.told.finding.line,
                quote=entry.told.finding.evidence,
            ),
        )
        for entry in entries
        # A finding on what the plan lacks stands at its title: nothing there is wrong.
        if entry.told.finding.clause or entry.told.finding.evidence != entry.told.finding.plan
    ]


@pages.command
def check(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Check again now."""
    seat = seat_of(request)
    found = use.check_again(wiring.lint_desk(), seat.actor, draft_id)
    return pages.done(request, "linted", reverse("plan-findings", args=[draft_id]), n=len(found.found))


@pages.screen
def aside(request: HttpRequest, draft_id: str, fingerprint: str) -> HttpResponse:
    """The form to put a finding aside; POST does it."""
    if request.method == "POST":
        return _put_aside(request, draft_id, fingerprint)
    seat = seat_of(request)
    now = use.standing(wiring.lint_desk(), seat.actor, draft_id)
    require(seat.actor, Action.DISMISS_FINDING, now.record.jurisdiction)
    if fingerprint not in now.split.shown_names:
        raise Conflict("finding_not_standing")
    entry = next(one for one in _entries(now, seat.language)[0] if one.id == fingerprint)
    context = {
        "here": "plans",
        "record": now.record,
        "entry": entry,
        "owner": seat.post.title,
        "today": timezone.localdate(),
    }
    if request.headers.get("HX-Request") == "true":
        return pages.part(request, "plans/finding_form.html", context)
    return pages.page(request, "plans/finding_aside.html", context)


def _put_aside(request: HttpRequest, draft_id: str, fingerprint: str) -> HttpResponse:
    typed = request.POST.get("until", "").strip()
    until = _day(typed)
    now = use.dismiss(
        wiring.lint_desk(),
        seat_of(request).actor,
        draft_id=draft_id,
        fingerprint=fingerprint,
        reason=request.POST.get("reason", "").replace("\0", ""),
        owner=request.POST.get("owner", "").replace("\0", ""),
        until=until,
    )
    return _answered(request, now, fingerprint, "finding_aside")


def _day(typed: str) -> Any:
    try:
        day = parse_date(typed) if typed else None
    except ValueError:
        day = None
    if typed and day is None:
        raise InputError("typed_not_a_day", value=typed[:40])
    return day


@pages.command
def undo(request: HttpRequest, draft_id: str, fingerprint: str) -> HttpResponse:
    """Take a dismissal back."""
    desk, actor = wiring.lint_desk(), seat_of(request).actor
    now = use.undo_dismiss(desk, actor, draft_id=draft_id, fingerprint=fingerprint)
    return _answered(request, now, fingerprint, "finding_back")


def _answered(request: HttpRequest, now: use.Standing, fingerprint: str, code: str) -> HttpResponse:
    """The finding as it stands now with the counts, or the way back to the page."""
    here = reverse("plan-findings", args=[now.record.draft_id])
    if request.headers.get("HX-Request") != "true":
        return pages.done(request, code, f"{here}?at={fingerprint}")
    seat = seat_of(request)
    shown, put_aside = _entries(now, seat.language)
    entry = next((one for one in (*shown, *put_aside) if one.id == fingerprint), None)
    if entry is None:
        return HttpResponseRedirect(here)
    context = {"entry": entry, "oob": True, **_common(seat, now, shown, put_aside)}
    return pages.part(request, "plans/finding_answer.html", context)


@pages.screen
def report(request: HttpRequest, draft_id: str, kind: str) -> HttpResponse:
    """The findings of one plan as a file."""
    seat, desk = seat_of(request), wiring.lint_desk()
    now = use.standing(desk, seat.actor, draft_id)
    data = made(kind, [use.checked(desk, now)], seat.language)
    return file_answer(data, now.record.draft.content.title, kind)


@pages.screen
def commented(request: HttpRequest, draft_id: str) -> HttpResponse:
    """The document as it came, with a Word comment at the place of each finding."""
    seat, desk = seat_of(request), wiring.lint_desk()
    now = use.standing(desk, seat.actor, draft_id)
    stored = desk.library.store.document_data(now.record.document_id)
    if stored is None or not stored[0].lower().endswith(WORD_FILES):
        raise InputError("lint_not_word")
    name, data = stored
    at = timezone.localtime(desk.library.clock.now())
    word_file = bootstrap.word_file(data, name)
    made_file = bootstrap.commented_docx(word_file, notes(use.checked(desk, now), seat.language), at)
    return file_answer(made_file, now.record.draft.content.title, "docx")
