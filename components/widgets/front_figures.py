"""The front line's figures on a page, each with the definition it rests on."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from components.widgets.context import Context
from components.widgets.key_figure import key_figure
from components.widgets.plain_table import plain_table
from components.widgets.sources import source_list
from data.front import (
    UKRAINE_KM2,
    definitions,
    line_parts,
    map_of,
    no_front_yet,
    on_day,
    stated_lengths,
)
from data.words import day as in_words
from data.words import number


def line_figures(ctx: Context, day: str) -> None:
    """Length and area on a day, by the map drawn, with parts that add up."""
    view, source = ctx.view, map_of(day)
    name = ctx.data.labels("front_metrics", "dataset")[source]
    length = on_day(ctx.data, day, source, needs="front_line_km")
    area = on_day(ctx.data, day, source)
    one, other = st.columns(2)
    with one:
        if length is None:
            key_figure("Front line", "–", "", f"{name} has no line by this date.")
        else:
            parts = line_parts(
                view.length(length["land_line_km"]),
                view.length(length["front_line_km"]),
            )
            longest = number(view.length(length["main_line_km"]))
            limit = (
                " Columns on roads are drawn with two sides, or the map was still being "
                "filled in: no length of one front."
                if no_front_yet(length)
                else ""
            )
            key_figure(
                f"Front line, {in_words(length['date'])}",
                number(parts.total),
                view.length_unit,
                f"{number(parts.land)} on land and {number(parts.river)} along the "
                f"Dnipro; its longest stretch {longest}. {name}, own measurement at "
                f"1 km scale.{limit}",
            )
    with other:
        held = number(view.area(area["pre2022_km2"]))
        key_figure(
            f"Occupied, {in_words(area['date'])}",
            number(view.area(area["occupied_km2"])),
            view.area_unit,
            f"{number(area['occupied_share_pct'], 1)}% of Ukraine’s "
            f"{number(view.area(UKRAINE_KM2))} {view.area_unit}; {held} of it held "
            f"before 24 February 2022. {name}, own measurement.",
        )


def definitions_table(ctx: Context, day: str) -> None:
    """Which length is which: every published figure beside its definition."""
    rows = definitions(ctx.data, day)
    st.header("Which number is which")
    if rows.empty:
        st.markdown("No length is known by this date.")
        return
    unit = ctx.view.length_unit
    name = ctx.data.labels("front_metrics", "dataset")[map_of(day)]
    lengths = dict(zip(rows["measure"], rows["km"].map(ctx.view.length), strict=True))
    parts = line_parts(lengths["land_line_km"], lengths["front_line_km"])
    whole = {**lengths, "land_line_km": parts.land, "river_line_km": parts.river}
    table = rows.assign(value=rows["measure"].map(whole).map(number))
    when = in_words(rows["map_date"].iloc[0])
    heading = f"{name}, {unit}"
    if ctx.for_share(1).narrow:
        # Two columns on a phone: the second says all that is said of a length.
        about = table["how"] + table["who"].map(lambda who: f". {who}" if who else "")
        table = pd.DataFrame(
            {
                "Length": table["name"] + ": " + table["value"] + f" {unit}",
                "What": about,
            }
        )
    else:
        headings = {
            "name": "Length",
            "value": heading,
            "how": "How measured",
            "who": "Who speaks of it",
        }
        if not table["who"].any():
            del headings["who"]
        table = table[list(headings)].rename(columns=headings)
    plain_table(table, caption=f"Front line on {when}, {name}", key="definitions")
    stated = stated_lengths(ctx.data, day)
    for row in stated.itertuples():
        nearest = number(ctx.view.length(row.nearest_km))
        same = f"{number(ctx.view.length(row.km))} {unit}"
        converted = "" if same in row.stated else f", that is {same}"
        st.markdown(
            f"Published: {row.stated}{converted}. The measured length "
            f"that comes nearest on {in_words(row.period_end)}: "
            f"{row.nearest[:1].lower()}{row.nearest[1:]}, {nearest} {unit} ({name})."
        )
    if len(stated):
        source_list(ctx.data, ";".join(stated["source_ids"]))


def no_map(ctx: Context) -> None:
    """Before the first map: what is missing, and the nearest day as a way on."""
    first = (ctx.data.whole or ctx.data).layer("front_lines").dates[0]
    st.title("No map of the front line exists for this date")
    st.markdown(f"The stored maps of the front line begin on {in_words(first)}.")
    st.button(f"Go to {in_words(first)}", key="first_map", on_click=_go, args=(first,))


def _go(to: str) -> None:
    st.session_state["as_of"] = date.fromisoformat(to)
