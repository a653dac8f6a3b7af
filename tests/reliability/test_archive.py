"""Backup, restore, and the move to another database: proved equal, or nothing."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import databases
from fengsui import bootstrap_keep
from fengsui.core.errors import Conflict, InputError
from fengsui.store import archive, models
from reliability import situation

ROOT = Path(__file__).resolve().parents[2]


def fengsui(*arguments: str, database: str, data: Path, **more: object) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "FENGSUI_DATABASE": database,
        "FENGSUI_DATA": str(data),
        "FENGSUI_LANG": "zh",
    }
    environment["PYTHONPATH"] = str(ROOT / "src")
    command = [sys.executable, "-m", "fengsui", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, **more)  # type: ignore[call-overload]


@pytest.fixture
def used(engine: str) -> str:
    """A database in which something has happened."""
    situation.furnish()
    situation.proposed()
    return engine


def test_a_backup_restores_every_row_and_every_log(used: str, sqlite_template: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "photos").mkdir(parents=True)
    (data / "photos" / "a.jpg").write_bytes(b"picture")
    kept = archive.write(tmp_path / "all.fengsui", data, situation.NOW)
    assert kept.rows > 20
    before = archive.digests()
    empty = str(tmp_path / "empty.sqlite3")
    shutil.copy(sqlite_template, empty)
    with databases.using(empty):
        archive.load(tmp_path / "all.fengsui", tmp_path / "other")
        assert archive.digests() == before == kept.tables
        assert bootstrap_keep.verify_all_logs() == 1
        # Ids go on behind those that came in, so life goes on.
        situation.proposed()
    assert (tmp_path / "other" / "photos" / "a.jpg").read_bytes() == b"picture"


def test_a_restore_goes_into_an_empty_installation_only(used: str, tmp_path: Path) -> None:
    archive.write(tmp_path / "all.fengsui", tmp_path / "none", situation.NOW)
    before = archive.digests()
    with pytest.raises(Conflict, match="restore_not_empty"):
        archive.load(tmp_path / "all.fengsui", tmp_path / "other")
    assert archive.digests() == before


def test_a_damaged_backup_restores_nothing(
    database_sqlite: str, sqlite_template: Path, tmp_path: Path
) -> None:
    situation.furnish()
    whole, broken = tmp_path / "all.fengsui", tmp_path / "broken.fengsui"
    archive.write(whole, tmp_path / "none", situation.NOW)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace("县公安局".encode(), "县公安居".encode()))
    empty = str(tmp_path / "empty.sqlite3")
    shutil.copy(sqlite_template, empty)
    with databases.using(empty):
        for source in (broken, tmp_path / "none.fengsui", Path(__file__)):
            with pytest.raises(InputError):
                archive.load(source, tmp_path / "other")
        assert not models.Account.objects.exists()
        assert not models.Unit.objects.exists()


def test_a_full_disk_leaves_no_half_backup(database_sqlite: str, tmp_path: Path) -> None:
    situation.furnish()

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "big.bin").write_bytes(os.urandom(60_000))
    target = tmp_path / "all.fengsui"
    done = fengsui(
        "backup", str(target), database=database_sqlite, data=tmp_path / "data", preexec_fn=small_files
    )
    assert done.returncode == 2
    assert "原有数据未受影响" in done.stderr
    assert [path.name for path in tmp_path.iterdir() if "all" in path.name] == []


def test_writers_go_on_while_a_backup_reads(database_sqlite: str, tmp_path: Path) -> None:
    situation.furnish()
    with archive.one_moment():
        assert models.IncidentRow.objects.count() == 0
        code = "from reliability import situation; import django; situation.proposed()"
        done = subprocess.run(
            [sys.executable, "-c", f"from fengsui import bootstrap; bootstrap.set_up_django(); {code}"],
            env={
                **os.environ,
                "FENGSUI_DATABASE": database_sqlite,
                "FENGSUI_DATA": str(tmp_path),
                "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert models.IncidentRow.objects.count() == 0
    assert models.IncidentRow.objects.count() == 1


@pytest.mark.postgres
def test_one_command_moves_everything_to_postgresql_and_proves_it(
    database_sqlite: str, postgres_cluster: databases.Cluster, tmp_path: Path
) -> None:
    situation.furnish()
    situation.proposed()
    target = postgres_cluster.create("moved")
    done = fengsui("move", target, database=database_sqlite, data=tmp_path / "data")
    assert done.returncode == 0, done.stderr
    assert "逐表核对一致" in done.stdout
    with databases.using(target):
        assert archive.digests() == _elsewhere(database_sqlite)
        situation.proposed()
        assert bootstrap_keep.verify_all_logs() == 2
    again = fengsui("move", target, database=database_sqlite, data=tmp_path / "data")
    assert again.returncode == 2
    assert "这里已有数据" in again.stderr


def _elsewhere(setting: str) -> dict[str, tuple[int, str]]:
    with databases.using(setting):
        return archive.digests()


def test_the_commands_say_what_they_did(database_sqlite: str, tmp_path: Path) -> None:
    situation.furnish()
    target = tmp_path / "all.fengsui"
    assert "已备份" in fengsui("backup", str(target), database=database_sqlite, data=tmp_path / "d").stdout
    checked = fengsui("backup", str(target), "--check", database=database_sqlite, data=tmp_path / "d")
    assert "备份完好" in checked.stdout
    other = {"database": str(tmp_path / "new.sqlite3"), "data": tmp_path / "new"}
    told = json.loads(fengsui("restore", str(target), "--json", **other).stdout)
    assert told["rows"] > 0
