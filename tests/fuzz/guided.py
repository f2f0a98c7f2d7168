"""One harness under atheris, which looks for inputs that reach new code.

Usage: python -m tests.fuzz.guided HARNESS [options and folders of libFuzzer]

Needs atheris (`.ci/fuzz-requirements.txt`), of which there are builds for Linux.
"""

from __future__ import annotations

import sys
from importlib import import_module
from random import Random
from typing import Any

_MOST_BYTES = 4096


def main() -> None:
    """Instrument the project, load the harness, and let it run."""
    atheris: Any = import_module("atheris")
    with atheris.instrument_imports(include=["postmortem"]):
        table = import_module("tests.fuzz.harnesses.table")
    harness = table.HARNESSES[sys.argv[1]]
    from tests.fuzz.mutations import mutated

    kept = [place.read_bytes() for place in harness.kept()]

    def changed(data: bytes, most: int, seed: int) -> bytes:
        """Change bytes by what is known of their form as often as blindly."""
        chance = Random(seed)
        if chance.random() < 0.5:
            return bytes(atheris.Mutate(data, most))
        return mutated(harness, [data] if chance.random() < 0.8 else [data, *kept], chance)[:most]

    options = [sys.argv[0], f"-max_len={_MOST_BYTES}", *sys.argv[2:]]
    atheris.Setup(options, harness.run, custom_mutator=changed)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
