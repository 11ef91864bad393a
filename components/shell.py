"""The Streamlit script: navigation, as-of bar, notices, then the page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from components.navigation import PAGES
from components.theme.style import style
from components.widgets import asof, bound
from components.widgets.context import reader_theme, set_view
from data.checks import BrokenDataset
from data.dataset import dataset

# Absolute, not st.Page("pages/…"): a relative path beside `pages/` would put the first
# visitor into Streamlit's old multipage mode, and deep links would fail.
_HERE = Path(__file__).resolve().parent
_PAGES = _HERE.parent / "pages"


def main() -> None:
    # A file of our own: for a material icon the browser would ask another host.
    st.set_page_config(layout="wide", page_icon=str(_HERE / "theme" / "favicon.svg"))
    st.html(style(reader_theme()))
    try:
        whole = dataset()
    except BrokenDataset as broken:
        st.title("The dataset cannot be shown")
        st.text(str(broken))
        st.stop()
    pages = {
        name: st.Page(
            _PAGES / f"{name}.py",
            title=title,
            icon=icon,
            url_path="" if name == "overview" else name,
            default=name == "overview",
        )
        for name, (title, icon) in PAGES.items()
    }
    page = st.navigation(list(pages.values()), position="top")
    bound.begin(page.title)
    as_of, units = asof.bar(whole, page.title)
    slot = st.container()
    set_view(as_of, units)
    try:
        page.run()
    finally:
        # Also where a page has stopped early.
        with slot:
            bound.notices()


main()
