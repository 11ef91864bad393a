"""The timeline as a chart: what it shows for a day, and what it says of it."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from components.charts.chart import draw
from components.view import View
from data.dataset import Dataset
from data.event_filters import Filters
from data.events import CURVES, curve, detail, latest_major, quarters, rows

DAYS = [d.strftime("%Y-%m-%d") for d in pd.date_range("2022-02-21", "2026-10-09", 23)]
SEED_EVENT = "2025-05-16-istanbul-first-round"


def ids_drawn(figure) -> list[str]:
    return [
        i
        for trace in figure.data
        if trace.customdata is not None
        for i in trace.customdata
    ]


def test_every_event_is_a_point_that_names_it(whole: Dataset) -> None:
    drawn = draw("timeline", whole, View("2026-10-09", width=1280))
    assert sorted(ids_drawn(drawn.figure)) == sorted(whole["events"]["event_id"])


def test_a_later_event_is_not_drawn(whole: Dataset) -> None:
    drawn = draw("timeline", whole, View("2025-05-16", width=1280))
    shown = ids_drawn(drawn.figure)
    assert len(shown) == 254
    assert max(shown)[:10] <= "2025-05-16"


@pytest.mark.parametrize("name", list(CURVES))
def test_no_month_of_a_curve_was_published_later(whole: Dataset, name: str) -> None:
    months = curve(whole.as_of("2025-05-16"), name)
    assert months["month"].max() <= "2025-05"


def test_civilians_of_march_2022_are_those_last_published(whole: Dataset) -> None:
    early = curve(whole.as_of("2022-12-01"), "civilians").set_index("month")["value"]
    late = curve(whole, "civilians").set_index("month")["value"]
    assert early["2022-03"] < late["2022-03"] == 4289


def test_a_month_of_exchanges_without_numbers_is_unknown_not_zero(
    whole: Dataset,
) -> None:
    months = curve(whole, "prisoners").set_index("month")
    assert months.loc["2025-06", "partial"]
    unknown = whole["exchanges"]["returned_to_ukraine"].isna()
    assert unknown.any()
    assert months["value"].sum() == whole["exchanges"]["returned_to_ukraine"].sum()


@pytest.mark.parametrize("day", DAYS[::3])
def test_the_words_hold_on_every_day_and_name_no_later_one(
    whole: Dataset, day: str
) -> None:
    drawn = draw("timeline", whole, View(day, width=1280))
    said = f"{drawn.words.title} {drawn.words.subtitle} {drawn.summary}"
    assert "nan" not in said
    assert all(year <= day[:4] for year in re.findall(r"\b20\d\d\b", said))


def test_the_share_in_the_title_is_that_of_the_rows(whole: Dataset) -> None:
    drawn = draw("timeline", whole, View("2026-10-09", width=1280))
    events = whole["events"]
    share = (events["start_date"] > "2025-01-20").mean()
    assert drawn.words.title.startswith("Seven in ten")
    assert round(share * 10) == 7
    assert events["track"].value_counts().index[0] == "us"


@pytest.mark.parametrize(
    ("options", "column", "values"),
    [
        ({"track": ("us",)}, "track", {"us"}),
        ({"outcome": ("collapsed",)}, "outcome", {"collapsed"}),
        ({"level": ("ministers",)}, "level", {"ministers"}),
        ({"type": ("exchange",)}, "event_type", {"exchange"}),
        ({"significance": ("1",)}, "significance", {1}),
    ],
)
def test_a_filter_leaves_what_it_names(whole: Dataset, options, column, values) -> None:
    drawn = draw("timeline", whole, View("2026-10-09", width=1280).having(**options))
    kept = whole["events"].set_index("event_id").loc[ids_drawn(drawn.figure)]
    assert set(kept[column]) == values
    assert len(kept) == whole["events"][column].isin(values).sum()


def test_search_is_blind_to_accents_and_case(whole: Dataset) -> None:
    plain = rows(whole, Filters(text="dolmabahce"))
    assert SEED_EVENT in set(plain["event_id"])
    assert set(plain["event_id"]) == set(
        rows(whole, Filters(text="DOLMABAHÇE"))["event_id"]
    )


def test_no_match_says_so(whole: Dataset) -> None:
    drawn = draw("timeline", whole, View("2026-10-09", width=1280).having(text="zzzz"))
    assert drawn.words.title == "No event matches"


def test_a_phone_gets_quarters_that_add_up(whole: Dataset) -> None:
    table = quarters(rows(whole, Filters()))
    assert table["n"].sum() == 540
    drawn = draw("timeline", whole, View("2026-10-09", width=358))
    assert all("|" in held for held in ids_drawn(drawn.figure))


def test_the_seed_day_reads_as_the_report_had_it(seed: Dataset) -> None:
    event = detail(seed, SEED_EVENT)
    sides = dict(event.sides)
    ukraine, russia = sides["ukraine"][0], sides["russia"][0]
    assert (ukraine.name, ukraine.role) == ("Rustem Umerov", "head_of_delegation")
    assert "Minister of Defence" in ukraine.office
    assert (russia.name, russia.role) == ("Vladimir Medinsky", "head_of_delegation")
    assert "Aide to the President of Russia" in russia.office
    assert [(p.name, p.role) for p in sides["turkiye"]] == [("Hakan Fidan", "host")]
    assert "1,000 prisoners each" in event.event["summary"]
    assert "Dolmabahçe" in event.event["where"]
    titles = [a["title"] for a in event.announcements]
    assert any("in writing" in title for title in titles)
    assert all(when <= "2025-05-16" for when, *_ in event.led_to)


def test_later_the_seed_day_shows_what_it_led_to(whole: Dataset) -> None:
    led = detail(whole, SEED_EVENT).led_to
    exchanges = [title for when, _, title, _ in led if title.startswith("Exchange")]
    assert exchanges == [
        "Exchange: 390 to Ukraine, 390 to Russia",
        "Exchange: 307 to Ukraine, 307 to Russia",
        "Exchange: 303 to Ukraine, 303 to Russia",
    ]
    assert {"2025-06-02", "2025-07-23"} <= {when for when, *_ in led}


def test_an_event_not_known_by_then_has_no_detail(seed: Dataset) -> None:
    with pytest.raises(KeyError):
        detail(seed, "2025-06-02-istanbul-second-round")


@pytest.mark.parametrize("day", DAYS)
def test_the_event_offered_first_is_a_key_one_of_the_past(
    whole: Dataset, day: str
) -> None:
    cut = whole.as_of(day)
    event = detail(cut, latest_major(cut)).event
    assert event["significance"] == 1
    assert event["start_date"] <= day
    assert np.isfinite(event["pages"])


def test_events_of_one_day_have_no_order_and_neighbours_are_of_other_days(
    whole: Dataset,
) -> None:
    for event_id in whole["events"]["event_id"][::9]:
        shown = detail(whole, event_id)
        day = shown.event["start_date"]
        assert shown.before is None or shown.before[0] < day
        assert shown.after is None or shown.after[0] > day
        same = {key for *_, key in shown.same_day}
        assert {when for when, *_ in shown.same_day} <= {day}
        assert same.isdisjoint({event_id, *(key for *_, key in shown.led_to)})


@pytest.mark.parametrize("name", ["civilians", "net-change"])
def test_every_bar_cut_at_the_axis_end_is_named_with_its_value(
    whole: Dataset, name: str
) -> None:
    view = View("2026-10-09", width=800).having(curve=name)
    note = draw("timeline", whole, view).words.note
    values = curve(whole, name).set_index("month")["value"]
    extreme = {"civilians": "4,289", "net-change": "−9,593"}[name]
    assert extreme in note
    assert round(values.abs().max()) == int(extreme.replace("−", "").replace(",", ""))


def test_a_known_flaw_of_a_month_is_told_with_the_curve(whole: Dataset) -> None:
    view = View("2026-10-09", width=1280).having(curve="net-change")
    note = draw("timeline", whole, view).words.note
    assert "September 2022: Includes about 800 km²" in note


def test_a_bar_that_is_a_minimum_says_so(whole: Dataset) -> None:
    view = View("2026-10-09", width=1280).having(curve="prisoners")
    assert "≥: at least" in draw("timeline", whole, view).words.note


@pytest.mark.parametrize(
    "day", ["2025-05-16", "2025-05-18", "2025-06-20", "2026-10-09"]
)
def test_the_selected_day_and_the_share_do_not_cover_each_other(
    whole: Dataset, day: str
) -> None:
    view = View(day, width=1280).having(event=SEED_EVENT)
    figure = draw("timeline", whole, view).figure
    words = {
        text: (x, y)
        for trace in figure.data
        if trace.mode == "text"
        for text, x, y in zip(trace.text, trace.x, trace.y, strict=True)
    }
    marked = words["<b>16 May 2025</b>"]
    (share,) = [at for text, at in words.items() if "%</b>" in text]
    assert abs(marked[0] - share[0]) > 130 or abs(marked[1] - share[1]) > 14


def test_a_phone_marks_the_selected_day(whole: Dataset) -> None:
    plain = View("2026-10-09", width=358)
    chosen = draw("timeline", whole, plain.having(event=SEED_EVENT))
    assert "line: Russia and Ukraine held" in chosen.words.subtitle
    assert (
        len(chosen.figure.data) == len(draw("timeline", whole, plain).figure.data) + 1
    )
