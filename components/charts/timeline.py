"""Events by track as swimlanes, under the war's own curve on the same axis."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.charts.canvas import canvas, rules, write
from components.charts.chart import MAP_CREDIT, Option, Words, empty
from components.charts.office_bars import DayAxis
from components.charts.swimlanes import RADIUS, RING, Dot, Lanes, name_dots, place
from components.theme.palette import MAP_SOURCE, SURFACE, rgba
from components.view import View
from data.dataset import Dataset
from data.event_filters import Filters
from data.events import CURVES, curve, quarters, rows, share_of_ukraine
from data.words import count, day, month, number, period, short_day, signed, spelled

TITLE = "Events by track, over the war’s own curve"
COLUMNS = {
    "kind": "Kind",
    "when": "When",
    "what": "What",
    "track_label": "Track",
    "outcome_label": "Outcome",
    "significance": "Weight (1 key, 2 notable, 3 detail)",
    "value": "Value",
    "unit": "Unit",
}
OPTIONS = {
    "from": Option("first day of the axis, YYYY-MM-DD", narrows=True),
    "to": Option("last day of the axis, YYYY-MM-DD", narrows=True),
    "track": Option("ids of tracks", many=True, narrows=True),
    "type": Option("ids of event types", many=True, narrows=True),
    "actor": Option("ids of actors who took part", many=True, narrows=True),
    "place": Option("ids of places", many=True, narrows=True),
    "level": Option("ids of levels", many=True, narrows=True),
    "outcome": Option("ids of outcomes", many=True, narrows=True),
    "significance": Option("weights, 1 to 3", many=True, narrows=True),
    "text": Option("words in title, summary, place or names", narrows=True),
    "curve": Option("the war’s curve above the lanes", tuple(CURVES), "civilians"),
    "event": Option("id of the event to mark"),
}

OUTCOMES = ("agreement", "partial", "none", "collapsed", "ongoing", "not_applicable")

# Before this day the second Trump administration's contacts had not begun; most
# of the events recorded come after it.
_SINCE = "2025-01-20"
_LEFT = 128  # px for the lanes' names
_LEFT_NARROW = 34  # px for the axes' numbers, where the names stand over the lanes
_LOW = 450  # px: a picture that leaves less has lower strips too
_LANES = 560.0  # px, all lanes together have at least
_NAME_OF_LANE = 22  # px, its height there
_RIGHT = 14
_LEAST_PER_DAY = 0.38  # px; below it dots would be a smear, and bars are drawn
_TOP_OF_CIVILIANS = 600  # people; March and April 2022 are cut and named
_QUARTER_LANE = 38


def filters_of(view: View) -> Filters:
    """The view's options as event filters."""

    def several(name: str) -> tuple[str, ...]:
        value = view.option(name, ())
        return value if isinstance(value, tuple) else (str(value),)

    first, last = view.option("from"), view.option("to")
    return Filters(
        first=str(first) if first else None,
        last=str(last) if last else None,
        track=several("track"),
        event_type=several("type"),
        actor=several("actor"),
        place=several("place"),
        level=several("level"),
        outcome=several("outcome"),
        significance=tuple(str(s) for s in several("significance")),
        text=str(view.option("text", "")),
    )


def frame(dataset: Dataset, view: View) -> pd.DataFrame:
    """Events (kind 'Event') in order of date, then the months of the curve.

    Events: event_id, start_date, short_title, track, outcome, significance,
    status. Months: value and unit (people or km²). `attrs`: total (events
    without filters), first and last (ISO, the axis), share (occupied share by
    day), curve (its name), tracks (id → label, in order).
    """
    asked = filters_of(view)
    events = rows(dataset, asked)
    name = str(view.option("curve", "civilians"))
    months = curve(dataset, name)
    share = share_of_ukraine(dataset)
    first = max(asked.first or dataset.first_day, "2021-12-01")
    last = min(asked.last or dataset.day, dataset.day)
    shown = (months["month"] >= first[:7]) & (months["month"] <= last[:7])
    months = months[shown]
    listed = pd.concat(
        [
            events.assign(
                kind="Event",
                when=[
                    period(*r)
                    for r in events[
                        ["start_date", "end_date", "date_precision"]
                    ].itertuples(index=False)
                ],
            ),
            months.assign(
                kind=CURVES[name],
                when=months["month"].map(month),
                unit="km²" if name == "net-change" else "people",
            ),
        ],
        ignore_index=True,
    )
    listed = listed.reindex(
        columns=[
            *COLUMNS,
            "event_id",
            "start_date",
            "short_title",
            "title",
            "track",
            "outcome",
            "status",
            "month",
            "partial",
            "flaw",
            "source_ids",
        ]
    )
    listed.attrs.update(
        total=len(dataset["events"]),
        first=first,
        last=last,
        share=share[(share["date"] >= first) & (share["date"] <= last)],
        curve=name,
        tracks=dict(dataset.labels("events", "track")),
        outcomes=dict(dataset.labels("events", "outcome")),
    )
    return listed


def words(frame: pd.DataFrame, view: View) -> Words:
    events = _events(frame)
    total = frame.attrs["total"]
    selected = events[events["event_id"] == view.option("event")]
    bars = _as_bars(frame, view)
    mark = "line" if bars else "ringed"
    said = f"; {mark}: {selected['title'].iloc[0]}" if len(selected) else ""
    span = period(frame.attrs["first"], frame.attrs["last"])
    if bars:
        reading = "Height: square root of the number a quarter; black: key events"
    else:
        reading = "Position: day; shape: outcome; size: weight"
    candidates = int((events["status"] == "candidate").sum())
    notes = [] if bars else _notes_on_curve(frame, view)
    if candidates:
        rest = "rests" if candidates == 1 else "rest"
        notes.append(
            f"{_capital(count(candidates, 'event'))} marked as a candidate in lists and "
            f"details {rest} only on pages not opened."
        )
    return Words(
        _title(events, total, view),
        f"{_capital(count(len(events), 'diplomatic or related event'))} by track, "
        f"{span}. {reading}{said}",
        "Source: table of events, each with its pages."
        if bars
        else f"Source: table of events, each with its pages. "
        f"{CURVES[frame.attrs['curve']]}. Occupied share: {MAP_CREDIT}",
        " ".join(notes),
    )


def _notes_on_curve(frame: pd.DataFrame, view: View) -> list[str]:
    months = frame[frame["kind"] != "Event"]
    values = _values(frame, view)
    notes = []
    if len(values) and not np.isfinite(values).all():
        notes.append("Dashed box: no monthly number published.")
    if (np.isfinite(values) & months["partial"].fillna(False).to_numpy(bool)).any():
        notes.append("≥: at least; a handover of that month gave no number.")
    said = _cut_bars(frame, view)
    if said:
        notes.append(f"Bars cut at the axis’ end: {said}.")
    flaws = months.dropna(subset="flaw")
    flaws = flaws[flaws["flaw"] != ""]
    notes += [
        f"{when}: {flaw}."
        for when, flaw in zip(flaws["when"], flaws["flaw"], strict=True)
    ]
    return notes


def _title(events: pd.DataFrame, total: int, view: View) -> str:
    n = len(events)
    if n == 0:
        return "No event matches"
    if n < total:
        return f"{n:,} of {total:,} events match"
    tracks = events["track_label"].value_counts()
    leads = len(tracks) == 1 or tracks.iloc[0] > tracks.iloc[1]
    tenths = 10 * float((events["start_date"] > _SINCE).mean())
    if leads and tenths >= 5 and abs(tenths - round(tenths)) <= 0.25 and tenths < 9.75:
        return (
            f"{spelled(round(tenths)).capitalize()} in ten events date from after "
            f"{day(_SINCE)}; the track ‘{tracks.index[0]}’ holds the largest share"
        )
    if leads and len(tracks) > 1:
        return f"The track ‘{tracks.index[0]}’ holds {tracks.iloc[0]:,} of {n:,} events"
    return f"{count(n, 'event')} on {count(len(tracks), 'track')}"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def summary(frame: pd.DataFrame, view: View) -> str:
    events = _events(frame)
    if events.empty:
        return "No event matches these filters."
    tracks = events["track_label"].value_counts()
    outcomes = events["outcome_label"].value_counts()
    first, last = events["start_date"].min(), events["start_date"].max()
    most = ", ".join(f"{name} {n}" for name, n in tracks.head(3).items())
    most = f"most on the tracks {most}" if len(tracks) > 3 else f"by track: {most}"
    ends = ", ".join(f"{name.lower()} {n}" for name, n in outcomes.items())
    return (
        f"{_capital(count(len(events), 'event'))}, {period(first, last)}; {most}; "
        f"outcomes: {ends}."
    )


def figure(frame: pd.DataFrame, view: View) -> go.Figure:
    events = _events(frame)
    if events.empty:
        return empty(view, "No event matches these filters<br>in this period")
    bars = _as_bars(frame, view)
    left = _LEFT_NARROW if view.narrow else _LEFT
    axis = DayAxis(frame.attrs["first"], frame.attrs["last"], left, view.width - _RIGHT)
    if bars:
        return _bars(frame, events, axis, view)
    dots = _dots(events, axis, frame.attrs["tracks"])
    ordered = events.iloc[dots[1]].reset_index(drop=True)
    strips = Strips.of(frame, view)
    head = _NAME_OF_LANE if view.narrow else 0.0
    spare = _LANES if view.height is None else view.height - strips.lanes - 30
    lanes = place(dots[0], strips.lanes, spare, axis.right, head, bool(view.height))
    height = int(lanes.bottom + 30)
    chosen = ordered.index[ordered["event_id"] == view.option("event")]
    chosen = int(chosen[0]) if len(chosen) else None
    figure = canvas(view, height)
    _key(figure, frame, view)
    _years(figure, axis, strips.date, height - 26, view)
    mark = None if chosen is None else float(lanes.x[chosen])
    _war(figure, frame, axis, strips, mark, view)
    _monthly(figure, frame, axis, strips, view)
    _lanes(figure, ordered, lanes, view)
    if chosen is not None:
        _ring(figure, ordered, lanes, chosen, strips, view)
    _events_drawn(figure, ordered, lanes, frame.attrs["outcomes"], view)
    _names(figure, dots[0], lanes, axis, chosen, view)
    return figure


def _events(frame: pd.DataFrame) -> pd.DataFrame:
    # Without attrs, which hold tables: pandas copies them at each cut.
    return pd.DataFrame(frame)[frame["kind"] == "Event"]


def _as_bars(frame: pd.DataFrame, view: View) -> bool:
    days = (
        date.fromisoformat(frame.attrs["last"]).toordinal()
        - date.fromisoformat(frame.attrs["first"]).toordinal()
    )
    room = view.width - _RIGHT - (_LEFT_NARROW if view.narrow else _LEFT)
    return room / max(days, 1) < _LEAST_PER_DAY


def _dots(
    events: pd.DataFrame, axis: DayAxis, tracks: dict[str, str]
) -> tuple[tuple[Dot, ...], np.ndarray]:
    """The dots lane by lane in the schema's order, and the rows they stand for."""
    rank = {track: i for i, track in enumerate(tracks)}
    order = np.argsort(events["track"].map(rank).to_numpy(), kind="stable")
    ordered = events.iloc[order]
    named = (ordered["significance"] == 1) & ordered["short_title"].notna()
    dots = tuple(
        Dot(axis.x(start), int(weight), outcome != "not_applicable", track, name)
        for start, weight, outcome, track, name in zip(
            ordered["start_date"],
            ordered["significance"],
            ordered["outcome"],
            ordered["track"],
            ordered["short_title"].where(named, ""),
            strict=True,
        )
    )
    return dots, order


def _key_places(
    labels: list[str], view: View
) -> tuple[list[tuple[float, float]], tuple[float, float] | None]:
    """The px of each outcome's shape, and of the word 'Weight'; broken into lines
    on a phone, without weight where there is no room for it."""
    air = 40 if view.width >= 1000 else 28
    places, x, y = [], 72.0, 10.0
    for label in labels:
        thin = sum(letter in "fijlrt " for letter in label)
        width = 7.3 * len(label) - 3.4 * thin + air
        if x + width > view.width and view.narrow:
            x, y = 8.0, y + 20
        places.append((x, y))
        x += width
    if x + 188 < view.width:
        return places, (x + 8, y)
    return places, (0.0, y + 20) if view.narrow else None


def _key(figure: go.Figure, frame: pd.DataFrame, view: View) -> None:
    """Shapes and sizes above everything."""
    ink = SURFACE[view.theme]["ink"]
    labels = [frame.attrs["outcomes"][o] for o in OUTCOMES]
    places, weight = _key_places(labels, view)
    x, y = np.array(places).T
    write(figure, [0], [10], ["<b>Outcome</b>"], colour=ink)
    for i, outcome in enumerate(OUTCOMES):
        _shape(figure, outcome, x[i : i + 1], y[i : i + 1], np.array([5.2]), view)
    write(figure, x + 9, y, labels, colour=ink)
    if weight:
        left, line = weight
        write(figure, [left], [line], ["<b>Weight</b>"], colour=ink)
        sizes = np.array([RADIUS[s] for s in (1, 2, 3)])
        at = left + 62 + np.array([0, 16, 28])
        _shape(figure, "agreement", at, np.full(3, line), sizes, view)
        write(figure, [at[-1] + 8], [line], ["key to detail"], colour=ink)


@dataclass(frozen=True)
class Strips:
    """The px, from above, of what stands over the lanes: the selected day's date,
    the strips of the share and of the months (bottom, top), and the first lane."""

    date: float
    share: tuple[float, float]
    months: tuple[float, float]
    lanes: float

    @classmethod
    def of(cls, frame: pd.DataFrame, view: View) -> Strips:
        if not view.narrow and view.height and view.height < _LOW:
            return cls(33, (76, 46), (130, 96), 142)
        if not view.narrow:
            return cls(29, (74, 38), (148, 100), 166)
        labels = [frame.attrs["outcomes"][o] for o in OUTCOMES]
        places, weight = _key_places(labels, view)
        # On a phone the strips' names stand over them, not beside.
        under = max(y for _, y in (*places, weight or places[0])) - 10
        return cls(
            under + 34,
            (under + 116, under + 80),
            (under + 206, under + 158),
            under + 224,
        )


def _years(
    figure: go.Figure, axis: DayAxis, top: float, bottom: float, view: View
) -> None:
    colours = SURFACE[view.theme]
    ticks = _ticks(axis)
    rules(figure, [(x, top, x, bottom) for x, _ in ticks], colour=colours["grid"])
    ends = [t for t in ticks if t[0] + 44 < view.width] or ticks[:1]
    write(
        figure,
        [x for x, _ in ends],
        [bottom + 14] * len(ends),
        [text for _, text in ends],
        colour=colours["text2"],
        size=15,
    )


def _ticks(axis: DayAxis) -> list[tuple[float, str]]:
    """Years in bold; over shorter spans quarters, months or weeks between them."""
    days = (date.fromisoformat(axis.last) - date.fromisoformat(axis.first)).days
    if days <= 70:
        weeks = pd.date_range(axis.first, axis.last, freq="7D").strftime("%Y-%m-%d")
        years = [f" <b>{axis.first[:4]}</b>"] + [""] * (len(weeks) - 1)
        ticks = [
            (axis.x(week), short_day(week) + year)
            for week, year in zip(weeks, years, strict=True)
        ]
        return ticks[:1] + [t for t in ticks[1:] if t[0] - ticks[0][0] >= 100]
    every = 12 if days > 900 else 3 if days > 250 else 1
    ticks = []
    for start in pd.period_range(axis.first[:7], axis.last[:7], freq="M"):
        if (start.month - 1) % every and ticks:
            continue
        iso = max(start.start_time.strftime("%Y-%m-%d"), axis.first)
        new = start.month == 1 or not ticks
        text = f"<b>{start.year}</b>" if new else start.strftime("%b")
        if every < 12 and not ticks:
            text = f"{start.strftime('%b')} {text}"
        room = 70 if len(ticks) == 1 and every < 12 else 38
        if not ticks or axis.x(iso) - ticks[-1][0] >= room:
            ticks.append((axis.x(iso), text))
        elif new:
            ticks[-1] = (axis.x(iso), text)
    return ticks


def _war(
    figure: go.Figure,
    frame: pd.DataFrame,
    axis: DayAxis,
    strips: Strips,
    mark: float | None,
    view: View,
) -> None:
    """The occupied share above the lanes.

    `mark` is the px of the selected day; words that its date would cover stand
    under the line of the share instead of above it.
    """
    colours = SURFACE[view.theme]
    share = frame.attrs["share"]
    low, high = strips.share  # px of 0% and 30%
    _name_strip(figure, "Occupied", "of Ukraine", high, view)
    if view.narrow:
        mark = None  # its date has a line of its own
    write(
        figure,
        [axis.left - 6] * 2,
        [high, low],
        ["30%", "0"],
        colour=colours["muted"],
        size=13,
        align="left",
    )
    rules(
        figure,
        [(axis.left, y, axis.right, y) for y in (low, high)],
        colour=colours["grid"],
    )
    for source in ("nzz", "deepstate"):
        part = share[share["dataset"] == source]
        if part.empty:
            continue
        x = np.array([axis.x(d) for d in part["date"]])
        y = low - (low - high) * part["share_pct"].to_numpy(float) / 30
        figure.add_trace(
            dict(
                type="scatter",
                x=x,
                y=y,
                mode="lines",
                hoverinfo="skip",
                line=dict(color=MAP_SOURCE[view.theme][source], width=2.2),
            )
        )
    if len(share):
        last = share.iloc[-1]
        x = axis.x(last["date"])
        # The number beside the line's end; its map's day where that is earlier.
        said = f"<b>{last['share_pct']:.1f}%</b>"
        if last["date"] < axis.last:
            said += f" on {day(last['date'])}"
        align = "left" if x > axis.right - 150 else "right"
        reach = 170 if last["date"] < axis.last else 44
        span = (x - reach, x) if align == "left" else (x, x + reach)
        y = low - 43 if _clear_of_date(mark, *span) else low - 10
        beside = x - 6 if y == low - 10 and align == "left" else x
        write(figure, [beside], [y], [said], colour=colours["ink"], align=align)
    splice = axis.x("2022-05-20") + 4
    first, last_day = frame.attrs["first"], frame.attrs["last"]
    spliced = first < "2022-05-15" and last_day > "2022-05-16"
    if spliced and splice + 230 < axis.right - 180:
        write(
            figure,
            [splice],
            [high - 8 if _clear_of_date(mark, splice, splice + 230) else low - 10],
            ["NZZ to 15 May 2022, then DeepState"],
            colour=colours["text2"],
            size=13,
        )


def _name_strip(
    figure: go.Figure, name: str, unit: str, high: float, view: View
) -> None:
    """A strip's name and unit: at its left, on a phone over it."""
    ink = SURFACE[view.theme]["ink"]
    if view.narrow:
        write(figure, [0], [high - 24], [f"<b>{name}</b> {unit}"], colour=ink)
    else:
        write(
            figure, [0, 0], [high + 6, high + 24], [f"<b>{name}</b>", unit], colour=ink
        )


def _clear_of_date(mark: float | None, x0: float, x1: float) -> bool:
    """Whether words from x0 to x1 px leave the selected day's date free."""
    if mark is None:
        return True
    start, end = _date_span(mark)
    return x1 + 8 < start or x0 - 8 > end


def _date_span(mark: float) -> tuple[float, float]:
    """From where to where the selected day's date is written: left of its line,
    but right of it where there is no room."""
    return (mark - 132, mark - 4) if mark > 270 else (mark + 4, mark + 132)


def _values(frame: pd.DataFrame, view: View) -> np.ndarray:
    """The months of the curve, in people or in the view's unit of area."""
    values = frame.loc[frame["kind"] != "Event", "value"].to_numpy(float)
    return view.area(values) if frame.attrs["curve"] == "net-change" else values


def _ends(values: np.ndarray, name: str) -> tuple[float, float]:
    """Bottom and top of the curve's axis. Bars beyond them are cut and named."""
    top = _TOP_OF_CIVILIANS if name == "civilians" else _rounded_up(np.nanmax(values))
    bottom = (
        min(0.0, -_rounded_up(-np.nanmin(values))) if np.nanmin(values) < 0 else 0.0
    )
    if name == "net-change":
        # The retreats of 2022 would flatten four years.
        limit = _rounded_up(float(np.nanquantile(np.abs(values), 0.9)))
        top, bottom = min(top, limit), max(bottom, -limit)
    return bottom, top


def _cut_bars(frame: pd.DataFrame, view: View) -> str:
    """'March 2022 4,289, April 2022 840': the bars that go on beyond the axis."""
    values, name = _values(frame, view), frame.attrs["curve"]
    if not np.isfinite(values).any():
        return ""
    bottom, top = _ends(values, name)
    show = signed if name == "net-change" else number
    when = frame.loc[frame["kind"] != "Event", "when"]
    return ", ".join(
        f"{month} {show(value)}"
        for month, value in zip(when, values, strict=True)
        if value > top or value < bottom
    )


def _monthly(
    figure: go.Figure, frame: pd.DataFrame, axis: DayAxis, strips: Strips, view: View
) -> None:
    """The chosen curve above the lanes, a bar a month."""
    colours = SURFACE[view.theme]
    name = frame.attrs["curve"]
    months = frame[frame["kind"] != "Event"]
    values = _values(frame, view)
    low, high = strips.months
    head, unit = {
        "civilians": ("Civilians killed", "a month, OHCHR"),
        "net-change": ("Net change", f"{view.area_unit} a month"),
        "prisoners": ("Prisoners", "returned a month"),
    }[name]
    _name_strip(figure, head, unit, high, view)
    if not np.isfinite(values).any():
        write(
            figure,
            [axis.left + 4],
            [(low + high) / 2],
            ["No monthly number published by then"],
            colour=colours["text2"],
        )
        return
    bottom, top = _ends(values, name)

    def y_of(value: np.ndarray | float) -> np.ndarray:
        return low - (np.clip(value, bottom, top) - bottom) / (top - bottom) * (
            low - high
        )

    zero = float(y_of(0.0))
    x0 = np.array([axis.x(f"{m}-01") for m in months["month"]])
    ends = [str(pd.Period(m) + 1) + "-01" for m in months["month"]]
    x1 = np.array([axis.x(min(e, axis.last)) for e in ends])
    gap = np.minimum((x1 - x0) * 0.16, 3)
    known = np.isfinite(values) & (x1 - x0 > 0.5)
    _boxes(
        figure,
        x0[known] + gap[known],
        x1[known] - gap[known],
        np.full(known.sum(), zero),
        y_of(values[known]),
        colours["text2"],
    )
    blank = ~np.isfinite(values) & (x1 - x0 > 0.5)
    empty_boxes = [
        edge
        for a, b in zip(x0[blank] + gap[blank], x1[blank] - gap[blank], strict=True)
        for edge in (
            (a, zero, a, zero - 8),
            (a, zero - 8, b, zero - 8),
            (b, zero - 8, b, zero),
        )
    ]
    rules(figure, empty_boxes, colour=colours["border"], dash="2px 2px")
    rules(figure, [(axis.left, zero, axis.right, zero)], colour=colours["rule"])
    write(
        figure,
        [axis.left - 6, axis.left - 6],
        [y_of(top) + 2, zero],
        [number(top), "0"],
        colour=colours["muted"],
        size=13,
        align="left",
    )
    if bottom < 0:
        write(
            figure,
            [axis.left - 6],
            [low],
            [number(bottom)],
            colour=colours["muted"],
            size=13,
            align="left",
        )
    least = known & months["partial"].fillna(False).to_numpy(bool)
    if least.any():
        write(
            figure,
            (x0[least] + x1[least]) / 2,
            y_of(values[least]) - 8,
            ["≥"] * int(least.sum()),
            colour=colours["text2"],
            size=13,
            align="center",
        )
    cut = known & ((values > top) | (values < bottom))
    if cut.any():
        up = values[cut] > 0
        _slashes(figure, (x0[cut] + x1[cut]) / 2, np.where(up, high, low), up, view)
        said = _cut_bars(frame, view)
        free = x1[cut].max() + 8
        if (
            name != "net-change"
            and not view.narrow
            and len(said) * 6.6 + free + 30 < axis.right
        ):
            write(
                figure,
                [free],
                [high - 8],
                [f"cut: {said}"],
                colour=colours["text2"],
                size=13,
            )


def _boxes(figure, x0, x1, y0, y1, colour: str) -> None:
    """Bars as one filled trace."""
    gap = np.full(len(x0), np.nan)
    figure.add_trace(
        dict(
            type="scatter",
            x=np.column_stack([x0, x0, x1, x1, x0, gap]).ravel(),
            y=np.column_stack([y0, y1, y1, y0, y0, gap]).ravel(),
            mode="lines",
            fill="toself",
            fillcolor=colour,
            line=dict(width=0),
            hoverinfo="skip",
        )
    )


def _rounded_up(value: float) -> float:
    """The next of 1, 2, 4, 5, 8 × 10ⁿ: an axis' end."""
    step = 10.0 ** math.floor(math.log10(max(value, 1.0)))
    return next(step * m for m in (1, 2, 4, 5, 8, 10) if step * m >= value)


def _slashes(
    figure: go.Figure, x: np.ndarray, y: np.ndarray, up: np.ndarray, view: View
) -> None:
    """Two pale strokes across a bar that goes on beyond the axis, up or down."""
    towards = np.where(up, 1.0, -1.0)
    strokes = [
        stroke
        for shift in (5.0, 10.0)
        for stroke in zip(
            x - 8, y + towards * shift + 3, x + 8, y + towards * shift - 3, strict=True
        )
    ]
    rules(figure, strokes, colour=SURFACE[view.theme]["paper"], width=2.2)


def _lanes(figure: go.Figure, events: pd.DataFrame, lanes: Lanes, view: View) -> None:
    colours = SURFACE[view.theme]
    labels = events.drop_duplicates("track").set_index("track")["track_label"]
    counts = events["track"].value_counts()
    edges = [top for _, top, _ in lanes.tops] + [lanes.bottom]
    rules(figure, [(0, y, view.width, y) for y in edges], colour=colours["rule"])
    if view.narrow:
        write(
            figure,
            [0] * len(lanes.tops),
            [top + 13 for _, top, _ in lanes.tops],
            [f"<b>{labels[lane]}</b>  {counts[lane]}" for lane, _, _ in lanes.tops],
            colour=colours["ink"],
        )
        return
    write(
        figure,
        [0] * len(lanes.tops),
        [top + 14 for _, top, _ in lanes.tops],
        [f"<b>{labels[lane]}</b>" for lane, _, _ in lanes.tops],
        colour=colours["ink"],
        size=15,
    )
    tall = [height >= 50 for _, _, height in lanes.tops]
    under = [lane for lane, roomy in zip(lanes.tops, tall, strict=True) if roomy]
    beside = [lane for lane, roomy in zip(lanes.tops, tall, strict=True) if not roomy]
    write(
        figure,
        [0] * len(under),
        [top + 32 for _, top, _ in under],
        [count(int(counts[lane]), "event") for lane, _, _ in under],
        colour=colours["muted"],
    )
    write(
        figure,
        [_LEFT - 6] * len(beside),
        [top + 14 for _, top, _ in beside],
        [str(counts[lane]) for lane, _, _ in beside],
        colour=colours["muted"],
        align="left",
    )


def _ring(
    figure: go.Figure,
    events: pd.DataFrame,
    lanes: Lanes,
    chosen: int,
    strips: Strips,
    view: View,
) -> None:
    """The selected event: a thin line up through the curves, a ring, its date."""
    colours = SURFACE[view.theme]
    x, y, r = lanes.x[chosen], lanes.y[chosen], lanes.radius[chosen]
    top = strips.date
    stops = [top, y]
    if view.narrow:
        # The line leaves out the strips' names, which stand in its way.
        gaps = [(high - 33, high - 15) for _, high in (strips.share, strips.months)]
        stops = [top, *gaps[0], *gaps[1], y]
    rise = [(x, *pair) for pair in zip(stops[::2], stops[1::2], strict=True)]
    rules(figure, [(x, a, x, b) for x, a, b in rise], colour=colours["ink"], width=1.4)
    start, end = _date_span(x)
    before = end < x
    write(
        figure,
        [end if before else start],
        [top],
        [f"<b>{day(events['start_date'].iloc[chosen])}</b>"],
        colour=colours["ink"],
        align="left" if before else "right",
    )
    figure.add_trace(
        dict(
            type="scatter",
            x=[x],
            y=[y],
            mode="markers",
            hoverinfo="skip",
            marker=dict(
                symbol="circle",
                size=2 * r + 2 * RING - 1,
                color=colours["selected"],
                opacity=1,
                line=dict(width=2.5, color=colours["ink"]),
            ),
        )
    )


def _events_drawn(
    figure: go.Figure, events: pd.DataFrame, lanes: Lanes, labels: dict, view: View
) -> None:
    """One trace a shape, so that a click names its event."""
    outcome = events["outcome"].to_numpy()
    hover = (
        events["what"] + "<br>" + events["when"] + " · " + events["outcome_label"]
    ).to_numpy()
    ids = events["event_id"].to_numpy()
    for name in labels:
        chosen = outcome == name
        if chosen.any():
            _shape(
                figure,
                name,
                lanes.x[chosen],
                lanes.y[chosen],
                lanes.radius[chosen],
                view,
                hover=hover[chosen],
                ids=ids[chosen],
            )


def _shape(
    figure: go.Figure,
    outcome: str,
    x: np.ndarray,
    y: np.ndarray,
    radius: np.ndarray,
    view: View,
    hover: np.ndarray | None = None,
    ids: np.ndarray | None = None,
) -> None:
    """An outcome is told by shape alone."""
    colours = SURFACE[view.theme]
    ink, paper = colours["ink"], colours["paper"]
    marker = {
        "agreement": dict(symbol="circle", color=ink),
        "partial": dict(symbol="circle", color=paper, line=dict(width=1.6, color=ink)),
        "none": dict(symbol="circle", color=paper, line=dict(width=1.6, color=ink)),
        "collapsed": dict(symbol="x-thin", color=ink, line=dict(width=2.4, color=ink)),
        "ongoing": dict(symbol="triangle-right", color=ink),
        "not_applicable": dict(
            symbol="circle", color=rgba(colours["muted"], 0.65), line=dict(width=0)
        ),
    }[outcome]
    inside = 1.6 if outcome in ("partial", "none") else 0.0
    figure.add_trace(
        dict(
            type="scatter",
            x=x,
            y=y,
            mode="markers",
            marker=dict(size=2 * radius - inside, opacity=1, **marker),
            hovertext=None if hover is None else list(hover),
            hoverinfo="skip" if hover is None else "text",
            customdata=None if ids is None else list(ids),
        )
    )
    if outcome == "partial":
        _halves(figure, x, y, radius, ink)


def _halves(
    figure: go.Figure, x: np.ndarray, y: np.ndarray, radius: np.ndarray, ink: str
) -> None:
    """The left half of each disc, filled: Plotly has no such symbol."""
    turn = np.linspace(np.pi / 2, 3 * np.pi / 2, 12)
    arc_x = x[:, None] + radius[:, None] * np.cos(turn)
    arc_y = y[:, None] + radius[:, None] * np.sin(turn)
    gap = np.full((len(x), 1), np.nan)
    figure.add_trace(
        dict(
            type="scatter",
            x=np.hstack([arc_x, gap]).ravel(),
            y=np.hstack([arc_y, gap]).ravel(),
            mode="lines",
            fill="toself",
            fillcolor=ink,
            line=dict(width=0, color=ink),
            hoverinfo="skip",
        )
    )


def _names(
    figure: go.Figure,
    dots: tuple[Dot, ...],
    lanes: Lanes,
    axis: DayAxis,
    chosen: int | None,
    view: View,
) -> None:
    colours = SURFACE[view.theme]
    names = name_dots(dots, lanes, axis.left, view.width, chosen)
    led = [n for n in names if n.leader]
    rules(
        figure,
        [(lanes.x[n.dot], lanes.y[n.dot], n.x, n.y) for n in led],
        colour=colours["border"],
    )
    for align in ("right", "left"):
        some = [n for n in names if n.align == align]
        if some:
            write(
                figure,
                [n.x for n in some],
                [n.y for n in some],
                [
                    f"<b>{dots[n.dot].name}</b>"
                    if n.dot == chosen
                    else dots[n.dot].name
                    for n in some
                ],
                colour=colours["ink"],
                align=align,
            )


def _bars(
    frame: pd.DataFrame, events: pd.DataFrame, axis: DayAxis, view: View
) -> go.Figure:
    """Quarters × lanes: height by the square root of the number, the key ones black."""
    colours = SURFACE[view.theme]
    table = quarters(events)
    lanes = [t for t in frame.attrs["tracks"] if (table["track"] == t).any()]
    height = 10 + _QUARTER_LANE * len(lanes) + 24
    figure = canvas(view, height)
    axis = DayAxis(axis.first, axis.last, 92, view.width - 4)
    _years(figure, axis, 4, height - 24, view)
    selected = events.loc[events["event_id"] == view.option("event"), "start_date"]
    lines = [(axis.x(start), 4, axis.x(start), height - 24) for start in selected]
    quarter = pd.PeriodIndex(table["quarter"], freq="Q")
    starts = [max(q.start_time.strftime("%Y-%m-%d"), axis.first) for q in quarter]
    ends = [min(q.end_time.strftime("%Y-%m-%d"), axis.last) for q in quarter]
    x0 = np.array([axis.x(s) for s in starts])
    x1 = np.maximum(np.array([axis.x(e) for e in ends]) - 1, x0 + 1.5)
    bases = {lane: 6.0 + _QUARTER_LANE * (i + 1) for i, lane in enumerate(lanes)}
    base = table["track"].map(bases).to_numpy(float)
    scale = (_QUARTER_LANE - 10) / np.sqrt(table["n"].max())
    tall = np.sqrt(table["n"].to_numpy(float)) * scale
    major = np.sqrt(table["major"].to_numpy(float)) * scale
    _boxes(figure, x0, x1, base, base - tall, colours["muted"])
    _boxes(figure, x0, x1, base, base - major, colours["ink"])
    ends_of_lanes = [(0, y, view.width, y) for y in bases.values()]
    rules(figure, ends_of_lanes, colour=colours["rule"])
    labels = events.drop_duplicates("track").set_index("track")["track_label"]
    counts = events["track"].value_counts()
    write(
        figure,
        [0] * 2 * len(lanes),
        [bases[lane] - up for up in (22, 6) for lane in lanes],
        [f"<b>{labels[lane]}</b>" for lane in lanes] + [str(counts[t]) for t in lanes],
        colour=colours["ink"],
        size=13,
    )
    # Points to click: they bring the lane and the quarter.
    figure.add_trace(
        dict(
            type="scatter",
            x=(x0 + x1) / 2,
            y=base - 8,
            mode="markers",
            marker=dict(size=14, color=rgba(colours["paper"], 0)),
            hovertext=[
                f"{labels[lane]}, {q}: {count(n, 'event')}"
                for lane, q, n in zip(
                    table["track"], table["quarter"], table["n"], strict=True
                )
            ],
            hoverinfo="text",
            customdata=[
                f"{lane}|{s}|{e}"
                for lane, s, e in zip(table["track"], starts, ends, strict=True)
            ],
        )
    )
    rules(figure, lines, colour=colours["ink"], width=1.4)
    return figure
