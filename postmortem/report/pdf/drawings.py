"""Drawings made to stand alone: a PDF's drawings see neither the page's style nor each other's shapes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

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


def drawn_alone(root: Any) -> None:
    """Give every drawing of a page (an element tree) its colours as attributes and its shapes as copies.

    Drawings and parts of them that are not shown in print are taken out; of the style stays what holds there.
    """
    import cssselect2

    styles = [one for one in root.iter("style") if one.text]
    for style in styles:
        style.text = for_print(style.text)
    matcher = _matcher("".join(style.text for style in styles))
    _dress(cssselect2.ElementWrapper.from_html_root(root), matcher, {})
    for parent in list(root.iter()):
        for child in list(parent):
            if str(child.tag).startswith(_SVG) and child.get("display") == "none":
                parent.remove(child)
    shapes = {one.get("id"): one for one in root.iter() if one.get("id") and str(one.tag).startswith(_SVG)}
    for drawing in list(root.iter(f"{_SVG}svg")):
        _use(drawing, shapes)
        _define(drawing, shapes)


def for_print(style: str) -> str:
    """Return a page's rules as they hold in print: none for screens, and none that ask what stands below.

    What asks so (`:has`) switches what a reader switches; looking for it at every element takes minutes.
    """
    import tinycss2

    out: list[str] = []
    later: list[str] = []
    for rule in tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            out.append(_kept(rule))
        elif rule.type == "at-rule" and tinycss2.serialize(rule.prelude).strip() == "print":
            later += [
                _kept(one) if one.type == "qualified-rule" else one.serialize()
                for one in tinycss2.parse_blocks_contents(rule.content)
                if one.type in ("qualified-rule", "at-rule")
            ]
    return "".join(out + later)


def _kept(rule: Any) -> str:
    import tinycss2

    selectors, depth = [""], 0
    for token in tinycss2.serialize(rule.prelude):
        depth += (token in "([") - (token in ")]")
        if token == "," and not depth:
            selectors.append("")
        else:
            selectors[-1] += token
    kept = [one for one in selectors if ":has(" not in one]
    return f"{','.join(kept)}{{{tinycss2.serialize(rule.content)}}}" if kept else ""


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


def _dress(wrapper: Any, matcher: Any, above: Variables) -> None:
    """Set what the style says of each part of a drawing; variables come down from ``above``."""
    variables = dict(above)
    found: dict[str, tuple[str, bool]] = {}
    for *_, declared in matcher.match(wrapper):
        for name, (value, important) in declared.items():
            if name.startswith("--"):
                variables[name] = value
            elif important or not found.get(name, ("", False))[1]:
                found[name] = (value, important)
    element = wrapper.etree_element
    if str(element.tag).startswith(_SVG):
        for name, (value, _) in found.items():
            element.set(name, _resolved(value, variables))
        if element.tag == f"{_SVG}text":
            # The pale rim of a label is to lie under its letters; here it would lie on them.
            element.attrib.pop("stroke", None)
    for child in wrapper.iter_children():
        _dress(child, matcher, variables)


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
