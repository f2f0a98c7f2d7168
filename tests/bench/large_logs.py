"""Measure large logs: reading, validation, a whole check with its memory, and what a page costs an event.

Run as `python tests/bench/large_logs.py`. Times are processor time; memory is the peak of a fresh process.
"""

from __future__ import annotations

import gc
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from postmortem.check.plain import flatten
from postmortem.flow import judge
from postmortem.model.build import validate
from postmortem.read import decode, read
from postmortem.report.facts.gather import gather
from postmortem.report.page.html import html

HEAD = """\
format: postmortem/1
title: A long evening
date: 2024-03-01
timezone: Europe/Paris
status: resolved
sources:
  monitor: {title: The monitor, kind: telemetry, reliability: A}
  chat: {title: The chat, kind: chat, clock: "+30s ±60s"}
timeline:
"""


def log_of(events: int) -> str:
    """Return a log of so many events: clock times and relative ones, counts, some second claims."""
    lines = [HEAD]
    for number in range(events):
        second = number * 8
        day, rest = divmod(second, 86_400)
        clock = f"2024-03-0{1 + day} {rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}"
        at = (
            f"{clock}" if number % 3 else f"about {clock}" if not number else f"1s to 15s after e{number - 1}"
        )
        lines.append(
            f"  - id: e{number}\n    at: {at}\n    what: The queue grew past step {number} and was seen to.\n"
        )
        if number % 4 == 0:
            lines.append(f"    source: monitor\n    counts: {{users: ~{number + 1}}}\n")
        if number % 10 == 1:
            lines.append(f"    claims:\n      - {{at: about {clock}, source: chat}}\n")
    return "".join(lines)


def median_of(work: Callable[[], object], runs: int) -> float:
    """Return the median processor time of a piece of work in milliseconds."""
    times = []
    gc.collect()
    for _ in range(runs):
        begin = time.process_time()
        work()
        times.append((time.process_time() - begin) * 1000)
    return statistics.median(times)


def reading(megabytes: int) -> float:
    """Return the milliseconds from the bytes of a log of about so many megabytes to its tree."""
    text = log_of(1)
    events = megabytes * 1_000_000 // ((len(log_of(1_001)) - len(text)) // 1_000)
    source, _ = decode("log", log_of(events).encode())
    assert source is not None
    return median_of(lambda: read(source), 5)


def validation(events: int) -> float:
    """Return the microseconds an event from plain values to an incident, each text understood anew."""
    source, _ = decode("log", log_of(events).encode())
    assert source is not None
    document, _ = read(source)
    assert document is not None
    plain = flatten(document.root).value
    assert isinstance(plain, dict)
    validate({**plain, "timeline": []})  # builds the validator
    return median_of(lambda: validate(plain), 1) * 1000 / events


def checking(events: int) -> tuple[float, float, float]:
    """Return processor seconds, wall seconds and peak megabytes of `postmortem check` of a log."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.yaml"
        path.write_text(log_of(events), encoding="utf-8")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begin = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "postmortem", "check", str(path)], check=True, stdout=subprocess.DEVNULL
        )
        wall = time.perf_counter() - begin
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return processor, wall, after.ru_maxrss / (1024 if os.uname().sysname == "Linux" else 1024 * 1024)


def page(events: int) -> float:
    """Return the milliseconds of one HTML page over a measured log of so many events."""
    judged = judge("log.yaml", log_of(events).encode(), None)
    assert judged.metrics is not None
    facts = gather(judged.metrics, "log")
    html(facts, judged.line_of)  # compiles the template
    return median_of(lambda: html(facts, judged.line_of), 3)


def main() -> None:
    """Print one line for every figure, with its goal."""
    gc.set_threshold(100_000, 50, 100)  # as the command does
    print(f"{'work':44}{'goal':>12}{'measured':>14}")
    # First, while this process is small: a child begins as large as its parent is.
    for events in (1_000, 10_000):
        processor, wall, memory = checking(events)
        goals = ("5 s", "300 MB") if events == 10_000 else ("", "")
        name = f"check of {events:,} events"
        print(f"{name + ', processor (wall)':44}{goals[0]:>12}{processor:>8.2f} ({wall:.2f}) s")
        print(f"{name + ', peak memory':44}{goals[1]:>12}{memory:>11.0f} MB", flush=True)
    print(f"{'1 MB of log to its tree':44}{'500 ms':>12}{reading(1):>11.0f} ms", flush=True)
    print(f"{'5 MB of log to its tree':44}{'':>12}{reading(5):>11.0f} ms", flush=True)
    print(f"{'validation, an event':44}{'25 us':>12}{validation(10_000):>11.1f} us", flush=True)
    small, large = page(100), page(1_100)
    print(f"{'template and charts, an event':44}{'1 ms':>12}{(large - small) / 1000:>11.2f} ms", flush=True)


if __name__ == "__main__":
    main()
