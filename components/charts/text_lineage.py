"""Which text replaces or edits which: the recorded lines of succession."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from components.charts.canvas import boxes, canvas, rules, write
from components.charts.chart import Option, Words, empty
from components.charts.reading import touch, wrapped
from components.theme.palette import SURFACE
from components.view import View
from data.dataset import Dataset
from data.positions import lineages, succession, texts
from data.words import count, day, listing, short_day, spelled

TITLE = "Lines of texts"
COLUMNS = {
    "day": "Date",
    "title": "Text",
    "by": "Authors",
    "follows": "Replaces or edits",
    "status": "Status",
}
OPTIONS = {"text": Option("id of a text that is marked", kind="proposal")}

_LEAST = 900  # px; under it dates run downwards
_BESIDE = 14  # px between two boxes: an arrow


@dataclass(frozen=True)
class _Box:
    """A text's box in px; `letters` of its name to a line, the month in full or not."""

    width: float
    height: float
    letters: int
    full: bool = True

    def day(self, iso: str) -> str:
        return day(iso) if self.full else f"{short_day(iso)} {iso[:4]}"


_BOX = _Box(124, 64, 16)


def frame(dataset: Dataset, view: View) -> pd.DataFrame:
    """One row a text that replaces or edits another, or is replaced, by line and date.

    Columns besides COLUMNS: proposal_id, short_title, date, `line` (its number),
    `old` (id of the text before it, '' for a line's first). `attrs`: `texts`, the
    number of all texts known by then.
    """
    rows = texts(dataset).set_index("proposal_id", drop=False)
    before = dict(succession(dataset)[["new", "old"]].itertuples(index=False))
    lines = lineages(dataset)
    held = rows.loc[[text for line in lines for text in line]].reset_index(drop=True)
    labels = dataset.labels("proposals", "status")
    held = held.assign(
        line=[n for n, line in enumerate(lines) for _ in line],
        old=[before.get(text, "") for text in held["proposal_id"]],
        day=held["date"].map(day),
        by=held["authors"].map(listing),
        status=held["status"].map(labels),
    )
    held = held.assign(
        follows=[rows["short_title"].get(old, "–") for old in held["old"]]
    )
    held.attrs["texts"] = len(rows)
    return held


def words(frame: pd.DataFrame, view: View) -> Words:
    rest = frame.attrs["texts"] - len(frame)
    left_out = (
        f" {count(rest, 'other text').capitalize()} "
        f"{'stands' if rest == 1 else 'stand'} alone in the record and "
        f"{'is' if rest == 1 else 'are'} not drawn."
        if rest
        else ""
    )
    return Words(
        _title(frame, view),
        "An arrow: the later text is recorded as replacing or editing the earlier one; "
        f"{'downwards' if view.width < _LEAST else 'from left to right'} by date, equal steps. As of {day(view.as_of)}",
        "Source: the texts, their authors and the press.",
        f"No arrow does not mean no influence.{left_out}",
    )


def _title(frame: pd.DataFrame, view: View) -> str:
    if frame.empty:
        return f"No text is recorded as replacing another by {day(view.as_of)}"
    last = frame[frame["line"] == frame.loc[frame["date"].idxmax(), "line"]]
    return (
        f"{spelled(len(frame)).capitalize()} of {spelled(frame.attrs['texts'])} texts stand "
        f"in a line of succession; the most recent line runs from "
        f"{last['short_title'].iloc[0]} to {last['short_title'].iloc[-1]}"
    )


def figure(frame: pd.DataFrame, view: View) -> go.Figure:
    if frame.empty:
        return empty(view, "No text here is recorded<br>as replacing another")
    return _down(frame, view) if view.width < _LEAST else _across(frame, view)


def _across(frame: pd.DataFrame, view: View) -> go.Figure:
    """Dates run to the right; a line keeps its height, a branch stands under it."""
    places = {date: n for n, date in enumerate(sorted(set(frame["date"])))}
    box = _fitting(frame, view, len(places))
    step = min((view.width - box.width - 2) / max(len(places) - 1, 1), box.width + 70)
    x = {
        text: box.width / 2 + 1 + step * places[date]
        for text, date in frame[["proposal_id", "date"]].itertuples(index=False)
    }
    rows = _rows(frame)
    y = {
        text: box.height / 2 + 2 + (box.height + 16) * row for text, row in rows.items()
    }
    return _drawn(frame, view, x, y, int(max(y.values()) + box.height / 2 + 4), box)


def _fitting(frame: pd.DataFrame, view: View, places: int) -> _Box:
    """The box, narrower and higher where so many would not stand beside each other."""
    wide = (view.width + _BESIDE - 2) / places - _BESIDE
    if wide >= _BOX.width:
        return _BOX
    letters = int((wide - 6) / 7.2)
    lines = max(wrapped(name, letters).count("<br>") for name in frame["short_title"])
    return _Box(wide, 30 + 17 * (lines + 1), letters, full=False)


def _down(frame: pd.DataFrame, view: View) -> go.Figure:
    """On a phone dates run downwards, one text a row, later lines further in."""
    width, height = _BOX.width, _BOX.height
    order = frame.sort_values(["date", "line"], kind="stable")["proposal_id"]
    rows = _rows(frame)
    most = max(rows.values())
    inset = min(46.0, (view.width - width) / max(most, 1))
    x = {text: width / 2 + 1 + inset * row for text, row in rows.items()}
    y = {text: 34 + (height + 26) * place for place, text in enumerate(order)}
    return _drawn(frame, view, x, y, int(max(y.values()) + height), _BOX)


def _rows(frame: pd.DataFrame) -> dict[str, int]:
    """Each line a row of its own; the second text after the same one a row below."""
    rows: dict[str, int] = {}
    following: set[str] = set()
    free = 0
    for _, line in frame.groupby("line", sort=False):
        own, lowest = free, free
        # Of two texts after the same one, the one that goes on keeps the row.
        leads = set(line["old"])
        for text, old in sorted(
            line[["proposal_id", "old"]].itertuples(index=False),
            key=lambda pair: pair[0] not in leads,
        ):
            if old and old in following:
                lowest += 1
                rows[text] = lowest
            else:
                rows[text] = own
            if old:
                following.add(old)
        free = lowest + 1
    return rows


def _drawn(
    frame: pd.DataFrame,
    view: View,
    x: dict[str, float],
    y: dict[str, float],
    height: int,
    box: _Box,
) -> go.Figure:
    colours = SURFACE[view.theme]
    half_width, half_height = box.width / 2, box.height / 2
    figure = canvas(view, height)
    corners = {
        text: (x[text] - half_width, y[text] - half_height,
               x[text] + half_width, y[text] + half_height)
        for text in x
    }  # fmt: skip
    marked = view.option("text")
    for text, ground in ((t, "selected" if t == marked else "card") for t in corners):
        boxes(figure, [corners[text]], colours[ground])
    edges = []
    for x0, y0, x1, y1 in corners.values():
        edges += [
            (x0, y0, x1, y0),
            (x0, y1, x1, y1),
            (x0, y0, x0, y1),
            (x1, y0, x1, y1),
        ]
    rules(figure, edges, colour=colours["border"])
    heads = []
    for text, old in frame[["proposal_id", "old"]].itertuples(index=False):
        if not old:
            continue
        lines, head = _arrow(corners[old], corners[text], down=view.width < _LEAST)
        rules(figure, lines, colour=colours["ink"], width=1.4)
        heads.append(head)
    for x_, y_, symbol in heads:
        figure.add_trace(
            dict(type="scatter", x=[x_], y=[y_], mode="markers", hoverinfo="skip", cliponaxis=False,
                       marker=dict(symbol=symbol, size=10, color=colours["ink"], opacity=1))
        )  # fmt: skip
    left = [corners[t][0] + 8 for t in frame["proposal_id"]]
    top = [y[t] for t in frame["proposal_id"]]
    names = [f"<b>{wrapped(name, box.letters)}</b>" for name in frame["short_title"]]
    days = [box.day(iso) for iso in frame["date"]]
    low = half_height - 12
    write(figure, left, [at - 10 for at in top], names, colour=colours["ink"], size=13)
    write(
        figure, left, [at + low for at in top], days, colour=colours["text2"], size=13
    )
    spots = [-half_width + 14, -half_width / 2, 0, half_width / 2, half_width - 14]
    ids = list(frame["proposal_id"])
    touch(
        figure,
        [x[t] + dx for t in ids for dx in spots],
        [y[t] for t in ids for _ in spots],
        [f"{t}|" for t in ids for _ in spots],
        [f"{title}<br>{by}" for title, by in zip(frame["title"], frame["by"], strict=True)
         for _ in spots],
        size=26,
    )  # fmt: skip
    return figure


def _arrow(
    old: tuple[float, float, float, float],
    new: tuple[float, float, float, float],
    *,
    down: bool,
) -> tuple[list[tuple[float, float, float, float]], tuple[float, float, str]]:
    """The strokes from one box to another, by right angles, and the arrow's head."""
    if down:
        # At the left, where a branch that stands further in leaves room.
        at = new[0] + 20
        y0, y1 = old[3], new[1]
        return [(at, y0, at, y1 - 6)], (at, y1 - 6, "triangle-down")
    mid_old, mid_new = (old[1] + old[3]) / 2, (new[1] + new[3]) / 2
    if mid_old == mid_new:
        return [(old[2], mid_old, new[0] - 6, mid_new)], (
            new[0] - 6,
            mid_new,
            "triangle-right",
        )
    # A branch leaves by the lower edge.
    at = old[2] - 20
    strokes = [(at, old[3], at, mid_new), (at, mid_new, new[0] - 6, mid_new)]
    return strokes, (new[0] - 6, mid_new, "triangle-right")


def summary(frame: pd.DataFrame, view: View) -> str:
    if frame.empty:
        return f"No text is recorded as replacing another by {day(view.as_of)}."
    names = dict(frame[["proposal_id", "short_title"]].itertuples(index=False))
    steps = [
        f"{names[old]} to {new}"
        for old, new in frame[["old", "short_title"]].itertuples(index=False)
        if old
    ]
    return f"{count(len(steps), 'recorded step').capitalize()}: {'; '.join(steps)}."
