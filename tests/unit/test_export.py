"""Pictures: words that fit, a queue that says no, a browser that is replaced."""

from __future__ import annotations

import asyncio
import threading
import time
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.charts.chart import Words, catalogue, widest
from components.export import browser as browser_module
from components.export import svg as svg_parts
from components.export.browser import Browser, DrawingFailed
from components.export.cache import Cache
from components.export.fonts import FOLDER, length, wrapped
from components.export.pdf import pdf
from components.export.pictures import Asked, Busy, Pictures, Size, digest, fit
from components.export.sheet import lay_out
from components.theme.palette import SURFACE
from components.view import View
from components.widgets.export_menu import _pictures
from data.dataset import Dataset
from data.positions import authors
from server import atom

VIEW = View(as_of="2025-05-16")
SOCIAL = Size(1200, 675)
LINE = '{"data": [{"y": [1, 2]}]}'
LONG = Words(
    title="In the twelve months to 16 May 2025 Russian forces took a net 3,729 km², "
    "0.6% of Ukraine, on the map of one source among three that differ",
    subtitle="Square kilometres, occupied area at the end of the month less that at "
    "its start; as of 16 May 2025; axis starts at zero",
    source="Source: DeepState, own measurement. Front line and areas: own calculation "
    "from DeepStateMap; Feb–May 2022: NZZ/Liveuamap.",
    note="Maps differ by up to twofold, once in sign: the map is always named. "
    "August 2026 is part of a month.",
)


@given(st.text(alphabet="abc 1234567 km²—é", max_size=200), st.integers(40, 900))
def test_no_line_is_wider_than_its_column(text: str, width: int) -> None:
    lines = wrapped(text, "sans", 16, width)
    assert all(length(line, "sans", 16) <= width or len(line) == 1 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_number_stays_with_its_unit_and_a_day_with_its_month() -> None:
    for width in range(60, 400, 10):
        lines = wrapped("a net 3,729 km² to 16 May 2025", "serif-semibold", 20, width)
        assert not any(line.endswith(("3,729", " 16")) for line in lines)


@settings(max_examples=150, deadline=None)
@given(
    st.integers(320, 4000),
    st.integers(320, 4000),
    st.sampled_from(["stacked", "beside"]),
    st.sampled_from(["light", "dark", "print"]),
)
def test_the_words_never_overlap_at_any_size(
    width: int, height: int, layout: str, theme: str
) -> None:
    sheet = lay_out(
        LONG,
        Size(width, height),
        theme,
        imprint="As of 16 May 2025. Parley dataset 1.0.0+2236cb6f.",
        link="parley.example/charts/front-line-map?as_of=2025-05-16&compare=2024-05-16",
        layout=layout,
    )
    said = [b for b in sheet.blocks if b.name != "wordmark"]
    edges = sorted((b.y - 0.75 * b.size, b.bottom) for b in said)
    if (sheet.plot[3] or 0) > 1:
        assert all(a[1] <= b[0] + 1 for a, b in pairwise(edges))
        assert edges[0][0] >= 0 and edges[-1][1] <= height
    assert all(b.size >= 12 for b in said)
    for block in said:
        for line in block.lines:
            assert block.x + length(line, block.face, block.size) <= width


def test_print_is_light_on_white_paper() -> None:
    assert SURFACE["print"]["paper"] == "#FFFFFF"
    differing = {
        k for k in SURFACE["light"] if SURFACE["light"][k] != SURFACE["print"][k]
    }
    assert differing == {"paper"}


def test_the_licences_of_the_fonts_are_shipped() -> None:
    for path in FOLDER.glob("LICENSE*.md"):
        assert "SIL OPEN FONT LICENSE Version 1.1" in path.read_text()
    assert len(list(FOLDER.glob("LICENSE*.md"))) == 2


@pytest.mark.parametrize("name", list(catalogue()))
def test_a_chart_fits_its_page(whole: Dataset, name: str) -> None:
    for size in (SOCIAL, Size(1080, 1080), Size(640, None), Size(1920, 1080)):
        fitted = fit(Asked(name, VIEW, "svg", size), whole)
        x, y, scale = fitted.place
        assert x >= 0 and x + fitted.width * scale <= fitted.sheet.size.width + 1
        foot = min(b.y for b in fitted.sheet.blocks if b.name == "source")
        beside = x > 0.25 * size.width
        end = fitted.sheet.size.height if beside else foot
        assert y + fitted.height * scale <= end + 1


def test_the_digest_changes_with_all_that_the_picture_shows() -> None:
    base = Asked("front-line-map", VIEW, "png", SOCIAL)
    others = [
        Asked("front-line-length", VIEW, "png", SOCIAL),
        Asked("front-line-map", View(as_of="2025-05-17"), "png", SOCIAL),
        Asked("front-line-map", VIEW.having(compare="none"), "png", SOCIAL),
        Asked("front-line-map", VIEW, "svg", SOCIAL),
        Asked("front-line-map", VIEW, "png", Size(1080, 1080)),
        Asked("front-line-map", VIEW, "png", SOCIAL, 2),
        Asked("front-line-map", VIEW, "png", SOCIAL, 1, "parley.example"),
    ]
    assert len({digest(a) for a in (base, *others)}) == len(others) + 1
    assert digest(base) == digest(Asked("front-line-map", VIEW, "png", SOCIAL))


class Slow(Browser):
    """A browser that draws only when told to."""

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()
        self.drawn = 0

    def svg(self, figure: str, width: int, height: int) -> str:
        self.go.wait(20)
        self.drawn += 1
        return '<svg xmlns="http://www.w3.org/2000/svg"/>'


def test_a_full_queue_refuses_at_once_and_equal_requests_share(tmp_path: Path) -> None:
    slow = Slow()
    pictures = Pictures(slow, Cache(tmp_path, 2**20), waiting=3)
    wanted = [
        Asked("organization-people", View(as_of=f"2025-05-{day:02d}"), "svg", SOCIAL)
        for day in range(1, 7)
    ]
    running = [pictures.submit(asked) for asked in wanted[:5]]
    assert pictures.submit(wanted[0]) is running[0]
    with pytest.raises(Busy):
        pictures.submit(wanted[5])
    slow.go.set()
    for future in running:
        assert b"<svg" in future.result(20)
    assert b"<svg" in pictures.submit(wanted[5]).result(20)
    drawn = slow.drawn
    assert pictures.submit(wanted[5]).result(20) == pictures.cache.get(
        digest(wanted[5])
    )
    assert slow.drawn == drawn


def test_the_cache_keeps_its_limit_and_what_was_read_last(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 3000)
    for n in range(6):
        cache.put(f"{n:02d}" * 20, b"x" * 1000)
        cache.get("00" * 20)
    cache.trim()
    assert cache.get("00" * 20) == b"x" * 1000
    assert sum(p.stat().st_size for p in tmp_path.glob("??/*")) <= 3000


def test_a_disk_that_cannot_be_written_costs_only_the_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file", 1000)
    cache.put("ab" * 20, b"x")
    assert cache.get("ab" * 20) is None


def test_a_hanging_drawing_ends_in_time_and_the_next_is_drawn(
    chromium, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser_module, "_DRAWING_S", 2.0)
    own = Browser()
    try:
        with pytest.raises(DrawingFailed):
            own._draw("() => { for (;;) {} }", [])
        svg = own.svg(LINE, 300, 200)
        assert svg.startswith("<svg")
        assert own.replaced == 2
        assert own.state == "ready"
    finally:
        own.stop()


def test_a_drawing_given_up_leaves_its_page_to_the_next(chromium) -> None:
    """Given up while it draws; as often as there are pages and once more."""
    own = Browser()
    try:
        own.svg(LINE, 300, 200)
        for _ in range(3):
            waiting = asyncio.run_coroutine_threadsafe(
                own._drawn("() => new Promise(() => {})", []), own._loop
            )
            time.sleep(0.3)
            waiting.cancel()
        assert own.svg(LINE, 300, 200).startswith("<svg")
    finally:
        own.stop()


def test_the_browser_lets_the_first_page_go_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[Browser] = []
    monkeypatch.setattr(browser_module, "in_sight", lambda: True)
    monkeypatch.setattr(Browser, "start", lambda own: started.append(own))
    own = Browser()
    own.start_later()
    assert (own.state, own.remedy, started) == ("asleep", None, [])
    own.stop()


def test_without_a_browser_in_sight_it_is_known_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[Browser] = []
    monkeypatch.setattr(browser_module, "in_sight", lambda: False)
    monkeypatch.setattr(Browser, "start", lambda own: started.append(own))
    own = Browser()
    own.start_later()
    assert started == [own]


def test_a_browser_of_playwrights_own_is_seen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(browser_module, "find_chromium", lambda: None)
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    assert not browser_module.in_sight()
    (tmp_path / "chromium-1200").mkdir()
    assert browser_module.in_sight()


@pytest.mark.parametrize("state", ["ready", "missing", "failed"])
def test_the_menu_names_the_remedy_where_no_browser_draws(
    monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    monkeypatch.setattr(browser_module.browser, "state", state)
    said = _pictures("front-line-map", VIEW, "dark")
    assert ("sh scripts/chromium.sh" in said) == (state != "ready")
    embed = "/charts/front-line-map.html?as_of=2025-05-16&amp;theme=dark"
    assert (embed in said) == (state != "ready")


def test_a_pdf_is_the_same_bytes_every_time() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50">'
        "<text x='5' y='20' font-family='Source Sans 3'>Днипро “Dnipro”</text></svg>"
    )
    first = pdf(svg, 100, 50, title='A "title" \\ #here', alt="$x$")
    assert first == pdf(svg, 100, 50, title='A "title" \\ #here', alt="$x$")
    assert first.startswith(b"%PDF")


def test_a_feed_written_before_leaves_the_pictures_their_names() -> None:
    """Prefixes of ElementTree are the process's: a feed that took '' for its own
    made every later picture an <ns0:svg> that no program draws."""
    feed = atom.feed(tag="x", title="x", subtitle="x", updated="2025-05-16", rights="x")
    assert b'<feed xmlns="http://www.w3.org/2005/Atom"' in atom.written(feed)
    assert "<svg " in svg_parts.written(svg_parts.element("svg", width=1))


NARROWING = [
    (name, option)
    for name, chart in catalogue().items()
    for option, about in chart.OPTIONS.items()
    if about.narrows
]


@pytest.mark.parametrize(("name", "option"), NARROWING)
@pytest.mark.parametrize("as_of", ["2025-05-16", "2026-10-09"])
def test_the_full_data_hold_every_row_that_a_filter_leaves(
    whole: Dataset, name: str, option: str, as_of: str
) -> None:
    cut, chart = whole.as_of(as_of), catalogue()[name]
    view = View(as_of=as_of)
    full = chart.frame(cut, widest(name, view))
    # A pair's count is of the period asked for: the pair itself must be there.
    pair = ["name", "other"]
    columns = pair if name == "meeting-network" else list(chart.COLUMNS)
    held = _rows(full[columns])
    for value in chart.OPTIONS[option].values or _examples(cut, option):
        displayed = chart.frame(cut, view.having(**{option: value}))
        assert list(displayed.columns) == list(full.columns)
        assert len(displayed) <= len(full)
        assert _rows(displayed[columns]) <= held, value


def _rows(frame: pd.DataFrame) -> set[str]:
    return set(map(str, frame.itertuples(index=False, name=None)))


def _examples(cut: Dataset, option: str) -> list[object]:
    """Values of an option whose values are ids, days or words."""
    free = {"from": "2025-01-01", "to": "2025-03-01", "text": "Istanbul"}
    if option in free:
        return [free[option]]
    if option == "author":
        return [(author,) for author in authors(cut)]
    if option in ("actor", "place"):
        table = "event_participants" if option == "actor" else "events"
        known = cut[table][f"{option}_id"].dropna().unique()
        return [(str(found),) for found in known[:5]]
    column = "event_type" if option == "type" else option
    return [(label,) for label in cut.labels("events", column)]


@pytest.mark.parametrize(
    ("name", "subject", "filters"),
    [
        ("occupied-area", {}, {"period": "two-years"}),
        ("actor-timeline", {"actor": "rustem-umerov"}, {}),
        ("in-rooms-with", {"actor": "rustem-umerov"}, {}),
        ("claim-against-record", {"claim": "report-front-line-638-miles"}, {}),
        ("exchanges-per-month", {"what": "bodies"}, {"direction": "to-ukraine"}),
        ("front-line-length", {"measure": "land"}, {"period": "all"}),
        ("monthly-change", {"source": "isw"}, {"period": "two-years"}),
        ("counts-over-time", {"population": "children"}, {}),
        ("issue-history", {"issue": "nato-membership"}, {}),
        ("deals-promised-delivered", {"deal": "istanbul-2025-05-16"}, {}),
        ("timeline", {"curve": "prisoners"}, {"track": ("direct",), "text": "Umerov"}),
        ("proposal-matrix", {"text": "istanbul-communique"}, {"author": ("russia",)}),
        ("front-line-map", {"day": "2024-05-16", "compare": "none"}, {}),
    ],
)
def test_the_full_data_are_of_the_same_subject(
    name: str, subject: dict, filters: dict
) -> None:
    full = dict(widest(name, VIEW.having(**subject, **filters)).options)
    assert subject.items() <= full.items()
    left = {n: v for n, v in full.items() if n not in subject}
    assert left in ({}, {"period": "all"})


def test_a_picture_is_told_in_the_words_of_how_it_is_drawn(whole: Dataset) -> None:
    """Years of events are bars on a small sheet; two months are marks."""
    for day, first, told in (
        ("2026-10-09", None, "Height: square root of the number"),
        ("2025-05-16", "2025-03-16", "Position: day; shape: outcome"),
    ):
        view = View(as_of=day).having(**{"from": first})
        assert told in fit(Asked("timeline", view, "svg", SOCIAL), whole).words.subtitle
