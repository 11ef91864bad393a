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

_FAILED: ContextVar[list[str] | None] = ContextVar("failed", default=None)

# The charts' smallest type is 13 px: at five metres 24 are needed.
ZOOM = 24 / 13


def asked(
    picture: Picture,
    theme: Theme,
    format: Format,
    scale: int = 1,
    zoom: float = ZOOM,
) -> Asked:
    """The picture that fills the box: the plot alone, without a word around it."""
    return Asked(
        picture.chart.name,
        replace(picture.chart.view, theme=theme),
        format,
        Size(round(picture.width), round(picture.height)),
        scale,
        zoom=zoom,
    )


def drawing(
    picture: Picture,
    theme: Theme,
    format: Format,
    scale: int = 1,
    zoom: float = ZOOM,
) -> Future[bytes]:
    """Have the picture drawn, by the exporter's workers if it is not kept.

    Raises Busy. The future raises NoBrowser or DrawingFailed.
    """
    wanted = asked(picture, theme, format, scale, zoom)
    body = kept(wanted)
    if body is None:
        return submit(wanted)
    done: Future[bytes] = Future()
    done.set_result(body)
    return done


def begun(
    picture: Picture,
    theme: Theme,
    format: Format,
    scale: int = 1,
    zoom: float = ZOOM,
) -> Future[bytes]:
    """The same, but what goes wrong, Busy included, is told by the future alone."""
    try:
        return drawing(picture, theme, format, scale, zoom)
    except Exception as error:
        failed: Future[bytes] = Future()
        failed.set_exception(error)
        return failed


@lru_cache(maxsize=128)
def fitted(picture: Picture, theme: Theme, whole: Dataset) -> Fitted:
    """The figure that fills the box, for those who draw it themselves: the page."""
    return fit(asked(picture, theme, "svg"), whole)


@contextmanager
def failures() -> Iterator[list[str]]:
    """The names of the charts that `not_drawn` was asked about in this thread."""
    failed: list[str] = []
    token = _FAILED.set(failed)
    try:
        yield failed
    finally:
        _FAILED.reset(token)


def not_drawn(picture: Picture, error: Exception) -> str:
    """What stands in the box of a chart that failed. Its file is then not kept."""
    failed = _FAILED.get()
    if failed is not None:
        failed.append(picture.chart.name)
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
