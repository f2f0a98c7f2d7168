"""PM216, PM219, PM220: what there is to say about the rows and files of series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortem.ground.finding import Finding, Related
from postmortem.ground.place import Spot
from postmortem.measure.gathered import MOST_BAD, BelowZero, Gathered
from postmortem.measure.rows import BadRow, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortem.ground.place import Route

_MOST_NAMED = 3
_POINT = "a point is a time and a count: `[18:20, 600k]`"
_ROW = "a row is a time and a number: `2023-05-24T22:20:00Z,600000`"
_OTHERS = f"{_ROW}; other rows are used"
_BELOW = "a gauge or counter is not below zero"
_NO_LIBRARY = "is Parquet, which this installation cannot read"
_LIBRARY = "install pyarrow: `pip install 'postmortem-log[parquet]'`; or keep the series as CSV"


def findings_of(gathered: Gathered, route: Route, file: str | None) -> Iterator[Finding]:
    """Yield what there is to say: of each point by itself, of a file once for each kind of trouble."""
    if file is None:
        yield from _of_points(gathered, route)
    else:
        yield from _of_file(gathered, Spot((*route, "file")), file)


def _of_points(gathered: Gathered, route: Route) -> Iterator[Finding]:
    for bad in gathered.bad:
        if not isinstance(bad, BelowZero):  # that was said where the log was checked
            place = (*route, "points", bad.number, 0 if bad.column == "time" else 1)
            yield Finding("PM220", f"the {bad.column} of this point {bad}", Spot(place), help=_POINT)
    for first, second in gathered.twice:
        yield Finding(
            "PM220",
            "this point has the time of another, and a different value",
            Spot((*route, "points", second)),
            help="give the seconds, or take one of the two out",
            related=(Related("the other one", Spot((*route, "points", first))),),
        )


def _of_file(gathered: Gathered, spot: Spot, file: str) -> Iterator[Finding]:
    name = shown(file)
    if gathered.unusable is not None:
        yield Finding(
            "PM219", f"the series file {name} {gathered.unusable}", spot, help=gathered.unusable.help
        )
        return
    if gathered.no_library:
        yield Finding("PM219", f"the series file {name} {_NO_LIBRARY}", spot, help=_LIBRARY)
    elif not gathered.times and not gathered.bad:
        yield Finding("PM219", f"the series file {name} holds no row", spot, help=_ROW)
    full = len(gathered.bad) >= MOST_BAD
    row_help = f"{_ROW}; after {MOST_BAD:,} that are not, the rest is not read" if full else _OTHERS
    word = "row" if file.lower().endswith(".parquet") else "line"
    for column in (None, "time", "value"):
        bad = [one for one in gathered.bad if one.column == column and not isinstance(one, BelowZero)]
        if bad:
            yield Finding("PM220", f"in {name}, {_first(bad, word, column)}", spot, help=row_help)
    below: list[BadRow] = [one for one in gathered.bad if isinstance(one, BelowZero)]
    if below:
        yield Finding("PM216", f"in {name}, {_first(below, word, 'value')}", spot, help=_BELOW)
    if gathered.twice:
        first, second = gathered.twice[0]
        more = f", and {len(gathered.twice) - 1} more so" if len(gathered.twice) > 1 else ""
        yield Finding(
            "PM220",
            f"in {name}, {word}s {first} and {second} have the same `time` and different `value`s{more}",
            spot,
            help="a series has one value at a time; keep one, or name a `component` for each series",
        )


def _first(bad: list[BadRow], word: str, column: str | None) -> str:
    """Name the first bad rows by number, the very first with what is wrong, and count the rest."""
    of = f"the `{column}` of {word} {bad[0].number}" if column else f"{word} {bad[0].number}"
    others = [f"{one.number:d}" for one in bad[1 : 1 + _MOST_NAMED]]
    left = len(bad) - 1 - len(others)
    if not others:
        return f"{of} {bad[0]}"
    more = f" and {left:,} more" if left > 0 else ""
    return f"{of} {bad[0]}; so it is with {word}{'s' if len(others) > 1 else ''} {', '.join(others)}{more}"


def one_library_hint(findings: list[Finding]) -> Iterator[Finding]:
    """Yield the findings, the one about a library that is not installed only once."""
    said = False
    for one in findings:
        if _NO_LIBRARY not in one.message or not said:
            yield one
        said = said or _NO_LIBRARY in one.message
