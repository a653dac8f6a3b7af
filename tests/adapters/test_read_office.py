"""Binary Word files go through LibreOffice where it is installed."""

import shutil
import subprocess
from pathlib import Path

import pytest
from docx_files import docx, levels, num, p

from fengsui.adapters import read_office
from fengsui.adapters.read_document import load_document
from fengsui.core.errors import InputError

HEADER = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504
needs_office = pytest.mark.skipif(
    not any(map(shutil.which, read_office.PROGRAMS)), reason="LibreOffice is not installed"
)


def test_an_encrypted_word_file_asks_for_its_password_to_be_removed() -> None:
    block = b"\xec\xa5" + b"\0" * 9 + b"\x01" + b"\0" * 500
    with pytest.raises(InputError, match="password_protected"):
        read_office.read_office(HEADER + block, "DOC")


def test_without_the_converter_the_user_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_office, "PROGRAMS", ("no-such-program",))
    with pytest.raises(InputError) as refused:
        read_office.read_office(HEADER, "WPS")
    assert (refused.value.code, refused.value.data) == ("no_converter", {"format": "WPS"})


@pytest.mark.office
@needs_office
def test_a_word_file_keeps_its_automatic_numbers(tmp_path: Path) -> None:
    definition = levels(("chineseCounting", "%1、"), ("chineseCounting", "（%2）"))
    body = p("总则", number="1") + p("目的", number="1", level=1) + p("组织", number="1")
    source = tmp_path / "plan.docx"
    source.write_bytes(docx(body, numbering=definition + num("1"), more=_PARTS))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        "soffice",
        "--headless",
        profile,
        "--convert-to",
        "doc",
        "--outdir",
        str(tmp_path),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    texts = [line.text for line in load_document(tmp_path / "plan.doc").lines]
    assert texts == ["一、总则", "（一）目的", "二、组织"]


@pytest.mark.office
@needs_office
def test_a_broken_word_file_is_refused() -> None:
    with pytest.raises(InputError, match=r"damaged_file|empty_file|not_text"):
        read_office.read_office(HEADER + b"\0" * 4096, "DOC")


_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
        f'<Override PartName="/word/numbering.xml" ContentType="{_TYPE}.numbering+xml"/></Types>'
    ).encode(),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
    ).encode(),
    "word/_rels/document.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_OFFICE}/numbering" '
        f'Target="numbering.xml"/></Relationships>'
    ).encode(),
}
