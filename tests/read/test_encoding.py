"""Bytes to text: what is UTF-8 is read, what is not is told at its first byte."""

from __future__ import annotations

import pytest

from postmortem.ground.place import Span
from postmortem.ground.source_text import SourceText
from postmortem.read import MAX_BYTES, decode


@pytest.mark.parametrize(
    ("data", "span", "said"),
    [
        (b"a: \xe9\n", (1, 4, 1, 5), "0xE9"),
        (b"x: y\r\na: \xc3\xa9\xe9", (2, 5, 2, 6), "0xE9"),
        (b"x: y\ra: \xf0\x9f\x98\x80 \xf0\x9f\x98", (2, 6, 2, 7), "0xF0"),
        (b"\xef\xbb\xbfa: \xff", (1, 4, 1, 5), "0xFF"),
        (b"a: \xed\xa0\x80", (1, 4, 1, 5), "0xED"),
        (b"a: \xc0\x80", (1, 4, 1, 5), "0xC0"),
        (b"\n\n\x80", (3, 1, 3, 2), "0x80"),
    ],
)
def test_bad_bytes_are_told_at_the_first_and_the_rest_is_read(
    data: bytes, span: tuple[int, int, int, int], said: str
) -> None:
    source, (one,) = decode("log.yaml", data)
    assert source is not None
    assert "\ufffd" in source.text
    assert (one.code, one.at) == ("PM107", Span(*span))
    assert said in one.message
    assert "Latin-1" in one.help


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_other_encodings_are_named(encoding: str) -> None:
    source, (one,) = decode("log.yaml", "\ufefftitle: A log\n".encode(encoding))
    assert source is None
    assert (one.code, one.at) == ("PM107", Span(1, 1, 1, 2))
    assert encoding[:6].upper() in one.message
    assert one.help == "save the file as UTF-8"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_known_too(encoding: str) -> None:
    source, (one,) = decode("log.yaml", "title: A log\n".encode(encoding))
    assert source is None
    assert "UTF-16" in one.message


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"PK\x03\x04" + bytes(range(32)) * 9, (1, 3)),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0", (1, 1)),
        (b"ab\n" + b"\xff\xfe\xfd" * 500, (2, 1)),
        (bytes(range(256)) * 20, (3, 115)),
    ],
)
def test_what_is_no_text_is_refused_at_its_first_byte(data: bytes, place: tuple[int, int]) -> None:
    source, (one,) = decode("log.yaml", data)
    assert source is None
    assert one.code == "PM107"
    assert isinstance(one.at, Span)
    assert (one.at.line, one.at.column) == place
    assert one.help == "a log is a YAML file in UTF-8"


def test_a_few_controls_are_no_binary() -> None:
    for data in (b"a: b\0\n", b"\0", b"", b"a\x01\x02\x03\x04\x05\x06\x07b"):
        source, findings = decode("log.yaml", data)
        assert source == SourceText("log.yaml", data.decode())
        assert findings == ()


def test_the_size_is_bounded() -> None:
    source, findings = decode("log.yaml", b"#" * MAX_BYTES)
    assert source is not None
    assert findings == ()
    source, (one,) = decode("log.yaml", b"#" * (MAX_BYTES + 1))
    assert source is None
    assert one.code == "PM109"
    assert "16 MiB" in one.message


def test_a_byte_order_mark_is_dropped_once() -> None:
    source, _ = decode("log.yaml", b"\xef\xbb\xbf\xef\xbb\xbfa")
    assert source is not None
    assert source.text == "\ufeffa"
