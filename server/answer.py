"""An answer that caches can keep: ETag, Cache-Control, 304."""

from __future__ import annotations

import hashlib

from starlette.requests import Request
from starlette.responses import Response


def answer(
    request: Request,
    body: bytes,
    media_type: str,
    *,
    filename: str = "",
    download: bool = False,
    tag: str = "",
) -> Response:
    """`body`, or 304 if the reader has it already.

    A request with a fixed as-of date may be kept for a day, one that follows the
    dataset for five minutes. Anyone's page may read it (CORS), as everything
    here is public. With `download` a browser saves it under `filename`. `tag` is
    the ETag where it is known without the body.
    """
    tag = tag or hashlib.sha256(body).hexdigest()[:32]
    seconds = 86_400 if "as_of" in request.query_params else 300
    headers = {
        "etag": f'"{tag}"',
        "cache-control": f"public, max-age={seconds}",
        "access-control-allow-origin": "*",
        "x-content-type-options": "nosniff",
    }
    if held(request, tag):
        return Response(status_code=304, headers=headers)
    if filename:
        how = "attachment" if download else "inline"
        headers["content-disposition"] = f'{how}; filename="{filename}"'
    return Response(body, media_type=media_type, headers=headers)


def held(request: Request, tag: str) -> bool:
    """True if the reader says that he has the body of this ETag."""
    asked = request.headers.get("if-none-match", "")
    tags = [part.strip().removeprefix("W/") for part in asked.split(",")]
    return f'"{tag}"' in tags or "*" in tags
