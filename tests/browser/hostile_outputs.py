"""Every output of a log that a browser opens, with a text in every field, in the theme and as file name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from postmortem.cli.versions import Versions, comparison_of
from postmortem.flow import Judged, judge
from postmortem.ground.theme import Block, Theme
from postmortem.report.escaping.safe_markdown import allowed, block
from postmortem.report.facts.facts import Facts
from postmortem.report.facts.gather import gather
from postmortem.report.findings.examined import Examined
from postmortem.report.findings.step_summary import step_summary
from postmortem.report.markdown.markdown import markdown
from postmortem.report.metrics.as_markdown import metrics_markdown
from postmortem.report.page.html import html
from postmortem.report.timeline.as_markdown import timeline_markdown
from postmortem.report.timeline.as_mermaid import timeline_mermaid
from postmortem.review.markdown import markdown as review
from tests.browser.filled_logs import (
    ADDRESSES,
    BLOCKS,
    NAMES,
    Filling,
    as_bytes,
    harmless,
    is_text,
    whole_log,
)
from tests.browser.window import Job

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
_FENCED = re.compile(r"^```mermaid\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_DRAWING = re.compile(r'<svg class="(?:ch|gr|rg|st)\b.*?</svg>', re.DOTALL)
_LONGEST_KEY = 900
SVG_LOGO = "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIG9ubG9hZD0iYWxlcnQoMSkiPjxpbWFnZSBocmVmPSJodHRwczovL2V2aWwuZXhhbXBsZS9sb2dvLnBuZyIvPjxzY3JpcHQ+YWxlcnQoMik8L3NjcmlwdD48L3N2Zz4="  # noqa: E501
"""A logo that would run and fetch, were it anything but an image."""


@dataclass(frozen=True)
class Text:
    """A hostile text, or its harmless likeness: what is put into a field depends on what the field is."""

    said: str
    likeness: bool = False

    def plainly(self) -> str:
        """Return what goes where text is shown as it is."""
        return harmless(self.said) if self.likeness else self.said

    def of_markdown(self) -> str:
        """Return what goes where Markdown is read; what shows nothing has no likeness but itself."""
        likeness = self.plainly()
        return likeness if likeness and block(self.said) else self.said

    def of_notation(self) -> str:
        """Return what goes where a notation is read; its likeness is understood by none."""
        return f"! {self.plainly()}" if self.likeness else self.said

    def of_address(self) -> str:
        """Return what goes where an address is due."""
        if not self.likeness:
            return self.said
        return "https://example.org/" if allowed(self.said) else harmless(self.said) and "no address"


@dataclass(frozen=True)
class Log:
    """A log with a text in some of its fields, judged, with its facts."""

    judged: Judged
    facts: Facts
    filled: dict[str, int]


def _log(fill: Callable[[str, str], str], name: str) -> Log:
    filling = Filling(fill)
    judged = judge(name, as_bytes(filling.log(whole_log())), None, bidi=True)
    assert judged.metrics is not None, judged.diagnostics
    return Log(judged, gather(judged.metrics, name), filling.filled)


def with_texts(text: Text, name: str = "log") -> Log:
    """Return a log with the text in every field of free text."""

    def fill(field: str, value: str) -> str:
        if field in ADDRESSES:
            return text.of_address()
        if field in BLOCKS:
            return text.of_markdown()
        return text.plainly() if is_text(field) else value

    return _log(fill, name)


def with_lines(text: Text, name: str = "log") -> Log:
    """Return a log with the text in every field of free text but those of whole blocks of Markdown."""
    return _log(
        lambda field, value: text.plainly() if is_text(field) and field not in BLOCKS | ADDRESSES else value,
        name,
    )


def with_names(text: Text, name: str = "log") -> Log:
    """Return a log with the text before every name of something, the same wherever it is named."""
    begun = _of_a_key(text.plainly())
    return _log(lambda field, value: begun + value if field in NAMES else value, name)


def _of_a_key(text: str) -> str:
    """Return as much of a text as a key may hold: no key in YAML is longer than 1,024 characters."""
    while len(as_bytes({text: ""})) > _LONGEST_KEY:
        text = text[: len(text) * 3 // 4]
    return text


def with_notation(text: Text, name: str = "log") -> Log:
    """Return a log with the text in every field of a notation: times, numbers, words of a list, places."""
    return _log(lambda field, value: value if is_text(field) or field in NAMES else text.of_notation(), name)


def theme_with(text: Text) -> Theme:
    """Return a theme with the text wherever it takes one."""
    own = Block(text.plainly(), text.of_markdown(), "timeline")
    return Theme(name=text.plainly(), footer=text.of_markdown(), blocks=(own,))


def page(log: Log, text: Text, *, theme: bool = False) -> str:
    """Return a log's page, called by the text, as it is."""
    looks: dict[str, Any] = {"theme": theme_with(text), "logo": SVG_LOGO} if theme else {}
    return html(log.facts, log.judged.line_of, text.plainly(), **looks)


def unguarded(made: str) -> str:
    """Return a page without its content security policy."""
    out, many = _POLICY.subn("", made)
    assert many == 1
    return out


def drawings(made: str) -> str:
    """Return the charts of a page as an SVG document of their own."""
    found = _DRAWING.findall(made)
    assert found
    inner = "".join(one for one in found)
    return f'<svg xmlns="http://www.w3.org/2000/svg">{inner}</svg>'


def printed(made: str) -> str:
    """Return the page that becomes a PDF, as it is laid out: drawings stand alone in it."""
    from xml.etree import ElementTree

    from weasyprint import HTML

    from postmortem.report.pdf.drawings import drawn_alone

    root: Any = HTML(string=made, base_url="about:blank").etree_element
    drawn_alone(root)
    ((holder, script),) = [(one, child) for one in root.iter() for child in one if child.tag == "script"]
    holder.remove(script)
    return ElementTree.tostring(root, encoding="unicode", method="html")


@dataclass(frozen=True)
class Logs:
    """One text in the logs that together hold it in every field."""

    texts: Log
    names: Log
    notation: Log


def logs_of(text: Text) -> Logs:
    """Return the logs that together have the text in every field; it is the name of their files, too."""
    name = text.plainly() or "log"
    return Logs(with_texts(text, name), with_names(text, name), with_notation(text, name))


def markdowns(logs: Logs, before: Log) -> dict[str, str]:
    """Return every output of Markdown, by name; ``before`` is the log that they are compared with."""
    all_ = (logs.texts, logs.names, logs.notation)
    examined = [Examined(one.judged.file, one.judged.source, one.judged.diagnostics) for one in all_]
    out = {f"report-{n}": markdown(one.facts, one.judged.line_of) for n, one in enumerate(all_)}
    out |= {f"timeline-{n}": timeline_markdown(one.facts) for n, one in enumerate(all_)}
    out["metrics"] = metrics_markdown([one.facts for one in all_])
    out["summary"] = step_summary(examined)
    for number, one in enumerate(all_):
        out[f"review-{number}"] = review([comparison_of(Versions(before.judged, one.judged))])
    out["undone"] = review([comparison_of(Versions(logs.texts.judged, before.judged))])
    out["added"] = review([comparison_of(Versions(None, logs.texts.judged))])
    return out


def structured(texts: Log, lines: Log) -> dict[str, str]:
    """Return the outputs of Markdown whose structure no text may change."""
    return {
        "report": markdown(lines.facts, lines.judged.line_of),
        "timeline": timeline_markdown(texts.facts),
        "metrics": metrics_markdown([texts.facts]),
    }


RENDERERS = ("cmark-gfm", "markdown-it", "marked")
_ANOTHER = "Another text."


@cache
def _before() -> Log:
    return with_texts(Text(_ANOTHER))


def documents(said: str, learn: bool = False) -> list[Job]:
    """Return every document that a browser opens of logs that hold a text, without any policy.

    ``learn``: the text is harmless, and what its documents are made of is what others may be made of.
    """
    text, like = Text(said), Text(said, likeness=True)
    logs, name = logs_of(text), like.plainly()
    alike = Logs(with_texts(like, name), with_names(like, name), _before())
    first = page(logs.texts, text, theme=True)
    out: list[Job] = [
        {"kind": "page", "name": "page of texts", "html": unguarded(first),
         "alike": unguarded(page(alike.texts, like, theme=True))},
        {"kind": "page", "name": "page of names", "html": unguarded(page(logs.names, text)),
         "alike": unguarded(page(alike.names, like))},
        {"kind": "page", "name": "page of notation", "html": unguarded(page(logs.notation, text))},
        {"kind": "page", "name": "printed page", "html": printed(unguarded(first))},
        {"kind": "drawing", "name": "drawings", "html": drawings(first)},
    ]  # fmt: skip
    parts = markdowns(logs, _before())
    made = structured(logs.texts, with_lines(text))
    held = structured(alike.texts, with_lines(like))
    for by in RENDERERS:
        out.append({"kind": "markdown", "name": by, "by": by, "parts": parts})
        out.append({"kind": "markdown", "name": f"{by}: structure", "by": by, "parts": made, "alike": held})
    charts = [timeline_mermaid(one.facts) for one in (logs.texts, logs.names)]
    out.append(
        {
            "kind": "chart",
            "name": "Mermaid",
            "charts": [*charts, *(c for p in parts.values() for c in _FENCED.findall(p))],
        }
    )
    return [{**one, "name": f"{said[:60]!r}: {one['name']}", "learn": learn} for one in out]
