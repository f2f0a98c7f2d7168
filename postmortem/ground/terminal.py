"""Text for consoles and build logs: whatever it holds, nothing in it acts on the place it is shown in."""

from __future__ import annotations

import re

from postmortem.ground.characters import forbidden_in

_COMMANDS = (
    "add-mask|add-matcher|add-path|debug|echo|endgroup|error|group|internal-[a-z-]*|notice|remove-matcher"
    "|save-state|set-env|set-output|set-repo|stop-commands|warning"
)
# A build log obeys `::error::` at the start of a line, so `a::b` inside a word may stay as it is;
# `##[error]` and `##vso[...]` are obeyed wherever they stand.
_COLONS = rf"(?i)::+(?=(?:{_COMMANDS})\b)|(?<![\w:])::+(?=\w)"
_HASHES = r"##(?=\w*\[)"


def clean(text: str, *, lines: bool = True) -> str:
    """Return ``text`` made safe for a console and for a build log.

    Control characters, escape sequences, direction controls, surrogates and foreign line ends become
    visible escapes (``\\x1b``, ``\\u202e``). Workflow commands are broken up by a blank
    (``: :error``, ``# #[error]``). LF and tabs stay; with ``lines`` False they become visible too, for
    text that must stay on one line.
    """
    if not lines:
        text = text.replace("\n", "\\n").replace("\t", "\\t")
    text = text.replace("\r", "\\r")
    forbidden = forbidden_in(text)
    if forbidden is not None:
        text = forbidden.sub(_visible, text)
    if "::" in text:
        text = re.sub(_COLONS, lambda match: " ".join(match.group()), text)
    if "##" in text:
        text = re.sub(_HASHES, "# #", text)
    return text


def _visible(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")
