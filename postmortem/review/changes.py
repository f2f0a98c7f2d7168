"""The words of a comparison: what was added, removed or changed, each with its value before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from postmortem.resolve.timeline import ResolvedEvent
from postmortem.review.side import Resolved, Side

Kind: TypeAlias = Literal["added", "removed", "changed"]
State: TypeAlias = Literal["contradiction", "open", "ruled"]
"""How a conflict stands: nobody has ruled; it is left open by a ruling; one side is preferred."""


@dataclass(frozen=True, slots=True)
class Told:
    """A value in words for people and as it stands in JSON."""

    words: str
    value: object


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field with its value before and after; None where there was or is none."""

    name: str
    before: Told | None
    after: Told | None


@dataclass(frozen=True, slots=True)
class EventChange:
    """An event that is new, gone, or says something else.

    ``moved``: its resolved time is another one; ``follows``: it is so only because others moved.
    ``shows_in`` are the ids of the changed metrics in whose ends or proof it stands.
    ``was`` is its former id where that was renamed.
    """

    key: str
    change: Kind
    before: ResolvedEvent | None
    after: ResolvedEvent | None
    fields: tuple[FieldChange, ...] = ()
    moved: bool = False
    follows: bool = False
    shows_in: tuple[str, ...] = ()
    was: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """A claim of an event that stands in both versions; ``source`` names who says it, '' nobody."""

    event: str
    change: Kind
    source: str
    before: Told | None
    after: Told | None


@dataclass(frozen=True, slots=True)
class RulingChange:
    """A ruling on an event."""

    event: str
    change: Kind
    before: Told | None
    after: Told | None


@dataclass(frozen=True, slots=True)
class ConflictChange:
    """A conflict that was opened or settled. ``event`` is where it is shown, ``events`` are all in it.

    ``about`` is `at`, `end` or `count:MEASURE`; ``told`` says in a sentence what stands against what.
    """

    event: str
    events: tuple[str, ...]
    about: str
    change: Literal["opened", "settled"]
    before: State | None
    after: State | None
    told: str


@dataclass(frozen=True, slots=True)
class MetricChange:
    """A metric whose bounds or value differ."""

    id: str
    title: str
    before: Told | None
    after: Told | None

    @property
    def change(self) -> Kind:
        """Tell whether the metric itself is new or gone, or only its value is another."""
        return "added" if self.before is None else "removed" if self.after is None else "changed"


@dataclass(frozen=True, slots=True)
class ThingChange:
    """A source, a factor, an action or another part of the log; ``section`` is its key at the top."""

    section: str
    id: str
    change: Kind
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed in meaning between two versions of one log.

    ``old`` or ``new`` is None where there is no such version; ``before`` and ``after`` are None also
    where a version could not be understood: then nothing could be compared (``compared`` is False).
    ``fields`` are those at the top of the log: its status, its prose.
    """

    old: Side | None
    new: Side | None
    before: Resolved | None
    after: Resolved | None
    events: tuple[EventChange, ...] = ()
    claims: tuple[ClaimChange, ...] = ()
    rulings: tuple[RulingChange, ...] = ()
    conflicts: tuple[ConflictChange, ...] = ()
    metrics: tuple[MetricChange, ...] = ()
    things: tuple[ThingChange, ...] = ()
    fields: tuple[FieldChange, ...] = ()

    @property
    def compared(self) -> bool:
        """Tell whether both versions, as far as there are two, were understood."""
        return all(
            side is None or one is not None for side, one in ((self.old, self.before), (self.new, self.after))
        )

    @property
    def same(self) -> bool:
        """Tell whether nothing changed in meaning."""
        whole = (self.old is None) == (self.new is None)
        return (
            whole
            and self.compared
            and not any(
                (
                    self.events,
                    self.claims,
                    self.rulings,
                    self.conflicts,
                    self.metrics,
                    self.things,
                    self.fields,
                )
            )
        )

    def of(self, section: str) -> tuple[ThingChange, ...]:
        """Return the changes of one section."""
        return tuple(one for one in self.things if one.section == section)
