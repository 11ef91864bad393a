"""The interactive map: the line and the occupied area on a day, by URL.

Every geometry is a URL of this server, so a step of the slider sends a few
kilobytes of description and the browser keeps what it has. No `map_style` is
given, not even None: pydeck would ask a tile host for it.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass

import pandas as pd
import pydeck as pdk
from pydeck.bindings.json_tools import default_serialize

from components.maps.cities import Lettering, lettered
from components.theme.palette import MAP, SURFACE, rgb
from components.view import View
from data.words import count, day

# Degrees of longitude across the map, and its centre, wide and on a phone.
_FRONT = (14.0, (34.6, 48.3)), (8.9, (36.4, 48.5))
_FRONT_NORTH = (16.3, (34.6, 48.95)), (12.5, (35.35, 48.7))

# Height in parts of the width.
_RATIO, _RATIO_NARROW = 0.67, 0.92


class CompactDeck(pdk.Deck):
    """A deck whose JSON has no indentation: a third of the bytes."""

    def to_json(self) -> str:
        return json.dumps(self, default=default_serialize, separators=(",", ":"))


@dataclass(frozen=True)
class Shown:
    """The stored days a map draws: line, area, and the area compared with.

    `north` says that it opens with the country's north in it.
    """

    line: str
    area: str
    before: str | None = None
    north: bool = False


def height(view: View) -> int:
    """The map's height in px for this view's width."""
    return int(view.width * (_RATIO_NARROW if view.narrow else _RATIO))


def deck(
    cities: pd.DataFrame, view: View, shown: Shown, venues: pd.DataFrame | None = None
) -> pdk.Deck:
    """The map. `venues` as `data.front.venues` gives them, None to leave them out."""
    across, centre = (_FRONT_NORTH if shown.north else _FRONT)[view.narrow]
    zoom = math.log2(view.width / across * 360 / 512)
    size = 13 if view.narrow else 15
    names = lettered(cities, _to_px(centre, zoom, view), view.width, height(view), size)
    return CompactDeck(
        layers=[
            *_ground(view),
            *_war(view, shown),
            *_places(view, names, size),
            *(_venues(view, venues) if venues is not None else ()),
        ],
        initial_view_state=pdk.ViewState(
            longitude=centre[0],
            latitude=centre[1],
            zoom=round(zoom, 3),
            min_zoom=round(zoom - 1.2, 3),
            max_zoom=10,
        ),
        map_provider=None,
        tooltip={"text": "{label}"},
    )


def _ground(view: View) -> list[pdk.Layer]:
    colour, surface = MAP[view.theme], SURFACE[view.theme]
    world = [[[-20, 20], [90, 20], [90, 75], [-20, 75]]]
    return [
        pdk.Layer(
            "PolygonLayer",
            id="sea",
            data=[{"polygon": world[0]}],
            get_polygon="polygon",
            get_fill_color=rgb(colour["water"]),
        ),
        _geojson(
            "countries",
            "/geo/basemap_countries.json",
            get_fill_color=rgb(colour["land"]),
            get_line_color=rgb(surface["border"]),
            line_width_min_pixels=0.7,
            stroked=True,
            filled=True,
        ),
        _geojson(
            "ukraine",
            "/geo/basemap_oblasts.json",
            get_fill_color=rgb(colour["ukraine"]),
            stroked=False,
            filled=True,
        ),
    ]


def _war(view: View, shown: Shown) -> list[pdk.Layer]:
    colour, surface = MAP[view.theme], SURFACE[view.theme]
    layers = [
        _geojson(
            "occupied",
            f"/geo/occupied_areas/{shown.area}.json",
            get_fill_color=rgb(colour["occupied"]),
            stroked=False,
            filled=True,
        ),
        _geojson(
            "held",
            "/geo/hatch.json",
            get_line_color=rgb(colour["hatch"]),
            line_width_min_pixels=1.6,
            stroked=True,
            filled=False,
        ),
    ]
    if shown.before:
        gained, recovered = rgb(colour["gained"]), rgb(colour["recovered"])
        layers.append(
            _geojson(
                "changed",
                f"/geo/change/{shown.before}/{shown.area}.json",
                get_fill_color=f"properties.kind == 'gained' ? {gained} : {recovered}",
                stroked=False,
                filled=True,
                pickable=True,
            )
        )
    line = f"/geo/front_lines/{shown.line}.json"
    return [
        *layers,
        _geojson(
            "oblasts",
            "/geo/basemap_oblasts.json",
            get_line_color=[*rgb(surface["border"]), 190],
            line_width_min_pixels=0.7,
            stroked=True,
            filled=False,
        ),
        _geojson(
            "casing",
            line,
            get_line_color=rgb(colour["casing"]),
            line_width_min_pixels=5,
            stroked=True,
            filled=False,
            **_ROUND,
        ),
        _geojson(
            "line",
            line,
            get_line_color=rgb(colour["line"]),
            line_width_min_pixels=2.4,
            stroked=True,
            filled=False,
            **_ROUND,
        ),
    ]


# The halo's width is in parts of the glyph's own 64 px: 12 of them are 3 px at 15.
_HALO = dict(
    font_settings={"sdf": True, "fontSize": 64, "buffer": 16, "radius": 16},
    outline_width=12,
)
_ROUND = dict(line_joint_rounded=True, line_cap_rounded=True)


def _geojson(name: str, url: str, **style: object) -> pdk.Layer:
    return pdk.Layer("GeoJsonLayer", id=name, data=url, **style)


def _places(view: View, names: list[Lettering], size: int) -> list[pdk.Layer]:
    ink = SURFACE[view.theme]["ink"]
    rows = [
        {
            "name": n.name,
            "at": [n.lon, n.lat],
            "off": [n.dx, n.dy],
            "a": n.anchor,
            "b": n.bold,
        }
        for n in names
    ]
    return [
        pdk.Layer(
            "ScatterplotLayer",
            id="dots",
            data=[{"at": r["at"], "r": 4 if r["b"] else 3.2} for r in rows],
            get_position="at",
            get_radius="r",
            radius_units=pdk.types.String("pixels"),
            get_fill_color=rgb(ink),
        ),
        _text(view, "towns", [r for r in rows if not r["b"]], size, 400),
        _text(view, "cities", [r for r in rows if r["b"]], size, 600),
    ]


def _text(view: View, name: str, rows: list[dict], size: int, weight: int) -> pdk.Layer:
    """Lettering with a halo in Ukraine's fill."""
    return pdk.Layer(
        "TextLayer",
        id=name,
        data=[{k: v for k, v in r.items() if k != "b"} for r in rows],
        get_position="at",
        get_text="name",
        get_size=size,
        get_color=rgb(SURFACE[view.theme]["ink"]),
        get_pixel_offset="off",
        get_text_anchor="a",
        font_family=pdk.types.String('"Source Sans", sans-serif'),
        font_weight=weight,
        **_HALO,
        outline_color=rgb(MAP[view.theme]["ukraine"]),
        # Without it a name such as Chișinău would be drawn with gaps.
        character_set=pdk.types.String("auto"),
    )


def _venues(view: View, venues: pd.DataFrame) -> list[pdk.Layer]:
    rows = [
        {
            "at": [row["lon"], row["lat"]],
            "name": "◆",
            "off": [0, 0],
            "a": "middle",
            "label": f"{row['name']}: {count(row['events'], 'event')} ({row['kinds']}), "
            f"last on {day(row['last'])}",
            # A city has its name on the map already.
            "caption": ("" if isinstance(row["city"], str) else f"{row['name']}: ")
            + count(row["events"], "event"),
        }
        for row in venues.to_dict("records")
    ]
    accent = rgb(SURFACE[view.theme]["accent"])
    text = dict(
        get_position="at",
        font_family=pdk.types.String('"Source Sans", sans-serif'),
        **_HALO,
        outline_color=rgb(MAP[view.theme]["ukraine"]),
        character_set=pdk.types.String("auto"),
        get_color=accent,
    )
    return [
        pdk.Layer(
            "TextLayer",
            id="venues",
            data=rows,
            get_text="name",
            get_size=20,
            pickable=True,
            **text,
        ),
        pdk.Layer(
            "TextLayer",
            id="venue-names",
            data=rows,
            get_text="caption",
            get_size=14,
            get_pixel_offset=[9, 18],
            get_text_anchor=pdk.types.String("start"),
            font_weight=600,
            **text,
        ),
    ]


def _to_px(centre: tuple[float, float], zoom: float, view: View):
    """Web Mercator as deck.gl draws it: (lon, lat) → px from the top left."""
    scale = 512 * 2**zoom / (2 * math.pi)

    def mercator(lat: float) -> float:
        return math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))

    def to_px(lon: float, lat: float) -> tuple[float, float]:
        x = view.width / 2 + math.radians(lon - centre[0]) * scale
        y = height(view) / 2 - (mercator(lat) - mercator(centre[1])) * scale
        return x, y

    return to_px
