"""People or bodies handed over so far, with the official totals beside the sums."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.charts.canvas import canvas, rules, write
from components.charts.chart import Option, Words, empty
from components.charts.handover_marks import (
    FIRST,
    carets,
    hover,
    key,
    publishers,
    side_colour,
    ticks,
    years,
)
from components.theme.palette import SURFACE
from components.view import View
from data.dataset import Dataset
from data.exchanges import (
    DIRECTIONS,
    SIDE_NAME,
    WHAT,
    handovers,
    official_totals,
    sides_of,
)
from data.words import QUALIFIER_SIGN, count, day, listing, number, signed

TITLE = "Exchanges: handed over so far"
COLUMNS = {
    "date_words": "Date",
    "record": "Record",
    "ukraine": "To Ukraine",
    "ukraine_sum": "To Ukraine, sum",
    "russia": "To Russia",
    "russia_sum": "To Russia, sum",
    "official_words": "Official total",
    "difference": "Official less rows",
    "cause": "Cause of the difference",
    "pages": "Pages of",
}
OPTIONS = {
    "what": Option("people or bodies", WHAT, "prisoners"),
    "direction": Option("handed over to whom", DIRECTIONS, "both", narrows=True),
}

_DASH = {"ukraine": "solid", "russia": "7px,3px"}


def what(view: View) -> str:
    return str(view.option("what", "prisoners"))


def direction(view: View) -> str:
    return str(view.option("direction", "both"))


def frame(dataset: Dataset, view: View) -> pd.DataFrame:
    """One row a handover or official total, in order of date.

    date (ISO), record, ukraine, russia (people or bodies), ukraine_sum, russia_sum
    (running sums of the numbers published), official, qualifier, difference, cause.
    `attrs`: the unit, the sums left out of Ukraine's totals, the handovers without a number.
    """
    made = handovers(dataset, what(view))
    totals = official_totals(dataset, what(view))
    sums = made[["ukraine", "russia"]].fillna(0).cumsum()
    rows = pd.DataFrame(
        {
            "date": made["date"],
            "record": "Handover",
            "ukraine": made["ukraine"],
            "ukraine_sum": sums["ukraine"],
            "russia": made["russia"],
            "russia_sum": sums["russia"],
            "source_ids": made["source_ids"],
            "outside": made["outside"],
        }
    )
    official = pd.DataFrame(
        {
            "date": totals["as_of"],
            "record": [
                f"Total stated by {dataset.names[c]}" for c in totals["claimant_id"]
            ],
            "claimant_id": totals["claimant_id"],
            "official": totals["total"],
            "qualifier": totals["qualifier"],
            "difference": totals["difference"],
            "cause": totals["difference_cause"].fillna(totals["note"]),
            "source_ids": totals["source_ids"],
        }
    )
    both = pd.concat([rows, official], ignore_index=True)
    both = both.reindex(
        columns=[
            *rows, "claimant_id", "official", "qualifier", "difference", "cause",
        ]
    )  # fmt: skip
    both = both.sort_values("date", kind="stable", ignore_index=True)
    both = both.assign(
        date_words=both["date"].map(day),
        official_words=[
            "" if np.isnan(n) else f"{QUALIFIER_SIGN[q]}{number(n)}"
            for n, q in zip(
                both["official"].astype(float), both["qualifier"], strict=True
            )
        ],
        cause=both["cause"].fillna(""),
        pages=[publishers(dataset, i) for i in both["source_ids"]],
    )
    both.attrs["unit"] = "bodies" if what(view) == "bodies" else "people"
    both.attrs["outside"] = float(made.loc[made["outside"], "ukraine"].sum())
    return both


def _sums(frame: pd.DataFrame, view: View) -> list[tuple[str, float]]:
    made = frame[frame["record"] == "Handover"]
    return [(s, float(made[s].sum())) for s in sides_of(direction(view))]


def words(frame: pd.DataFrame, view: View) -> Words:
    bodies = what(view) == "bodies"
    made = frame[frame["record"] == "Handover"]
    noun = "bodies" if bodies else "people"
    subtitle = (
        f"{noun.capitalize()} handed over, running sums of the numbers published, "
        f"from {day(FIRST)}, as of {day(view.as_of)}; axis starts at zero"
    )
    source = (
        "Source: statements of both sides on the pages named in the table; totals: "
        "Ukraine."
    )
    if made.empty:
        kind = "repatriation of bodies" if bodies else "exchange of prisoners"
        return Words(f"No {kind} is recorded by {day(view.as_of)}", subtitle, source)
    sums = [f"{number(n)} to {SIDE_NAME[s]}" for s, n in _sums(frame, view)]
    verb = "handed over" if bodies else "returned"
    return Words(
        title=f"{noun.capitalize()} {verb} in {count(len(made), 'handover')}: {listing(sums)}",
        subtitle=subtitle,
        source=source,
        note=_note(frame, view),
    )


def _note(frame: pd.DataFrame, view: View) -> str:
    notes = []
    made = frame[frame["record"] == "Handover"]
    missing = {
        s: int((made[s].isna() & ~made["outside"].astype(bool)).sum())
        for s in sides_of(direction(view))
    }
    without = [f"{n} to {SIDE_NAME[s]}" for s, n in missing.items() if n]
    if without:
        notes.append(
            f"Handovers without a published number, not in the sums: {listing(without)}."
        )
    last = frame[frame["difference"].notna()]
    if len(last) and "ukraine" in sides_of(direction(view)):
        row = last.iloc[-1]
        said = (
            f"Ukraine’s total of {row['date_words']} ({row['official_words']}) is "
            f"{number(abs(row['difference']))} {'above' if row['difference'] > 0 else 'below'}"
            " the sum of the rows"
        )
        notes.append(
            f"{said}. {row['cause']}"
            if row["cause"]
            else f"{said}; cause not established."
        )
    if frame.attrs["outside"] and "ukraine" in sides_of(direction(view)):
        notes.append(
            f"The line holds {number(frame.attrs['outside'])} people returned outside the "
            "exchanges; the comparison leaves them out."
        )
    return " ".join(notes)


def figure(frame: pd.DataFrame, view: View) -> go.Figure:
    made = frame[frame["record"] == "Handover"]
    if made.empty:
        return empty(view, "No handover is recorded by this day.")
    colours, sides = SURFACE[view.theme], sides_of(direction(view))
    height = 240 if view.narrow else 330
    left, right = 52.0, view.width - (46.0 if view.narrow else 118.0)
    figure = canvas(view, 10)
    official = frame[frame["official"].notna() & (frame["claimant_id"] == "ukraine")]
    official = official if "ukraine" in sides else official.iloc[:0]
    top_px = key(figure, view, _key(figure, view, sides, len(official) > 0)) + 16
    bottom = top_px + height
    figure.update_layout(height=bottom + 28)
    figure.update_yaxes(range=[bottom + 28, 0])

    peak = max([made[f"{s}_sum"].max() for s in sides] + [official["official"].max()])
    top = float(np.nan_to_num(max(peak, 1))) * 1.04
    scale = height / top
    first = date.fromisoformat(FIRST)
    span = max((date.fromisoformat(view.as_of) - first).days, 1)

    def x_of(iso: str) -> float:
        return left + (right - left) * (date.fromisoformat(iso) - first).days / span

    steps = ticks(top, height)
    rules(
        figure,
        [(left, bottom - t * scale, right, bottom - t * scale) for t in steps[1:]],
        colour=colours["grid"],
    )
    years(figure, view, x_of, top_px, bottom, bottom + 14)
    rules(figure, [(left, bottom, right, bottom)], colour=colours["border"])
    write(
        figure, [left - 8] * len(steps), [bottom - t * scale for t in steps],
        [number(t) for t in steps], colour=colours["muted"], size=13, align="left",
    )  # fmt: skip
    x = np.array([x_of(d) for d in made["date"]])
    for side in sides:
        y = bottom - made[f"{side}_sum"].to_numpy(float) * scale
        figure.add_trace(
            dict(
                type="scatter",
                x=np.concatenate([[left], x, [right]]),
                y=np.concatenate([[bottom], y, y[-1:]]),
                mode="lines",
                line=dict(
                    color=side_colour(side, view),
                    width=2.4,
                    shape="hv",
                    dash=_DASH[side],
                ),
                hoverinfo="skip",
            )
        )
    unpublished = made[list(sides)].isna().all(axis=1).to_numpy()
    carets(figure, x[unpublished], bottom, colour=colours["text2"])
    _official(figure, official, view, x_of, bottom, scale)
    _ends(figure, frame, view, right, bottom, scale)
    hover(
        figure, x, bottom - made[f"{sides[0]}_sum"].to_numpy(float) * scale,
        [_told(row) for row in made.itertuples()], size=9,
    )  # fmt: skip
    return figure


def _key(figure: go.Figure, view: View, sides: tuple[str, ...], official: bool) -> list:
    colours = SURFACE[view.theme]

    def line(side: str):
        return lambda x, y: rules(
            figure, [(x - 9, y, x + 9, y)], colour=side_colour(side, view),
            width=2.4, dash=_DASH[side],
        )  # fmt: skip

    items = [(line(s), f"to {SIDE_NAME[s]}, sum of the rows") for s in sides]
    if official:
        items.append(
            (lambda x, y: _circles(figure, [x], [y], view), "total stated by Ukraine")
        )
    items.append(
        (
            lambda x, y: carets(figure, np.array([x]), y + 5, colour=colours["text2"]),
            "handover, number not published",
        )
    )
    return items


def _circles(figure: go.Figure, x: list[float], y: list[float], view: View) -> None:
    figure.add_trace(
        dict(
            type="scatter",
            x=x,
            y=y,
            mode="markers",
            marker=dict(
                size=9,
                opacity=1,
                color=SURFACE[view.theme]["paper"],
                line=dict(width=1.8, color=side_colour("ukraine", view)),
            ),
            hoverinfo="skip",
            cliponaxis=False,
        )
    )


def _official(
    figure: go.Figure, rows: pd.DataFrame, view: View, x_of, bottom: float, scale: float
) -> None:
    """Hollow circles; an arrow up where the total was 'more than'."""
    if rows.empty:
        return
    x = np.array([x_of(d) for d in rows["date"]])
    y = bottom - rows["official"].to_numpy(float) * scale
    more = (rows["qualifier"] != "exactly").to_numpy()
    colour = side_colour("ukraine", view)
    rules(
        figure,
        [(a, b, a, b - 13) for a, b in zip(x[more], y[more], strict=True)],
        colour=colour,
        width=1.4,
    )
    figure.add_trace(
        dict(type="scatter",
            x=x[more], y=y[more] - 14, mode="markers", hoverinfo="skip", cliponaxis=False,
            marker=dict(symbol="triangle-up", size=7, color=colour, opacity=1),
        )
    )  # fmt: skip
    _circles(figure, list(x), list(y), view)
    hover(
        figure, x, y,
        [
            f"<b>{r.record}, {r.date_words}</b><br>{r.official_words}; "
            f"rows by then differ by {signed(r.difference)}"
            for r in rows.itertuples()
        ],
    )  # fmt: skip


def _ends(
    figure: go.Figure,
    frame: pd.DataFrame,
    view: View,
    right: float,
    bottom: float,
    scale: float,
) -> None:
    """The sums at the lines' ends, pushed apart; on a phone over the line."""
    ends = sorted(_sums(frame, view), key=lambda e: -e[1])
    y = [bottom - n * scale for _, n in ends]
    gap = 18 if view.narrow else 20
    if len(y) == 2 and y[1] - y[0] < gap:
        y[1] = y[0] + gap
    if y[-1] > bottom - 8:
        y = [v - (y[-1] - bottom + 8) for v in y]
    for at, (side, n) in zip(y, ends, strict=True):
        # On a phone the stroke and its key say to whom.
        text = f"<b>{number(n)}</b>" + ("" if view.narrow else f" to {SIDE_NAME[side]}")
        write(
            figure, [right + 5], [at], [text], colour=side_colour(side, view),
            size=13 if view.narrow else 14,
        )  # fmt: skip


def _told(row: object) -> str:
    def side(n: float) -> str:
        return "not published" if np.isnan(n) else number(n)

    return (
        f"<b>{row.date_words}</b><br>to Ukraine: {side(row.ukraine)}"
        f"<br>to Russia: {side(row.russia)}"
        f"<br>so far {number(row.ukraine_sum)} and {number(row.russia_sum)}"
    )


def summary(frame: pd.DataFrame, view: View) -> str:
    made = frame[frame["record"] == "Handover"]
    one, many = ("body", "bodies") if what(view) == "bodies" else ("person", "people")
    if made.empty:
        return f"No handover is recorded by {day(view.as_of)}."
    sums = [
        f"{number(n)} {one if n == 1 else many} to {SIDE_NAME[s]}"
        for s, n in _sums(frame, view)
    ]
    official = frame[frame["official"].notna() & (frame["claimant_id"] == "ukraine")]
    tail = ""
    if len(official) and "ukraine" in sides_of(direction(view)):
        last = official.iloc[-1]
        tail = f"; Ukraine’s last total, of {last['date_words']}, is {last['official_words']}"
    return (
        f"In {count(len(made), 'handover')} from {made['date_words'].iloc[0]} to "
        f"{made['date_words'].iloc[-1]} the published numbers sum to {listing(sums)}{tail}."
    )
