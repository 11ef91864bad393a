"""The timeline as the real TimelineJS 3 shows it."""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import subprocess
import threading
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.dataset import Dataset
from tests.conftest import SEED

FOLDER = Path(__file__).parent / "timelinejs"


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """A page of another origin with TimelineJS in it, as an editor's site has."""
    if not (FOLDER / "node_modules" / "@knight-lab" / "timelinejs").is_dir():
        if shutil.which("npm") is None:
            pytest.skip("npm is missing: TimelineJS cannot be fetched")
        subprocess.run(
            [
                "npm",
                "install",
                "--no-package-lock",
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
            ],
            cwd=FOLDER,
            check=True,
            capture_output=True,
            timeout=180,
        )
    handler = functools.partial(Quiet, directory=str(FOLDER))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def shown(chromium, site: str, data: str):
    """The page with this data, ready; and what went wrong in it."""
    faults: list[str] = []
    page = chromium.new_page(viewport={"width": 1200, "height": 760})
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: faults.append(str(e)))
    page.on(
        "request",
        lambda r: (
            faults.append(f"foreign request: {r.url}")
            if not r.url.startswith(("http://127.0.0.1:", "data:", "blob:"))
            else None
        ),
    )
    page.goto(f"{site}/index.html?data={urllib.parse.quote(data, safe='')}")
    page.wait_for_function("window.timelineReady === true", timeout=30_000)
    return page, faults


def test_timelinejs_renders_the_seed_day(
    chromium, site: str, address: str, seed: Dataset
) -> None:
    data = f"{address}/events.timelinejs.json?as_of={SEED}&significance=1"
    page, faults = shown(chromium, site, data)
    expected = seed["events"][seed["events"]["significance"] == 1]
    ids = page.evaluate("window.timeline.config.events.map(e => e.unique_id)")
    assert sorted(ids) == sorted(expected["event_id"])
    assert page.locator(".tl-timemarker").count() == len(expected)
    page.evaluate("window.timeline.goToId('2025-05-16-istanbul-first-round')")
    slide = page.locator(".tl-slide", has_text="first direct talks since 2022").first
    slide.wait_for(timeout=10_000)
    assert "16 May 2025" in slide.inner_text()
    assert "Dolmabahçe" in slide.inner_text()
    groups = page.locator(".tl-timegroup-message").all_inner_texts()
    assert "Türkiye" in groups
    assert faults == []
    page.close()


def test_timelinejs_takes_the_whole_timeline(
    chromium, site: str, address: str, whole: Dataset
) -> None:
    page, faults = shown(chromium, site, f"{address}/events.timelinejs.json")
    n = page.evaluate("window.timeline.config.events.length")
    assert n == len(whole["events"])
    assert faults == []
    page.close()


def test_month_precision_is_shown_without_a_day(
    chromium, site: str, address: str
) -> None:
    data = f"{address}/events.timelinejs.json?text=Copenhagen&to=2023-07-01"
    with urllib.request.urlopen(data) as answer:
        slides = json.load(answer)["events"]
    slide = next(
        s for s in slides if s["unique_id"].endswith("copenhagen-advisers-meeting")
    )
    assert slide["start_date"] == {"year": 2023, "month": 6}
    page, faults = shown(chromium, site, data)
    page.evaluate(f"window.timeline.goToId('{slide['unique_id']}')")
    text = page.locator(".tl-slide .tl-headline-date", has_text="June 2023").first
    text.wait_for(timeout=10_000)
    assert text.inner_text() == "June 2023, day not known"
    assert faults == []
    page.close()
