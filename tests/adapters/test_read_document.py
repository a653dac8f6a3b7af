"""One way in for files: what cannot be read is refused with a reason."""

from pathlib import Path

import pytest
from docx_files import docx, p

from fengsui.adapters import read_document
from fengsui.adapters.read_document import load_document
from fengsui.core.errors import InputError

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600


def test_a_document_is_known_by_its_bytes(tmp_path: Path) -> None:
    one, other = tmp_path / "a.txt", tmp_path / "b.md"
    one.write_text("北沙镇防汛应急预案", "utf-8")
    other.write_text("北沙镇防汛应急预案", "utf-8")
    first, second = load_document(one), load_document(other)
    assert first.id == second.id
    assert len(first.id) == 16
    assert (first.name, second.name) == ("a.txt", "b.md")


def test_content_decides_over_the_name() -> None:
    document = read_document.read_document(docx(p("一、总则")), "plan.txt")
    assert document.lines[0].text == "一、总则"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", b"", "empty_file"),
        ("a.docx", b"", "empty_file"),
        ("a.docx", b"PK\x03\x04", "damaged_file"),
        ("a.docx", b"hello", "damaged_file"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "password_protected"),
        ("a.xlsx", docx(p("一")), "format_not_read"),
        ("a.pdf", b"%PDF-1.7", "damaged_file"),
        ("a.txt", b"%PDF-1.7", "damaged_file"),
        ("a.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x00", "not_text"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(name: str, data: bytes, code: str) -> None:
    with pytest.raises(InputError) as refused:
        read_document.read_document(data, name)
    assert refused.value.code == code


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(InputError, match="file_missing"):
            load_document(path)


def test_a_file_over_the_limit_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(read_document.MOST_BYTES + 1)
    with pytest.raises(InputError) as refused:
        load_document(path)
    assert refused.value.code == "file_too_big"
    assert refused.value.data == {"limit_mb": 100}
