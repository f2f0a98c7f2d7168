"""How values of two versions are told: in words that differ where the values do, and as JSON."""

from __future__ import annotations

from typing import Any

from postmortem.ground.record import replace
from postmortem.measure.metrics import Metric
from postmortem.model.incident import Claim, Ruling, plain
from postmortem.model.stated import Stated
from postmortem.model.stating import Stating, fields_of
from postmortem.report.timeline.as_json import bounds_object
from postmortem.report.wording.clock import Clock
from postmortem.report.wording.words import count_words, metric_words
from postmortem.resolve.timeline import Bounds, Count
from postmortem.review.changes import Told

Pair = tuple[Told | None, Told | None]


def bounds_told(before: Bounds | None, after: Bounds | None, clock: Clock) -> Pair:
    """Tell two times; where they look alike at the usual fineness, each with its bounds, then in full."""
    objects = [None if one is None else bounds_object(one, clock) for one in (before, after)]
    words = ["", ""]
    for word in (clock.time, lambda one: _with_bounds(one, clock), lambda one: _in_full(one, clock)):
        words = ["" if one is None else word(one) for one in (before, after)]
        if words[0] != words[1]:
            break
    first, second = (
        None if value is None else Told(text, value) for text, value in zip(words, objects, strict=True)
    )
    return first, second


def _with_bounds(bounds: Bounds, clock: Clock) -> str:
    value, edges = clock.time(bounds), clock.bounds(bounds)
    return value if value == edges else f"{value} ({edges})"


def _in_full(bounds: Bounds, clock: Clock) -> str:
    """Word a time to the last microsecond: where two differ by less than a reader is usually told."""
    texts = [
        "?" if one is None else clock.iso(one) for one in (bounds.earliest, bounds.nominal, bounds.latest)
    ]
    return f"{texts[0]} to {texts[2]}, nominal {texts[1]}"


def metrics_told(before: Metric | None, after: Metric | None, clock: Clock) -> Pair:
    """Tell two values of a metric; where they look alike, with their numbers."""
    texts = ["" if one is None else metric_words(one, clock).full for one in (before, after)]
    if before is not None and after is not None and texts[0] == texts[1]:
        texts = [f"{one.nominal} ({one.low} to {one.high}) {one.unit}" for one in (before, after)]
    told = [
        None
        if one is None
        else Told(
            text,
            {
                "low": one.low,
                "high": one.high,
                "nominal": one.nominal,
                "unit": one.unit,
                "missing": list(one.missing),
                "text": text,
            },
        )
        for text, one in zip(texts, (before, after), strict=True)
    ]
    return told[0], told[1]


def count_told(count: Count | None, clock: Clock) -> Told | None:
    """Tell a resolved count."""
    if count is None:
        return None
    words = count_words(count, clock.language).full
    return Told(words, {"low": count.low, "high": count.high, "nominal": count.nominal, "text": words})


def ruling_told(ruling: Ruling | None) -> Told | None:
    """Tell a ruling: what it prefers or leaves open, and why."""
    if ruling is None:
        return None
    decision = (
        f"prefer {' and '.join(ruling.prefer)}"
        if ruling.prefer
        else "left open"
        if ruling.open
        else "no decision"
    )
    because = ruling.because or ""
    value = {"prefer": list(ruling.prefer), "open": bool(ruling.open), "because": because}
    return Told(f"{decision}: {because}" if because else decision, value)


def claim_told(claim: Claim) -> Told:
    """Tell a claim by what it says: `at ~18:20; listeners nearly 600k; stated "..."`."""
    value: dict[str, object] = {"source": list(claim.source)}
    words: list[str] = []
    for name in ("at", "until", "for_", "known", "locator", "url", "note", "audience"):
        text = plain(getattr(claim, name))
        if text:
            key = name.removesuffix("_")
            value[key] = text
            words.append(f"{key} {text}")
    if claim.counts:
        value["counts"] = {key: one.value.text for key, one in claim.counts.items()}
        words += [f"{key} {one.value.text}" for key, one in claim.counts.items()]
    if claim.stated:
        value["stated"] = claim.stated
        words.append(f"stated “{claim.stated}”")
    if claim.quote:
        value["quote"] = {"by": claim.quote.by, "text": claim.quote.text}
        words.append(f"quote “{claim.quote.text}”")
    return Told("; ".join(words), value)


def stated_told(value: Any) -> Told | None:
    """Tell any stated value of the log as it is written there."""
    if value is None or value == () or value == {}:
        return None
    raw = as_written(value)
    return Told(in_words(raw), raw)


def as_written(value: Any) -> Any:
    """Return a stated value as maps, lists and texts, under the names that the log gives them."""
    if isinstance(value, Stated):
        return value.text
    if isinstance(value, tuple):
        return [as_written(one) for one in value]
    if isinstance(value, dict):
        return {key: as_written(one) for key, one in value.items()}
    if isinstance(value, Stating):
        return {
            name.removesuffix("_"): as_written(one)
            for name in fields_of(type(value))
            if (one := getattr(value, name)) not in (None, (), {})
        }
    return value


def in_words(raw: Any) -> str:
    """Word what `as_written` returns on one line."""
    if isinstance(raw, dict):
        return ", ".join(f"{key}: {in_words(one)}" for key, one in raw.items())
    if isinstance(raw, list):
        return ", ".join(in_words(one) for one in raw)
    if isinstance(raw, bool):
        return "true" if raw else "false"
    return " ".join(str(raw).split())


def shared_clock(before: Clock, after: Clock) -> Clock:
    """Return the clock by which times of both versions are told: the new one's, dated where days differ."""
    return after if before.day == after.day else replace(after, day=None)
