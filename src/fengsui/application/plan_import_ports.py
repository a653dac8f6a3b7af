"""What importing many files needs from outside (批量导入的端口): rows of the batch, unpacking, reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import IO, Any, Protocol

from fengsui.core.errors import InputError
from fengsui.core.plan.model import DraftPlan, PlanKind
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.clauses import PlacedClause

Bindings = tuple[tuple[str, tuple[str, ...]], ...]
"""Bodies as printed with the ids of posts and units that they may stand for."""


class EntryState(StrEnum):
    """Where one file of a batch stands."""

    WAITING = "waiting"  # 等待
    READING = "reading"  # 正在读
    DONE = "done"  # 已导入
    DUPLICATE = "duplicate"  # 重复
    NEW_VERSION = "new_version"  # 新版本
    FAILED = "failed"  # 没有读成


OPEN_ENTRIES = (EntryState.WAITING, EntryState.READING)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportBatch:
    """Files that came together. ``key`` names their source, so that an import broken off is found again."""

    batch_id: str
    key: str
    source: str
    jurisdiction: str
    kind: PlanKind | None
    hazards: tuple[str, ...]
    created_at: datetime
    created_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A file as it came in: its name within the source, and its bytes or why it was not taken."""

    name: str
    data: bytes = b""
    problem: InputError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenEntry:
    """A file to read now. ``attempt`` counts the times it was taken: only the last taker may finish it."""

    entry_id: int
    batch: ImportBatch
    name: str
    data: bytes
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryResult:
    """What came of a file: ``code`` and ``words`` make the sentence, ``drafts`` the plans meant."""

    state: EntryState
    code: str
    words: dict[str, Any] = field(default_factory=dict)
    drafts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many files of a batch stand where."""

    total: int = 0
    waiting: int = 0
    reading: int = 0
    done: int = 0
    duplicate: int = 0
    new_version: int = 0
    failed: int = 0

    @property
    def finished(self) -> int:
        """Files dealt with, well or not."""
        return self.total - self.waiting - self.reading


class ImportStore(Protocol):
    """Keeps batches and their files."""

    def open_batch(self, key: str, created_by: str) -> ImportBatch | None:
        """The latest batch of this source and post that still has files to read, None if there is none."""

    def batch(self, batch_id: str) -> ImportBatch | None:
        """One batch, None if unknown."""

    def save_batch(self, batch: ImportBatch) -> None:
        """Keep a new batch."""

    def add(self, batch_id: str, files: Iterable[Packed]) -> int:
        """Keep files in one transaction; return how many are new.

        A name kept before with the same bytes stays as it is, unless it failed: then it waits again;
        with other bytes it is read anew.
        """

    def waiting(self) -> bool:
        """Whether any file waits or is being read; a look that costs no lock."""

    def take(
        self, now: datetime, limit: int, lease: timedelta, batch_id: str | None = None
    ) -> tuple[TakenEntry, ...]:
        """Files waiting, or whose lease has ended, in their order; leased until ``now + lease``."""

    def keep(self, entries: Iterable[TakenEntry], until: datetime) -> None:
        """Lengthen the lease of files still being read."""

    def give_back(self, entries: Iterable[TakenEntry]) -> None:
        """Files taken and not read wait again, as if they had not been taken."""

    def hold(self, entry: TakenEntry) -> bool:
        """Inside a transaction: whether ``entry`` is still this taker's; none else changes it meanwhile.

        Also keeps imports from writing side by side, so that one text is not kept twice.
        """

    def finish(self, entry_id: int, result: EntryResult, at: datetime) -> None:
        """Keep the result and let go of the bytes; those of a failed file stay for another try."""

    def retry(self, batch_id: str) -> int:
        """Let the failed files whose bytes are kept wait again; return how many."""

    def counts(self, batch_id: str) -> Counts:
        """How many files of the batch stand where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadText:
    """A document as read; ``bindings`` what its bodies may stand for, one for each draft, if looked up.

    ``clauses`` of each draft, if the reader cut them: whoever writes need not look for them again.
    """

    lines: tuple[TextLine, ...]
    drafts: tuple[DraftPlan, ...]
    bindings: tuple[Bindings, ...] | None = None
    clauses: tuple[tuple[PlacedClause, ...], ...] | None = None


class ReadingPool(Protocol):
    """Reads documents, in other processes or here. It holds at most ``room`` documents at a time."""

    room: int

    def submit(self, entry: TakenEntry) -> None:
        """Begin to read."""

    def collect(self, seconds: float) -> list[tuple[TakenEntry, ReadText | InputError]]:
        """What was read meanwhile; waits at most ``seconds`` for the first."""


class Unpack(Protocol):
    """Gives the files of an archive. Raises InputError when it is none."""

    def __call__(self, file: IO[bytes]) -> Iterator[Packed]: ...
