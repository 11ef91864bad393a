"""Charts by URL: pictures, numbers, what is known about them, and embeds.

Everything is a function of the dataset's version, the code and the query. A
picture is drawn by the exporter's workers, so that neither the event loop nor
the threads that serve the rest wait for a browser.
"""

from __future__ import annotations

import asyncio
import difflib
import json
import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from components.address import chart_address
from components.charts.chart import catalogue
from components.export.browser import REMEDY, DrawingFailed, NoBrowser
from components.export.pictures import FORMATS, Asked, Busy, Size, digest, kept, submit
from components.view import View
from data.dataset import dataset
from server import chart_files, embed
from server.address import address
from server.answer import answer, held
from server.parameters import (
    SIZES,
    THEMES,
    UNITS,
    Refused,
    answered,
    expect_only,
    parse_scale,
    parse_size,
    parse_theme,
    parse_view,
    single,
)
from server.problem import problem

log = logging.getLogger(__name__)

_PICTURES = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}
_FORMS = (*_PICTURES, "csv", "json", "html", "metadata.json", "figure.json")
_PATIENCE_S = 60  # for a picture, its time in the queue included
_RETRY_S = 5
_WIDTHS = (280, 1600)
_STEP = 20  # px; embeds of nearly one width share a figure


@dataclass(frozen=True)
class ChartRequest:
    """A chart asked for: `live` if it follows the dataset, `base` this server."""

    name: str
    view: View
    live: bool
    base: str

    @property
    def link(self) -> str:
        """The address that leads back, frozen at the as-of date."""
        return self.base + chart_address(self.name, "html", self.view)

    @property
    def link_in_words(self) -> str:
        """The same as it is written into a picture: no scheme, no form."""
        return self.link.partition("://")[2].replace(".html", "", 1)

    def file_name(self, form: str, *more: str) -> str:
        """Chart, its options, as-of date and what else tells two files apart."""
        options = [f"{name}-{value}" for name, value in self.view.options]
        parts = ["parley", self.name, *options]
        if self.view.units != "km":
            parts.append(self.view.units)
        parts += [*more, "as-of", self.view.as_of]
        stem = re.sub(r"[^a-z0-9]+", "-", "-".join(parts).lower()).strip("-")
        return f"{stem[:160]}.{form}"


@answered
def charts(request: Request) -> Response:
    """The catalogue: every chart with its options, forms, sizes and examples."""
    expect_only(request, ())
    body = {
        "dataset": dataset().version,
        "complete_to": dataset().closing.latest,
        "forms": list(_FORMS),
        "parameters": {
            "as_of": "a date, YYYY-MM-DD; without it the address follows the dataset",
            "units": list(UNITS),
            "theme": list(THEMES),
            "size": {
                s.name: {"width": s.width, "height": s.height} for s in SIZES.values()
            },
            "scale": [1, 2, 3],
            "lang": ["en"],
        },
        "charts": [_entry(name, chart) for name, chart in catalogue().items()],
    }
    return answer(request, _dumped(body), "application/json")


def _entry(name: str, chart: Any) -> dict[str, object]:
    frozen = urlencode({"as_of": dataset().closing.latest})
    return {
        "name": name,
        "title": chart.TITLE,
        "columns": dict(chart.COLUMNS),
        "options": {
            key: {
                "description": option.description,
                "values": list(option.values) if option.values else None,
                "default": option.default,
            }
            for key, option in chart.OPTIONS.items()
        },
        "urls": {form: f"/charts/{name}.{form}" for form in _FORMS},
        "example": f"/charts/{name}.png?{frozen}&size=social",
    }


@answered
async def picture_or_numbers(request: Request) -> Response:
    """`/charts/{name}.{form}` for pictures, csv, json and the embed."""
    return await _chart(request, request.path_params["form"])


@answered
async def metadata(request: Request) -> Response:
    """`/charts/{name}.metadata.json`."""
    return await _chart(request, "metadata.json")


@answered
async def figure(request: Request) -> Response:
    """`/charts/{name}.figure.json?width=`: Plotly's JSON for a width in px."""
    return await _chart(request, "figure.json")


def page(request: Request) -> Response:
    """`/charts/{name}`, as written in the pictures, leads to the chart's page."""
    name = request.path_params["name"]
    if name not in catalogue():
        return _unknown("chart", "There is no such chart", name, catalogue())
    query = request.url.query
    root = request.scope.get("root_path", "").rstrip("/")
    return RedirectResponse(
        f"{root}/charts/{name}.html" + (f"?{query}" if query else ""), 308
    )


async def _chart(request: Request, form: str) -> Response:
    name = request.path_params["name"]
    if name not in catalogue():
        return _unknown("chart", "There is no such chart", name, catalogue())
    if form not in _FORMS:
        return _unknown("form", "There is no such form of a chart", form, _FORMS)
    asked, size, scale, theme = await run_in_threadpool(_read, request, name, form)
    if form in _PICTURES:
        more = [theme] if theme != "light" else []
        if form == "png" and scale > 1:
            more.append(f"{scale}x")
        return await _picture(
            request,
            Asked(
                name, asked.view, form, Size(size.width, size.height),
                scale if form == "png" else 1, asked.link_in_words,
            ),
            asked.file_name(form, size.name, *more),
        )  # fmt: skip
    write, media_type = _NUMBERS[form]
    body = await run_in_threadpool(write, request, asked)
    response = answer(
        request,
        body,
        media_type,
        filename=asked.file_name(form) if form != "html" else "",
        download=form == "csv",
    )
    if form == "html":
        response.headers["content-security-policy"] = embed.POLICY
        response.headers["referrer-policy"] = "no-referrer"
    return response


def _read(request: Request, name: str, form: str) -> tuple[ChartRequest, Any, int, str]:
    also = ("width",) if form == "figure.json" else ()
    theme = parse_theme(request)
    view = parse_view(request, catalogue()[name], also=also)
    asked = ChartRequest(
        name,
        replace(view, theme=theme, width=1200),
        live="as_of" not in request.query_params,
        base=address(request),
    )
    return asked, parse_size(request), parse_scale(request), theme


async def _picture(request: Request, asked: Asked, filename: str) -> Response:
    tag = await run_in_threadpool(digest, asked)
    if held(request, tag):
        return answer(request, b"", _PICTURES[asked.format], tag=tag)
    body = await run_in_threadpool(kept, asked)
    if body is None:
        try:
            drawing = asyncio.wrap_future(await run_in_threadpool(submit, asked))
            # Shielded: others may wait for the same picture.
            body = await asyncio.wait_for(asyncio.shield(drawing), _PATIENCE_S)
        except Busy:
            return _later("Too many pictures are waiting to be drawn")
        except (TimeoutError, DrawingFailed):
            return _later("The picture could not be drawn in time")
        except NoBrowser as error:
            return problem(
                503,
                "This server cannot draw pictures",
                detail=f"{error}. Numbers (.csv, .json) and the embed (.html) work.",
                remedy=REMEDY,
            )
        except Exception:
            log.exception("a picture of %s failed", asked.name)
            return problem(500, "The picture could not be drawn")
    return answer(request, body, _PICTURES[asked.format], filename=filename, tag=tag)


def _later(title: str) -> Response:
    response = problem(503, title, detail=f"Try again in {_RETRY_S} seconds.")
    response.headers["retry-after"] = str(_RETRY_S)
    return response


def _width(request: Request) -> int:
    """The drawing's width in px, rounded down to steps that embeds share."""
    asked = single(request, "width")
    least, greatest = _WIDTHS
    if asked is None:
        return 760
    if not re.fullmatch(r"[0-9]{3,4}", asked) or not least <= int(asked) <= greatest:
        raise Refused(
            "width", asked, expected=f"a whole number from {least} to {greatest}, in px"
        )
    return int(asked) // _STEP * _STEP


def _figure(request: Request, asked: ChartRequest) -> bytes:
    return chart_files.figure_json(asked.name, asked.view.having(width=_width(request)))


_NUMBERS: dict[str, tuple[Callable[[Request, ChartRequest], bytes], str]] = {
    "csv": (
        lambda _, asked: chart_files.csv(asked.name, asked.view),
        "text/csv; charset=utf-8",
    ),
    "json": (
        lambda _, asked: chart_files.rows_json(asked.name, asked.view),
        "application/json",
    ),
    "metadata.json": (
        lambda _, asked: chart_files.metadata(asked.name, asked.view, asked.link),
        "application/json",
    ),
    "figure.json": (_figure, "application/json"),
    "html": (
        lambda _, asked: embed.page(asked.name, asked.view, asked.live, asked.base),
        "text/html; charset=utf-8",
    ),
}

assert set(_PICTURES) == set(FORMATS)


def _unknown(parameter: str, title: str, asked: str, known: Iterable[str]) -> Response:
    known = sorted(known)
    near = difflib.get_close_matches(asked[:80].lower().replace("_", "-"), known, n=3)
    return problem(
        404, title, parameter=parameter, value=asked[:80], allowed=known, near=near
    )


def _dumped(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
