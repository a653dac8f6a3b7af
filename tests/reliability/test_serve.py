"""``fengsui serve`` as a whole: starts, survives kill -9 of its parts, ends cleanly."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import pytest

PATIENCE = 30.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(true: Callable[[], object], what: str) -> None:
    """Wait for something to become true; fail after a long time, never because it was merely slow."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.1)


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "import sys; from fengsui.cli import main; sys.exit(main())", *arguments]


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/login", timeout=5) as page:
            return bool(page.status == 200)
    except OSError:
        return False


def children(pid: int) -> dict[int, str]:
    """The running child processes of ``pid`` with their command lines."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            if fields[0] != "Z" and int(fields[1]) == pid:
                found[int(entry.name)] = (entry / "cmdline").read_text().replace("\0", " ")
        except OSError:
            continue
    return found


def child(pid: int, name: str) -> int | None:
    return next((key for key, line in children(pid).items() if name in line), None)


def alive(pid: int) -> bool:
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def came_back(parent: int, name: str, before: int) -> bool:
    return child(parent, name) not in (None, before)


def all_ended(pids: Iterable[int]) -> bool:
    return not any(alive(pid) for pid in pids)


@pytest.fixture
def served(tmp_path: Path, sqlite_template: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A running ``fengsui serve`` on a data directory of its own, and its port."""
    if not Path("/proc/self/stat").exists():
        pytest.skip("needs /proc to look at processes")
    shutil.copy(sqlite_template, tmp_path / "fengsui.sqlite3")
    port = free_port()
    environment = {**os.environ, "FENGSUI_DATA": str(tmp_path), "FENGSUI_LANG": "zh"}
    environment.pop("FENGSUI_DATABASE", None)
    with (tmp_path / "output").open("w") as output:
        process = subprocess.Popen(
            command("serve", "--port", str(port)), env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        until(lambda: process.poll() is not None or answers(port), "the server never answered")
        yield process, port
    finally:
        process.terminate()
        process.wait(PATIENCE)


def test_parts_killed_are_started_again_and_everything_ends_on_a_signal(
    served: tuple[subprocess.Popen[bytes], int],
) -> None:
    process, port = served
    assert process.poll() is None
    for name in ("fengsui.runner", "granian"):
        victim = child(process.pid, name)
        assert victim is not None
        orphans = children(victim)
        os.kill(victim, signal.SIGKILL)
        back = partial(came_back, process.pid, name, victim)
        until(back, f"{name} is gone")
        until(partial(all_ended, orphans), f"children of {name} are left over")
    until(lambda: answers(port), "the server did not come back")
    worker = next(iter(children(child(process.pid, "granian") or 0)))
    os.kill(worker, signal.SIGKILL)
    until(lambda: not alive(worker), "the worker lives")
    until(lambda: answers(port), "the server did not survive its worker")
    parts = [*children(process.pid), *children(child(process.pid, "granian") or 0)]
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) == 0
    until(partial(all_ended, parts), "something was left running")


def test_a_second_server_on_the_same_port_says_so_in_one_sentence(
    served: tuple[subprocess.Popen[bytes], int], tmp_path: Path
) -> None:
    _, port = served
    environment = {**os.environ, "FENGSUI_DATA": str(tmp_path / "second"), "FENGSUI_LANG": "en"}
    second = subprocess.run(
        command("serve", "--port", str(port)), env=environment, capture_output=True, text=True, check=False
    )
    assert second.returncode == 2
    assert second.stderr.count("\n") == 1
    assert f"Port {port}" in second.stderr


def test_children_end_when_the_supervisor_is_killed(served: tuple[subprocess.Popen[bytes], int]) -> None:
    process, _ = served
    parts = [*children(process.pid), *children(child(process.pid, "granian") or 0)]
    assert len(parts) >= 4
    process.kill()
    process.wait(PATIENCE)
    until(partial(all_ended, parts), "children outlived their supervisor")
