"""False alarms: the rules of language and privacy over reports that nobody here wrote, and our own logs.

``pytest -s tests/check/test_false_alarms.py`` prints the counts that docs/benchmarks.md shows.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from postmortem.check.blame import loaded_words
from postmortem.check.personal import traces_in
from postmortem.check.secrets import secrets_in, suspected

ROOT = Path(__file__).resolve().parents[2]
MOST = {"PM601": 3, "PM602": 1, "PM701": 0, "PM702": 2, "PM703": 0, "PM704": 6, "PM705": 1}


def test_published_reports_raise_few_alarms(shared: Path) -> None:
    found: Counter[str] = Counter()
    reports = sorted((shared / "corpus" / "documents").rglob("*.md"))
    words = 0
    for path in reports:
        text = path.read_text(encoding="utf-8", errors="replace")
        words += len(text.split())
        marks = [(one.code, one.start, one.end) for one in loaded_words(text)]
        marks += [(one.code, one.start, one.end) for one in traces_in(text)]
        marks += [("PM701", one.start, one.end) for one in secrets_in(text, suspected(text))]
        for code, start, end in marks:
            found[code] += 1
            print(f"{code} {path.name}: {' '.join(text[max(0, start - 40) : end + 40].split())}")
    print(f"{len(reports)} reports, {words} words: {dict(sorted(found.items()))}")
    assert len(reports) > 40
    assert {code: count for code, count in found.items() if count > MOST[code]} == {}


def test_our_own_logs_raise_none_that_they_do_not_reason_about() -> None:
    from postmortem.flow import judge

    for path in sorted((ROOT / "incidents").glob("*.yaml")):
        one = judge(path.name, path.read_bytes(), path.parent)
        assert one.diagnostics == ()
        assert one.incident is not None
        if one.incident.audience == "public":
            assert judge(path.name, path.read_bytes(), path.parent, "public").diagnostics == ()
