"""The pages' own script, from this host like everything else."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

_FILE = Path(__file__).with_name("parley.js")


@cache
def _script() -> tuple[bytes, str]:
    body = _FILE.read_bytes()
    return body, f'"{hashlib.sha256(body).hexdigest()[:16]}"'


def script(request: Request) -> Response:
    body, tag = _script()
    headers = {"etag": tag, "cache-control": "public, max-age=300"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="text/javascript", headers=headers)
