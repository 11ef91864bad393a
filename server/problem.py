"""Errors as RFC 9457 problem details."""

from __future__ import annotations

import json

from starlette.responses import Response


def problem(status: int, title: str, **members: object) -> Response:
    """An `application/problem+json` answer; `members` say parameter, value, allowed."""
    body = {"type": "about:blank", "title": title, "status": status, **members}
    return Response(
        json.dumps(body, ensure_ascii=False),
        status_code=status,
        media_type="application/problem+json",
        # As the answers themselves: a page that asks in vain may read why.
        headers={"access-control-allow-origin": "*"},
    )
