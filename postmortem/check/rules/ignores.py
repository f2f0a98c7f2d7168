"""PM208 and PM229: rules are switched off by their code, with a reason, where that may be."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.check.facts import Facts
from postmortem.check.words import did_you_mean, quoted
from postmortem.ground.codes import CODES, ignorable
from postmortem.ground.finding import Finding
from postmortem.ground.place import Spot


def with_reason(facts: Facts) -> Iterator[Finding]:
    """Find what `checks` cannot switch off, and that it gives no reason."""
    checks = facts.incident.checks
    if checks is None:
        return
    if checks.ignore and not (checks.because or "").strip() and facts.whole("checks", "because"):
        yield Finding(
            "PM229",
            "`checks` switches rules off without a reason, so they stay on",
            Spot(("checks", "ignore"), key=True),
            help="write `because:` and why these rules do not fit this incident",
        )
    for number, code in enumerate(checks.ignore):
        spot = Spot(("checks", "ignore", number))
        if code and code not in CODES:
            from postmortem.ground.suggest import nearest

            label = did_you_mean(nearest(code, CODES))
            yield Finding("PM208", f"there is no rule {quoted(code)}", spot, label=label)
        elif code and not ignorable(code):
            yield Finding(
                "PM229",
                f"{code} cannot be switched off: what it finds makes a log unreadable or contradictory",
                spot,
                help="warnings can be, and all of PM4xx to PM7xx but PM402 (a ruling settles it) and PM710",
            )
