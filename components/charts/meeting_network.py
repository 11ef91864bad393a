"""Who met whom in a period: people, and lines between those who met often."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import networkx as nx
import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.charts.canvas import boxes, canvas, marks, rules, write
from components.charts.chart import Option, Words, empty
from components.theme.palette import SIDE, SURFACE
from components.view import View
from data.actors import meetings, pages_of
from data.dataset import Dataset
from data.words import count, day, listing, number, period, spelled

TITLE = "Who met whom"
UNIT = "events"
COLUMNS = {
    "name": "Person",
    "side_label": "Side",
    "other": "Other person",
    "other_side_label": "Side of the other",
    "meetings": "Meetings and calls",
    "latest_day": "Latest",
}
OPTIONS = {
    "from": Option("first day, ISO; the dataset's first day if missing", narrows=True),
    "to": Option("last day, ISO; the as-of date if missing", narrows=True),
    "least": Option(
        "meetings that a pair must have; 'automatic' takes the highest that leaves "
        "a dozen pairs",
        values=("automatic", "1", "2", "3", "4", "6", "8"),
        default="automatic",
        narrows=True,
        widest="1",
    ),
    "actor": Option("id of a person who is marked"),
}

# A shape for each side, so that colour is never alone.
_SYMBOL = {
    "ukraine": "circle",
    "russia": "square",
    "united_states": "diamond",
    "europe": "triangle-up",
    "turkiye": "triangle-down",
    "gulf": "pentagon",
    "china": "star",
    "un": "hexagon",
    "holy_see": "cross",
    "humanitarian": "x",
}
_OTHER = "hourglass"

Box = tuple[float, float, float, float]  # left, top, right, bottom in px

# Meetings of a pair, from and to, and the line's px.
_WIDTHS = ((1, 4, 1.0), (5, 8, 2.2), (9, 14, 4.0), (15, 10_000, 6.5))
_MOST = 60  # people drawn; beyond it the picture says nothing
_FEW = 12  # pairs without which a picture is not worth drawing
_PAIRS_NARROW = 16
_SEED = 7


def frame(dataset: Dataset, view: View) -> pd.DataFrame:
    """Pairs with the least number of meetings or more, the most frequent first.

    `meetings` counts events, `source_ids` are their pages. `attrs`: first, last (ISO), least, all_pairs.
    """
    first = _day(view.option("from"), dataset.first_day)
    last = min(_day(view.option("to"), view.as_of), view.as_of)
    pairs = meetings(dataset, first, last)
    asked = view.option("least") or "automatic"
    least = _enough(pairs["meetings"]) if asked == "automatic" else int(asked)
    sides = dataset.labels("actors", "side")
    rows = pairs[pairs["meetings"] >= least].reset_index(drop=True)
    rows = rows.assign(
        side_label=rows["side"].map(sides),
        other_side_label=rows["other_side"].map(sides),
        latest_day=rows["latest"].map(day),
        source_ids=pages_of(dataset, rows["event_ids"]),
    )
    rows.attrs.update(first=first, last=last, least=least, all_pairs=len(pairs))
    return rows


def _day(asked: object, otherwise: str) -> str:
    """The day asked for if it is one, else `otherwise`."""
    try:
        return date.fromisoformat(str(asked)).isoformat()
    except ValueError:
        return otherwise


def _enough(counts: pd.Series) -> int:
    """The highest number, four at most, that a dozen pairs reach; else one."""
    return next((n for n in (4, 3, 2) if (counts >= n).sum() >= _FEW), 1)


def words(frame: pd.DataFrame, view: View) -> Words:
    least = frame.attrs["least"]
    drawn = (
        f"the {_PAIRS_NARROW} most frequent are drawn"
        if view.narrow
        else "width: number of events; places and distances have no scale"
    )
    span = period(frame.attrs["first"], frame.attrs["last"])
    return Words(
        _title(frame),
        "People who took part in the same talks, summits, visits, calls or "
        f"multilateral meetings, {span}; pairs with at least {spelled(least)}; {drawn}",
        "Source: table of participants, each event with its pages.",
        "Authors and subjects of an event are left out. In a large meeting everyone "
        "named counts as having met everyone. Candidates (events that rest on pages not "
        "opened) are counted.",
    )


def _title(frame: pd.DataFrame) -> str:
    if frame.empty:
        return "No two people are named in the same meeting or call in this period"
    top = frame[frame["meetings"] == frame["meetings"].iloc[0]]
    times = int(top["meetings"].iloc[0])
    if len(top) == 1:
        pair = f"{top['name'].iloc[0]} and {top['other'].iloc[0]}"
        return f"{pair} shared the most meetings and calls: {number(times)}"
    pairs = spelled(len(top)).capitalize()
    if times == 1:
        return f"{pairs} pairs of people shared one meeting or call each"
    return f"{pairs} pairs shared the most meetings and calls: {number(times)} each"


def figure(frame: pd.DataFrame, view: View) -> go.Figure:
    if frame.empty:
        return empty(
            view, "No two people with so many meetings and calls<br>in this period"
        )
    return _pairs(frame, view) if view.narrow else _network(frame, view)


def summary(frame: pd.DataFrame, view: View) -> str:
    span = period(frame.attrs["first"], frame.attrs["last"])
    least = f"at least {_shared(frame.attrs['least'])}"
    if frame.empty:
        return f"No two people shared {least}, {span}."
    people = pd.concat([frame["actor_id"], frame["other_id"]]).nunique()
    said = f"{count(len(frame), 'pair')} among {people} people shared {least}, {span}"
    if frame["meetings"].iloc[0] == 1:
        return f"{said}."
    top = frame.head(3)
    most = listing(
        f"{a} and {b} ({n})"
        for a, b, n in zip(top["name"], top["other"], top["meetings"], strict=True)
    )
    return f"{said}; most often {most}."


def _shared(n: int) -> str:
    return f"{spelled(n)} {'meeting or call' if n == 1 else 'meetings or calls'}"


def _nodes(frame: pd.DataFrame) -> pd.DataFrame:
    """The people drawn: actor_id, name, side, links (meetings of all their pairs)."""
    ends = pd.concat(
        [
            frame[["actor_id", "name", "side", "meetings"]],
            frame[["other_id", "other", "other_side", "meetings"]].set_axis(
                ["actor_id", "name", "side", "meetings"], axis=1
            ),
        ]
    )
    nodes = ends.groupby(["actor_id", "name", "side"], as_index=False)["meetings"].sum()
    return (
        nodes.rename(columns={"meetings": "links"})
        .sort_values(["links", "name"], ascending=[False, True], ignore_index=True)
        .head(_MOST)
    )


@lru_cache(maxsize=64)
def _places(edges: tuple[tuple[str, str, int], ...]) -> dict[str, tuple[float, float]]:
    """Each person's place in a unit square, the same at every drawing."""
    graph = nx.Graph()
    graph.add_weighted_edges_from((a, b, n**0.5) for a, b, n in edges)
    pos = nx.spring_layout(graph, seed=_SEED, k=2.6 / len(graph) ** 0.5, iterations=150)
    names = list(pos)
    xy = np.array([pos[name] for name in names])
    # By rank, half: an outlier must not squeeze all others into a corner.
    spread = (xy - xy.min(axis=0)) / np.maximum(np.ptp(xy, axis=0), 1e-9)
    rank = xy.argsort(axis=0).argsort(axis=0) / max(len(xy) - 1, 1)
    mixed = 0.5 * spread + 0.5 * rank
    return {
        name: (float(x), float(y)) for name, (x, y) in zip(names, mixed, strict=True)
    }


def _network(frame: pd.DataFrame, view: View) -> go.Figure:
    colours = SURFACE[view.theme]
    nodes = _nodes(frame)
    kept = frame[frame["actor_id"].isin(nodes["actor_id"])
                 & frame["other_id"].isin(nodes["actor_id"])]  # fmt: skip
    height = int(min(max(view.width * 0.52, 480), 780))
    top = 40
    edges = tuple(
        kept[["actor_id", "other_id", "meetings"]].itertuples(index=False, name=None)
    )
    unit = _places(edges)
    nodes = nodes[nodes["actor_id"].isin(unit)]
    place = {
        actor: (70 + x * (view.width - 230), top + 24 + y * (height - top - 48))
        for actor, (x, y) in unit.items()
    }
    figure = canvas(view, height)
    for low, high, width in _WIDTHS:
        chosen = kept[kept["meetings"].between(low, high)]
        rules(
            figure,
            [
                (*place[a], *place[b])
                for a, b in chosen[["actor_id", "other_id"]].values
            ],
            colour=colours["border"],
            width=width,
        )
    size = 10 + 16 * np.sqrt(nodes["links"].to_numpy(float) / nodes["links"].max())
    nodes = nodes.assign(
        x=[place[a][0] for a in nodes["actor_id"]],
        y=[place[a][1] for a in nodes["actor_id"]],
        size=size,
    )
    for side, people in nodes.groupby("side", sort=False):
        marks(
            figure, people["x"], people["y"], people["side"], theme=view.theme,
            symbol=_SYMBOL.get(side, _OTHER), size=people["size"].to_numpy(),
            hover=people["name"], ids=people["actor_id"].to_numpy(),
        )  # fmt: skip
    marked = view.option("actor")
    if marked in place:
        # First in line for a label, and ringed.
        nodes = nodes.sort_values("actor_id", key=lambda i: i != marked, kind="stable")
        ring = float(nodes["size"].iloc[0]) + 9
        nodes["size"] = nodes["size"].where(nodes["actor_id"] != marked, ring)
        figure.add_scatter(
            x=[place[marked][0]], y=[place[marked][1]], mode="markers", hoverinfo="skip",
            marker=dict(symbol="circle-open", size=ring, color=colours["ink"],
                        line=dict(width=2.5)),
        )  # fmt: skip
    _labels(figure, nodes, view, height)
    _key(figure, frame, nodes, view)
    return figure


def _labels(figure: go.Figure, nodes: pd.DataFrame, view: View, height: int) -> None:
    """Names beside the people, the most connected first; none over another's.

    A name is tried right, left, under and over its mark, then left away.
    """
    taken = [
        (x - s / 2, y - s / 2, x + s / 2, y + s / 2)
        for x, y, s in nodes[["x", "y", "size"]].values
    ]
    placed: dict[str, list[tuple[float, float, str]]] = {}
    led: list[Box] = []
    for name, x, y, size in nodes[["name", "x", "y", "size"]].values:
        wide, half = len(name) * 6.5, size / 2 + 4
        tries = (
            ("right", x + half, y), ("left", x - half, y),
            ("center", x, y + half + 8), ("center", x, y - half - 8),
        )  # fmt: skip
        for align, at, level in tries:
            start = {"right": at, "left": at - wide, "center": at - wide / 2}[align]
            rect = (start, level - 9, start + wide, level + 9)
            inside = (
                rect[0] >= 0
                and rect[2] <= view.width
                and rect[1] >= 30
                and rect[3] <= height
            )
            own = (x - size / 2, y - size / 2, x + size / 2, y + size / 2)
            if inside and not any(
                _overlap(rect, other) for other in taken if other != own
            ):
                taken.append(rect)
                placed.setdefault(align, []).append((at, level, name))
                break
        else:
            far = _aside(x, y, size, wide, taken, view.width, height)
            if far is not None:
                rect, leader = far
                taken.append(rect)
                led.append(leader)
                placed.setdefault("center", []).append(
                    ((rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2, name)
                )
    if led:
        rules(figure, led, colour=SURFACE[view.theme]["text2"], width=1)
    for align, names in placed.items():
        x, y, text = zip(*names, strict=True)
        write(figure, x, y, text, colour=SURFACE[view.theme]["ink"], align=align)


def _aside(
    x: float,
    y: float,
    size: float,
    wide: float,
    taken: Sequence[Box],
    width: float,
    height: float,
) -> tuple[Box, Box] | None:
    """Room for a name some way off its mark, and the line that leads there."""
    for away in (26, 44, 64, 88):
        for turn in range(16):
            angle = turn * math.pi / 8
            cos, sin = math.cos(angle), math.sin(angle)
            middle = x + cos * (size / 2 + away + wide / 2 * abs(cos))
            level = y + sin * (size / 2 + away)
            rect = (middle - wide / 2, level - 9, middle + wide / 2, level + 9)
            if rect[0] < 0 or rect[2] > width or rect[1] < 30 or rect[3] > height:
                continue
            if any(_overlap(rect, other) for other in taken):
                continue
            near = min(max(x, rect[0]), rect[2]), min(max(y, rect[1]), rect[3])
            return rect, (x + cos * size / 2, y + sin * size / 2, *near)
    return None


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _key(
    figure: go.Figure, frame: pd.DataFrame, nodes: pd.DataFrame, view: View
) -> None:
    """The shapes of the sides that are drawn, and the widths of the lines, on top."""
    ink, border = SURFACE[view.theme]["ink"], SURFACE[view.theme]["border"]
    x, words = 8.0, []
    for side, label in _side_labels(frame, set(nodes["side"])):
        marks(figure, [x], [12], [side], theme=view.theme, symbol=_SYMBOL.get(side, _OTHER),
              size=13, hover=[label])  # fmt: skip
        words.append((x + 11, label))
        x += 40 + 7.2 * len(label)
    least = frame.attrs["least"]
    x = max(x + 20, view.width - 320)
    for low, high, width in _WIDTHS if x + 320 <= view.width else ():
        if high < least:
            continue
        low = max(low, least)
        rules(figure, [(x, 12, x + 22, 12)], colour=border, width=width)
        span = str(low) if low == high else f"{low}–{high}"
        words.append((x + 24, span if high < 100 else f"{low} or more"))
        x += 72
    places, texts = zip(*words, strict=True)
    write(figure, places, [12] * len(words), texts, colour=ink)


def _side_labels(frame: pd.DataFrame, drawn: set[str]) -> list[tuple[str, str]]:
    """The sides drawn with their labels, in the palette's order."""
    labels = dict(zip(frame["side"], frame["side_label"], strict=True))
    labels |= dict(zip(frame["other_side"], frame["other_side_label"], strict=True))
    return [(side, labels[side]) for side in SIDE["light"] if side in drawn]


def _pairs(frame: pd.DataFrame, view: View) -> go.Figure:
    """On a phone: the most frequent pairs as bars, names and sides above."""
    ink, text2 = SURFACE[view.theme]["ink"], SURFACE[view.theme]["text2"]
    rows = frame.head(_PAIRS_NARROW)
    step, full = 60, view.width - 34
    figure = canvas(view, step * len(rows))
    tops = step * np.arange(len(rows), dtype=float)
    ends = full * rows["meetings"].to_numpy(float) / rows["meetings"].max()
    for top, end, side, other in zip(
        tops, ends, rows["side"], rows["other_side"], strict=True
    ):
        # Half the bar for each of the two, in the colour of the side.
        boxes(figure, [(0, top + 38, end / 2, top + 50)], SIDE[view.theme][side])
        boxes(figure, [(end / 2, top + 38, end, top + 50)], SIDE[view.theme][other])
    zero = np.zeros(len(rows))
    write(figure, zero, tops + 10, rows["name"] + " – " + rows["other"], colour=ink)
    sides = rows["side_label"] + " – " + rows["other_side_label"]
    write(figure, zero, tops + 27, sides, colour=text2, size=13)
    write(figure, ends + 2, tops + 44, [str(n) for n in rows["meetings"]], colour=ink)
    return figure
