"""Writes a CycloneDX list of what the installed project needs: from its metadata, the same bytes each time.

Usage: sbom.py FILE. What is listed is what this environment holds, so make it in the one that is tested.
"""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

PROJECT = "postmortem-log"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def plain(name: str) -> str:
    """Return a distribution's name as package indexes write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(of: Distribution) -> list[str]:
    """Return the names that a distribution needs, without extras and other systems' needs."""
    names = []
    for line in of.requires or []:
        marker = line.partition(";")[2]
        found = _NAME.match(line)
        if found and "extra" not in marker and not _elsewhere(marker):
            names.append(plain(found[0]))
    return sorted(set(names))


def _elsewhere(marker: str) -> bool:
    """Tell whether a requirement is of another system: named in its marker, and so not installed here."""
    return bool(marker.strip()) and ("Windows" in marker or "win32" in marker or "python_version <" in marker)


def parts() -> dict[str, Distribution]:
    """Return the project and all that it needs, by name."""
    found: dict[str, Distribution] = {}
    waiting = [PROJECT]
    while waiting:
        name = waiting.pop()
        if name not in found:
            try:
                found[name] = distribution(name)
            except PackageNotFoundError:
                sys.exit(f"{name} is not installed: the list would not be whole")
            waiting += needed(found[name])
    return dict(sorted(found.items()))


def reference(name: str, of: Distribution) -> str:
    """Return the package's address by which other tools know it."""
    return f"pkg:pypi/{name}@{of.version}"


def component(name: str, of: Distribution) -> dict[str, object]:
    """Return one part as CycloneDX writes it."""
    whole = {"type": "library", "name": name, "version": of.version}
    stated = of.metadata
    licence = stated["License-Expression"] if "License-Expression" in stated else None  # noqa: SIM401 - it has no such method by its type
    address = reference(name, of)
    return {
        **whole,
        **({"licenses": [{"expression": licence}]} if licence else {}),
        "purl": address,
        "bom-ref": address,
    }


def sbom() -> str:
    """Return the list as JSON text."""
    found = parts()
    return (
        json.dumps(
            {
                "bomFormat": "CycloneDX",
                "specVersion": "1.6",
                "version": 1,
                "metadata": {"component": {**component(PROJECT, found[PROJECT]), "type": "application"}},
                "components": [component(name, of) for name, of in found.items() if name != PROJECT],
                "dependencies": [
                    {
                        "ref": reference(name, of),
                        "dependsOn": [reference(one, found[one]) for one in needed(of)],
                    }
                    for name, of in found.items()
                ],
            },
            indent=2,
        )
        + "\n"
    )


if __name__ == "__main__":
    place = Path(sys.argv[1])
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(sbom(), encoding="utf-8", newline="\n")
