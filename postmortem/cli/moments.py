"""Times, days and zones given on the command line."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datetime import date

    from postmortem.model.incident import Incident


def moment(text: str, incident: Incident) -> int:
    """Return the last microsecond (since 1970-01-01T00:00Z) that a time names, read as in the log itself.

    `18:20` is the end of that minute: what became known within it was known by then.
    """
    from postmortem.model.times import anchor, parse_time
    from postmortem.resolve.approximations import anchor_of

    stated = parse_time(text)
    if stated.value is None:
        assert stated.fault is not None
        hint = f" ({stated.fault.label})" if stated.fault.label else ""
        raise click.UsageError(f"--as-of {text!r}: {stated.fault.message}{hint}")
    anchored = anchor(stated.value, anchor_of(incident))
    errors = [one for one in anchored.faults if one.code != "PM215"]
    if errors:
        raise click.UsageError(f"--as-of {text!r}: {errors[0].message}")
    latest = [bound.high for bound in anchored.bounds if bound.base is None and bound.high is not None]
    if len(latest) != len(anchored.bounds) or not latest:
        raise click.UsageError(f"--as-of {text!r} is not one moment; write a clock time such as 18:20")
    return min(latest)


def zone_name(name: str | None) -> str | None:
    """Return the zone as it is; raises a usage error where there is none of that name."""
    if name is None:
        return None
    from postmortem.model.times import zone_of

    if zone_of(name) is None:
        raise click.UsageError(f"there is no zone {name!r}; write UTC or a name like Europe/Paris")
    return name


def day_of(now: str | None) -> date:
    """Return the day that is today: as given (a date, or a time whose date counts), else by the clock.

    Where SOURCE_DATE_EPOCH is set, its day (in UTC) stands for the clock's: builds are to be repeatable.
    """
    from datetime import UTC, date, datetime

    if now:
        try:
            return date.fromisoformat(now[:10])
        except ValueError:
            raise click.UsageError(
                f"{now!r} is not a day of the calendar; write it like 2023-05-24"
            ) from None
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC).date()
    try:
        if not (epoch.isascii() and epoch.isdigit()):
            raise ValueError(epoch)
        return datetime.fromtimestamp(int(epoch[:20]), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise click.UsageError(
            f"SOURCE_DATE_EPOCH is {epoch!r}; it is to be seconds since 1970-01-01, in digits"
        ) from None
