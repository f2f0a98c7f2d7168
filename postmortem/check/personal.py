"""What leads to a person or into a house: addresses, numbers, machines, names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from postmortem.check.names import Names
    from postmortem.model.incident import Incident


class Trace(NamedTuple):
    """A text that leads to somebody: the code that says so, what it is, and where it stands."""

    code: str
    what: str
    start: int
    end: int


_MAIL = r"(?<![\w.+@/-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
_PLUS = r"(?<![\w:+])\+[1-9][0-9 ().-]{6,20}[0-9](?![\w:])"
_LOCAL = (
    r"(?<![\w.-])(?:\([0-9]{3}\) ?[0-9]{3}-[0-9]{4}(?![\w-])"
    r"|(?:1-)?[0-9]{3}-[0-9]{3}-[0-9]{4}(?![\w-])|(?:1\.)?[0-9]{3}\.[0-9]{3}\.[0-9]{4}(?![\w-]|\.[0-9]))"
)
_CALLED = (
    r"(?<![\w-])(?i:phone|tel|telephone|mobile|fax)\b[.:]{0,2} ?"
    r"(?P<number>(?:\+(?=[0-9]))?[0-9(][0-9 ()./-]{5,20}[0-9])(?![\w:])"
)
_ADDRESS = r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}"
_FOUR = rf"(?<![\w.-]){_ADDRESS}(?:-{_ADDRESS})?(?![\w-]|\.[0-9])(?:/[0-9]{{1,2}})?"
_SIX = r"(?<![\w:.])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,8}(?![\w:])"
_HOST = (
    r"(?<![\w.-])(?:[A-Za-z0-9_-]{1,63}\.){1,8}(?:internal|local|lan|corp|intranet|localdomain|home\.arpa"
    r"|INTERNAL|LOCAL|LAN|CORP|INTRANET|LOCALDOMAIN|HOME\.ARPA)(?![\w-]|\.\w|\()"
    r"|(?<=://)[A-Za-z0-9_-]{1,63}(?=:[0-9]|/|$|[\s)>\"'])"
)
_NOBODYS = frozenset(
    ["0.0.0.0", "255.255.255.255", "169.254.169.254", "8.8.8.8", "8.8.4.4", "1.1.1.1", "1.0.0.1", "9.9.9.9"]
)
"""Addresses that lead to nobody: of no machine, of every cloud, of resolvers that all the world uses."""
_WHOLE_BLOCKS = frozenset(["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "0.0.0.0/0", "100.64.0.0/10"])
_ANYBODYS_HOSTS = frozenset(
    [
        "localhost",
        "localhost.localdomain",
        "kubernetes.default.svc.cluster.local",
        "env.local",
        "host.docker.internal",
    ]
)
_PHONE_WORDS = ("tel", "phone", "mobile", "fax")
_HOST_HINTS = (".internal", ".local", ".lan", ".corp", ".intranet", ".home.arpa")
_FOUR_LOOK = r"[0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]"
_SIX_LOOK = r"[0-9A-Fa-f]:[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]"
_PHONE_LOOK = r"[0-9]{3}(?:[-.]|\) ?)[0-9]{3}[-.][0-9]{4}"


def _phones(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of telephone numbers; only where something leads to one is a pattern tried."""
    for at in _places(text, "+"):
        if match := _compiled(_PLUS).match(text, at):
            yield match.span()
    if _compiled(_PHONE_LOOK).search(text) is not None:
        for match in _compiled(_LOCAL).finditer(text):
            yield match.span()
    small = text.lower()
    for word in _PHONE_WORDS:
        for at in _places(small, word):
            if match := _compiled(_CALLED).match(text, at):
                yield match.span("number")


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _may_four(text: str) -> bool:
    return _compiled(_FOUR_LOOK).search(text) is not None


def _may_six(text: str) -> bool:
    return "::" in text or _compiled(_SIX_LOOK).search(text) is not None


def _may_host(text: str) -> bool:
    small = text.lower()
    if any(hint in small for hint in _HOST_HINTS):
        return True
    for at in _places(text, "://"):
        host = text[at + 3 : at + 67].replace(":", "/").split("/", 1)[0].split(None, 1)
        if host and "." not in host[0]:
            return True
    return False


def traces_in(text: str) -> Iterator[Trace]:
    """Yield what in a text leads to a person or a machine: mail, phone, network addresses, internal hosts."""
    if "@" in text:
        for match in _compiled(_MAIL).finditer(text):
            # What ends in a number is a version of something: `left-pad@1.3.0`.
            if not match[0].startswith("git@") and not match[0].rpartition(".")[2].isdigit():
                yield Trace("PM702", "an e-mail address", *match.span())
    last = 0
    for start, end in sorted(_phones(text)):
        digits = sum(char.isdigit() for char in text[start:end])
        if start >= last and digits >= 7 and not _in_address(text, start):
            last = end
            yield Trace("PM703", "a telephone number", start, end)
    yield from _network(text)
    if _may_host(text):
        for match in _compiled(_HOST).finditer(text):
            if match[0].lower() not in _ANYBODYS_HOSTS:
                yield Trace("PM705", "the name of an internal machine", *match.span())


def _network(text: str) -> Iterator[Trace]:
    for match in _compiled(_FOUR).finditer(text) if _may_four(text) else ():
        address, _, size = match[0].partition("-")[0].partition("/")
        if all(int(part) < 256 for part in address.split(".")) and not (
            address in _NOBODYS
            or address.startswith("127.")
            or (size and match[0] in _WHOLE_BLOCKS)
            or _is_version(text, match.start())
        ):
            yield Trace("PM704", "a network address", *match.span())
    if not _may_six(text):
        return
    for match in _compiled(_SIX).finditer(text):
        if _is_sixth(match[0]):
            yield Trace("PM704", "a network address", *match.span())


def _is_version(text: str, start: int) -> bool:
    before = text[max(0, start - 9) : start].lower().rstrip()
    return before.endswith(("version", "release", " v", "build"))


def _is_sixth(text: str) -> bool:
    if not any(char.isdigit() for char in text) or text == "::1":
        return False
    from ipaddress import AddressValueError, IPv6Address

    try:
        IPv6Address(text)
    except AddressValueError:
        return False
    return True


def _in_address(text: str, start: int) -> bool:
    """Tell whether a place lies in a web address: its digits are no telephone's."""
    word = max(text.rfind(blank, 0, start) for blank in " \n\t(<") + 1
    return "://" in text[word:start]


def names_of(incident: Incident) -> Names | None:
    """Return by what the people who are not public are called: their names, and each part of them.

    None where there are no such people.
    """
    names: list[str] = []
    for person in incident.people.values():
        if person.name and not person.public:
            names.append(" ".join(person.name.split()))
            words = (word.strip(".,;:()\"'") for word in person.name.split())
            names += [word for word in words if len(word) >= 3 and word[:1].isupper() and word[-1].isalpha()]
    from postmortem.check.names import Names

    return Names(sorted(names, key=len, reverse=True)) if names else None


def named_in(text: str, names: Names) -> Iterator[Trace]:
    """Yield where a text names one of some people."""
    for match in names.in_text(text):
        yield Trace("PM706", "the name of a person who is not public", *match.span())


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
