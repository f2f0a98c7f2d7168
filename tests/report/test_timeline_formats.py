"""The timeline in every format says the same, and its structure is what each format promises."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable

import pytest

from postmortem.report.escaping.csv_cells import guarded
from postmortem.report.facts.facts import Facts
from postmortem.report.terminal.columns import to_ascii, width, wrapped
from postmortem.report.timeline.as_csv import HEADER, timeline_csv
from postmortem.report.timeline.as_ics import timeline_ics
from postmortem.report.timeline.as_json import timeline_json
from postmortem.report.timeline.as_markdown import timeline_markdown
from postmortem.report.timeline.as_mermaid import timeline_mermaid
from postmortem.report.timeline.as_text import timeline_text

Lines = Callable[[tuple[str | int, ...]], int]
EVENT_KEYS = [
    "id", "kind", "what", "components", "sources", "at", "end", "order", "conflict", "line", "proof",
]  # fmt: skip


def test_json_has_exactly_the_keys_of_the_contract(rooms: Facts, line_of: Lines) -> None:
    told = json.loads(timeline_json(rooms, line_of))
    assert list(told) == ["format", "incident", "timezone", "t0", "events", "undated"]
    assert told["format"] == "postmortem.timeline/1"
    assert (told["incident"], told["timezone"], told["t0"]) == ("rooms", "America/New_York", "start")
    assert [list(one) for one in told["events"] + told["undated"]] == [EVENT_KEYS] * 6
    assert list(told["events"][0]["at"]) == ["earliest", "latest", "nominal", "text"]


def test_json_says_a_time_with_bounds_and_proof(rooms: Facts, line_of: Lines) -> None:
    told = json.loads(timeline_json(rooms, line_of))
    move = next(one for one in told["events"] if one["id"] == "move")
    assert move["at"] == {
        "earliest": "2023-05-24T18:18:00-04:00",
        "latest": "2023-05-24T18:23:00-04:00",
        "nominal": "2023-05-24T18:20:00-04:00",
        "text": "≈18:20",
    }
    assert move["end"] is None
    assert move["line"] == line_of(("timeline", 3))
    assert move["proof"]["earliest"] == [{"line": 33, "text": "", "source": "air"}]
    assert move["conflict"] == {
        "status": "open",
        "because": "Nobody can tell.",
        "claims": [
            {"line": 32, "source": "air", "text": "18:40", "kept": True},
            {"line": 34, "source": "press", "text": "about 20m after start", "kept": True},
        ],
    }


def test_json_leaves_unknown_bounds_null_and_dates_nothing_by_guess(rooms: Facts, line_of: Lines) -> None:
    told = json.loads(timeline_json(rooms, line_of))
    speech = next(one for one in told["events"] if one["id"] == "speech")
    assert (speech["at"]["latest"], speech["at"]["nominal"]) == (None, None)
    (laugh,) = told["undated"]
    assert laugh["at"] == {"earliest": None, "latest": None, "nominal": None, "text": "undated"}


def test_csv_has_a_row_an_event_in_both_zones(rooms: Facts) -> None:
    rows = list(csv.reader(io.StringIO(timeline_csv(rooms)), strict=True))
    assert tuple(rows[0]) == HEADER
    assert len(rows) == 7
    peak = dict(zip(rows[0], rows[3], strict=True))
    assert peak["at_earliest"] == "2023-05-24T18:20:00-04:00"
    assert peak["at_earliest_utc"] == "2023-05-24T22:20:00+00:00"
    assert (peak["time"], peak["relative"]) == ("18:20", "T+20m")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"), ("+50,000 a minute", "'+50,000 a minute"), ("-x", "'-x"), ("@a", "'@a"),
        ("\tx", "'\tx"), ("\rx", "'\rx"), ("\0x", "'\0x"), ("＝1", "'＝1"), ("＋1", "'＋1"), ("－1", "'－1"),
        ("＠x", "'＠x"), (" =1", "' =1"), ("\u200b=1", "'\u200b=1"), ("-5", "-5"), ("+3.5", "+3.5"),
        ("-1e5", "-1e5"), ("plain", "plain"), ("a=b", "a=b"), ("", ""), (" ", " "), ("-", "'-"),
        ("=5", "'=5"),
    ],
)  # fmt: skip
def test_a_cell_is_never_a_formula(text: str, cell: str) -> None:
    assert guarded(text) == cell


def parsed_calendar(text: str) -> list[dict[str, str]]:
    """Read an iCalendar file strictly: line ends, folding, nesting, and the form of every line."""
    assert text.endswith("\r\n")
    lines = text[:-2].split("\r\n")
    assert all(len(line.encode()) <= 75 and "\n" not in line and "\r" not in line for line in lines)
    unfolded: list[str] = []
    for line in lines:
        if line.startswith(" "):
            unfolded[-1] += line[1:]
        else:
            unfolded.append(line)
    entries: list[dict[str, str]] = []
    nesting: list[str] = []
    for line in unfolded:
        name, colon, value = line.partition(":")
        assert colon
        assert re.fullmatch(r"[A-Z-]+", name)
        if name == "BEGIN":
            nesting.append(value)
            entries.append({"": value})
        elif name == "END":
            assert nesting.pop() == value
        else:
            assert re.fullmatch(r"(?:[^\\;,\x00-\x1f\x7f]|\\[\\;,n])*", value)
            entries[-1].setdefault(name, re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], value))
    assert not nesting
    return entries


def test_ics_is_well_formed_and_holds_every_event(rooms: Facts) -> None:
    entries = parsed_calendar(timeline_ics(rooms))
    kinds = [one[""] for one in entries]
    assert kinds == ["VCALENDAR"] + ["VEVENT"] * 5 + ["VJOURNAL"]
    assert len({one["UID"] for one in entries[1:]}) == 6
    assert {one["DTSTAMP"] for one in entries[1:]} == {"20230524T222300Z"}
    assert entries[3]["DTSTART"] == "20230524T222000Z"
    assert "DTEND" not in entries[3]
    assert (entries[4]["DTSTART"], entries[4]["DTEND"]) == ("20230524T221800Z", "20230524T222300Z")
    assert "DTSTART" not in entries[6]
    assert entries[2]["SUMMARY"] == "18:00–18:22: Sound breaks | `a|b` <script>"


def test_an_entry_keeps_its_uid_when_its_text_changes(
    made: Callable[..., Facts], log: str, rooms: Facts
) -> None:
    changed = made(log.replace("The start is due.", "Something else."))
    first, second = parsed_calendar(timeline_ics(rooms))[1], parsed_calendar(timeline_ics(changed))[1]
    assert first["UID"] == second["UID"]
    assert first["SUMMARY"] != second["SUMMARY"]


GANTT_LINE = re.compile(
    r"  (?:  (?P<name>(?:[^\W_]|[ -])+) :(?:(?:crit|active|done|milestone), )?"
    r"\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?, (?:0m|\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?)"
    r"|section (?:Phases|Ranges|Points)|acc(?:Title|Descr): (?:[^\W_]|[ ,-])+"
    r"|dateFormat YYYY-MM-DD HH:mm(?::ss)?|axisFormat [%HMSmd: -]+|tickInterval \d+[a-z]+|%% [a-z0-9 ]+)"
)


def test_gantt_has_safe_lines_only(rooms: Facts) -> None:
    lines = timeline_mermaid(rooms).splitlines()
    assert lines[0] == "gantt"
    for line in lines[1:]:
        assert GANTT_LINE.fullmatch(line), line


def test_gantt_keeps_to_the_rows_it_may_have(rooms: Facts) -> None:
    few = timeline_mermaid(rooms, 3)
    assert sum(1 for line in few.splitlines() if line.startswith("    ")) == 3
    assert "5 The speech is read" in few, "a highlight comes before what is only listed first"
    assert "%% 4 more in the timeline" in few


@pytest.mark.parametrize("columns", [60, 75, 76, 80, 99, 100, 120, 139, 140, 200])
@pytest.mark.parametrize("ascii_only", [False, True])
def test_text_stays_within_its_columns(rooms: Facts, columns: int, ascii_only: bool) -> None:
    text = timeline_text(rooms, columns, ascii_only=ascii_only)
    assert max(width(line) for line in text.splitlines()) <= columns
    assert text.isascii() == ascii_only
    assert ("legend" in text) == (columns >= 100)


def test_colour_adds_nothing_but_colour(rooms: Facts) -> None:
    plain, painted = timeline_text(rooms, 100), timeline_text(rooms, 100, color=True)
    assert "\x1b[31m" in painted
    assert [line.rstrip() for line in re.sub(r"\x1b\[\d+m", "", painted).splitlines()] == plain.splitlines()


def test_text_marks_unknown_order_conflicts_and_what_is_undated(rooms: Facts) -> None:
    text = timeline_text(rooms, 200)
    assert "┃ 3? T+20m" in text
    assert "┃ 1  T+0m" in text
    assert "! air: 18:40; press: about twenty. left open: Nobody can tell." in text
    assert text.index("Undated") < text.index("Later someone laughs.")


def test_what_an_as_of_view_leaves_out_is_said(rooms: Facts) -> None:
    from postmortem.ground.record import replace

    some = replace(rooms, left_out=3)
    assert "3 claims were not known by then" in timeline_text(some, 100)
    assert "3 claims were not known by then" in timeline_markdown(some)


def test_wrapping_counts_wide_characters_twice() -> None:
    assert width("日本") == 4
    assert width("e\u0301") == 1
    assert wrapped("日本語 日本", 6) == ["日本語", "日本"]
    assert wrapped("abcdefgh ij", 3) == ["abc", "def", "gh", "ij"]
    assert wrapped("", 3) == [""]
    assert wrapped("a\u00a0b c", 3) == ["a\u00a0b", "c"]


def test_plain_ascii_spells_what_it_can() -> None:
    assert to_ascii("Zählung „größer“ Ö") == 'Zaehlung "groesser" Oe'
    assert to_ascii("≈18:20–18:22 ±2 → é 日") == "~18:20-18:22 +-2 -> e \\u{65e5}"


def test_charts_stay_under_the_limit_of_mermaid(made: Callable[..., Facts], log: str) -> None:
    import yaml

    from postmortem.report.escaping.mermaid_text import MOST_CHARACTERS
    from postmortem.report.markdown.factors import factor_graph

    stated = yaml.load(log, yaml.BaseLoader)
    names = [f"e{n}" for n in range(2000)]
    stated["timeline"] = [{"id": name, "what": "long words " * 10} for name in names]
    stated["factors"] = [
        {"id": f"f{n}", "what": "long words " * 10, "leads_to": [f"e{n}"]} for n in range(2000)
    ]
    stated |= {"phases": [], "actions": []}
    facts = made(stated, {name: (n, n + 1, n, True) for n, name in enumerate(names)})
    gantt = timeline_mermaid(facts)
    assert MOST_CHARACTERS * 0.9 < len(gantt) <= MOST_CHARACTERS
    drawn = sum(1 for line in gantt.splitlines() if line.startswith("    "))
    assert f"%% {2000 - drawn:,} more in the timeline" in gantt
    assert len(factor_graph(facts)) <= MOST_CHARACTERS
