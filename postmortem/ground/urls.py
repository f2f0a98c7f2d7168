"""Which addresses a reader may follow: http, https, mailto and relative ones, and nothing in disguise."""

from __future__ import annotations

import re

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_PORT = re.compile(r":[0-9]*\Z")
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]")


def refused(url: str) -> str:
    """Return why nobody should follow ``url``, as the end of a sentence; empty where they may."""
    if _UNSEEN.search(url):
        return "holds a blank or an invisible character"
    if "\\" in url:
        return "holds a backslash"
    if url.startswith("//"):
        return "names a host without saying how to reach it"
    scheme = _SCHEME.match(url)
    if scheme is None:
        first = re.split(r"[/?#]", url, maxsplit=1)[0]
        if ":" in first:
            return "looks like a scheme, and is none"
        return "looks like a mail address or a user at a host, and says neither" if "@" in first else ""
    name, rest = scheme[1].lower(), url[scheme.end() :]
    if name == "mailto":
        return "" if re.fullmatch(r"[^@\s]+@[^@\s]+", rest) else "names no mail address"
    if name not in ("http", "https"):
        return f"has the scheme `{name}`"
    return _refused_host(rest)


def _refused_host(rest: str) -> str:
    host = re.split(r"[/?#]", rest[2:], maxsplit=1)[0]
    if not rest.startswith("//") or not _PORT.sub("", host).strip(":"):
        return "names no host"
    return "hides its host behind an `@`" if "@" in host else ""
