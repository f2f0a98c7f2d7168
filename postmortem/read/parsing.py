"""Text to tree: the parser's events become texts, maps and lists, and nothing is typed by its looks."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Any

from postmortem.ground.budget import TooSlow
from postmortem.ground.finding import Finding
from postmortem.ground.place import Span
from postmortem.ground.source_text import SourceText
from postmortem.read.building import Tree
from postmortem.read.door import text_to_parse
from postmortem.read.gathering import Gathered
from postmortem.read.nodes import Document, Node
from postmortem.read.refusals import Refused


def read(
    source: SourceText, *, bidi: bool = False, pure: bool = False
) -> tuple[Document | None, tuple[Finding, ...]]:
    """Return the tree of a log's text, and all that is wrong with it as YAML.

    What can be read past (a key that stands twice, a tag, an anchor, a character that is not allowed) is
    reported and the tree is still made; it is None where the text breaks off, is too large or says
    nothing. ``bidi`` lets in characters that turn the direction of text; ``pure`` takes the parser written
    in Python even where the faster one is there, and comes to the same answer.
    """
    gathered = Gathered()
    body = text_to_parse(source, gathered, bidi=bidi)
    tree = Tree(body, gathered, bidi=bidi)
    # A tree is many objects and no circles: collecting garbage while it grows finds nothing and costs half.
    collecting = gc.isenabled()
    gc.disable()
    try:
        root = _root(body, tree, gathered, pure)
    except TooSlow as slow:
        raise slow.keep(gathered.all()) from None
    finally:
        if collecting:
            gc.enable()
    return (Document(source, root) if root is not None else None), gathered.all()


def _root(body: str, tree: Tree, gathered: Gathered, pure: bool) -> Node | None:
    from yaml import YAMLError

    try:
        tree.feed(_events(body, pure))
    except Refused as refused:
        tree.abandon()
        tree.anchors.tell(gathered)
        gathered.add(refused.finding)
        return None
    except (YAMLError, ValueError, OverflowError) as error:
        from postmortem.read.syntax import explain

        tree.abandon()
        finding = explain(body, error, tree.last_text(), tree.open_bracket())
        assert isinstance(finding.at, Span)  # it is about the text: there is no tree yet
        tree.anchors.tell(gathered, finding.at.line)
        gathered.add(finding)
        return None
    return tree.root()


def _events(body: str, pure: bool) -> Callable[[], Any]:
    if not pure:
        try:
            from yaml._yaml import CParser

            return CParser(body).get_event
        except ImportError:
            pass
    from postmortem.read.pure import PureParser

    return PureParser(body).get_event
