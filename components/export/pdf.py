"""A picture as PDF: one page of its size, real text, fonts inside, tagged."""

from __future__ import annotations

import re

import typst

from components.export.fonts import FOLDER

# 1 px is 1/96 inch, 0.75 pt.
_DOCUMENT = """#set document(title: {title}, author: "Parley", date: none)
#set page(width: {width}pt, height: {height}pt, margin: 0pt)
#image("picture.svg", width: {width}pt, height: {height}pt, alt: {alt})
"""


def pdf(svg: str, width: int, height: int, *, title: str, alt: str) -> bytes:
    """The SVG, `width` × `height` px, as a PDF. Equal input gives equal bytes."""
    document = _DOCUMENT.format(
        width=width * 0.75, height=height * 0.75, title=_string(title), alt=_string(alt)
    )
    compiler = typst.Compiler(
        {"main.typ": document.encode(), "picture.svg": svg.encode()},
        font_paths=[str(FOLDER)],
        ignore_system_fonts=True,
    )
    return compiler.compile(format="pdf", timestamp=0)


def _string(text: str) -> str:
    return '"' + re.sub(r'(["\\])', r"\\\1", " ".join(text.split())) + '"'
