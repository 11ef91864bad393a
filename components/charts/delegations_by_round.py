"""Who was named in which round of talks: people by rounds."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from components.charts.canvas import boxes, canvas, marks, rules, write
from components.charts.chart import Option, Words, empty
from components.theme.palette import SIDE, SURFACE
from components.view import View
from data.actors import named_in_rounds, talks_rounds
from data.dataset import Dataset
from data.words import count, day, listing, period, short_day, spelled

TITLE = "Delegations by round of talks"
UNIT = "rounds"
COLUMNS = {
    "side": "Side",
    "name": "Name",
    "round": "Round",
    "day": "Date",
    "part": "Role",
    "behalf": "On behalf of",
    "rounds": "Rounds in which named",
}
OPTIONS = {"actor": Option("id of a person whose row is marked")}

_ROW_CLOSE = 18  # px, a row in a picture with little room
_LEAST = 2  # rounds in which a person must be named to have a row

# Shape and px by role; every other role is an adviser's hollow circle.
_SHAPES = {
    "head_of_delegation": ("square", 14),
    "delegate": ("circle", 11),
    "host": ("diamond", 13),
    "principal": ("diamond", 13),
}
_ASIDE = ("circle-open", 10)
_KEY = (
    ("square", 14, "head of delegation"),
    ("circle", 11, "delegate"),
    ("circle-open", 10, "adviser, expert or separate track"),
    ("diamond", 13, "host, principal"),
)


def frame(dataset: Dataset, view: View) -> pd.DataFrame:
    """One row a person and round, people named in two rounds or more.

    By side, then rounds. `attrs`: `columns`, the rounds as records, oldest
    first, and `side_names`.
    """
    rounds = talks_rounds(dataset)
    rows = named_in_rounds(dataset)
    rows = rows[rows["rounds"] >= _LEAST]
    order = {side: place for place, side in enumerate(SIDE["light"])}
    roles = dataset.labels("delegation_members", "role")
    sides = dataset.labels("actors", "side")
    rows = rows.assign(
        side_id=rows["side"],
        order=rows["side"].map(order),
        side=rows["side"].map(sides),
        round=rows["round_name"],
        day=[
            day(*pair)
            for pair in zip(rows["date"], rows["date_precision"], strict=True)
        ],
        part=rows["role"].map(roles),
        behalf=rows["on_behalf_of"].map(dataset.names),
    ).sort_values(
        ["order", "rounds", "name", "date"],
        ascending=[True, False, True, True],
        ignore_index=True,
    )
    rows.attrs["columns"] = rounds.to_dict("records")
    return rows


def words(frame: pd.DataFrame, view: View) -> Words:
    rounds = frame.attrs["columns"]
    note = (
        "A blank is ‘not named in a list that was seen’, not ‘absent’. "
        "Some rounds of 2022 are known almost only by who led them."
    )
    if not rounds:
        return Words(
            f"No round of talks by {day(view.as_of)}",
            "Rounds of talks compared side by side",
            "Source: delegation lists as published by the parties and the press.",
        )
    span = period(rounds[0]["date"], rounds[-1]["date"])
    gap = any(r["after_gap"] for r in rounds)
    dashed = "; dashed: a pause of more than a year between the rounds" if gap else ""
    return Words(
        _title(frame, view),
        f"People named in at least two of {count(len(rounds), 'round')}, {span}{dashed}. "
        "By side, then by number of rounds",
        "Source: delegation lists as published by the parties and the press.",
        note,
    )


def _title(frame: pd.DataFrame, view: View) -> str:
    rounds = frame.attrs["columns"]
    if frame.empty:
        return f"Rounds of talks by {day(view.as_of)}: nobody is named in two of them"
    people = frame.drop_duplicates("actor_id")
    tops = [_top(people[people["side_id"] == s]) for s in ("ukraine", "russia")]
    if all(tops) and all(_spans_gap(frame, top) for top in tops):
        first, last = rounds[0]["date"][:4], rounds[-1]["date"][:4]
        names = listing(top["name"].split()[-1] for top in tops)
        counts = listing(spelled(top["rounds"]) for top in tops)
        if tops[0]["rounds"] == tops[1]["rounds"]:
            counts = f"{spelled(tops[0]['rounds'])} each"
        return f"{names} span the gap: named in {counts} rounds from {first} to {last}"
    top = _top(people)
    if top:
        return (
            f"{top['name']} is named in {spelled(top['rounds'])} "
            f"of the {spelled(len(rounds))} rounds by {day(view.as_of)}"
        )
    return (
        f"{spelled(len(people)).capitalize()} people are named in two or more "
        f"of the {spelled(len(rounds))} rounds by {day(view.as_of)}"
    )


def _top(people: pd.DataFrame) -> dict | None:
    """The one person named in more rounds than any other of these; None if tied."""
    ranked = people.sort_values("rounds", ascending=False)
    if ranked.empty or (
        len(ranked) > 1 and ranked["rounds"].iloc[0] == ranked["rounds"].iloc[1]
    ):
        return None
    return ranked.iloc[0].to_dict()


def _spans_gap(frame: pd.DataFrame, person: dict) -> bool:
    """Named both before and after a pause between rounds of a year or more."""
    after = next((r["date"] for r in frame.attrs["columns"] if r["after_gap"]), None)
    days = frame.loc[frame["actor_id"] == person["actor_id"], "date"]
    return after is not None and days.min() < after <= days.max()


def figure(frame: pd.DataFrame, view: View) -> go.Figure:
    if frame.empty:
        count = len(frame.attrs["columns"])
        said = "No round" if count == 0 else f"{spelled(count).capitalize()} so far"
        return empty(
            view, f"{said}: nobody is named in two rounds<br>by {day(view.as_of)}"
        )
    return _Matrix(_fitting(frame, view), view).drawn()


def _fitting(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    """The rows a picture of this height has room for: people of more rounds first.

    `attrs["left_out"]` counts the people, `attrs["least"]` is the least rounds drawn.
    """
    if not view.height:
        return frame
    for least in range(_LEAST, int(frame["rounds"].max()) + 1):
        kept = frame[frame["rounds"] >= least].reset_index(drop=True)
        kept.attrs["least"] = least
        kept.attrs["left_out"] = (
            frame["actor_id"].nunique() - kept["actor_id"].nunique()
        )
        if _Matrix(kept, view).height <= view.height:
            break
    return kept


class _Matrix:
    """The geometry of one drawing: columns and rows in px."""

    def __init__(self, frame: pd.DataFrame, view: View) -> None:
        # Without attrs: pandas copies them at each cut of a frame.
        self.frame, self.view = pd.DataFrame(frame), view
        self.rounds = frame.attrs["columns"]
        self.left_out = frame.attrs.get("left_out", 0)
        self.least = frame.attrs.get("least", _LEAST)
        self.colours = SURFACE[view.theme]
        wide = view.width >= 1300
        self.sides_left = 118 if wide else 0
        self.left = 106 if view.narrow else self.sides_left + 176
        self.right = view.width - (22 if view.narrow else 40)
        self.row = 24 if view.narrow else (_ROW_CLOSE if view.height else 21)
        gaps = sum(r["after_gap"] for r in self.rounds)
        # A column of its own width stands for a pause between years of talks.
        self.step = (self.right - self.left) / (len(self.rounds) + 0.3 * gaps)
        self.step = min(self.step, 110)
        self.right = (
            self.left
            + self.step * (len(self.rounds) + 0.3 * gaps)
            + (self.view.width - self.right) / 2
        )
        self.x: dict[str, float] = {}
        self.dashed: list[float] = []
        at = self.left
        for r in self.rounds:
            if r["after_gap"]:
                self.dashed.append(at + 0.15 * self.step)
                at += 0.3 * self.step
            self.x[r["round_id"]] = at + self.step / 2
            at += self.step
        self.upright = self.step >= 52
        self.key_height = 96 if view.narrow else 30
        self.head = self.key_height + (84 if self.upright else 150)
        self.y: dict[str, float] = {}
        self.groups: list[tuple[str, str, float, float]] = []
        y = self.head + 6
        for side, rows in self.frame.groupby("side_id", sort=False):
            y += 0 if wide else 22
            top = y
            for actor in rows["actor_id"].unique():
                self.y[actor] = y + self.row / 2
                y += self.row
            self.groups.append((side, rows["side"].iloc[0], top, y))
            y += 11
        self.more_y = y
        if self.left_out:
            y += 24
        self.height = int(y)

    def drawn(self) -> go.Figure:
        figure = canvas(self.view, self.height)
        self._highlight(figure)
        self._grid(figure)
        self._heads(figure)
        self._names(figure)
        self._marks(figure)
        self._key(figure)
        self._more(figure)
        return figure

    def _more(self, figure: go.Figure) -> None:
        """How many people a picture had no room for."""
        if self.left_out:
            people = count(self.left_out, "person", "people")
            said = f"{people} named in fewer than {spelled(self.least)} rounds: see the table"
            write(figure, [0], [self.more_y + 8], [said], colour=self.colours["muted"])

    def _highlight(self, figure: go.Figure) -> None:
        marked = self.view.option("actor")
        if marked in self.y:
            y = self.y[marked]
            left = self.sides_left or 0
            boxes(figure, [(left, y - self.row / 2, self.view.width, y + self.row / 2)],
                  self.colours["selected"])  # fmt: skip

    def _grid(self, figure: go.Figure) -> None:
        top, bottom = self.head, self.more_y - 8
        rules(figure, [(x, top, x, bottom) for x in self.x.values()],
              colour=self.colours["grid"])  # fmt: skip
        rules(figure, [(x, self.key_height, x, bottom) for x in self.dashed],
              colour=self.colours["border"], dash="4px 3px")  # fmt: skip
        lift = 0 if self.sides_left else 22
        rules(figure, [(0, y - lift - 5, self.view.width, y - lift - 5)
                       for _, _, y, _ in self.groups],
              colour=self.colours["muted"])  # fmt: skip
        spans = self.frame.groupby("actor_id", sort=False)["round_id"].agg(
            ["first", "last"]
        )
        rules(figure, [(self.x[a], self.y[i], self.x[b], self.y[i])
                       for i, a, b in spans.itertuples()],
              colour=self.colours["border"])  # fmt: skip

    def _heads(self, figure: go.Figure) -> None:
        ink, text2 = self.colours["ink"], self.colours["text2"]
        years: dict[str, list[float]] = {}
        for r in self.rounds:
            years.setdefault(r["date"][:4], []).append(self.x[r["round_id"]])
        y = self.key_height + 10
        lefts = [xs[0] - self.step * 0.42 for xs in years.values()]
        write(figure, lefts, [y] * len(years),
              [f"<b>{year}</b>" for year in years], colour=ink, size=15)  # fmt: skip
        rules(figure, [(x, y + 13, xs[-1] + self.step * 0.42, y + 13)
                       for x, xs in zip(lefts, years.values(), strict=True)],
              colour=ink, width=1.5)  # fmt: skip
        x = list(self.x.values())
        dates = [short_day(r["date"], r["date_precision"]) for r in self.rounds]
        if self.upright:
            heads = [self._wrapped(r["round_name"]) for r in self.rounds]
            write(figure, x, [self.head - 38] * len(x), heads, colour=ink, size=14,
                  align="center")  # fmt: skip
            write(figure, x, [self.head - 10] * len(x), dates, colour=text2, size=14,
                  align="center")  # fmt: skip
        else:
            figure.update_layout(
                annotations=[
                    dict(
                        x=at, y=self.head - 3, text=f"<b>{r['round_name']}</b> {date}",
                        textangle=-90, yanchor="bottom", xanchor="center",
                        font=dict(size=13, color=ink),
                    )
                    for at, r, date in zip(x, self.rounds, dates, strict=True)
                ]
            )  # fmt: skip
        write(figure, [self.right], [self.head - 10], ["" if self.view.narrow else "rounds"],
              colour=text2, size=14, align="center")  # fmt: skip

    def _wrapped(self, name: str) -> str:
        """A column's head on two lines where one is too wide for the step."""
        if len(name) * 6.9 <= self.step - 4 or " " not in name:
            return f"<b>{name}</b>"
        return f"<b>{name.replace(' ', '<br>', 1)}</b>"

    def _names(self, figure: go.Figure) -> None:
        ink = self.colours["ink"]
        people = self.frame.drop_duplicates("actor_id")
        heads = set(
            self.frame.loc[self.frame["role"] == "head_of_delegation", "actor_id"]
        )
        names = people["name"]
        if self.view.narrow:
            names = names.str.replace(r"^(\w)\S+ ", r"\1. ", regex=True)
        names = [
            f"<b>{name}</b>" if actor in heads else name
            for actor, name in zip(people["actor_id"], names, strict=True)
        ]
        y = [self.y[actor] for actor in people["actor_id"]]
        size = 13 if self.view.narrow else 14
        write(figure, [self.sides_left or 7] * len(y), y, names, colour=ink, size=size)
        write(figure, [self.right] * len(y), y, [str(n) for n in people["rounds"]],
              colour=self.colours["text2"], size=size, align="center")  # fmt: skip
        for side, label, top, bottom in self.groups:
            above = not self.sides_left
            boxes(figure, [(0, top - 20 if above else top, 4, bottom)],
                  SIDE[self.view.theme][side])  # fmt: skip
            write(figure, [10 if self.sides_left else 7], [top - 10 if above else top + self.row / 2],
                  [f"<b>{label}</b>"], colour=ink, size=14)  # fmt: skip

    def _marks(self, figure: go.Figure) -> None:
        scale = 0.8 if self.view.narrow else 1.0
        shapes = self.frame["role"].map(lambda role: _SHAPES.get(role, _ASIDE))
        for shape, rows in self.frame.groupby(shapes, sort=False):
            symbol, size = shape
            marks(
                figure,
                rows["round_id"].map(self.x).to_numpy(),
                rows["actor_id"].map(self.y).to_numpy(),
                rows["side_id"],
                theme=self.view.theme,
                symbol=symbol,
                size=size * scale,
                hover=(rows["name"] + "<br>" + rows["round"] + ", " + rows["day"]
                       + "<br>" + rows["part"]),
                ids=rows["actor_id"].to_numpy(),
            )  # fmt: skip

    def _key(self, figure: go.Figure) -> None:
        """The shapes of the roles, in a line; on a phone one under another."""
        ink, paper = self.colours["ink"], self.colours["paper"]
        across = 0.0
        for place, (symbol, size, label) in enumerate(_KEY):
            if self.view.narrow:
                x, y = 8.0, 12 + 22.0 * place
            else:
                x, y = 8 + across, 12.0
                across += 44 + 6.6 * len(label)
            hollow = symbol.endswith("-open")
            figure.add_scatter(
                x=[x], y=[y], mode="markers", hoverinfo="skip", cliponaxis=False,
                marker=dict(symbol=symbol.removesuffix("-open"), size=size,
                            color=paper if hollow else ink,
                            line=dict(width=1.8 if hollow else 0, color=ink)),
            )  # fmt: skip
            write(figure, [x + 12], [y], [label], colour=ink, size=14)


def summary(frame: pd.DataFrame, view: View) -> str:
    rounds = frame.attrs["columns"]
    if frame.empty:
        return f"By {day(view.as_of)} nobody is named in two rounds of talks."
    people = frame.drop_duplicates("actor_id").sort_values(
        ["rounds", "name"], ascending=[False, True]
    )
    most = listing(
        f"{name} in {spelled(n)}"
        for name, n in people[["name", "rounds"]].head(4).values
    )
    noun = "person is" if len(people) == 1 else "people are"
    return (
        f"{spelled(len(people)).capitalize()} {noun} named in two or more of the "
        f"{spelled(len(rounds))} rounds of talks from {day(rounds[0]['date'])} to "
        f"{day(rounds[-1]['date'])}: {'most often ' if len(people) > 4 else ''}{most}."
    )
