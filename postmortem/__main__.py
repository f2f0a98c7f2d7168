"""The entrance: `postmortem` and `python -m postmortem`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    if sys.argv[1:] == ["--version"]:
        # Answered before anything is imported: editors and scripts ask this often.
        from postmortem import __version__

        sys.stdout.write(f"postmortem {__version__}\n")
        return
    import gc

    # A run is short and what it builds is kept: looking for garbage every 700 objects costs a third of it.
    gc.set_threshold(100_000, 50, 100)
    from postmortem.cli.main import run

    _leave(run())


def _leave(code: int) -> None:
    """Leave at once with the exit code: taking a finished program apart costs a tenth of a short run.

    Nothing of ours waits for the end of the interpreter; where output cannot be written, Python says so.
    """
    import os

    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (AttributeError, OSError, ValueError):
        sys.exit(code)
    os._exit(code)


if __name__ == "__main__":
    main()
