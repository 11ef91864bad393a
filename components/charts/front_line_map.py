"""The front line and the occupied area on a day, as a vector map."""

from __future__ import annotations

import textwrap
from functools import lru_cache

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import (
    BASEMAP_CREDIT,
    MAP_CREDIT,
    Option,
    Words,
    empty,
)
from components.maps.cities import lettered
from components.maps.projected import Path, Shapes, basemap, dated, path
from components.theme.palette import MAP, SURFACE, rgba
from components.theme.template import template
from components.view import KM_PER_MILE, View
from data.dataset import Dataset
from data.front import (
    Change,
    MapDay,
    compared_with,
    line_parts,
    map_day,
    on_day,
)
from data.front_shapes import SMALLEST_KM2, patches, runs_north, to_km
from data.words import day, number, rounded, signed

TITLE = "Map of the front line"
COLUMNS = {
    "item": "What",
    "value": "Value",
    "unit": "Unit",
    "from_date": "From",
    "date": "Map of",
    "map": "Map",
}
OPTIONS = {
    "day": Option("day of the map (YYYY-MM-DD), at or before the as-of date"),
    "compare": Option(
        "day to compare with (YYYY-MM-DD), or none; else twelve months before"
    ),
    "extent": Option("what the map shows", ("front", "ukraine"), "front"),
}

# Kilometres across and the centre (km from 48.5 N 34 E), wide and on a phone.
_FRONT = (1030, (45, -30)), (650, (185, 12))
_FRONT_NORTH = (1200, (45, 45)), (920, (105, 20))
_RATIO, _RATIO_NARROW = 0.67, 0.92
_RATIO_LOW = 0.55  # of a low picture, whose key stands beside it
_INSET, _INSET_EDGE = 0.19, 60  # part of the width; km about the country
_KEY_NARROW = 115  # px of the key above a phone's map, an item a line
_KEY_WIDE, _KEY_LETTERS = 190, 22  # px, and letters in a line of it
_ACROSS_UKRAINE, _CENTRE_UKRAINE, _RATIO_UKRAINE = 1420, (-205, -20), 0.68

NO_MAP = "No map of the front line is stored for this date"


def frame(dataset: Dataset, view: View) -> pd.DataFrame:
    """One row a number of the map: item, value, unit, from_date, date, map.

    Values are in the view's units. `attrs` hold the map's days (`shown`) and
    its paths in km (`shapes`); `shown` is None where no map exists yet.
    """
    asked = min(str(view.option("day", view.as_of)), view.as_of)
    shown = map_day(dataset, asked, None)
    if shown is not None:
        compare = view.option("compare") or compared_with(dataset, shown.day)
        shown = map_day(dataset, asked, None if compare == "none" else compare)
    rows = pd.DataFrame(
        _rows(dataset, view, shown) if shown else [], columns=list(COLUMNS)
    )
    rows.attrs = {
        "asked": asked,
        "shown": shown,
        "shapes": _shapes(dataset, shown) if shown else None,
        "north": shown is not None and runs_north(dataset, shown),
        "cities": tuple(
            dataset["cities"][["name", "lon", "lat", "rank"]].itertuples(index=False)
        ),
    }
    return rows


def _rows(dataset: Dataset, view: View, shown: MapDay) -> list[tuple]:
    name = dataset.labels("front_metrics", "dataset")[shown.source]
    row = on_day(dataset, shown.day, shown.source)
    if row is None:
        return []
    when = row["date"]
    lengths = (
        ("Front line, 1 km scale", "front_line_km"),
        ("of which on land", "land_line_km"),
        ("of which along the Dnipro", "river_line_km"),
        ("Longest continuous stretch", "main_line_km"),
    )
    surfaces = (
        ("Occupied", "occupied_km2"),
        ("of which held before 24 February 2022", "pre2022_km2"),
    )
    rows = [
        (item, round(view.length(row[field]), 1), view.length_unit, None, when, name)
        for item, field in lengths
        if pd.notna(row[field])
    ]
    rows += [
        (item, round(view.area(row[field]), 1), view.area_unit, None, when, name)
        for item, field in surfaces
        if pd.notna(row[field])
    ]
    net = shown.change
    if net is not None and net.km2 is not None:
        value = round(view.area(net.km2), 1)
        rows.append(("Net change", value, view.area_unit, net.first, net.last, name))
    if shown.before:
        kind = {"gained": "Gained by Russia", "recovered": "Recovered by Ukraine"}
        rows += [
            (
                f"{kind[p.kind]}: patch in {p.oblast}",
                round(view.area(p.km2), 1),
                view.area_unit,
                shown.before,
                shown.area,
                name,
            )
            for p in patches(dataset, shown.before, shown.area)
        ]
    return rows


def _shapes(dataset: Dataset, shown: MapDay) -> Shapes:
    whole = dataset.whole or dataset
    found = patches(dataset, shown.before, shown.area) if shown.before else ()
    changed = {
        kind: path([p.geometry.__geo_interface__ for p in found if p.kind == kind])
        for kind in ("gained", "recovered")
    }
    return Shapes(
        {
            **basemap(whole),
            **changed,
            "occupied": dated(whole, "occupied_areas", shown.area),
            "line": dated(whole, "front_lines", shown.line),
        }
    )


def finding(net: Change | None, shown: MapDay | None, view: View) -> str:
    """What changed, in a sentence; where it cannot be said, what is shown."""
    if shown is None:
        return "No map of the front line exists for this date"
    if net is None or net.km2 is None:
        return f"The front line and the occupied area on {day(shown.day)}"
    span = (
        f"In the twelve months to {day(net.day)}"
        if net.twelve_months
        else f"From {day(net.asked)} to {day(net.day)}"
    )
    area = rounded(abs(view.area(net.km2)))
    if area == 0:
        return f"{span} the occupied area did not change on balance"
    who = "Russian forces took" if net.km2 > 0 else "Ukraine recovered"
    share = (
        f"{number(net.share_pct, 1)}% of Ukraine"
        if net.share_pct >= 0.05
        else "less than 0.1% of Ukraine"
    )
    return f"{span} {who} a net {number(area)} {view.area_unit}, {share}"


def words(frame: pd.DataFrame, view: View) -> Words:
    shown: MapDay | None = frame.attrs["shown"]
    if shown is None:
        return Words(
            title=finding(None, None, view),
            subtitle=NO_MAP,
            source=f"Source: {MAP_CREDIT} {BASEMAP_CREDIT}",
        )
    name = frame["map"].iloc[0] if len(frame) else ""
    subtitle = f"Front line and occupied area on {day(shown.line)}, {name}"
    if shown.line != frame.attrs["asked"]:
        subtitle += f", the last map drawn here by {day(frame.attrs['asked'])}"
    if shown.map_date != shown.line:
        subtitle += f"; drawn from the map of {day(shown.map_date)}"
    if shown.before:
        subtitle += f"; coloured areas against {day(shown.before)}"
    return Words(
        title=finding(shown.change, shown, view),
        subtitle=subtitle,
        source=f"Source: {MAP_CREDIT} {BASEMAP_CREDIT}",
        note=" ".join(notes(shown, view)),
    )


def notes(shown: MapDay, view: View) -> list[str]:
    """The limits of what the map shows, one sentence each."""
    net, found = shown.change, []
    if net is not None and net.km2 is None:
        found.append(f"No net change is given: {net.reason}.")
    if net is not None and net.first and net.first != net.asked:
        found.append(f"No map of {day(net.asked)} exists; used: {day(net.first)}.")
    if net is not None and net.last and net.last != net.day:
        found.append(f"No map of {day(net.day)} exists; used: {day(net.last)}.")
    if net is not None and net.note:
        found.append(f"{net.note}.")
    if shown.before:
        least = f"{number(view.area(SMALLEST_KM2))} {view.area_unit}"
        found.append(
            f"Coloured areas: the stored maps of {day(shown.before)} and "
            f"{day(shown.area)}; patches under {least} are not drawn, so their sum "
            "differs from the net change of the daily table."
        )
    if shown.source == "nzz":
        found.append(
            "In the first weeks columns on roads are drawn with two sides, so that "
            "the line’s length is no measure of a front."
        )
    found.append("Fighting inside Russia is not counted.")
    return found


def summary(frame: pd.DataFrame, view: View) -> str:
    shown: MapDay | None = frame.attrs["shown"]
    if shown is None:
        return f"{NO_MAP}."
    value = frame.drop_duplicates("item").set_index("item")["value"]
    said = []
    if "Front line, 1 km scale" in value:
        parts = line_parts(value["of which on land"], value["Front line, 1 km scale"])
        said.append(
            f"the front line was {number(parts.total)} {view.length_unit} long at 1 km "
            f"scale, {number(parts.land)} on land and {number(parts.river)} along the "
            "Dnipro"
        )
    if "Occupied" in value:
        said.append(
            f"{number(value['Occupied'])} {view.area_unit} of Ukraine were occupied"
        )
    net = shown.change
    if net is not None and net.km2 is not None:
        said.append(
            f"the net change since {day(net.asked)} was "
            f"{signed(view.area(net.km2))} {view.area_unit}"
        )
    name = frame["map"].iloc[0] if len(frame) else ""
    when = frame["date"].iloc[0] if len(frame) else shown.line
    return f"On {day(when)} ({name}) {'; '.join(said)}."


def figure(frame: pd.DataFrame, view: View) -> go.Figure:
    shown: MapDay | None = frame.attrs["shown"]
    if shown is None:
        return empty(view, NO_MAP, height=320)
    window = _window(view, frame.attrs["north"])
    width_px, height_px, (left, right), (bottom, top) = window
    paths = frame.attrs["shapes"].paths
    traces = _traces(paths, view, shown)
    beside = _key_beside(view)
    key_px = 0 if beside else _key_height(traces, view)
    for trace in traces if beside else ():
        trace["name"] = "<br>".join(textwrap.wrap(trace["name"], _KEY_LETTERS))
    inset = _inset(paths["outline"], view, window)
    dots, names = _lettering(frame.attrs["cities"], view, window, bool(inset))
    bar, label = _scale_bar(view, left, right, bottom, (right - left) / width_px)
    colour, surface = MAP[view.theme], SURFACE[view.theme]
    edge = dict(
        type="rect",
        x0=0,
        x1=1,
        y0=0,
        y1=1,
        xref="paper",
        yref="paper",
        line=dict(width=1, color=surface["border"]),
    )
    # The column may be some px narrower than the width laid out for.
    axis = dict(visible=False, fixedrange=True, constrain="range")
    return go.Figure(
        data=[*traces, dots, *inset],
        layout=dict(
            template=template(view.theme),
            height=int(height_px) + key_px,
            margin=dict(l=beside, r=0, t=key_px, b=0),
            plot_bgcolor=colour["water"],
            showlegend=True,
            legend=dict(
                **_KEY_PLACE["beside" if beside else "above"],
                xanchor="left",
                font=dict(size=13 if view.narrow else 14, color=surface["text2"]),
                itemclick=False,
                itemdoubleclick=False,
                bgcolor="rgba(0,0,0,0)",
                tracegroupgap=0,
            ),
            hovermode=False,
            xaxis=dict(range=[left, right], **axis),
            yaxis=dict(range=[bottom, top], scaleanchor="x", **axis),
            shapes=[bar, edge],
            annotations=[*names, label],
        ),
    )


# Beside the map the key is a column, left of the drawing's frame.
_KEY_PLACE = {
    "above": dict(orientation="h", x=0, y=1.0, yanchor="bottom"),
    "beside": dict(
        orientation="v",
        x=0,
        y=1.0,
        yanchor="top",
        xref="container",
        yref="container",
        maxheight=1,
    ),
}


def _key_beside(view: View) -> int:
    """The px that the key takes at the left of a low picture; 0 if it is above."""
    low = view.height and not view.narrow and view.option("extent") != "ukraine"
    return _KEY_WIDE if low else 0


def _key_height(traces: list[dict], view: View) -> int:
    """Room for the key above the map: Plotly sets its items in equal columns."""
    names = [trace["name"] for trace in traces if trace["showlegend"]]
    column = 48 + 7.2 * max(map(len, names))
    total = sum(48 + 7.2 * len(name) for name in names)
    rows = 1
    if total > view.width:
        rows = -(-len(names) // max(int(view.width / column), 1))
    return 10 + 21 * rows


@lru_cache(maxsize=64)
def _window(view: View, north: bool) -> tuple[float, float, tuple, tuple]:
    """Width and height in px, and the ranges of x and y in km."""
    if view.option("extent") == "ukraine":
        across, (x, y), ratio = _ACROSS_UKRAINE, _CENTRE_UKRAINE, _RATIO_UKRAINE
    else:
        across, (x, y) = (_FRONT_NORTH if north else _FRONT)[view.narrow]
        ratio = _RATIO_NARROW if view.narrow else _RATIO
    width = view.width - _key_beside(view)
    if view.height and view.option("extent") != "ukraine":
        # A low picture shows more country to the sides, and all of the front.
        down = view.height - (_KEY_NARROW if view.narrow else 0)
        low = max(down / width, _RATIO_LOW)
        across, ratio = across * max(ratio / low, 1), min(low, ratio)
    half, tall = across / 2, across * ratio / 2
    return width, width * ratio, (x - half, x + half), (y - tall, y + tall)


def _traces(paths, view: View, shown: MapDay) -> list[dict]:
    """In order: what is named later lies above."""
    colour, surface = MAP[view.theme], SURFACE[view.theme]
    border = rgba(surface["border"], 0.75)
    layers = [
        _area("Other countries", paths["countries"], colour["land"], border),
        _area("Ukraine", paths["oblasts"], colour["ukraine"]),
        _area("Occupied", paths["occupied"], colour["occupied"], key=True),
        _stroke("Held before 24 Feb 2022", paths["hatch"], colour["hatch"], 1.6, True),
    ]
    if shown.before:
        for kind, name in (
            ("gained", f"Gained by Russia since {day(shown.before)}"),
            ("recovered", "Recovered by Ukraine since then"),
        ):
            if not len(paths[kind][0]):
                name += (
                    f": none over {number(view.area(SMALLEST_KM2))} {view.area_unit}"
                )
            layers.append(_area(name, paths[kind], colour[kind], key=True))
    return [
        *layers,
        _stroke("Oblast borders", paths["oblasts"], border, 0.7),
        _stroke("Casing", paths["line"], colour["casing"], 5),
        _stroke("Front line", paths["line"], colour["line"], 2.4, True),
    ]


def _area(
    name: str, ring, fill: str, edge: str | None = None, key: bool = False
) -> dict:
    x, y = ring if len(ring[0]) else (np.array([np.nan]), np.array([np.nan]))
    return dict(
        type="scatter",
        x=x,
        y=y,
        mode="lines",
        fill="toself",
        fillcolor=fill,
        line=dict(color=edge or fill, width=0.7 if edge else 0),
        name=name,
        showlegend=key,
        hoverinfo="skip",
    )


def _stroke(name: str, line, colour: str, width: float, key: bool = False) -> dict:
    return dict(
        type="scatter",
        x=line[0],
        y=line[1],
        mode="lines",
        line=dict(color=colour, width=width),
        name=name,
        showlegend=key,
        hoverinfo="skip",
    )


def _inset(outline: Path, view: View, window) -> list[dict]:
    """Where in Ukraine this is: a stamp in the corner right below.

    On a phone there is no room for it, on a map of all Ukraine no need.
    """
    if view.narrow or view.option("extent") == "ukraine":
        return []
    width_px, _, (left, right), (bottom, top) = window
    km = (right - left) / width_px  # to a px
    x, y = outline
    scale = _INSET * (right - left) / (np.nanmax(x) - np.nanmin(x) + 2 * _INSET_EDGE)
    east, south = np.nanmax(x) + _INSET_EDGE, np.nanmin(y) - _INSET_EDGE

    def placed(across, up) -> tuple[np.ndarray, np.ndarray]:
        at_x = right - 12 * km - (east - np.asarray(across, float)) * scale
        return at_x, bottom + 12 * km + (np.asarray(up, float) - south) * scale

    def box(w: float, e: float, s: float, n: float) -> tuple[np.ndarray, np.ndarray]:
        return placed([w, e, e, w, w], [s, s, n, n, s])

    west, north = np.nanmin(x) - _INSET_EDGE, np.nanmax(y) + _INSET_EDGE
    surface, colour = SURFACE[view.theme], MAP[view.theme]
    shown = (max(left, west), min(right, east), max(bottom, south), min(top, north))
    return [
        _area(
            "Inset", box(west, east, south, north), colour["land"], surface["border"]
        ),
        _area(
            "Country in the inset", placed(x, y), colour["ukraine"], surface["border"]
        ),
        _stroke("Window in the inset", box(*shown), surface["ink"], 1.2),
    ]


def _lettering(cities, view: View, window, inset: bool) -> tuple[dict, list[dict]]:
    """The cities' dots as a trace, and their names as annotations."""
    width_px, height_px, (left, right), (_bottom, top) = window
    px = width_px / (right - left)

    def to_px(lon, lat):
        x, y = to_km(np.asarray(lon, float), np.asarray(lat, float))
        return (x - left) * px, (top - y) * px

    size = 13 if view.narrow else 15
    table = pd.DataFrame(cities, columns=["name", "lon", "lat", "rank"])
    if inset:
        # A name that began left of the inset would run into it.
        px_x, px_y = to_px(table["lon"].to_numpy(), table["lat"].to_numpy())
        low, far = 1 - 0.75 * _INSET * width_px / height_px, 1 - _INSET
        table = table[(px_x < far * width_px - 90) | (px_y < low * height_px - 24)]
    names = lettered(table, to_px, width_px, height_px, size)
    x, y = to_km(np.array([n.lon for n in names]), np.array([n.lat for n in names]))
    ink, halo = SURFACE[view.theme]["ink"], MAP[view.theme]["ukraine"]
    dots = dict(
        type="scatter",
        x=x.round(1),
        y=y.round(1),
        mode="markers",
        name="Cities",
        marker=dict(
            size=[8 if n.bold else 6.5 for n in names],
            color=ink,
            opacity=1,
            line=dict(width=1, color=halo),
        ),
        hoverinfo="skip",
        showlegend=False,
    )
    shadow = ", ".join(f"{dx}px {dy}px 1px {halo}" for dx in (-1, 1) for dy in (-1, 1))
    anchor = {"start": "left", "middle": "center", "end": "right"}
    written = [
        dict(
            x=float(a),
            y=float(b),
            text=f"<b>{n.name}</b>" if n.bold else n.name,
            xshift=n.dx,
            yshift=-n.dy,
            xanchor=anchor[n.anchor],
            yanchor="middle",
            showarrow=False,
            borderpad=0,
            font=dict(size=size, color=ink, shadow=shadow),
        )
        for n, a, b in zip(names, x, y, strict=True)
    ]
    return dots, written


def _scale_bar(
    view: View, left: float, right: float, bottom: float, km_per_px: float
) -> tuple[dict, dict]:
    """A hundred kilometres or miles, in the Black Sea; on a phone half, east of it.

    The bar as a shape, its length as an annotation.
    """
    length = 100 if view.units == "km" else 100 * KM_PER_MILE
    if view.narrow:
        length /= 2
    label = f"{'50' if view.narrow else '100'} {view.length_unit}"
    ink = SURFACE[view.theme]["ink"]
    x, y, tick = left + 14 * km_per_px, bottom + 14 * km_per_px, 5 * km_per_px
    if view.narrow:
        x = right - 14 * km_per_px - length
    bar = dict(
        type="path",
        path=f"M{x},{y + tick} L{x},{y} L{x + length},{y} L{x + length},{y + tick}",
        line=dict(color=ink, width=1.4),
    )
    # Over a short bar the words end where it ends, inside the frame.
    said = dict(
        x=x + length if view.narrow else x,
        y=y,
        text=label,
        xanchor="right" if view.narrow else "left",
        yanchor="bottom",
        yshift=4,
        xshift=0 if view.narrow else 3,
        showarrow=False,
        font=dict(size=13, color=ink),
    )
    return bar, said
