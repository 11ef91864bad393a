"""The front line's map on a page: its controls, its key, its drawing, its steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

import plotly.graph_objects as go
import streamlit as st

from components.charts import front_line_map
from components.charts.chart import BASEMAP_CREDIT, MAP_CREDIT, Drawn
from components.maps.front_line import Shown, deck, height
from components.theme.palette import MAP
from components.view import View
from components.widgets import bound
from components.widgets.context import Context
from components.widgets.figure import drawn, export, numbers
from data.dataset import Dataset, dataset
from data.front import MapDay, venues
from data.front_shapes import SMALLEST_KM2, patches, runs_north
from data.words import day as in_words
from data.words import number

# The part of the page's width that the map takes.
SHARE = 0.6


@dataclass(frozen=True)
class Asked:
    """What the reader set: the map's day, the day to compare with, two switches.

    `compare` is an ISO date, 'none', or None for twelve months before.
    """

    day: str
    compare: str | None
    venues: bool
    vector: bool

    def view(self, ctx: Context) -> View:
        """The view that the vector map and the page's title are drawn for.

        The as-of date itself is no day of its own: a live address follows it.
        """
        day = None if self.day == ctx.view.as_of else self.day
        return ctx.for_share(SHARE).having(day=day, compare=self.compare)


def controls(ctx: Context) -> Asked:
    """Comparison, venues, drawing; the slider stands under the map (`steps`)."""
    dates = ctx.data.layer("front_lines").dates
    held = bound.standing(dates, key="map")
    # At its end the slider means the as-of date itself, not its last snapshot.
    shown = ctx.view.as_of if held == dates[-1] else held
    first = date.fromisoformat(dates[0])
    last = date.fromisoformat(min(shown, ctx.data.closing.front_line)) - timedelta(1)
    with st.container(
        key="front-controls", horizontal=True, vertical_alignment="bottom"
    ):
        changes = bound.toggle("Gained and lost areas", key="changes", default=True)
        compare = None
        if changes and first <= last:
            compare = bound.day(
                "Compare with (empty: twelve months before)",
                key="compare",
                default=None,
                first=first,
                last=last,
                width=290,
            )
        held_at = bound.toggle("Where talks were held", key="venues")
        vector = bound.toggle("Still map, for print", key="still")
    chosen = compare.isoformat() if compare else None
    return Asked(shown, chosen if changes else "none", held_at, vector)


def told(ctx: Context, asked: Asked) -> Drawn:
    """The map's words and numbers; its drawing only where the still map is shown.

    A step of the slider would otherwise draw a picture that nobody sees.
    """
    view = asked.view(ctx)
    if asked.vector:
        return drawn("front-line-map", view)
    whole = dataset()
    return _undrawn(whole.version, view, whole)


@st.cache_resource(max_entries=256, show_spinner=False)
def _undrawn(version: str, view: View, _dataset: Dataset) -> Drawn:
    frame = front_line_map.frame(_dataset.as_of(view.as_of), view)
    return Drawn(
        name="front-line-map",
        frame=frame,
        words=front_line_map.words(frame, view),
        figure=go.Figure(),
        summary=front_line_map.summary(frame, view),
        columns=front_line_map.COLUMNS,
    )


def front_map(ctx: Context, asked: Asked) -> Drawn:
    """Key, map, slider, credits and the numbers as a table."""
    view, still = asked.view(ctx), told(ctx, asked)
    shown: MapDay = still.frame.attrs["shown"]
    with st.container(key="front-map", gap="small"):
        st.caption(still.words.subtitle)
        if asked.vector:
            st.plotly_chart(
                still.figure,
                theme=None,
                key="front-still",
                config={"displayModeBar": False},
                alt=still.summary,
            )
        else:
            st.html(_key(ctx, view, shown))
            st.pydeck_chart(
                deck(
                    ctx.data["cities"],
                    view,
                    Shown(
                        shown.line,
                        shown.area,
                        shown.before,
                        north=runs_north(ctx.data, shown),
                    ),
                    venues(ctx.data) if asked.venues else None,
                ),
                height=height(view),
                key=f"front-deck-{view.width}",
                alt=still.summary,
            )
        steps(ctx)
        st.caption(f"{MAP_CREDIT} {BASEMAP_CREDIT}")
        if asked.venues:
            st.caption(_venues(ctx))
        if still.words.note:
            st.caption(still.words.note)
        st.markdown(still.summary)
        numbers(still, "front-line-map")
        export(still, view, "front-line-map")
    return still


def steps(ctx: Context) -> None:
    """The slider over the stored maps, with a step back and a step on."""
    dates = ctx.data.layer("front_lines").dates
    if len(dates) < 2:
        return
    with st.container(key="front-steps", horizontal=True, vertical_alignment="bottom"):
        n = dates.index(bound.standing(dates, key="map"))
        st.button(
            "Map before",
            icon=":material/chevron_left:",
            key="map_before",
            on_click=_step,
            args=(dates[max(n - 1, 0)],),
            disabled=n == 0,
        )
        bound.step("Map of", dates, key="map")
        st.button(
            "Map after",
            icon=":material/chevron_right:",
            key="map_after",
            on_click=_step,
            args=(dates[min(n + 1, len(dates) - 1)],),
            disabled=n == len(dates) - 1,
        )


def _venues(ctx: Context) -> str:
    """What the diamonds say, in words."""
    rows = venues(ctx.data).sort_values("events", ascending=False)
    if rows.empty:
        return "No talks or handovers in and around Ukraine are recorded by this date."
    said = [
        f"{row.name_} {row.events} (last on {in_words(row.last)})"
        for row in rows.rename(columns={"name": "name_"}).itertuples()
    ]
    return (
        "Diamonds: talks, summits, agreements and handovers in and around Ukraine by "
        f"place: {'; '.join(said)}."
    )


def _step(to: str) -> None:
    st.session_state["map"] = to


def _key(ctx: Context, view: View, shown: MapDay) -> str:
    """What the strokes and fills mean, one line; a hatch is drawn as a hatch."""
    colour = MAP[view.theme]
    held = (
        f"repeating-linear-gradient(135deg,{colour['hatch']} 0 2px,"
        f"{colour['occupied']} 2px 5px)"
    )
    items = [
        ("stroke", colour["line"], "Front line"),
        ("", colour["occupied"], "Occupied"),
        ("", held, "Held before 24 Feb 2022"),
    ]
    if shown.before:
        found = {p.kind for p in patches(ctx.data, shown.before, shown.area)}
        least = f": none over {number(view.area(SMALLEST_KM2))} {view.area_unit}"
        items += [
            ("", colour[kind], name + ("" if kind in found else least))
            for kind, name in (
                ("gained", f"Gained by Russia since {in_words(shown.before)}"),
                ("recovered", "Recovered by Ukraine"),
            )
        ]
    cells = "".join(
        f"<li><span class='{shape}' style='background:{fill}'></span>{escape(text)}</li>"
        for shape, fill, text in items
    )
    return f"<ul class='parley-key'>{cells}</ul>"
