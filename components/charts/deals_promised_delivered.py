"""What each deal promised, and each handover counted towards it."""

from __future__ import annotations

from itertools import groupby

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.charts.canvas import canvas, rules, write
from components.charts.chart import Option, Words, empty
from components.charts.handover_marks import (
    DASH,
    boxes,
    hover,
    key,
    publishers,
    side_colour,
)
from components.theme.palette import SURFACE
from components.view import View
from data.dataset import Dataset
from data.exchanges import (
    DIRECTIONS,
    SIDE_NAME,
    WHAT,
    Promise,
    promises,
    sides_of,
    stages_in_words,
)
from data.words import QUALIFIER_WORD, count, day, number, short_day

TITLE = "Deals: promised and delivered"
COLUMNS = {
    "deal": "Deal",
    "agreed_words": "Agreed",
    "what": "What",
    "category": "Who",
    "to": "To",
    "promised": "Promised",
    "standing_words": "Standing",
    "stated_by": "Stated by",
    "handover_words": "Handover",
    "handed_words": "Handed over",
    "link_words": "Link to the deal",
    "so_far": "So far",
    "open_words": "Open after it",
    "note": "Note",
    "pages": "Pages of",
}
OPTIONS = {
    "deal": Option("one deal; all if not given"),
    "what": Option("people or bodies; both if not given", WHAT),
    "direction": Option("handed over to whom", DIRECTIONS, "both", narrows=True),
}

_HEAD, _ROW, _ROW_NARROW = 40, 50, 88
_BAR = 20
_UNKNOWN = 22.0  # px, a handover without a number
_UNSCALED = 54.0  # px, a handover where no number was promised: no part of a whole
_MORE = 26  # px, the line that says how many deals a picture leaves out
_STACKED = 760  # px: below, words stand over and under the bar, not beside it


def _asked(dataset: Dataset, view: View) -> tuple[Promise, ...]:
    deal, what = view.option("deal"), view.option("what")
    sides = sides_of(str(view.option("direction", "both")))
    return tuple(
        p
        for p in promises(dataset)
        if p.side in sides
        and (deal is None or p.deal_id == deal)
        and (what is None or p.what == what)
    )


def frame(dataset: Dataset, view: View) -> pd.DataFrame:
    """One row a handover towards a promise in one direction, or one for a promise
    without any: promised, handed over, so far, open after it.

    `attrs["promises"]` holds the `data.exchanges.Promise` values drawn.
    """
    asked = _asked(dataset, view)
    labels = dataset.labels("deal_promises", "standing")
    links = dataset.labels("exchanges", "deal_link")
    rows = []
    for p in asked:
        head = {
            "deal": p.deal,
            "deal_id": p.deal_id,
            "agreed_words": day(p.agreed_on),
            "what": p.what.capitalize(),
            "category": p.category,
            "to": SIDE_NAME[p.side],
            "promised": p.promised,
            "standing_words": labels[p.standing],
            "stated_by": p.stated_by,
            "note": p.note,
            "pages": publishers(dataset, p.source_ids),
            "source_ids": p.source_ids,
        }
        so_far, certain = 0, True
        for stage in p.stages:
            so_far += stage.counted
            certain &= stage.number is not None and stage.link != "part_only"
            handed = (
                "number not published" if stage.number is None else number(stage.number)
            )
            if stage.link == "part_only" and stage.number is not None:
                handed = f"an unstated part of {handed}"
            left = "not known"
            if p.number is not None and certain:
                left = number(max(p.number - so_far, 0))
            rows.append(
                {
                    **head,
                    "date": stage.date,
                    "handover_words": day(stage.date),
                    "handed_words": handed,
                    "link_words": links[stage.link],
                    "so_far": number(so_far) if so_far else "not known",
                    "open_words": left if p.number is not None else "no number agreed",
                }
            )
        if not p.stages:
            none = {
                "handover_words": "none recorded",
                "handed_words": "–",
                "link_words": "–",
            }
            rows.append(
                {**head, "date": None, **none, "so_far": "–", "open_words": "–"}
            )
    table = pd.DataFrame(rows, columns=["deal_id", "date", "source_ids", *COLUMNS])
    table.attrs["promises"] = asked
    return table


def words(frame: pd.DataFrame, view: View) -> Words:
    asked = frame.attrs["promises"]
    subtitle = (
        f"People or bodies by deal and direction, as of {day(view.as_of)}; a full bar is "
        "the number named; under the bar the date of each handover"
    )
    source = (
        "Source: statements of the sides and mediators on the pages named in the table."
    )
    if not asked:
        return Words(
            f"No deal with a promise on exchanges is recorded by {day(view.as_of)}",
            subtitle,
            source,
        )
    return Words(_finding(asked, view), subtitle, source, _note(asked))


def _finding(asked: tuple[Promise, ...], view: View) -> str:
    deals = {p.deal_id for p in asked}
    if len(deals) > 1:
        started = {p.deal_id for p in asked if p.stages}
        return (
            f"Handovers are recorded under {len(started)} of {len(deals)} deals agreed or "
            f"announced by {day(view.as_of)}"
        )
    first = asked[0]
    told = [p for p in asked if p.what == first.what]
    if len(told) == 2 and told[0].told == told[1].told:
        return f"{first.deal}, to each side: {first.told}"
    said = [f"to {SIDE_NAME[p.side]} {p.told}" for p in told]
    return f"{first.deal}: {'; '.join(said)}"


def _note(asked: tuple[Promise, ...]) -> str:
    notes = ["Numbers of different deals and of people and bodies are never added."]
    if any(p.unpublished for p in asked):
        notes.append(
            "A dashed box is one handover without a number; its width says nothing."
        )
    if any(p.number is None and p.stages for p in asked):
        notes.append(
            "Where no number was named, the width of a box says nothing either."
        )
    if any(s.link == "round_not_named" for p in asked for s in p.stages):
        notes.append(
            "Hollow: under the Istanbul agreements, the round not named; entered under the "
            "latest before it."
        )
    if any(p.number and p.handed_over > p.number for p in asked):
        notes.append(
            "A bar may pass the number named: the handover’s whole number is counted."
        )
    return " ".join(notes)


def figure(frame: pd.DataFrame, view: View) -> go.Figure:
    asked = frame.attrs["promises"]
    if not asked:
        return empty(view, "No deal on exchanges is recorded by this day.")
    colours = SURFACE[view.theme]
    figure = canvas(view, 10)
    y = key(figure, view, _key(figure, asked, view)) + 10.0
    row = _ROW_NARROW if view.width < _STACKED else _ROW
    deals = [tuple(group) for _, group in groupby(asked, key=lambda p: p.deal_id)]
    heights = [_HEAD + row * len(of_deal) + 6 for of_deal in deals]
    room = (view.height or sum(heights) + y + 10) - y - 10
    drawn = len(deals)
    if sum(heights) > room:
        fitting = np.cumsum(heights) + _MORE <= room
        drawn = max(int(fitting.sum()), 1)
    for of_deal in deals[:drawn]:
        rules(figure, [(0, y + 4, view.width, y + 4)], colour=colours["rule"])
        agreed = f"  agreed {day(of_deal[0].agreed_on)}"
        if of_deal[0].standing == "announced":
            agreed = f"  announced {day(of_deal[0].agreed_on)}"
        text = f"<b>{of_deal[0].deal}</b>"
        if not view.narrow:
            text += f"<span style='color:{colours['muted']}'>{agreed}</span>"
        write(figure, [0], [y + 22], [text], colour=colours["ink"], size=16)
        y += _HEAD
        for promise in of_deal:
            _row(figure, promise, view, y)
            y += row
        y += 6
    if drawn < len(deals):
        rules(figure, [(0, y + 4, view.width, y + 4)], colour=colours["rule"])
        more = count(len(deals) - drawn, "more deal")
        write(figure, [0], [y + _MORE / 2 + 4], [f"{more}: see the table"],
              colour=colours["muted"])  # fmt: skip
        y += _MORE
    figure.update_layout(height=int(y + 4))
    figure.update_yaxes(range=[int(y + 4), 0])
    return figure


def _row(figure: go.Figure, promise: Promise, view: View, y: float) -> None:
    colours, size = SURFACE[view.theme], 13 if view.narrow else 14
    bodies = "bodies " if promise.what == "bodies" else ""
    label = f"{bodies}to {SIDE_NAME[promise.side]}"
    if promise.standing == "offered":
        label = f"{label} (offered)"
    if view.width < _STACKED:
        left, right, top = 0.0, float(view.width), y + 20
        write(figure, [0], [y + 8], [label], colour=colours["ink"], size=size)
        write(
            figure, [0], [top + _BAR + 33], [_short(promise)], colour=colours["text2"],
            size=size,
        )  # fmt: skip
    else:
        left, right, top = 190.0, view.width - 262.0, y + 2
        at = right + 16
        if promise.unpublished:
            at = left + len(promise.stages) * (_UNKNOWN + 5) + 12
        elif promise.number is None:
            at = left + len(promise.stages) * _UNSCALED + 12
        write(figure, [0], [top + _BAR / 2], [label], colour=colours["ink"], size=15)
        write(
            figure, [at], [top + _BAR / 2], [_short(promise)], colour=colours["text2"],
            size=size,
        )  # fmt: skip
    _bar(figure, promise, view, left, right, top)


def _short(p: Promise) -> str:
    """The row's result at the bar's end, in few words."""
    if not p.stages:
        return f"{p.promised} named; no handover recorded"
    if p.unpublished:
        said = f"{count(len(p.unpublished), 'handover')}, numbers not published"
        totals = [
            f"{QUALIFIER_WORD[q]}{number(n)}"
            for c, q, n, _ in p.stated_totals
            if c == "ukraine"
        ]
        return f"{said}; {totals[0]} in all (Ukraine)" if totals else said
    if p.number is None:
        return f"{number(p.handed_over)}; no number agreed"
    said = f"<b>{number(p.handed_over)} of {p.promised}</b>"
    if p.parts:
        return f"{said}; and part of {number(p.parts[0].number)}"
    return f"{said}; {number(p.open)} open" if p.open else said


def _bar(
    figure: go.Figure, p: Promise, view: View, left: float, right: float, top: float
) -> None:
    colour, colours = side_colour(p.side, view), SURFACE[view.theme]
    bottom = top + _BAR
    scale = (right - left) / max(p.number or 1, p.handed_over)
    if p.number and not p.unpublished:
        end = left + p.number * scale
        boxes(figure, [(left, top, end, bottom)], line=colours["border"])
    at, solid, hollow, dashed, dates = left, [], [], [], []
    inside = []
    for stage in p.stages:
        unsized = stage.number is None or stage.link == "part_only"
        if unsized:
            width = _UNKNOWN + 5
        else:
            width = stage.counted * scale if p.number else _UNSCALED
        box = (at + 1, top, at + width - (5 if unsized else 1.5), bottom)
        if unsized:
            dashed.append(box)
        elif stage.link == "round_not_named":
            hollow.append(box)
        else:
            solid.append(box)
        if not unsized and width > 34:
            inside.append(
                (at + width / 2, number(stage.counted), stage.link == "stated")
            )
        dates.append((at + 1, width, stage))
        at += width
    boxes(figure, solid, line=colour, fill=colour)
    boxes(figure, hollow, line=colour, fill=colours["paper"])
    boxes(figure, dashed, line=colours["muted"], dash=DASH)
    for stated, ink in ((True, colours["paper"]), (False, colours["ink"])):
        shown = [(x, text) for x, text, s in inside if s == stated]
        if shown:
            write(
                figure, [x for x, _ in shown], [top + _BAR / 2] * len(shown),
                [f"<b>{text}</b>" for _, text in shown], colour=ink, size=13, align="center",
            )  # fmt: skip
    if p.number and not p.unpublished and p.handed_over > p.number:
        end = left + p.number * scale
        rules(
            figure, [(end, top - 4, end, bottom + 4)], colour=colours["ink"], width=1.4
        )
    _dates(figure, dates, view, bottom + 10)
    if dates:
        hover(
            figure,
            [x + w / 2 for x, w, _ in dates],
            [top + _BAR / 2] * len(dates),
            [
                f"<b>{day(s.date)}</b><br>"
                + (
                    "number not published"
                    if s.number is None
                    else f"{number(s.number)} handed over"
                )
                for _, _, s in dates
            ],
            size=18,
            keys=[p.deal_id] * len(dates),
        )


def _dates(figure: go.Figure, dates: list, view: View, y: float) -> None:
    """The dates under the segments; one that would touch the last is left to the table,
    and the last one is always written."""
    if not dates:
        return
    wide = 44.0
    shown, edge = [], -1e9
    for x, _, stage in dates:
        if x >= edge + 4:
            shown.append((x, short_day(stage.date)))
            edge = x + wide
    x, _, last = dates[-1]
    text = short_day(last.date)
    if shown[-1][1] != text:
        if len(shown) > 1 and x < shown[-1][0] + wide + 4:
            shown.pop()
        shown.append((max(x, shown[-1][0] + wide + 4), text))
    write(
        figure, [x for x, _ in shown], [y] * len(shown), [t for _, t in shown],
        colour=SURFACE[view.theme]["muted"], size=13,
    )  # fmt: skip


def _key(figure: go.Figure, asked: tuple[Promise, ...], view: View) -> list:
    colours = SURFACE[view.theme]

    def box(**style: object):
        return lambda x, y: boxes(figure, [(x - 8, y - 6, x + 8, y + 6)], **style)

    colour = side_colour(asked[0].side, view)
    stages = [s for p in asked for s in p.stages]
    items = [(box(line=colour, fill=colour), "handed over")]
    if any(s.link == "round_not_named" for s in stages):
        items.append((box(line=colour), "handed over, round not named"))
    items.append((box(line=colours["border"]), "open"))
    if any(s.number is None or s.link == "part_only" for s in stages):
        items.append((box(line=colours["muted"], dash=DASH), "number not published"))
    return items


def summary(frame: pd.DataFrame, view: View) -> str:
    asked = frame.attrs["promises"]
    if not asked:
        return f"No deal on exchanges is recorded by {day(view.as_of)}."
    said = []
    for p in asked if len({p.deal_id for p in asked}) == 1 else ():
        stages = stages_in_words(p.stages)
        said.append(
            f"{'bodies' if p.what == 'bodies' else 'people'} to {SIDE_NAME[p.side]}: {p.told}"
            + (f" ({stages})" if stages else "")
        )
    if said:
        return f"{asked[0].deal}: {'; '.join(said)}."
    deals = {p.deal: p for p in reversed(asked) if p.side == asked[0].side}
    told = [f"{name}: {p.told}" for name, p in reversed(deals.items())]
    return (
        f"{count(len(told), 'deal').capitalize()}; the first promise of each, to "
        f"{SIDE_NAME[asked[0].side]}: {'. '.join(told)}."
    )
