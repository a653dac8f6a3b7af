"""``fengsui library import PATH…``: files, folders and archives, read in several processes."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fengsui.application.wording import word
from fengsui.cli.library import actor_of, language
from fengsui.core.errors import InputError

if TYPE_CHECKING:
    from fengsui.application.desk import Actor
    from fengsui.application.plan_import import Importer, Told
    from fengsui.application.plan_import_ports import EntryResult, ImportBatch, Packed

_JUNK = (".", "~$", "Thumbs.db", "desktop.ini")
_WAIT_SECONDS = 1.0


def run_import(options: argparse.Namespace) -> int:
    """Import what is named, or go on with what was broken off; 1 when a file could not be imported."""
    from fengsui import bootstrap

    importer = bootstrap.importer()
    actor = actor_of(options.post)
    if not options.paths:
        if not options.resume:
            raise InputError("nothing_to_import", path="")
        return _read(importer, None, options)
    batch = _take_in(importer, actor, options)
    return _read(importer, batch, options)


def _take_in(importer: Importer, actor: Actor, options: argparse.Namespace) -> ImportBatch:
    from fengsui.application.plan_import import counts, start_batch, take_in
    from fengsui.application.plan_metadata import kind_of

    for path in options.paths:
        if not path.exists():
            raise InputError("file_missing", path=path)
    files = _files(importer, options.paths)
    first = next(files, None)
    if first is None:
        raise InputError("nothing_to_import", path=options.paths[0])
    batch = start_batch(
        importer,
        actor,
        source="；".join(str(path.resolve()) for path in options.paths),
        jurisdiction=options.jurisdiction or actor.jurisdiction.code,
        kind=kind_of(options.kind) if options.kind else None,
        hazards=tuple(options.hazard),
    )
    left = counts(importer, batch.batch_id)
    if left.total and not options.json:
        _say("resumed", source=batch.source, n=left.waiting + left.reading)

    def all_files() -> Iterator[Packed]:
        yield first
        yield from files

    take_in(importer, actor, batch.batch_id, all_files())
    return batch


def _files(importer: Importer, paths: list[Path]) -> Iterator[Packed]:
    """Every file under ``paths``, archives unpacked, one at a time."""
    from fengsui.application.plan_import import is_archive, unpacked
    from fengsui.application.plan_import_ports import Packed

    for path, name in _found(paths):
        try:
            if is_archive(name):
                with path.open("rb") as file:
                    for inner in unpacked(importer, name, file):
                        shown = inner.name if inner.name == name else f"{name}/{inner.name}"
                        yield Packed(name=shown[:500], data=inner.data, problem=inner.problem)
            else:
                yield _one(path, name)
        except OSError:
            yield Packed(name=name, problem=InputError("file_missing", path=name))


def _one(path: Path, name: str) -> Packed:
    from fengsui.application.plan_import import MOST_BYTES
    from fengsui.application.plan_import_ports import Packed

    if path.stat().st_size > MOST_BYTES:
        limit = MOST_BYTES // 1024 // 1024
        return Packed(name=name, problem=InputError("file_too_big", limit_mb=limit))
    return Packed(name=name, data=path.read_bytes())


def _found(paths: list[Path]) -> Iterator[tuple[Path, str]]:
    for path in paths:
        if not path.is_dir():
            yield path, path.name
            continue
        before = f"{path.resolve().name}/" if len(paths) > 1 else ""
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith((".", "__MACOSX")))
            for name in sorted(names):
                file = Path(folder, name)
                if not name.startswith(_JUNK) and file.is_file():
                    yield file, before + file.relative_to(path).as_posix()


def _read(importer: Importer, batch: ImportBatch | None, options: argparse.Namespace) -> int:
    from fengsui import bootstrap
    from fengsui.application.plan_import import counts, read_waiting

    progress = _Progress(quiet=options.json)
    batch_id = batch.batch_id if batch else None
    pool = bootstrap.reading_pool(max(1, min(options.jobs, 16)))
    try:
        while True:
            if batch_id:
                standing = counts(importer, batch_id)
                progress.of(standing.finished, standing.total)
            read_waiting(importer, pool, batch_id=batch_id, tell=progress.tell)
            # What another process holds is waited for: it finishes it, or its lease ends.
            if not (counts(importer, batch_id).reading if batch_id else importer.imports.waiting()):
                break
            time.sleep(_WAIT_SECONDS)
    except KeyboardInterrupt:
        _say("interrupted")
        return 130
    finally:
        pool.close()
        progress.close()
    return _sum_up(importer, batch, progress, options)


def _sum_up(
    importer: Importer, batch: ImportBatch | None, progress: _Progress, options: argparse.Namespace
) -> int:
    from dataclasses import asdict

    from fengsui.application.plan_import import counts

    if batch is None:
        if options.json:
            print(json.dumps({"files": progress.told}, ensure_ascii=False, indent=2))
        elif not progress.told:
            _say("nothing_waits")
        return 1 if progress.failed else 0
    standing = counts(importer, batch.batch_id)
    if options.json:
        data = {"batch": batch.batch_id, "counts": asdict(standing), "files": _all(batch.batch_id)}
        print(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        progress.rest(batch.batch_id)
        _say("counts", **asdict(standing))
    return 1 if standing.failed else 0


def _all(batch_id: str, state: str = "") -> list[dict[str, Any]]:
    from fengsui.application.plan_import_ports import EntryResult, EntryState
    from fengsui.store import selectors

    lines = selectors.import_entries(batch_id, state=state, limit=100_000)
    return [
        _file(
            line.name,
            EntryResult(state=EntryState(line.state), code=line.code, words=line.words, drafts=line.drafts),
        )
        for line in lines
    ]


def _file(name: str, result: EntryResult) -> dict[str, Any]:
    from fengsui.application.plan_import import told

    return {
        "name": name,
        "state": result.state.value,
        "code": result.code,
        "text": told(result, language()),
        "drafts": list(result.drafts),
    }


class _Progress:
    """A bar on standard error when a person watches, a line for each file on standard output."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet = quiet
        self.failed = 0
        self.told: list[dict[str, Any]] = []
        self._bar: Any = None

    def of(self, finished: int, total: int) -> None:
        if self._bar is None and sys.stderr.isatty():
            from tqdm import tqdm

            self._bar = tqdm(
                total=total, initial=finished, file=sys.stderr, desc=word("library", "reading", language())
            )

    def tell(self, told: Told) -> None:
        from fengsui.application.plan_import import told as sentence_of

        self.failed += told.result.state.value == "failed"
        self.told.append(_file(told.name, told.result))
        if not self.quiet:
            state = word("import_state", told.result.state.value, language())
            line = f"{state}  {told.name}  {sentence_of(told.result, language())}"
            if self._bar is not None:
                self._bar.write(line, file=sys.stdout)
            else:
                print(line, flush=True)
        if self._bar is not None:
            self._bar.update(1)

    def rest(self, batch_id: str) -> None:
        """Print what could not be taken in at all."""
        named = {one["name"] for one in self.told}
        for one in _all(batch_id, "failed"):
            if one["name"] not in named:
                print(f"{word('import_state', 'failed', language())}  {one['name']}  {one['text']}")

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()


def _say(code: str, **data: object) -> None:
    print(word("library", code, language(), **data), file=sys.stderr, flush=True)
