"""Whether the dataset is loaded, and how much of it there is."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from components.export.browser import browser
from data.checks import BrokenDataset
from data.dataset import dataset
from server.problem import problem


def healthz(_: Request) -> Response:
    """Dataset version, closing dates and row counts; 503 if it cannot be shown."""
    try:
        whole = dataset()
    except BrokenDataset as broken:
        return problem(
            503,
            "The dataset cannot be shown",
            problems=[str(p) for p in broken.problems],
        )
    return JSONResponse(
        {
            "status": "ok",
            "dataset": whole.version,
            "complete_to": {
                "events": whole.closing.events,
                "casualties": whole.closing.casualties,
                "front_line": whole.closing.front_line,
            },
            "pictures": _pictures(),
            "rows": {r.name: len(whole.tables[r.name]) for r in whole.package.tables},
        },
        headers={"cache-control": "no-store"},
    )


def _pictures() -> dict[str, object]:
    """Whether pictures can be drawn, and if not the command that mends it.

    Asleep: there is a Chromium, and it starts soon or with the first picture.
    """
    state: dict[str, object] = {"state": browser.state, "replaced": browser.replaced}
    if browser.remedy:
        state["remedy"] = browser.remedy
    return state
