"""The register of sources: search, filters, a paged table with links."""

from __future__ import annotations

import math
from html import escape

import pandas as pd
import streamlit as st

from components.widgets import bound
from components.widgets.context import Context
from components.widgets.plain_table import plain_table
from components.widgets.sources import source_html
from data import sources
from data.words import count, day

_ROWS_A_PAGE = 50
_FIELDS = ("kind", "language", "seen")


def register(ctx: Context) -> None:
    """Controls, how many pages they leave, and those pages."""
    rows = _chosen(ctx)
    whole = len(sources.register(ctx.data))
    st.markdown(
        f"{len(rows):,} of {count(whole, 'page')}, the latest first. Pages that show no "
        "date come last; each is listed once the rows that rest on it are known."
    )
    if rows.empty:
        st.markdown("No page fits. Take out a word or a filter.")
        return
    page = bound.page(math.ceil(len(rows) / _ROWS_A_PAGE), key="page")
    rows = rows.iloc[(page - 1) * _ROWS_A_PAGE : page * _ROWS_A_PAGE]
    if ctx.view.narrow:
        table = pd.DataFrame({"Page": _listed(ctx, rows)})
        marked = ("Page",)
    else:
        table = _table(rows)
        marked = ("Title",)
    with st.container(key="register"):
        plain_table(
            table,
            caption="Pages that the dataset rests on",
            key="register",
            html_columns=marked,
        )


def _chosen(ctx: Context) -> pd.DataFrame:
    data = ctx.data
    with st.container(
        key="register-filters", horizontal=True, vertical_alignment="bottom"
    ):
        words = bound.text("Search", key="q", placeholder="publisher, title, language")
        names = bound.choices("Publisher", sources.publishers(data), key="publisher")
        kinds, languages, seen = (
            bound.choices(
                data.package["sources"].field(field)["title"],
                list(data.labels("sources", field)),
                key=field,
            )
            for field in _FIELDS
        )
    return sources.found(
        data, words, tuple(names), tuple(kinds), tuple(languages), tuple(seen)
    )


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Published": rows["published"].map(day),
            "Publisher": rows["publisher"],
            "Title": [
                _link(title, url)
                for title, url in zip(rows["title"], rows["url"], strict=True)
            ],
            "Kind": rows["kind_label"],
            "Language": rows["language_label"],
            "Seen": rows["seen_label"],
            "Rows resting on it": rows["rows"],
        }
    )


def _link(title: str, url: object) -> str:
    if not isinstance(url, str):
        return f"{escape(title)} <span>(no address)</span>"
    return (
        f'<a href="{escape(url, quote=True)}" target="_blank" '
        f'rel="noopener noreferrer">{escape(title)}</a>'
    )


def _listed(ctx: Context, rows: pd.DataFrame) -> list[str]:
    """One cell a page: on a phone seven columns would have to be scrolled."""
    return [source_html(row, ctx.data) for row in rows.to_dict("records")]
