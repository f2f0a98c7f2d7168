"""What keys, tokens and passwords look like: one row a kind, found in time linear in the text.

The kinds follow the rules of common secret scanners; the patterns are our own. A kind that begins with fixed
letters is known by them, so that a text without them is never searched.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from math import log2
from typing import NamedTuple

from postmortem.check.secret_prefixes import SERVICES, WITHIN


class Kind(NamedTuple):
    """A kind of secret: what it is called, the letters without which there is none, and its pattern.

    Where the pattern has a group ``secret``, that is the secret. ``guess`` marks kinds that only look so:
    their hints are in small letters and looked for in any, and their value has to be as irregular as made
    ones are. ``begins`` marks kinds that begin with a hint which stands in many words (`task-`), so that
    each place of it is looked at and nothing else is. ``solid`` marks kinds without a blank in them, of
    sixteen signs at least: in a text only such runs are looked through for their hints, and most have few.
    """

    name: str
    hints: tuple[str, ...]
    pattern: str
    guess: bool = False
    begins: bool = False
    solid: bool = False


_OPEN, _END = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"
_IS = r"[\"']?[ \t]{0,3}(?::=|=>|[:=])[ \t]{0,3}[\"'`]?"
KINDS = (
    Kind(
        "a private key",
        ("PRIVATE KEY", "PuTTY-User-Key-File", "LS0tLS1CRUdJTiB"),
        r"(?:-----BEGIN (?:[A-Z0-9]{1,12} ){0,4}PRIVATE KEY(?: BLOCK)?-----[^-]{0,20000}"
        r"|---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----[^-]{0,20000}|PuTTY-User-Key-File-[0-9][\s\S]{0,20000}"
        # The same first line in base 64, as Kubernetes holds it.
        r"|LS0tLS1CRUdJTiB(?:SU0E|QUkl|FQyB|PUEV|FTkN)[A-Za-z0-9+/=]{20,40000})",
    ),
    Kind(
        "an AWS access key",
        ("AKIA", "ASIA", "ABIA", "ACCA", "A3T"),
        _OPEN + r"A(?:KIA|SIA|BIA|CCA|3T[A-Z0-9])[A-Z0-9]{16}" + _END,
    ),
    Kind(
        "a GitHub token",
        ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
        _OPEN + r"(?:gh[pousr]|github_pat)_[A-Za-z0-9_]{20,255}",
    ),
    Kind(
        "a GitLab token",
        ("glpat-", "gldt-", "glrt-", "glptt-", "glsoat-", "glcbt-", "glft-", "glimt-", "glagent-"),
        r"gl(?:pat|dt|rt|ptt|soat|cbt|ft|imt|agent)-[A-Za-z0-9_.-]{20,300}",
    ),
    Kind("a Slack token", ("xox", "xapp-"), _OPEN + r"(?:xox[a-eoprs]|xapp)-[A-Za-z0-9-]{10,300}"),
    Kind(
        "a Slack webhook",
        ("hooks.slack.com",),
        r"hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9+/_-]{16,200}",
    ),
    Kind(
        "a Discord webhook",
        ("/api/webhooks/",),
        r"discord(?:app)?\.com/api/webhooks/[0-9]{5,25}/[A-Za-z0-9_-]{20,100}",
    ),
    Kind(
        "a Teams webhook", ("webhook.office.com",), r"webhook\.office\.com/webhookb2/[A-Za-z0-9@/-]{40,300}"
    ),
    Kind("a Google API key", ("AIza",), _OPEN + r"AIza[A-Za-z0-9_-]{30,40}"),
    Kind("a Google token", ("ya29.", "GOCSPX-"), r"(?:ya29\.|GOCSPX-)[A-Za-z0-9_-]{20,300}"),
    Kind(
        "a Stripe key",
        ("k_live_", "k_test_", "k_prod_", "whsec_"),
        _OPEN + r"(?:[prs]k_(?:live|test|prod)_[A-Za-z0-9]{10,200}|whsec_[A-Za-z0-9+/=]{20,100})",
    ),
    Kind(
        "a JSON web token",
        ("eyJ",),
        r"(?<![\w-])eyJ[\w-]{8,4000}\.eyJ[\w-]{8,8000}(?:\.[\w-]{0,4000})?",
    ),
    Kind("an npm token", ("npm_",), _OPEN + r"npm_[A-Za-z0-9]{30,40}" + _END),
    Kind("a PyPI token", ("pypi-AgE",), r"pypi-AgE[A-Za-z0-9_-]{40,400}"),
    Kind("a SendGrid key", ("SG.",), _OPEN + r"SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16,64}"),
    Kind(
        "an API key",
        ("sk-",),
        r"(?<![A-Za-z0-9-])sk-(?=[A-Za-z_-]{0,40}[0-9])[A-Za-z0-9_-]{20,300}",
        begins=True,
        solid=True,
    ),
    Kind("a Hugging Face token", ("hf_",), _OPEN + r"hf_[A-Za-z0-9]{30,40}" + _END),
    Kind("a DigitalOcean token", ("_v1_",), r"do[opr]_v1_[a-f0-9]{64}"),
    Kind("a Databricks token", ("dapi",), _OPEN + r"dapi[a-f0-9]{32}"),
    Kind("a Shopify token", ("shp",), r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}"),
    Kind("a Vault token", ("hvs.", "hvb."), _OPEN + r"hv[sb]\.[A-Za-z0-9_-]{20,300}"),
    Kind("an age key", ("AGE-SECRET-KEY-1",), r"AGE-SECRET-KEY-1[A-Z0-9]{40,60}"),
    Kind("a Grafana token", ("glsa_", "glc_"), _OPEN + r"gl(?:sa|c)_[A-Za-z0-9+/=_]{30,400}"),
    Kind("a New Relic key", ("NRAK-",), r"NRAK-[A-Z0-9]{27}"),
    Kind("a Linear key", ("lin_api_",), r"lin_api_[A-Za-z0-9]{30,60}"),
    Kind("a Postman key", ("PMAK-",), r"PMAK-[a-f0-9]{24}-[a-f0-9]{34}"),
    Kind("a Sentry token", ("sntrys_", "sntryu_"), r"sntry[su]_[A-Za-z0-9+/=_]{30,400}"),
    Kind("an Atlassian token", ("ATATT3",), r"ATATT3[A-Za-z0-9_=-]{40,400}"),
    Kind("an Azure storage key", ("AccountKey=",), r"AccountKey=(?P<secret>[A-Za-z0-9+/]{40,100}={0,2})"),
    Kind(
        "an Azure signature",
        ("sig=",),
        r"[?&;]sig=(?P<secret>[A-Za-z0-9%+/]{42,130}=?)",
    ),
    Kind(
        "a Twilio key", tuple(f"SK{digit}" for digit in "0123456789abcdef"), _OPEN + r"SK[0-9a-f]{32}" + _END
    ),
    Kind("a Telegram bot token", (":AA",), r"(?<![0-9])[0-9]{8,10}:AA[A-Za-z0-9_-]{33}"),
    Kind(
        "a password in an address",
        ("@",),
        r"(?<![\w+.-])[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\s/@:\"'<>]{0,100}:(?P<secret>[^\s/@:\"'<>]{1,100})@[\w\[]",
    ),
    *(
        Kind(name, hints, _OPEN + pattern + _END, begins=True, solid=True)
        for name, hints, pattern in SERVICES
    ),
    *(Kind(name, hints, _OPEN + pattern + _END, solid=True) for name, hints, pattern in WITHIN),
    Kind(
        "a token in an address",
        ("@",),
        r"(?<=://)(?P<secret>(?=[A-Za-z_-]{0,60}[0-9])[A-Za-z0-9_-]{20,200})@[\w\[]",
    ),
    Kind(
        "a session cookie",
        ("cookie",),
        r"(?i:cookie):[ \t]{0,3}[^\n]{0,400}?=(?P<secret>[A-Za-z0-9%+/_.=~-]{16,4000})",
        guess=True,
    ),
    Kind(
        "a token",
        ("bearer ", "basic ", "authorization", "apikey ", "geniekey ", "splunk ", "ssws "),
        _OPEN + r"(?:[Bb]earer |[Bb]asic |BEARER |BASIC |(?i:apikey|geniekey|splunk|ssws) "
        r"|(?i:authorization)[\"']?: ?[\"']?(?:[A-Za-z-]{2,12} (?:token=)?)?)"
        r"(?P<secret>[A-Za-z0-9+/_.=~-]{16,4000})",
        guess=True,
    ),
    Kind(
        "a password",
        ("password", "passwd", "passphrase", "passcode", "pass", "pwd", "-u ", "--user "),
        rf"(?:(?i:pass(?:word|wd|phrase|code)?|pwd){_IS}"
        r"|(?<![\w-])(?:-u|--user) [\"']?[A-Za-z][\w.@-]{0,60}:)"
        r"(?P<secret>[^\s\"'`,;<>()]{6,200})",
        guess=True,
    ),
    Kind(
        "a secret",
        ("secret", "token", "key", "key_base", "credential"),
        r"(?i:secret|token|credential"
        r"|(?:api|app|access|private|account|auth|encryption|signing|master|admin)[ _-]?key"
        r"|secret[ _-]?key(?:[ _-]?base)?)"
        rf"[sS]?{_IS}(?P<secret>[\w+/.=~!@#$%^&*-]{{16,400}})",
        guess=True,
    ),
)
_GROUP = "secret"
_RUN = r"[\w+/=~.%-]{16,}"
_STAND_INS = (
    r"(?i)[*xX.•_-]+\Z|\$|%[({]|\{|<|\[|"
    r"(?:redacted|removed|hidden|masked|example|changeme|your|none|null|true|false)"
)


class Secret(NamedTuple):
    """A secret in a text: its kind, and the code points from ``start`` to ``end`` (exclusive)."""

    kind: str
    start: int
    end: int


def suspected(text: str) -> tuple[Kind, ...]:
    """Return the kinds whose letters stand in a text: in most there are none, and no pattern is made."""
    small, runs = text.lower(), "\n".join(_compiled(_RUN).findall(text))
    return tuple(kind for kind in KINDS if _hinted(kind, runs if kind.solid else text, small))


def secrets_in(text: str, kinds: tuple[Kind, ...]) -> Iterator[Secret]:
    """Yield the secrets of some kinds in the order of the text; where two overlap, that of the first kind."""
    found: list[Secret] = []
    small = text.lower() if kinds else ""
    for kind in kinds:
        if not _hinted(kind, text, small):
            continue
        for match in _matches(kind, text):
            start, end = match.span(_GROUP if _GROUP in match.re.groupindex else 0)
            place = bisect_left(found, start, key=lambda one: one.end - 1)
            known = place < len(found) and found[place].start < end
            if not known and _is_one(kind, text[start:end]):
                found.insert(place, Secret(kind.name, start, end))
    yield from found


def _matches(kind: Kind, text: str) -> Iterator[re.Match[str]]:
    pattern = _compiled(kind.pattern)
    if not kind.begins:
        yield from pattern.finditer(text)
        return
    for hint in kind.hints:
        at = text.find(hint)
        while at >= 0:
            match = pattern.match(text, at)
            if match is not None:
                yield match
            at = text.find(hint, at + len(hint) if match is None else match.end())


def _hinted(kind: Kind, text: str, small: str) -> bool:
    if kind.guess:
        return any(_leads_on(small, hint) for hint in kind.hints)
    return any(hint in text for hint in kind.hints)


def _leads_on(small: str, word: str) -> bool:
    """Tell whether a word stands before a value: `token:`, `token =`, `"token":`; `bearer ` needs no sign."""
    at = small.find(word)
    while at >= 0:
        if word.endswith(" ") or small[at + len(word) : at + len(word) + 12].lstrip("s\"' \t")[:1] in (
            ":",
            "=",
        ):
            return True
        at = small.find(word, at + len(word))
    return False


def _is_one(kind: Kind, value: str) -> bool:
    if f"(?P<{_GROUP}>" not in kind.pattern:
        return True
    if _compiled(_STAND_INS).match(value):
        return False
    if not kind.guess:
        return True
    mixed = any(char.isdigit() for char in value) or not value.isalnum()
    if kind.name == "a password":
        irregular = mixed or (value != value.lower() and not value.istitle())
        return irregular and not value.startswith(("http", "/"))
    return any(char.isdigit() for char in value) and _bits(value) >= 3.0


def _bits(value: str) -> float:
    """Return the entropy of a text in bits a character: words have about 2.5, made keys over 3.5."""
    counts = [value.count(char) for char in set(value)]
    return -sum(n / len(value) * log2(n / len(value)) for n in sorted(counts))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
