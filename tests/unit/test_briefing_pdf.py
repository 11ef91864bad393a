"""The deck and the brief as PDF: pages, words, tags, and what happens to bad charts.

Drawings are stood in for: what Chromium draws is looked at in tests/contract.
"""

from __future__ import annotations

import io
from concurrent.futures import Future
from dataclasses import replace

import pypdf
import pytest

from components.briefing import drawing, one_page
from components.briefing.compose import compose
from components.briefing.deck import LONGEST_TEXT, SLIDES, Deck, deck_of, since_default
from components.briefing.document import pdf
from components.briefing.drawing import failures
from components.charts.chart import catalogue
from components.export.browser import DrawingFailed, NoBrowser
from components.export.pictures import Asked, Busy
from data.dataset import Dataset
from data.words import day
from tests.conftest import SEED
from tests.unit.test_no_leaks import later_dates

DECK = Deck(SEED, "2025-05-09")
LINK = "https://parley.example/briefing?as_of=2025-05-16&since=2025-05-09"
DAYS = (
    "2022-02-21", "2022-02-24", "2022-03-10", "2022-03-29", "2022-07-22", "2022-12-01",
    "2023-06-01", "2024-02-24", "2024-08-15", "2025-01-20", "2025-03-11", "2025-05-16",
    "2025-08-16", "2025-11-30", "2026-02-18", "2026-10-09",
)  # fmt: skip
FONTS = {
    "SourceSans3-Regular", "SourceSans3-Semibold", "SourceSans3-Bold",
    "SourceSerif4-Semibold",
}  # fmt: skip


def stand_in(asked: Asked) -> Future[bytes]:
    drawn: Future[bytes] = Future()
    drawn.set_result(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{asked.size.width}" '
        f'height="{asked.size.height}"><text x="20" y="60" font-size="24" '
        f"style=\"font-family: 'Source Sans 3'\">{asked.name}</text></svg>".encode()
    )
    return drawn


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(drawing, "kept", lambda _: None)
    monkeypatch.setattr(drawing, "submit", stand_in)
    return monkeypatch


def read(body: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(body))


def words(page: pypdf.PageObject) -> str:
    return " ".join(page.extract_text().replace("\xa0", " ").split())


def squeezed(text: str) -> str:
    """Without spaces: an address is broken where a line ends."""
    return text.replace(" ", "")


def made(deck: Deck, whole: Dataset) -> pypdf.PdfReader:
    return read(pdf(deck, whole, LINK, lambda _: None))


@pytest.fixture(scope="module")
def deck_at_seed(whole: Dataset) -> bytes:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(drawing, "kept", lambda _: None)
        patched.setattr(drawing, "submit", stand_in)
        return pdf(DECK, whole, LINK, lambda _: None)


def test_a_page_a_slide_each_with_its_title(whole: Dataset, deck_at_seed: bytes):
    slides, document = compose(whole, DECK), read(deck_at_seed)
    assert len(document.pages) == len(slides) == len(SLIDES)
    for number, (slide, page) in enumerate(zip(slides, document.pages, strict=True), 1):
        said = words(page)
        assert slide.title.replace("\xa0", " ") in said
        assert f"{slide.section} · {number} of {len(slides)}" in said
        assert f"As of {day(SEED)}" in said
        assert [float(x) for x in page.mediabox] == [0, 0, 1440, 810]


def test_its_outline_is_the_slides(whole: Dataset, deck_at_seed: bytes) -> None:
    outline = read(deck_at_seed).outline
    assert [entry.title for entry in outline] == [
        slide.title for slide in compose(whole, DECK)
    ]


def test_it_is_tagged_with_a_sentence_for_every_chart(
    whole: Dataset, deck_at_seed: bytes
) -> None:
    document = read(deck_at_seed)
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("en")
    kinds: dict[str, list[str]] = {}

    def walk(node) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for kid in node:
                walk(kid)
        elif isinstance(node, dict):
            if "/S" in node:
                kinds.setdefault(node["/S"], []).append(node.get("/Alt", ""))
            if "/K" in node:
                walk(node["/K"])

    walk(root["/StructTreeRoot"])
    charts = [s.chart.summary for s in compose(whole, DECK) if s.chart is not None]
    assert kinds["/Figure"] == charts and all(charts)
    assert len(kinds["/H1"]) == len(SLIDES)
    assert {"/L", "/LI", "/Table", "/TH", "/Link"} <= set(kinds)


@pytest.mark.parametrize("kind", ["deck", "brief"])
def test_only_the_shipped_fonts_all_inside_and_no_pixels(
    whole: Dataset, deck_at_seed: bytes, kind: str
) -> None:
    body = deck_at_seed
    if kind == "brief":
        body = one_page.brief(DECK, whole, LINK, lambda _: None)
    found = set()
    for page in read(body).pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile2" in descendant["/FontDescriptor"].get_object()
            found.add(font.get_object()["/BaseFont"].partition("+")[2])
        for form in page["/Resources"].get("/XObject", {}).values():
            assert form.get_object()["/Subtype"] != "/Image"
    assert found and found <= FONTS


def test_each_source_line_leads_back_to_its_slide(deck_at_seed: bytes) -> None:
    for number, page in enumerate(read(deck_at_seed).pages, 1):
        links = {
            note.get_object()["/A"]["/URI"] for note in page.get("/Annots", [])
        }  # fmt: skip
        assert links <= {f"{LINK}&slide={number}"}
        assert links or number == len(SLIDES)


def test_who_made_it_and_for_which_day(whole: Dataset, deck_at_seed: bytes) -> None:
    about = read(deck_at_seed).metadata
    assert about.author == "Parley"
    assert about.title == f"{compose(whole, DECK)[0].title} (as of 16 May 2025)"
    assert about.creation_date.date().isoformat() == SEED


@pytest.mark.parametrize("write", [pdf, one_page.brief], ids=["deck", "brief"])
def test_equal_requests_are_equal_bytes(whole: Dataset, write) -> None:
    deck = replace(DECK, slides=("headline", "map", "claims"))
    again = [write(deck, whole, LINK, lambda _: None) for _ in range(2)]
    assert again[0] == again[1]


def test_each_slide_is_announced_before_it_is_drawn(whole: Dataset) -> None:
    said: list[str] = []
    pdf(replace(DECK, slides=("headline", "map")), whole, LINK, said.append)
    assert said == [
        "Slide 1 of 2: The state", "Slide 2 of 2: The map", "Setting the pages",
    ]  # fmt: skip


MARKUP = r"#let x = $1^2$ *bold* _it_ `raw` @ref <tag> \n // no /* \u{41} [a] = h"


@pytest.mark.parametrize("write", [pdf, one_page.brief], ids=["deck", "brief"])
def test_no_sign_of_an_own_text_is_read_as_markup(whole: Dataset, write) -> None:
    deck = replace(DECK, title=MARKUP, text=f"Ours: {MARKUP}\n{MARKUP}")
    document = read(write(deck, whole, LINK, lambda _: None))
    assert MARKUP in words(document.pages[0])
    own = document.pages[1 if write is pdf else 0]
    assert words(own).count(MARKUP) >= 2
    assert f"Ours: {MARKUP}" in words(own)


def test_a_sign_that_no_font_has_costs_the_sign_alone(whole: Dataset) -> None:
    deck = replace(
        DECK, slides=("headline", "claims"), title="Peace 和平 \U0001f54a now"
    )
    document = made(deck, whole)
    assert len(document.pages) == 2
    assert "Peace" in words(document.pages[0]) and "now" in words(document.pages[0])


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (NoBrowser("none"), "this server has no browser to draw with"),
        (DrawingFailed("twice"), "the browser gave it up twice"),
        (Busy(), "too many pictures were waiting"),
        (ZeroDivisionError(), "it met an error of its own"),
    ],
)
@pytest.mark.parametrize("at_once", [True, False], ids=["at once", "later"])
def test_a_chart_that_fails_says_so_and_the_others_stand(
    whole: Dataset, drawn: pytest.MonkeyPatch, error, why, at_once
) -> None:
    def submit(asked: Asked) -> Future[bytes]:
        if asked.name != "front-line-map":
            return stand_in(asked)
        if at_once:
            raise error
        failed: Future[bytes] = Future()
        failed.set_exception(error)
        return failed

    drawn.setattr(drawing, "submit", submit)
    with failures() as failed:
        document = made(DECK, whole)
        brief = read(one_page.brief(DECK, whole, LINK, lambda _: None))
    assert failed == ["front-line-map"] * 2
    assert len(document.pages) == len(SLIDES)
    sentence = (
        f"This chart could not be drawn: {why}. Its numbers: /charts/front-line-map.csv"
    )
    page = document.pages[SLIDES.index("map")]
    assert squeezed(sentence) in squeezed(words(page))
    assert "https://parley.example/charts/front-line-map.csv?as_of=2025-05-16" in {
        note.get_object()["/A"]["/URI"].split("&")[0] for note in page["/Annots"]
    }
    assert len(brief.pages) == 1
    assert squeezed(sentence) in squeezed(words(brief.pages[0]))
    others = [p for n, p in enumerate(document.pages) if n != SLIDES.index("map")]
    assert not any("could not be drawn" in words(p) for p in others)
    assert any("monthly-change" in words(p) for p in others)


def test_a_slide_that_cannot_be_composed_says_so_and_the_others_stand(
    whole: Dataset, drawn: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    drawn.setattr(catalogue()["monthly-change"], "frame", broken)
    deck = replace(DECK, since="2025-05-08")  # nobody else's: slides are kept
    document = made(deck, whole)
    titles = [entry.title for entry in document.outline]
    assert len(titles) == len(SLIDES)
    assert titles.count("This slide could not be composed") == 1
    brief = read(one_page.brief(deck, whole, LINK, lambda _: None))
    assert len(brief.pages) == 1


@pytest.mark.parametrize("as_of", DAYS)
def test_the_brief_is_one_page_on_any_day(whole: Dataset, as_of: str) -> None:
    deck = Deck(as_of, since_default(as_of))
    slides = {slide.name: slide for slide in compose(whole, deck)}
    document = read(one_page.brief(deck, whole, LINK, lambda _: None))
    assert len(document.pages) == 1
    page = document.pages[0]
    assert [round(float(x)) for x in page.mediabox] == [0, 0, 595, 842]
    said = words(page)
    shown = [slides["headline"].title, slides["changes"].title]
    shown += [slides[n].title for n in ("talks", "map", "claims") if n in slides]
    shown += [f.label for f in slides["headline"].figures]
    shown.append(f"As of {day(as_of)}. Parley dataset {whole.version}.")
    for text in shown:
        assert text.replace("\xa0", " ") in said


@pytest.mark.parametrize(
    "text",
    ["w" * LONGEST_TEXT, ("word " * 33).strip() + ("\n" + "word " * 33) * 11],
    ids=["one word", "twelve paragraphs"],
)
def test_the_brief_is_one_page_with_the_longest_own_text(whole: Dataset, text) -> None:
    first, last = whole.first_day, whole.closing.latest
    for as_of in (SEED, last):
        deck = deck_of(first, last, as_of=as_of, since="2022-03-01", text=text,
                       title="Title " * 20)  # fmt: skip
        document = read(one_page.brief(deck, whole, LINK, lambda _: None))
        assert len(document.pages) == 1
        said = words(document.pages[0])
        assert "Title Title" in said and "Claims to be careful with" in said
        assert f"Parley dataset {whole.version}" in said


def test_the_brief_shows_the_slides_that_were_asked_for(whole: Dataset) -> None:
    deck = replace(DECK, slides=("talks", "claims"))
    said = words(read(one_page.brief(deck, whole, LINK, lambda _: None)).pages[0])
    assert "Claims to be careful with" in said and "Announced next" in said
    assert "What changed since" not in said and "front-line-map" not in said


def test_nothing_of_a_later_day_is_in_the_deck_or_the_brief(whole: Dataset) -> None:
    pages = [*read(pdf(DECK, whole, LINK, lambda _: None)).pages]
    pages += read(one_page.brief(DECK, whole, LINK, lambda _: None)).pages
    said = " ".join(words(page) for page in pages)
    assert later_dates(said, SEED) == []
    known = set(whole.as_of(SEED)["events"]["event_id"])
    events = whole["events"]
    titles = events.loc[~events["event_id"].isin(known), "title"]
    told_before = " ".join(whole.as_of(SEED)["events"]["title"])
    assert len(titles) > 200
    assert [t for t in titles if t in said and t not in told_before] == []
