"""Reading in other processes (port ``ReadingPool``): two cores at work, one bad file ends one reader.

The readers touch no database. They are started afresh (spawn), so that nothing of the parent is shared.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from fengsui.adapters import collector
from fengsui.adapters.packing import packed, unpacked
from fengsui.application.plan_import_ports import Bindings, ReadText, TakenEntry
from fengsui.core.directory import Directory
from fengsui.core.errors import InputError
from fengsui.core.plan.model import PlanContent

_WAITING_PER_READER = 2
_Answer = ReadText | tuple[str, dict[str, Any]]


_directory: Directory | None = None
"""The directory a reader looks bodies up in; set once when it starts."""


def _start_reader(directory: Directory | None) -> None:
    global _directory
    import fengsui.adapters.read_document
    import fengsui.core.reading.draft  # noqa: F401

    _directory = directory
    collector.begin_with_what_is_here()


def read_file(name: str, data: bytes, area: str = "") -> _Answer:
    """Read one file; an error comes back as its code and data, because errors do not travel by pickle.

    What its bodies stand for is looked up here too, in the area ``area``: it takes as long as reading, and
    whoever writes the result holds a lock meanwhile.
    """
    from fengsui.adapters.read_document import document_id, read_document
    from fengsui.core.reading.clauses import clauses_of
    from fengsui.core.reading.draft import plan_outlines, read_plan

    try:
        lines = read_document(data, name).lines
        outlines = plan_outlines(lines, document_id(data))
        drafts = tuple(map(read_plan, outlines))
        found = None
        if _directory is not None:
            found = tuple(_bodies(draft.content, _directory, area) for draft in drafts)
        clauses = tuple(map(clauses_of, outlines))
        return ReadText(lines=lines, drafts=drafts, bindings=found, clauses=clauses)
    except InputError as problem:
        return problem.code, {key: str(value) for key, value in problem.data.items()}
    except (MemoryError, RecursionError):
        return "unsafe_file", {}


Read = Callable[[str, bytes, str], _Answer]


def _read_packed(read: Read, name: str, data: bytes, area: str) -> bytes:
    return packed(read(name, data, area))


def _bodies(content: PlanContent, directory: Directory, area: str) -> Bindings:
    from fengsui.core.plan.binding import suggest_bindings

    found = suggest_bindings(content, directory, area)
    return tuple((binding.printed, binding.ids) for binding in found if binding.ids)


def _outcome(answer: _Answer) -> ReadText | InputError:
    return answer if isinstance(answer, ReadText) else InputError(answer[0], **answer[1])


class ReadHere:
    """Reads in this process, one after another."""

    room = 1

    def __init__(self) -> None:
        self._waiting: deque[TakenEntry] = deque()

    def submit(self, entry: TakenEntry) -> None:
        """Begin to read."""
        self._waiting.append(entry)

    def collect(self, seconds: float) -> list[tuple[TakenEntry, ReadText | InputError]]:
        """What was read meanwhile."""
        entry = self._waiting.popleft()
        return [(entry, _outcome(read_file(entry.name, entry.data)))]


class ReadInProcesses:
    """Reads in ``jobs`` processes."""

    def __init__(
        self,
        jobs: int,
        directory: Directory | None = None,
        read: Read = read_file,
    ) -> None:
        self._directory = directory
        self.room = jobs * (1 + _WAITING_PER_READER)
        self._jobs, self._read = jobs, read
        self._pool = self._start(jobs)
        self._running: dict[Future[bytes], TakenEntry] = {}
        self._suspects: deque[TakenEntry] = deque()

    def _start(self, jobs: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            jobs,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_start_reader,
            initargs=(self._directory,),
        )

    def close(self) -> None:
        """End the readers; what they read is lost."""
        processes = list((getattr(self._pool, "_processes", None) or {}).values())
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()

    def processes(self) -> tuple[int, ...]:
        """The ids of the readers at work."""
        return tuple(getattr(self._pool, "_processes", None) or ())

    def submit(self, entry: TakenEntry) -> None:
        """Begin to read."""
        try:
            self._running[self._begin(self._pool, entry)] = entry
        except BrokenProcessPool:
            self._suspects.append(entry)

    def _begin(self, pool: ProcessPoolExecutor, entry: TakenEntry) -> Future[bytes]:
        return pool.submit(_read_packed, self._read, entry.name, entry.data, entry.batch.jurisdiction)

    def collect(self, seconds: float) -> list[tuple[TakenEntry, ReadText | InputError]]:
        """What was read meanwhile; waits at most ``seconds`` for the first."""
        if self._suspects and not self._running:
            return [self._alone(self._suspects.popleft())]
        done, _ = wait(self._running, timeout=seconds, return_when=FIRST_COMPLETED)
        read: list[tuple[TakenEntry, ReadText | InputError]] = []
        for future in done:
            entry = self._running.pop(future)
            try:
                read.append((entry, _outcome(unpacked(future.result()))))
            except BrokenProcessPool:
                # One of those being read ended its reader; which one is found by reading each alone.
                self._suspects.append(entry)
        if self._suspects:
            self._suspects.extend(self._running.values())
            self._running.clear()
            self.close()
            self._pool = self._start(self._jobs)
        return read

    def _alone(self, entry: TakenEntry) -> tuple[TakenEntry, ReadText | InputError]:
        with self._start(1) as pool:
            try:
                return entry, _outcome(unpacked(self._begin(pool, entry).result()))
            except BrokenProcessPool:
                return entry, InputError("import_gave_up")
