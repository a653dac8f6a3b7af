"""The .docx reader against LibreOffice, on files that real word processors wrote."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from fengsui.adapters.read_docx import read_docx

SHARED = Path(os.environ.get("FENGSUI_SHARED", Path(__file__).resolve().parents[3] / "shared"))
SAMPLES = sorted((SHARED / "plans" / "docx-samples").glob("*.docx"))

pytestmark = [
    pytest.mark.office,
    pytest.mark.papers,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
    pytest.mark.skipif(not SAMPLES, reason="the sample files are not here"),
]


@pytest.mark.parametrize("sample", SAMPLES, ids=[path.stem for path in SAMPLES])
def test_every_line_with_its_number_is_what_libreoffice_shows(sample: Path, tmp_path: Path) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "txt:Text (encoded):UTF8", "--outdir"]
    subprocess.run([*command, str(tmp_path), str(sample)], check=True, capture_output=True, timeout=120)
    shown = _plain((tmp_path / f"{sample.stem}.txt").read_text("utf-8-sig"))
    place = 0
    for line in read_docx(sample.read_bytes()):
        found = shown.find(_plain(line.text), place)
        assert found >= 0, line.number
        place = found


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)
