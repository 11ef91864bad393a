"""What a page is given: the dataset as of the day, and the reader's view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import streamlit as st

from components.view import View
from components.widgets.screen import content_width
from data.dataset import Dataset, dataset

_KEY = "parley_view"


@dataclass(frozen=True)
class Context:
    """`data` is cut to the as-of date; `latest` says whether that is the newest."""

    data: Dataset
    view: View

    @property
    def latest(self) -> bool:
        return self.view.as_of == self.data.closing.latest

    def for_share(self, share: float) -> View:
        """The view for a chart that takes this share of the page's width."""
        return self.view.having(width=content_width(share))


def reader_theme() -> Literal["light", "dark"]:
    """The theme in which this reader sees the app."""
    return "dark" if st.context.theme.type == "dark" else "light"


def set_view(as_of: str, units: str) -> None:
    """Called once a run by the entry script, before the page."""
    st.session_state[_KEY] = View(
        as_of=as_of, units=units, theme=reader_theme(), width=content_width()
    )


def context() -> Context:
    """The page's dataset and view."""
    view = st.session_state[_KEY]
    return Context(dataset().as_of(view.as_of), view)
