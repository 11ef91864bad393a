"""A chart on a page: title, drawing, source line, one sentence, plain table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import streamlit as st

from components.charts.chart import Drawn, catalogue, draw, widest
from components.view import View
from components.widgets.export_menu import export_menu
from components.widgets.plain_table import plain_table
from data.dataset import Dataset, dataset

# No toolbar: its buttons are reached by Tab before anything that matters, and
# pictures leave by the export menu. Scrolling the page must not zoom a chart.
_CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": "reset"}


@st.cache_resource(max_entries=256, show_spinner=False)
def _drawn(version: str, name: str, view: View, _dataset: Dataset) -> Drawn:
    return draw(name, _dataset, view)


def drawn(name: str, view: View) -> Drawn:
    """The chart for this view, drawn once for all readers."""
    whole = dataset()
    return _drawn(whole.version, name, view, whole)


@st.cache_resource(max_entries=256, show_spinner=False)
def _rows(version: str, name: str, view: View, _dataset: Dataset) -> int:
    return len(catalogue()[name].frame(_dataset.as_of(view.as_of), view))


def chart(
    name: str,
    view: View,
    *,
    key: str | None = None,
    level: Literal[2, 3] | None = 3,
    on_select: Callable[[], None] | None = None,
    table: bool = True,
) -> Drawn:
    """Show a chart with everything that belongs to it; returns what was drawn.

    `level` is its heading's level, None where the page has said the title.
    `on_select` is called when a point was clicked; the session state under
    `key` then holds the selection.
    """
    shown = drawn(name, view)
    key = key or name
    with st.container(key=f"chart-{key}", gap="xsmall"):
        if level:
            st.markdown(f"{'#' * level} {shown.words.title}")
        st.caption(shown.words.subtitle)
        options: dict[str, Any] = {}
        if on_select:
            options = dict(on_select=on_select, selection_mode="points")
        st.plotly_chart(
            shown.figure,
            theme=None,
            key=f"plot-{key}",
            config=_CONFIG,
            alt=shown.summary,
            **options,
        )
        st.caption(shown.words.source)
        if shown.words.note:
            st.caption(shown.words.note)
        st.markdown(shown.summary)
        if table:
            numbers(shown, key)
        export(shown, view, key)
    return shown


def export(shown: Drawn, view: View, key: str) -> None:
    """The chart's export menu, filled when it is opened."""
    menu = st.popover("Export", key=f"export-{key}", on_change="rerun")
    if menu.open:
        with menu:
            whole = dataset()
            rows = _rows(whole.version, shown.name, widest(shown.name, view), whole)
            export_menu(shown, view, rows, whole.version, key)


def numbers(shown: Drawn, key: str) -> None:
    """The chart's numbers as a plain table, one click away."""
    rows = len(shown.frame)
    label = f"Numbers as a table ({rows:,} {'row' if rows == 1 else 'rows'})"
    fold = st.expander(label, key=f"table-{key}", on_change="rerun")
    if fold.open:
        with fold:
            plain_table(shown.table, caption=shown.words.title, key=key)
