"""The table of harnesses: each is a function of bytes that raises where a promise is broken.

The same function is run by atheris (`tests/fuzz/guided.py`), over the kept corpus and over seeded mutations
(`tests/fuzz/test_corpus.py`), and by hypothesis.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.harnesses import arguments, files, logs, notations, pictures, writing

_HERE = Path(__file__).resolve().parents[1]
CORPUS = _HERE / "corpus"


@dataclass(frozen=True)
class Harness:
    """A harness by its name; ``of_logs`` tells that its bytes are logs, to be changed with their structure.

    ``words`` names the file of pieces that its inputs are made of, for those who change them blindly;
    ``also`` are folders of the corpus, besides its own, that it starts from; ``cost`` is about what an
    input costs it, in milliseconds.
    """

    name: str
    run: Callable[[bytes], None]
    cost: int
    words: str = ""
    of_logs: bool = False
    also: tuple[str, ...] = ()

    def kept(self) -> tuple[Path, ...]:
        """Return the files of its corpus, in the order of their names."""
        folders = [CORPUS / name for name in (self.name, *self.also)]
        return tuple(sorted(place for one in folders if one.is_dir() for place in one.iterdir()))

    @property
    def pieces(self) -> tuple[str, ...]:
        """The pieces that its inputs are made of."""
        if not self.words:
            return ()
        return tuple(json.loads((_HERE / "words" / f"{self.words}.json").read_text(encoding="utf-8")))


HARNESSES: dict[str, Harness] = {
    one.name: one
    for one in (
        Harness("loader", logs.loader, 20, of_logs=True),
        Harness("render", logs.render, 20, of_logs=True, also=("loader",)),
        Harness("fmt", logs.fmt, 10, of_logs=True, also=("loader",)),
        Harness("diff", logs.diff, 15, "diff", of_logs=True),
        Harness("audience", logs.audience, 15, of_logs=True),
        Harness("times", notations.times, 3, "times"),
        Harness("durations", notations.durations, 1, "amounts"),
        Harness("quantities", notations.quantities, 1, "amounts"),
        Harness("markdown", writing.markdown, 5, "markdown"),
        Harness("settings", files.settings, 3, "settings"),
        Harness("series", files.series, 10, "series"),
        Harness("arguments", arguments.arguments, 5, "times", also=("times",)),
        Harness("pictures", pictures.pictures, 10, "pictures"),
        Harness("ci_event", files.ci_event, 1, "ci_event"),
    )
}
