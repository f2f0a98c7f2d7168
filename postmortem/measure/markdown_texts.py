"""The texts of a log that a report shows as Markdown, with their routes: one table of fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortem.ground.place import Route
    from postmortem.model.incident import Incident

_SECTIONS = ("summary", "impact", "background", "detection", "response", "resolution")
_LISTED = {
    "factors": ("what", "because"),
    "actions": ("what", "because", "verify"),
    "perspectives": ("says",),
    "questions": ("what",),
    "phases": ("title",),
    "figures": ("title",),
    "metrics": ("title", "note"),
}


def shows_pictures(incident: Incident) -> bool:
    """Tell whether any text of the log may show a picture; few do."""
    return any("![" in text for _, text in markdown_texts(incident))


def markdown_texts(incident: Incident) -> Iterator[tuple[Route, str]]:
    """Yield the texts that a report shows as Markdown."""
    for name in _SECTIONS:
        section = getattr(incident, name)
        if section is not None:
            # A section without an audience is mostly written as its text alone.
            yield ((name, "text") if section.audience else (name,)), section.text
    for at, event in enumerate(incident.timeline):
        yield ("timeline", at, "what"), event.what
        if event.ruling is not None and event.ruling.because:
            yield ("timeline", at, "ruling", "because"), event.ruling.because
        if event.note:
            yield ("timeline", at, "note"), event.note
        for number, claim in enumerate(event.claims):
            if claim.note:
                yield ("timeline", at, "claims", number, "note"), claim.note
    for key, source in incident.sources.items():
        if source.note:
            yield ("sources", key, "note"), source.note
    for name, fields in _LISTED.items():
        for at, one in enumerate(getattr(incident, name)):
            yield from (((name, at, field), text) for field in fields if (text := getattr(one, field)))
    if incident.lessons is not None:
        for field in ("went_well", "went_wrong", "got_lucky"):
            for at, text in enumerate(getattr(incident.lessons, field)):
                yield ("lessons", field, at), text
