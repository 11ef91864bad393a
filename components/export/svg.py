"""Plotly's SVG made fit for a desk: named groups, plain fonts, no web habits."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from components.export.fonts import SANS_STACK, SERIF_STACK

SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"

# The layers of the map by the beginnings of their traces' names: in a vector
# editor they are picked by these ids.
_LAYERS = (
    ("Other countries", "countries"),
    ("Oblast borders", "oblasts"),
    ("Occupied", "occupied"),
    ("Front line", "line"),
    ("Gained", "gained"),
    ("Recovered", "lost"),
    ("Cities", "cities"),
    ("Inset", "inset"),
)

_FAMILY = re.compile(r"font-family:[^;]*")
_SHADOW = re.compile(r"text-shadow:[^;]*?(#[0-9A-Fa-f]{6}|rgba?\([^)]*\))[^;]*;?")
# Settings for a live page; the first would keep strokes from being scaled.
_DROPPED = re.compile(
    r"(vector-effect|pointer-events|cursor|white-space|user-select|-webkit-[a-z-]+): ?[^;]*;? ?"
)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def parts(text: str, trace_names: Sequence[str]) -> list[Element]:
    """The contents of Plotly's SVG, cleaned. `trace_names` in drawing order."""
    root = ElementTree.fromstring(_ILLEGAL.sub("", text))
    for element in root.iter():
        _clean(element)
    _name_traces(root, trace_names)
    for layer in root.iter(f"{{{SVG}}}g"):
        if layer.get("class") == "infolayer":
            _gather_labels(layer)
    return list(root)


def element(tag: str, parent: Element | None = None, **attributes: object) -> Element:
    """A new SVG element; `_` in a name stands for `-`, numbers are written short."""
    plain = {
        name.rstrip("_").replace("_", "-"): _short(value)
        for name, value in attributes.items()
    }
    made = Element(f"{{{SVG}}}{tag}", plain)
    if parent is not None:
        parent.append(made)
    return made


def written(root: Element) -> str:
    # Prefixes are the process's: whoever took '' since would make this an <ns0:svg>.
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", _XLINK)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(
        root, encoding="unicode"
    )


def _short(value: object) -> str:
    return (
        f"{value:.2f}".rstrip("0").rstrip(".")
        if isinstance(value, float)
        else str(value)
    )


def _clean(element: Element) -> None:
    for name in ("data-unformatted", "data-math", "data-bb", "data-notex"):
        element.attrib.pop(name, None)
    style = element.get("style")
    if style is None:
        return
    if "text-shadow" in style:
        halo = _SHADOW.search(style)
        style = _SHADOW.sub("", style)
        if halo:
            # A halo that vector editors and PDF know, unlike a shadow.
            style = style.rstrip("; ") + (
                f"; paint-order: stroke; stroke: {halo[1]}; stroke-width: 3px; "
                "stroke-linejoin: round"
            )
    if "font-family" in style:
        serif = "serif" in style and "sans-serif" not in style
        stack = SERIF_STACK if serif else SANS_STACK
        style = _FAMILY.sub(lambda _: f"font-family: {stack}", style)
    style = _DROPPED.sub("", style).strip("; ")
    if style:
        element.set("style", style)
    else:
        del element.attrib["style"]


def _name_traces(root: Element, names: Sequence[str]) -> None:
    groups = [
        g
        for g in root.iter(f"{{{SVG}}}g")
        if g.get("class", "").startswith("trace scatter")
    ]
    if len(groups) != len(names):
        return
    taken = set()
    for group, name in zip(groups, names, strict=True):
        layer = next((i for start, i in _LAYERS if name.startswith(start)), None)
        if layer and layer not in taken:
            group.set("id", layer)
            taken.add(layer)


def _gather_labels(layer: Element) -> None:
    labels = [g for g in layer if g.get("class") == "annotation"]
    if not labels:
        return
    gathered = element("g", id="labels")
    layer.insert(list(layer).index(labels[0]), gathered)
    for label in labels:
        layer.remove(label)
        gathered.append(label)
