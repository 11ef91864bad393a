"""The typefaces of the pictures, shipped so that every machine draws the same.

Source Sans 3 and Source Serif 4 by Adobe, unaltered, under the SIL Open Font
License 1.1 (licences beside the files). The browser and typst see these fonts
and no others, so that nothing falls back to what a machine happens to have.
"""

from __future__ import annotations

import re
import tempfile
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

from PIL import ImageFont

FOLDER = Path(__file__).with_name("fonts")

SANS = "Source Sans 3"
SERIF = "Source Serif 4"

# The stack in a file: the names of the shipped fonts, of older releases that an
# editor may have, and a generic family.
SANS_STACK = "'Source Sans 3', 'Source Sans Pro', 'Source Sans', Arial, sans-serif"
SERIF_STACK = "'Source Serif 4', 'Source Serif Pro', 'Source Serif', Georgia, serif"

Face = Literal["sans", "sans-semibold", "sans-bold", "serif-semibold"]

_FILES: dict[Face, str] = {
    "sans": "SourceSans3-Regular.ttf",
    "sans-semibold": "SourceSans3-Semibold.ttf",
    "sans-bold": "SourceSans3-Bold.ttf",
    "serif-semibold": "SourceSerif4-Semibold.ttf",
}

# What one line must hold: a number and its unit, a day and its month.
TOGETHER = re.compile(
    r"([+−±]?\d[\d,.]*) (km²|km|miles|sq mi|January|February|March|April|May|June|July|August|"
    r"September|October|November|December)\b"
)

_MEASURED_AT = 200  # px; advance widths scale, hinting is off

_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <alias><family>serif</family><prefer><family>{serif}</family></prefer></alias>
  <match target="pattern">
    <edit name="family" mode="append_last" binding="weak"><string>{sans}</string></edit>
  </match>
</fontconfig>
"""


def length(text: str, face: Face, size: float) -> float:
    """Width of the text in px at this size, as browser and typst set it; a
    hundredth is added for machines where Pillow cannot kern."""
    return _advance(text, face) * size / _MEASURED_AT * 1.01


def wrapped(text: str, face: Face, size: float, width: float) -> list[str]:
    """The text in lines no wider than `width` px.

    A number stays with its unit and a day with its month. A word that is wider
    than a line (an address) is cut where it must be.
    """
    lines: list[str] = []
    line = ""
    for word in together(text).split(" "):
        tried = f"{line} {word}" if line else word
        if length(tried, face, size) <= width:
            line = tried
            continue
        if line:
            lines.append(line)
        line = word
        while length(line, face, size) > width and len(line) > 1:
            fit = len(line) - 1
            while fit > 1 and length(line[:fit], face, size) > width:
                fit -= 1
            # An address is broken between its parts rather than in a date.
            fit = max(line.rfind(mark, 0, fit) + 1 for mark in "/?&") or fit
            lines.append(line[:fit])
            line = line[fit:]
    return [*lines, line] if line else lines


def together(text: str) -> str:
    """The text with the spaces that no line may end at."""
    return TOGETHER.sub("\\1\u00a0\\2", text)


def baseline(face: Face, leading: float) -> float:
    """How far below a line's top its letters stand, in parts of the size of type.

    As browsers place them: what `leading` adds goes half above, half below.
    """
    ascent, descent = (part / _MEASURED_AT for part in _font(face).getmetrics())
    return (leading - ascent - descent) / 2 + ascent


@cache
def fontconfig_file() -> Path:
    """A fontconfig file that knows the shipped fonts and nothing else."""
    folder = Path(tempfile.gettempdir()) / "parley-fonts"
    folder.mkdir(exist_ok=True)
    path = folder / "fonts.conf"
    text = _CONF.format(
        fonts=escape(str(FOLDER)), cache=escape(str(folder)), serif=SERIF, sans=SANS
    )
    if not path.exists() or path.read_text() != text:
        path.write_text(text)
    return path


@lru_cache(maxsize=4096)
def _advance(text: str, face: Face) -> float:
    return _font(face).getlength(text)


@cache
def _font(face: Face) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FOLDER / _FILES[face], _MEASURED_AT)
