"""What is too much for a plan is refused with a clear word, whatever the format."""

import pytest
from docx_files import cell, docx, p

from fengsui.adapters import read_document as reading
from fengsui.adapters import read_text
from fengsui.application.wording import LANGUAGES, word
from fengsui.core.errors import InputError


def code(data: bytes, name: str) -> str:
    with pytest.raises(InputError) as refused:
        reading.read_document(data, name)
    return refused.value.code


def test_more_lines_than_any_plan_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_text, "MOST_LINES", 50)
    monkeypatch.setattr(reading, "MOST_FULL_LINES", 10)
    assert code(b"\n" * 60 + "总则".encode(), "a.txt") == "too_many_lines"
    assert code(b"\r" * 60 + "总则".encode(), "a.txt") == "too_many_lines"
    assert code("总则\n".encode() * 12, "a.txt") == "too_many_lines"
    assert code(docx(p("总则") * 12), "a.docx") == "too_many_lines"
    assert code("<html><p>总则</p>".encode() * 12, "a.html") == "too_many_lines"


def test_blank_lines_alone_do_not_make_a_file_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_FULL_LINES", 10)
    assert len(reading.read_document("总则\n".encode() + b"\n \n" * 30, "a.txt").lines) > 10


def test_tables_within_tables_without_end_are_refused() -> None:
    nested = cell("值班室")
    for _ in range(300):
        nested = f"<w:tc><w:tbl><w:tr>{nested}</w:tr></w:tbl></w:tc>"
    assert code(docx(f"<w:tbl><w:tr>{nested}</w:tr></w:tbl>"), "a.docx") == "damaged_file"
    assert code(("<html><table><tr><td>" * 400 + "值班室").encode(), "a.html") == "damaged_file"


def test_entities_of_a_web_page_are_not_multiplied() -> None:
    entities = "".join(f'<!ENTITY e{n + 1} "&e{n};&e{n};&e{n};&e{n};">' for n in range(20))
    page = f'<!DOCTYPE html [<!ENTITY e0 "值">{entities}]><html><body>总则&e20;</body></html>'
    (line,) = [x for x in reading.read_document(page.encode(), "a.html").lines if "总则" in x.text]
    assert len(line.text) < 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_refusal_has_words(language: str) -> None:
    assert "500000" in word("error", "too_many_lines", language, limit=500_000)
