"""The casualty charts: what is drawn, in which panel, and what they say of it."""

import re

import numpy as np
import pandas as pd
import pytest

from components.charts import (
    civilians_by_month,
    counts_over_time,
    latest_by_claimant,
    losses_by_claimant,
)
from components.charts.chart import draw
from components.charts.statement_panels import spread
from components.view import View
from data.casualties import MILITARY, OTHERS
from data.words import day as in_words

SEED = "2025-05-16"
DAYS = [
    day.strftime("%Y-%m-%d")
    for day in pd.date_range("2022-02-24", "2026-10-09", periods=40)
]
CHARTS = [
    *(("losses-by-claimant", {"population": p}) for p in MILITARY),
    *(("latest-by-claimant", {"population": p}) for p in MILITARY),
    *(("counts-over-time", {"population": p}) for p in OTHERS),
    *(("civilians-by-month", {"measure": m}) for m in ("killed", "injured")),
]


def view(as_of=SEED, **options):
    return View(as_of=as_of, width=1120).having(**options)


def written(figure):
    """Everything that stands in a drawing: text and hovers."""
    texts = []
    for trace in figure.data:
        for field in ("text", "hovertext"):
            value = getattr(trace, field, None)
            texts += [value] if isinstance(value, str) else list(value or ())
    return " ".join(str(text) for text in texts)


@pytest.mark.parametrize("name, options", CHARTS)
def test_a_chart_is_drawn_on_any_day_and_names_nothing_later(whole, name, options):
    for as_of in DAYS[::3]:
        drawn = draw(name, whole, view(as_of, **options))
        said = " ".join(
            [*vars(drawn.words).values(), drawn.summary, written(drawn.figure)]
        )
        later = {str(year) for year in range(int(as_of[:4]) + 1, 2028)}
        assert not later & set(re.findall(r"\b20\d\d\b", said)), as_of
        if len(drawn.frame) and "known_from" in drawn.frame:
            assert drawn.frame["known_from"].max() <= as_of


@pytest.mark.parametrize("name, options", CHARTS)
@pytest.mark.parametrize("width, theme", [(358, "light"), (480, "dark")])
def test_a_chart_is_laid_out_inside_its_width(whole, name, options, width, theme):
    asked = View(as_of=SEED, width=width, theme=theme).having(**options)
    figure = draw(name, whole, asked).figure
    for trace in figure.data:
        x = np.asarray(trace.x, float)
        assert np.nanmin(x) >= -20 and np.nanmax(x) <= width + 20


@pytest.mark.parametrize("population", MILITARY)
def test_killed_never_shares_a_panel_with_casualties(whole, population):
    frame = losses_by_claimant.frame(whole, view("2026-10-09", population=population))
    for panel, rows in frame.groupby("panel_id"):
        measures = set(rows["measure"])
        allowed = {"killed", "confirmed_names"} if panel == "killed" else {panel}
        assert measures <= allowed
    assert (frame["period_start"] <= "2022-03-01").all()


@pytest.mark.parametrize("population", MILITARY)
def test_every_drawn_statement_has_its_claimant_and_source(whole, population):
    for chart in (losses_by_claimant, latest_by_claimant):
        frame = chart.frame(whole, view("2026-10-09", population=population))
        assert frame["claimant_name"].notna().all()
        assert (frame["source_ids"].str.len() > 0).all()
        assert (frame["publishers"] != "").all()


def test_equal_heights_are_equal_numbers_in_both_panels(whole):
    drawn = draw(
        "losses-by-claimant", whole, view("2026-10-09", population="russian-military")
    )
    # Px between two gridlines divided by the people between them, in each panel.
    ticks = next(
        trace for trace in drawn.figure.data
        if trace.mode == "text" and list(trace.text)[:1] == ["0"]
    )  # fmt: skip
    labels = [
        trace for trace in drawn.figure.data
        if trace.mode == "text" and list(trace.text)[:2] == ["0", "200,000"]
    ]  # fmt: skip
    assert ticks is labels[0] and len(labels) == 2
    assert labels[0].y[0] - labels[0].y[1] == pytest.approx(
        labels[1].y[0] - labels[1].y[1]
    )


def test_names_are_squares_claims_hollow_and_the_model_a_band(whole):
    frame = losses_by_claimant.frame(
        whole, view("2026-10-09", population="russian-military")
    )
    kinds = frame.groupby("claimant_id")["kind"].agg(set)
    assert kinds["mediazona-bbc"] == {"solid"}
    assert kinds["general-staff-ukraine"] == {"hollow"}
    model = frame[frame["kind"] == "band"]
    assert set(model["claimant_id"]) == {"economist"}
    assert set(model["published"]) == {"2026-08-22"}
    assert (frame[frame["qualifier"] == "at_least"]["kind"] != "hollow").all()


def test_the_model_of_august_2026_is_not_known_before(whole):
    frame = losses_by_claimant.frame(
        whole.as_of(SEED), view(population="russian-military")
    )
    assert "band" not in set(frame["kind"])


def test_civilians_by_month_cuts_its_axis_at_900_and_says_so(whole):
    drawn = draw("civilians-by-month", whole, view("2026-10-09"))
    assert "cut at 900" in drawn.words.subtitle
    assert drawn.words.title.endswith("most March 2022: 3,298 to 4,289")
    assert "3,298" in written(drawn.figure) and "4,289" in written(drawn.figure)
    assert "221" in drawn.words.note


def test_a_month_without_a_split_is_an_empty_box_not_zero(whole):
    frame = civilians_by_month.frame(whole, view("2026-10-09"))
    empty = frame[frame["month"].isin(["2023-09", "2024-12", "2026-03"])]
    assert empty["first"].isna().all()
    assert set(empty["first_words"]) == {"none published"}


def test_crossings_and_recorded_refugees_are_never_one_panel(whole):
    frame = counts_over_time.frame(whole, view("2026-10-09", population="displaced"))
    assert (frame.groupby("panel")["series"].nunique() == 1).all()
    assert len(frame) == 34


def test_counts_of_civilians_on_the_seed_day(whole):
    drawn = draw("counts-over-time", whole, view(population="civilians"))
    assert "≥ 12,910 (OHCHR, to 31 March 2025)" in drawn.words.title
    assert in_words(SEED) in drawn.summary


def test_labels_are_pushed_apart_and_stay_inside():
    places = spread(np.array([10.0, 11.0, 12.0, 90.0]), 18, 0, 100)
    assert (np.diff(places) >= 18).all()
    assert places[0] >= 0 and places[-1] <= 100


def test_the_change_of_method_in_june_2022_is_not_told_before(whole):
    before = draw("counts-over-time", whole, view("2022-05-20", population="displaced"))
    after = draw("counts-over-time", whole, view("2022-06-20", population="displaced"))
    assert "June 2022" not in before.words.note
    assert "June 2022" in after.words.note
