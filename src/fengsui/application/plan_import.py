"""Importing many files (批量导入): a folder, a zip, a choice of files, as a batch kept in rows.

First the files are taken in, bytes and all; then they are read, each in a transaction of its own, by the
process that took them in or by another. Killed at any moment, nothing is lost: what was not finished is
taken again when its lease ends; and nothing is doubled: drafts and the result of a file are written together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import IO

from fengsui.application.access import Action, require
from fengsui.application.desk import Actor
from fengsui.application.plan_import_ports import (
    Counts,
    EntryResult,
    EntryState,
    ImportBatch,
    ImportStore,
    Packed,
    ReadingPool,
    ReadText,
    TakenEntry,
    Unpack,
)
from fengsui.application.plan_library import Arrived, Library, document_id, keep_document
from fengsui.application.ports import Transactions
from fengsui.application.wording import word
from fengsui.core.directory import Directory, Post
from fengsui.core.errors import FengsuiError, InputError, Refusal
from fengsui.core.plan.model import PlanKind

LEASE = timedelta(seconds=20)
LOOK_SECONDS = 4.0
"""How often leases are lengthened while files are read; well within ``LEASE``."""
MOST_ATTEMPTS = 3
"""A file that ended its reader so often is given up."""
MOST_BYTES = 100 * 1024 * 1024
TAKE_IN_FILES, TAKE_IN_BYTES = 50, 16 * 1024 * 1024
"""Files, and bytes, taken in by one transaction: memory stays flat whatever comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Importer:
    """The ports of importing."""

    library: Library
    imports: ImportStore
    transactions: Transactions
    unpack: Unpack


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One file dealt with, for whoever watches."""

    batch_id: str
    name: str
    result: EntryResult


def source_key(source: str, jurisdiction: str, kind: PlanKind | None, hazards: tuple[str, ...]) -> str:
    """The identity of an import: the same source for the same purpose is gone on with."""
    text = "\0".join((source, jurisdiction, kind or "", *hazards))
    return hashlib.sha256(text.encode()).hexdigest()


def start_batch(
    importer: Importer,
    actor: Actor,
    *,
    source: str,
    jurisdiction: str,
    kind: PlanKind | None = None,
    hazards: tuple[str, ...] = (),
    key: str = "",
) -> ImportBatch:
    """A batch for the files of ``source``; one that was broken off is gone on with.

    Raises Refusal when ``actor`` may not import there.
    """
    require(actor, Action.IMPORT_PLAN, jurisdiction)
    library = importer.library
    wanted = key or source_key(source, jurisdiction, kind, hazards)
    before = importer.imports.open_batch(wanted, actor.post_id)
    if before is not None:
        return before
    batch = ImportBatch(
        batch_id=library.ids.new(),
        key=wanted,
        source=source[:300],
        jurisdiction=jurisdiction,
        kind=kind,
        hazards=hazards,
        created_at=library.clock.now(),
        created_by=actor.post_id,
    )
    importer.imports.save_batch(batch)
    return batch


def take_in(importer: Importer, actor: Actor, batch_id: str, files: Iterable[Packed]) -> int:
    """Keep files in the batch, some at a time; return how many are new to it."""
    batch = batch_of(importer, actor, batch_id)
    return sum(importer.imports.add(batch.batch_id, some) for some in _some(iter(files)))


def _some(files: Iterator[Packed]) -> Iterator[list[Packed]]:
    kept: list[Packed] = []
    size = 0
    for file in files:
        checked = _checked(file)
        kept.append(checked)
        size += len(checked.data)
        if len(kept) >= TAKE_IN_FILES or size >= TAKE_IN_BYTES:
            yield kept
            kept, size = [], 0
    if kept:
        yield kept


def _checked(file: Packed) -> Packed:
    if file.problem is not None:
        return file
    if not file.data:
        return Packed(name=file.name, problem=InputError("empty_file"))
    if len(file.data) > MOST_BYTES:
        return Packed(name=file.name, problem=InputError("file_too_big", limit_mb=MOST_BYTES // 1024 // 1024))
    return file


def is_archive(name: str) -> bool:
    """Whether a file is to be unpacked; an Office file is a zip too, and is not."""
    return name.lower().endswith(".zip")


def unpacked(importer: Importer, name: str, file: IO[bytes]) -> Iterator[Packed]:
    """The files of an archive, or the archive itself as a file that failed."""
    try:
        yield from importer.unpack(file)
    except InputError as problem:
        yield Packed(name=name, problem=problem)


def batch_of(importer: Importer, actor: Actor, batch_id: str) -> ImportBatch:
    """A batch that ``actor`` may see. Raises InputError("no_such_import"), Refusal."""
    batch = importer.imports.batch(batch_id)
    if batch is None:
        raise InputError("no_such_import", batch=batch_id)
    require(actor, Action.IMPORT_PLAN, batch.jurisdiction)
    return batch


def retry_failed(importer: Importer, actor: Actor, batch_id: str) -> int:
    """Read the failed files of a batch once more; return how many."""
    return importer.imports.retry(batch_of(importer, actor, batch_id).batch_id)


def read_waiting(
    importer: Importer,
    pool: ReadingPool,
    *,
    batch_id: str | None = None,
    stop: Callable[[], bool] = lambda: False,
    tell: Callable[[Told], None] = lambda _told: None,
) -> int:
    """Read what waits (of one batch, or of all) until nothing is left to take; return how many were finished.

    At most ``pool.room`` files are held at a time. Told to stop, it gives back what it holds.
    """
    clock, imports = importer.library.clock, importer.imports
    held: dict[int, TakenEntry] = {}
    posts = _Posts(importer.library)
    finished = 0
    try:
        while not stop():
            wanted = pool.room - len(held)
            taken = imports.take(clock.now(), wanted, LEASE, batch_id) if wanted > 0 else ()
            for entry in taken:
                if entry.attempt > MOST_ATTEMPTS:
                    finished += _finish(importer, posts, entry, InputError("import_gave_up"), tell)
                else:
                    held[entry.entry_id] = entry
                    pool.submit(entry)
            if not held:
                if taken:
                    continue
                break
            for entry, outcome in pool.collect(LOOK_SECONDS):
                held.pop(entry.entry_id, None)
                finished += _finish(importer, posts, entry, outcome, tell)
            imports.keep(held.values(), clock.now() + LEASE)
    finally:
        imports.give_back(held.values())
    return finished


class _Posts:
    """The posts that import; the directory is long and files are many, so it is read every few seconds."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._directory, self._seen = Directory(), datetime.min.replace(tzinfo=UTC)

    def named(self, post_id: str) -> Post:
        """The post. Raises InputError("post_unknown")."""
        now = self._library.clock.now()
        if now - self._seen >= timedelta(seconds=LOOK_SECONDS):
            self._directory, self._seen = self._library.directory.directory(), now
        post = self._directory.post(post_id)
        if post is None:
            raise InputError("post_unknown", post=post_id)
        return post


def _finish(
    importer: Importer,
    posts: _Posts,
    entry: TakenEntry,
    outcome: ReadText | InputError,
    tell: Callable[[Told], None],
) -> int:
    """Write the drafts of a file and its result together; 0 when another has taken it meanwhile."""
    with importer.transactions.begin():
        if not importer.imports.hold(entry):
            return 0
        try:
            result = _result(importer, posts, entry, outcome)
        except (InputError, Refusal) as problem:
            result = failure(problem)
        importer.imports.finish(entry.entry_id, result, importer.library.clock.now())
    tell(Told(batch_id=entry.batch.batch_id, name=entry.name, result=result))
    return 1


def _result(
    importer: Importer, posts: _Posts, entry: TakenEntry, outcome: ReadText | InputError
) -> EntryResult:
    if isinstance(outcome, InputError):
        return failure(outcome)
    library, batch = importer.library, entry.batch
    post = posts.named(batch.created_by)
    known = library.store.drafts_of(document_id(entry.data))
    if known:
        return EntryResult(
            state=EntryState.DUPLICATE,
            code="same_file",
            words={"title": known[0].draft.content.title or known[0].filename, "file": known[0].filename},
            drafts=tuple(record.draft_id for record in known),
        )
    arrived = keep_document(
        library,
        Actor.of(post),
        filename=entry.name.rpartition("/")[2],
        data=entry.data,
        lines=outcome.lines,
        drafts=outcome.drafts,
        jurisdiction=batch.jurisdiction,
        kind=batch.kind,
        hazards=batch.hazards,
        bindings=outcome.bindings,
        clauses=outcome.clauses,
    )
    return arrival(arrived, entry.name)


def arrival(arrived: Arrived, filename: str) -> EntryResult:
    """The result of a file that was read: new plans, plans the library has, versions of plans it has."""
    new = tuple(record.draft_id for record in arrived.new)
    words = {
        "n": len(arrived.new),
        "title": (arrived.new[0].draft.content.title if arrived.new else arrived.same[0].title) or filename,
    }
    if not arrived.new:
        return EntryResult(
            state=EntryState.DUPLICATE,
            code="same_text",
            words={**words, "file": arrived.same[0].filename},
            drafts=tuple(one.draft_id for one in arrived.same),
        )
    if arrived.versions:
        earlier = arrived.versions[0][1]
        return EntryResult(
            state=EntryState.NEW_VERSION,
            code="new_version",
            words={**words, "earlier": earlier.title, "file": earlier.filename},
            drafts=new,
        )
    code = "some_known" if arrived.same else "imported_one" if len(new) == 1 else "imported"
    return EntryResult(
        state=EntryState.DONE, code=code, words={**words, "known": len(arrived.same)}, drafts=new
    )


def failure(problem: FengsuiError) -> EntryResult:
    """The result of a file that could not be taken or read: its code is that of the error."""
    words = {name: str(value) for name, value in problem.data.items()}
    return EntryResult(state=EntryState.FAILED, code=problem.code, words=words)


def counts(importer: Importer, batch_id: str) -> Counts:
    """How many files of the batch stand where."""
    return importer.imports.counts(batch_id)


def told(result: EntryResult, language: str = "zh") -> str:
    """What came of a file, in one sentence; "" while it waits."""
    group = "error" if result.state is EntryState.FAILED else "import_result"
    return word(group, result.code, language, **result.words) if result.code else ""
