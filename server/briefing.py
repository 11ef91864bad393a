"""The briefing as files: a PowerPoint, a PDF, a page to hand out.

/briefing.pptx, /briefing.pdf and /brief.pdf take the parameters of the page
/briefing. A file is made by a worker of its own (components/briefing/files.py);
whoever waits for it holds no thread.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from components.briefing import files
from components.briefing.compose import compose
from components.briefing.deck import Deck, NotAllowed, deck_of
from data.dataset import dataset
from server.address import address
from server.answer import answer, held
from server.parameters import (
    LANGUAGES,
    Refused,
    answered,
    expect_only,
    near_to,
    one_of,
    single,
)
from server.problem import problem

PARAMETERS = ("as_of", "since", "units", "theme", "slides", "title", "text", "lang")

log = logging.getLogger("parley.briefing")

_PATIENCE_S = 60  # for a file, its time in the queue included
_RETRY_S = 5


@dataclass(frozen=True)
class _File:
    """A form of the deck: its name in the address, its media type."""

    kind: files.Kind
    name: str
    media_type: str


_PPTX = _File(
    "pptx",
    "briefing.pptx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
)
_PDF = _File("pdf", "briefing.pdf", "application/pdf")
_BRIEF = _File("brief", "brief.pdf", "application/pdf")


@answered
async def powerpoint(request: Request) -> Response:
    """`/briefing.pptx`: the deck with texts and charts that can be edited."""
    return await _file(request, _PPTX)


@answered
async def document(request: Request) -> Response:
    """`/briefing.pdf`: the deck with vector charts, a page a slide."""
    return await _file(request, _PDF)


@answered
async def brief(request: Request) -> Response:
    """`/brief.pdf`: one page, A4."""
    return await _file(request, _BRIEF)


def parse_deck(request: Request) -> Deck:
    """The deck that the query asks for, the whole query checked."""
    expect_only(request, PARAMETERS, many=("slides",))
    one_of(request, "lang", LANGUAGES, "en")
    whole = dataset()
    try:
        deck = deck_of(
            whole.first_day,
            whole.closing.latest,
            **{name: single(request, name) for name in ("as_of", "since", "units", "theme")},
            slides=request.query_params.getlist("slides"),
            title=single(request, "title") or "",
            text=single(request, "text") or "",
        )  # fmt: skip
    except NotAllowed as error:
        raise Refused(
            error.parameter,
            error.value,
            expected=error.expected,
            allowed=error.allowed,
            near=near_to(error.value, error.allowed),
        ) from None
    if not compose(whole, deck):
        raise Refused(
            "slides",
            list(deck.slides),
            title="None of these slides has anything to say on that day",
            expected=f"slides with something known by {deck.as_of}",
        )
    return deck


async def _file(request: Request, file: _File) -> Response:
    deck = await run_in_threadpool(parse_deck, request)
    link = f"{address(request)}/briefing?{deck.query('')}"
    tag = await run_in_threadpool(files.digest, deck, file.kind, link)

    def told(body: bytes) -> Response:
        return answer(
            request, body, file.media_type, filename=_file_name(deck, file),
            download=file.kind == "pptx", tag=tag,
        )  # fmt: skip

    if held(request, tag):
        return told(b"")
    try:
        job = await run_in_threadpool(files.submit, deck, file.kind, link)
        # Shielded: others may wait for the same file.
        making = asyncio.shield(asyncio.wrap_future(job.future))
        body = await asyncio.wait_for(making, _PATIENCE_S)
    except files.Busy:
        return _later("Too many files are waiting to be made")
    except TimeoutError:
        return _later("The file is still being made")
    except Exception:
        log.exception("%s as of %s could not be made", file.name, deck.as_of)
        return problem(500, "The file could not be made")
    response = told(body)
    if not job.complete:
        # A chart is missing in it: the next request may have more luck.
        response.headers["cache-control"] = "no-store"
        del response.headers["etag"]
    return response


def _file_name(deck: Deck, file: _File) -> str:
    stem, _, form = file.name.partition(".")
    return f"parley-{stem}-as-of-{deck.as_of}-since-{deck.since}.{form}"


def _later(title: str) -> Response:
    response = problem(503, title, detail=f"Try again in {_RETRY_S} seconds.")
    response.headers["retry-after"] = str(_RETRY_S)
    return response
