"""Addresses and characters: what is refused, over every code point that there is."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from postmortem.ground.characters import forbidden_in, is_forbidden, name_of
from postmortem.ground.terminal import clean
from postmortem.ground.urls import followed, refused

BIDI = {*"\u061c\u200e\u200f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}
ALL = "".join(map(chr, range(sys.maxunicode + 1)))


def not_in_a_log(character: str) -> bool:
    """Say by the categories of Unicode whether a log may not hold a character, direction apart."""
    number = ord(character)
    if number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF or number == 0xFEFF:
        return True
    kind = unicodedata.category(character)
    return kind in ("Cs", "Zl", "Zp") or (kind == "Cc" and character not in "\t\n\r")


@pytest.mark.parametrize(("bidi", "text"), [(False, ALL), (True, ALL[:0x12000])])
def test_every_code_point_is_forbidden_or_allowed_by_its_category(bidi: bool, text: str) -> None:
    pattern = forbidden_in(text, bidi=bidi)
    assert pattern is not None
    expected = {one for one in text if not_in_a_log(one) or (one in BIDI and not bidi)}
    assert set(pattern.findall(text)) == expected
    assert all(is_forbidden(one, bidi=bidi) for one in "\x00\x9f\u2028\ufdd0\U0001fffe\U0010ffff")
    assert not any(is_forbidden(one, bidi=bidi) for one in "a\t\n\r é\u0301😀\u00a0\u200b")


def test_a_text_without_them_has_no_pattern() -> None:
    assert forbidden_in("".join(map(chr, range(0x20, 0x7F))) + "\t\n\r") is None
    assert forbidden_in("é 😀 שלום") is None
    for one in range(0x80):
        found = forbidden_in(f"a{chr(one)}b")
        assert (found is not None) is not_in_a_log(chr(one))
        assert found is None or found.findall(f"a{chr(one)}b") == [chr(one)]
    assert all(is_forbidden(one) and not is_forbidden(one, bidi=True) for one in BIDI)
    near, far = "a\ufffe", "é\U0003ffff"
    assert forbidden_in(near) is not None and forbidden_in(far) is not None


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x07", "a bell character (U+0007)"),
        ("\x08", "a backspace (U+0008)"),
        ("\x0b", "a vertical tab (U+000B)"),
        ("\x0c", "a form feed (U+000C)"),
        ("\x1b", "an escape character (U+001B)"),
        ("\x7f", "a delete character (U+007F)"),
        ("\x85", "a next-line character (U+0085)"),
        ("\u2028", "a line separator (U+2028)"),
        ("\u2029", "a paragraph separator (U+2029)"),
        ("\ufeff", "a byte order mark (U+FEFF)"),
        ("\u200e", "a character that turns the direction of text (U+200E)"),
        ("\ud800", "half of a surrogate pair (U+D800)"),
        ("\udfff", "half of a surrogate pair (U+DFFF)"),
        ("\x80", "a control character (U+0080)"),
        ("\x9f", "a control character (U+009F)"),
        ("\ufffe", "a code point that is no character (U+FFFE)"),
    ],
)
def test_a_forbidden_character_is_called_by_its_name(character: str, name: str) -> None:
    assert name_of(character) == name


UNSEEN = {
    one for one in ALL[:0x10000] if one.isspace() or unicodedata.category(one) == "Cc" or one == "\ufeff"
}
UNSEEN |= {one for one in ALL[0x2000:0x2070] if unicodedata.category(one) in ("Cf", "Zs", "Zl", "Zp", "Cn")}
UNSEEN |= {one for one in ALL[:0x10000] if unicodedata.category(one) == "Cs"} | set("\ufff9\ufffa\ufffb")
# Default_Ignorable_Code_Point of Unicode 16, what of it is not in these already.
UNSEEN |= set("\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f\u3164\uffa0")
UNSEEN |= set(ALL[0xFE00:0xFE10]) | set(ALL[0xFFF0:0xFFF9]) | set(ALL[0xE0000:0xE1000])


def test_no_blank_and_no_invisible_character_stands_in_an_address() -> None:
    said = "holds a blank or an invisible character"
    found = {one for one in ALL if refused(f"a{one}b") == said}
    assert found == UNSEEN


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("http://[::1]/", "http://[::1]/"),
        ("HTTPS://[fe80::1.2.3.4]:8080/a[b](c)", "HTTPS://[fe80::1.2.3.4]:8080/a%5Bb%5D%28c%29"),
        ("https://[09AF:af::]:/", "https://[09AF:af::]:/"),
        ("https://[::1]", "https://[::1]"),
        ("/-._~", "/-._~"),
        ("https://h/[::1]", "https://h/%5B::1%5D"),
        ("/http://[::1]/", "/http://%5B::1%5D/"),
        ("a b", None),
        ("", None),
    ],
)
def test_brackets_stay_as_they_are_around_a_host_alone(url: str, written: str | None) -> None:
    assert followed(url) == written


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://example.org/a?b=c#d", ""),
        ("HTTP://example.org", ""),
        ("https://example.org:8080", ""),
        ("https://[::1]/", ""),
        ("https://h/a@b", ""),
        ("https://h?a@b", ""),
        ("https://h#a@b", ""),
        ("mailto:a@example.org", ""),
        ("MAILTO:a.b+c@example.org", ""),
        ("#here", ""),
        ("?q=a:b@c", ""),
        ("#a:b@c", ""),
        ("a/b:c@d", ""),
        ("/a:b", ""),
        ("a/b.html", ""),
        ("", ""),
        ("a\\b", "holds a backslash"),
        ("//example.org", "names a host without saying how to reach it"),
        ("1a:b", "looks like a scheme, and is none"),
        (":b", "looks like a scheme, and is none"),
        ("+a:b/c", "looks like a scheme, and is none"),
        ("é:b", "looks like a scheme, and is none"),
        ("a@b", "looks like a mail address or a user at a host, and says neither"),
        ("@b/c", "looks like a mail address or a user at a host, and says neither"),
        ("mailto:", "names no mail address"),
        ("mailto:a", "names no mail address"),
        ("mailto:@b", "names no mail address"),
        ("mailto:a@", "names no mail address"),
        ("mailto:a@b@c", "names no mail address"),
        ("javascript:alert(1)", "has the scheme `javascript`"),
        ("JavaScript:x", "has the scheme `javascript`"),
        ("a:b", "has the scheme `a`"),
        ("Z0+.-9:b", "has the scheme `z0+.-9`"),
        ("A:b", "has the scheme `a`"),
        ("z:b", "has the scheme `z`"),
        ("xAZaz:b", "has the scheme `xazaz`"),
        ("ftp://h", "has the scheme `ftp`"),
        ("https:x", "names no host"),
        ("https:/x", "names no host"),
        ("https:abc", "names no host"),
        ("https:/abc", "names no host"),
        ("https:\u2215/abc", "names no host"),
        ("https:xx/h", "names no host"),
        ("https://", "names no host"),
        ("https:///x", "names no host"),
        ("http://?a", "names no host"),
        ("http://#a", "names no host"),
        ("https://:80", "names no host"),
        ("https://:89", "names no host"),
        ("https://::80", "names no host"),
        ("https://:", "names no host"),
        ("https://u@h", "hides its host behind an `@`"),
        ("https://u:p@h/x", "hides its host behind an `@`"),
    ],
)
def test_why_an_address_is_refused(url: str, why: str) -> None:
    assert refused(url) == why


COMMANDS = (
    *(
        "add-mask",
        "add-matcher",
        "add-path",
        "debug",
        "echo",
        "endgroup",
        "error",
        "group",
        "internal-set-repo",
    ),
    *("notice", "remove-matcher", "save-state", "set-env", "set-output", "set-repo"),
    *("stop-commands", "warning"),
)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_build_log_command_is_broken_up_behind_a_word_too(command: str) -> None:
    assert clean(f"word::{command}::x") == f"word: :{command}::x"
    assert clean(f"word:::{command.upper()} x") == f"word: : :{command.upper()} x"
    if not command.startswith("internal-"):
        assert clean(f"word::{command}s") == f"word::{command}s"


def test_what_is_no_command_stays() -> None:
    for text in ("std::vector<int>", "a::b::c", "fe80::1", "##", "## x", "a##b", "x ## [1]"):
        assert clean(text) == text
    assert clean("##x[", lines=False) == "# #x["
    assert clean("\x00\x85\u2028\U0001ffff") == "\\x00\\x85\\u2028\\U0001ffff"
    assert clean("\xff\u0100") == "\xff\u0100"
    assert clean("\uffff\U0001fffe") == "\\uffff\\U0001fffe"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://[]/", "names no host: in brackets only an IPv6 address may stand"),
        ("http://[x", "names no host: in brackets only an IPv6 address may stand"),
        ("http://[::1]x/", "names no host: in brackets only an IPv6 address may stand"),
        ("http://a]/", "names no host: in brackets only an IPv6 address may stand"),
        ("https://example.org\u2100evil.example/", "holds a sign in its host that is read as another one"),
        *(
            (f"https://a{sign}b/", "holds a sign in its host that is read as another one")
            for sign in "\uff0f\uff1f\uff03\uff20\uff1a\ufe5f\u2101"
        ),
        ("https://a\ufffab/", "holds a blank or an invisible character"),
        ("https://a\ud800b/", "holds a blank or an invisible character"),
    ],
)
def test_a_host_in_disguise_is_refused(url: str, why: str) -> None:
    assert refused(url) == why
    assert followed(url) is None


def test_what_may_be_followed_is_encoded_once_for_all() -> None:
    assert refused("http://[::1]:80/") == refused("https://bücher.example/ä") == ""
    assert followed("https://bücher.example/ä?b=c#d") == "https://b%C3%BCcher.example/%C3%A4?b=c#d"
    assert followed("https://example.org/a%20(b)|") == "https://example.org/a%20%28b%29%7C"
    assert followed("#e-1") == "#e-1"
    assert followed("") is None


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://e.org/?a=1&b=2", ""),
        ("https://e.org/?a=1&amp;b=2", ""),
        ("https://e.org/?a=1&lt;b", ""),
        ("a&amp;b", ""),
        ("a&amp;amp;amp;b", ""),
        ("a&amp;amp;amp;amp;b", "holds a character reference within others"),
        ("javascript&colon;x", "has the scheme `javascript`"),
        ("javascript&amp;colon;x", "has the scheme `javascript`"),
        ("javascript&amp;amp;colon;x", "has the scheme `javascript`"),
        ("javascript&amp;amp;amp;colon;x", "has the scheme `javascript`"),
        ("javascript&amp;amp;amp;amp;colon;x", "holds a character reference within others"),
        ("&sol;&sol;e.org", "names a host without saying how to reach it"),
        ("data:x&amp;y", "has the scheme `data`"),
    ],
)
def test_an_address_is_judged_by_what_it_becomes(url: str, why: str) -> None:
    assert refused(url) == why
    assert (followed(url) is None) is bool(why)
