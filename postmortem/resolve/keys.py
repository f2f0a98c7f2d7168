"""Keys of events: the id where one is written, else a stable name made from the kind and the text."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from postmortem.model.incident import Event

_LENGTH = 48


def keys_of(events: Sequence[Event]) -> tuple[str, ...]:
    """Return a key for every event, all different: its id, or ``kind-first-words`` with ``-2`` on for a tie.

    Where an id is written twice the first event has it. A made key is never one that is written.
    """
    given: set[str] = set()
    taken = {event.id for event in events if event.id}
    next_number: dict[str, int] = {}
    keys = []
    for event in events:
        if event.id and event.id not in given:
            given.add(event.id)
            keys.append(event.id)
            continue
        key = _free(_made(event), taken, next_number)
        taken.add(key)
        keys.append(key)
    return tuple(keys)


def _made(event: Event) -> str:
    words = _slug(event.what)
    if not words:
        import hashlib

        # A text without a single Latin letter or digit still gets a name that only its wording decides.
        words = hashlib.sha256(event.what.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{event.kind}-{words}"


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = "".join(sign if sign.isalnum() else " " for sign in plain.replace("'", "")).split()
    slug = ""
    for word in words:
        if slug and len(slug) + 1 + len(word) > _LENGTH:
            break
        slug = f"{slug}-{word}" if slug else word[:_LENGTH]
    return slug


def _free(key: str, taken: set[str], next_number: dict[str, int]) -> str:
    """Return ``key``, numbered if it is taken; ``next_number`` spares trying the same numbers again."""
    if key not in taken:
        return key
    number = next_number.get(key, 2)
    while f"{key}-{number}" in taken:
        number += 1
    next_number[key] = number + 1
    return f"{key}-{number}"
