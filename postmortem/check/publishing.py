"""From an incident to what may be shown of it in public, and what refuses that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortem.ground.finding import Diagnostic, Finding, Related
from postmortem.ground.place import Place, Span, Spot
from postmortem.ground.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from postmortem.model.incident import Audience, Incident
    from postmortem.model.public_copy import PublicCopy

_FELL_IDLE = "PM304"
"""A ruling on claims that are not public rules on nothing any more: that is nobody's mistake."""


def published(incident: Incident) -> tuple[PublicCopy | None, tuple[Finding, ...]]:
    """Return the public copy of an incident; None, with the reason, where the log names no public part."""
    from postmortem.model.public_copy import public_copy
    from postmortem.model.public_scope import names_public_parts

    if names_public_parts(incident):
        return public_copy(incident), ()
    return None, (
        Finding(
            "PM710",
            "this log is internal and names no public part, so there is no public version of it",
            Spot(("audience",)),
            help="write `audience: public` at the top and mark what stays internal, or mark the parts"
            " that are public",
        ),
    )


def in_its_name(name: str, incident: Incident) -> tuple[Finding, ...]:
    """Return what the name of a log's file gives away: the public page says what it was made from."""
    from postmortem.check.personal import named_in, names_of, traces_in
    from postmortem.check.secrets import secrets_in, suspected

    found = [(one.code, one.what) for one in traces_in(name)]
    if names := names_of(incident):
        found += [(one.code, one.what) for one in named_in(name, names)]
    found += [("PM701", f"what looks like {one.kind}") for one in secrets_in(name, suspected(name))]
    return tuple(
        Finding(
            code,
            f"the name of this file would be public and holds {what}",
            Span(1, 1, 1, 1),
            help="give the file a name that may be public",
        )
        for code, what in dict(found).items()
    )


def as_written(findings: Iterable[Finding], public: PublicCopy | None) -> tuple[Finding, ...]:
    """Return findings on a public copy as findings on the log that it was made from."""
    if public is None:
        return tuple(findings)

    def written(place: Place) -> Place:
        return replace(place, route=public.written(place.route)) if isinstance(place, Spot) else place

    def elsewhere(finding: Finding) -> Finding:
        related = tuple(Related(one.message, written(one.at)) for one in finding.related)
        return replace(finding, at=written(finding.at), related=related)

    return tuple(elsewhere(one) for one in findings if one.code != _FELL_IDLE)


def waived(codes: tuple[str, ...], audience: Audience) -> tuple[str, ...]:
    """Return the rules that settings switch off: what would be given away is waived by a log only."""
    if audience == "internal":
        return codes
    return tuple(code for code in codes if not code.startswith("PM7"))


def refusing(diagnostic: Diagnostic) -> Diagnostic:
    """Return a diagnostic as it stands where the public version is asked for: what gives away refuses it."""
    gives_away = diagnostic.code.startswith("PM7") and diagnostic.code != "PM707"
    return replace(diagnostic, severity="error") if gives_away else diagnostic
