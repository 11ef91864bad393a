"""The pages' own scripts, from this host like everything else."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

_HERE = Path(__file__).parent


@cache
def _script(name: str) -> tuple[bytes, str]:
    body = (_HERE / name).read_bytes()
    return body, f'"{hashlib.sha256(body).hexdigest()[:16]}"'


def script(request: Request) -> Response:
    """The script whose name ends the route's path: parley.js, print.js."""
    body, tag = _script(request.url.path.rsplit("/", 1)[-1])
    headers = {"etag": tag, "cache-control": "public, max-age=300"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="text/javascript", headers=headers)
