"""Which key of the format an unknown key was meant to be: the nearest by spelling, else by sense."""

from __future__ import annotations

from collections.abc import Collection

from postmortem.ground.suggest import nearest

_SENSE: dict[str, tuple[str, ...]] = {
    "actor": ("by", "who"),
    "assignee": ("owner",),
    "author": ("authors",),
    "begin": ("at", "from"),
    "cause": ("factors",),
    "causes": ("factors", "leads_to"),
    "caused_by": ("leads_to",),
    "changed": ("what",),
    "comment": ("note",),
    "deadline": ("due",),
    "description": ("what", "summary", "note", "text"),
    "duration": ("for",),
    "end": ("until", "to"),
    "events": ("timeline",),
    "fixes": ("addresses",),
    "link": ("url", "links"),
    "message": ("what", "text", "says"),
    "name": ("title", "id", "what", "name"),
    "reason": ("because",),
    "role": ("who",),
    "service": ("component",),
    "services": ("components", "component"),
    "start": ("at", "from"),
    "state": ("status",),
    "text": ("what", "says", "text"),
    "time": ("at",),
    "timestamp": ("at",),
    "txt": ("what", "says", "text"),
    "type": ("kind",),
    "tz": ("timezone",),
    "when": ("at",),
    "zone": ("timezone",),
}
"""Words that people write for a key, with the keys they may mean, first that the place takes wins."""


def meant_key(key: str, known: tuple[str, ...], present: Collection[str]) -> str | None:
    """Return the key out of ``known`` that ``key`` was meant to be, None where nothing comes near.

    One that the map lacks is likelier than one that is ``present``.
    """
    word = key.strip().lower().replace("-", "_").replace(" ", "_")
    lacking = [one for one in known if one not in present]
    if word in lacking:
        return word
    by_sense = next((one for one in _SENSE.get(word, ()) if one in lacking), None)
    return by_sense or nearest(word, lacking) or nearest(word, known)


def meant_word(word: str, known: tuple[str, ...]) -> str | None:
    """Return the word of a fixed list that ``word`` was meant to be, None where nothing comes near."""
    same = word.strip().lower().replace("_", "-").replace(" ", "-")
    if known == ("true", "false"):
        return {"yes": "true", "y": "true", "on": "true", "1": "true"}.get(
            same, "false" if same in ("no", "n", "off", "0") else nearest(same, known)
        )
    exact = next((one for one in known if one.lower() == same), None)
    return exact or nearest(same, known)
