"""Where this server is to be found, for links in files that leave it."""

from __future__ import annotations

import os
import re

from starlette.requests import Request

from server.parameters import Refused

VARIABLE = "PARLEY_ADDRESS"

_HOST = re.compile(r"[A-Za-z0-9._-]+(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?")


def address(request: Request) -> str:
    """The address without a closing slash, such as `https://parley.example`.

    PARLEY_ADDRESS if it is set (behind a proxy the request's own host may be an
    inner one), else what the request was sent to. Raises Refused for a host
    that is no plain name: it would stand in files that others keep.
    """
    if named := os.environ.get(VARIABLE, "").rstrip("/"):
        return named
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        raise Refused("Host", host, expected="a host name with an optional port")
    root = request.scope.get("root_path", "").rstrip("/")
    return f"{request.url.scheme}://{host}{root}"
