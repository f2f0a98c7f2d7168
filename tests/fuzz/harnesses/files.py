"""Harnesses of the other files that come in: settings, series, and the event of a CI run."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import cache
from math import isfinite
from pathlib import Path

import click

from postmortem.cli.ci_event import event_of
from postmortem.cli.judging import policy_of
from postmortem.cli.settings import _of_folder
from postmortem.flow import judge
from postmortem.measure.rows import BadFile, BadRow, csv_rows, json_rows, number_of, text_of
from tests.fuzz.outputs import findings_of, outputs_of
from tests.fuzz.promises import placed

_LOG = """\
format: postmortem/1
title: A series
date: 2026-03-01
timezone: UTC
status: resolved
measures: {{load: {{title: Load}}}}
timeline:
  - {{id: a, at: 09:00, kind: impact, what: A.}}
  - {{id: b, at: 10:00, kind: resolved, what: B.}}
series:
  - {{measure: load, file: {name}, step: 1m}}
metrics:
  - {{id: top, stat: {{measure: load, of: p95, between: [a, b]}}}}
  - {{id: area, stat: {{measure: load, of: integral}}}}
"""


@cache
def folder() -> Path:
    """Return a folder of this process's own, which goes with it."""
    kept = tempfile.TemporaryDirectory(prefix="postmortem-fuzz-")
    _KEPT.append(kept)
    return Path(kept.name)


_KEPT: list[tempfile.TemporaryDirectory[str]] = []


def settings(data: bytes) -> None:
    """A settings file gives settings that can be used, or one line that names it and what is wrong."""
    place = folder() / "settings" / "postmortem.toml"
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(data)
    try:
        found = _of_folder.__wrapped__(place.parent)
        policy_of(found)
    except click.UsageError as wrong:
        assert wrong.message
        assert "\n" not in wrong.message.replace(repr(wrong.message), ""), wrong.message
        return
    assert found.format is not None
    assert not Path(found.output).is_absolute()


def series(data: bytes) -> None:
    """A series file gives rows, bad rows by their numbers, or is refused whole; its log is judged with it.

    The first byte says which kind of file the rest is.
    """
    name = "s.jsonl" if data[:1] in (b"{", b"j") else "s.csv"
    body = data[1:] if data[:1] in (b"j", b"c") else data
    _rows(body, json_rows if name == "s.jsonl" else csv_rows)
    (folder() / name).write_bytes(body)
    one = judge("log.yaml", _LOG.format(name=name).encode(), folder())
    assert one.source is not None
    for found in one.diagnostics:
        placed(found, one.source)
    findings_of(one)
    if one.sound:
        outputs_of(one)


def _rows(data: bytes, read: Callable[[str], object]) -> None:
    before = 0
    try:
        for row in read(text_of(data)):  # type: ignore[attr-defined]
            number = row.number if isinstance(row, BadRow) else row[0]
            assert before < number <= data.count(b"\n") + 1, number
            before = number
            if not isinstance(row, BadRow):
                value = number_of(row[2]) if isinstance(row[2], str) else row[2]
                assert value is None or isfinite(value), row
    except BadFile as bad:
        assert str(bad)


def ci_event(data: bytes) -> None:
    """The event of a run gives what to compare with, or one line that says what is wrong."""
    place = folder() / "event.json"
    place.write_bytes(data)
    try:
        event = event_of({"GITHUB_EVENT_PATH": str(place)})
    except click.UsageError as wrong:
        assert wrong.message
        return
    assert event.base is None or set(event.base) <= set("0123456789abcdef"), event
    assert event.number is None or event.number > 0
    assert not event.own or event.repository is not None
