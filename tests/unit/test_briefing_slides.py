"""The deck: what stands on its slides on any day, and that it fits them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from components.briefing import drawing
from components.briefing.compose import compose
from components.briefing.deck import SLIDES, Deck, since_default
from components.briefing.layout import HEIGHT, WIDTH, Grid, Picture, Rule, Text, lay_out
from components.briefing.slide import Block, Line, Slide
from data.words import day

DATES = (
    "2022-02-24", "2022-03-01", "2022-03-10", "2022-04-02", "2022-05-16",
    "2022-07-22", "2022-11-15", "2023-06-08", "2024-06-16", "2025-02-28",
    "2025-05-16", "2025-06-02", "2025-08-16", "2025-11-23", "2026-02-18",
    "2026-10-09",
)  # fmt: skip
SEED = Deck("2025-05-16", "2025-05-09")


def deck(as_of: str) -> Deck:
    return Deck(as_of, since_default(as_of))


def words_of(slide: Slide) -> list[str]:
    """Everything that a slide says, notes included."""
    said = [slide.title, slide.subtitle, slide.source, *slide.notes]
    said += [f"{f.value} {f.unit} {f.label}" for f in slide.figures]
    for block in slide.blocks:
        said += [block.heading, *(f"{line.lead} {line.text}" for line in block.lines)]
    if slide.table:
        said += [
            *slide.table.heads,
            *(cell for row in slide.table.rows for cell in row),
        ]
    if slide.chart:
        said.append(slide.chart.summary)
    return said


def test_the_seed_deck_is_whole_and_in_order(whole):
    assert tuple(s.name for s in compose(whole, SEED)) == SLIDES


def test_the_seed_deck_says_what_the_day_was(whole):
    slides = {s.name: s for s in compose(whole, SEED)}
    assert "first direct talks since 2022 in Istanbul" in slides["headline"].title
    figures = [f"{f.value} {f.unit}" for f in slides["headline"].figures]
    assert figures == [
        "1,104 km",
        "18.7 %",
        "≥ 12,910 ",
        "≈ 30,700 ",
        "4,757 ",
        "0 days",
    ]
    room = " ".join(words_of(slides["talks"]))
    for name in (
        "Rustem Umerov, Minister of Defence",
        "Vladimir Medinsky",
        "Hakan Fidan",
    ):
        assert name in room
    assert slides["map"].figures[0].value == "+50"
    promised = slides["exchanges"].blocks[0].lines
    assert promised[0].text == "1,000 people each way: none recorded under it"
    careful = " ".join(words_of(slides["claims"]))
    assert "more than 12,000 Ukrainian civilian casualties" in careful


def test_who_was_in_the_room_bears_the_office_of_that_day(whole):
    # Umerov left the ministry on 17 July; the last talks were those of 2 June.
    slides = {s.name: s for s in compose(whole, deck("2025-07-20"))}
    assert "2 June 2025" in slides["talks"].subtitle
    room = slides["talks"].blocks[0]
    assert room.lines[0].text == "Rustem Umerov, Minister of Defence"


@pytest.mark.parametrize("as_of", DATES)
def test_nothing_later_is_in_the_deck(whole, as_of):
    known = set(whole.as_of(as_of)["events"]["title"])
    later = {
        title
        for title in set(whole["events"]["title"]) - known
        if not any(title in earlier for earlier in known)
    }
    published = {
        (row["title"], row["url"]): row["published"]
        for row in whole.sources.values()
        if isinstance(row["published"], str)
    }
    for slide in compose(whole, deck(as_of)):
        said = "\n".join(words_of(slide))
        assert not [title for title in later if title in said], slide.name
        for source in slide.sources:
            # The newest day is the whole dataset, pages about its last events too.
            when = published.get((source.title, source.url), as_of)
            assert when <= as_of or as_of == whole.closing.latest


@pytest.mark.parametrize("as_of", DATES)
def test_every_slide_fits_its_page_in_type_that_is_read_at_five_metres(whole, as_of):
    slides = compose(whole, deck(as_of))
    assert 4 <= len(slides) <= 12
    for number, slide in enumerate(slides, 1):
        boxes = lay_out(slide, number, len(slides), day(as_of))
        assert [b.role for b in boxes if isinstance(b, Text)].count("title") == 1
        for box in boxes:
            right, bottom = _end(box)
            assert box.x >= 0 and right <= WIDTH + 0.5, (slide.name, box)
            assert box.y >= 0 and bottom <= HEIGHT, (slide.name, box)
            if isinstance(box, Text):
                assert all(p.size >= 24 for p in box.paragraphs), (slide.name, box)
            if isinstance(box, Grid):
                assert box.size >= 24
        _apart(slide.name, [b for b in boxes if not isinstance(b, Rule)])


def _end(box) -> tuple[float, float]:
    if isinstance(box, Grid):
        return box.x + sum(box.widths), box.y + sum(box.heights)
    return box.x + box.width, box.y + getattr(box, "height", 0)


def _apart(name: str, boxes: list) -> None:
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            (ar, ab), (br, bb) = _end(a), _end(b)
            across = min(ar, br) - max(a.x, b.x)
            down = min(ab, bb) - max(a.y, b.y)
            assert across <= 1 or down <= 1, (name, a, b)


@pytest.mark.parametrize("as_of", ("2022-03-10", "2025-05-16", "2026-10-09"))
def test_charts_fill_their_box_with_legible_type(whole, as_of):
    slides = compose(whole, deck(as_of))
    drawn = 0
    for number, slide in enumerate(slides, 1):
        for box in lay_out(slide, number, len(slides), day(as_of)):
            if isinstance(box, Picture):
                drawn += 1
                fitted = drawing.fitted(box, "dark", whole)
                assert fitted.scale * 13 >= 20, slide.name  # px; the smallest type
                assert fitted.width * fitted.scale <= box.width + 1
                assert fitted.height * fitted.scale <= box.height + 1
    assert drawn >= 4


@pytest.mark.parametrize("as_of", DATES)
def test_each_slide_names_its_source_and_speaks_to_the_presenter(whole, as_of):
    for slide in compose(whole, deck(as_of)):
        if slide.name != "sources":
            assert slide.source, slide.name
        if slide.name in ("headline", "talks", "claims", "positions", "losses"):
            assert slide.notes or slide.sources, slide.name


def test_losses_never_mix_the_killed_with_casualties(whole):
    slide = next(s for s in compose(whole, SEED) if s.name == "losses")
    headings = [block.heading for block in slide.blocks]
    assert headings == [
        "Russian military: killed and wounded",
        "Russian military: killed",
        "Russian military: dead confirmed by name",
        "Ukrainian military: killed and wounded",
        "Ukrainian military: killed",
        "Ukrainian military: dead confirmed by name",
    ]


def test_miles_are_miles_throughout(whole):
    slides = {s.name: s for s in compose(whole, replace(SEED, units="mi"))}
    figures = [f"{f.value} {f.unit}" for f in slides["headline"].figures]
    assert figures[0] == "686 miles"
    assert "sq mi" in slides["headline"].figures[1].label


def test_slides_are_left_out_and_put_in_another_order(whole):
    asked = replace(SEED, slides=("map", "headline"))
    assert [s.name for s in compose(whole, asked)] == ["map", "headline"]


def test_what_is_not_known_yet_leaves_no_empty_slide(whole):
    names = [s.name for s in compose(whole, deck("2022-02-24"))]
    assert "exchanges" not in names and "toll" not in names
    assert names[0] == "headline" and names[-1] == "sources"


def test_own_words_make_a_title_and_a_second_slide(whole):
    asked = replace(SEED, title="Morning briefing", text="What to watch\nOne\n\nTwo")
    slides = compose(whole, asked)
    assert slides[0].title == "Morning briefing"
    assert slides[1].title == "What to watch"
    assert slides[1].blocks == (Block("", (Line("One"), Line("Two"))),)
    assert len(slides) == len(SLIDES) + 1


@pytest.mark.parametrize("letters", ("word ", "W", "Ж", "<b>&\\*#$ "))
def test_any_own_text_fits(whole, letters):
    paragraph = (letters * 400)[:160]
    asked = replace(SEED, title=letters[:1] * 120, text="\n".join([paragraph] * 12))
    slides = compose(whole, asked)
    for number, slide in enumerate(slides[:2], 1):
        for box in lay_out(slide, number, len(slides), "16 May 2025"):
            right, bottom = _end(box)
            assert right <= WIDTH + 0.5 and bottom <= HEIGHT, box


def test_the_query_holds_what_differs_from_the_default():
    latest = "2026-10-09"
    assert Deck(latest, since_default(latest)).query(latest) == ""
    asked = replace(SEED, theme="light", slides=("map", "line"), since="2025-05-01")
    assert asked.query(latest) == (
        "as_of=2025-05-16&since=2025-05-01&theme=light&slides=map&slides=line"
    )
