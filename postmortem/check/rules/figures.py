"""PM225 and PM228: metrics, key figures and series each say one thing, and the first screen holds six."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from postmortem.check.facts import Facts
from postmortem.ground.finding import Finding
from postmortem.ground.place import Route, Spot

METRIC_KINDS = ("duration", "ratio", "difference", "reach", "stat")
_FIGURE_KINDS = ("metric", "count")
_SERIES_KINDS = ("points", "file")
_NAMED_BY = {"metrics": "id", "figures": "title", "series": "measure"}
MOST_FIGURES = 6


def one_kind_each(facts: Facts) -> Iterator[Finding]:
    """Find metrics, figures and series that say nothing to show, or more than one thing."""
    for group, parts, kinds in (
        ("metrics", facts.incident.metrics, METRIC_KINDS),
        ("figures", facts.incident.figures, _FIGURE_KINDS),
        ("series", facts.incident.series, _SERIES_KINDS),
    ):
        for number, part in enumerate(parts):
            said = [kind for kind in kinds if getattr(part, kind) is not None]
            broken = [kind for kind in kinds if not facts.whole(group, number, kind)]
            if len(said) != 1 and not broken:
                yield _finding(facts, (group, number), said, kinds)


def at_most_six(facts: Facts) -> Iterator[Finding]:
    """Find that there are more key figures than the first screen of a report holds."""
    if len(facts.incident.figures) > MOST_FIGURES:
        yield Finding(
            "PM228",
            f"there are {len(facts.incident.figures)} key figures, and the first screen holds {MOST_FIGURES}",
            Spot(("figures",), key=True),
            help="keep those that a reader must see in the first ten seconds; the rest is shown below",
        )


def _finding(facts: Facts, route: Route, said: Sequence[str], kinds: Sequence[str]) -> Finding:
    both = " and ".join(f"`{kind}`" for kind in said)
    message = f"says more than one thing to show: {both}" if said else "says nothing to show"
    spot = Spot((*route, said[1]), key=True) if said else Spot((*route, _NAMED_BY[str(route[0])]))
    return Finding("PM225", f"{facts.name(route)} {message}", spot, help=f"write one of {', '.join(kinds)}")
