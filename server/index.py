"""The index page: its words, a note of the window's width, the security headers.

Streamlit serves one index page for every address. This middleware adds what
must be there before Streamlit's own code has run, and the policy that keeps
every request on this host.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from urllib.parse import parse_qsl, quote, urlencode

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.navigation import PAGES
from components.theme.palette import SURFACE
from components.widgets.asof import ASKED_COOKIE
from data.checks import BrokenDataset
from data.dataset import dataset
from server import unfurl
from server.address import address
from server.parameters import Refused

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

# Streamlit looks for its server below the page's own path first, and a deep
# link would begin with two 404s in the console: tell it where the server is.
_BASE_SCRIPT = (
    "(function(){var base=location.origin+'%s/';"
    "window.__streamlit={BACKEND_BASE_URL:base,MAIN_PAGE_BASE_URL:base}})()"
)
# Drawn in both themes until Streamlit's own page stands in its place.
_ROOT = (
    '<div id="root"><div style="color-scheme:light dark;position:fixed;inset:0;'
    "overflow:auto;padding:64px 40px;font:17px/1.5 sans-serif;"
    'color:light-dark({ink},{ink_dark});background:light-dark({paper},{paper_dark})">'
    "{text}</div></div>"
)
_INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)

_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' {hashes}; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; manifest-src 'self'; "
    "media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)

_NOSCRIPT = re.compile(rb"<noscript>.*?</noscript>", re.DOTALL)
_SKIPPED = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
_NEVER_AN_INDEX = ("/static/", "/_stcore/", "/media/")
_KNOWN = {"", *PAGES} - {"overview"}


class IndexPage:
    """Rewrites the index page on its way out; everything else passes untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wanted = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        if not wanted or path_of(scope).startswith(_NEVER_AN_INDEX):
            await self.app(scope, receive, send)
            return
        known = path_of(scope).strip("/") in _KNOWN
        if known and (moved := _moved(scope)):
            await moved(scope, receive, send)
            return
        if "." not in scope["path"].rsplit("/", 1)[-1]:
            # A page: its body is changed, so it must come whole and uncompressed,
            # also where only its head is asked for: the server leaves the body out.
            scope = {**scope, "method": "GET"}
            scope["headers"] = [h for h in scope["headers"] if h[0] not in _SKIPPED]
        start: Message | None = None
        parts: list[bytes] = []

        async def rewrite(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                kind = Headers(raw=message["headers"]).get("content-type", "")
                if kind.startswith("text/html"):
                    start = message
                    return
            if message["type"] != "http.response.body" or start is None:
                await send(message)
                return
            parts.append(message.get("body", b""))
            if message.get("more_body"):
                return
            body = b"".join(parts)
            headers = MutableHeaders(raw=start["headers"])
            if headers.get("content-encoding") == "gzip":
                # What is no file comes as the index too: /nothing.html.
                body = gzip.decompress(body)
                del headers["content-encoding"]
                headers["content-length"] = str(len(body))
            if b'<div id="root">' in body:
                body = await to_thread.run_sync(_rewritten, body, scope, known)
                if not known:
                    # Streamlit answers every address with its index: the reader
                    # sees the overview and is told, a program gets a real 404.
                    start["status"] = 404
                for name in ("content-length", "etag", "last-modified"):
                    if name in headers:
                        del headers[name]
                headers["content-length"] = str(len(body))
                headers["content-security-policy"] = _policy(body)
                headers["x-content-type-options"] = "nosniff"
                headers["referrer-policy"] = "same-origin"
            await send(start)
            await send({"type": "http.response.body", "body": body})

        await self.app(scope, receive, rewrite)


def path_of(scope: Scope) -> str:
    """The path below the one that a proxy gives this app."""
    return scope["path"].removeprefix(scope.get("root_path", "").rstrip("/"))


def _moved(scope: Scope) -> Response | None:
    """A redirect for an as-of date before the dataset's first day, else None."""
    query = parse_qsl(scope.get("query_string", b"").decode("latin-1"))
    asked = next((value for name, value in query if name == "as_of"), "")
    first = _first_day()
    if first is None or not _ISO_DATE.fullmatch(asked) or asked >= first:
        return None
    kept = [(n, v) for n, v in query if n != "as_of"] + [("as_of", first)]
    response = RedirectResponse(f"{scope['path']}?{urlencode(kept)}", 307)
    response.set_cookie(ASKED_COOKIE, asked, max_age=30, samesite="lax")
    return response


def _first_day() -> str | None:
    try:
        return dataset().first_day
    except BrokenDataset:
        return None


def _rewritten(body: bytes, scope: Scope, known: bool) -> bytes:
    root = scope.get("root_path", "").rstrip("/")
    page = path_of(scope).strip("/") if known else ""
    query = scope.get("query_string", b"").decode("latin-1")
    base = quote(root)
    head = (
        f"<script>{_BASE_SCRIPT % base}</script>"
        # Not deferred: the window's width must be noted before Streamlit connects.
        f'<script src="{base}/parley.js"></script>'
        f'<script src="{base}/print.js" defer></script>'
    )
    text, plain = "", ""
    try:
        address_ = address(Request(scope))
        head += unfurl.head(page, query, address_)
        text, plain = unfurl.body(page, query), unfurl.without_scripts(query)
    except (BrokenDataset, Refused):
        head += "<title>Parley</title>"
    colours = {
        "ink": SURFACE["light"]["ink"],
        "ink_dark": SURFACE["dark"]["ink"],
        "paper": SURFACE["light"]["paper"],
        "paper_dark": SURFACE["dark"]["paper"],
    }
    body = body.replace(b"<title>Streamlit</title>", b"")
    body = body.replace(b"<head>", b"<head>" + head.encode(), 1)
    body = _NOSCRIPT.sub(f"<noscript>{plain}</noscript>".encode(), body, count=1)
    filled = _ROOT.format(text=text, **colours)
    return body.replace(b'<div id="root"></div>', filled.encode(), 1)


def _policy(body: bytes) -> str:
    digests = (
        hashlib.sha256(script).digest() for script in _INLINE_SCRIPT.findall(body)
    )
    hashes = " ".join(f"'sha256-{base64.b64encode(d).decode()}'" for d in digests)
    return _POLICY.format(hashes=hashes)
