"""Harnesses of whole logs: their judgement, their arranging, their comparison, their public version."""

from __future__ import annotations

import re
from typing import Any

from postmortem.cli.versions import Versions, comparison_of
from postmortem.flow import Judged, judge
from postmortem.ground.record import replace
from postmortem.ground.source_text import SourceText
from postmortem.model.public_scope import LISTS, SECTIONS
from postmortem.model.stated import Stated
from postmortem.model.stating import Stating
from postmortem.read import Mapping, Node, Scalar, read
from postmortem.review.as_json import as_json
from postmortem.review.layout.arrange import arranged
from postmortem.review.markdown import markdown
from postmortem.review.text import text as as_text
from tests.fuzz.outputs import findings_of, outputs_of
from tests.fuzz.promises import answered, read_alike, repeated
from tests.fuzz.structure import sound

SEPARATOR = b"\n=====\n"
"""Stands between the two logs of one comparison."""
MARK = re.compile(r"zq\w+")
"""Words of the kept logs that are looked for in what is public: nothing of ours looks like them."""


def loader(data: bytes) -> None:
    """Any bytes are judged: with places, alike when asked again, and by both parsers."""
    one = answered(data)
    repeated(one, data)
    read_alike(data)
    sound(findings_of(one))


def render(data: bytes) -> None:
    """A sound log becomes every output there is, and none loses its structure by the texts in it."""
    one = judge("log.yaml", data, None)
    if one.sound:
        sound(outputs_of(one))


def fmt(data: bytes) -> None:
    """A log that can be read is arranged: once is enough, and it says the same."""
    one = judge("log.yaml", data, None)
    unread = any(found.code.startswith("PM1") and found.severity == "error" for found in one.diagnostics)
    if one.document is None or unread:
        return
    text = arranged(one.document)
    document, findings = read(SourceText("log.yaml", text))
    assert document is not None
    assert not findings, "arranged into what cannot be read"
    assert tree(document.root) == tree(one.document.root), "arranged into another tree"
    assert arranged(document) == text, "arranged anew when asked again"
    again = judge("log.yaml", text.encode("utf-8"), None)
    said, now = ([found.code for found in each.diagnostics] for each in (one, again))
    assert sorted(said) == sorted(now), "arranged into another judgement"
    if one.metrics is not None:
        assert comparison_of(Versions(one, again)).same, "arranged into another meaning"
    if one.sound:
        _sorted(one)


def _sorted(one: Judged) -> None:
    assert one.metrics is not None
    assert one.document is not None
    timeline = one.metrics.timeline
    text = arranged(one.document, [event.index for event in (*timeline.events, *timeline.undated)])
    again = judge("log.yaml", text.encode("utf-8"), None)
    assert comparison_of(Versions(one, again)).same, "sorted into another meaning"


def tree(node: Node) -> Any:
    """Return a node as plain maps, lists and texts; maps without their order."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {key.text: tree(value) for key, value in node.entries}
    return [tree(one) for one in node.items]


def diff(data: bytes) -> None:
    """Two logs are compared in every form; with itself each is the same, and what came there went there."""
    old, _, new = data.partition(SEPARATOR)
    first, second = (judge(name, one, None) for name, one in (("old.yaml", old), ("new.yaml", new)))
    there, back = comparison_of(Versions(first, second)), comparison_of(Versions(second, first))
    assert there.same == back.same, "the same in one direction only"
    for one in (first, second):
        if one.metrics is not None:
            assert comparison_of(Versions(one, one)).same, "not the same as itself"
    alone = (comparison_of(Versions(None, second)), comparison_of(Versions(first, None)))
    for compared in (there, back, *alone):
        assert as_text([compared], columns=80, ascii_only=False, colour=False).endswith("\n")
        assert markdown([compared], report_link=None).endswith("\n")
        assert as_json([compared]).endswith("\n")


def audience(data: bytes) -> None:
    """The public version of a log, where there is one, holds no word that only internal parts hold."""
    one = answered(data, "public")
    whole = judge("log.yaml", data, None)
    assert whole.sound or not one.sound, "public though the log has errors"
    if not one.sound:
        return
    assert whole.incident is not None
    secret = _marks(_internal(whole.incident)) - _marks(_public(whole.incident))
    for name, text in outputs_of(one).items():
        told = set(MARK.findall(text)) & secret
        assert not told, f"{name} tells {told}"


def _internal(incident: Any) -> list[Any]:
    return [part for part, public in _parts(incident) if not public]


def _public(incident: Any) -> list[Any]:
    return [part for part, public in _parts(incident) if public]


def _parts(incident: Any) -> list[tuple[Any, bool]]:
    """Return the parts of a log that carry an audience, and whether they are public; and all the rest, as it.

    Of an event the claims are parts of their own, which are public at most as far as the event is.
    """
    default = incident.audience == "public"

    def is_public(part: Any) -> bool:
        return default if part.audience is None else bool(part.audience == "public")

    found: list[tuple[Any, bool]] = []
    for name in (*SECTIONS, "lessons"):
        if (part := getattr(incident, name)) is not None:
            found.append((part, is_public(part)))
    for part in (*incident.sources.values(), *(one for name in LISTS for one in getattr(incident, name))):
        found.append((part, is_public(part)))
    for event in incident.timeline:
        found.append((replace(event, claims=()), is_public(event)))
        found += [(claim, is_public(event) and is_public(claim)) for claim in event.claims]
    # People, measures, components, the head: nothing of theirs is expected to be taken out by this harness.
    taken = {*SECTIONS, *LISTS, "lessons", "sources", "timeline"}
    rest = {name: value for name, value in vars(incident).items() if name not in taken}
    return [*found, (rest, True), (list(incident.sources), True)]


def _marks(value: Any) -> set[str]:
    if isinstance(value, str):
        return set(MARK.findall(value))
    if isinstance(value, Stated):
        return _marks(value.text)
    if isinstance(value, Stating):
        value = vars(value)
    inner = [*value.keys(), *value.values()] if isinstance(value, dict) else value
    return {one for part in inner for one in _marks(part)} if isinstance(inner, list | tuple) else set()
