"""Compiled templates, kept as Python keeps compiled modules: made at first use, never out of date."""

from __future__ import annotations

from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, FileSystemBytecodeCache

from postmortem import __version__


class Compiled(FileSystemBytecodeCache):
    """Keeps compiled templates in this package's `__pycache__` where that may be written; else compiles anew.

    Jinja compares the source's checksum, its own format and Python's version; its release is in the name,
    for the code that it compiles calls into it, and so is ours, for we set how it compiles.
    """

    def __init__(self) -> None:
        release = vars(jinja2).get("__version__") or _release()
        pattern = f"%s.postmortem-{__version__}.jinja-{release}.cache"
        super().__init__(str(Path(__file__).parent / "__pycache__"), pattern)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read the compiled template into the bucket; what cannot be read is compiled anew."""
        try:
            super().load_bytecode(bucket)
        except Exception:
            # Whatever is in a file that something else has damaged.
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write the compiled template if the folder lets us."""
        from postmortem.ground.files import write_whole

        place = Path(self.directory) / (self.pattern % (bucket.key,))
        try:
            place.parent.mkdir(exist_ok=True)
            write_whole(place, bucket.bytecode_to_string())
        except OSError:
            return


def _release() -> str:
    from importlib.metadata import version

    return version("jinja2")
