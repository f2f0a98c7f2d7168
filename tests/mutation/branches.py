"""Branch coverage of what is mutated: which lines and which ways out of them no test of its group takes.

    python -m tests.mutation.branches                    every group
    python -m tests.mutation.branches loader resolve     some of them (see groups.py)

The exit code is 0 when all lines and branches of every module are run.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.mutation.groups import GROUPS, UNFIT

ROOT = Path(__file__).parents[2]


def main(names: list[str]) -> int:
    """Print the table of the groups of those names; return 0 where nothing is missing."""
    complete = True
    for name in names or list(GROUPS):
        group = GROUPS[name]
        with tempfile.TemporaryDirectory() as folder:
            files = _measured(group.paths(ROOT), group.tests, Path(folder))
        print(f"{name:<48}   lines branches missing")
        for path, found in files.items():
            complete &= _print_row(path, found)
        print(flush=True)
    return 0 if complete else 1


def _measured(paths: tuple[str, ...], tests: tuple[str, ...], folder: Path) -> dict[str, Any]:
    data, report = folder / "data", folder / "report.json"
    measure = [sys.executable, "-m", "coverage"]
    subprocess.run(
        [
            *(*measure, "run", "--branch", "--source=postmortem", f"--data-file={data}"),
            *("-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", f"not ({UNFIT})", *tests),
        ],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    wanted = ",".join(paths)
    subprocess.run(
        [*measure, "json", "-q", f"--data-file={data}", f"--include={wanted}", "-o", str(report)],
        cwd=ROOT,
        check=True,
    )
    files: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))["files"]
    return files


def _print_row(path: str, found: dict[str, Any]) -> bool:
    numbers = found["summary"]
    lines = ", ".join(str(line) for line in found["missing_lines"])
    ways = ", ".join(f"{one}->{other if other > 0 else 'end'}" for one, other in found["missing_branches"])
    missing = "; ".join(one for one in (lines, ways) if one)
    print(f"{path:<48} {numbers['num_statements']:>7} {numbers['num_branches']:>8} {missing or '-'}")
    return not missing


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
