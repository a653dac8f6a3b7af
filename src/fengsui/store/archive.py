"""Everything an installation holds, as one file that any database can take in again.

Written for three uses that must not differ: a backup, its restore, and the move from SQLite to PostgreSQL.
The file is a zip of one text a table (JSON, a row a line), of the files of the data directory, and of a
manifest with the number of rows of each table and a hash over them that does not depend on their order,
because databases sort differently. A read sees one moment of the database and holds nobody up.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from fengsui.core.errors import Conflict, InputError, Permanent
from fengsui.store import bulk, clauses
from fengsui.store.failures import told_plainly
from fengsui.store.models import Account, Document, IncidentRow, PlanPart

FORMAT = "fengsui-backup/1"
MANIFEST = "manifest.json"
BATCH = 500
LEFT_OUT_APPS = frozenset({"sessions", "contenttypes", "auth", "axes", "admin"})
"""Sign-ins of the moment and what Django makes by itself."""
LEFT_OUT_FILES = ("static/", "lint-cache")
"""Made anew by themselves."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive says it holds: by table (rows, hash), by file the hash."""

    made_at: str
    tables: dict[str, tuple[int, str]]
    files: dict[str, str]

    @property
    def rows(self) -> int:
        return sum(rows for rows, _ in self.tables.values())


def tables() -> list[type[models.Model]]:
    """The tables that are kept, by name."""
    found = [model for model in apps.get_models() if model._meta.app_label not in LEFT_OUT_APPS]
    return sorted((model for model in found if model._meta.managed), key=name_of)


def name_of(model: type[models.Model]) -> str:
    """The table's name in an archive."""
    return model._meta.db_table


def write(target: Path, data_dir: Path, now: datetime) -> Manifest:
    """Write the archive aside and put it in its place when it is whole. Raises Permanent."""
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with draft.open("wb") as file:
            os.fchmod(file.fileno(), 0o600)
            manifest = _write(file, data_dir, now)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    except OSError as problem:
        raise Permanent("backup_not_written", path=target, detail=problem.strerror or "") from problem
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return manifest


def _write(file: BinaryIO, data_dir: Path, now: datetime) -> Manifest:
    kept: dict[str, tuple[int, str]] = {}
    fields: dict[str, list[str]] = {}
    files: dict[str, str] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        with told_plainly(), one_moment():
            for model in tables():
                with archive.open(f"tables/{name_of(model)}.jsonl", "w", force_zip64=True) as out:
                    kept[name_of(model)] = _copy(model, out.write)
                fields[name_of(model)] = [field.attname for field in model._meta.concrete_fields]
        for path in _files(data_dir):
            data = path.read_bytes()
            name = path.relative_to(data_dir).as_posix()
            files[name] = hashlib.sha256(data).hexdigest()
            archive.writestr(f"files/{name}", data)
        body = {
            "format": FORMAT,
            "made_at": now.astimezone(UTC).isoformat(),
            "fields": fields,
            "tables": kept,
            "files": files,
        }
        archive.writestr(MANIFEST, json.dumps(body, ensure_ascii=False, indent=1))
    return Manifest(made_at=body["made_at"], tables=kept, files=files)  # type: ignore[arg-type]


def _copy(model: type[models.Model], write_line: Any) -> tuple[int, str]:
    rows, total = 0, 0
    for line in _lines(model):
        write_line(line + b"\n")
        rows, total = rows + 1, total + _weight(line)
    return rows, _digest(total)


def _lines(model: type[models.Model]) -> Iterator[bytes]:
    names = [field.attname for field in model._meta.concrete_fields]
    query = model._default_manager.order_by("pk").values_list(*names)
    for values in query.iterator(chunk_size=BATCH):
        yield json.dumps(
            [_plain(value) for value in values], ensure_ascii=False, sort_keys=True, separators=(",", ":")
        ).encode("utf-8")


def _weight(line: bytes) -> int:
    return int.from_bytes(hashlib.sha256(line).digest(), "big")


def _digest(total: int) -> str:
    return f"{total % (1 << 256):064x}"


def digests() -> dict[str, tuple[int, str]]:
    """Rows and hash of every table as the database stands now."""
    with told_plainly(), one_moment():
        return {name_of(model): _copy(model, lambda line: None) for model in tables()}


@contextmanager
def one_moment() -> Iterator[None]:
    """All reads inside see the database as it was at the first, and block no writer."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    # Django would begin IMMEDIATE and shut every writer out for as long as the copy takes.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _files(data_dir: Path) -> Iterator[Path]:
    for path in sorted(data_dir.rglob("*")):
        name = path.relative_to(data_dir).as_posix()
        hidden = any(part.startswith(".") for part in path.relative_to(data_dir).parts)
        passing = ".sqlite3" in path.name or path.suffix in (".log", ".pid")
        if path.is_file() and not (hidden or passing or name.startswith(LEFT_OUT_FILES)):
            yield path


def look(source: Path) -> Manifest:
    """Read an archive through and hold it against its manifest. Raises InputError("backup_broken", …)."""
    with _opened(source) as (archive, body):
        for name, (rows, digest) in body["tables"].items():
            total = count = 0
            with archive.open(f"tables/{name}.jsonl") as file:
                for line in file:
                    count, total = count + 1, total + _weight(line.rstrip(b"\n"))
            if (count, _digest(total)) != (rows, digest):
                raise InputError("backup_broken", path=source, part=name)
        for name, digest in body["files"].items():
            if hashlib.sha256(archive.read(f"files/{name}")).hexdigest() != digest:
                raise InputError("backup_broken", path=source, part=name)
        return _manifest(body)


def _manifest(body: dict[str, Any]) -> Manifest:
    told = {name: (int(rows), str(digest)) for name, (rows, digest) in body["tables"].items()}
    return Manifest(made_at=body["made_at"], tables=told, files=dict(body["files"]))


@contextmanager
def _opened(source: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    if not source.is_file():
        raise InputError("file_missing", path=source)
    try:
        with zipfile.ZipFile(source) as archive:
            body = json.loads(archive.read(MANIFEST))
            if body["format"] != FORMAT:
                raise InputError("backup_wrong_form", path=source)
            yield archive, body
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError, OSError) as problem:
        raise InputError("backup_wrong_form", path=source) from problem


def load(source: Path, data_dir: Path) -> Manifest:
    """Take an archive into an empty, migrated database: all of it in one transaction, or nothing.

    Raises Conflict("restore_not_empty") where anything is kept already, InputError for a broken archive or
    one of a newer version.
    """
    manifest = look(source)
    with _opened(source) as (archive, body), told_plainly():
        known = {name_of(model): model for model in tables()}
        _check_known(body, known)
        with transaction.atomic():
            if any(model._default_manager.exists() for model in (Account, Document, IncidentRow)):
                raise Conflict("restore_not_empty")
            for model in known.values():
                # What a migration puts there by itself comes from the archive as well.
                model._default_manager.all().delete()
            for name, fields in body["fields"].items():
                with archive.open(f"tables/{name}.jsonl") as file:
                    _fill(known[name], fields, file)
            _made_again(known.values())
            connection.check_constraints()
            _unpack(archive, body["files"], data_dir)
        bulk.tell_planner()
    return manifest


def _check_known(body: dict[str, Any], known: dict[str, type[models.Model]]) -> None:
    for name, fields in body["fields"].items():
        model = known.get(name)
        ours = {field.attname for field in model._meta.concrete_fields} if model else set()
        if not set(fields) <= ours:
            raise InputError("backup_newer", part=name)


def _fill(model: type[models.Model], names: list[str], lines: Iterable[bytes]) -> None:
    given = {field.attname: field for field in model._meta.concrete_fields}
    fields = [given[name] for name in names] + [given[name] for name in given if name not in names]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"
    rows = (_row(fields, json.loads(line), len(names)) for line in lines)
    with connection.cursor() as cursor:
        while batch := list(islice(rows, BATCH)):
            cursor.executemany(statement, batch)


def _row(fields: list[models.Field[Any, Any]], values: list[Any], given: int) -> list[Any]:
    whole = [_rich(field, value) for field, value in zip(fields[:given], values, strict=True)]
    whole += [field.get_default() for field in fields[given:]]
    return [field.get_db_prep_save(value, connection) for field, value in zip(fields, whole, strict=True)]


def _made_again(kept: Iterable[type[models.Model]]) -> None:
    """The index over clauses, and the counters from which PostgreSQL takes its next numbers."""
    parts = PlanPart.objects.order_by("pk").iterator(chunk_size=BATCH)
    while batch := list(islice(parts, BATCH)):
        clauses.index_parts(batch)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(kept)):
            cursor.execute(statement)
    clauses.reset_serial()


def _unpack(archive: zipfile.ZipFile, names: dict[str, str], data_dir: Path) -> None:
    root = data_dir.resolve()
    for name in names:
        target = (root / name).resolve()
        if not target.is_relative_to(root):
            raise InputError("backup_wrong_form", path=name)
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f".{target.name}.{os.getpid()}.part")
        draft.write_bytes(archive.read(f"files/{name}"))
        draft.chmod(0o600)
        draft.replace(target)


def _plain(value: Any) -> Any:
    """A value of a column as JSON. Microseconds are kept: the chain of a stream covers them."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, timedelta):
        return value // timedelta(microseconds=1)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    return value


def _rich(field: models.Field[Any, Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(field, models.DateTimeField):
        return datetime.fromisoformat(value)
    if isinstance(field, models.DateField):
        return date.fromisoformat(value)
    if isinstance(field, models.DecimalField):
        return Decimal(value)
    if isinstance(field, models.DurationField):
        return timedelta(microseconds=value)
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value)
    return value
