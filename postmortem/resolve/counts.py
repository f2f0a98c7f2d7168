"""Counts: what was counted at an event, over all claims that count it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import reduce
from typing import TypeAlias

from postmortem.ground.finding import Finding, Related
from postmortem.ground.interval import (
    EVERYTHING,
    Exact,
    Interval,
    clamp,
    exact,
    hull,
    intersect,
    interval,
    plain,
)
from postmortem.ground.place import Spot
from postmortem.ground.record import record
from postmortem.model.quantities import settle
from postmortem.model.stated import Quantity
from postmortem.resolve.rulings import Ruled
from postmortem.resolve.statements import ClaimOf
from postmortem.resolve.timeline import Conflict, ConflictClaim, Count, CountClaim

Kind: TypeAlias = tuple[str, bool]
"""A measure, and whether its growth is meant: a level and a growth never conflict."""


@record
class Counted:
    """The counts of one event, and where its claims conflict."""

    counts: tuple[Count, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    findings: tuple[Finding, ...] = ()


@record
class _Said:
    claim: CountClaim
    quantity: Quantity
    values: Interval


def counted(key: str, claims: Sequence[ClaimOf], share: float, ruled: Ruled | None) -> Counted:
    """Return the counts of one event over its claims.

    ``share`` is what `about` gives or takes, ``ruled`` the event's ruling. PM402 where values that claims
    give one measure have nothing in common and no ruling settles it.
    """
    counts, conflicts, findings = [], [], []
    components = claims[0][1].component
    for (measure, _), said in _by_measure(claims, share).items():
        kept, conflict = _judge(measure, said, ruled)
        if conflict is not None:
            conflicts.append(conflict)
        elif _common(kept) is None:
            findings.append(_quarrel(key, measure, said, ruled))
        counts.append(_resolved(key, measure, components, said, kept, conflict))
    return Counted(tuple(counts), tuple(conflicts), tuple(findings))


def _by_measure(claims: Iterable[ClaimOf], share: float) -> dict[Kind, list[_Said]]:
    said: dict[Kind, list[_Said]] = {}
    for _, _, route, claim in claims:
        for measure, count in claim.counts.items():
            if count.value.value is None:
                continue
            quantity = settle(count.value.value, share)
            one = CountClaim(
                (*route, "counts", measure), claim.source, count.value.text, count.stated or None,
                quantity.low, quantity.high, quantity.nominal, True,
            )  # fmt: skip
            kind = measure, quantity.growth is not None
            said.setdefault(kind, []).append(_Said(one, quantity, _rated(quantity)))
    return said


def _rated(quantity: Quantity) -> Interval:
    """Return a quantity's values, growths by the microsecond, so that rates of different units compare."""
    values = interval(quantity.low, quantity.high)
    if quantity.growth is None:
        return values
    return Interval(_per(values.low, quantity.growth), _per(values.high, quantity.growth))


def _per(value: Exact | None, unit: int) -> Exact | None:
    return None if value is None else exact(Fraction(value) / unit)


def _common(said: Iterable[_Said]) -> Interval | None:
    common: Interval | None = EVERYTHING
    for one in said:
        common = intersect(common, one.values) if common is not None else None
    return common


def _judge(
    measure: str, said: Sequence[_Said], ruled: Ruled | None
) -> tuple[Sequence[_Said], Conflict | None]:
    """Return the claims that stand, and the conflict if a ruling settles one."""
    if ruled is None or _common(said) is not None:
        return said, None
    kept = [one for one in said if ruled.keeps(one.claim.sources)]
    if not kept or (ruled.prefer and _common(kept) is None):
        return said, None
    sides = tuple(
        ConflictClaim(
            one.claim.route,
            one.claim.sources,
            one.claim.text,
            one.claim.stated,
            ruled.keeps(one.claim.sources),
        )
        for one in said
    )
    return kept, Conflict(f"count:{measure}", ruled.status, ruled.because, sides)


def _resolved(
    key: str,
    measure: str,
    components: tuple[str, ...],
    said: Sequence[_Said],
    kept: Sequence[_Said],
    conflict: Conflict | None,
) -> Count:
    common = _common(kept)
    values = common if common is not None else reduce(hull, (one.values for one in kept))
    middle = common is None and conflict is not None
    unit = kept[0].quantity.growth
    nominal, named = (_middle(values), False) if middle else _nominal(values, kept)
    standing = {id(one) for one in kept}
    return Count(
        key, measure, components,
        _shown(values.low, unit), _shown(values.high, unit), _shown(nominal, unit),
        unit, all(one.quantity.percent for one in kept),
        tuple(_marked(one.claim, id(one) in standing) for one in said),
        named,
    )  # fmt: skip


def _marked(claim: CountClaim, kept: bool) -> CountClaim:
    if kept:
        return claim
    return CountClaim(
        claim.route, claim.sources, claim.text, claim.stated, claim.low, claim.high, claim.nominal, False
    )


def _nominal(values: Interval, kept: Iterable[_Said]) -> tuple[Exact | None, bool]:
    """Return the value that the narrowest claim names, moved into the bounds; else the middle of these."""
    named = []
    for one in kept:
        low, high = one.values.low, one.values.high
        if one.quantity.nominal is None or low is None or high is None:
            continue
        value = exact(one.quantity.nominal)
        if one.quantity.growth is not None:
            value = exact(Fraction(value) / one.quantity.growth)
        named.append((high - low, value, not one.quantity.named))
    if not named:
        return _middle(values), False
    _, value, unnamed = min(named)
    inside = clamp(value, values)
    return inside, inside == value and not unnamed


def _middle(values: Interval) -> Exact | None:
    if values.low is None or values.high is None:
        return None
    return exact(Fraction(values.low + values.high) / 2)


def _shown(value: Exact | None, unit: int | None) -> int | float | None:
    if value is None:
        return None
    return plain(value if unit is None else exact(Fraction(value) * unit))


def _quarrel(key: str, measure: str, said: Sequence[_Said], ruled: Ruled | None) -> Finding:
    """Return the finding at the first claim, the others beside it; ``ruled`` prefers, but settles nothing."""
    first, *others = said
    sides = " and ".join(f"{_who(one.claim)} `{one.claim.text}`" for one in said)
    message = f"the claims on `{measure}` of `{key}` do not overlap: {sides}"
    if ruled is not None:
        speaks = any(ruled.keeps(one.claim.sources) for one in said)
        why = "its own claims do not overlap" if speaks else f"it says nothing of `{measure}`"
        preferred = " and ".join(f"`{source}`" for source in ruled.prefer)
        message += f"; the ruling prefers {preferred}, but {why}"
    return Finding(
        "PM402",
        message,
        Spot((*first.claim.route, "value")),
        help="correct one, give each the measure or the moment it means, or rule: "
        "`ruling: {prefer: SOURCE, because: ...}` or `{open: true, because: ...}`",
        related=tuple(
            Related(f"{_who(one.claim)} `{one.claim.text}`", Spot((*one.claim.route, "value")))
            for one in others
        ),
    )


def _who(claim: CountClaim) -> str:
    if not claim.sources:
        return "one claim says"
    who = " and ".join(f"`{source}`" for source in claim.sources)
    return f"{who} say" if len(claim.sources) > 1 else f"{who} says"
