"""Colours by meaning: readable, and told apart by colour-blind readers too."""

from __future__ import annotations

import itertools
import tomllib
from pathlib import Path

import pytest
from coloraide import Color

from components.theme.palette import (
    CORE_SIDES,
    MAP,
    MAP_SOURCE,
    MARKS_ONLY,
    SIDE,
    SURFACE,
    on_paper,
    text_colour,
)

THEMES = ("light", "dark")
SIGHTS = (None, "protan", "deutan", "tritan")


def contrast(a: str, b: str) -> float:
    return Color(a).contrast(b, method="wcag21")


def difference(a: str, b: str) -> float:
    """Least CIEDE2000 over normal sight and Machado 2009 at full severity."""

    def seen(colour: str, sight: str | None) -> Color:
        if sight is None:
            return Color(colour)
        return (
            Color(colour)
            .filter(sight, 1, method="machado", space="srgb-linear", out_space="srgb")
            .clip()
        )

    return min(seen(a, s).delta_e(seen(b, s), method="2000") for s in SIGHTS)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["paper", "card"])
@pytest.mark.parametrize("text", ["ink", "text2", "muted", "accent"])
def test_text_reads_on_every_surface(theme: str, ground: str, text: str) -> None:
    assert contrast(SURFACE[theme][text], SURFACE[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_ink_reads_on_chips_and_on_a_selected_row(theme: str) -> None:
    for ground in ("chip", "selected"):
        assert contrast(SURFACE[theme]["ink"], SURFACE[theme][ground]) >= 7


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("side", list(SIDE["light"]))
def test_a_word_in_a_sides_colour_reads(theme: str, side: str) -> None:
    assert contrast(text_colour(side, theme), SURFACE[theme]["paper"]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("side", sorted(MARKS_ONLY))
def test_a_mark_in_a_sides_colour_is_seen(theme: str, side: str) -> None:
    assert contrast(SIDE[theme][side], SURFACE[theme]["paper"]) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_the_core_sides_are_told_apart_by_colour_alone(theme: str) -> None:
    for a, b in itertools.combinations(CORE_SIDES, 2):
        assert difference(SIDE[theme][a], SIDE[theme][b]) >= 14, (a, b)


@pytest.mark.parametrize("theme", THEMES)
def test_the_three_map_sources_are_told_apart(theme: str) -> None:
    for a, b in itertools.combinations(MAP_SOURCE[theme], 2):
        assert difference(MAP_SOURCE[theme][a], MAP_SOURCE[theme][b]) >= 17, (a, b)


@pytest.mark.parametrize("theme", THEMES)
def test_streamlits_theme_repeats_the_palette(theme: str) -> None:
    config = tomllib.loads(Path(".streamlit/config.toml").read_text())["theme"][theme]
    colours = SURFACE[theme]
    assert config["backgroundColor"] == colours["paper"]
    assert config["secondaryBackgroundColor"] == colours["chip"]
    assert config["textColor"] == colours["ink"]
    assert config["primaryColor"] == config["linkColor"] == colours["accent"]
    assert config["borderColor"] == colours["border"]


def test_charts_never_name_a_colour() -> None:
    for path in Path("components").rglob("*.py"):
        if path.name != "palette.py":
            assert "#" not in "".join(
                part
                for part in path.read_text().split('"')
                if len(part) == 7 and part.startswith("#")
            ), path


@pytest.mark.parametrize("theme", THEMES)
def test_every_colour_has_one_twin_on_white_paper(theme: str) -> None:
    """A drawing made for the screen can then be printed without being drawn anew."""
    twins: dict[str, set[str]] = {}
    for table in (SURFACE, SIDE, MAP, MAP_SOURCE):
        for name, shown in table[theme].items():
            twins.setdefault(shown, set()).add(table["print"][name])
    assert {shown for shown, printed in twins.items() if len(printed) > 1} == set()
    expected = {s: next(iter(p)) for s, p in twins.items() if p != {s}}
    assert on_paper(theme) == expected
