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
from html import unescape
from pathlib import Path
from typing import ClassVar
from weakref import WeakKeyDictionary

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

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


def notices(at) -> str:
    """What an AppTest's page says of the address; of all its HTML, in fact."""
    return unescape(" ".join(element.proto.body for element in at.get("html")))


class Tab:
    """A tab in a profile of its own, and what went wrong in it since it was opened.

    Tabs are used again: a new one costs a second to compile the pages' scripts.
    """

    def __init__(self, chromium, address: str) -> None:
        self.context = chromium.new_context()
        self.page = self.context.new_page()
        self.faults: list[str] = []
        self._home = (address, address.replace("http", "ws"), "data:", "blob:")
        Runs.watch(self.page)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", self._request)

    def leave(self) -> list[str]:
        """Forget all that the page has kept; the faults since the last time."""
        self.page.evaluate("localStorage.clear(); sessionStorage.clear()")
        self.context.clear_cookies()
        self.page.goto("about:blank")
        found, self.faults[:] = [*self.faults], []
        return found

    def _console(self, message) -> None:
        if message.type == "error":
            self.faults.append(message.text)

    def _request(self, request) -> None:
        if not request.url.startswith((*self._home, "about:")):
            self.faults.append(f"foreign request: {request.url}")


@pytest.fixture(scope="session")
def idle_tabs() -> list[Tab]:
    return []


@pytest.fixture
def open_page(chromium, address, idle_tabs) -> Iterator[Callable]:
    """Opens an address of the app; afterwards no console error, no foreign request.

    `open_page(path, theme="light", size=(1280, 800))` returns the page when
    Streamlit has finished its run.
    """
    tabs: list[Tab] = []

    def opened(path: str, theme: str = "light", size: tuple[int, int] = (1280, 800)):
        tab = idle_tabs.pop() if idle_tabs else Tab(chromium, address)
        tabs.append(tab)
        tab.page.emulate_media(media="null", color_scheme=theme)
        tab.page.set_viewport_size({"width": size[0], "height": size[1]})
        tab.page.goto(address + path)
        settled(tab.page)
        return tab.page

    yield opened
    faults = [fault for tab in tabs for fault in tab.leave()]
    idle_tabs += tabs
    assert faults == []


class Runs:
    """The runs of the script a page has asked for and seen end.

    What is drawn says nothing of a run that is asked for and has not begun: on a
    busy machine that takes longer than any pause a test would make.
    """

    _of: ClassVar[WeakKeyDictionary] = WeakKeyDictionary()

    def __init__(self) -> None:
        self.asked = self.begun = False

    @classmethod
    def watch(cls, page) -> None:
        runs = cls._of[page] = cls()
        page.on("websocket", runs._listen)

    @classmethod
    def ended(cls, page) -> bool:
        """No run is asked for or under way (for a page not watched: unknown, so yes)."""
        runs = cls._of.get(page)
        return runs is None or not (runs.asked or runs.begun)

    def _listen(self, socket) -> None:
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)

    def _sent(self, frame: bytes | str) -> None:
        if BackMsg.FromString(_bytes(frame)).WhichOneof("type") == "rerun_script":
            self.asked = True

    def _received(self, frame: bytes | str) -> None:
        kind = ForwardMsg.FromString(_bytes(frame)).WhichOneof("type")
        if kind == "new_session":
            self.asked, self.begun = False, True
        elif kind == "script_finished":
            self.begun = False


def _bytes(frame: bytes | str) -> bytes:
    return frame.encode() if isinstance(frame, str) else frame


def settled(page, seconds: float = 60) -> None:
    """Wait until the script has run and what is shown has stopped changing."""
    wait = time.monotonic()
    end = wait + seconds
    page.wait_for_selector("[data-testid=stMainBlockContainer] h1", timeout=60_000)
    while True:
        page.wait_for_function(STEADY, arg=wait, timeout=60_000, polling=50)
        if Runs.ended(page):
            return
        if time.monotonic() > end:
            raise TimeoutError(f"a run was still under way after {seconds} s")
        page.wait_for_timeout(50)


# `wait` tells one waiting from another: what stood still before does not count.
STEADY = """(wait) => {
  const app = document.querySelector('[data-testid=stApp]');
  const main = document.querySelector('[data-testid=stMainBlockContainer]');
  const now = app?.getAttribute('data-test-script-state') === 'notRunning'
    && !document.querySelector('[data-testid=stSkeleton], [data-stale=true]')
    ? main.innerText : null;
  const [last, text, since] = window.__settling || [];
  if (now === null || last !== wait || text !== now) {
    window.__settling = [wait, now, performance.now()];
    return false;
  }
  return performance.now() - since > 250;
}"""
