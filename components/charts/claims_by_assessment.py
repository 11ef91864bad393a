"""How the claims stand: one shape a claim, by topic or by claimant."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.charts.assessment_marks import draw_marks
from components.charts.canvas import canvas, rules, write
from components.charts.chart import Option, Words, empty
from components.theme.palette import SURFACE
from components.view import View
from data.claims import METHOD, assessment_words, counted, ledger
from data.dataset import Dataset
from data.words import count, day, listing

TITLE = "Claims by assessment"
UNIT = "claims"
COLUMNS = {
    "group": "Topic or claimant",
    "word": "Assessment",
    "statement": "Statement, in our words",
    "claimant": "Claimant",
    "said": "Said on",
}
OPTIONS = {"by": Option("what the rows are", ("topic", "claimant"), "topic")}

_ROW, _ROW_NARROW = 28, 44
_STEP = 21  # px from one shape to the next
_LEFT = 190


def frame(dataset: Dataset, view: View) -> pd.DataFrame:
    """One row a claim: group, assessment, word, statement, claimant, said, claim_id."""
    rows = ledger(dataset)
    column = "claimant" if view.option("by", "topic") == "claimant" else "topic_label"
    order = {name: n for n, name in enumerate(METHOD)}
    rows = rows.assign(
        group=rows[column],
        said=[day(d) for d in rows["said_on"]],
        size=rows.groupby(column)["claim_id"].transform("size"),
        place=rows["assessment"].map(order),
    ).sort_values(
        ["size", "group", "place", "said_on"],
        ascending=[False, True, True, True],
        ignore_index=True,
    )
    rows.attrs["words"] = assessment_words(dataset)
    return rows


def words(frame: pd.DataFrame, view: View) -> Words:
    by = "claimant" if view.option("by", "topic") == "claimant" else "topic"
    title = f"{count(len(frame), 'claim')}: {counted(frame)}" if len(frame) else TITLE
    return Words(
        title=title,
        subtitle=f"One shape a claim, by {by}; as of {day(view.as_of)}",
        source="Source: the pages listed with each claim.",
        note="What is assessed is a statement, never a person; the claims are a "
        "selection, and their number says nothing of how often anyone is right.",
    )


def figure(frame: pd.DataFrame, view: View) -> go.Figure:
    if frame.empty:
        return empty(view, "No claim is recorded by this date.")
    colours, narrow = SURFACE[view.theme], view.narrow
    left = 8 if narrow else _LEFT
    step = _ROW_NARROW if narrow else _ROW
    shown = [a for a in METHOD if (frame["assessment"] == a).any()]
    key, key_height = _key(shown, frame.attrs["words"], view)
    groups = list(dict.fromkeys(frame["group"]))
    figure = canvas(view, key_height + step * len(groups) + 10)
    rules(figure, [(0, key_height + step * n, view.width, key_height + step * n)
                   for n in range(len(groups) + 1)], colour=colours["rule"])  # fmt: skip
    rows = {group: key_height + step * n for n, group in enumerate(groups)}
    base = 31 if narrow else step / 2
    write(figure, [0] * len(groups), [rows[g] + (11 if narrow else base) for g in groups],
          groups, colour=colours["ink"], size=13 if narrow else 15)  # fmt: skip
    place = frame.groupby("group", sort=False).cumcount().to_numpy()
    x = left + 8 + place * _STEP
    y = frame["group"].map(rows).to_numpy(float) + base
    hover = [f"{r.statement}<br>{r.claimant}, {r.said}<br><b>{r.word}</b>"
             for r in frame.itertuples()]  # fmt: skip
    sizes = frame.drop_duplicates("group", keep="last").index
    write(figure, x[sizes] + _STEP, y[sizes], [str(frame["size"][i]) for i in sizes],
          colour=colours["text2"], size=14, align="center")  # fmt: skip
    draw_marks(figure, x, y, frame["assessment"], view, hover, frame["claim_id"])
    draw_marks(figure, np.array([k[0] for k in key]), np.array([k[1] for k in key]),
               pd.Series(shown), view)  # fmt: skip
    write(figure, [k[0] + 12 for k in key], [k[1] for k in key], [k[2] for k in key],
          colour=colours["ink"], size=14)  # fmt: skip
    return figure


def _key(
    shown: list[str], names: dict[str, str], view: View
) -> tuple[list[tuple[float, float, str]], int]:
    """The shapes with their words, in as many lines as they need; and their height."""
    places, x, y = [], 9.0, 12.0
    for assessment in shown:
        room = 34 + 7.0 * len(names[assessment])
        if x + room > view.width and x > 9:
            x, y = 9.0, y + 23
        places.append((x, y, names[assessment]))
        x += room
    return places, int(y + 20)


def summary(frame: pd.DataFrame, view: View) -> str:
    if frame.empty:
        return f"No claim is recorded by {day(view.as_of)}."
    said = (
        f"Of {count(len(frame), 'claim')} known on {day(view.as_of)}: {counted(frame)}"
    )
    sizes = frame["group"].value_counts(sort=False)
    if len(sizes) > 3:
        first = listing(f"{name} {n}" for name, n in sizes.head(3).items())
        said += f"; the largest groups: {first}"
    return f"{said}."
