"""The deck's files: one made at a time, a queue that says no, only whole ones kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.briefing import files
from components.briefing.compose import compose
from components.briefing.deck import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    SLIDES,
    Deck,
    NotAllowed,
    deck_of,
    since_default,
)
from components.briefing.drawing import not_drawn
from components.briefing.files import Busy, Queue, digest
from components.briefing.layout import Picture
from components.briefing.slide import ChartPart
from components.export.browser import NoBrowser
from components.export.cache import Cache

DECK = Deck("2025-05-16", "2025-05-09", slides=("headline", "changes"))
LINK = "https://parley.example/briefing?as_of=2025-05-16"
FIRST, LATEST = "2022-02-21", "2026-10-09"


def queue(tmp_path: Path, writer: Callable, waiting: int = 2) -> Queue:
    return Queue(Cache(tmp_path, 2**20), waiting, writer)


def test_a_job_tells_how_far_it_is_and_what_it_does(tmp_path: Path) -> None:
    seen = []

    def writer(deck, whole, link, step):
        for said in ("Slide 1 of 2: The state", "Slide 2 of 2: What changed"):
            step(said)
            seen.append((round(job.share, 2), job.said))
        return b"file"

    begin = threading.Event()

    def waiting(*asked):
        begin.wait(10)
        return writer(*asked)

    job = queue(tmp_path, waiting).submit(DECK, "pdf", LINK)
    assert (job.share, job.done) == (0.0, False)
    assert job.said == "Waiting for another file"
    begin.set()
    assert job.result(10) == b"file"
    assert seen == [
        (0.33, "Slide 1 of 2: The state"),
        (0.67, "Slide 2 of 2: What changed"),
    ]
    assert (job.share, job.said, job.done) == (1.0, "Ready", True)


def test_equal_requests_share_a_job_and_a_made_file_is_kept(tmp_path: Path) -> None:
    made, begin = [], threading.Event()

    def writer(*_):
        begin.wait(10)
        made.append(1)
        return b"file"

    q = queue(tmp_path, writer)
    first = q.submit(DECK, "pdf", LINK)
    assert q.submit(replace(DECK), "pdf", LINK) is first
    begin.set()
    first.result(10)
    again = q.submit(DECK, "pdf", LINK)
    assert again.done and again.result() == b"file" and again.share == 1.0
    assert q.submit(DECK, "pptx", LINK).result(10) == b"file"
    assert len(made) == 2


def test_beyond_the_queue_it_says_no_at_once(tmp_path: Path) -> None:
    begin = threading.Event()
    q = queue(tmp_path, lambda *_: begin.wait(10) and b"file")
    decks = [replace(DECK, title=str(n)) for n in range(4)]
    jobs = [q.submit(deck, "pdf", LINK) for deck in decks[:3]]
    with pytest.raises(Busy):
        q.submit(decks[3], "pdf", LINK)
    assert q.submit(decks[0], "pdf", LINK) is jobs[0]
    begin.set()
    assert [job.result(10) for job in jobs] == [b"file"] * 3
    assert q.submit(decks[3], "pdf", LINK).result(10) == b"file"


def test_a_file_with_a_failed_chart_is_handed_over_and_not_kept(tmp_path: Path) -> None:
    chart = Picture(0, 0, 800, 600, ChartPart("monthly-change", DECK.view))

    def writer(deck, whole, link, step):
        return not_drawn(chart, NoBrowser("none")).encode()

    q = queue(tmp_path, writer)
    job = q.submit(DECK, "pdf", LINK)
    assert job.result(10).decode() == (
        "This chart could not be drawn: this server has no browser to draw with. "
        "Its numbers: /charts/monthly-change.csv?as_of=2025-05-16"
    )
    assert not job.complete
    assert q.cache.get(digest(DECK, "pdf", LINK)) is None


def test_a_file_with_a_failed_slide_is_not_kept_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_):
        raise OSError("for a moment")

    def writer(deck, whole, *_):
        return compose(whole, deck)[-1].title.encode()

    q = queue(tmp_path, writer)
    deck = Deck("2025-05-11", "2025-05-04", slides=("toll",))
    with monkeypatch.context() as patched:
        patched.setattr("components.briefing.slides.toll.key_figures", fault)
        job = q.submit(deck, "pdf", LINK)
        assert job.result(10) == b"This slide could not be composed"
    assert not job.complete
    again = q.submit(deck, "pdf", LINK)
    assert b"could not" not in again.result(10) and again.complete


def test_a_writer_that_fails_fails_its_job_alone(tmp_path: Path) -> None:
    def writer(deck, *_):
        if deck.title:
            raise RuntimeError("broken")
        return b"file"

    q = queue(tmp_path, writer)
    failing = q.submit(replace(DECK, title="x"), "pdf", LINK)
    with pytest.raises(RuntimeError, match="broken"):
        failing.result(10)
    other = q.submit(DECK, "pdf", LINK)
    assert other.result(10) == b"file"


def test_the_key_depends_on_all_that_the_file_shows() -> None:
    keys = {
        digest(DECK, "pdf", LINK),
        digest(DECK, "pptx", LINK),
        digest(DECK, "pdf", LINK + "&units=mi"),
        *(
            digest(replace(DECK, **change), "pdf", LINK)
            for change in (
                {"as_of": "2025-05-17"}, {"since": "2025-05-01"}, {"units": "mi"},
                {"theme": "light"}, {"slides": SLIDES}, {"title": "t"}, {"text": "t"},
            )
        ),
    }  # fmt: skip
    assert len(keys) == 10


def test_the_brief_is_the_same_page_in_every_look() -> None:
    looks = {digest(replace(DECK, theme=t), "brief", LINK) for t in ("dark", "print")}
    assert len(looks) == 1


def test_a_deck_without_wishes_is_the_latest_day_s() -> None:
    deck = deck_of(FIRST, LATEST)
    assert deck == Deck(LATEST, since_default(LATEST))
    assert deck.query(LATEST) == ""
    assert (deck.since, deck.theme, deck.slides) == ("2026-10-02", "dark", SLIDES)


@pytest.mark.parametrize(
    ("parameter", "asked", "expected"),
    [
        ("as_of", {"as_of": "2022-02-20"}, "from 2022-02-21 to 2026-10-09"),
        ("as_of", {"as_of": "16 May 2025"}, "YYYY-MM-DD"),
        ("since", {"as_of": "2025-05-16", "since": "2025-05-16"}, "to 2025-05-15"),
        ("since", {"since": "2021-01-01"}, "from 2022-02-21"),
        ("title", {"title": "t" * (LONGEST_TITLE + 1)}, "120 characters"),
        ("text", {"text": "t" * (LONGEST_TEXT + 1)}, "2,000 characters"),
        ("text", {"text": "t\n" * 13}, "12 paragraphs"),
        ("title", {"title": "a\x00b"}, "no control characters"),
        ("text", {"text": "\ud800"}, "no control characters"),
        ("slides", {"slides": ["map", "map"]}, "each slide once"),
    ],
)
def test_what_cannot_be_honoured_is_refused_by_name(parameter, asked, expected) -> None:
    with pytest.raises(NotAllowed) as refused:
        deck_of(FIRST, LATEST, **asked)
    assert refused.value.parameter == parameter
    assert expected in refused.value.expected


def test_an_unknown_slide_is_told_which_there_are() -> None:
    with pytest.raises(NotAllowed) as refused:
        deck_of(FIRST, LATEST, slides=["map", "weather"])
    assert (refused.value.value, refused.value.allowed) == ("weather", SLIDES)


def test_what_a_paste_brings_along_is_cleaned() -> None:
    deck = deck_of(
        FIRST, LATEST, title="  A\u00a0title\n of \u200bours ", text="One\r\n\r\n two\tthree \x85four"
    )  # fmt: skip
    assert deck.title == "A title of ours"
    assert deck.text == "One\ntwo three\nfour"


def test_on_the_dataset_s_first_day_the_default_period_holds() -> None:
    deck = deck_of(FIRST, LATEST, as_of=FIRST)
    assert deck.since == "2022-02-14"
    assert deck_of(FIRST, LATEST, as_of=FIRST, since="2022-02-14") == deck


@given(
    st.dictionaries(
        st.sampled_from(("as_of", "since", "units", "theme", "title", "text")),
        st.text(max_size=150),
    ),
    st.lists(st.sampled_from((*SLIDES, "weather", "")), max_size=5),
)
def test_whatever_is_asked_is_a_deck_or_a_refusal(asked, slides) -> None:
    try:
        deck = deck_of(FIRST, LATEST, slides=slides, **asked)
    except NotAllowed as refused:
        assert refused.parameter in (*asked, "slides")
    else:
        assert all(c.isprintable() for c in deck.title + deck.text.replace("\n", ""))
        again = deck_of(FIRST, LATEST, as_of=deck.as_of, since=deck.since,
                        title=deck.title, text=deck.text, slides=deck.slides,
                        units=deck.units, theme=deck.theme)  # fmt: skip
        assert again == deck


def test_every_kind_has_a_writer() -> None:
    assert set(files.KINDS) == set(files._WRITERS)
