"""Writes every output of a log in one process, and prints the SHA-256 of each: what determinism is told by.

Usage: every_output.py LOG FOLDER. The outputs go to FOLDER; standard output is one JSON object.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from postmortem.cli.main import run

_FORMS = {
    "timeline": ("text", "json", "md", "csv", "ics", "mermaid"),
    "metrics": ("text", "json", "md", "csv"),
    "check": ("text", "json", "sarif", "gitlab", "rdjson"),
    "diff": ("text", "json", "md"),
    "explain": ("text", "json"),
}


def written(log: str, folder: Path) -> dict[str, int]:
    """Write every output of a log into a folder; return the exit code of each command."""
    codes: dict[str, int] = {}
    more = {"diff": [str(Path(log).with_name("earlier.yaml"))], "explain": ["incident_duration"]}
    for command, forms in _FORMS.items():
        for form in forms:
            given = [*more["diff"], log] if command == "diff" else [log, *more.get(command, [])]
            place = str(folder / f"{command}.{form}")
            codes[f"{command} {form}"] = run([command, *given, "--format", form, "-o", place])
    codes["render"] = run(
        ["render", log, "-o", str(folder), "--format", "html", "--format", "md", "--format", "json"]
    )
    return codes


def digests(log: str, folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file in a folder; findings name the log as it was named, evened out."""
    out: dict[str, str] = {}
    for place in sorted(folder.iterdir()):
        data = place.read_bytes()
        if place.name.startswith("check."):
            data = data.replace(log.encode(), b"LOG")
        out[place.name] = hashlib.sha256(data).hexdigest()
    return out


if __name__ == "__main__":
    where = Path(sys.argv[2])
    stdout, sys.stdout = sys.stdout, sys.stderr
    codes = written(sys.argv[1], where)
    sys.stdout = stdout
    print(json.dumps({"codes": codes, "digests": digests(sys.argv[1], where)}))
