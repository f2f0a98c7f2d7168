"""Document to Incident: the shape first, then every rule over what stands, each mistake said once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from postmortem.check.facts import Facts, once
from postmortem.check.plain import flatten
from postmortem.check.registry import RULES
from postmortem.check.shape import shape
from postmortem.ground.budget import TooSlow, on_time
from postmortem.ground.codes import ignorable
from postmortem.ground.finding import Finding, Related
from postmortem.ground.place import Place, Route, Spot
from postmortem.ground.record import replace

if TYPE_CHECKING:
    from postmortem.check.facts import Rule
    from postmortem.check.shape import Shaped
    from postmortem.model.incident import Incident
    from postmortem.read.nodes import Document


class Checked(NamedTuple):
    """The incident that a document states, and all there is to say about how it states it.

    ``incident`` is None where the document is no map at all. Where parts did not fit, it holds what did.
    """

    incident: Incident | None
    findings: tuple[Finding, ...]


def check(document: Document) -> Checked:
    """Return the stated incident of a document with all findings about its shape and its statements."""
    shaped = shape(flatten(document.root))
    findings = shaped.findings
    if shaped.incident is not None:
        facts = Facts(shaped.incident, shaped.plain, shaped.broken)
        try:
            findings += tuple(_on_the_rest(judged(facts, RULES), shaped))
        except TooSlow as slow:
            findings += tuple(_on_the_rest(slow.kept, shaped))
            slow.kept = tuple(_as_written(one, shaped.renamed) for one in once(findings))
            raise
    return Checked(shaped.incident, tuple(_as_written(one, shaped.renamed) for one in once(findings)))


def _on_the_rest(findings: Iterable[Finding], shaped: Shaped) -> Iterator[Finding]:
    """Yield the findings that are not about stand-ins."""
    return (one for one in findings if not _touches(one, shaped.broken))


def judged(facts: Facts, rules: Iterable[Rule]) -> tuple[Finding, ...]:
    """Return the findings of all rules; one that crashes becomes a finding of ours, the others go on.

    `TooSlow`, with the findings so far, where the log's time is over.
    """
    findings: list[Finding] = []
    for rule in rules:
        try:
            on_time()
            findings.extend(rule(facts))
        except TooSlow as slow:
            raise slow.keep(tuple(findings)) from None
        except Exception as fault:
            findings.append(_own_fault(rule, fault))
    return tuple(findings)


def without_ignored(incident: Incident, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that the log's own ``checks: {ignore, because}`` does not switch off.

    Nothing is switched off without a reason, and never what makes a log unreadable or contradictory.
    """
    checks = incident.checks
    if checks is None or not checks.because:
        return tuple(findings)
    ignored = frozenset(code for code in checks.ignore if ignorable(code))
    return tuple(one for one in findings if one.code not in ignored)


def _own_fault(rule: Rule, fault: Exception) -> Finding:
    name = f"{str(rule.__module__).rsplit('.', 1)[-1]}.{getattr(rule, '__name__', 'rule')}"
    return Finding(
        "PM901",
        f"the rule {name} did not run to its end ({type(fault).__name__}: {fault}); all others did",
        Spot(()),
        help="this is a fault of postmortem, not of your log; please send us this message and the log",
    )


def _touches(finding: Finding, broken: frozenset[Route]) -> bool:
    at = finding.at
    if not broken or not isinstance(at, Spot):
        return False
    return any(at.route[:length] in broken for length in range(1, len(at.route) + 1))


def _as_written(finding: Finding, renamed: Mapping[Route, str]) -> Finding:
    if not renamed:
        return finding
    related = tuple(Related(one.message, _written(one.at, renamed)) for one in finding.related)
    return replace(finding, at=_written(finding.at, renamed), related=related)


def _written(place: Place, renamed: Mapping[Route, str]) -> Place:
    if not isinstance(place, Spot):
        return place
    parts = (renamed.get(place.route[: n + 1], part) for n, part in enumerate(place.route))
    return replace(place, route=tuple(parts))
