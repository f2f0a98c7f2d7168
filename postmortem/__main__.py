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
    from postmortem.cli.main import run

    sys.exit(run())


if __name__ == "__main__":
    main()
