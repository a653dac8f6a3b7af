"""Photos: known by what they contain, what the camera wrote in is gone, the picture is the same."""

from __future__ import annotations

import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fengsui.adapters.photo_clean import MOST_BYTES, clean
from fengsui.core.errors import InputError

PIL = pytest.importorskip("PIL.Image")


def picture() -> object:
    image = PIL.new("RGB", (40, 24), (200, 30, 30))
    for x in range(20):
        image.putpixel((x, 3), (0, 0, 255))
    return image


def saved(kind: str, **more: object) -> bytes:
    out = io.BytesIO()
    picture().save(out, kind, **more)  # type: ignore[attr-defined]
    return out.getvalue()


def with_exif(kind: str, **more: object) -> bytes:
    exif = PIL.Exif()
    exif[0x0112] = 6  # turned
    exif[0x010F] = "SecretCamera"
    exif[0x8825] = {1: "N", 2: (43.0, 54.0, 0.0), 3: "E", 4: (81.0, 19.0, 0.0)}
    return saved(kind, exif=exif, **more)


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "jpeg"), ("PNG", "png"), ("WEBP", "webp")])
def test_place_and_device_are_gone_and_the_picture_is_the_same(kind: str, name: str) -> None:
    data = with_exif(kind)
    assert b"SecretCamera" in data
    found = clean(data, "a.bin")
    assert found.kind == name
    assert b"SecretCamera" not in found.data
    after = PIL.open(io.BytesIO(found.data))
    assert after.getexif().get_ifd(0x8825) == {}
    assert after.tobytes() == PIL.open(io.BytesIO(data)).tobytes()


@pytest.mark.parametrize("progressive", [False, True])
def test_a_turned_jpeg_stays_turned_and_says_nothing_else(progressive: bool) -> None:
    found = clean(with_exif("JPEG", progressive=progressive), "a.jpg")
    assert dict(PIL.open(io.BytesIO(found.data)).getexif()) == {0x0112: 6}


def test_what_is_behind_the_end_of_a_picture_is_left_out() -> None:
    assert b"hidden" not in clean(saved("JPEG") + b"hidden" * 9, "a.jpg").data
    assert b"hidden" not in clean(saved("PNG") + b"hidden" * 9, "a.png").data
    assert b"hidden" not in clean(saved("WEBP") + b"hidden" * 9, "a.webp").data


def test_a_comment_in_a_jpeg_and_text_in_a_png_are_left_out() -> None:
    from PIL.PngImagePlugin import PngInfo

    text = PngInfo()
    text.add_text("Author", "SecretName")
    assert b"SecretName" not in clean(saved("PNG", pnginfo=text), "a.png").data
    assert b"SecretName" not in clean(saved("JPEG", comment=b"SecretName"), "a.jpg").data


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7 nothing",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        b"GIF89a" + b"\0" * 50,
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
        b"RIFF\x20\0\0\0WEBPVP8 ",
    ],
)
def test_what_is_no_photo_is_refused_whatever_it_is_called(data: bytes) -> None:
    with pytest.raises(InputError) as refused:
        clean(data, "holiday.jpg")
    assert refused.value.code == "photo_wrong_kind"


def test_a_photo_that_is_too_big_is_refused_with_the_limit() -> None:
    with pytest.raises(InputError) as refused:
        clean(saved("JPEG") + b"\0" * MOST_BYTES, "a.jpg")
    assert refused.value.data["limit"] == 12


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_cut_anywhere_is_refused_and_never_crashes(kind: str) -> None:
    data = saved(kind)
    for end in range(0, len(data) - 1, 7):
        with pytest.raises(InputError):
            clean(data[:end], "a")


@given(st.sampled_from(["JPEG", "PNG", "WEBP"]), st.integers(0, 10_000), st.integers(0, 255))
def test_a_photo_with_a_wrong_byte_is_taken_or_refused_but_never_crashes(kind, at, value) -> None:
    data = bytearray(saved(kind))
    data[at % len(data)] = value
    with suppress(InputError):
        assert clean(bytes(data), "a").data
