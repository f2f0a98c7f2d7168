"""CSV that a spreadsheet does not run: one writer, and the guard that every text cell passes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_FORMULA = frozenset("=+-@\t\r\n\0＝＋－＠")
_BLANKS = " \u00a0\u200b\ufeff\u2060"
_SIGNED_NUMBER = re.compile(r"[+-][0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def guarded(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula; plain numbers stay."""
    bare = text.lstrip(_BLANKS)
    if bare[:1] in _FORMULA and not _SIGNED_NUMBER.fullmatch(text):
        return "'" + text
    return text


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV text: None is an empty cell, text is guarded, lines end in LF."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([guarded(one) if isinstance(one, str) else one for one in row])
    return out.getvalue()
