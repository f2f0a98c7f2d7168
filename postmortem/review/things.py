"""What changed in the other parts of a log: sources, factors, actions, questions, prose and the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from postmortem.measure.metrics import ResolvedSeries
from postmortem.model.incident import Incident
from postmortem.model.stating import Stating, fields_of
from postmortem.review.changes import FieldChange, ThingChange, Told
from postmortem.review.essence import Renamed, essence
from postmortem.review.side import Resolved
from postmortem.review.telling import stated_told

MAPS = ("sources", "people", "components", "measures")
"""Sections that are maps of ids."""

LISTS: Mapping[str, Callable[[Any], str]] = {
    "factors": lambda one: str(one.id),
    "actions": lambda one: str(one.id or one.what),
    "questions": lambda one: str(one.id or one.what),
    "metrics": lambda one: str(one.id),
    "phases": lambda one: str(one.title),
    "figures": lambda one: str(one.title),
    "perspectives": lambda one: f"{one.who}: {one.says}",
    "links": lambda one: str(one.url),
}
"""Sections that are lists, and what each entry is known by."""

LESSONS = ("went_well", "went_wrong", "got_lucky")
FIELDS = (
    "title", "id", "date", "timezone", "status", "review", "severity", "audience", "summary", "impact",
    "background", "detection", "response", "resolution", "authors", "tags", "related", "approx", "t0",
    "checks",
)  # fmt: skip
"""Fields at the top of a log that are not sections of entries."""

SECTIONS = (*MAPS, *LISTS, "series", "lessons")
_ABSENT: Any = object()


def field_changes(old: Incident, new: Incident, renamed: Renamed) -> Iterator[FieldChange]:
    """Yield the fields at the top of the log that say something else."""
    for name in FIELDS:
        yield from _field(name, getattr(old, name), getattr(new, name), renamed)


def _field(name: str, old: Any, new: Any, renamed: Renamed) -> Iterator[FieldChange]:
    if old == new and not renamed:
        return
    # By the owner's field, so that names of events are known as such.
    first = renamed.get(old, old) if name == "t0" and isinstance(old, str) else old
    if essence(first, renamed) != essence(new):
        yield FieldChange(name, _told(old), _told(new))


def _told(value: Any) -> Told | None:
    if isinstance(value, Stating) and "text" in fields_of(type(value)):
        text = getattr(value, "text", "")
        if getattr(value, "audience", None) is None:
            return stated_told(text)
    return stated_told(value)


def thing_changes(before: Resolved, after: Resolved, renamed: Renamed) -> Iterator[ThingChange]:
    """Yield the entries of every section that are new, gone or other, section by section."""
    old, new = before.incident, after.incident
    for section in MAPS:
        yield from _entries(section, getattr(old, section), getattr(new, section), renamed)
    for section, name_of in LISTS.items():
        first, second = getattr(old, section), getattr(new, section)
        if first == second and not renamed:
            continue
        yield from _entries(section, _by_name(first, name_of), _by_name(second, name_of), renamed)
    yield from _series(before, after)
    yield from _lessons(old, new)


def _by_name(entries: Sequence[Any], name_of: Callable[[Any], str]) -> dict[str, Any]:
    named: dict[str, Any] = {}
    numbers: dict[str, int] = {}
    for one in entries:
        name = " ".join(name_of(one).split())
        numbers[name] = numbers.get(name, 0) + 1
        named[name if numbers[name] == 1 else f"{name} ({numbers[name]})"] = one
    return named


def _entries(
    section: str, old: Mapping[str, Any], new: Mapping[str, Any], renamed: Renamed
) -> Iterator[ThingChange]:
    for name, after in new.items():
        before = old.get(name, _ABSENT)
        if before is _ABSENT:
            yield ThingChange(section, name, "added", _all_fields(None, after))
        elif before != after or renamed:
            fields = tuple(_entry_fields(before, after, renamed))
            if fields:
                yield ThingChange(section, name, "changed", fields)
    for name, before in old.items():
        if name not in new:
            yield ThingChange(section, name, "removed", _all_fields(before, None))


def _all_fields(before: Any, after: Any) -> tuple[FieldChange, ...]:
    thing = before if before is not None else after
    return tuple(
        FieldChange(
            name.removesuffix("_"),
            told if before is not None else None,
            told if after is not None else None,
        )
        for name in fields_of(type(thing))
        if name != "id" and (told := stated_told(getattr(thing, name))) is not None
    )


def _entry_fields(before: Any, after: Any, renamed: Renamed) -> Iterator[FieldChange]:
    first = dict(essence(before, renamed))
    second = dict(essence(after))
    for name in fields_of(type(after)):
        if first.get(name) != second.get(name):
            yield FieldChange(
                name.removesuffix("_"), stated_told(getattr(before, name)), stated_told(getattr(after, name))
            )


def _series(before: Resolved, after: Resolved) -> Iterator[ThingChange]:
    """Yield the series that changed: by what they state, and by the points that they hold."""
    old = _series_by_name(before)
    new = _series_by_name(after)
    for name, (stated, points) in new.items():
        if name not in old:
            yield ThingChange("series", name, "added", (FieldChange("points", None, _points(points)),))
            continue
        was, held = old[name]
        fields = [] if was == stated else list(_entry_fields(was, stated, {}))
        fields = [one for one in fields if one.name != "points"]
        if (held and held.points) != (points and points.points):
            fields.append(FieldChange("points", _points(held), _points(points)))
        if fields:
            yield ThingChange("series", name, "changed", tuple(fields))
    for name, (_, held) in old.items():
        if name not in new:
            yield ThingChange("series", name, "removed", (FieldChange("points", _points(held), None),))


def _series_by_name(version: Resolved) -> dict[str, tuple[Any, ResolvedSeries | None]]:
    resolved = {one.index: one for one in version.metrics.series}
    entries = list(enumerate(version.incident.series))
    named = _by_name(
        entries, lambda pair: " of ".join(filter(None, (pair[1].measure, pair[1].component, *pair[1].source)))
    )
    return {name: (one, resolved.get(index)) for name, (index, one) in named.items()}


def _points(series: ResolvedSeries | None) -> Told | None:
    if series is None or not series.points:
        return None
    values = [one.value for one in series.points]
    words = f"{len(values):,} point{'s' if len(values) != 1 else ''}, {min(values):,} to {max(values):,}"
    return Told(words, {"points": len(values), "low": min(values), "high": max(values)})


def _lessons(old: Incident, new: Incident) -> Iterator[ThingChange]:
    for name in LESSONS:
        first = _texts(old, name)
        second = _texts(new, name)
        for text in second:
            if text not in first:
                yield ThingChange("lessons", f"{name}: {text}", "added")
        for text in first:
            if text not in second:
                yield ThingChange("lessons", f"{name}: {text}", "removed")


def _texts(incident: Incident, name: str) -> list[str]:
    return (
        [] if incident.lessons is None else [" ".join(one.split()) for one in getattr(incident.lessons, name)]
    )
