"""Every route of our own, GET and HEAD."""

from __future__ import annotations

from starlette.routing import Route

from server import briefing, changes, charts, embed, feeds, tables
from server.geo import change, held_before, layer, snapshot
from server.health import healthz
from server.script import script


def routes() -> list[Route]:
    return [
        Route("/healthz", healthz, methods=["GET"]),
        Route("/parley.js", script, methods=["GET"]),
        Route("/print.js", script, methods=["GET"]),
        Route("/geo/hatch.json", held_before, methods=["GET"]),
        Route("/geo/change/{first}/{last}.json", change, methods=["GET"]),
        Route("/geo/{layer}.geojson", tables.layer, methods=["GET"]),
        Route("/geo/{layer}.json", layer, methods=["GET"]),
        Route("/geo/{layer}/{date}.json", snapshot, methods=["GET"]),
        Route("/tables/{name}.{form}", tables.table, methods=["GET"]),
        Route("/datapackage.json", tables.descriptor, methods=["GET"]),
        Route("/datapackage.zip", tables.archive, methods=["GET"]),
        Route("/charts.json", charts.charts, methods=["GET"]),
        Route("/charts/{name}.metadata.json", charts.metadata, methods=["GET"]),
        Route("/charts/{name}.figure.json", charts.figure, methods=["GET"]),
        Route("/charts/{name}.{form}", charts.picture_or_numbers, methods=["GET"]),
        Route("/charts/{name}", charts.page, methods=["GET"]),
        Route("/embed.js", embed.script, methods=["GET"]),
        Route(embed.plotly_path(), embed.plotly_script, methods=["GET"]),
        Route("/briefing.pptx", briefing.powerpoint, methods=["GET"]),
        Route("/briefing.pdf", briefing.document, methods=["GET"]),
        Route("/brief.pdf", briefing.brief, methods=["GET"]),
        Route("/events.ics", feeds.calendar, methods=["GET"]),
        Route("/events.atom", feeds.news, methods=["GET"]),
        Route("/changes.atom", changes.news, methods=["GET"]),
        Route("/changes.json", changes.rows, methods=["GET"]),
        Route("/events.timelinejs.json", feeds.timelinejs, methods=["GET"]),
    ]
