"""Which addresses a reader may follow: http, https, mailto and relative ones, and nothing in disguise."""

from __future__ import annotations

import re
import unicodedata

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_AUTHORITY_END = re.compile(r"[/?#]")
_PORT = re.compile(r":[0-9]*\Z")
# Blanks and controls, and what Unicode calls default ignorable: two addresses that look the same are one.
_UNSEEN = re.compile(
    r"[\x00-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f"
    r"\u205f-\u206f\u3000\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
_IPV6_HOST = re.compile(r"(?i:https?)://\[[0-9A-Fa-f:.]+\]")
_IPV6 = re.compile(r"\[[0-9A-Fa-f:.]+\]")
_KEPT = "/:?#@!$&'*+,;=%"  # beside letters, digits and `-._~`
_MOST_READINGS = 4


def refused(url: str) -> str:
    """Return why nobody should follow ``url``, as the end of a sentence; empty where they may.

    Markdown and HTML read `&colon;` in an address as a colon, some readers `&#58` and `&#14;` too: what an
    address would then be must be one to follow as well.
    """
    why = _refused(url)
    for _ in range(_MOST_READINGS):
        if why or "&" not in url:
            return why
        from html import unescape

        before, url = url, unescape(url)
        if url == before:
            return ""
        why = _refused(url)
    return why or "holds a character reference within others"


def _refused(url: str) -> str:
    if _UNSEEN.search(url):
        return "holds a blank or an invisible character"
    if "\\" in url:
        return "holds a backslash"
    if url.startswith("//"):
        return "names a host without saying how to reach it"
    scheme = _SCHEME.match(url)
    if scheme is None:
        first = _AUTHORITY_END.split(url)[0]
        if ":" in first:
            return "looks like a scheme, and is none"
        return "looks like a mail address or a user at a host, and says neither" if "@" in first else ""
    name, rest = scheme[1].lower(), url[scheme.end() :]
    if name == "mailto":
        return "" if re.fullmatch(r"[^@]+@[^@]+", rest) else "names no mail address"
    if name not in ("http", "https"):
        return f"has the scheme `{name}`"
    return _refused_host(rest)


def followed(url: str) -> str | None:
    """Return an address that a reader may follow, percent-encoded for any markup; None for another."""
    if not url or refused(url):
        return None
    from urllib.parse import quote

    host = _IPV6_HOST.match(url)  # the one place where brackets are a part of an address
    begun = host[0] if host else ""
    return begun + quote(url[len(begun) :], safe=_KEPT)


def _refused_host(rest: str) -> str:
    host = _AUTHORITY_END.split(rest[2:])[0]
    bare = _PORT.sub("", host)
    if not rest.startswith("//") or not bare.strip(":"):
        return "names no host"
    if "@" in host:
        return "hides its host behind an `@`"
    if ("[" in host or "]" in host) and not _IPV6.fullmatch(bare):
        return "names no host: in brackets only an IPv6 address may stand"
    if not host.isascii() and set("/?#@:") & set(unicodedata.normalize("NFKC", bare)):
        return "holds a sign in its host that is read as another one"
    return ""
