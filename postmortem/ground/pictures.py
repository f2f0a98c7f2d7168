"""Pictures for a report: four kinds told by their bytes, still, of no great size, without what cameras add.

A photo's file may hold where it was taken, by whom and with which machine; of all that nothing is kept.
"""

from __future__ import annotations

from postmortem.ground.record import record

MOST_PIXELS = 40_000_000
KINDS = "PNG, JPEG, GIF or WebP"
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD")
)
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_KEPT = _JPEG_FRAMES | {0xC4, 0xDB, 0xDD}
_ADOBE = b"Adobe"
_UPRIGHT = 1


class NoPicture(ValueError):
    """The bytes are no picture that a report can show; the text says why, as the end of a sentence."""


@record
class Picture:
    """A picture as a report shows it: its kind (`png`), its size in pixels, and its bytes."""

    kind: str
    width: int
    height: int
    data: bytes


def picture_of(data: bytes) -> Picture:
    """Return the picture that these bytes are, bare of all that does not show; else `NoPicture`."""
    made = _made(data)
    if made is None:
        raise NoPicture(f"is none of the kinds that a report shows: {KINDS}")
    if not 0 < made.width * made.height <= MOST_PIXELS:
        raise NoPicture(
            f"has {made.width:,} x {made.height:,} pixels; {MOST_PIXELS // 1_000_000} million are the most"
        )
    return made


def _made(data: bytes) -> Picture | None:
    try:
        if data.startswith(_PNG):
            return _png(data)
        if data.startswith(b"\xff\xd8\xff"):
            return _jpeg(data)
        if data[:6] in (b"GIF87a", b"GIF89a"):
            return _gif(data)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp(data)
    except IndexError:
        raise NoPicture("is cut off, or damaged") from None
    return None


def _taken(data: bytes, at: int, count: int) -> bytes:
    if count < 0 or at + count > len(data):
        raise IndexError
    return data[at : at + count]


def _png(data: bytes) -> Picture:
    """Keep what draws the picture: no text, time, profile or Exif, and of an animation its first picture."""
    out, at, kind = [_PNG], len(_PNG), b""
    if _taken(data, at + 4, 4) != b"IHDR":
        raise IndexError
    while kind != b"IEND":
        length = int.from_bytes(_taken(data, at, 4), "big")
        chunk = _taken(data, at, length + 12)
        kind = chunk[4:8]
        if kind in _PNG_KEPT:
            out.append(chunk)
        at += length + 12
    width, height = (int.from_bytes(_taken(data, place, 4), "big") for place in (16, 20))
    return Picture("png", width, height, b"".join(out))


def _jpeg(data: bytes) -> Picture:
    """Keep tables, frames and scans; of Exif only which way up the picture is."""
    out, at = [b"\xff\xd8"], 2
    width = height = 0
    turned = _UPRIGHT
    while True:
        if data[at] != 0xFF:
            raise IndexError
        while data[at] == 0xFF:
            at += 1
        marker = data[at]
        at += 1
        if marker == 0xD9:
            break
        if marker == 0x01 or 0xD0 <= marker <= 0xD7:
            continue
        length = int.from_bytes(_taken(data, at, 2), "big")
        if length < 2:
            raise IndexError
        segment = _taken(data, at, length)
        at += length
        if marker in _JPEG_FRAMES:
            height, width = (int.from_bytes(_taken(segment, place, 2), "big") for place in (3, 5))
        if marker == 0xE1 and segment[2:8] == b"Exif\0\0":
            turned = _turned(segment[8:])
        if marker in _JPEG_KEPT or (marker == 0xEE and segment[2:7] == _ADOBE and length == 14):
            out.append(bytes((0xFF, marker)) + segment)
        if marker == 0xDA:
            end = _scan_end(data, at)
            out.append(b"\xff\xda" + segment + data[at:end])
            at = end
    if turned != _UPRIGHT:
        out.insert(1, _only_turned(turned))
        width, height = (height, width) if turned > 4 else (width, height)
    return Picture("jpeg", width, height, b"".join(out) + b"\xff\xd9")


def _scan_end(data: bytes, at: int) -> int:
    """Return where the compressed data of a scan ends: at the next marker that is none of its own."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise IndexError
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2


def _turned(tiff: bytes) -> int:
    """Return how Exif says that a picture is turned (1 to 8), 1 where it does not say so."""
    order = {b"II": "little", b"MM": "big"}.get(tiff[:2])
    if order is None:
        return _UPRIGHT
    big = order == "big"

    def number(at: int, size: int) -> int:
        return int.from_bytes(_taken(tiff, at, size), "big" if big else "little")

    try:
        first = number(4, 4)
        for entry in range(min(number(first, 2), 64)):
            at = first + 2 + 12 * entry
            if number(at, 2) == 0x0112:
                value = number(at + 8, 2)
                return value if 1 <= value <= 8 else _UPRIGHT
    except IndexError:
        return _UPRIGHT
    return _UPRIGHT


def _only_turned(turned: int) -> bytes:
    tiff = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01" + turned.to_bytes(2, "big") + bytes(6)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body


def _gif(data: bytes) -> Picture:
    """Keep the first picture: no comment, no text of programs, and nothing that moves."""
    width, height = (int.from_bytes(_taken(data, place, 2), "little") for place in (6, 8))
    at = 13 + (3 << ((data[10] & 7) + 1) if data[10] & 0x80 else 0)
    out = [_taken(data, 0, at)]
    while True:
        start, sign = at, data[at]
        if sign == 0x2C:
            flags = data[at + 9]
            at += 11 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0)
            return Picture(
                "gif", width, height, b"".join((*out, data[start : _blocks_end(data, at)], b"\x3b"))
            )
        if sign != 0x21:
            raise IndexError
        label = data[at + 1]
        at = _blocks_end(data, at + 2)
        if label == 0xF9:
            out.append(data[start:at])


def _blocks_end(data: bytes, at: int) -> int:
    while data[at]:
        at += data[at] + 1
    return at + 1


def _webp(data: bytes) -> Picture:
    """Keep the picture and its transparency: no profile, no Exif, no XMP; one that moves is refused."""
    out: list[bytes] = []
    width = height = 0
    at, end = 12, min(len(data), int.from_bytes(_taken(data, 4, 4), "little") + 8)
    while at + 8 <= end:
        kind, length = data[at : at + 4], int.from_bytes(_taken(data, at + 4, 4), "little")
        body = _taken(data, at + 8, length)
        if kind in (b"ANIM", b"ANMF"):
            raise NoPicture("is an animated WebP; a report shows pictures that stand still")
        if kind == b"VP8X":
            width, height = (int.from_bytes(_taken(body, place, 3), "little") + 1 for place in (4, 7))
            out.append(kind + data[at + 4 : at + 8] + bytes((body[0] & 0x10,)) + body[1:])
        elif kind in (b"VP8 ", b"VP8L", b"ALPH"):
            out.append(data[at : at + 8] + body + bytes(length % 2))
            if not width and kind != b"ALPH":
                width, height = _webp_size(kind, body)
        at += 8 + length + length % 2
    inner = b"WEBP" + b"".join(out)
    return Picture("webp", width, height, b"RIFF" + len(inner).to_bytes(4, "little") + inner)


def _webp_size(kind: bytes, body: bytes) -> tuple[int, int]:
    if kind == b"VP8 ":
        width, height = (int.from_bytes(_taken(body, place, 2), "little") & 0x3FFF for place in (6, 8))
        return width, height
    bits = int.from_bytes(_taken(body, 1, 4), "little")
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
