"""The briefing by URL: files that a desk fetches, and how it is told no."""

from __future__ import annotations

import asyncio
import io
import json
import time
import urllib.parse
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pptx import Presentation
from pptx.shapes.picture import Picture as PictureShape
from starlette.requests import Request
from starlette.responses import Response

from components.briefing import files
from components.briefing.compose import compose
from components.briefing.deck import SLIDES, Deck, since_default
from data.dataset import Dataset
from server import briefing as routes
from tests.conftest import SEED, serving
from tests.contract.test_server import fetch

PDFS = ("/briefing.pdf", "/brief.pdf")
WEEK = f"as_of={SEED}&since=2025-05-09"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with an empty cache of pictures and files."""
    cache = tmp_path_factory.mktemp("files")
    with serving(PARLEY_CACHE=str(cache)) as (address, _):
        # The first deck waits for the browser to start.
        fetched(address, f"/brief.pdf?{WEEK}")
        yield address


def fetched(server: str, path: str, **asked):
    """The answer; a file that takes its time on a busy machine is asked for again."""
    for _ in range(4):
        try:
            status, headers, body = fetch(server + path, **asked)
        except TimeoutError:
            continue
        if status != 503:
            break
        time.sleep(int(headers["retry-after"]))
    return status, headers, body


def request(path: str, query: str = "", **headers: str) -> Request:
    given = {"host": "parley.example", **headers}
    return Request(
        {
            "type": "http", "method": "GET", "path": path, "root_path": "",
            "scheme": "https", "server": ("parley.example", 443),
            "query_string": query.encode(),
            "headers": [(k.encode(), v.encode()) for k, v in given.items()],
        }
    )  # fmt: skip


def test_the_deck_of_the_seed_day_has_a_page_a_slide(
    server: str, whole: Dataset
) -> None:
    status, headers, body = fetched(server, f"/briefing.pdf?{WEEK}")
    assert status == 200
    assert headers["content-type"] == "application/pdf"
    assert headers["content-disposition"] == (
        f'inline; filename="parley-briefing-as-of-{SEED}-since-2025-05-09.pdf"'
    )
    assert headers["cache-control"] == "public, max-age=86400"
    assert headers["access-control-allow-origin"] == "*"
    pages = pypdf.PdfReader(io.BytesIO(body)).pages
    assert len(pages) == len(compose(whole, Deck(SEED, "2025-05-09"))) == len(SLIDES)
    # The charts are drawn, and as lines: their months are words of the page.
    text = " ".join(pages[SLIDES.index("line")].extract_text().split())
    assert "could not be drawn" not in text and "Nov" in text
    assert not [image for page in pages for image in page.images]


def test_the_latest_day_s_deck_comes_in_time_and_again_at_once(server: str) -> None:
    begun = time.monotonic()
    status, headers, first = fetched(server, "/briefing.pdf")
    assert status == 200 and time.monotonic() - begun < 40
    assert headers["cache-control"] == "public, max-age=300"
    begun = time.monotonic()
    assert fetched(server, "/briefing.pdf")[2] == first
    assert time.monotonic() - begun < 2


def test_the_powerpoint_of_the_latest_day_comes_with_charts_and_pictures(
    server: str, whole: Dataset
) -> None:
    begun = time.monotonic()
    status, headers, first = fetched(server, "/briefing.pptx")
    assert status == 200 and time.monotonic() - begun < 60
    assert headers["content-type"] == (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    )
    assert 'filename="parley-briefing' in headers["content-disposition"]
    latest = whole.closing.latest
    found = Presentation(io.BytesIO(first))
    assert len(found.slides) == len(compose(whole, Deck(latest, since_default(latest))))
    shapes = [shape for slide in found.slides for shape in slide.shapes]
    assert sum(shape.has_chart for shape in shapes) == 3
    pictures = [shape for shape in shapes if isinstance(shape, PictureShape)]
    assert len(pictures) == 2
    for shape in pictures:
        # Two pixels to a px of 1920 on a page of 12,192,000 EMU.
        assert shape.image.size[0] == pytest.approx(2 * shape.width / 6350, abs=2)
    said = " ".join(s.text_frame.text for s in shapes if s.has_text_frame)
    assert "could not be drawn" not in said
    begun = time.monotonic()
    assert fetched(server, "/briefing.pptx")[2] == first
    assert time.monotonic() - begun < 8


@pytest.mark.parametrize("path", PDFS)
def test_who_has_the_file_is_not_sent_it_again(server: str, path: str) -> None:
    _, headers, body = fetched(server, f"{path}?{WEEK}")
    tag = headers["etag"]
    status, again, nothing = fetched(
        server, f"{path}?{WEEK}", headers={"If-None-Match": tag}
    )
    assert (status, nothing, again["etag"]) == (304, b"", tag)
    status, head, nothing = fetched(server, f"{path}?{WEEK}", method="HEAD")
    assert (status, nothing) == (200, b"")
    assert int(head["content-length"]) == len(body)
    assert fetched(server, f"{path}?{WEEK}&units=mi")[1]["etag"] != tag


def test_the_slides_come_in_the_order_asked_for(server: str) -> None:
    query = f"{WEEK}&slides=claims&slides=headline&title=Ours&text=Note%0ASaid"
    _, _, body = fetched(server, f"/briefing.pdf?{query}")
    outline = pypdf.PdfReader(io.BytesIO(body)).outline
    assert [entry.title for entry in outline][:2] == ["Ours", "Note"]
    assert len(outline) == 3


@pytest.mark.parametrize("path", (*PDFS, "/briefing.pptx"))
@pytest.mark.parametrize(
    ("query", "parameter", "value", "expected"),
    [
        ("as_of=2030-01-01", "as_of", "2030-01-01", "from 2022-02-21 to 2026-10-09"),
        (f"as_of={SEED}&since={SEED}", "since", SEED, "to 2025-05-15"),
        ("since=yesterday", "since", "yesterday", "YYYY-MM-DD"),
        ("theme=sepia", "theme", "sepia", "light"),
        ("units=versts", "units", "versts", "mi"),
        ("slides=weather", "slides", "weather", "headline"),
        ("slides=map&slides=map", "slides", ["map", "map"], "each slide once"),
        ("title=" + "t" * 121, "title", "t" * 79 + "…", "120 characters"),
        ("text=%00", "text", "\x00", "no control characters"),
        ("lang=ru", "lang", "ru", "en"),
        ("page=3", "page", "3", "slides"),
        ("as_of=2025-05-16&as_of=2025-05-17", "as_of", ["2025-05-16", "2025-05-17"],
         "once"),
        ("as_of=2022-02-21&slides=map", "slides", ["map"], "known by 2022-02-21"),
    ],
)  # fmt: skip
def test_a_refusal_names_parameter_value_and_what_is_allowed(
    server: str, path: str, query: str, parameter: str, value, expected: str
) -> None:
    status, headers, body = fetch(f"{server}{path}?{query}")
    told = json.loads(body)
    assert status == 400
    assert headers["content-type"] == "application/problem+json"
    assert (told["parameter"], told["value"]) == (parameter, value)
    assert expected in told.get("expected", "") or expected in told["allowed"]


anything = st.text(max_size=60) | st.sampled_from(
    ("2025-05-16", "2022-02-21", "km", "dark", "map", "\x00", "\n" * 20, "𝔸", "#let")
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.sampled_from((*routes.PARAMETERS, "slides", "slides", "x")), anything),
        max_size=5,
    )
)  # fmt: skip
def test_no_query_breaks_a_route(whole: Dataset, pairs) -> None:
    query = urllib.parse.urlencode(pairs, errors="surrogatepass")

    @routes.answered
    def parsed(asked: Request) -> Response:
        deck = routes.parse_deck(asked)
        assert compose(whole, deck)
        return Response()

    assert parsed(request("/briefing.pdf", query)).status_code in (200, 400)


def aside(answering: Coroutine[object, object, Response]) -> Response:
    """In a thread of its own: the browser tests' loop may run in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, answering).result(60)


def test_a_full_queue_answers_503_and_when_to_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object) -> None:
        raise files.Busy

    monkeypatch.setattr(files, "submit", full)
    for route in (routes.powerpoint, routes.document, routes.brief):
        answer = aside(route(request("/briefing.pdf", WEEK)))
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "5"
        assert answer.media_type == "application/problem+json"


def test_a_file_without_one_of_its_charts_is_nobody_s_to_keep(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    job = files.Job(1)
    job.complete = False
    job.finish(b"%PDF")
    monkeypatch.setattr(files, "submit", lambda *_: job)
    answer = aside(routes.document(request("/briefing.pdf", WEEK)))
    assert (answer.status_code, answer.body) == (200, b"%PDF")
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


def test_a_writer_that_breaks_is_a_problem_not_a_page_of_traces(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    job = files.Job(1)
    failed: Future[bytes] = job.future
    failed.set_exception(RuntimeError("broken"))
    monkeypatch.setattr(files, "submit", lambda *_: job)
    answer = aside(routes.document(request("/briefing.pdf", WEEK)))
    assert answer.status_code == 500
    assert json.loads(answer.body)["title"] == "The file could not be made"


def test_who_has_it_is_told_so_without_its_being_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(files, "submit", lambda *_: pytest.fail("made for nothing"))
    deck = Deck(SEED, "2025-05-09")
    link = f"https://parley.example/briefing?{deck.query('')}"
    tag = files.digest(deck, "pdf", link)
    asked = request("/briefing.pdf", WEEK, **{"if-none-match": f'W/"{tag}"'})
    assert aside(routes.document(asked)).status_code == 304


def test_ten_readers_of_one_deck_share_its_making(server: str) -> None:
    with ThreadPoolExecutor(10) as readers:
        query = "/brief.pdf?as_of=2024-08-15"
        found = list(readers.map(lambda _: fetched(server, query), range(10)))
    assert {status for status, _, _ in found} == {200}
    assert len({body for _, _, body in found}) == 1


def test_without_a_browser_the_files_come_with_sentences_for_charts(
    tmp_path: Path,
) -> None:
    bare = {
        "PATH": str(tmp_path),
        "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path),
        "PARLEY_CACHE": str(tmp_path / "cache"),
    }
    with serving(**bare) as (address, _):
        for path, pages in (("/briefing.pdf", len(SLIDES)), ("/brief.pdf", 1)):
            status, headers, body = fetched(address, f"{path}?{WEEK}")
            assert status == 200
            assert headers["cache-control"] == "no-store"
            document = pypdf.PdfReader(io.BytesIO(body))
            assert len(document.pages) == pages
            text = " ".join(p.extract_text() for p in document.pages)
            said = " ".join(text.split())
            assert "this server has no browser to draw with" in said
            assert "Claims to be careful with" in said
