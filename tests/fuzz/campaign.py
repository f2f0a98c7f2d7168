"""All harnesses in turn for a given time: guided by atheris where it is installed, else by seeded mutations.

Usage: python -m tests.fuzz.campaign [--seconds 3600] [--only NAME,NAME] [--folder build/fuzz]

What is found that reaches new code is kept in the folder and taken up again by the next run; an input that
breaks a promise is written there as `crash-...`. Leaves with 1 where there was one.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
import time
import traceback
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.fuzz.harnesses.table import CORPUS, HARNESSES, Harness
from tests.fuzz.mutations import mutated

_RAN = re.compile(rb"stat::number_of_executed_units:\s*(\d+)")
_LONGEST_ANSWER = 60
"""Seconds, on a machine that may be busy, after which libFuzzer takes an input for a hang."""


class Ran(NamedTuple):
    """What came of one harness: how many inputs it got, and where those that broke a promise lie."""

    name: str
    inputs: int
    broken: tuple[Path, ...]


def guided(harness: Harness, seconds: int, folder: Path) -> Ran:
    """Run a harness under atheris."""
    found = folder / "corpus"
    found.mkdir(parents=True, exist_ok=True)
    before = set(folder.glob("*-*"))
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.fuzz.guided", harness.name),
            *(
                f"-max_total_time={seconds}",
                f"-timeout={_LONGEST_ANSWER}",
                f"-report_slow_units={_LONGEST_ANSWER}",
                "-rss_limit_mb=2048",
            ),
            *("-print_final_stats=1", f"-artifact_prefix={folder}/", str(found)),
            *(str(CORPUS / name) for name in (harness.name, *harness.also) if (CORPUS / name).is_dir()),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    (folder / "said.txt").write_bytes(done.stdout[-1_000_000:])
    ran = _RAN.search(done.stdout)
    broken = tuple(sorted(set(folder.glob("*-*")) - before))
    if done.returncode and not broken:
        broken = (folder / "said.txt",)
    return Ran(harness.name, int(ran[1]) if ran else 0, broken)


def blind(harness: Harness, seconds: int, folder: Path) -> Ran:
    """Run a harness over mutations of its corpus."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = [place.read_bytes() for place in harness.kept()]
    until, number = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        data = mutated(harness, kept, Random(f"campaign:{harness.name}:{number}"))
        number += 1
        try:
            harness.run(data)
        except Exception:
            traceback.print_exc()
            place = folder / f"crash-{hashlib.sha256(data).hexdigest()[:16]}"
            place.write_bytes(data)
            return Ran(harness.name, number, (place,))
    return Ran(harness.name, number, ())


def main() -> int:
    """Read the command line and run the harnesses, each for its share of the time."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--seconds", type=int, default=3600, help="for all harnesses together")
    parser.add_argument("--only", default="", help="names of harnesses, with commas between")
    parser.add_argument("--folder", type=Path, default=Path("build/fuzz"))
    given = parser.parse_args()
    names = [name for name in given.only.split(",") if name] or list(HARNESSES)
    run = guided if find_spec("atheris") else blind
    print(f"{run.__name__}, {given.seconds} s for {len(names)} harnesses", flush=True)
    failed = False
    for name in names:
        ran = run(HARNESSES[name], max(1, given.seconds // len(names)), given.folder / name)
        print(f"  {ran.inputs:>11,}  {name}", *(f"BROKEN: {place}" for place in ran.broken), flush=True)
        failed = failed or bool(ran.broken)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
