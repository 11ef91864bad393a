"""The deck's files: drawn one at a time, with progress, and kept like pictures.

A file is a function of the dataset's version, the code and the request, and is
kept on disk under the digest of these. A deck draws half a dozen charts, so one is made
at a time and at most `WAITING` wait; beyond that `Busy` is raised at once. A file
in which a slide or a chart failed is handed over and not kept.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, replace
from functools import cache
from importlib import import_module
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Literal, get_args

from components.briefing.compose import compose
from components.briefing.deck import Deck
from components.briefing.drawing import failures
from components.export.cache import Cache, folder
from components.export.pictures import Busy, code_version
from data.dataset import Dataset, dataset

Kind = Literal["pptx", "pdf", "brief"]
KINDS: tuple[Kind, ...] = get_args(Kind)

WAITING = 8
_CACHE_BYTES = 128 * 2**20

__all__ = ["KINDS", "Busy", "Job", "Kind", "digest", "kept", "submit"]

Step = Callable[[str], None]
Writer = Callable[[Deck, Dataset, str, Step], bytes]


class Job:
    """A file on its way: what a page shows of it while it waits.

    `share` runs from 0 to 1, `said` is what is being done. `complete` turns False
    if a slide or a chart failed: the file says so in its place.
    """

    def __init__(self, steps: int) -> None:
        self.share = 0.0
        self.said = "Waiting for another file"
        self.complete = True
        self.future: Future[bytes] = Future()
        self._steps = steps
        self._taken = 0

    @property
    def done(self) -> bool:
        return self.future.done()

    def result(self, timeout: float | None = None) -> bytes:
        """The file, waited for. Raises TimeoutError and what the writer raised."""
        return self.future.result(timeout)

    def step(self, said: str) -> None:
        """Called by the writer before each slide."""
        self._taken += 1
        self.share = min(self._taken / (self._steps + 1), 0.98)
        self.said = said

    def finish(self, body: bytes) -> None:
        self.share, self.said = 1.0, "Ready"
        self.future.set_result(body)


def digest(deck: Deck, kind: Kind, link: str) -> str:
    """What the file depends on, as hex digits: its key and its ETag."""
    fields = {
        "deck": asdict(_asked(deck, kind)),
        "kind": kind,
        "link": link,
        "dataset": dataset().version,
        "code": _code(),
    }
    text = json.dumps(fields, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def kept(deck: Deck, kind: Kind, link: str) -> bytes | None:
    """The file if it has been made before."""
    return queue().cache.get(digest(deck, kind, link))


def submit(deck: Deck, kind: Kind, link: str) -> Job:
    """Have the file made, if it is not kept; equal requests share a job.

    `link` is the address written into it. Raises Busy.
    """
    return queue().submit(_asked(deck, kind), kind, link)


@cache
def queue() -> Queue:
    """The process's worker and cache."""
    return Queue(Cache(folder() / "briefing", _CACHE_BYTES))


class Queue:
    """One worker that makes files, a bounded queue before it, the cache behind."""

    def __init__(
        self, cache: Cache, waiting: int = WAITING, writer: Writer | None = None
    ) -> None:
        self.cache = cache
        self._writer = writer
        self._room = threading.BoundedSemaphore(waiting + 1)
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="briefing")
        self._running: dict[str, Job] = {}
        self._lock = threading.Lock()

    def submit(self, deck: Deck, kind: Kind, link: str) -> Job:
        key = digest(deck, kind, link)
        with self._lock:
            running = self._running.get(key)
            if running is not None:
                return running
            job = Job(_STEPS.get(kind) or len(compose(dataset(), deck)))
            body = self.cache.get(key)
            if body is not None:
                job.finish(body)
                return job
            if not self._room.acquire(blocking=False):
                raise Busy
            self._running[key] = job
        self._worker.submit(self._make, job, key, (deck, kind, link))
        return job

    def _make(self, job: Job, key: str, asked: tuple[Deck, Kind, str]) -> None:
        deck, kind, link = asked
        try:
            writer = self._writer or _writer(kind)
            with failures() as found:
                body = writer(deck, dataset(), link, job.step)
            job.complete = not found
            if job.complete:
                self.cache.put(key, body)
        except BaseException as error:
            self._leave(key)
            job.said = "The file could not be made"
            job.future.set_exception(error)
        else:
            self._leave(key)
            job.finish(body)

    def _leave(self, key: str) -> None:
        with self._lock:
            del self._running[key]
        self._room.release()


# A brief is not written slide by slide.
_STEPS: dict[Kind, int] = {"brief": 4}

_WRITERS: dict[Kind, tuple[str, str]] = {
    "pptx": ("powerpoint", "pptx"),
    "pdf": ("document", "pdf"),
    "brief": ("one_page", "brief"),
}


def _writer(kind: Kind) -> Writer:
    """Loaded when it is first needed: python-pptx takes a while."""
    module, name = _WRITERS[kind]
    return getattr(import_module(f"components.briefing.{module}"), name)


def _asked(deck: Deck, kind: Kind) -> Deck:
    """The brief is printed, whatever the deck's look."""
    return replace(deck, theme="print") if kind == "brief" else deck


@cache
def _code() -> str:
    """A digest of the code, of what it is made with, and of the templates."""
    found = hashlib.sha256(code_version().encode())
    found.update(version_of("python-pptx").encode())
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.is_file() and path.suffix not in (".py", ".pyc"):
            found.update(path.read_bytes())
    return found.hexdigest()[:16]
