"""Which text speaks of which issue: texts by date, issues in groups, one unfolded."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.charts.canvas import boxes, canvas, rules, write
from components.charts.chart import Option, Words, empty
from components.charts.reading import Entry, reading_list, room, touch, wrapped
from components.theme.palette import SIDE, SURFACE
from components.view import View
from data.dataset import Dataset
from data.positions import DEFAULT_ISSUE, issues, texts
from data.words import count, day, listing, month, shortened, spelled

TITLE = "Texts and issues"
COLUMNS = {
    "day": "Date",
    "title": "Text",
    "by": "Authors",
    "issue": "Issue",
    "term": "What the text says",
}
OPTIONS = {
    "author": Option(
        "id of an author; only texts by any of them", many=True, narrows=True
    ),
    "issue": Option("id of the issue whose terms are unfolded", default=DEFAULT_ISSUE),
    "text": Option("id of a text whose row is marked", kind="proposal"),
    "against": Option("id of a second text whose row is marked", kind="proposal"),
}

# A side in two or three letters, always beside its tick: eleven colours are too
# many to be told apart. Sides without letters of their own are 'oth'.
_BOLD = 8.6  # px of a letter of the unfolded head, 17 px
_LEAN = 5.2  # px across that a letter of a slanted head of 14 px takes
_CODES = {
    "ukraine": ("UA", "Ukraine"),
    "russia": ("RU", "Russia"),
    "united_states": ("US", "United States"),
    "europe": ("Eur", "Europe"),
    "china": ("CN", "China"),
}
_OTHER = ("oth", "other states")

_ROW_CLOSE = 17  # px, a row in a picture with little room
# Under this width squares and sentences do not fit side by side: a list instead.
_LEAST = 880


def frame(dataset: Dataset, view: View) -> pd.DataFrame:
    """One row a text and issue on which it has a term, by date, then issue.

    `attrs`: `texts` and `issues`, records in their order, and `authors`, the
    names of the authors chosen.
    """
    chosen = view.option("author", ())
    rows = texts(dataset, chosen)
    columns = issues(dataset)
    order = {i: place for place, i in enumerate(columns["issue_id"])}
    names = columns.set_index("issue_id")["name"]
    held = rows[["proposal_id", "title", "short_title", "date", "authors"]].merge(
        dataset["proposal_terms"], on="proposal_id"
    )
    held = held.assign(
        place=held["proposal_id"].map(
            {t: n for n, t in enumerate(rows["proposal_id"])}
        ),
        rank=held["issue_id"].map(order),
        issue=held["issue_id"].map(names),
        day=held["date"].map(day),
        by=held["authors"].map(listing),
    ).sort_values(["place", "rank"], ignore_index=True)
    held.attrs["texts"] = rows.to_dict("records")
    held.attrs["issues"] = columns.to_dict("records")
    held.attrs["authors"] = [dataset.names[i] for i in chosen]
    return held


def words(frame: pd.DataFrame, view: View) -> Words:
    rows = frame.attrs["texts"]
    late = [
        f"{t['short_title']} (dated {day(t['date'])}, public on {day(t['public_from'])})"
        for t in rows
        if t["late"]
    ]
    note = (
        f"{'No square' if _wide(view) else 'Silent'}: the pages that were seen tell no term "
        "on the issue, which is not a view on it. Terms are summaries in this project’s words."
    )
    if late:
        note += f" Known only after their date: {'; '.join(late)}."
    scope = (
        f" by {listing(frame.attrs['authors'], 'or')}" if frame.attrs["authors"] else ""
    )
    codes = dict(_code(side) for t in rows for side in t["sides"])
    issue = _issue(frame, view)["name"]
    groups = " · ".join(dict.fromkeys(i["group"] for i in frame.attrs["issues"]))
    how = (
        f"A square: the text has a term on the issue; unfolded: {issue}. "
        f"Groups of columns: {groups}"
        if _wide(view)
        else f"What each says on the issue: {issue}"
    )
    return Words(
        _title(frame, view),
        f"{count(len(rows), 'text').capitalize()}{scope} by date, as of {day(view.as_of)}. "
        + how
        + (
            f". Authors: {', '.join(f'{c} {n}' for c, n in codes.items())}"
            if codes
            else ""
        ),
        f"Source: {count(len(frame), 'term')} from the texts or from reports of them; "
        "leaked texts are known through the press.",
        note,
    )


def _wide(view: View) -> bool:
    return view.width >= _LEAST


def _issue(frame: pd.DataFrame, view: View) -> dict:
    asked = view.option("issue", DEFAULT_ISSUE)
    known = {i["issue_id"]: i for i in frame.attrs["issues"]}
    return known.get(asked, known[DEFAULT_ISSUE])


def _title(frame: pd.DataFrame, view: View) -> str:
    rows = {t["proposal_id"]: t for t in frame.attrs["texts"]}
    by = (
        f" by {listing(frame.attrs['authors'], 'or')}" if frame.attrs["authors"] else ""
    )
    if not rows:
        return f"No text{by} is recorded by {day(view.as_of)}"
    picked = [text for t, text in rows.items() if t in _picked(view)]
    if len(picked) == 2:
        return _compared(frame, *picked)
    if picked:
        (text,) = picked
        return (
            f"{text['short_title']} of {day(text['date'])}: "
            f"{_breadth(text['terms'], len(frame.attrs['issues']))}"
        )
    issue = _issue(frame, view)
    saying = frame[frame["issue_id"] == issue["issue_id"]]
    of = f"{spelled(len(rows))} texts{by}" if len(rows) > 1 else f"the only text{by}"
    if saying.empty:
        none = "a term in none of " if len(rows) > 1 else "no term in "
        return f"{issue['name']}: {none}{of} by {day(view.as_of)}"
    last = saying.iloc[-1]
    latest = f"{last['short_title']} ({day(last['date'])})"
    if len(rows) == 1:
        return f"{issue['name']}: a term in {of} so far, {latest}"
    how_many = f"{spelled(len(saying))} of {of}"
    return f"{issue['name']}: a term in {how_many}, most recently {latest}"


def _breadth(terms: int, of: int) -> str:
    return (
        f"terms on all {of} issues"
        if terms == of
        else (
            f"{'a term' if terms == 1 else 'terms'} on {spelled(terms)} of {of} issues"
        )
    )


def _compared(frame: pd.DataFrame, first: dict, second: dict) -> str:
    """Two texts in numbers: issues in both, in one alone, in the same words."""
    held = [
        frame[frame["proposal_id"] == t["proposal_id"]].set_index("issue_id")["term"]
        for t in (first, second)
    ]
    both = held[0].index.intersection(held[1].index)
    same = int((held[0][both] == held[1][both]).sum())
    parts = [f"both have terms on {count(len(both), 'issue')}"]
    if same:
        parts.append(f"{spelled(same)} of them in the same words")
    for text, terms in zip((first, second), held, strict=True):
        if alone := len(terms) - len(both):
            parts.append(f"{spelled(alone)} only in {text['short_title']}")
    return f"{first['short_title']} and {second['short_title']}: {', '.join(parts)}"


def _picked(view: View) -> tuple[str, ...]:
    """The marked texts' ids, at most two, each once."""
    asked = (view.option("text"), view.option("against"))
    return tuple(dict.fromkeys(t for t in asked if t))


def figure(frame: pd.DataFrame, view: View) -> go.Figure:
    if not frame.attrs["texts"]:
        return empty(view, f"No text with these authors by {day(view.as_of)}")
    return _Matrix(frame, view).drawn() if _wide(view) else _listed(frame, view)


def _listed(frame: pd.DataFrame, view: View) -> go.Figure:
    """For a phone: the texts by date, each with its term on the issue."""
    issue = _issue(frame, view)["issue_id"]
    said = frame[frame["issue_id"] == issue].set_index("proposal_id")["term"]
    picked = _picked(view)
    return reading_list(
        view,
        [
            Entry(
                f"{day(t['date'])} · {t['short_title']} "
                f"({', '.join(dict.fromkeys(_code(s)[0] for s in t['sides']))})",
                said.get(t["proposal_id"], "– silent"),
                f"{t['proposal_id']}|{issue}",
                t["proposal_id"] in picked,
            )
            for t in frame.attrs["texts"]
        ],
    )


def _code(side: str) -> tuple[str, str]:
    return _CODES.get(side, _OTHER)


class _Matrix:
    """The geometry of one drawing: rows and columns in px."""

    row, head = 22, 138
    date_width, code_step = 66, 32

    def __init__(self, frame: pd.DataFrame, view: View) -> None:
        # Without attrs: pandas copies them at each cut of a frame.
        self.frame, self.view = pd.DataFrame(frame), view
        self.colours = SURFACE[view.theme]
        self.texts, self.issues = frame.attrs["texts"], frame.attrs["issues"]
        if view.height:
            closer = (view.height - self.head - 12) // len(self.texts)
            self.row = max(_ROW_CLOSE, min(self.row, closer))
        self.issue = _issue(frame, view)
        self.picked = _picked(view)
        codes = max(len({_code(s) for s in t["sides"]}) for t in self.texts)
        self.titles = self.date_width + self.code_step * min(codes, 3) + 4
        self.left = self.titles + 186
        self.row_y = {
            t["proposal_id"]: self.head + self.row * (place + 0.5) + 4
            for place, t in enumerate(self.texts)
        }
        self.height = int(self.head + self.row * len(self.texts) + 12)
        self._columns()

    def _columns(self) -> None:
        """Squares at equal steps, groups apart, the unfolded issue takes what is left."""
        groups = len({i["issue_group"] for i in self.issues})
        apart = 9 if self.view.width < 1500 else 16
        step = 20 if self.view.width < 950 else 22 if self.view.width < 1500 else 36
        # The slanted heads lean out to the right, the last ones beyond the squares.
        heads = [
            0 if issue is self.issue else _LEAN * len(issue["short_name"]) - step * n
            for n, issue in enumerate(reversed(self.issues))
        ]
        lean = 16 if self.issue is self.issues[-1] else max(16, *heads[:4]) + 6
        others = step * (len(self.issues) - 1) + apart * (groups - 1) + lean
        self.unfolded = max(self.view.width - self.left - others, 110)
        self.x: dict[str, float] = {}
        self.spans: list[tuple[float, float]] = []
        at, group = self.left, self.issues[0]["issue_group"]
        begin = at
        for issue in self.issues:
            if issue["issue_group"] != group:
                self.spans.append((begin, at))
                at += apart
                group, begin = issue["issue_group"], at
            wide = self.unfolded if issue is self.issue else step
            self.x[issue["issue_id"]] = at + (0 if issue is self.issue else wide / 2)
            at += wide
        self.spans.append((begin, at))

    def drawn(self) -> go.Figure:
        figure = canvas(self.view, self.height)
        self._grounds(figure)
        self._heads(figure)
        self._labels(figure)
        self._squares(figure)
        self._sentences(figure)
        return figure

    def _grounds(self, figure: go.Figure) -> None:
        top, half = self.head, self.row / 2
        at = self.x[self.issue["issue_id"]]
        boxes(figure, [(at, top - 34, at + self.unfolded - 6, self.height - 6)],
              self.colours["card"])  # fmt: skip
        tinted = [self.row_y[t] for t in self.picked if t in self.row_y]
        if tinted:
            boxes(figure, [(0, y - half, self.view.width, y + half) for y in tinted],
                  self.colours["selected"])  # fmt: skip
        rules(figure, [(0, y + half, self.view.width, y + half) for y in self.row_y.values()],
              colour=self.colours["grid"])  # fmt: skip
        spans = self.frame.groupby("issue_id")["proposal_id"].agg(["first", "last"])
        rules(figure, [(self.x[i], self.row_y[a], self.x[i], self.row_y[b])
                       for i, a, b in spans.itertuples() if i != self.issue["issue_id"]],
              colour=self.colours["border"])  # fmt: skip

    def _heads(self, figure: go.Figure) -> None:
        ink, y = self.colours["ink"], self.head
        rules(figure, [(a, y, b - 4, y) for a, b in self.spans], colour=ink, width=2)
        # All at once: adding annotations one by one takes twenty times as long.
        figure.update_layout(
            annotations=[
                dict(
                    x=self.x[issue["issue_id"]] - 8, y=y - 6, text=issue["short_name"],
                    textangle=-52, xanchor="left", yanchor="bottom", showarrow=False,
                    font=dict(size=14, color=ink),
                )
                for issue in self.issues
                if issue is not self.issue
            ]
        )  # fmt: skip
        at = self.x[self.issue["issue_id"]] + 10
        name = self.issue["name"]
        if _BOLD * len(name) > self.unfolded - 16:
            name = self.issue["short_name"]
        write(
            figure,
            [at],
            [y - 16],
            [f"<b>{name}</b>"],
            colour=ink,
            size=17,
        )
        write(
            figure,
            [4],
            [y - 14],
            ["<b>Text, by date</b>"],
            colour=self.colours["muted"],
        )
        others = [i for i in self.issues if i is not self.issue]
        touch(figure, [self.x[i["issue_id"]] for i in others], [y - 14] * len(others),
              [f"|{i['issue_id']}" for i in others],
              [f"{i['group']}: {i['name']}<br>Click to unfold" for i in others])  # fmt: skip

    def _labels(self, figure: go.Figure) -> None:
        ink, text2 = self.colours["ink"], self.colours["text2"]
        y = list(self.row_y.values())
        dates, year = [], ""
        for text in self.texts:
            name = month(text["date"]).split()
            bold = text["date"][:4] != year
            year = text["date"][:4]
            dates.append(f"<b>{name[0][:3]} {year}</b>" if bold else name[0][:3])
        write(figure, [0] * len(y), y, dates, colour=text2)
        titles = [
            f"<b>{t['short_title']}</b>" if t["proposal_id"] in self.picked
            else t["short_title"]
            for t in self.texts
        ]  # fmt: skip
        write(figure, [self.titles] * len(y), y, titles, colour=ink)
        ticks = [
            (
                self.date_width + 4 + self.code_step * place,
                self.row_y[t["proposal_id"]],
                side,
            )
            for t in self.texts
            for place, side in enumerate(self._distinct(t["sides"]))
        ]
        x, at, sides = zip(*ticks, strict=True)
        boxes_by = [(a - 3, b - 7, a + 3, b + 7) for a, b in zip(x, at, strict=True)]
        for side in dict.fromkeys(sides):
            marked = [box for box, s in zip(boxes_by, sides, strict=True) if s == side]
            boxes(figure, marked, self._side(side))
        write(figure, [a + 5 for a in x], at, [_code(s)[0] for s in sides],
              colour=text2, size=13)  # fmt: skip
        places = np.arange(12, self.left - 10, 22)
        touch(
            figure,
            np.tile(places, len(y)),
            np.repeat(y, len(places)),
            [f"{t['proposal_id']}|" for t in self.texts for _ in places],
            [hover for t in self.texts for hover in [self._of(t)] * len(places)],
        )  # fmt: skip

    @staticmethod
    def _of(text: dict) -> str:
        title = wrapped(f"{text['title']}, {day(text['date'])}")
        return f"{title}<br>{wrapped(listing(text['authors']))}"

    @staticmethod
    def _distinct(sides: tuple[str, ...]) -> list[str]:
        """At most three, one of each code."""
        return list({_code(side): side for side in sides}.values())[:3]

    def _side(self, side: str) -> str:
        return SIDE[self.view.theme].get(side, SIDE[self.view.theme]["other"])

    def _squares(self, figure: go.Figure) -> None:
        rows = self.frame[self.frame["issue_id"] != self.issue["issue_id"]]
        tinted = rows["proposal_id"].isin(self.picked)
        for part, colour in ((rows[~tinted], "text2"), (rows[tinted], "ink")):
            if part.empty:
                continue
            figure.add_trace(
                dict(type="scatter",
                    x=part["issue_id"].map(self.x).to_numpy(float),
                    y=part["proposal_id"].map(self.row_y).to_numpy(float),
                    mode="markers",
                    marker=dict(symbol="square", size=14, color=self.colours[colour],
                                line=dict(width=0), opacity=1),
                    unselected=dict(marker_opacity=1),
                    hovertext=[
                        f"<b>{title}</b>, {issue}<br>{wrapped(term)}"
                        for title, issue, term in zip(
                            part["short_title"], part["issue"], part["term"], strict=True)
                    ],
                    hoverinfo="text",
                    customdata=(part["proposal_id"] + "|" + part["issue_id"]).to_list(),
                )
            )  # fmt: skip

    def _sentences(self, figure: go.Figure) -> None:
        """The unfolded issue: each text's term in one line, '–' where it is silent."""
        at = self.x[self.issue["issue_id"]] + 10
        held = self.frame[self.frame["issue_id"] == self.issue["issue_id"]]
        said = held.set_index("proposal_id")["term"]
        y = list(self.row_y.values())
        limit = room(self.unfolded - 20)
        lines = [shortened(said.get(t, "–"), limit) for t in self.row_y]
        picked = [
            f"<b>{shortened(said.get(t, '–'), int(limit * 0.94))}</b>" if t in self.picked
            else line
            for t, line in zip(self.row_y, lines, strict=True)
        ]  # fmt: skip
        write(figure, [at] * len(y), y, picked, colour=self.colours["ink"])
        rows = [(t, self.row_y[t], term) for t, term in said.items()]
        places = np.arange(at + 8, at + self.unfolded - 20, 22)
        touch(
            figure,
            np.tile(places, len(rows)),
            np.repeat([y for _, y, _ in rows], len(places)),
            [f"{t}|{self.issue['issue_id']}" for t, _, _ in rows for _ in places],
            [hover for _, _, term in rows for hover in [wrapped(term)] * len(places)],
        )


def summary(frame: pd.DataFrame, view: View) -> str:
    rows = frame.attrs["texts"]
    if not rows:
        return f"No text is recorded by {day(view.as_of)}."
    issue = _issue(frame, view)
    counts = frame["issue"].value_counts(sort=False)
    most = counts[counts == counts.max()].index if len(counts) else []
    said = (frame["issue_id"] == issue["issue_id"]).sum()
    noun = "text has" if len(rows) == 1 else "texts have"
    often = f", most often on {listing(most)} ({counts.max()})" if len(most) < 4 else ""
    return (
        f"{spelled(len(rows)).capitalize()} {noun} {count(len(frame), 'term')} on "
        f"{count(len(counts), 'issue')}{often}; {spelled(said)} on {issue['name']}."
    )
