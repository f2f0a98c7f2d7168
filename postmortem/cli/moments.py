"""Times and zones given on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
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
