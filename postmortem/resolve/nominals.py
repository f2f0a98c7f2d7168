"""Nominal values: what claims say without their tolerance, moved into the bounds; else the middle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from postmortem.model.stated import Bound
from postmortem.resolve.network import ZERO, Link
from postmortem.resolve.walk import Said, walked


class Nominal(NamedTuple):
    """A point's nominal time; ``named``: a claim gives it, it is no middle of anything."""

    value: int | None
    named: bool


Range: TypeAlias = tuple[int | None, int | None]


def nominals(ranges: Sequence[Range], said: Said, hulls: Iterable[int]) -> list[Nominal]:
    """Return the nominal of every point.

    ``ranges`` are the resolved bounds by point, ``said`` the kept statements' bounds by the point they
    date. Where several claims name a value the narrowest counts, so that their order does not matter.
    Points in ``hulls`` are nominally in their middle.
    """
    known: dict[int, Nominal] = {ZERO: Nominal(0, True)}
    for point in hulls:
        known[point] = Nominal(_middle(ranges[point]), False)
    return walked(
        known,
        len(ranges),
        said,
        lambda bound: bound.nominal is not None,
        lambda point, links: _nominal(ranges, point, links, known),
    )


def _nominal(
    ranges: Sequence[Range],
    point: int,
    links: Iterable[tuple[Link, Bound]],
    known: Mapping[int, Nominal],
) -> Nominal:
    named = []
    doubled = False
    for link, bound in links:
        if bound.nominal is None:
            # A clock time that comes twice names two moments, and what lies between them is neither.
            doubled = doubled or (bound.base is None and None not in (bound.low, bound.high))
            continue
        origin = known.get(link.u)
        if origin is not None and origin.value is not None:
            width = _width(ranges[link.u], (bound.low, bound.high))
            value = origin.value + bound.nominal
            named.append((width is None, width or 0, value, not (bound.named and origin.named)))
    if not named:
        return Nominal(None if doubled else _middle(ranges[point]), False)
    _, _, value, unnamed = min(named)
    inside = _into(value, ranges[point])
    return Nominal(inside, inside == value and not unnamed)


def _width(*ranges: Range) -> int | None:
    total = 0
    for low, high in ranges:
        if low is None or high is None:
            return None
        total += high - low
    return total


def _middle(one: Range) -> int | None:
    low, high = one
    return None if low is None or high is None else (low + high) // 2


def _into(value: int, one: Range) -> int:
    low, high = one
    if low is not None and value < low:
        return low
    return high if high is not None and value > high else value
