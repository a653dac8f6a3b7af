"""A real server with the demo prefecture, and the Chromium of the system to look at it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "yunzhou-2026"
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


CLI = [sys.executable, "-c", "import sys; from fengsui.cli import main; sys.exit(main())"]


def _run(*command: str, data: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=ROOT, env=_environment(data), capture_output=True, text=True, check=False
    )


def _environment(data: Path) -> dict[str, str]:
    return {**os.environ, "FENGSUI_DATA": str(data), "FENGSUI_DATABASE": ""}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server with web process and runner."""
    if shutil.which("chromium") is None:
        pytest.skip("Chromium is not installed")
    data = tmp_path_factory.mktemp("served")
    installed = _run(sys.executable, "-m", "fengsui.web.assets", data=data)
    if installed.returncode:
        pytest.skip(f"front-end packages are not installed: {installed.stderr.strip()[-200:]}")
    loaded = _run(*CLI, "demo", "load", data=data)
    assert loaded.returncode == 0, loaded.stderr
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [*CLI, "serve", "--port", str(port), "--workers", "1"],
        cwd=ROOT,
        env=_environment(data),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_up(address, process)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait_until_up(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the server did not come up")


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """The browser of the system."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("Chromium is not installed")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=path, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def open_page(server: str, chromium) -> Iterator[Callable[..., object]]:
    """A page of a signed-in account; faults of our scripts and of the content policy fail the test."""
    contexts: list[object] = []
    faults: list[str] = []

    def open_as(username: str, *, width: int = 1440, height: int = 900, phone: bool = False):
        context = chromium.new_context(
            base_url=server, viewport={"width": width, "height": height}, has_touch=phone, locale="zh-CN"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "console",
            lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None,
        )
        page.goto("/login")
        page.fill("#username", username)
        page.fill("#password", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_selector("html[data-ready]")
        page.wait_for_selector(".topbar")
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert not faults
