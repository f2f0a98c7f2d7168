"""All rules over a stated incident, in the order they run. A rule that is not here does not run."""

from __future__ import annotations

from postmortem.check.facts import Rule
from postmortem.check.rules import (
    addresses,
    audiences,
    counts,
    cycles,
    ends,
    faults,
    figures,
    format_name,
    ids,
    ignores,
    lengths,
    moments,
    references,
    rollover,
    rulings,
)

RULES: tuple[Rule, ...] = (
    format_name.known,
    faults.understood,
    moments.zone_known,
    moments.day_and_zone_stated,
    moments.times_exist,
    rollover.day_rolled_over,
    references.declared,
    ids.unique,
    ids.slugs,
    counts.not_below_zero,
    rulings.complete,
    ends.said_once,
    figures.one_kind_each,
    figures.at_most_six,
    cycles.acyclic,
    audiences.public_sources,
    addresses.followable,
    lengths.not_too_long,
    ignores.with_reason,
)
