"""The Markdown report, for GitHub and GitLab: one template over parts that have passed an escaper."""

from __future__ import annotations

from postmortem.report.escaping.as_json import LineOf
from postmortem.report.escaping.markdown_fields import seen_from
from postmortem.report.escaping.markdown_text import Safe
from postmortem.report.facts.facts import Facts
from postmortem.report.markdown.page import markdown_page
from postmortem.report.templating.templates import environment

TEMPLATE = "report.md.j2"


def markdown(facts: Facts, line_of: LineOf, beside: str = "") -> str:
    """Return the report of an incident as Markdown; ``line_of`` tells where in the log a claim stands.

    ``beside`` is the way from the report's folder to the log's, `../incidents/`, empty where both are one:
    files beside the log are linked to by it.
    """
    with seen_from(beside):
        template = environment(autoescape=False, finalize=escaped_only).get_template(TEMPLATE)
        text = template.render(page=markdown_page(facts, line_of))
    return _single_blanks(text)


def _single_blanks(text: str) -> str:
    """Return the text with one blank line where the template left several, fenced blocks as they are."""
    lines: list[str] = []
    fence = ""
    for line in text.split("\n"):
        bare = line.lstrip("> ")
        if bare.startswith("```"):
            run = bare[: len(bare) - len(bare.lstrip("`"))]
            fence = run if not fence else "" if run == fence and bare == run else fence
        if line or fence or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip("\n") + "\n"


def escaped_only(value: object) -> object:
    """Let through what has passed an escaper; anything else is a fault of ours, not text for a page."""
    if isinstance(value, Safe):
        return value
    raise TypeError(f"a value of {type(value).__name__} came to the Markdown template without an escaper")
