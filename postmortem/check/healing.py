"""Logs that do not fit the format: every misfit said once, and the rest made fit to be judged on.

Each misfit becomes one finding in the author's words. The bad part is then taken out, or filled with a
stand-in, or (an unknown key that is nearly a known one) read as what it was meant to be; and the rest is
read again until nothing is left to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortem.check import wording
from postmortem.check.format import Taken, keys_of, model_at, needed_keys, stand_in, taken_at
from postmortem.check.meant import meant_key
from postmortem.check.plain import Flat, Plain, value_at
from postmortem.check.shape import Shaped
from postmortem.ground.budget import TooSlow, may_guess, on_time
from postmortem.ground.finding import Finding
from postmortem.ground.place import Route
from postmortem.model.build import Misfit, Misfits, validate

if TYPE_CHECKING:
    from postmortem.model.incident import Incident
    from postmortem.model.stating import Stating

_ROUNDS = 40
"""More than the format is deep: each round heals at least one level."""

_LOOK = 10
"""Microseconds that it takes to see whether a key was meant to be one that is known."""


def heal(flat: Flat) -> Shaped:
    """Return the incident that a plain document states as far as it fits, with all that does not."""
    if not isinstance(flat.value, dict):
        return Shaped(None, flat.value, (wording.no_map(flat.value),))
    healing = _Healing(flat.value, flat.empty)
    try:
        incident = healing.run()
    except TooSlow as slow:
        raise slow.keep(tuple(healing.findings)) from None
    return Shaped(
        incident, healing.plain, tuple(healing.findings), frozenset(healing.broken), healing.renamed
    )


class _Healing:
    """The state of one log's healing: its plain value, changed in place, and what was said so far."""

    def __init__(self, plain: dict[str, Plain], empty: tuple[Route, ...]) -> None:
        self.plain: dict[str, Plain] = plain
        self.empty = frozenset(empty)
        self.findings: list[Finding] = []
        self.broken: set[Route] = set()
        self.renamed: dict[Route, str] = {}
        self.meant: dict[tuple[str, tuple[str, ...], tuple[str, ...]], str | None] = {}

    def run(self) -> Incident:
        for route in sorted(self.empty, key=str):
            self._empty(route)
        for _ in range(_ROUNDS):
            try:
                return validate(self.plain)
            except Misfits as fault:
                for misfit in sorted(fault.misfits, key=lambda one: one.kind != "unknown"):
                    self._misfit(misfit)
        raise RuntimeError("the log's shape cannot be healed")

    def _misfit(self, misfit: Misfit) -> None:
        on_time()
        route = misfit.route
        if any(route[:length] in self.broken for length in range(1, len(route) + 1)):
            return
        if misfit.kind == "unknown":
            self._unknown(route)
        elif misfit.kind == "missing":
            self._missing(route)
        else:
            self._wrong(route)

    def _unknown(self, route: Route) -> None:
        parent, key = route[:-1], str(route[-1])
        holder, cls = self._map_at(parent), model_at(parent)
        if holder is None or cls is None or key not in holder:
            return
        near = self._meant(key, cls, holder)
        self.findings.append(wording.unknown_key(route, near, keys_of(cls), self.plain))
        value = holder.pop(key)
        if near and near not in holder and (*parent, near) not in self.empty:
            holder[near] = value
            self.renamed[(*parent, near)] = key

    def _meant(self, key: str, cls: type[Stating], holder: dict[str, Plain]) -> str | None:
        known = keys_of(cls)
        asked = (key, known, tuple(one for one in known if one in holder))
        if asked not in self.meant:
            may = may_guess("key", _LOOK * len(known), asked)
            self.meant[asked] = meant_key(*asked) if may else None
        return self.meant[asked]

    def _missing(self, route: Route) -> None:
        parent, taken = route[:-1], taken_at(route)
        holder = self.at(parent)
        if taken is None:
            return
        if isinstance(holder, dict) and route[-1] not in holder:
            self.findings.append(wording.missing_key(route, taken, route in self.empty, self.plain))
            self._stand_in(route, taken)

    def _wrong(self, route: Route) -> None:
        taken = taken_at(route)
        if taken is None:
            return
        if route not in self.renamed:
            self.findings.append(wording.wrong_value(route, taken, self.at(route), self.plain))
        self._take_out(route, taken)

    def _empty(self, route: Route) -> None:
        parent, taken = route[:-1], taken_at(route)
        cls = model_at(parent)
        if taken is None:
            if cls is not None:
                near = self._meant(str(route[-1]), cls, self._map_at(parent) or {})
                self.findings.append(wording.unknown_key(route, near, keys_of(cls), self.plain))
        elif isinstance(route[-1], int):
            self.findings.append(wording.empty_item(route, self.plain))
            self._stand_in(route, taken)
        elif cls is None:
            self._empty_entry(route, taken)
        elif route[-1] not in needed_keys(cls):
            self.findings.append(wording.empty_value(route, self.plain))

    def _empty_entry(self, route: Route, taken: Taken) -> None:
        entry = model_at(route)
        needed = entry is not None and bool(needed_keys(entry)) and not taken.also_text
        self.findings.append((wording.empty_item if needed else wording.empty_value)(route, self.plain))
        if entry is not None and not taken.also_text:
            self._stand_in(route, taken)

    def _take_out(self, route: Route, taken: Taken) -> None:
        parent, cls = route[:-1], model_at(route[:-1])
        holder = self._map_at(parent)
        if holder is not None and cls is not None and route[-1] not in needed_keys(cls):
            holder.pop(str(route[-1]), None)
            self.broken.add(route)
        else:
            self._stand_in(route, taken)

    def _stand_in(self, route: Route, taken: Taken) -> None:
        holder, last = self.at(route[:-1]), route[-1]
        if isinstance(holder, dict):
            holder[str(last)] = stand_in(taken)
        elif isinstance(holder, list) and isinstance(last, int):
            holder[last] = stand_in(taken)
        self.broken.add(route)

    def _map_at(self, route: Route) -> dict[str, Plain] | None:
        holder = self.at(route)
        return holder if isinstance(holder, dict) else None

    def at(self, route: Route) -> Plain | None:
        return value_at(self.plain, route)
