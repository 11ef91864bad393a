"""Every route of our own, GET and HEAD."""

from __future__ import annotations

from starlette.routing import Route

from server.geo import layer, snapshot
from server.health import healthz


def routes() -> list[Route]:
    return [
        Route("/healthz", healthz, methods=["GET"]),
        Route("/geo/{layer}.json", layer, methods=["GET"]),
        Route("/geo/{layer}/{date}.json", snapshot, methods=["GET"]),
    ]
