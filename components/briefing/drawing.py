"""A slide's chart drawn to fill its box, its type as large as a slide needs."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from functools import lru_cache

from components.address import chart_address
from components.briefing.layout import Picture
from components.export.browser import DrawingFailed, NoBrowser
from components.export.pictures import (
    Asked,
    Busy,
    Fitted,
    Format,
    Size,
    fit,
    kept,
    submit,
)
from components.theme.palette import Theme
from data.dataset import Dataset

log = logging.getLogger("parley.briefing")

_FOUND: ContextVar[list[str] | None] = ContextVar("found", default=None)

# The charts' smallest type is 13 px: at five metres 24 are needed.
ZOOM = 24 / 13


def begun(
    picture: Picture,
    theme: Theme,
    format: Format,
    scale: int = 1,
    zoom: float = ZOOM,
) -> Future[bytes]:
    """Have the picture drawn, by the exporter's workers if it is not kept.

    What goes wrong is told by the future alone: Busy, NoBrowser, DrawingFailed.
    """
    done: Future[bytes] = Future()
    try:
        wanted = replace(_asked(picture, theme, format), scale=scale, zoom=zoom)
        body = kept(wanted)
        if body is None:
            return submit(wanted)
        done.set_result(body)
    except Exception as error:
        done.set_exception(error)
    return done


@lru_cache(maxsize=128)
def fitted(picture: Picture, theme: Theme, whole: Dataset) -> Fitted:
    """The figure that fills the box, for those who draw it themselves: the page."""
    return fit(_asked(picture, theme, "svg"), whole)


def _asked(picture: Picture, theme: Theme, format: Format) -> Asked:
    """The picture that fills the box: the plot alone, without a word around it."""
    return Asked(
        picture.chart.name,
        replace(picture.chart.view, theme=theme),
        format,
        Size(round(picture.width), round(picture.height)),
        zoom=ZOOM,
    )


@contextmanager
def failures() -> Iterator[list[str]]:
    """The names of the slides and charts that fail in this thread meanwhile."""
    found: list[str] = []
    token = _FOUND.set(found)
    try:
        yield found
    finally:
        _FOUND.reset(token)


def failed(name: str) -> None:
    """A slide or a chart failed: the file it was made for is not kept."""
    found = _FOUND.get()
    if found is not None:
        found.append(name)


def not_drawn(picture: Picture, error: Exception) -> str:
    """What stands in the box of a chart that failed. Its file is then not kept."""
    failed(picture.chart.name)
    log.warning("%s could not be drawn: %r", picture.chart.name, error)
    return (
        f"This chart could not be drawn: {_why(error)}. "
        f"Its numbers: {numbers_of(picture)}"
    )


def numbers_of(picture: Picture) -> str:
    """The address of the chart's table on this server."""
    return chart_address(picture.chart.name, "csv", picture.chart.view)


def _why(error: Exception) -> str:
    if isinstance(error, NoBrowser):
        return "this server has no browser to draw with"
    if isinstance(error, Busy):
        return "too many pictures were waiting"
    if isinstance(error, DrawingFailed):
        return "the browser gave it up twice"
    return "it met an error of its own"
