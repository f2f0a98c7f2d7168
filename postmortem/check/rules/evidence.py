"""PM401 and PM404: where a log names its sources, claims cite them and each is cited.

Both speak once the log is in review: in a draft the sources are still being gathered.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.check.facts import Facts
from postmortem.ground.finding import Finding
from postmortem.ground.place import Spot


def claims_sourced(facts: Facts) -> Iterator[Finding]:
    """Find claims without a source in a log whose other claims have one."""
    incident = facts.incident
    if incident.review == "draft" or not any(claim.source for _, _, _, claim in facts.claims):
        return
    for _, event, route, claim in facts.claims:
        if not claim.source and facts.whole(*route) and (len(route) > 2 or not event.claims or claim.at):
            yield Finding(
                "PM401",
                f"{facts.name(route)} has no source, while others have",
                Spot(route),
                help="write `source:` and the id of who says so, or list where it comes from under `sources`",
            )


def sources_cited(facts: Facts) -> Iterator[Finding]:
    """Find sources that nothing rests on, in a log that cites others."""
    incident = facts.incident
    if incident.review == "draft":
        return
    cited = {name for _, _, _, claim in facts.claims for name in claim.source}
    cited |= {name for series in incident.series for name in series.source}
    cited |= {name for factor in incident.factors for name in factor.evidence}
    cited |= {one.source for one in incident.perspectives if one.source}
    if not cited:
        return
    for name in incident.sources:
        if name not in cited:
            yield Finding(
                "PM404",
                f"nothing cites source `{name}`",
                Spot(("sources", name), key=True),
                help="name it at the claims that rest on it, or take it out",
            )
