"""A real HTML table: readable by screen readers, by keyboard, in print."""

from __future__ import annotations

import math
from html import escape

import pandas as pd
import streamlit as st

from data.words import MINUS

ROWS_A_PAGE = 200


def plain_table(
    table: pd.DataFrame,
    *,
    caption: str,
    key: str,
    rows_a_page: int = ROWS_A_PAGE,
    html_columns: tuple[str, ...] = (),
) -> None:
    """Show the table in pages. `html_columns` hold markup that is already safe."""
    page = 1
    if len(table) > rows_a_page:
        pages = math.ceil(len(table) / rows_a_page)
        page = st.pagination(pages, key=f"page-{key}")
    part = table.iloc[(page - 1) * rows_a_page : page * rows_a_page]
    st.html(html_table(part, caption=caption, html_columns=html_columns))


def html_table(
    table: pd.DataFrame, *, caption: str, html_columns: tuple[str, ...] = ()
) -> str:
    """The table as HTML; numbers are set right, missing values are an en dash."""
    numeric = {c for c in table if pd.api.types.is_numeric_dtype(table[c])}
    head = "".join(
        f'<th scope="col"{_right(c in numeric)}>{escape(str(c))}</th>' for c in table
    )
    columns = [
        [
            f"<td{_right(c in numeric)}>"
            f"{value if c in html_columns else _cell(value, c in numeric)}</td>"
            for value in table[c]
        ]
        for c in table
    ]
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in zip(*columns, strict=True))
    return (
        f'<div class="parley-table" tabindex="0" role="region" '
        f'aria-label="{escape(caption)}"><table><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _right(numeric: bool) -> str:
    return ' class="number"' if numeric else ""


def _cell(value: object, numeric: bool) -> str:
    if (
        value is None
        or value is pd.NA
        or (isinstance(value, float) and math.isnan(value))
    ):
        return "–"
    if numeric and not isinstance(value, bool):
        number = (
            f"{value:,.1f}".removesuffix(".0")
            if isinstance(value, float)
            else f"{value:,}"
        )
        return number.replace("-", MINUS)
    return escape(str(value))
