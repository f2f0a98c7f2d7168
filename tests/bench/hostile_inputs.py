"""Measure hostile logs at the bounds: bytes, processor time, peak memory, exit code, findings of a command.

Run as `python tests/bench/hostile_inputs.py [--scale 0.1] [--command "render -o DIR"] [NAME ...]`. Each log
is written by one process and judged by another, so that times and peaks are those of the command alone.
With `--reading` the loader is measured by itself: from the bytes to the tree, or to what is wrong with them.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
_COUNTS = re.compile(rb"(\d[\d,]*) (?:error|warning)s?")
_READING = """\
import pathlib, sys
from postmortem.read import decode, read
source, troubles = decode("log.yaml", pathlib.Path(sys.argv[1]).read_bytes())
if source is not None:
    troubles = read(source)[1]
print(f"{len(troubles):,} errors")
sys.exit(1 if troubles else 0)
"""
_MEGABYTE = 1024 if sys.platform == "linux" else 1024 * 1024


class Run(NamedTuple):
    """What one command on one log came to; ``seconds`` of processor time, ``megabytes`` at its peak."""

    seconds: float
    megabytes: float
    code: int | None
    findings: int
    told: int


def measured(command: list[str], folder: Path, limit: float) -> Run:
    """Run the command in a folder and measure it; the code is None where it was ended after ``limit``."""
    out, err = folder / "out", folder / "err"
    with out.open("wb") as to, err.open("wb") as also:
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=folder,
            stdout=to,
            stderr=also,
            stdin=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": str(ROOT), "POSTMORTEM_NOW": "2024-03-02"},
        )
        began = time.monotonic()
        ended = 0
        while not ended:
            ended, status, used = os.wait4(process.pid, os.WNOHANG)
            if not ended and time.monotonic() - began > limit:
                process.kill()
                ended, status, used = os.wait4(process.pid, 0)
                status = -1
            time.sleep(0 if ended else 0.01)
    process.returncode = 0  # it was waited for above
    tail = b"".join(_last(place) for place in (out, err))
    counts = _COUNTS.findall(tail.rsplit(b"\n", 2)[-2] if tail.count(b"\n") > 1 else tail)
    return Run(
        used.ru_utime + used.ru_stime,
        used.ru_maxrss / _MEGABYTE,
        None if status == -1 else os.waitstatus_to_exitcode(status),
        sum(int(one.replace(b",", b"")) for one in counts),
        out.stat().st_size + err.stat().st_size,
    )


def _last(place: Path) -> bytes:
    with place.open("rb") as file:
        file.seek(max(0, place.stat().st_size - 400))
        return file.read()


def main() -> int:
    """Print one line for every shape; exit code 1 where one was not answered in time."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--scale", type=float, default=1.0)
    options.add_argument("--command", default="check")
    options.add_argument("--reading", action="store_true")
    options.add_argument("--limit", type=float, default=120.0)
    options.add_argument("names", nargs="*")
    asked = options.parse_args()
    listing = "from tests.bench.hostile_shapes import SHAPES; print(*SHAPES, sep='\\n')"
    names = _python(listing).decode().splitlines()
    chosen = [name for name in names if not asked.names or any(one in name for one in asked.names)]
    late = False
    what = ["-c", _READING] if asked.reading else ["-m", "postmortem", *shlex.split(asked.command)]
    print(f"{'reading' if asked.reading else asked.command} at {asked.scale:g} of the bounds")
    print(
        f"{'shape':40}{'bytes':>12}{'seconds':>9}{'MB':>7}{'exit':>6}{'findings':>10}{'told':>12}", flush=True
    )
    for name in chosen:
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder) / "log.yaml"
            _python(
                "import sys, pathlib; from tests.bench.hostile_shapes import log_of;"
                "pathlib.Path(sys.argv[3]).write_bytes(log_of(sys.argv[1], float(sys.argv[2])))",
                name,
                str(asked.scale),
                str(log),
            )
            size = log.stat().st_size
            run = measured([*what, "log.yaml"], Path(folder), asked.limit)
        late = late or run.code is None
        code = "late" if run.code is None else str(run.code)
        print(
            f"{name:40}{size:>12,}{run.seconds:>9.2f}{run.megabytes:>7.0f}{code:>6}{run.findings:>10,}{run.told:>12,}",
            flush=True,
        )
    return 1 if late else 0


def _python(code: str, *arguments: str) -> bytes:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        check=True,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    ).stdout


if __name__ == "__main__":
    sys.exit(main())
