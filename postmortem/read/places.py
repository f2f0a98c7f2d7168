"""Places: the one way from a route, or a finding, to lines and columns."""

from __future__ import annotations

from postmortem.ground.finding import Diagnostic, Finding, Note, severity_of
from postmortem.ground.place import Place, Route, Span
from postmortem.ground.source_text import SourceText
from postmortem.read.nodes import Document, Mapping, Node, Scalar, Sequence

_START = Span(1, 1, 1, 2)


def locate(finding: Finding, source: SourceText, document: Document | None) -> Diagnostic:
    """Return a finding with its places as spans of ``source``; without a document a route is its start."""
    return Diagnostic(
        finding.code,
        severity_of(finding.code),
        finding.message,
        source.file,
        _visible(_span(finding.at, document), source),
        finding.label,
        finding.help,
        tuple(
            Note(one.message, source.file, _visible(_span(one.at, document), source))
            for one in finding.related
        ),
    )


def span_of(document: Document, place: Place) -> Span:
    """Return where a place stands in a document's text.

    A route that goes further than the text stops at the last value there is on its way. A value that is
    left empty has the place of its key. ``start`` and ``end`` of a spot narrow the place where the text
    inside a scalar can be matched with what is written, else the whole scalar is the place.
    """
    if isinstance(place, Span):
        return place
    key, node, arrived = _walk(document, place.route)
    if place.key and key is not None and arrived:
        return key.span
    if not isinstance(node, Scalar):
        return node.span
    if node.span[:2] == node.span[2:]:
        return key.span if key is not None else _visible(node.span, document.source)
    if (place.start is None and place.end is None) or not arrived:
        return node.span
    return document.written(node).part(place.start, place.end)


def _span(place: Place, document: Document | None) -> Span:
    if isinstance(place, Span):
        return place
    return _START if document is None else span_of(document, place)


def _walk(document: Document, route: Route) -> tuple[Scalar | None, Node, bool]:
    """Return the last key and value on a route, and whether the route goes no further than the value."""
    key: Scalar | None = None
    node = document.root
    for step in route:
        if isinstance(node, Mapping):
            entry = document.entry(node, step)
            if entry is None:
                return key, node, False
            key, node = entry
        elif isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
            key, node = None, node.items[step]
        else:
            return key, node, False
    return key, node, True


def _visible(span: Span, source: SourceText) -> Span:
    """Return a span with room for a caret: one column where it has none."""
    if span[:2] != span[2:]:
        return span
    line, column = span.line, span.column
    if column > 1 and column > len(source.line(line)):
        column -= 1
    return Span(line, column, line, column + 1)
