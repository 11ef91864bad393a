"""Civilians killed or injured by month: as first published, and as revised since."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.charts.canvas import canvas, rules, write
from components.charts.chart import Editable, Option, Series, Words, empty, numbers
from components.theme.palette import SIDE, SURFACE
from components.view import View
from data.casualties import months
from data.dataset import Dataset
from data.words import count, day, ids, listing, month, number

TITLE = "Civilians killed or injured by month"
UNIT = "people"
COLUMNS = {
    "month_words": "Month",
    "measure": "What is counted",
    "claimant": "Claimant",
    "first": "First published (people)",
    "first_words": "on",
    "latest": "Last published (people)",
    "latest_words": "last on",
    "added": "Added since (people)",
    "editions": "Dated editions",
    "undated": "On a page without a date (people)",
    "publishers": "Pages of",
}
OPTIONS = {"measure": Option("what is counted", ("killed", "injured"), "killed")}

_HEIGHT = 214  # px of the plot
_ONE_HIGH = 2.0  # the axis is cut if the largest month is so many times the second


def measure(view: View) -> str:
    return str(view.option("measure", "killed"))


def frame(dataset: Dataset, view: View) -> pd.DataFrame:
    """One row a month: as in `data.casualties.months`, with added (people) and words.

    A month without a row of its own has neither value: no split was published.
    """
    rows = months(dataset, measure(view))
    publishers = [
        "; ".join(
            dict.fromkeys(
                str(dataset.sources[i]["publisher"])
                for i in ids(value)
                if i in dataset.sources
            )
        )
        for value in rows["source_ids"]
    ]
    published = rows["first"].notna()
    return rows.assign(
        month_words=rows["month"].map(month),
        measure=measure(view),
        added=rows["latest"] - rows["first"],
        publishers=publishers,
        **{
            f"{which}_words": [
                day(d)
                if isinstance(d, str)
                else "not known"
                if has
                else "none published"
                for d, has in zip(rows[f"{which}_published"], published, strict=True)
            ]
            for which in ("first", "latest")
        },
    )


def words(frame: pd.DataFrame, view: View) -> Words:
    what = measure(view)
    subtitle = (
        f"Civilians {what} in Ukraine by month, verified by OHCHR, in people; as of "
        f"{day(view.as_of)}; axis starts at zero"
    )
    source = "Source: OHCHR, as given on the pages named in the table."
    if frame.empty:
        return Words(
            f"No monthly count of civilians {what} had been published by {day(view.as_of)}",
            subtitle,
            source,
        )
    cut = axis_cut(frame)
    return Words(
        title=_finding(frame, what),
        subtitle=subtitle + (f", cut at {number(cut)}" if cut else ""),
        source=source,
        note=_note(frame),
    )


def _finding(frame: pd.DataFrame, what: str) -> str:
    raised = frame[frame["added"] > 0]
    known = frame["first"].notna().sum()
    if raised.empty:
        return f"OHCHR has published {count(int(known), 'month')} of civilians {what}"
    most = raised.loc[raised["added"].idxmax()]
    return (
        f"Later editions raised {len(raised)} of {known} months of civilians {what}, "
        f"most {most['month_words']}: {number(most['first'])} to {number(most['latest'])}"
    )


def _note(frame: pd.DataFrame) -> str:
    notes = []
    missing = int(frame["first"].isna().sum())
    if missing:
        notes.append(
            f"For {count(missing, 'month')} no split was found: an empty box, not zero."
        )
    bare = frame[frame["first"].notna() & frame["first_published"].isna()]
    if len(bare):
        notes.append(f"Publication date not known: {listing(bare['month_words'])}.")
    for row in frame[frame["undated"].notna()].itertuples():
        notes.append(
            f"{row.month_words}: a page without a date gives {number(row.undated)}; it is "
            "not drawn, since its place among the editions is not known."
        )
    if (frame["month"] == "2022-02").any():
        notes.append("February 2022 is its last five days.")
    return " ".join(notes)


def axis_cut(frame: pd.DataFrame) -> float | None:
    """Where the axis ends if one month stands far above all others, else None."""
    values = frame["latest"].dropna().sort_values()
    if len(values) < 2 or values.iloc[-1] < _ONE_HIGH * values.iloc[-2]:
        return None
    return float(np.ceil(values.iloc[-2] / 300) * 300)


def figure(frame: pd.DataFrame, view: View) -> go.Figure:
    if frame.empty:
        return empty(view, "No monthly count had been published by this day.")
    narrow, colours = view.narrow, SURFACE[view.theme]
    grey = SIDE[view.theme]["other"]
    key = [
        (True, False, "as first published"),
        (False, False, "added by later editions"),
        (False, True, "no monthly split published"),
    ]
    key_rows = 3 if narrow else 1
    top_px = 26 * key_rows + 30
    bottom = top_px + _HEIGHT
    figure = canvas(view, bottom + 26)
    left, right = (44.0 if narrow else 56.0), float(view.width)
    cut = axis_cut(frame)
    top = cut or float(frame["latest"].max()) * 1.04
    scale = _HEIGHT / top

    ticks = list(np.linspace(0, cut, 4)) if cut else _ticks(top)
    rules(
        figure,
        [(left, bottom - t * scale, right, bottom - t * scale) for t in ticks[1:]],
        colour=colours["grid"],
    )
    write(
        figure, [left - 8] * len(ticks), [bottom - t * scale for t in ticks],
        [number(t) for t in ticks], colour=colours["muted"],
        size=13 if narrow else 14, align="left",
    )  # fmt: skip
    step = (right - left) / len(frame)
    bar = min(step * 0.74, 34)
    x = left + step * (np.arange(len(frame)) + 0.5)
    january = frame["month"].str.endswith("-01").to_numpy()
    rules(
        figure,
        [(at - step / 2, top_px, at - step / 2, bottom) for at in x[january]],
        colour=colours["grid"],
    )
    first = np.minimum(frame["first"].to_numpy(float), top)
    latest = np.minimum(frame["latest"].to_numpy(float), top)
    has = ~np.isnan(first)
    _boxes(
        figure, x[has], bar, bottom, bottom - first[has] * scale, fill=grey, line=grey
    )
    raised = has & (latest > first)
    _boxes(
        figure, x[raised], bar, bottom - first[raised] * scale,
        bottom - latest[raised] * scale, fill=colours["paper"], line=grey,
    )  # fmt: skip
    _boxes(
        figure, x[~has], bar, np.full((~has).sum(), bottom),
        np.full((~has).sum(), bottom - 18.0), fill=None, line=colours["muted"], dash="2px,2px",
    )  # fmt: skip
    rules(figure, [(left, bottom, right, bottom)], colour=colours["border"])
    over = frame["latest"].to_numpy(float) > top
    _cut_bars(figure, frame[over], x[over], bar, top_px, view, right)
    _hover(figure, frame, x, bottom - np.where(has, latest, 0) * scale)
    starts = [(left, frame["month"].iloc[0][:4])] if not january[0] else []
    starts += [
        (at - step / 2, m[:4])
        for at, m in zip(x[january], frame["month"][january], strict=True)
    ]
    if len(starts) > 1 and starts[1][0] - starts[0][0] < 40:
        starts = starts[1:]
    write(
        figure, [at for at, _ in starts], [bottom + 14] * len(starts),
        [f"<b>{year}</b>" for _, year in starts], colour=colours["text2"], size=14,
    )  # fmt: skip
    at = 0.0
    for i, (solid, dashed, text) in enumerate(key):
        line_x, line_y = (0.0, 26.0 * i) if narrow else (at, 0.0)
        centre = np.array([line_x + 8])
        _boxes(
            figure, centre, 14, np.array([line_y + 18]), np.array([line_y + 4]),
            fill=grey if solid else None, line=colours["muted"] if dashed else grey,
            dash="2px,2px" if dashed else "solid",
        )  # fmt: skip
        write(
            figure,
            [line_x + 22],
            [line_y + 11],
            [text],
            colour=colours["text2"],
            size=14,
        )
        at += 22 + len(text) * 7 + 22
    return figure


def _ticks(top: float) -> list[float]:
    step = next(s for s in (50, 100, 200, 300, 500, 1000, 2000, 5000) if top / s <= 5)
    return list(np.arange(0, top + 1, step))


def _boxes(
    figure: go.Figure,
    x: np.ndarray,
    width: float,
    lower: np.ndarray | float,
    upper: np.ndarray,
    *,
    fill: str | None,
    line: str,
    dash: str = "solid",
) -> None:
    """Bars as one trace: `lower` and `upper` in px from the top."""
    if not len(x):
        return
    half = width / 2
    lower = np.broadcast_to(lower, x.shape)
    gap = np.full(len(x), np.nan)
    corners_x = (x - half, x - half, x + half, x + half, x - half, gap)
    corners_y = (lower, upper, upper, lower, lower, gap)
    figure.add_trace(
        dict(
            type="scatter",
            x=np.column_stack(corners_x).ravel(),
            y=np.column_stack(corners_y).ravel(),
            mode="lines",
            fill="toself" if fill else None,
            fillcolor=fill,
            line=dict(color=line, width=1.2, dash=dash),
            hoverinfo="skip",
        )
    )


def _cut_bars(
    figure: go.Figure,
    rows: pd.DataFrame,
    x: np.ndarray,
    bar: float,
    top: float,
    view: View,
    right: float,
) -> None:
    """Two slashes through a bar that goes beyond the axis, its numbers beside it."""
    for at, row in zip(x, rows.itertuples(), strict=True):
        for shift in (12, 19):
            rules(
                figure,
                [
                    (
                        at - bar / 2 - 3,
                        top + shift + 4,
                        at + bar / 2 + 3,
                        top + shift - 4,
                    )
                ],
                colour=SURFACE[view.theme]["paper"],
                width=3,
            )
        text = f"{row.month_words}: {number(row.first)}"
        if row.added > 0:
            text += f" first, {number(row.latest)} on {row.latest_words}"
        if view.narrow:
            text = text.replace(" on ", ", ")
        write(
            figure, [max(at - bar / 2 - 2, 0)], [top - 13], [text],
            colour=SURFACE[view.theme]["ink"], size=13 if view.narrow else 14,
        )  # fmt: skip


def _hover(
    figure: go.Figure, frame: pd.DataFrame, x: np.ndarray, y: np.ndarray
) -> None:
    texts = [
        f"<b>{row.month_words}</b><br>no monthly split published"
        if np.isnan(row.first)
        else f"<b>{row.month_words}</b><br>first: {number(row.first)} ({row.first_words})"
        f"<br>last: {number(row.latest)} ({row.latest_words})"
        for row in frame.itertuples()
    ]
    figure.add_trace(
        dict(
            type="scatter",
            x=x,
            y=y,
            mode="markers",
            marker=dict(size=10, opacity=0),
            hovertext=texts,
            hoverinfo="text",
        )
    )


def editable(frame: pd.DataFrame, view: View) -> Editable | None:
    # A count that a later edition lowered cannot be stacked.
    if frame.empty or (frame["added"] < 0).any():
        return None
    grey, cut = SIDE[view.theme]["other"], axis_cut(frame)
    top = cut or float(frame["latest"].max()) * 1.04
    steps = list(np.linspace(0, cut, 4)) if cut else _ticks(top)
    step = float(steps[1] - steps[0])
    return Editable(
        kind="stacked bar",
        scale="months",
        categories=tuple(frame["month"]),
        series=(
            Series("as first published", numbers(frame["first"]), grey),
            Series(
                "added by later editions", numbers(frame["added"]), grey, hollow=True
            ),
        ),
        low=0,
        high=cut or float(np.ceil(top / step) * step),
        step=step,
        unit=UNIT,
        note=_unlike(frame, cut),
    )


def _unlike(frame: pd.DataFrame, cut: float | None) -> str:
    """What bars without a mark of their own cannot say."""
    notes = []
    over = frame[frame["latest"] > (cut or np.inf)]
    for row in over.itertuples():
        notes.append(
            f"Cut off at {number(cut)}: {row.month_words}, {number(row.first)} first"
            + (f", {number(row.latest)} last published" if row.added > 0 else "")
        )
    if frame["first"].isna().any():
        notes.append("No bar: no monthly split published")
    return ". ".join(notes)


def summary(frame: pd.DataFrame, view: View) -> str:
    what = measure(view)
    known = frame[frame["first"].notna()]
    if known.empty:
        return f"No monthly count of civilians {what} was known on {day(view.as_of)}."
    highest = known.loc[known["latest"].idxmax()]
    last = known.iloc[-1]
    return (
        f"OHCHR’s monthly counts of civilians {what} in Ukraine known on {day(view.as_of)} "
        f"cover {count(len(known), 'month')}; the highest is {highest['month_words']} with "
        f"{number(highest['latest'])}, the last {last['month_words']} with "
        f"{number(last['latest'])}."
    )
