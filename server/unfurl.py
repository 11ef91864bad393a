"""What a messenger, a search engine or a reader without scripts gets of a page.

They run no JavaScript: title, description and picture of the very view that the
address asks for are written into the index page, and a text with the numbers
stands where Streamlit will draw.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from html import escape
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request

from components.address import chart_address
from components.charts.chart import Chart, catalogue
from components.view import View
from data.casualties import latest_cumulative
from data.dataset import Dataset, dataset
from data.event_filters import Filters
from data.events import rows as event_rows
from data.front import on_day
from data.headline import headline
from data.words import amount, day, number
from server.parameters import Refused, parse_view

# page → the chart that stands for it, or by a parameter's value.
_CHARTS: dict[str, str] = {
    "": "front-line-map",
    "timeline": "timeline",
    "front": "front-line-map",
    "actors": "delegations-by-round",
    "exchanges": "cumulative-exchanges",
    "positions": "proposal-matrix",
    "claims": "claims-by-assessment",
    "briefing": "front-line-map",
    "sources": "coverage-by-month",
}
_BY_VALUE: dict[tuple[str, str, str], str] = {
    ("front", "view", "casualties"): "civilians-by-month",
    ("actors", "show", "network"): "meeting-network",
}
# A page that shows one thing is told by the chart of that thing.
_BY_NAME: tuple[tuple[str, str, str], ...] = (
    ("claims", "claim", "claim-against-record"),
    ("exchanges", "deal", "deals-promised-delivered"),
    ("actors", "actor", "actor-timeline"),
    ("front", "population", "counts-over-time"),
    ("front", "population", "losses-by-claimant"),
    ("positions", "issue", "issue-history"),
)

# What a news reader finds when it is given the address of any page.
_FEEDS = (
    ("Parley: events", "events.atom"),
    ("Parley: what changed", "changes.atom"),
)
_FEED = (
    '<link rel="alternate" type="application/atom+xml" title="{title}" href="{href}">'
)


@dataclass(frozen=True)
class Unfurled:
    """A page in words: title, description, the picture's path."""

    title: str
    description: str
    picture: str


def unfurled(page: str, query: str) -> Unfurled:
    """The page ('' is the overview) under this query string; bad values are left out."""
    try:
        asked = tuple(parse_qsl(query, max_num_fields=60))
    except ValueError:  # more than a reader would ask for
        asked = ()
    return _unfurled(dataset(), page, asked)


@lru_cache(maxsize=512)
def _unfurled(
    whole: Dataset, page: str, asked: tuple[tuple[str, str], ...]
) -> Unfurled:
    name = _chart_of(page, asked)
    chart = catalogue()[name]
    view = _view(chart, asked)
    data = whole.as_of(view.as_of)
    frame = chart.frame(data, view)
    title, said = chart.words(frame, view).title, chart.summary(frame, view)
    if page in ("", "briefing"):
        title, said = headline(data), figures(data)
    if page == "briefing":
        # An own title stands on the deck and not here: a link must not be made to
        # say in our name what its sender wrote.
        title = f"Briefing: {title}"
    if page == "timeline" and (event := _event(data, dict(asked).get("event"))):
        title, said = event
    if page == "actors" and (actor := dict(asked).get("actor")) in data.names:
        title = data.names[actor]
    frozen = "as_of" in dict(asked)
    return Unfurled(
        title=f"{title} · as of {day(view.as_of)} · Parley",
        description=said,
        picture=chart_address(name, "png", view, frozen=frozen, size="social"),
    )


def figures(data: Dataset) -> str:
    """The day's numbers in one sentence, each with its claimant."""
    parts = []
    front = on_day(data, data.day, "deepstate")
    if front is not None:
        parts.append(
            f"Front line {number(front['front_line_km'])} km and "
            f"{number(front['occupied_km2'])} km² occupied (DeepState, "
            f"{day(front['date'])})"
        )
    killed = latest_cumulative(data, "civilians_ukraine", "ohchr", "killed")
    if killed is not None:
        value = amount(killed.value, killed.value, killed.value, killed.qualifier)
        parts.append(
            f"civilians killed {value} (OHCHR, to {day(killed.period_end)}, verified)"
        )
    events = len(data["events"])
    parts.append(f"{events:,} diplomatic and related events recorded")
    return "; ".join(parts) + "."


def head(page: str, query: str, address: str) -> str:
    """Title, description and OpenGraph elements; `address` is this server's."""
    told = unfurled(page, query)
    url = escape(f"{address}/{page}" + (f"?{query}" if query else ""), quote=True)
    title, said = escape(told.title, quote=True), escape(told.description, quote=True)
    picture = escape(address + told.picture, quote=True)
    return (
        f"<title>{title}</title>"
        f'<meta name="description" content="{said}">'
        '<meta property="og:type" content="article">'
        '<meta property="og:site_name" content="Parley">'
        f'<meta property="og:title" content="{title}">'
        f'<meta property="og:description" content="{said}">'
        f'<meta property="og:url" content="{url}">'
        f'<meta property="og:image" content="{picture}">'
        '<meta property="og:image:width" content="1200">'
        '<meta property="og:image:height" content="675">'
        f'<meta property="og:image:alt" content="{said}">'
        '<meta name="twitter:card" content="summary_large_image">'
        f'<link rel="canonical" href="{url}">'
        + "".join(_FEED.format(title=t, href=f"{address}/{f}") for t, f in _FEEDS)
    )


def body(page: str, query: str) -> str:
    """The text that stands until Streamlit draws, and stays without scripts."""
    told = unfurled(page, query)
    return f'<h1 style="{_SERIF}">{escape(told.title)}</h1><p>{escape(told.description)}</p>'


def without_scripts(query: str) -> str:
    """For readers without scripts: the tables, and the pages by address."""
    kept = urlencode([(n, v) for n, v in parse_qsl(query) if n == "as_of"])
    tail = f"?{escape(kept, quote=True)}" if kept else ""
    tables = " · ".join(
        f'<a href="/tables/{r.name}.csv{tail}">{escape(r.descriptor["title"])}</a>'
        for r in dataset().package.tables
    )
    return f"<p>The app needs JavaScript. Its tables do not: {tables}</p>"


_SERIF = "font: 600 2.06rem/1.2 serif"


def _chart_of(page: str, asked: tuple[tuple[str, str], ...]) -> str:
    for on, parameter, chart in _BY_NAME:
        asks = on == page and parameter in dict(asked)
        # A value that the chart does not take is left out of the view.
        if asks and _view(catalogue()[chart], asked).option(parameter):
            return chart
    for (on, parameter, value), chart in _BY_VALUE.items():
        if on == page and (parameter, value) in asked:
            return chart
    name = _CHARTS.get(page, _CHARTS[""])
    return name if name in catalogue() else _CHARTS[""]


def _view(chart: Chart, asked: tuple[tuple[str, str], ...]) -> View:
    """The view for as much of the query as the chart takes and allows."""
    known = {"as_of", "units", *chart.OPTIONS}
    kept = [(n, v) for n, v in asked if n in known]
    while True:
        scope = {
            "type": "http",
            "method": "GET",
            "path": "/",
            "headers": [],
            "query_string": urlencode(kept).encode(),
        }
        try:
            return parse_view(Request(scope), chart)
        except Refused as refused:
            fewer = [(n, v) for n, v in kept if n != refused.members["parameter"]]
            kept = fewer if len(fewer) < len(kept) else []


def _event(data: Dataset, key: str | None) -> tuple[str, str] | None:
    events = event_rows(data, Filters())
    found = events[events["event_id"] == key]
    if found.empty:
        return None
    return found["what"].iloc[0], found["summary"].iloc[0]
