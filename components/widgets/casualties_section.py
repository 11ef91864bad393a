"""The casualties half of the Front page: one population, all who count it."""

from __future__ import annotations

from functools import lru_cache
from html import escape

import pandas as pd
import streamlit as st

from components.widgets import bound
from components.widgets.context import Context
from components.widgets.figure import chart
from components.widgets.key_figure import key_figure
from components.widgets.plain_table import plain_table
from components.widgets.sources import pages_html
from data.casualties import (
    POPULATIONS,
    Statement,
    headline,
    key_figures,
    methods,
    monthly_editions,
    statements,
)
from data.dataset import Dataset
from data.words import amount, count, day, month, period

_WIDE, _SLIM = 0.6, 0.4  # shares of the page's width
_ROWS_A_PAGE = 50


def casualties_section(ctx: Context) -> None:
    """Population, headline, key figures, charts, methods, all statements."""
    population = bound.choice(
        "Who is counted",
        tuple(POPULATIONS),
        key="population",
        default="civilians",
        control="segmented",
    )
    st.title(headline(ctx.data, population))
    _key_figures(ctx.data, population)
    left, right = st.columns([_WIDE, _SLIM], gap="large")
    wide, slim = (
        ctx.for_share(share).having(population=population) for share in (_WIDE, _SLIM)
    )
    if POPULATIONS[population].military:
        with left:
            chart("losses-by-claimant", wide, level=2)
        with right:
            chart("latest-by-claimant", slim, level=2)
        _methods_folded(ctx.data, population)
    elif population == "civilians":
        with left:
            _by_month(ctx)
            _methods_folded(ctx.data, population)
        with right:
            chart("counts-over-time", slim, level=2)
    else:
        with left:
            chart("counts-over-time", wide, level=2)
        with right:
            st.subheader("How each claimant counts")
            _methods(ctx.data, population)
    _all_statements(ctx.data, population)


def _key_figures(data: Dataset, population: str) -> None:
    found = key_figures(data, population)
    if not found:
        return
    for column, (label, figure) in zip(st.columns(len(found)), found, strict=True):
        with column:
            key_figure(
                label,
                amount(figure.low, figure.best, figure.high, figure.qualifier),
                "",
                _provenance(data, figure),
            )


def _provenance(data: Dataset, figure: Statement) -> str:
    """Claimant, period, publication, method and limit of a figure, in sentences."""
    if figure.cumulative:
        counted = f"counted to {day(figure.period_end)}"
    else:
        counted = f"counted {period(figure.period_start, figure.period_end)}"
    published = (
        f"published {day(figure.published)}"
        if figure.published
        else "publication date not known"
    )
    method = data.labels("casualty_figures", "method")[figure.method]
    return f"{figure.claimant}, {counted}, {published}. {method}. {figure.scope}"


def _by_month(ctx: Context) -> None:
    measure = bound.choice(
        "Civilians by month",
        ("killed", "injured"),
        key="measure",
        default="killed",
        control="segmented",
    )
    chart("civilians-by-month", ctx.for_share(_WIDE).having(measure=measure), level=2)
    editions = _editions(ctx.data, measure)
    fold = st.expander(
        f"Every edition of each month ({len(editions):,} rows)",
        key="editions",
        on_change="rerun",
    )
    if fold.open:
        with fold:
            plain_table(
                editions,
                caption=f"Civilians {measure} by month: editions in order of publication",
                key="editions",
                rows_a_page=_ROWS_A_PAGE,
                html_columns=("Pages",),
            )


@lru_cache(maxsize=32)
def _editions(data: Dataset, measure: str) -> pd.DataFrame:
    rows = monthly_editions(data, measure)
    return pd.DataFrame(
        {
            "Month": rows["month"].map(month),
            "Edition": [
                str(int(n)) if n == n else "order not known" for n in rows["edition"]
            ],
            "Published": rows["published"].map(_published),
            f"Civilians {measure}": _stated(rows.assign(value_best=rows["value"])),
            "Claimant": rows["claimant"],
            "Pages": [pages_html(data, value) for value in rows["source_ids"]],
        }
    )


def _published(value: object) -> str:
    return day(value) if isinstance(value, str) else "date not known"


def _stated(rows: pd.DataFrame) -> list[str]:
    low = rows["value_low"] if "value_low" in rows else [None] * len(rows)
    high = rows["value_high"] if "value_high" in rows else [None] * len(rows)
    return [
        # A sign never stands on a line of its own.
        amount(*values).replace(" ", "\u00a0")
        for values in zip(low, rows["value_best"], high, rows["qualifier"], strict=True)
    ]


def _methods_folded(data: Dataset, population: str) -> None:
    claimants = statements(data, population)["claimant_id"].nunique()
    fold = st.expander(
        f"How each claimant counts ({count(claimants, 'claimant')})",
        key="methods",
        on_change="rerun",
    )
    if fold.open:
        with fold:
            _methods(data, population)


def _methods(data: Dataset, population: str) -> None:
    rows = methods(data, population).to_dict("records")
    if rows:
        st.html("".join(_method_html(data, row) for row in rows))
    else:
        st.markdown("No one had published a count by this day.")


def _method_html(data: Dataset, row: dict) -> str:
    note = row["method_note"] or "The note on this claimant was written later."
    if row["cut"] and row["method_note"]:
        note += " (The rest of the note concerns a later time.)"
    return (
        f"<section class='parley-method'><h3>{escape(row['claimants'])}</h3>"
        f"<p>{escape(note)}</p><p class='parley-muted'>"
        f"{count(row['statements'], 'statement')} here. "
        f"On the method: {pages_html(data, row['source_ids'])}</p></section>"
    )


def _all_statements(data: Dataset, population: str) -> None:
    table = _statements_table(data, population)
    if table.empty:
        return
    with st.container(key="all_statements"):
        _statements_of(table, data, population)


def _statements_of(table: pd.DataFrame, data: Dataset, population: str) -> None:
    st.subheader(f"All {len(table):,} statements")
    st.caption(
        "Newest first, by publication; a page without a date stands by the end of its "
        "period. ≥ at least, > more than, ≤ up to, ≈ about; killed and casualties "
        "(killed and wounded) are different counts."
    )
    plain_table(
        table,
        caption=f"{POPULATIONS[population].label}: all statements known by {day(data.day)}",
        key="statements",
        rows_a_page=_ROWS_A_PAGE,
        html_columns=("Pages",),
    )


@lru_cache(maxsize=32)
def _statements_table(data: Dataset, population: str) -> pd.DataFrame:
    """One row a statement; 'Pages' is markup."""
    rows = statements(data, population)
    labels = {
        field: rows[field].map(data.labels("casualty_figures", field))
        for field in ("population", "measure", "method")
    }
    return pd.DataFrame(
        {
            "Published": rows["published"].map(_published),
            "Counted": [
                period(*ends)
                for ends in zip(rows["period_start"], rows["period_end"], strict=True)
            ],
            **(
                {"Who": labels["population"]}
                if rows["population"].nunique() > 1
                else {}
            ),
            "What": labels["measure"],
            "Statement": [
                f"{said} (qualifier not kept)" if kept == "unstated" else said
                for said, kept in zip(_stated(rows), rows["qualifier"], strict=True)
            ],
            "Claimant": rows["claimant"],
            "Method": labels["method"],
            "What it includes": rows["scope"],
            "Pages": [pages_html(data, value) for value in rows["source_ids"]],
        }
    )
