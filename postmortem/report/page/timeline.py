"""The timeline of the page: bands with their events, claims with their lines, gaps, what is folded away."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup

from postmortem.ground.place import Route
from postmortem.ground.record import record
from postmortem.model.incident import Claim, claims_of
from postmortem.report.escaping.put import put, strung
from postmortem.report.escaping.safe_markdown import bidi
from postmortem.report.facts.facts import Band, Row
from postmortem.report.page.lens import Lens
from postmortem.report.page.proofs import chain
from postmortem.report.wording.words import component_title, count_words, duration, measure_title
from postmortem.resolve.timeline import Bounds, Proof

_FOLD_FROM = 70
_LEAST_FOLD = 3
_MOST_FOLDED = 120
_MOST_BADGES = 4
_GAP = 20 * 60 * 1_000_000
MARKS = {
    "exact": "",
    "about": " da",
    "range": " dr",
    "after": " df",
    "before": " db",
    "undated": " du",
}
"""What a number's mark adds to its class, by how far its event's time is known."""
_KIND_CLASS = {
    **dict.fromkeys(("impact", "fault", "crash", "trigger"), "kd"),
    **dict.fromkeys(("mitigated", "resumed", "resolved"), "ko"),
}
_KEY_KINDS = frozenset(
    (
        "scheduled",
        "trigger",
        "impact",
        "detected",
        "acknowledged",
        "declared",
        "mitigated",
        "resumed",
        "resolved",
    )
)


@record
class Item:
    """One event as the template shows it; ``when`` and ``details`` are finished HTML."""

    anchor: str
    number: int
    shape: str
    kind: str
    kind_name: str
    relative: str
    when: Markup
    what: Markup
    quotes: tuple[tuple[Markup, Markup], ...]
    notes: tuple[Markup, ...]
    loose: bool
    sources: Markup
    line: Markup
    summary: str
    details: Markup


@record
class Run:
    """Neighbouring events: shown, or folded behind ``summary``; ``gap`` is said before them."""

    items: tuple[Item, ...]
    summary: Markup = Markup()
    gap: str = ""


@record
class Stretch:
    """A band as the template shows it."""

    anchor: str
    title: Markup
    named: bool
    state: str
    small: Markup
    runs: tuple[Run, ...]


def stretches(lens: Lens) -> tuple[Stretch, ...]:
    """Return the bands of the timeline in listed order."""
    fold = len(lens.facts.rows) > _FOLD_FROM
    usual = _usual_gap(lens.facts.rows)
    out, before = [], None
    for number, band in enumerate(lens.facts.bands, 1):
        state = (band.phase.state if band.phase is not None else None) or "none"
        runs = _runs(lens, band.rows, fold, usual, before)
        out.append(
            Stretch(
                f"p-{number}", lens.inline(band.title), band.place != "all", state, _small(lens, band), runs
            )
        )
        before = band.rows[-1] if band.rows else before
    return tuple(out)


def is_key(row: Row) -> bool:
    """Tell whether an event is among the key moments: marked so, or of a kind that moves an incident on."""
    return row.event.event.highlight or row.event.event.kind in _KEY_KINDS


def _usual_gap(rows: Sequence[Row]) -> int:
    """Return from which distance neighbours are far apart: ten times the usual one, at least 20 minutes."""
    gaps = sorted(gap for a, b in pairwise(rows) if (gap := _gap(a, b)) is not None)
    return max(_GAP, 10 * gaps[len(gaps) // 2]) if gaps else _GAP


def _gap(before: Row, after: Row) -> int | None:
    """Return how far two neighbours are apart at least, in microseconds; None where that is not known."""
    end = before.event.end or before.event.at
    if end.latest is None or after.event.at.earliest is None:
        return None
    return max(0, after.event.at.earliest - end.latest)


def _runs(lens: Lens, rows: Sequence[Row], fold: bool, far: int, before: Row | None) -> tuple[Run, ...]:
    runs: list[Run] = []
    open_rows: list[Row] = []
    folded = False

    def close() -> None:
        nonlocal open_rows
        pieces = -(-len(open_rows) // _MOST_FOLDED) if folded else 1
        size = -(-len(open_rows) // pieces) if open_rows else 1
        runs.extend(_run(lens, open_rows[at : at + size], folded) for at in range(0, len(open_rows), size))
        open_rows = []

    for row in rows:
        gap = _gap(before, row) if before is not None else None
        hide = fold and not is_key(row)
        if gap is not None and gap >= far:
            close()
            runs.append(
                Run(
                    (),
                    gap=lens.say(
                        "event.gap", duration=duration(gap, gap, gap, language=lens.clock.language).value
                    ),
                )
            )
        if hide != folded:
            close()
            folded = hide
        open_rows.append(row)
        before = row
    close()
    return tuple(runs)


def _run(lens: Lens, rows: Sequence[Row], folded: bool) -> Run:
    items = tuple(item(lens, row) for row in rows)
    if not folded or len(rows) < _LEAST_FOLD:
        return Run(items)
    more = lens.say("event.more", count=len(rows))
    first, last = rows[0].event.at, rows[-1].event.at
    reach = put("%s · %s %s %s", more, lens.time(first), lens.say("event.to"), lens.time(last))
    return Run(items, summary=reach if len(rows) > 1 else put("%s", more))


def _small(lens: Lens, band: Band) -> Markup:
    """Return when a phase was and how long it took."""
    if band.phase is None or band.start is None:
        return Markup()
    start = band.start.event.end if band.starts_at_end else band.start.event.at
    parts = [lens.time(start)]
    if band.end is not None:
        parts.append(lens.time(band.end.event.end if band.ends_at_end else band.end.event.at))
    out = put(" %s ", lens.say("event.to")).join(parts)
    if band.length is not None:
        length = band.length
        words = duration(length.low, length.high, length.nominal, length.named, lens.clock.language)
        out += put(" · %s", words.full)
    if band.phase.component:
        out += put(" · %s", bidi(component_title(lens.facts.incident, band.phase.component)))
    return out


def item(lens: Lens, row: Row) -> Item:
    """Return one event as the template shows it."""
    one, incident = row.event, lens.facts.incident
    event = one.event
    claims = tuple(claims_of(event, one.index))
    notes = [*_counts(lens, row), *(bidi(component_title(incident, key)) for key in event.component)]
    if event.by:
        person = incident.people.get(event.by)
        who = (person.role or person.name or event.by) if person is not None else event.by
        notes.append(bidi(lens.say("event.by", who=who)))
    notes += [bidi(f"#{tag}") for tag in event.tags]
    simple = len(claims) == 1 and _is_simple(claims[0][1]) and _says_all(row)
    return Item(
        anchor=f"e-{one.key}",
        number=row.number,
        shape=MARKS[lens.shape(one.at)],
        kind=_KIND_CLASS.get(event.kind, ""),
        kind_name=lens.say(f"kind.{event.kind}"),
        relative=lens.relative(row),
        when=lens.span(row),
        what=lens.block(event.what),
        quotes=_quotes(claims),
        notes=tuple(notes),
        loose=one.order == "undetermined" and row.number > 1,
        sources=_sources(lens, row),
        line=lens.line(claims[0][0]) if simple else Markup(),
        summary="" if simple else _summary(lens, len(claims)),
        details=Markup() if simple else _details(lens, row, claims),
    )


def _sources(lens: Lens, row: Row) -> Markup:
    """Return the first sources of an event; the claims name the others."""
    shown = lens.badges(row.sources[:_MOST_BADGES])
    more = len(row.sources) - _MOST_BADGES
    return shown if more <= 0 else put("%s <small>+%s</small>", shown, more)


def _summary(lens: Lens, count: int) -> str:
    return lens.say("event.proof") if count == 1 else lens.say("event.claims", count=count)


def _is_simple(claim: Claim) -> bool:
    said = (claim.stated, claim.locator, claim.url, claim.note, claim.known, claim.for_)
    quoted = any(said.stated for said in claim.counts.values())
    return not any(said) and not quoted and len(claim.source) <= _MOST_BADGES


def _says_all(row: Row) -> bool:
    """Tell whether what stands beside an event is all that its one claim says: then its line proves it."""
    one = row.event
    points = [one.at] if one.end is None else [one.at, one.end]
    return all(map(_own_proof, points))


def _own_proof(bounds: Bounds) -> bool:
    """Tell whether a time is what its event says itself, so that the line alone proves it."""
    return len(bounds.proof_earliest) <= 1 and bounds.proof_earliest == bounds.proof_latest


def _counts(lens: Lens, row: Row) -> tuple[Markup, ...]:
    incident = lens.facts.incident
    out = []
    for count in row.event.counts:
        words = count_words(count, language=lens.clock.language)
        out.append(put("<b>%s</b> %s", words.full, bidi(measure_title(incident, count.measure))))
    return tuple(out)


def _quotes(claims: Sequence[tuple[Route, Claim]]) -> tuple[tuple[Markup, Markup], ...]:
    """Return the verbatim words of an event's claims, each once."""
    found = ((claim.quote.text, claim.quote.by or "") for _, claim in claims if claim.quote is not None)
    return tuple((bidi(words), bidi(by)) for words, by in dict.fromkeys(found))


def _details(lens: Lens, row: Row, claims: Sequence[tuple[Route, Claim]]) -> Markup:
    """Return every claim of an event with its line, and the proofs of its bounds."""
    aside = {claim.route for conflict in row.event.conflicts for claim in conflict.claims if not claim.kept}
    sets, rest = _bounds(lens, row, tuple(route for route, _ in claims))
    listed = (
        put("<li>%s%s</li>", _claim(lens, row, route, claim, route in aside), sets.get(route, ""))
        for route, claim in claims
    )
    return put("<ul>%s</ul>%s", strung("", listed), rest)


def _claim(lens: Lens, row: Row, route: Route, claim: Claim, aside: bool) -> Markup:
    """Return what one claim says: who, in which words, in the log's notation, at which line."""
    written = [claim.at.text] if claim.at is not None else []
    if claim.until is not None:
        written.append(lens.say("claim.until", time=claim.until.text))
    if claim.for_ is not None:
        written.append(lens.say("claim.lasting", duration=claim.for_.text))
    written += [f"{measure}: {said.value.text}" for measure, said in claim.counts.items()]
    if claim.known is not None:
        written.append(lens.say("claim.known", time=claim.known.text))
    quoted = [text for text in (claim.stated, *(said.stated for said in claim.counts.values())) if text]
    linked = not set(claim.source) <= set(row.sources[:_MOST_BADGES])
    parts: list[str] = [_who(lens, claim, linked) or put("%s", lens.say("claim.none"))]
    parts += [put("<q>%s</q>", bidi(text)) for text in quoted]
    parts += [put("<code>%s</code>", bidi(text)) for text in written]
    if claim.locator:
        parts.append(bidi(claim.locator))
    if claim.url:
        parts.append(address(claim.url, lens.say("claim.where")))
    if claim.note:
        parts.append(put("· %s" if claim.locator else "%s", lens.inline(claim.note)))
    if aside:
        parts.append(put('<span class="tag">%s</span>', lens.say("claim.aside")))
    return put("%s %s", strung(" ", parts), lens.line(route))


def _who(lens: Lens, claim: Claim, linked: bool) -> Markup:
    """Return who says it: as links into the ledger, where the event's badges do not lead there already."""
    return lens.names(claim.source) if linked else bidi(", ".join(claim.source))


def _bounds(lens: Lens, row: Row, claims: Sequence[Route]) -> tuple[dict[Route, Markup], Markup]:
    """Return which bounds each claim sets by itself, and the chains that prove the others."""
    sets: dict[Route, Markup] = {}
    rest = Markup()
    for point, prefix in ((row.event.at, ""), (row.event.end, "end-")):
        if point is None:
            continue
        first, last = _setter(row, point.proof_earliest, claims), _setter(row, point.proof_latest, claims)
        if first is not None and first == last and None not in (point.earliest, point.latest):
            sets[first] = sets.get(first, Markup()) + put(" → %s", lens.say(f"proof.{prefix}same"))
            continue
        said: list[tuple[Markup, Proof]] = []
        for name, moment, proof, setter in (
            ("earliest", point.earliest, point.proof_earliest, first),
            ("latest", point.latest, point.proof_latest, last),
        ):
            if moment is None:
                continue
            words = lens.say(f"proof.{prefix}{name}", value=lens.from_zero(moment)).strip()
            if setter is not None:
                sets[setter] = sets.get(setter, Markup()) + put(" → %s", words)
            else:
                said.append((put("<b>%s</b>", words), proof))
        if len(said) == 2 and said[0][1] == said[1][1]:
            said = [(put("%s, %s", said[0][0], said[1][0]), said[0][1])]
        rest += strung(
            "", (put("<p>%s</p>%s", head, chain(lens, proof, row.event.key)) for head, proof in said)
        )
    return sets, rest


def _setter(row: Row, proof: Proof, claims: Sequence[Route]) -> Route | None:
    """Return the claim of the event that is the whole proof, if one is."""
    if len(proof) != 1 or proof[0].event != row.event.key:
        return None
    route = proof[0].route
    return max((one for one in claims if route[: len(one)] == one), key=len, default=None)


def address(url: str, words: str) -> Markup:
    """Return a link where it may lead there, else its words and the address as text."""
    from postmortem.report.escaping.safe_markdown import allowed, outside

    if allowed(url):
        return put('<a href="%s"%s>%s</a>', url, outside(url), words)
    return put("%s <code>%s</code>", words, bidi(url))
