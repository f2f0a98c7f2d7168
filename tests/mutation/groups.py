"""What is mutated, and the tests that are to notice: one group for each promise of the safety contract."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Group:
    """Modules, as patterns from the root of the project, and the test files or folders that are run."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]

    def paths(self, root: Path) -> tuple[str, ...]:
        """Return the modules, in order, each once."""
        found = [path for pattern in self.modules for path in sorted(root.glob(pattern))]
        return tuple(dict.fromkeys(str(path.relative_to(root)) for path in found))


def _models(*names: str) -> tuple[str, ...]:
    return tuple(f"postmortem/model/{name}.py" for name in names)


GROUPS = {
    "escaping": Group(
        (
            "postmortem/report/escaping/*.py",
            "postmortem/ground/terminal.py",
            "postmortem/ground/characters.py",
            "postmortem/ground/urls.py",
        ),
        (
            "tests/ground/test_terminal.py",
            "tests/ground/test_addresses.py",
            "tests/report/test_escapers.py",
            "tests/report/test_markdown_texts.py",
            "tests/report/test_markdown_to_the_letter.py",
            "tests/report/test_refused_links.py",
            "tests/report/test_timeline_formats.py",
            "tests/report_html/test_safe_markdown.py",
            "tests/report_html/test_html_escaping.py",
            "tests/read/test_encoding.py",
        ),
    ),
    "files": Group(
        (
            "postmortem/ground/files.py",
            "postmortem/ground/disk.py",
            "postmortem/ground/readings.py",
            "postmortem/ground/folders.py",
        ),
        (
            "tests/ground/test_files.py",
            "tests/ground/test_file_edges.py",
            "tests/ground/test_run_inputs.py",
            "tests/ground/test_folders.py",
        ),
    ),
    "audience": Group(("postmortem/model/public_*.py",), ("tests/model/test_public_copy.py",)),
    "loader": Group(("postmortem/read/*.py",), ("tests/read",)),
    "times": Group(
        _models(
            *("points", "clocks", "expression", "grammar", "scanner", "anchoring", "zones", "local_time"),
            *(
                "local_faults",
                "calendar_days",
                "ranges",
                "rewriting",
                "zone_words",
                "near_days",
                "near_zones",
            ),
            *("durations", "amounts", "stated", "clock_error", "near", "zone_table", "times"),
        ),
        ("tests/model", "tests/check/test_rules.py", "tests/check/test_build.py", "tests/resolve"),
    ),
    "quantities": Group(_models("quantities", "figures", "amounts"), ("tests/model", "tests/resolve")),
    "habits": Group(_models("habits", "duration_habits", "quantity_habits"), ("tests/model",)),
    "resolve": Group(("postmortem/resolve/*.py",), ("tests/resolve",)),
}

UNFIT = "in_time or in_no_time or budget or killed_writer or at_most_a_millisecond or stay_linear"
"""Tests that measure time or memory, or start processes: on a busy machine they fail without a mutation."""
