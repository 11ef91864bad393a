"""Streamlit's scripts, compressed once.

Streamlit sends its own chunks as they are: Plotly's is 4.6 MB, a third of that
when compressed. Their names carry a hash, so a compressed chunk never goes stale.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import anyio
import streamlit
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from server.index import path_of

_FOLDER = Path(streamlit.__file__).parent / "static" / "static"
_TYPES = {".js": "text/javascript", ".css": "text/css"}
_LEAST = 8 * 1024  # below it the header costs more than is saved


class Compressed:
    """Answers `/static/…` with gzip where the browser takes it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.held: dict[str, bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = self._file(scope)
        if path is None:
            await self.app(scope, receive, send)
            return
        name = str(path)
        if name not in self.held:
            self.held[name] = await anyio.to_thread.run_sync(_compress, path)
        response = Response(
            self.held[name],
            media_type=_TYPES[path.suffix],
            headers={
                "content-encoding": "gzip",
                "cache-control": "public, immutable, max-age=31536000",
                "vary": "accept-encoding",
            },
        )
        await response(scope, receive, send)

    @staticmethod
    def _file(scope: Scope) -> Path | None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return None
        asked = path_of(scope)
        if not asked.startswith("/static/") or "\0" in asked:
            return None
        if "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
            return None
        path = (_FOLDER / asked.removeprefix("/static/")).resolve()
        inside = path.is_relative_to(_FOLDER) and path.suffix in _TYPES
        if inside and path.is_file() and path.stat().st_size >= _LEAST:
            return path
        return None


def _compress(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), compresslevel=6, mtime=0)
