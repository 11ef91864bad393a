"""The PowerPoint's master: 16:9, the product's typefaces and colours, four layouts.

python-pptx's own template gives the parts and their relations; what they hold is
written here, so that nothing of its 4:3 pages and its Calibri is left.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Literal
from xml.sax.saxutils import escape

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import SlideLayout
from pptx.util import Emu

from components.briefing.layout import HEIGHT, WIDTH
from components.export.fonts import SANS, SERIF
from components.theme.palette import SIDE, SURFACE, Theme

EMU = 6350  # a px of 1920 on a page 13.333 in wide
POINTS = 0.5  # a px of type

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day a zip knows

Layout = Literal["Text", "Chart", "Chart with text", "Table"]

_NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)

# The classes by which a machine without the fonts finds a serif and a sans of a
# like weight and width (PANOSE of the OS/2 tables; family and pitch as in Windows).
PANOSE: Mapping[str, str] = MappingProxyType(
    {
        SERIF: 'panose="02040603050405020204" pitchFamily="18" charset="0"',
        SANS: 'panose="020B0503030403020204" pitchFamily="34" charset="0"',
    }
)

_ACCENTS = ("ukraine", "russia", "united_states", "turkiye", "europe", "other")

_ABOUT = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns='
    '"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Parley</Application><PresentationFormat>Widescreen"
    "</PresentationFormat></Properties>"
)

# Placeholders: index in the layout → name, type, place in px, size, colour.
TITLE, SUBTITLE, AS_OF, NUMBER, SOURCE, BODY, SIDE_BODY = 0, 10, 11, 12, 13, 14, 15
_PLACES: Mapping[int, tuple[str, str, tuple[int, int, int, int], int, str]] = (
    MappingProxyType(
        {
            TITLE: ("Title", "title", (84, 112, 1752, 70), 60, "tx1"),
            SUBTITLE: ("Subtitle", "body", (84, 190, 1752, 35), 30, "tx2"),
            AS_OF: ("As of", "body", (84, 56, 700, 40), 28, "tx2"),
            NUMBER: ("Section and number", "body", (936, 56, 900, 40), 28, "tx2"),
            SOURCE: ("Source", "body", (84, 1017, 1752, 29), 24, "tx2"),
        }
    )
)
_PROMPTS = {
    TITLE: "What is found",
    SUBTITLE: "Unit, scope, day",
    AS_OF: "As of",
    NUMBER: "Section",
    SOURCE: "Who says so",
}
_WHOLE, _LEFT, _RIGHT = (
    (84, 258, 1752, 722),
    (84, 258, 1128, 722),
    (1276, 258, 560, 722),
)
_BODIES: Mapping[Layout, tuple[tuple[int, str, str, tuple[int, int, int, int]], ...]] = (
    MappingProxyType(
        {
            "Text": ((BODY, "Text", "body", _WHOLE),),
            "Chart": ((BODY, "Chart", "chart", _WHOLE),),
            "Chart with text": (
                (BODY, "Chart", "chart", _LEFT),
                (SIDE_BODY, "Text", "body", _RIGHT),
            ),
            "Table": ((BODY, "Table", "tbl", _WHOLE),),
        }
    )
)  # fmt: skip


def blank(theme: Theme) -> Deck:
    """A presentation without slides, in the theme's colours."""
    return Presentation(io.BytesIO(_template(theme)))


@cache
def _template(theme: Theme) -> bytes:
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH * EMU, HEIGHT * EMU
    deck.part._element.find(qn("p:sldSz")).attrib.pop("type", None)
    layouts = list(deck.slide_layouts)
    for unused in layouts[len(_BODIES) :]:
        deck.slide_layouts.remove(unused)
    for found, name in zip(layouts, _BODIES, strict=False):
        _fill(found.part, _layout(name))
    master = deck.slide_master.part
    listed = master._element.find(qn("p:sldLayoutIdLst"))
    _notes_page(deck)
    _themed(master, theme)
    _fill(master, _master(theme, etree.tostring(listed).decode()))
    _without(deck.part, RT.PRINTER_SETTINGS, RT.VIEW_PROPS)
    _without(deck.part.package, RT.THUMBNAIL)
    for part in deck.part.package.iter_parts():
        if part.partname == "/docProps/app.xml":
            part._blob = _ABOUT.encode()
    body = io.BytesIO()
    deck.save(body)
    return body.getvalue()


def _notes_page(deck: Deck) -> None:
    """The page for print: white, the slide in its own proportions, notes below."""
    notes = deck.notes_master
    _themed(notes.part, "print")
    for shape in notes.placeholders:
        if shape.placeholder_format.type == PP_PLACEHOLDER.SLIDE_IMAGE:
            shape.left, shape.top = Emu(685_800), Emu(685_800)
            shape.width, shape.height = Emu(5_486_400), Emu(3_086_100)
        elif shape.placeholder_format.type == PP_PLACEHOLDER.BODY:
            shape.top, shape.height = Emu(4_000_500), Emu(4_457_700)
            shape.text_frame.text = "Notes"
        elif shape.placeholder_format.type == PP_PLACEHOLDER.DATE:
            shape.text_frame.text = ""
    # python-pptx relates the notes' master and does not list it.
    relation = deck.part.relate_to(notes.part, RT.NOTES_MASTER)
    listed = parse_xml(
        f'<p:notesMasterIdLst {_NAMESPACES}><p:notesMasterId r:id="{relation}"/>'
        "</p:notesMasterIdLst>"
    )
    deck.part._element.find(qn("p:sldMasterIdLst")).addnext(listed)


def _without(holder: Any, *kinds: str) -> None:
    """Leave out what the default template brings of these kinds."""
    relations = holder._rels
    for name in [n for n, found in relations.items() if found.reltype in kinds]:
        relations.pop(name)


def emu(px: float) -> Emu:
    return Emu(round(px * EMU))


def fixed(package: bytes, changed: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    """The zip with `changed` members and without the time of its making."""
    body = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as found,
        zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in found.namelist():
            member = zipfile.ZipInfo(name, _LONG_AGO)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            made.writestr(member, changed.get(name) or found.read(name))
    return body.getvalue()


def layout(deck: Deck, name: Layout) -> SlideLayout:
    return next(found for found in deck.slide_layouts if found.name == name)


def _fill(part: Any, xml: str) -> None:
    part._element = parse_xml(xml)


def _themed(part: Any, theme: Theme) -> None:
    found = part.part_related_by(RT.THEME)
    if hasattr(found, "_element"):
        _fill(found, _theme(theme))
    else:
        found._blob = _theme(theme).encode()


def _colours(theme: Theme) -> dict[str, str]:
    """The theme's twelve. In the dark the pairs change places (clrMap)."""
    of, side = SURFACE[theme], SIDE[theme]
    dark = theme == "dark"
    pairs = {
        "dk1": of["paper"] if dark else of["ink"],
        "lt1": of["ink"] if dark else of["paper"],
        "dk2": of["chip"] if dark else of["text2"],
        "lt2": of["text2"] if dark else of["chip"],
    }
    accents = {f"accent{n}": side[name] for n, name in enumerate(_ACCENTS, 1)}
    return {**pairs, **accents, "hlink": of["accent"], "folHlink": of["muted"]}


def _map(theme: Theme) -> str:
    light = 'bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2"'
    dark = 'bg1="dk1" tx1="lt1" bg2="dk2" tx2="lt2"'
    accents = " ".join(f'accent{n}="accent{n}"' for n in range(1, 7))
    return (
        f"<p:clrMap {dark if theme == 'dark' else light} {accents} "
        'hlink="hlink" folHlink="folHlink"/>'
    )


def _theme(theme: Theme) -> str:
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{colour[1:]}"/></a:{name}>'
        for name, colour in _colours(theme).items()
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:theme {_NAMESPACES.split(" ")[0]} name="Parley">'
        f'<a:themeElements><a:clrScheme name="Parley {theme}">{colours}</a:clrScheme>'
        '<a:fontScheme name="Parley">'
        f'<a:majorFont><a:latin typeface="{SERIF}" {PANOSE[SERIF]}/><a:ea typeface=""/><a:cs typeface=""/>'
        f'</a:majorFont><a:minorFont><a:latin typeface="{SANS}" {PANOSE[SANS]}/><a:ea typeface=""/>'
        '<a:cs typeface=""/></a:minorFont></a:fontScheme><a:fmtScheme name="Parley">'
        f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst>"
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )


_GROUP = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
    '<p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/>'
    '<a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)
_FLAT = '<a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0"><a:noAutofit/></a:bodyPr>'


def _placeholder(
    n: int,
    index: int,
    name: str,
    kind: str,
    place: tuple[int, int, int, int],
    style: str,
    prompt: str,
) -> str:
    x, y, wide, high = (part * EMU for part in place)
    idx = f' idx="{index}"' if index else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{n}" name="{name}"/><p:cNvSpPr>'
        f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{kind}"{idx}/></p:nvPr>'
        f'</p:nvSpPr><p:spPr><a:xfrm><a:off x="{x}" y="{y}"/>'
        f'<a:ext cx="{wide}" cy="{high}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        f"</a:prstGeom></p:spPr><p:txBody>{_FLAT}<a:lstStyle>{style}</a:lstStyle>"
        f'<a:p><a:r><a:rPr lang="en-GB"/><a:t>{escape(prompt)}</a:t></a:r></a:p>'
        "</p:txBody></p:sp>"
    )


def _level(size: float, colour: str, *, align: str = "l") -> str:
    return (
        f'<a:lvl1pPr marL="0" indent="0" algn="{align}"><a:buNone/>'
        f'<a:defRPr sz="{round(size * POINTS * 100)}">'
        f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill></a:defRPr></a:lvl1pPr>'
    )


def _layout(name: Layout) -> str:
    shapes = [
        _placeholder(
            n, index, said, kind, place,
            _level(size, colour, align="r" if index == NUMBER else "l"), _PROMPTS[index],
        )
        for n, (index, (said, kind, place, size, colour)) in enumerate(_PLACES.items(), 2)
    ]  # fmt: skip
    shapes += [
        _placeholder(n, index, said, kind, place, _level(30, "tx1"), said)
        for n, (index, said, kind, place) in enumerate(_BODIES[name], 2 + len(_PLACES))
    ]
    return (
        f'<p:sldLayout {_NAMESPACES} preserve="1" userDrawn="1">'
        f'<p:cSld name="{name}"><p:spTree>{_GROUP}{"".join(shapes)}</p:spTree></p:cSld>'
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def _master(theme: Theme, layouts: str) -> str:
    title, body = _PLACES[TITLE], (84, 258, 1752, 722)
    shapes = _placeholder(2, 0, "Title", "title", title[2], "", _PROMPTS[TITLE])
    shapes += _placeholder(3, 1, "Text", "body", body, "", "Text")
    levels = "".join(
        f'<a:lvl{n}pPr marL="{(n - 1) * 228600}" indent="0" algn="l" rtl="0" '
        'latinLnBrk="0"><a:spcBef><a:spcPts val="600"/></a:spcBef><a:buNone/>'
        '<a:defRPr sz="1500" kern="1200"><a:solidFill><a:schemeClr val="tx1"/>'
        '</a:solidFill><a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/>'
        f'<a:cs typeface="+mn-cs"/></a:defRPr></a:lvl{n}pPr>'
        for n in range(1, 10)
    )
    return (
        f"<p:sldMaster {_NAMESPACES}><p:cSld><p:bg><p:bgPr><a:solidFill>"
        '<a:schemeClr val="bg1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
        f"<p:spTree>{_GROUP}{shapes}</p:spTree></p:cSld>{_map(theme)}{layouts}"
        '<p:txStyles><p:titleStyle><a:lvl1pPr algn="l" rtl="0" latinLnBrk="0">'
        '<a:lnSpc><a:spcPct val="97000"/></a:lnSpc><a:buNone/>'
        '<a:defRPr sz="3000" b="1" kern="1200"><a:solidFill><a:schemeClr val="tx1"/>'
        '</a:solidFill><a:latin typeface="+mj-lt"/><a:ea typeface="+mj-ea"/>'
        '<a:cs typeface="+mj-cs"/></a:defRPr></a:lvl1pPr></p:titleStyle>'
        f"<p:bodyStyle>{levels}</p:bodyStyle><p:otherStyle>{levels}</p:otherStyle>"
        "</p:txStyles></p:sldMaster>"
    )
