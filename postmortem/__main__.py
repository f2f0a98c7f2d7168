"""The entrance: `postmortem` and `python -m postmortem`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    if sys.argv[1:] == ["--version"]:
        # Answered before anything is imported: editors and scripts ask this often.
        from postmortem import __version__

        try:
            sys.stdout.write(f"postmortem {__version__}\n")
            sys.stdout.flush()
            return
        except (AttributeError, OSError, ValueError):
            # Nobody can read it: that is said like every other such error, below.
            pass
    _fill_closed()
    import gc

    # A run is short and what it builds is kept: looking for garbage every 700 objects costs a third of it.
    gc.set_threshold(100_000, 50, 100)
    try:
        from postmortem.cli.main import run

        code = run()
    except KeyboardInterrupt:  # before there is anything to stop
        sys.stderr.write("stopped.\n")
        code = 130
    _leave(code)


def _fill_closed() -> None:
    """Point standard streams that are closed at nothing: the next file opened would stand in their place."""
    import os

    if None in (sys.stdin, sys.stdout, sys.stderr):
        while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
            pass
        os.close(number)


def _leave(code: int) -> None:
    """Leave at once with the exit code: taking a finished program apart costs a tenth of a short run.

    Nothing of ours waits for the end of the interpreter. Output that could not be written is no success.
    """
    import os

    from postmortem.cli.console import reason, say

    for stream in (sys.stdout, sys.stderr):
        if stream is None:
            continue
        try:
            stream.flush()
            # Some network disks tell only now that they are full.
            os.close(stream.fileno())
        except (OSError, ValueError) as error:
            if not code:
                code = 2
                say(f"error: output cannot be written: {reason(error)}")
    os._exit(code)


if __name__ == "__main__":
    main()
