"""Pictures are known by their bytes, keep nothing that does not show, and are refused where broken."""

from __future__ import annotations

import random
import struct
import zlib

import pytest

from postmortem.ground.pictures import NoPicture, picture_of

SECRET = b"taken at 51.5N 0.1W by somebody"


def chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")


def png(width: int = 3, height: int = 2, *more: bytes) -> bytes:
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\0\0\0\0"
    rows = zlib.compress(b"".join(b"\0" + bytes(width) for _ in range(height)) if width < 99 else b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (chunk(b"IHDR", head), *more, chunk(b"IDAT", rows), chunk(b"IEND", b""))
    )


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body


def exif(turned: int, order: str) -> bytes:
    sign = ">" if order == "MM" else "<"
    tiff = order.encode() + struct.pack(f"{sign}HIHHHIHHI", 42, 8, 1, 0x112, 3, 1, turned, 0, 0)
    return segment(0xE1, b"Exif\0\0" + tiff + SECRET)


def jpeg(*more: bytes) -> bytes:
    frame = segment(0xC0, b"\x08\0\x02\0\x03\x01\x01\x11\0")
    scan = segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x12\xff\0\x34\xff\xd0\x56"
    tables = segment(0xDB, bytes(65)) + segment(0xC4, bytes(17))
    return b"\xff\xd8" + b"".join(more) + tables + frame + scan + b"\xff\xd9" + SECRET


def gif(frames: int = 2) -> bytes:
    comment = b"\x21\xfe" + bytes((len(SECRET),)) + SECRET + b"\0"
    control = b"\x21\xf9\x04\0\0\0\0\0"
    image = b"\x2c\0\0\0\0\x03\0\x02\0\0\x02\x02\x44\x01\0"
    return b"GIF89a\x03\0\x02\0\x80\0\0" + bytes(6) + comment + (control + image) * frames + b"\x3b" + SECRET


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    inner = b"WEBP" + b"".join(
        kind + len(body).to_bytes(4, "little") + body + bytes(len(body) % 2) for kind, body in chunks
    )
    return b"RIFF" + len(inner).to_bytes(4, "little") + inner


ADOBE = segment(0xEE, b"Adobe" + bytes(7))
VP8 = (b"VP8 ", b"\x10\0\0\x9d\x01\x2a\x03\0\x02\0\x07")
VP8X = (b"VP8X", b"\x2c\0\0\0\x02\0\0\x01\0\0")
WHOLE = {
    "png": png(3, 2, chunk(b"tEXt", b"Author\0" + SECRET), chunk(b"eXIf", SECRET), chunk(b"iCCP", SECRET)),
    "jpeg": jpeg(
        exif(1, "II"), segment(0xFE, SECRET), segment(0xE2, SECRET), segment(0xEE, b"Adobe" + bytes(7))
    ),
    "gif": gif(),
    "webp": riff(VP8X, (b"ICCP", SECRET), VP8, (b"EXIF", SECRET), (b"XMP ", SECRET)),
}


@pytest.mark.parametrize("kind", WHOLE)
def test_a_picture_keeps_its_kind_and_size_and_nothing_that_does_not_show(kind: str) -> None:
    found = picture_of(WHOLE[kind])
    assert (found.kind, found.width, found.height) == (kind, 3, 2)
    assert SECRET not in found.data
    assert len(found.data) < len(WHOLE[kind])
    assert picture_of(found.data).data == found.data


def test_what_draws_is_kept_to_the_byte() -> None:
    assert picture_of(png()).data == png()
    assert picture_of(WHOLE["png"]).data == png()
    bare = jpeg(ADOBE).removesuffix(SECRET)
    assert picture_of(WHOLE["jpeg"]).data == bare
    assert picture_of(riff(VP8)).data == riff(VP8)
    assert picture_of(WHOLE["webp"]).data == riff((b"VP8X", b"\0" + VP8X[1][1:]), VP8)


@pytest.mark.parametrize("order", ["II", "MM"])
@pytest.mark.parametrize(("turned", "size"), [(3, (3, 2)), (6, (2, 3)), (8, (2, 3))])
def test_a_photo_stays_the_right_way_up(turned: int, size: tuple[int, int], order: str) -> None:
    found = picture_of(jpeg(exif(turned, order)))
    assert (found.width, found.height) == size
    assert found.data.count(b"Exif\0\0MM\0\x2a") == 1
    assert picture_of(found.data) == found
    assert b"Exif" not in picture_of(jpeg(exif(1, order))).data
    assert b"Exif" not in picture_of(jpeg(exif(99, order))).data


def test_of_what_moves_only_the_first_picture_is_kept() -> None:
    assert picture_of(gif(5)).data == picture_of(gif(1)).data
    moving = png(3, 2, chunk(b"acTL", bytes(8)), chunk(b"fcTL", bytes(26)))
    assert picture_of(moving).data == png()
    with pytest.raises(NoPicture, match="animated"):
        picture_of(riff(VP8X, (b"ANIM", bytes(6)), (b"ANMF", bytes(30))))


@pytest.mark.parametrize(
    "data", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.4", b"RIFFxxxxWAVE", b"<html>"]
)
def test_other_kinds_are_refused(data: bytes) -> None:
    with pytest.raises(NoPicture, match="none of the kinds"):
        picture_of(data)


@pytest.mark.parametrize(
    "data", [png(100_000, 100_000), png(0, 5), riff((b"VP8X", bytes(4) + b"\xff" * 6), VP8)]
)
def test_pictures_that_a_reader_could_not_open_are_refused(data: bytes) -> None:
    with pytest.raises(NoPicture, match="pixels"):
        picture_of(data)


@pytest.mark.parametrize("kind", WHOLE)
def test_whatever_is_cut_off_or_changed_is_a_picture_or_refused(kind: str) -> None:
    whole, chance = WHOLE[kind], random.Random(kind)
    for length in range(len(whole)):
        _tried(whole[:length])
    for _ in range(600):
        changed = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        _tried(bytes(changed))


def _tried(data: bytes) -> None:
    try:
        assert picture_of(data).data
    except NoPicture as no:
        assert str(no)
