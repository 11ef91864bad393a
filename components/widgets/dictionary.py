"""The data dictionary on a page: what there is, and one table described in full."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from components.widgets.context import Context
from components.widgets.documents import licences_text
from components.widgets.link import link_html
from components.widgets.plain_table import plain_table
from data.dictionary import contents as tables_of
from data.dictionary import fields
from data.words import count, day


def contents(ctx: Context) -> None:
    """Every table and layer with its rows, on the day and in the whole dataset."""
    rows = tables_of(ctx.data)
    tables = int(rows["tabular"].sum())
    st.markdown(
        f"The dataset holds {tables} tables and {len(rows) - tables} map layers, with "
        f"{rows['whole'].sum():,} rows and features in all. Choose one to see its fields."
    )
    table = pd.DataFrame(
        {
            "Table or layer": [
                link_html(ctx, title, "sources", show="dictionary", table=name)
                for title, name in zip(rows["title"], rows["name"], strict=True)
            ],
            f"Rows as of {day(ctx.view.as_of)}": rows["known"],
            "Rows in the whole": rows["whole"],
            "When a row counts": rows["known_by"],
        }
    )
    with st.expander("All tables and layers", key="dictionary-contents"):
        plain_table(
            table,
            caption="Tables and map layers of the dataset",
            key="contents",
            html_columns=("Table or layer",),
        )


def described(ctx: Context, name: str) -> None:
    """One table or layer: what a row is, how many, its fields, licence and rights."""
    resource = ctx.data.package[name]
    row = tables_of(ctx.data).set_index("name").loc[name]
    unit = "row" if resource.tabular else "feature"
    st.header(resource.descriptor["title"], divider=False)
    st.markdown(resource.descriptor["description"])
    known, whole = count(int(row["known"]), unit), int(row["whole"])
    st.markdown(
        f"{known[:1].upper()}{known[1:]} as of {day(ctx.view.as_of)}, {whole:,} in the "
        f"whole dataset; {row['known_by']}."
    )
    if resource.tabular:
        _fields(ctx, name)
    else:
        names = ", ".join(resource.descriptor["featureKey"])
        st.markdown(f"Properties of each feature: {names}.")
    st.markdown(licences_text(ctx.data, resource))
    _files(ctx, name, resource.tabular)


def _fields(ctx: Context, name: str) -> None:
    resource = ctx.data.package[name]
    rows = fields(resource)
    headings = {
        "name": "Field",
        "type": "Type",
        "unit": "Unit",
        "meaning": "Meaning",
        "values": "Allowed values",
        "rules": "Rules",
        "key": "Key",
    }
    if ctx.view.narrow:
        # A phone shows two columns: the field, and all that is said of it.
        about = rows[["type", "unit", "meaning", "values", "rules", "key"]].agg(
            lambda row: ". ".join(_opened(text) for text in row if text), axis=1
        )
        rows = pd.DataFrame({"Field": rows["name"], "What": about})
    else:
        rows = rows.loc[:, [c for c in rows if (rows[c] != "").any()]]
        rows = rows.rename(columns=headings)
    with st.container(key="dictionary-fields"):
        plain_table(rows, caption=f"Fields of {name}", key="fields")


def _opened(text: str) -> str:
    """With a capital and without its full stop, to stand among sentences."""
    return text[:1].upper() + text[1:].rstrip(".")


def _files(ctx: Context, name: str, tabular: bool) -> None:
    query = "" if ctx.latest else f"?as_of={ctx.view.as_of}"
    forms = (
        {"CSV": f"/tables/{name}.csv{query}", "JSON": f"/tables/{name}.json{query}"}
        if tabular
        else {"GeoJSON": f"/geo/{name}.geojson"}
    )
    links = " · ".join(
        f'<a href="{where}" target="_self" download>{form}</a>'
        for form, where in forms.items()
    )
    said = "as of the date chosen" if tabular else "whole layer"
    st.html(f'<p class="parley-sources">Download ({said}): {links}</p>')
