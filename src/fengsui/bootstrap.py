"""Plugs real things into the ports; the only place that knows everything.

``FENGSUI_EXERCISE=1`` makes this installation one for exercises: every incident is marked as such and only
channels that cannot reach the outside exist.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from fengsui.adapters.read_document import Document
    from fengsui.adapters.reading_pool import ReadInProcesses
    from fengsui.application.batch_linting import BatchTables
    from fengsui.application.desk import DecisionRules, Desk
    from fengsui.application.library_linting import LibraryCheck, PlanSource
    from fengsui.application.lint_library import LintDesk
    from fengsui.application.photos import PhotoDesk
    from fengsui.application.plan_import import Importer
    from fengsui.application.plan_library import Library
    from fengsui.application.ports import Channel, Clock
    from fengsui.core.citation import Citation
    from fengsui.core.directory import Directory
    from fengsui.core.lint.fix import Fix
    from fengsui.core.lint.leader import LeaderPage
    from fengsui.core.lint.note import Note
    from fengsui.core.plan.chart.shapes import Chart
    from fengsui.core.plan.model import Plan
    from fengsui.core.plan.sheet import CardSheet, OfficialDocument
    from fengsui.core.reading.blocks import TextLine


ANSWER_MINUTES = 15
"""How long an approver may be silent before who stands in is asked; an installation may say otherwise."""


class RandomIds:
    """Fresh identifiers that nobody can guess."""

    def new(self) -> str:
        return uuid4().hex


@cache
def set_up_django() -> None:
    """Make Django ready in this process; harmless when it is."""
    import django
    from django.apps import apps

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengsui.web.settings")
    if not apps.ready:
        django.setup()


def migrate() -> None:
    """Bring the tables up to date. Raises Retryable when the database does not answer."""
    set_up_django()
    from django.core.management import call_command

    from fengsui.store.failures import told_plainly

    with told_plainly():
        call_command("migrate", interactive=False, verbosity=0)


def is_exercise() -> bool:
    """Whether this installation is for exercises."""
    return os.environ.get("FENGSUI_EXERCISE") == "1"


def clock() -> Clock:
    """The clock of this installation."""
    from fengsui.adapters.clock import SystemClock

    return SystemClock()


def channels(using: Clock) -> dict[str, Channel]:
    """The ways to reach people, by name: the inbox inside Fengsui, and a file for the record."""
    from django.conf import settings

    from fengsui.adapters.notify_log import LogChannel
    from fengsui.store.records import DjangoInbox

    return {
        "internal": DjangoInbox(using),
        "log": LogChannel(settings.DATA_DIR / "messages.log", using),
    }


def desk(using: Clock | None = None) -> Desk:
    """The desk on the configured database; ``using`` another clock for demos and replays."""
    set_up_django()
    from fengsui.application.desk import Desk
    from fengsui.application.notify import Announcer
    from fengsui.bootstrap_notify import notify_desk
    from fengsui.store.incidents import DjangoIncidents
    from fengsui.store.library import DjangoPlans
    from fengsui.store.notify_setup import DjangoWaits
    from fengsui.store.people import DjangoDirectory
    from fengsui.store.queues import DjangoOutbox, DjangoTimers
    from fengsui.store.records import DjangoCallDrafts, DjangoInbox, DjangoPersonal, DjangoTransactions

    time = using or clock()
    return Desk(
        incidents=DjangoIncidents(),
        plans=DjangoPlans(),
        directory=DjangoDirectory(),
        personal=DjangoPersonal(),
        drafts=DjangoCallDrafts(),
        timers=DjangoTimers(),
        outbox=DjangoOutbox(time),
        channels=channels(time),
        many_channels={"internal": Announcer(notify_desk(time), DjangoInbox(time))},
        clock=time,
        ids=RandomIds(),
        transactions=DjangoTransactions(),
        exercise=is_exercise(),
        rules=decision_rules(),
        waits=DjangoWaits(),
    )


def decision_rules() -> DecisionRules:
    """How this installation decides.

    ``FENGSUI_ANSWER_MINUTES``: minutes until a proposal goes to who stands in (default 15, 0: never);
    ``FENGSUI_DEVICE_COMPULSORY=1``: approving takes a code from a device.
    """
    from fengsui.application.desk import DecisionRules

    given = os.environ.get("FENGSUI_ANSWER_MINUTES", "")
    minutes = int(given) if given.isdigit() else ANSWER_MINUTES
    return DecisionRules(
        answer_within=timedelta(minutes=minutes) if minutes else None,
        device_compulsory=os.environ.get("FENGSUI_DEVICE_COMPULSORY") == "1",
    )


def read_lines(filename: str, data: bytes) -> tuple[TextLine, ...]:
    """The lines of a document of any format we read. Raises InputError."""
    from fengsui.adapters.read_document import read_document

    return read_document(data, filename).lines


def load_document(path: Path) -> Document:
    """A document of any format we read, from a file. Raises InputError."""
    from fengsui.adapters import read_document

    return read_document.load_document(path)


def desk_in_memory(plan: Plan, directory: Directory, at: datetime) -> Desk:
    """A desk for a dry run at ``at``: it keeps nothing and reaches nobody."""
    from fengsui.adapters import memory
    from fengsui.application.desk import Desk

    store = memory.MemoryStore()
    return Desk(
        incidents=store,
        plans=memory.MemoryPlans((plan,)),
        directory=memory.MemoryDirectory(directory),
        personal=memory.MemoryPersonal(),
        drafts=memory.MemoryDrafts(),
        timers=memory.MemoryTimers(store),
        outbox=memory.MemoryOutbox(store),
        channels={},
        clock=memory.FixedClock(at),
        ids=memory.CountingIds(),
        transactions=store,
        exercise=True,
    )


def library(using: Clock | None = None) -> Library:
    """The plan library on the configured database."""
    set_up_django()
    from fengsui.adapters.workdays import ChinaWorkdays
    from fengsui.application.plan_library import Library
    from fengsui.store.library import DjangoLibrary
    from fengsui.store.people import DjangoDirectory

    return Library(
        store=DjangoLibrary(),
        directory=DjangoDirectory(),
        read=read_lines,
        clock=using or clock(),
        ids=RandomIds(),
        workdays=ChinaWorkdays(),
    )


def lint_desk(using: Clock | None = None) -> LintDesk:
    """What checks the plans of the library, on the configured database."""
    set_up_django()
    from fengsui.application.lint_library import LintDesk
    from fengsui.store.lint import DjangoLint

    return LintDesk(library=library(using), store=DjangoLint())


def reading_pool(jobs: int) -> ReadInProcesses:
    """Processes that read documents and look up whom they name."""
    from fengsui.adapters.reading_pool import ReadInProcesses

    return ReadInProcesses(jobs, library().directory.directory())


def importer(using: Clock | None = None) -> Importer:
    """What imports many files, on the configured database."""
    set_up_django()
    from fengsui.adapters.read_zip import unpack
    from fengsui.application.plan_import import Importer
    from fengsui.store.imports import DjangoImports
    from fengsui.store.records import DjangoTransactions

    return Importer(
        library=library(using), imports=DjangoImports(), transactions=DjangoTransactions(), unpack=unpack
    )


def document_file(paper: OfficialDocument, kind: str) -> bytes:
    """An official document as a file, ``kind`` "docx" or "pdf". Raises Permanent("pdf_not_made")."""
    if kind == "pdf":
        from fengsui.adapters.write_pdf import write_pdf

        return write_pdf(paper)
    from fengsui.adapters.write_docx import write_docx

    return write_docx(paper)


def card_file(card: CardSheet, kind: str) -> bytes:
    """An action card as a file, ``kind`` "docx" or "pdf". Raises Permanent("pdf_not_made")."""
    if kind == "pdf":
        from fengsui.adapters.write_pdf import write_card_pdf

        return write_card_pdf(card)
    from fengsui.adapters.write_docx_card import write_card_docx

    return write_card_docx(card)


def chart_file(chart: Chart, *, href: Callable[[Citation], str] | None = None, mark: str = "") -> str:
    """A drawing as SVG; ``href`` the address of a clause, ``mark`` words to be seen on it."""
    from fengsui.adapters.write_svg import write_svg

    return write_svg(chart, href=href, mark=mark)


def word_file(data: bytes, name: str) -> bytes:
    """The file as .docx, converted where it is .doc or .wps. Raises InputError ``not_word_file``, …"""
    from fengsui.adapters.docx_edit import as_word

    return as_word(data, name)


def commented_docx(data: bytes, notes: Sequence[Note], at: datetime) -> bytes:
    """The .docx ``data`` with ``notes`` as Word comments dated ``at`` (local time). Raises InputError."""
    from fengsui.adapters.docx_comments import with_comments

    return with_comments(data, notes, at)


def fixed_docx(data: bytes, fixes: Sequence[Fix], at: datetime) -> tuple[bytes, tuple[Fix, ...]]:
    """The .docx with ``fixes`` as tracked changes, and those that could be made. Raises InputError."""
    from fengsui.adapters.docx_fix import with_tracked_fixes

    return with_tracked_fixes(data, fixes, at)


def leader_pdf(page: LeaderPage) -> bytes:
    """What was found, on one page of A4 for a leader. Raises Permanent("pdf_not_made")."""
    from fengsui.adapters.lint_pdf import write_leader_pdf

    return write_leader_pdf(page)


def check_library(jobs: int) -> LibraryCheck:
    """Check the plans in force and all together, only what changed since; in ``jobs`` processes."""
    set_up_django()
    from functools import partial

    from django.conf import settings

    from fengsui.adapters import collector
    from fengsui.adapters.lint_cache import LintCache
    from fengsui.adapters.lint_pool import check_in
    from fengsui.application.library_linting import lint_library
    from fengsui.store.lint_source import DjangoPlanSource
    from fengsui.store.people import DjangoDirectory

    kept = LintCache(settings.DATA_DIR / "lint-cache.sqlite3")
    with collector.seldom():
        return lint_library(DjangoPlanSource(), kept, partial(check_in, jobs), DjangoDirectory().directory())


def batch_tables(folder: Path) -> BatchTables:
    """The tables of plans in a folder. Raises InputError ``batch_not_installed``."""
    from fengsui.adapters.batch_duckdb import DuckTables

    return DuckTables(folder)


def plan_source() -> PlanSource:
    """The plans in force with their texts."""
    set_up_django()
    from fengsui.store.lint_source import DjangoPlanSource

    return DjangoPlanSource()


def rebuild_clause_index() -> Iterator[tuple[int, int]]:
    """Make the index over clauses anew from the stored documents; yields (done, of how many)."""
    set_up_django()
    from fengsui.store.rebuild import rebuild

    return rebuild()


def photos(using: Clock | None = None) -> PhotoDesk:
    """What keeps photos, on the configured database and data directory."""
    set_up_django()
    from django.conf import settings

    from fengsui.adapters import photo_clean
    from fengsui.application.photos import PhotoDesk
    from fengsui.store.photos import DjangoPhotos

    def clean(data: bytes, name: str) -> tuple[str, bytes]:
        found = photo_clean.clean(data, name)
        return found.kind, found.data

    return PhotoDesk(desk=desk(using), store=DjangoPhotos(settings.DATA_DIR / "photos"), clean=clean)
