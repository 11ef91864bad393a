"""The two charts of the claims' page, for every claim, day, width and theme."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from components.charts.assessment_marks import SHAPES
from components.charts.chart import draw
from components.view import View
from data.claims import METHOD, ledger
from data.dataset import Dataset
from data.words import day as in_words

RECORD, COUNTS = "claim-against-record", "claims-by-assessment"
DAYS = [f"{d:%Y-%m-%d}" for d in pd.date_range("2022-02-21", "2026-10-09", periods=40)]
_MONTH_YEAR = re.compile(
    r"\b(?:(\d{1,2}) )?(January|February|March|April|May|June|July|August|September"
    r"|October|November|December) (20\d\d)\b"
)


def later_dates(text: str, day: str) -> list[str]:
    """Dates and months in words that begin after the day."""
    return [
        found.group()
        for found in _MONTH_YEAR.finditer(text)
        if f"{pd.Timestamp(f'{found[1] or 1} {found[2]} {found[3]}'):%Y-%m-%d}" > day
    ]


def drawn(whole: Dataset, claim: str | None, day: str, **view):
    return draw(RECORD, whole, View(as_of=day, **view).having(claim=claim))


def texts(figure) -> str:
    words = [t for trace in figure.data if trace.text is not None for t in trace.text]
    words += [a.text for a in figure.layout.annotations]
    return " ".join(words)


def test_the_front_line_s_title_gives_the_spread_in_the_reader_s_unit(whole: Dataset):
    shown = drawn(whole, "seed-16-front-line", "2025-05-16")
    assert shown.words.title == (
        "The front line on 16 May 2025: from 881 to 1,204 km, by definition and map"
    )
    assert "axis starts at" in shown.words.subtitle
    assert "Claim: 620 miles (998 km)" in texts(shown.figure)
    assert "638 miles" in shown.summary
    miles = drawn(whole, "seed-16-front-line", "2025-05-16", units="mi")
    assert "548 to 748 miles" in miles.words.title
    assert "from own" not in shown.words.source and "DeepStateMap" in shown.words.source


def test_deepstate_is_filled_and_the_other_maps_hollow(whole: Dataset):
    figure = drawn(whole, "seed-16-front-line", "2025-05-16").figure
    marks = [t for t in figure.data if t.mode == "markers"]
    solid = [t for t in marks if t.marker.line.width == 0]
    assert sum(len(t.x) for t in solid) == 4
    assert sum(len(t.x) for t in marks) == 12


def test_killed_and_injured_are_two_lines_under_one_claimed_number(whole: Dataset):
    shown = drawn(whole, "seed-15-civilian-casualties", "2025-05-16")
    assert shown.words.title == (
        "Civilians killed: at least 12,910; civilians injured: about 30,700"
    )
    assert "never added" in shown.words.note
    lines = [t for t in shown.figure.data if t.mode == "lines+markers"]
    assert len(lines) == 2
    assert "more than 12,000" in texts(shown.figure)


def test_the_third_year_is_answered_by_the_calendar(whole: Dataset):
    shown = drawn(whole, "seed-13-third-year", "2025-05-16")
    assert shown.words.title.endswith("16 May 2025 fell in the fourth year of the war")


def test_on_the_seed_day_no_exchange_had_followed(whole: Dataset):
    shown = drawn(whole, "seed-01-thousand-prisoners", "2025-05-16")
    assert shown.words.title == "No exchange is recorded for it by 16 May 2025"
    later = drawn(whole, "seed-01-thousand-prisoners", "2025-05-25")
    assert "390 to Ukraine; 390 to Russia" in " ".join(later.frame["row"])


# Every claim on every day would take minutes; each fourth day still meets each claim.
@pytest.mark.parametrize("day", DAYS[::4])
def test_every_record_known_on_a_day_says_nothing_later(whole: Dataset, day: str):
    known = list(ledger(whole.as_of(day))["claim_id"])
    for claim in [None, *known]:
        shown = drawn(whole, claim, day, width=700)
        said = " ".join(
            [*vars(shown.words).values(), shown.summary, texts(shown.figure)]
        )
        assert later_dates(said, day) == [], (claim, day)
        assert (shown.frame["day"] <= day).all()
        assert in_words(day) in shown.words.subtitle + shown.words.title


@pytest.mark.parametrize(
    ("width", "theme"), [(358, "light"), (640, "dark"), (1200, "print")]
)
def test_words_stay_on_the_drawing_at_every_width(
    whole: Dataset, width: int, theme: str
):
    for claim in ledger(whole)["claim_id"]:
        figure = drawn(whole, claim, "2026-10-09", width=width, theme=theme).figure
        for trace in figure.data:
            if trace.mode == "text":
                assert min(trace.x) >= 0 and max(trace.x) <= width, claim
        assert figure.layout.height < 1500


def test_a_claim_not_yet_made_is_said_not_drawn(whole: Dataset):
    shown = drawn(whole, "seed-16-front-line", "2025-05-15")
    assert shown.frame.empty
    assert "No claim" in shown.summary


@pytest.mark.parametrize("by", ["topic", "claimant"])
@pytest.mark.parametrize("day", DAYS)
def test_every_claim_is_one_shape_and_none_has_a_colour(
    whole: Dataset, day: str, by: str
):
    view = View(as_of=day).having(by=by)
    shown = draw(COUNTS, whole, view)
    ids = [
        i for t in shown.figure.data if t.customdata is not None for i in t.customdata
    ]
    assert sorted(ids) == sorted(ledger(whole.as_of(day))["claim_id"])
    said = " ".join([*vars(shown.words).values(), shown.summary])
    assert later_dates(said, day) == []
    colours = {t.marker.color for t in shown.figure.data if t.mode == "markers"}
    assert len(colours) <= 3  # ink, paper, and grey for what is not assessed


def test_every_assessment_has_a_shape_of_its_own() -> None:
    assert set(SHAPES) == set(METHOD)
    assert len(set(SHAPES.values())) == len(SHAPES)
