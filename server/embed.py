"""The embed: one page that shows a chart in another site's frame.

Title, drawing, source line and date, the sentence and the table of the same
numbers. Plotly, its figure and the fonts come from this server; the policy
allows no other host and any site to frame it. Without JavaScript the words and
the table stand alone. The reader's browser can save the drawing with its words,
so that a server without Chromium gives pictures too.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from functools import cache, lru_cache
from html import escape
from importlib.metadata import version
from pathlib import Path

import streamlit
from starlette.requests import Request
from starlette.responses import Response

from components.address import chart_address
from components.export.browser import PLOTLY_SCRIPT
from components.theme.palette import SURFACE, Theme
from components.view import View
from components.widgets.plain_table import html_table
from data.dataset import dataset
from data.words import count, day
from server.chart_files import numbers

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; "
    "img-src data: blob:; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors *"
)

_ROWS = 1000  # of the table in the page; the rest is in the CSV
_FOREVER = "public, immutable, max-age=31536000"
_SCRIPT = Path(__file__).with_name("embed.js")
_FONTS = Path(streamlit.__file__).parent / "static" / "static" / "media"

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta name="description" content="{summary}">
<meta property="og:title" content="{title}">
<meta property="og:description" content="{summary}">
<meta property="og:type" content="article">
<meta property="og:url" content="{link}">
<meta property="og:image" content="{picture}">
<meta property="og:image:width" content="1200">
<meta property="og:image:height" content="675">
<meta property="og:image:alt" content="{summary}">
<meta name="twitter:card" content="summary_large_image">
<link rel="canonical" href="{link}">
<style>{style}</style>
<script defer src="{root}/plotly-{plotly}.min.js"></script>
<script defer src="{root}/embed.js"></script>
</head>
<body>
<main>
<h1>{title}</h1>
<p class="subtitle">{subtitle}</p>
<div id="plot" role="img" aria-label="{summary}" data-figure="{figure}"></div>
<p id="save" hidden data-name="{file}" data-said="{dated} Parley dataset {version}. {link_said}">
<button type="button" data-form="png">Save as PNG</button>
<button type="button" data-form="svg">Save as SVG</button></p>
<p id="status" role="status"></p>
<noscript><p>The drawing needs JavaScript; a <a href="{picture}">picture</a> does not.</p></noscript>
<p class="source">{source}</p>
{note}<p class="imprint">{dated} Parley dataset {version}.
<a href="{csv}">CSV</a> · <a href="{json}">JSON</a> · <a href="{png}">PNG</a> ·
<a href="{link}" target="_blank" rel="noopener">Permanent link</a></p>
<p class="summary">{summary}</p>
<details><summary>Numbers as a table ({rows})</summary>
{table}</details>
</main>
</body>
</html>
"""

_STYLE = """
@font-face{{font-family:"Source Sans";src:url("{sans}") format("woff2");font-weight:200 900}}
@font-face{{font-family:"Source Serif";src:url("{serif}") format("woff2");font-weight:200 900}}
*{{box-sizing:border-box}}
html{{color-scheme:{scheme};background:{paper}}}
body{{margin:0;font:16px/1.4 "Source Sans",sans-serif;color:{ink};background:{paper}}}
main{{max-width:1600px;margin:0 auto;padding:12px 16px 16px}}
h1{{font:600 clamp(20px,3.4vw,28px)/1.2 "Source Serif",serif;margin:0 0 4px;
border-top:4px solid {ink};border-image:linear-gradient(90deg,{ink} 56px,transparent 56px) 1;padding-top:10px}}
p{{margin:4px 0}}
.subtitle{{color:{text2}}}
.source{{color:{text2};font-size:14.5px;border-top:1px solid {rule};padding-top:6px;margin-top:8px}}
.note,.imprint{{color:{muted};font-size:14px}}
#plot{{width:100%;min-height:200px;margin-top:8px;overflow:hidden}}
#status:empty{{display:none}}
button{{font:inherit;font-size:14.5px;color:{ink};background:{paper};border:1px solid {muted};
border-radius:4px;padding:2px 10px;cursor:pointer}}
button:hover{{border-color:{ink}}}
a{{color:{accent}}}
a:focus-visible,button:focus-visible,summary:focus-visible,[tabindex]:focus-visible{{outline:2px solid {accent};outline-offset:2px}}
summary{{cursor:pointer;padding:4px 0}}
.parley-table{{overflow:auto;max-height:60vh}}
table{{border-collapse:collapse;font-size:14.5px;font-variant-numeric:lining-nums tabular-nums}}
caption{{text-align:left;padding:4px 0;color:{text2}}}
th,td{{text-align:left;vertical-align:top;padding:3px 10px 3px 0;border-bottom:1px solid {rule}}}
.number{{text-align:right}}
"""


def page(name: str, view: View, live: bool, base: str) -> bytes:
    """The embed of a chart. `live`: its links follow the dataset; else frozen."""
    found = numbers(name, view)
    table = found.frame[list(found.columns)].rename(columns=dict(found.columns))

    def to(form: str, **more: str) -> str:
        frozen = not live and form != "html"
        return base + chart_address(name, form, view, frozen=frozen, **more)

    looks = {} if view.theme == "light" else {"theme": view.theme}
    # What the page draws is what its words say, whatever the dataset does next.
    figure = base + chart_address(name, "figure.json", view, **looks)
    values = {
        "title": found.words.title,
        "subtitle": found.words.subtitle,
        "source": found.words.source,
        "summary": found.summary,
        "dated": f"As of {day(view.as_of)}.",
        "version": dataset().version,
        "figure": figure,
        "link": base + chart_address(name, "html", view),
        "link_said": base.partition("://")[2] + chart_address(name, "html", view),
        "file": _file_name(name, view),
        "csv": to("csv"),
        "json": to("json"),
        "png": to("png", **looks),
        "picture": to("png", size="social", **looks),
        "rows": count(len(table), "row"),
        "root": base,
        "plotly": version("plotly"),
    }
    text = _PAGE.format(
        **{key: escape(value, quote=True) for key, value in values.items()},
        style=_style(view.theme, base),
        note=f'<p class="note">{escape(found.words.note)}</p>\n'
        if found.words.note
        else "",
        table=html_table(table.head(_ROWS), caption=found.words.title),
    )
    return text.encode()


def _file_name(name: str, view: View) -> str:
    """Of a saved drawing, without its ending."""
    options = [f"{key}-{value}" for key, value in view.options]
    stem = "-".join(["parley", name, *options, "as-of", view.as_of]).lower()
    return re.sub(r"[^a-z0-9]+", "-", stem).strip("-")[:160]


def plotly_script(request: Request) -> Response:
    """Plotly as the plotly package ships it, compressed once."""
    plain, packed = _plotly()
    headers = {"cache-control": _FOREVER, "vary": "accept-encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
        return Response(packed, media_type="text/javascript", headers=headers)
    return Response(plain, media_type="text/javascript", headers=headers)


def script(request: Request) -> Response:
    """The embed's own script."""
    body = _script()
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {"etag": tag, "cache-control": "public, max-age=300"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="text/javascript", headers=headers)


def plotly_path() -> str:
    """Its address names the version, so that it may be kept for ever."""
    return f"/plotly-{version('plotly')}.min.js"


@cache
def _plotly() -> tuple[bytes, bytes]:
    plain = PLOTLY_SCRIPT.read_bytes()
    return plain, gzip.compress(plain, compresslevel=6, mtime=0)


@cache
def _script() -> bytes:
    return _SCRIPT.read_bytes()


@lru_cache(maxsize=16)
def _style(theme: Theme, base: str) -> str:
    return _STYLE.format(
        **SURFACE[theme],
        scheme="dark" if theme == "dark" else "light",
        sans=base + _font("SourceSansVF-Upright*.woff2"),
        serif=base + _font("SourceSerifVariable-Roman*.woff2"),
    )


def _font(pattern: str) -> str:
    """The address of a font that Streamlit serves; its name holds a hash."""
    return f"/static/media/{next(_FONTS.glob(pattern)).name}"
