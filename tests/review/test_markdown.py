"""The comment of a pull request: what it shows, what it holds back, how long it may be."""

from __future__ import annotations

import re

import pytest

from postmortem.review.compare import compare
from postmortem.review.markdown import MOST, markdown
from tests.review.conftest import HEAD, Compare, side_of

LOG = """\
timeline:
  - {id: start, at: 09:10, kind: impact, what: Logins fail., source: pager}
  - {id: seen, at: 09:15, kind: detected, what: Somebody notices., source: chat}
  - {id: idle, at: 09:20, what: Nothing happens., source: chat}
  - {id: still, at: 09:25, what: Still nothing., source: chat}
  - {id: over, at: 09:41, kind: resolved, what: Logins succeed again., source: pager}
"""


def test_the_comment_is_as_designed(compared: Compare) -> None:
    text = markdown([compared(LOG, LOG.replace("09:41", "09:51"))], report_link="https://example.org/r")
    lines = text.splitlines()
    assert lines[0] == "### postmortem review · `log.yaml`"
    assert lines[2].startswith("**1 event moved, ")
    assert lines[2].endswith("** · checks: 0 errors, 0 warnings · [rendered report](https://example.org/r)")
    row = "| ↻ | 5 | ~~`T+31m`~~ → `T+41m` | ~~09:41~~ → 09:51 | **Resolved** Logins succeed again. | moves "
    assert any(line.startswith(row) for line in lines)
    assert any(line.startswith("| Time to resolve | 31&nbsp;min") for line in lines)
    block = text[text.index("```diff") :]
    assert block == (
        "```diff\n"
        "  …\n"
        "  T+15m  09:25  note        Still nothing.\n"
        "- T+31m  09:41  resolved    Logins succeed again.\n"
        "+ T+41m  09:51  resolved    Logins succeed again.\n"
        "```\n"
    )


def test_removed_events_stand_where_they_stood(compared: Compare) -> None:
    new = LOG.replace("  - {id: idle, at: 09:20, what: Nothing happens., source: chat}\n", "")
    block = markdown([compared(LOG, new)])
    block = block[block.index("```diff") :]
    assert [line[:7] for line in block.splitlines()[2:5]] == ["  T+5m ", "- T+10m", "  T+15m"]


HOSTILE = [
    "@someone and @org/team, fixes #1, GH-2, closes https://example.org/i/3",
    "<script>alert(1)</script> <img src=x onerror=alert(1)> <!-- hidden",
    "| a | b |\\n# title",
    "``` and ```` fences",
    "[link](javascript:alert(1)) ![pixel](https://example.org/p.png)",
    "</details> </summary>",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    "place", ["what", "source", "claim", "ruling", "question", "title", "finding", "metric"]
)
def test_what_an_author_writes_stays_text(text: str, place: str) -> None:
    quoted = "'" + text.replace("'", "''") + "'"
    old = HEAD + LOG
    new = {
        "what": old.replace("what: Still nothing.", f"what: {quoted}"),
        "source": old.replace("The chat", "x").replace("{title: x}", f"{{title: {quoted}}}"),
        "claim": old.replace("source: chat}", f"source: chat, stated: {quoted}, locator: {quoted}}}"),
        "ruling": old.replace("source: chat}", f"source: chat, ruling: {{open: true, because: {quoted}}}}}"),
        "question": old + f"questions:\n  - what: {quoted}\n",
        "title": old.replace("title: Logins fail", f"title: {quoted}"),
        "finding": old.replace("kind: impact", f"kind: {quoted}"),
        "metric": old + f"metrics:\n  - {{id: m, title: {quoted}, duration: {{from: start, to: over}}}}\n",
    }[place]
    assert new != old
    comment = markdown([compare(side_of(old), side_of(new))])
    outside = re.sub(r"^(`{3,})diff\n.*?^\1$", "", comment, flags=re.MULTILINE | re.DOTALL)
    spoken = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", outside)
    for forbidden in (
        "@someone",
        "@org",
        "#1",
        "GH-2",
        "<script",
        "<img",
        "<!--",
        "](javascript:",
        "\n# title",
    ):
        assert not re.search(rf"(?<!\\){re.escape(forbidden)}", spoken), forbidden
    assert not re.search(r"@(?=\w)", re.sub(r"`[^`\n]*`", "", comment))
    assert spoken.count("<details>") == spoken.count("</details>")


def test_a_long_comment_is_cut_by_parts_and_says_so(compared: Compare) -> None:
    events = "".join(
        f"  - {{at: 10:00, what: Event number {n} of a long list of such.}}\n" for n in range(3000)
    )
    text = markdown([compared(LOG, LOG + events)])
    assert len(text) <= MOST
    assert text.startswith("### postmortem review")
    assert "Cut, for a comment holds 60,000 characters: the table of events" in text
    many = markdown([compared(LOG, LOG.replace("09:41", f"09:{n}")) for n in range(42, 59)] * 60)
    assert len(many) <= MOST
    assert "more log" in many


def test_findings_are_folded_with_their_places(compared: Compare) -> None:
    text = markdown([compared(LOG, LOG.replace("09:41", "09:4l"))])
    assert "<details><summary>1 error</summary>" in text
    assert re.search(r"- `PM205` .*`log\.yaml:12`", text)


def test_a_version_that_is_not_understood_is_told(compared: Compare) -> None:
    text = markdown([compared(LOG, HEAD + "timeline: [")])
    assert "could not be understood" in text
    assert "`PM101`" in text


def test_a_new_log_is_shown_whole() -> None:
    text = markdown([compare(None, side_of(HEAD + LOG))])
    assert "**new log of 5 events**" in text
    assert "| Time to resolve | — | **31&nbsp;min" in text
    assert "+ T+31m  09:41  resolved    Logins succeed again.\n```" in text
    gone = markdown([compare(side_of(HEAD + LOG), None)])
    assert "**log removed** · nothing to check" in gone
    assert "- T+31m  09:41  resolved    Logins succeed again.\n```" in gone
