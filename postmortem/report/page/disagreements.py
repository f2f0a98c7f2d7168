"""What the sources disagree on: every conflict with all its claims, the ruling and its reason."""

from __future__ import annotations

from markupsafe import Markup

from postmortem.ground.record import record
from postmortem.report.charts.strip import Said, strip
from postmortem.report.escaping.put import put
from postmortem.report.escaping.safe_markdown import bidi
from postmortem.report.facts.facts import Disagreement
from postmortem.report.page.lens import Lens, label_of
from postmortem.report.wording.words import quantity
from postmortem.resolve.timeline import ConflictClaim, Count, CountClaim

_IN_FULL = 40


@record
class Side:
    """One account: its words, who gives it, where it stands, whether it was kept."""

    words: Markup
    sources: Markup
    line: Markup
    kept: bool
    verdict: str


@record
class ShownDisagreement:
    """A conflict as the template shows it."""

    title: str
    event: Markup
    aspect: str
    sides: tuple[Side, ...]
    drawing: Markup
    shown: str
    ruled: str
    because: Markup


def disagreements(lens: Lens) -> tuple[ShownDisagreement, ...]:
    """Return every conflict, in listed order; of very many the later ones in one line each."""
    whole, brief = lens.facts.disagreements[:_IN_FULL], lens.facts.disagreements[_IN_FULL:]
    return tuple([_shown(lens, one) for one in whole] + [_brief(lens, one) for one in brief])


def _brief(lens: Lens, one: Disagreement) -> ShownDisagreement:
    return ShownDisagreement(
        title="",
        event=lens.numeral(one.row),
        aspect=one.measure or lens.say("dis.at" if one.conflict.about == "at" else "dis.end"),
        sides=(),
        drawing=Markup(),
        shown=one.shown,
        ruled=lens.say("dis.ruled" if one.conflict.status == "ruled" else "dis.open"),
        because=lens.inline(one.conflict.because),
    )


def _shown(lens: Lens, one: Disagreement) -> ShownDisagreement:
    conflict = one.conflict
    aspect = one.measure or lens.say("dis.at" if conflict.about == "at" else "dis.end")
    count = _count(one)
    return ShownDisagreement(
        title=label_of(one.row.event.event.what),
        event=lens.number(one.row),
        aspect=aspect,
        sides=tuple(_side(lens, claim) for claim in conflict.claims),
        drawing=Markup(_strip(lens, count, f"{aspect}: {one.shown}")) if count is not None else Markup(),
        shown=one.shown,
        ruled=lens.say("dis.ruled" if conflict.status == "ruled" else "dis.open"),
        because=lens.block(conflict.because),
    )


def _side(lens: Lens, claim: ConflictClaim) -> Side:
    words = put("<code>%s</code>", bidi(claim.text))
    if claim.stated:
        words = put("<q>%s</q> %s", bidi(claim.stated), words)
    verdict = lens.say("claim.kept" if claim.kept else "claim.aside")
    return Side(words, lens.badges(claim.sources), lens.line(claim.route), claim.kept, verdict)


def _count(one: Disagreement) -> Count | None:
    about, _, measure = one.conflict.about.partition(":")
    if about != "count":
        return None
    return next((count for count in one.row.event.counts if count.measure == measure), None)


def _strip(lens: Lens, count: Count, label: str) -> str:
    """Return the claims as a drawing, those that say the same in one row."""
    alike: dict[tuple[object, ...], list[CountClaim]] = {}
    for one in count.claims:
        alike.setdefault((one.low, one.high, one.nominal, one.kept), []).append(one)
    claims = []
    for group in alike.values():
        one = group[0]
        words = quantity(
            one.low,
            one.high,
            one.nominal,
            growth=count.growth,
            percent=count.percent,
            language=lens.clock.language,
        ).value
        who = ", ".join(dict.fromkeys(key for each in group for key in each.sources))
        named = one.nominal if one.low is not None and one.high is not None else None
        claims.append(Said(one.low, one.high, named, f"{words} · {who}" if who else words, one.kept))
    return strip(claims, label, lens.percent if count.percent else "", lens.clock.language.point)
