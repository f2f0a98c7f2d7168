"""The table of diagnostic codes: one row a code, its severity and its name. Pages: docs/rules/."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

Severity: TypeAlias = Literal["error", "warning"]


class Code(NamedTuple):
    """One row of the table: ``slug`` is its short name, ``title`` its rule in one sentence."""

    code: str
    severity: Severity
    slug: str
    title: str


_ROWS = (
    Code("PM100", "error", "unreadable-file", "A file that is named can be read."),
    Code("PM101", "error", "yaml-syntax", "The log is well-formed YAML."),
    Code("PM102", "error", "duplicate-key", "A key stands once in its map."),
    Code("PM103", "error", "tag", "A log uses no YAML tags."),
    Code("PM104", "error", "anchor-or-alias", "A log uses no anchors and no aliases."),
    Code("PM105", "error", "merge-key", "A log uses no merge keys."),
    Code("PM106", "error", "several-documents", "A file holds one document."),
    Code("PM107", "error", "encoding", "A log is UTF-8 text."),
    Code("PM108", "error", "forbidden-character", "A log holds no control or direction-changing characters."),
    Code("PM109", "error", "too-large", "A log stays within the bounds of size, nesting and count."),
    Code("PM110", "error", "empty-file", "A log says something."),
    Code("PM111", "error", "tab-indent", "Indentation is made of blanks."),
    Code("PM112", "error", "key-not-text", "A key is plain text."),
    Code("PM113", "error", "too-slow", "A log can be judged in the time that it may take."),
    Code("PM201", "error", "unknown-key", "Every key is one that the format knows."),
    Code("PM202", "error", "missing-key", "What is needed is there."),
    Code("PM203", "error", "wrong-type", "A value has the type its field takes."),
    Code("PM204", "error", "unknown-word", "A word from a fixed list is one of that list."),
    Code("PM205", "error", "bad-time", "A time is written in the notation."),
    Code("PM206", "error", "bad-duration", "A duration is written in the notation."),
    Code("PM207", "error", "bad-quantity", "A quantity is written in the notation."),
    Code("PM208", "error", "unknown-reference", "What is referred to is declared."),
    Code("PM209", "error", "duplicate-id", "An id names one thing."),
    Code("PM210", "error", "bad-id", "An id is a slug."),
    Code("PM211", "error", "bad-date", "A date is a day of the calendar."),
    Code("PM212", "error", "bad-zone", "A zone is UTC, GMT, Z or an IANA name."),
    Code("PM213", "error", "time-without-day", "A bare clock time has a `date` and a `timezone`."),
    Code("PM214", "error", "skipped-local-time", "A local time exists in its zone."),
    Code("PM215", "warning", "doubled-local-time", "A local time happens once in its zone."),
    Code("PM216", "error", "negative-count", "A gauge or counter is not below zero."),
    Code("PM217", "error", "incomplete-ruling", "A ruling says what it rules and why."),
    Code("PM218", "error", "factor-cycle", "Factors do not lead to themselves."),
    Code("PM219", "error", "series-file", "A series file lies in the log's folder and can be read."),
    Code("PM220", "error", "series-row", "Every row of a series has a time and a value."),
    Code("PM221", "warning", "empty-value", "A key that is written has a value."),
    Code("PM222", "error", "bad-url", "An address is one that a reader may follow safely."),
    Code("PM223", "error", "two-ends", "An event's end is said once, by `until` or by `for`."),
    Code("PM224", "error", "unknown-format", "The log names a format that is known."),
    Code("PM225", "error", "bad-metric", "A metric, a figure, a series each say one thing to show."),
    Code("PM226", "error", "internal-source", "A public claim has no internal source."),
    Code("PM227", "error", "too-long-text", "A text holds at most 64 KB."),
    Code("PM228", "error", "too-many-figures", "The first screen holds at most six key figures."),
    Code("PM229", "error", "bad-ignore", "A rule is switched off with a reason, and only where it may be."),
    Code(
        "PM230", "warning", "picture-file", "A picture in a text lies in the log's folder and can be shown."
    ),
    Code("PM301", "error", "contradiction", "All times can hold together, or someone has ruled."),
    Code("PM302", "warning", "day-rollover", "Clock times do not jump back by half a day."),
    Code("PM303", "warning", "order-undetermined", "The two ends of a metric or phase have a known order."),
    Code("PM304", "warning", "idle-ruling", "A ruling rules on a conflict."),
    Code("PM305", "error", "ruling-for-nobody", "A ruling prefers a source that speaks of the event."),
    Code("PM401", "warning", "unsourced-claim", "Where a log names its sources, every claim has one."),
    Code("PM402", "error", "count-conflict", "Counts of one event agree, or someone has ruled."),
    Code("PM403", "warning", "series-against-counts", "A series and the counts of events agree."),
    Code("PM404", "warning", "uncited-source", "A source that is listed is cited."),
    Code("PM501", "warning", "no-impact", "The timeline says when the impact began."),
    Code("PM502", "warning", "no-detection", "The timeline says when the incident was detected."),
    Code("PM503", "warning", "silent-gap", "The timeline does not fall silent for long."),
    Code("PM504", "warning", "incomplete-action", "An open action has an owner, a due date and a test."),
    Code("PM505", "warning", "overdue-action", "An open action is not past its due date."),
    Code("PM506", "warning", "unaddressed-factor", "Every factor is addressed by an action."),
    Code("PM507", "warning", "aimless-action", "Every action addresses a factor."),
    Code("PM508", "warning", "single-cause", "An incident has more than one factor."),
    Code("PM509", "warning", "unproven-factor", "What is called established has evidence."),
    Code("PM601", "warning", "blame", "The log describes what happened, and blames nobody."),
    Code("PM602", "warning", "hindsight", "The log judges decisions by what was known then."),
    Code("PM603", "warning", "name-for-role", "People are spoken of by their role."),
    Code("PM701", "error", "secret", "Nothing that is public holds a secret."),
    Code("PM702", "warning", "e-mail-address", "Nothing that is public holds an e-mail address."),
    Code("PM703", "warning", "telephone-number", "Nothing that is public holds a telephone number."),
    Code("PM704", "warning", "network-address", "Nothing that is public holds a network address."),
    Code("PM705", "warning", "internal-host", "Nothing that is public names an internal machine."),
    Code("PM706", "warning", "private-name", "Nothing that is public names a person who is not."),
    Code("PM707", "warning", "secret-in-log", "A log holds no secrets, be they for internal eyes."),
    Code("PM710", "error", "nothing-public", "A public version is made of a log that says what is public."),
    Code("PM901", "error", "own-fault", "Every rule runs to its end."),
    Code("PM902", "error", "own-stage-fault", "Every log is judged to the end."),
)

CODES: dict[str, Code] = {row.code: row for row in _ROWS}


def ignorable(code: str) -> bool:
    """Tell whether a log may switch ``code`` off: any warning, and what is found from PM4xx to PM7xx.

    Not what makes a log unreadable or contradictory, not a fault of ours, and not a conflict of counts,
    which a ruling settles, nor that nothing is public.
    """
    row = CODES.get(code)
    if row is None or code in ("PM402", "PM710"):
        return False
    return row.severity == "warning" or code[2] in "4567"
