"""Plain text in any of the encodings of Chinese offices."""

import pytest

from fengsui.adapters.read_text import read_text
from fengsui.core.errors import InputError

SENTENCE = "北沙镇防汛应急预案\n一、总则"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_text_reads_alike_in_every_encoding(encoding: str) -> None:
    assert [line.text for line in read_text(SENTENCE.encode(encoding))] == SENTENCE.split("\n")


def test_lines_are_numbered_as_an_editor_numbers_them() -> None:
    lines = read_text("一\r\n二\r三\n\n五\f六\u2028七".encode())
    assert [(line.number, line.text) for line in lines] == [
        (1, "一"),
        (2, "二"),
        (3, "三"),
        (4, ""),
        (5, "五\f六\u2028七"),
    ]


def test_a_text_cut_off_inside_its_last_character_is_still_read() -> None:
    assert read_text(SENTENCE.encode()[:-1])[1].text == "一、总"


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\x00\x00"])
def test_nothing_to_read_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="empty_file"):
        read_text(data)


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 4, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"\xff\xfe\x00"]
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="not_text"):
        read_text(data)
