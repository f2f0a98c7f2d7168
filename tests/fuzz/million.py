"""A million mutated logs, judged in this process and its children: what came of them, and the slowest.

Usage: python -m tests.fuzz.million [--logs 1000000] [--processes CORES] [--seed 1] [--only NUMBER]

Each log is made of the seed and its number alone, so that any one of them can be had again with `--only`.
Leaves with 1 where a promise was broken or a log took more than `MOST_SECONDS` of processor time.
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from random import Random

from tests.fuzz.log_mutations import mutated_log
from tests.fuzz.outputs import findings_of, outputs_of
from tests.fuzz.promises import answered, read_alike, repeated

MOST_SECONDS = 2.0
_STUCK_SECONDS = 900
_SHARE = 1000
_ALIKE, _RENDERED, _WORDED = 25, 50, 25
"""One log in so many is read by both parsers and judged again, is rendered, has its findings printed."""


class TooSlow(BaseException):
    """A log that is not answered in time; no `Exception`, so that nothing below takes it for an answer."""


@dataclass
class Tally:
    """What came of some logs: how many were sound, the codes said of them, the slowest, the broken."""

    logs: int = 0
    classes: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    slowest: list[tuple[float, int]] = field(default_factory=list)
    broken: list[tuple[int, str]] = field(default_factory=list)
    kilobytes: int = 0

    def add(self, other: Tally) -> None:
        """Take up what came of other logs."""
        self.logs += other.logs
        self.classes += other.classes
        self.codes += other.codes
        self.done += other.done
        self.seconds += other.seconds
        self.slowest = sorted(self.slowest + other.slowest, reverse=True)[:10]
        self.broken += other.broken
        self.kilobytes = max(self.kilobytes, other.kilobytes)


@contextmanager
def in_time() -> Iterator[None]:
    """Raise `TooSlow` past the processor time that one log may take."""
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _too_slow(_signal: int, _frame: object) -> None:
    raise TooSlow(f"more than {MOST_SECONDS} s of processor time")


def data_of(seed: int, number: int) -> bytes:
    """Return the log of that number."""
    return mutated_log(Random(f"{seed}:{number}"))


def tried(seed: int, number: int, tally: Tally) -> None:
    """Judge one log, hold the answer against the promises, and count it."""
    data = data_of(seed, number)
    start = time.process_time()
    with in_time():
        one = answered(data)
    took = time.process_time() - start
    tally.seconds += took
    if len(tally.slowest) < 10 or took > tally.slowest[-1][0]:
        tally.slowest = sorted([*tally.slowest, (took, number)], reverse=True)[:10]
    tally.codes.update({found.code for found in one.diagnostics})
    errors = any(found.severity == "error" for found in one.diagnostics)
    tally.classes["errors (1)" if errors else "sound (0)"] += 1
    with in_time():
        if number % _ALIKE == 0:
            repeated(one, data)
            read_alike(data)
            tally.done["read by both parsers, judged twice"] += 1
    if number % _WORDED == 1:
        with in_time():
            findings_of(one)
        tally.done["findings printed in six formats"] += 1
    if one.sound and number % _RENDERED < 2:
        with in_time():
            outputs_of(one)
        tally.done["rendered to every format"] += 1


def share(seed: int, start: int, stop: int) -> Tally:
    """Try the logs of some numbers."""
    signal.signal(signal.SIGPROF, _too_slow)
    faulthandler.dump_traceback_later(_STUCK_SECONDS, exit=True)
    tally = Tally()
    for number in range(start, stop):
        tally.logs += 1
        try:
            tried(seed, number, tally)
        except (Exception, TooSlow) as fault:
            tally.classes["promise broken"] += 1
            tally.broken.append((number, f"{type(fault).__name__}: {str(fault)[:300]}"))
    faulthandler.cancel_dump_traceback_later()
    tally.kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return tally


def run(seed: int, logs: int, processes: int, first: int = 0) -> Tally:
    """Try so many logs on so many processes; say how far it is on standard error."""
    whole, begun = Tally(), time.monotonic()
    shares = iter(range(first, first + logs, _SHARE))
    with ProcessPoolExecutor(processes) as pool:

        def sent(count: int) -> list[Future[Tally]]:
            return [
                pool.submit(share, seed, start, min(start + _SHARE, first + logs))
                for start in islice(shares, count)
            ]

        waiting = sent(2 * processes)
        while waiting:
            whole.add(waiting.pop(0).result())
            waiting += sent(1)
            if whole.logs % (20 * _SHARE) == 0 or whole.broken:
                print(
                    f"{whole.logs:,} logs, {time.monotonic() - begun:,.0f} s, {len(whole.broken)} broken",
                    file=sys.stderr,
                    flush=True,
                )
            if len(whole.broken) > 50:
                print("stopped: too many broken promises", file=sys.stderr)
                pool.shutdown(cancel_futures=True)
                break
    return whole


def told(tally: Tally, seconds: float) -> str:
    """Return what came of a run, for a terminal."""
    lines = [
        f"{tally.logs:,} mutated logs in {seconds:,.0f} s; judging them took {tally.seconds:,.0f} s of "
        f"processor time, {1000 * tally.seconds / max(1, tally.logs):.2f} ms each",
        f"most memory of a process: {tally.kilobytes / 1024:.0f} MiB",
        *(f"  {count:>9,}  {name}" for name, count in sorted(tally.classes.items())),
        "of them:",
        *(f"  {count:>9,}  {name}" for name, count in sorted(tally.done.items())),
        f"codes ({len(tally.codes)}), and in how many logs:",
        *(f"  {count:>9,}  {code}" for code, count in sorted(tally.codes.items())),
        "slowest:",
        *(f"  {1000 * took:>7.1f} ms  log {number}" for took, number in tally.slowest),
        *(f"broken: log {number}: {why}" for number, why in tally.broken),
    ]
    return "\n".join(lines)


def main() -> int:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--logs", type=int, default=1_000_000)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--only", type=int, help="print the log of that number, and judge it")
    given = parser.parse_args()
    if given.only is not None:
        sys.stdout.buffer.write(data_of(given.seed, given.only))
        tally = share(given.seed, given.only, given.only + 1)
        print("\n" + told(tally, tally.seconds), file=sys.stderr)
        return int(bool(tally.broken))
    begun = time.monotonic()
    tally = run(given.seed, given.logs, given.processes, given.first)
    print(told(tally, time.monotonic() - begun))
    return int(bool(tally.broken))


if __name__ == "__main__":
    sys.exit(main())
