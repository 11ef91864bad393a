"""The ASGI server: the Streamlit script, the HTTP routes, the headers.

python app.py                 serves on port 8501 (PORT changes it)
uvicorn app:app               the same under another server
"""

# ruff: noqa: E402
from __future__ import annotations

import gc

# Next to nothing of what is loaded at the start is garbage, and looking for it
# again and again takes a third of the time: `_start` turns it on again.
gc.disable()

import logging
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from components.charts.chart import catalogue
from components.export.browser import browser
from data.checks import BrokenDataset
from data.dataset import dataset
from server.compressed import Compressed
from server.index import IndexPage
from server.routes import routes

_SCRIPT = Path(__file__).resolve().parent / "components" / "shell.py"


@asynccontextmanager
async def _start(_: st.App) -> AsyncIterator[None]:
    """Load once, before the first reader; a broken dataset is told, not served.

    With a broken dataset the server does start: its only page lists every
    problem, and /healthz answers 503.
    """
    try:
        dataset()
        catalogue()
    except BrokenDataset as broken:
        print(broken, file=sys.stderr, flush=True)
    else:
        gc.collect()
        # What was loaded stays for good: not scanning it again makes a rerun
        # three times as quick (measured with 20 readers).
        gc.freeze()
        browser.start_later()
    gc.enable()
    # A line for every script and font of every reader says nothing.
    logging.getLogger("uvicorn.access").disabled = True
    yield
    browser.stop()


app = st.App(
    _SCRIPT,
    lifespan=_start,
    routes=routes(),
    middleware=[Middleware(Compressed), Middleware(IndexPage)],
)


def main() -> None:
    import uvicorn

    port = int(os.environ.get("PORT", "8501"))
    host = os.environ.get("HOST", "127.0.0.1" if os.environ.get("CI") else "0.0.0.0")
    print(f"Parley: http://localhost:{port}", flush=True)
    uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
