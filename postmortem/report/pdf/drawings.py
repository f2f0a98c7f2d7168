"""Drawings made to stand alone: a PDF's drawings see neither the page's style nor each other's shapes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from postmortem.report.pdf.paper import for_print

_SVG = "{http://www.w3.org/2000/svg}"
_PROPERTIES = frozenset(
    (
        *("fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin"),
        *("stroke-opacity", "opacity", "mask", "display", "text-anchor"),
        *("font-size", "font-weight", "font-style", "font-family"),
    )
)
_VARIABLE = re.compile(r"var\((--\w+)(?:,((?:[^()]|\([^()]*\))*))?\)")
_SHAPE = re.compile(r"url\(#([\w-]+)\)")

Variables = Mapping[str, str]


def drawn_alone(root: Any, paper: str = "") -> None:
    """Give every drawing of a page (an element tree) its colours as attributes and its shapes as copies.

    What is not shown in print is taken out. The page's style stays as it holds in print, or gives way to
    ``paper``, the rules for all that is no drawing.
    """
    import cssselect2

    styles = [one for one in root.iter("style") if one.text]
    for style in styles:
        style.text = for_print(style.text)
    drawn = _matcher("".join(style.text for style in styles))
    boxes = drawn
    if paper:
        boxes = _matcher(paper)
        for style in styles:
            style.text = ""
        styles[0].text = paper
    _dress(cssselect2.ElementWrapper.from_html_root(root), drawn, boxes, {})
    shapes = {one.get("id"): one for one in root.iter() if one.get("id") and str(one.tag).startswith(_SVG)}
    for drawing in list(root.iter(f"{_SVG}svg")):
        _use(drawing, shapes)
        _define(drawing, shapes)


def _matcher(style: str) -> Any:
    import cssselect2
    import tinycss2

    matcher = cssselect2.Matcher()
    for rule in tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue
        declared = {
            one.name: (tinycss2.serialize(one.value).strip(), one.important)
            for one in tinycss2.parse_blocks_contents(rule.content)
            if one.type == "declaration" and (one.name.startswith("--") or one.name in _PROPERTIES)
        }
        try:
            selectors = cssselect2.compile_selector_list(rule.prelude) if declared else []
        except cssselect2.SelectorError:
            continue
        for selector in selectors:
            if selector.pseudo_element is None:
                matcher.add_selector(selector, declared)
    return matcher


def _dress(wrapper: Any, drawn: Any, boxes: Any, above: Variables) -> bool:
    """Set what the style says of each part of a drawing; variables come down from ``above``.

    Returns whether the part is not shown at all; what is below it is then left as it is.
    """
    element = wrapper.etree_element
    drawing = str(element.tag).startswith(_SVG)
    variables, found = dict(above), _declared(drawn, wrapper)
    shown = found if drawing or boxes is drawn else _declared(boxes, wrapper)
    if shown.get("display") == "none":
        return True
    variables |= {name: value for name, value in found.items() if name.startswith("--")}
    if drawing:
        for name, value in found.items():
            if not name.startswith("--"):
                element.set(name, _resolved(value, variables))
        if element.tag == f"{_SVG}text":
            # The pale rim of a label is to lie under its letters; here it would lie on them.
            element.attrib.pop("stroke", None)
    for child in list(wrapper.iter_children()):
        if _dress(child, drawn, boxes, variables):
            _take_out(element, child.etree_element)
    return False


def _declared(matcher: Any, wrapper: Any) -> dict[str, str]:
    """Return what holds of a part: the later and the more exact rule wins, and an important one over both."""
    found: dict[str, tuple[str, bool]] = {}
    for *_, declared in matcher.match(wrapper):
        for name, (value, important) in declared.items():
            if important or not found.get(name, ("", False))[1]:
                found[name] = (value, important)
    return {name: value for name, (value, _) in found.items()}


def _take_out(parent: Any, child: Any) -> None:
    """Remove a part, and leave the text that follows it."""
    place = list(parent).index(child)
    if child.tail:
        if place:
            parent[place - 1].tail = (parent[place - 1].tail or "") + child.tail
        else:
            parent.text = (parent.text or "") + child.tail
    parent.remove(child)


def _resolved(value: str, variables: Variables) -> str:
    """Return a value without variables; one that is not set and has no other value is none."""
    for _ in range(8):
        value, many = _VARIABLE.subn(lambda one: variables.get(one[1], one[2] or "none"), value)
        if not many:
            break
    return value


def _use(drawing: Any, shapes: Mapping[str, Any]) -> None:
    """Put copies of shapes where a drawing only names them."""
    for parent in list(drawing.iter()):
        for place, child in enumerate(list(parent)):
            shape = shapes.get((child.get("href") or "").removeprefix("#"))
            if child.tag != f"{_SVG}use" or shape is None:
                continue
            copy = deepcopy(shape)
            copy.attrib.pop("id")
            for name in _PROPERTIES & set(child.keys()):
                copy.set(name, child.get(name))
            copy.set("transform", f"translate({child.get('x', '0')} {child.get('y', '0')})")
            copy.tail = child.tail
            parent[place] = copy


def _define(drawing: Any, shapes: Mapping[str, Any]) -> None:
    """Put the patterns, masks and gradients that a drawing names into it."""
    wanted, seen = _named(drawing), set[str]()
    while wanted:
        name = wanted.pop()
        if name in seen or name not in shapes:
            continue
        seen.add(name)
        wanted |= _named(shapes[name])
    if seen:
        home = drawing.makeelement(f"{_SVG}defs", {})
        home.extend(deepcopy(shapes[name]) for name in sorted(seen))
        drawing.insert(0, home)


def _named(part: Any) -> set[str]:
    values = (value for one in part.iter() for value in one.attrib.values())
    return {name for value in values for name in _SHAPE.findall(value)}
