"""People or bodies handed over by month: to Ukraine upwards, to Russia downwards."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.charts.canvas import canvas, rules, write
from components.charts.chart import Editable, Option, Series, Words, empty, numbers
from components.charts.handover_marks import (
    DASH,
    boxes,
    hover,
    key,
    publishers,
    side_colour,
    ticks,
)
from components.theme.palette import SURFACE
from components.view import View
from data.dataset import Dataset
from data.exchanges import DIRECTIONS, SIDE_NAME, WHAT, by_month, handovers, sides_of
from data.words import count, day, listing, month, number

TITLE = "Exchanges by month"
COLUMNS = {
    "month_words": "Month",
    "handovers": "Handovers",
    "ukraine": "To Ukraine",
    "ukraine_civilians": "of whom civilians",
    "ukraine_unpublished": "Handovers without a number to Ukraine",
    "russia": "To Russia",
    "russia_civilians": "of whom civilians (to Russia)",
    "russia_unpublished": "Handovers without a number to Russia",
    "pages": "Pages of",
}
OPTIONS = {
    "what": Option("people or bodies", WHAT, "prisoners"),
    "direction": Option("handed over to whom", DIRECTIONS, "both", narrows=True),
}

_BOX = 7.0  # px, the height of a dashed box for a handover without a number
_LABELLED = 24.0  # px: a shorter bar's number is left to the title and the table
_HEIGHT, _HEIGHT_NARROW = 300, 240


def _what(view: View) -> str:
    return str(view.option("what", "prisoners"))


def _sides(view: View) -> tuple[str, ...]:
    return sides_of(str(view.option("direction", "both")))


def frame(dataset: Dataset, view: View) -> pd.DataFrame:
    """One row a month as in `data.exchanges.by_month`, with words, publishers and source_ids.

    A month whose handovers all lack a number has NaN, not zero, for that side.
    """
    rows = by_month(dataset, _what(view))
    made = handovers(dataset, _what(view))
    pages = made.groupby(made["date"].str[:7])["source_ids"].agg(";".join)
    numbered = {
        s: made[s].notna().groupby(made["date"].str[:7]).sum().reindex(rows["month"])
        for s in ("ukraine", "russia")
    }
    for side, known in numbered.items():
        silent = (known.fillna(0).to_numpy() == 0) & (
            rows[f"{side}_unpublished"] > 0
        ).to_numpy()
        rows[side] = rows[side].astype(float).mask(silent)
    drawn = rows.assign(
        month_words=rows["month"].map(month),
        pages=[publishers(dataset, i) for i in rows["month"].map(pages)],
        source_ids=rows["month"].map(pages),
    )
    drawn.attrs["unit"] = "bodies" if _what(view) == "bodies" else "people"
    return drawn


def words(frame: pd.DataFrame, view: View) -> Words:
    bodies, sides = _what(view) == "bodies", _sides(view)
    noun = "bodies" if bodies else "people"
    up = " upwards, to Russia downwards" if len(sides) == 2 else ""
    subtitle = (
        f"{noun.capitalize()} handed over by month, to {SIDE_NAME[sides[0]]}{up}; as of "
        f"{day(view.as_of)}; axis starts at zero"
    )
    source = "Source: statements of both sides on the pages named in the table."
    if not frame["handovers"].sum():
        kind = "repatriation of bodies" if bodies else "exchange of prisoners"
        return Words(f"No {kind} is recorded by {day(view.as_of)}", subtitle, source)
    return Words(_finding(frame, sides, noun), subtitle, source, _note(frame, view))


def _finding(frame: pd.DataFrame, sides: tuple[str, ...], noun: str) -> str:
    most = {}
    for side in sides:
        if frame[side].fillna(0).max() > 0:
            row = frame.loc[frame[side].idxmax()]
            most[side] = (number(row[side]), row["month_words"])
    if not most:
        return f"No number of {noun} handed over was published"
    head = f"Most {noun} handed over in one month, by published numbers"
    if len(most) == 2 and len(set(most.values())) == 1:
        value, when = most["ukraine"]
        return f"{head}: {value} to each side in {when}"
    said = [f"{value} to {SIDE_NAME[s]} in {when}" for s, (value, when) in most.items()]
    return f"{head}: {', '.join(said)}"


def _note(frame: pd.DataFrame, view: View) -> str:
    notes = []
    without = [
        f"{int(frame[f'{s}_unpublished'].sum())} to {SIDE_NAME[s]}"
        for s in _sides(view)
        if frame[f"{s}_unpublished"].sum()
    ]
    if without:
        notes.append(
            "A dashed box is one handover without a published number, its height no count: "
            f"{listing(without)}."
        )
    if _what(view) == "prisoners":
        notes.append("Hatched: civilians, where their number was stated.")
    elif view.as_of >= "2022-11-30":
        notes.append("Three repatriations of 2022 are dated to a month only.")
    return " ".join(notes)


def figure(frame: pd.DataFrame, view: View) -> go.Figure:
    if not frame["handovers"].sum():
        return empty(view, "No handover is recorded by this day.")
    colours, sides = SURFACE[view.theme], _sides(view)
    figure = canvas(view, 10)
    top_px = key(figure, view, _key(figure, frame, view, sides)) + 24
    height = _HEIGHT_NARROW if view.narrow else _HEIGHT
    left, right = 52.0, float(view.width)
    scale = _scale(frame, sides, height)
    up = sides[0]
    reach = {side: _reach(frame, side, scale) for side in sides}
    peaks = {side: float(frame[side].fillna(0).max()) for side in sides}
    zero = top_px + reach[up]
    bottom = zero + (reach["russia"] if len(sides) == 2 else 0)
    total = int(bottom + 30)
    figure.update_layout(height=total)
    figure.update_yaxes(range=[total, 0])

    step = (right - left) / len(frame)
    x = left + step * (np.arange(len(frame)) + 0.5)
    january = frame["month"].str.endswith("-01").to_numpy()
    rules(
        figure,
        [(a - step / 2, top_px, a - step / 2, bottom) for a in x[january]],
        colour=colours["grid"],
    )
    for side in sides:
        way = -1 if side == up else 1
        steps = ticks(peaks[side], peaks[side] * scale)[1:]
        rules(
            figure,
            [
                (left, zero + way * t * scale, right, zero + way * t * scale)
                for t in steps
            ],
            colour=colours["grid"],
        )
        write(
            figure, [left - 8] * len(steps), [zero + way * t * scale for t in steps],
            [number(t) for t in steps], colour=colours["muted"], size=13, align="left",
        )  # fmt: skip
        _bars(figure, frame, view, side, x, min(step * 0.74, 20), zero, scale, way)
    write(
        figure,
        [left - 8],
        [zero],
        ["0"],
        colour=colours["muted"],
        size=13,
        align="left",
    )
    rules(figure, [(left, zero, right, zero)], colour=colours["border"], width=1.4)
    starts = [(left, frame["month"].iloc[0][:4])]
    starts += [
        (a - step / 2, m[:4])
        for a, m in zip(x[january], frame["month"][january], strict=True)
    ]
    if len(starts) > 1 and starts[1][0] - starts[0][0] < 40:
        starts = starts[1:]
    write(
        figure, [a for a, _ in starts], [bottom + 15] * len(starts),
        [f"<b>{text}</b>" for _, text in starts], colour=colours["text2"], size=14,
    )  # fmt: skip
    hover(figure, x, np.full(len(x), zero), _hovers(frame, sides), size=min(step, 20))
    return figure


def _reach(frame: pd.DataFrame, side: str, scale: float) -> float:
    """How far a side's longest month goes from zero, in px, its dashed boxes included."""
    bars = frame[side].fillna(0).to_numpy(float) * scale
    return float((bars + frame[f"{side}_unpublished"].to_numpy(float) * _BOX).max()) + 4


def _scale(frame: pd.DataFrame, sides: tuple[str, ...], height: float) -> float:
    """px a person at which both directions together fill `height`, by halving."""
    low, high = 0.0, height
    for _ in range(40):
        middle = (low + high) / 2
        if sum(_reach(frame, side, middle) for side in sides) > height:
            high = middle
        else:
            low = middle
    return low


def _bars(
    figure: go.Figure,
    frame: pd.DataFrame,
    view: View,
    side: str,
    x: np.ndarray,
    bar: float,
    zero: float,
    scale: float,
    way: int,
) -> None:
    """Solid bars, civilians hatched at their foot, dashed boxes beyond their ends."""
    colour, colours = side_colour(side, view), SURFACE[view.theme]
    half = bar / 2
    length = frame[side].fillna(0).to_numpy(float) * scale
    civilians = frame[f"{side}_civilians"].to_numpy(float) * scale
    end = zero + way * length
    has = length > 0
    boxes(
        figure,
        [(a - half, zero + way * c, a + half, e) for a, c, e in zip(x[has], civilians[has], end[has], strict=True)],
        line=colour, fill=colour,
    )  # fmt: skip
    some = civilians > 0
    boxes(
        figure,
        [(a - half, zero, a + half, zero + way * c) for a, c in zip(x[some], civilians[some], strict=True)],
        line=colour, fill=colours["paper"], hatch=colour,
    )  # fmt: skip
    boxes(
        figure,
        [
            (a - half, e + way * (i * _BOX + 1.5), a + half, e + way * ((i + 1) * _BOX))
            for a, e, n in zip(x, end, frame[f"{side}_unpublished"], strict=True)
            for i in range(int(n))
        ],
        line=colours["muted"], dash=DASH,
    )  # fmt: skip
    most = int(np.argmax(length))
    if length[most] < _LABELLED:
        return
    text = (
        f"<b>{number(frame[side].iloc[most])}</b> in {frame['month_words'].iloc[most]}"
    )
    align = "left" if x[most] > view.width / 2 else "right"
    at = x[most] + (-half - 4 if align == "left" else half + 4)
    write(
        figure, [at], [end[most] - way * 8], [text], colour=colours["ink"],
        size=13 if view.narrow else 14, align=align,
    )  # fmt: skip


def _key(
    figure: go.Figure, frame: pd.DataFrame, view: View, sides: tuple[str, ...]
) -> list:
    colours = SURFACE[view.theme]

    def box(**style: object):
        return lambda x, y: boxes(figure, [(x - 8, y - 6, x + 8, y + 6)], **style)

    items = [
        (
            box(line=side_colour(s, view), fill=side_colour(s, view)),
            f"to {SIDE_NAME[s]}",
        )
        for s in sides
    ]
    if sum(frame[f"{s}_civilians"].sum() for s in sides):
        colour = side_colour(sides[0], view)
        items.append(
            (
                box(line=colour, fill=colours["paper"], hatch=colour),
                "civilians among them",
            )
        )
    if sum(frame[f"{s}_unpublished"].sum() for s in sides):
        items.append(
            (box(line=colours["muted"], dash=DASH), "handover, no number published")
        )
    return items


def _hovers(frame: pd.DataFrame, sides: tuple[str, ...]) -> list[str]:
    texts = []
    for row in frame.to_dict("records"):
        said = [f"<b>{row['month_words']}</b>", count(row["handovers"], "handover")]
        for side in sides:
            value = "not published" if np.isnan(row[side]) else number(row[side])
            said.append(f"to {SIDE_NAME[side]}: {value}")
            if row[f"{side}_unpublished"] and not np.isnan(row[side]):
                said.append(
                    f"and {count(row[f'{side}_unpublished'], 'handover')} without a number"
                )
        texts.append("<br>".join(said))
    return texts


def editable(frame: pd.DataFrame, view: View) -> Editable | None:
    sides = _sides(view)
    if not frame["handovers"].sum():
        return None
    peaks = {s: float(frame[s].fillna(0).max()) for s in sides}
    whole = sum(peaks.values())
    if not whole:
        return None
    steps = ticks(whole, 300)
    step = float(steps[1] - steps[0]) if len(steps) > 1 else 1.0
    ends = [float(np.ceil(peaks[s] / step) * step) for s in sides]
    without = [
        f"{int(frame[f'{s}_unpublished'].sum())} to {SIDE_NAME[s]}"
        for s in sides
        if frame[f"{s}_unpublished"].sum()
    ]
    return Editable(
        kind="bar",
        scale="months",
        categories=tuple(frame["month"]),
        series=tuple(
            Series(
                f"to {SIDE_NAME[s]}",
                numbers(frame[s]),
                side_colour(s, view),
                labelled=(int(frame[s].fillna(0).argmax()),) if peaks[s] else (),
                down=s != sides[0],
            )
            for s in sides
        ),
        low=-ends[1] if len(sides) == 2 else 0.0,
        high=ends[0],
        step=step,
        unit=frame.attrs["unit"],
        note=(
            f"No bar: handovers without a published number, {listing(without)}"
            if without
            else ""
        ),
    )


def summary(frame: pd.DataFrame, view: View) -> str:
    active = int((frame["handovers"] > 0).sum())
    if not active:
        return f"No handover is recorded by {day(view.as_of)}."
    made = int(frame["handovers"].sum())
    missing = [
        f"{count(int(frame[f'{s}_unpublished'].sum()), 'handover')} to {SIDE_NAME[s]}"
        for s in _sides(view)
        if frame[f"{s}_unpublished"].sum()
    ]
    tail = f"; no number was published for {listing(missing)}" if missing else ""
    return (
        f"{count(made, 'handover').capitalize()} took place in {active} of the "
        f"{count(len(frame), 'month')} to {month(view.as_of)}{tail}."
    )
