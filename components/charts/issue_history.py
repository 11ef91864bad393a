"""One issue over time: what each party stated and what the texts say, by date."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.charts.canvas import boxes, canvas, marks, rules, write
from components.charts.chart import Option, Words, empty
from components.charts.reading import Entry, reading_list, room, touch, wrapped
from components.theme.palette import SURFACE
from components.view import View
from data.dataset import Dataset
from data.positions import DEFAULT_ISSUE, history, issues
from data.words import count, day, month, shortened, spelled

TITLE = "One issue over time"
COLUMNS = {
    "day": "Date",
    "who": "Party or text",
    "what": "Kind",
    "said": "What was stated",
}
OPTIONS = {
    "issue": Option("id of the issue", default=DEFAULT_ISSUE),
    "text": Option("id of a text whose term is marked", kind="proposal"),
}

_KINDS = {"statement": "statement of a party", "term": "term of a text"}
_LANES = (
    "ukraine",
    "russia",
    "united-states",
    "e3",
    "european-union",
    "china",
    "turkiye",
    "texts",
)
_LEAST = 880
_KEY = "Circles are statements of a party, squares are terms of texts. "


def frame(dataset: Dataset, view: View) -> pd.DataFrame:
    """One row a statement or term, by date. `attrs`: `issue`, its record, and
    `lanes`, the ids of those who speak with their names, in a fixed order."""
    known = issues(dataset).set_index("issue_id", drop=False)
    asked = view.option("issue", DEFAULT_ISSUE)
    issue = known.loc[asked if asked in known.index else DEFAULT_ISSUE]
    rows = history(dataset, issue["issue_id"])
    rows = rows.assign(day=rows["date"].map(day), what=rows["kind"].map(_KINDS))
    # A group's members stand in its name; a head has no room for them.
    names = {i: name.split(" (")[0] for i, name in dataset.names.items()}
    names["texts"] = "Texts"
    rows = rows.assign(who=rows["who"].str.split(" (", regex=False).str[0])
    speaking = set(rows["lane"])
    rows.attrs["issue"] = issue.to_dict()
    # A party that is new to the table follows the known ones.
    others = sorted(speaking.difference(_LANES))
    rows.attrs["lanes"] = [
        (lane, names[lane])
        for lane in (*_LANES[:-1], *others, "texts")
        if lane in speaking
    ]
    return rows


def words(frame: pd.DataFrame, view: View) -> Words:
    issue = frame.attrs["issue"]
    return Words(
        _title(frame, view),
        f"{issue['description']} Statements recorded from each party and terms of texts, "
        f"by date, as of {day(view.as_of)}",
        "Source: statements and texts as published by the parties or reported by the press.",
        f"{_KEY if view.width >= _LEAST else ''}A party without "
        "a statement may have spoken on the issue; what is missing here is a record. "
        "All sentences are summaries in this project’s words.",
    )


def _title(frame: pd.DataFrame, view: View) -> str:
    name = frame.attrs["issue"]["name"]
    if frame.empty:
        return f"{name}: no statement and no text is recorded by {day(view.as_of)}"
    stated = (frame["kind"] == "statement").sum()
    terms = len(frame) - stated
    parties = frame.loc[frame["kind"] == "statement", "lane"].nunique()
    parts = []
    if stated:
        noun = "statement" if stated == 1 else "statements"
        who = "one party" if parties == 1 else f"{spelled(parties)} parties"
        parts.append(f"{spelled(stated)} {noun} by {who}")
    if terms:
        one = "a term in one text"
        parts.append(one if terms == 1 else f"terms in {spelled(terms)} texts")
    first, last = month(frame["date"].iloc[0]), month(frame["date"].iloc[-1])
    span = f"in {first}" if first == last else f"from {first} to {last}"
    return f"{name}: {' and '.join(parts)}, {span}"


def figure(frame: pd.DataFrame, view: View) -> go.Figure:
    if frame.empty:
        return empty(view, f"Nothing is recorded on this issue by {day(view.as_of)}")
    marked = view.option("text")
    if view.width < _LEAST:
        return reading_list(
            view,
            [
                Entry(
                    f"{row['day']} · {row['who']}"
                    + (" (text)" if row["kind"] == "term" else ""),
                    row["said"],
                    f"{row['text']}|",
                    bool(row["text"]) and row["text"] == marked,
                )
                for row in frame.to_dict("records")
            ],
        )
    return _Lanes(frame, view).drawn()


class _Lanes:
    """The geometry: a row a sentence, a lane a party, the sentence beside the lanes."""

    row, head, step = 22, 104, 34
    left = 104

    def __init__(self, frame: pd.DataFrame, view: View) -> None:
        self.frame, self.view = frame, view
        self.colours = SURFACE[view.theme]
        self.lanes = frame.attrs["lanes"]
        self.x = {
            lane: self.left + self.step * (n + 0.5)
            for n, (lane, _) in enumerate(self.lanes)
        }
        self.who = self.left + self.step * len(self.lanes) + 14
        self.said = self.who + 186
        self.left_out = 0
        if view.height:
            fitting = max((view.height - self.head - 12) // self.row, 6)
            if fitting < len(frame):
                # One row for the line that says how many were left out.
                self.left_out = len(frame) - fitting + 1
        self.frame = frame.iloc[self.left_out :].reset_index(drop=True)
        skipped = 1 if self.left_out else 0
        self.y = self.head + self.row * (np.arange(len(self.frame)) + skipped + 0.5) + 4
        self.height = int(self.head + self.row * (len(self.frame) + skipped) + 12)

    def drawn(self) -> go.Figure:
        figure = canvas(self.view, self.height)
        colours, half = self.colours, self.row / 2
        marked = self.frame["text"].eq(self.view.option("text")) & self.frame[
            "text"
        ].ne("")
        if marked.any():
            boxes(figure, [(0, y - half, self.view.width, y + half) for y in self.y[marked]],
                  colours["selected"])  # fmt: skip
        rules(figure, [(0, y + half, self.view.width, y + half) for y in self.y],
              colour=colours["grid"])  # fmt: skip
        ends = (
            pd.Series(self.y).groupby(self.frame["lane"].to_numpy()).agg(["min", "max"])
        )
        rules(figure, [(self.x[lane], a, self.x[lane], b) for lane, a, b in ends.itertuples()],
              colour=colours["border"])  # fmt: skip
        self._heads(figure)
        self._marks(figure)
        self._sentences(figure)
        return figure

    def _heads(self, figure: go.Figure) -> None:
        ink, y = self.colours["ink"], self.head
        rules(figure, [(0, y, self.view.width, y)], colour=ink, width=2)
        figure.update_layout(
            annotations=[
                dict(
                    x=self.x[lane] - 8, y=y - 6, text=name, textangle=-52, xanchor="left",
                    yanchor="bottom", showarrow=False, font=dict(size=14, color=ink),
                )
                for lane, name in self.lanes
            ]
        )  # fmt: skip
        write(figure, [0], [y - 14], ["<b>Date</b>"], colour=self.colours["muted"])
        write(figure, [self.said], [y - 14], ["<b>What was stated</b>"],
              colour=self.colours["muted"])  # fmt: skip
        if self.left_out:
            earlier = f"{self.left_out} earlier sentences are in the table"
            write(figure, [self.who], [y + self.row / 2 + 4], [earlier],
                  colour=self.colours["muted"])  # fmt: skip

    def _marks(self, figure: go.Figure) -> None:
        for kind, symbol, size in (("statement", "circle", 11), ("term", "square", 12)):
            rows = self.frame["kind"] == kind
            if not rows.any():
                continue
            part = self.frame[rows]
            texts = kind == "term"
            hover = (
                part["who"] + ", " + part["day"] + "<br>" + part["said"].map(wrapped)
            )
            marks(
                figure,
                part["lane"].map(self.x).to_numpy(),
                self.y[rows],
                # A text has authors of several sides: its square is no side's colour.
                ["other"] * len(part) if texts else part["side"],
                theme=self.view.theme,
                symbol=symbol,
                size=size,
                hover=hover,
                ids=(part["text"] + "|").to_list() if texts else None,
            )

    def _sentences(self, figure: go.Figure) -> None:
        ink, text2 = self.colours["ink"], self.colours["text2"]
        rows, y = self.frame, self.y
        days = rows["date"].map(lambda iso: f"{int(iso[8:])} {month(iso)[:3]}")
        years = rows["date"].str[:4]
        turned = years.ne(years.shift())
        write(figure, [0] * len(y), y,
              [f"{d} <b>{y_}</b>" if t else d
               for d, y_, t in zip(days, years, turned, strict=True)],
              colour=text2)  # fmt: skip
        write(figure, [self.who] * len(y), y,
              [w if k == "term" else f"<b>{w}</b>"
               for w, k in zip(rows["who"], rows["kind"], strict=True)],
              colour=ink)  # fmt: skip
        limit = room(self.view.width - self.said - 4)
        write(figure, [self.said] * len(y), y, [shortened(s, limit) for s in rows["said"]],
              colour=ink)  # fmt: skip
        places = np.arange(self.who + 10, self.view.width - 10, 44)
        terms = [
            (i, said, at)
            for i, said, at in zip(rows["text"], rows["said"], y, strict=True)
        ]
        touch(
            figure,
            np.tile(places, len(terms)),
            np.repeat(y, len(places)),
            [f"{i}|" for i, _, _ in terms for _ in places],
            [wrapped(said) for _, said, _ in terms for _ in places],
        )


def summary(frame: pd.DataFrame, view: View) -> str:
    if frame.empty:
        return f"Nothing is recorded on {frame.attrs['issue']['name']} by {day(view.as_of)}."
    last = frame.iloc[-1]
    by_lane = frame["lane"].value_counts()
    counts = "; ".join(f"{name} {by_lane[lane]}" for lane, name in frame.attrs["lanes"])
    return (
        f"{count(len(frame), 'dated sentence').capitalize()} on "
        f"{frame.attrs['issue']['name']} ({counts}); the latest, of {last['day']}, "
        f"is {'a term of ' if last['kind'] == 'term' else 'by '}{last['who']}."
    )
