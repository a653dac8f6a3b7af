"""Archives from outside: what is taken, what is refused, and under which name."""

from __future__ import annotations

import io
import stat
import struct
import zipfile

import pytest

from fengsui.adapters import read_zip
from fengsui.adapters.read_zip import unpack
from fengsui.application.plan_import_ports import Packed
from fengsui.core.errors import InputError


def packed(*files: tuple[str | zipfile.ZipInfo, bytes]) -> io.BytesIO:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files:
            made.writestr(name, data, zipfile.ZIP_DEFLATED)
    return archive


def one(archive: io.BytesIO) -> Packed:
    (file,) = unpack(archive)
    return file


def why(file: Packed) -> str:
    return file.problem.code if file.problem else ""


def test_files_come_in_their_order_and_what_systems_leave_behind_is_passed_over() -> None:
    archive = packed(
        ("云州/防汛.docx", b"a"),
        ("云州/", b""),
        ("__MACOSX/云州/._防汛.docx", b"x"),
        ("云州/.DS_Store", b"x"),
        ("云州/~$防汛.docx", b"x"),
        ("云州/防火.txt", b"b"),
    )
    assert [(file.name, file.data) for file in unpack(archive)] == [
        ("云州/防汛.docx", b"a"),
        ("云州/防火.txt", b"b"),
    ]


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:/plans/a.txt", "a/../../b.txt"])
def test_a_name_that_leads_out_of_the_archive_is_not_read(name: str) -> None:
    file = one(packed((name, b"text")))
    assert (why(file), file.data) == ("zip_path", b"")


def test_a_link_is_not_followed() -> None:
    info = zipfile.ZipInfo("plan.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert why(one(packed((info, b"/etc/passwd")))) == "zip_link"


def test_an_archive_inside_is_told_to_be_unpacked_first_and_the_rest_is_read() -> None:
    files = list(
        unpack(packed(("b.zip", packed(("c.txt", b"c")).getvalue()), ("b.rar", b"x"), ("a.txt", b"a")))
    )
    assert [why(file) for file in files] == ["zip_nested", "zip_nested", ""]


def test_too_many_files_are_refused_before_any_is_read() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        for number in range(10_000):
            made.writestr(f"{number}.txt", b"")
    with pytest.raises(InputError) as caught:
        unpack(archive)
    assert caught.value.code == "zip_too_many"


def test_a_bomb_is_refused_by_its_ratio_and_when_its_size_is_a_lie() -> None:
    bomb = packed(("bomb.txt", b"\0" * (9 * 1024 * 1024)))
    assert why(one(bomb)) == "unsafe_file"
    data = bytearray(bomb.getvalue())
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    assert why(one(io.BytesIO(bytes(data)))) in ("unsafe_file", "damaged_file")


def test_the_whole_is_refused_when_it_unpacks_to_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_zip, "MOST_UNPACKED", 10)
    with pytest.raises(InputError) as caught:
        unpack(packed(("a.txt", b"123456"), ("b.txt", b"123456")))
    assert caught.value.code == "zip_too_big"


def test_an_encrypted_file_is_told_and_the_others_are_read() -> None:
    data = bytearray(packed(("a.txt", b"secret"), ("b.txt", b"open")).getvalue())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark) + offset
        data[at] |= 1
    assert [(why(file), file.data) for file in unpack(io.BytesIO(bytes(data)))] == [
        ("password_protected", b""),
        ("", b"open"),
    ]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_a_name_without_the_mark_of_utf8_is_read_as_it_was_packed(encoding: str) -> None:
    name = "北沙镇防汛应急预案.txt"
    assert one(io.BytesIO(_rebuilt(name.encode(encoding)))).name == name


def _rebuilt(raw_name: bytes) -> bytes:
    """An archive of one stored file whose name has these bytes and no mark of UTF-8."""
    data, crc = b"a", 0xE8B7BE43
    local = (
        struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 0, 0, 0, crc, 1, 1, len(raw_name), 0) + raw_name + data
    )
    entry = (
        struct.pack(
            "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, crc, 1, 1, len(raw_name), 0, 0, 0, 0, 0, 0
        )
        + raw_name
    )
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, len(entry), len(local), 0)
    return local + entry + end


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"no archive at all"])
def test_what_is_no_archive_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        unpack(io.BytesIO(data))
    assert caught.value.code == "zip_damaged"


def test_an_empty_archive_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        unpack(packed())
    assert caught.value.code == "zip_empty"
