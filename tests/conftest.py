"""Shared fixtures: the real dataset, a running app, a browser that watches itself."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from data.dataset import Dataset, load

ROOT = Path(__file__).resolve().parent.parent
SEED = "2025-05-16"


@pytest.fixture(scope="session")
def whole() -> Dataset:
    return load(ROOT / "data")


@pytest.fixture(scope="session")
def seed(whole: Dataset) -> Dataset:
    """The dataset as it was known on the day of the first Istanbul talks of 2025."""
    return whole.as_of(SEED)


def free_port() -> int:
    with closing(socket.socket()) as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@contextmanager
def serving(**environment: str) -> Iterator[tuple[str, subprocess.Popen]]:
    """The app in a process of its own, as `make run` starts it; yields its address."""
    port = free_port()
    env = {**os.environ, "PORT": str(port), "HOST": "127.0.0.1", **environment}
    process = subprocess.Popen(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, process)
        yield address, process
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(address: str, process: subprocess.Popen, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the app ended at once:\n{process.stdout.read()}")
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=2)
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"no answer from {address} in {seconds} s")


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with serving() as (address, _):
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator:
    """The system's Chromium, else playwright's own."""
    from playwright.sync_api import sync_playwright

    system = next(
        filter(
            None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))
        ),
        None,
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=system,
            args=[
                "--no-sandbox",
                "--disable-quic",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--enable-unsafe-swiftshader",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, address) -> Iterator[Callable]:
    """Opens an address of the app; afterwards no console error, no foreign request.

    `open_page(path, theme="light", size=(1280, 800))` returns the page when
    Streamlit has finished its run.
    """
    contexts, faults = [], []

    def opened(path: str, theme: str = "light", size: tuple[int, int] = (1280, 800)):
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=theme
        )
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda m: faults.append(m.text) if m.type == "error" else None
        )
        page.on("pageerror", lambda e: faults.append(str(e)))
        page.on(
            "request",
            lambda r: (
                faults.append(f"foreign request: {r.url}")
                if not r.url.startswith(
                    (address, address.replace("http", "ws"), "data:", "blob:")
                )
                else None
            ),
        )
        page.goto(address + path)
        settled(page)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def settled(page) -> None:
    """Wait until the script has run and what is shown has stopped changing."""
    page.wait_for_selector("[data-testid=stMainBlockContainer] h1", timeout=60_000)
    page.wait_for_function(
        """() => {
        const app = document.querySelector('[data-testid=stApp]');
        const main = document.querySelector('[data-testid=stMainBlockContainer]');
        const now = app?.getAttribute('data-test-script-state') === 'notRunning'
          && !document.querySelector('[data-testid=stSkeleton], [data-stale=true]')
          ? main.innerText : null;
        const [text, since] = window.__settling || [null, 0];
        if (now === null || now !== text) {
          window.__settling = [now, performance.now()];
          return false;
        }
        return performance.now() - since > 250;
        }""",
        timeout=60_000,
        polling=50,
    )
