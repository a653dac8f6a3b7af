"""Front-end packages: copied once for a lock file, again when it changes; a failure is told plainly."""

from __future__ import annotations

from pathlib import Path

import pytest

from fengsui.core.errors import Retryable
from fengsui.web import assets


def checkout(root: Path, lock: str = "{}") -> Path:
    (root / "package-lock.json").write_text(lock, "utf-8")
    for name in assets.VENDOR:
        file = root / "node_modules" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"/* {name} */", "utf-8")
    return root


def test_files_are_copied_once_and_again_when_the_lock_changes(tmp_path: Path) -> None:
    root, data = checkout(tmp_path), tmp_path / "data"
    assert assets.install(root, data)
    assert not assets.install(root, data)
    names = {path.name for path in assets.vendor_dir(data).iterdir()}
    assert {"tabler.min.css", "tabler.min.css.gz", "htmx.min.js", "sse.min.js"} <= names
    checkout(root, '{"changed": true}')
    assert assets.install(root, data)


def test_a_failing_npm_is_told_with_its_last_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "package-lock.json").write_text("{}", "utf-8")
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\necho 'no such host' >&2\nexit 1\n", "utf-8")
    npm.chmod(0o755)
    monkeypatch.setattr(assets.shutil, "which", lambda name: str(npm))
    with pytest.raises(Retryable) as caught:
        assets.install(tmp_path, tmp_path / "data")
    assert caught.value.data["detail"] == "no such host"


def test_the_lock_names_no_address() -> None:
    lock = (assets.project_root() / "package-lock.json").read_text("utf-8")
    assert "resolved" not in lock
