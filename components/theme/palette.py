"""Colours by meaning, for a light and a dark surface and for white paper.

Every value comes from the visual specification in docs/visual.md, where its
contrast (WCAG 2) and its distance from the others (CIEDE2000, normal sight and
Machado 2009 deuteranopia, protanopia, tritanopia) were measured; the tests
measure both again.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Theme = Literal["light", "dark", "print"]


def _both(
    rows: dict[str, tuple[str, str]], printed: Mapping[str, str] = MappingProxyType({})
) -> Mapping[Theme, Mapping[str, str]]:
    """Light and dark, and print, stated as its difference from light."""
    light = {name: pair[0] for name, pair in rows.items()}
    return MappingProxyType(
        {
            "light": MappingProxyType(light),
            "dark": MappingProxyType({name: pair[1] for name, pair in rows.items()}),
            "print": MappingProxyType({**light, **printed}),
        }
    )


SURFACE = _both(
    {
        "paper": ("#FBFAF7", "#15181B"),
        "card": ("#FFFFFF", "#1C2024"),
        "chip": ("#F1EEE7", "#262B30"),
        "ink": ("#1A1D21", "#ECEAE4"),
        "text2": ("#4A4F55", "#C3C2BD"),
        "muted": ("#656B72", "#9B9EA1"),
        "rule": ("#D9D6CF", "#3A3F44"),
        "grid": ("#E9E6DF", "#2A2E33"),
        "border": ("#B9B5AB", "#565C62"),
        "accent": ("#0B5A6B", "#7CC7D8"),
        "selected": ("#FFE9B8", "#4A3F22"),
    },
    printed={"paper": "#FFFFFF"},
)

SIDE = _both(
    {
        "ukraine": ("#1D3A73", "#5585E0"),
        "russia": ("#A23420", "#F0795A"),
        "united_states": ("#8E55B5", "#D6BCFF"),
        "turkiye": ("#4E9494", "#62D6BE"),
        "other": ("#5F6368", "#85888B"),
        "research": ("#5F6368", "#85888B"),
        "europe": ("#AD7C20", "#F2AE45"),
        "gulf": ("#A2467A", "#C070B0"),
        "china": ("#6C7545", "#C2E3A3"),
        "un": ("#34798F", "#70A7C2"),
        "holy_see": ("#543A2B", "#B89D8C"),
        "humanitarian": ("#6A8C63", "#5BA548"),
    }
)

# Their contrast on paper is under 4.5: a mark may carry the colour, a word may not.
MARKS_ONLY = frozenset({"turkiye", "europe", "humanitarian"})

# The only sides that may be told apart by colour alone in one chart.
CORE_SIDES = ("ukraine", "russia", "united_states", "turkiye", "other")

MAP = _both(
    {
        "ukraine": ("#FFFFFF", "#2C3136"),
        "land": ("#EFEDE7", "#22262A"),
        "water": ("#DCE5EA", "#0F1418"),
        "occupied": ("#E9CFC3", "#5A3A30"),
        "hatch": ("#D3AF9C", "#754A3C"),
        "gained": ("#A23420", "#F0795A"),
        "recovered": ("#2A6FC0", "#6FA8EE"),
        "line": ("#1A1D21", "#FFFFFF"),
        "casing": ("#FFFFFF", "#2C3136"),
    }
)

MAP_SOURCE = _both(
    {
        "deepstate": ("#1A1D21", "#ECEAE4"),
        "nzz": ("#007A83", "#3FBAC2"),
        "isw": ("#96590A", "#E0A040"),
    }
)

# A map source is told apart by its stroke as well: dash pattern and width in px.
MAP_SOURCE_STROKE = MappingProxyType(
    {"deepstate": ("solid", 2.8), "nzz": ("7px 3px", 2.0), "isw": ("2px 3px", 1.8)}
)


def text_colour(side: str, theme: Theme) -> str:
    """The side's colour where a word may carry it, else ink."""
    if side in MARKS_ONLY:
        return SURFACE[theme]["ink"]
    return SIDE[theme].get(side, SIDE[theme]["other"])


def on_paper(theme: Theme) -> dict[str, str]:
    """A theme's colours that white paper wants changed, each with its twin in print."""
    twins = {
        table[theme][name]: printed
        for table in (SURFACE, SIDE, MAP, MAP_SOURCE)
        for name, printed in table["print"].items()
    }
    return {shown: printed for shown, printed in twins.items() if shown != printed}


def rgb(colour: str) -> list[int]:
    """'#A23420' → [162, 52, 32], as deck.gl wants it."""
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def rgba(colour: str, alpha: float) -> str:
    """'#A23420', 0.5 → 'rgba(162,52,32,0.5)'."""
    return f"rgba({','.join(map(str, rgb(colour)))},{alpha:g})"
