"""A PostgreSQL server of its own in a temporary folder: the system's is not touched."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any


def postgres_programs() -> Path | None:
    """The folder of the newest PostgreSQL server on this machine, None without one."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


class Cluster:
    """A PostgreSQL server in a folder of its own, reached by a socket there."""

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="fengsui-pg-"))
        self.user: dict[str, Any] = {}
        if os.geteuid() == 0:
            # The server refuses to run as root.
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
            self.user = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}

    def start(self) -> None:
        self._run(
            "initdb", "-D", "data", "-U", "fengsui", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C"
        )
        # Only the machine's own crash could lose what fsync guards; tests kill clients, not the machine.
        options = f"-c listen_addresses='' -k {self.folder} -c fsync=off -c max_connections=60"
        self._run("pg_ctl", "-D", "data", "-w", "-l", "log", "-o", options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", "data", "-m", "immediate", "stop", check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def create(self, name: str, template: str = "template1") -> str:
        """Make a database and return its setting."""
        self._run("createdb", "-h", str(self.folder), "-U", "fengsui", "-T", template, name)
        return f"postgresql://fengsui@/{name}?host={self.folder}"

    def _run(self, program: str, *arguments: str, check: bool = True) -> None:
        subprocess.run(
            [self.programs / program, *arguments],
            cwd=self.folder,
            check=check,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": str(self.folder), "LC_ALL": "C"},
            **self.user,
        )
