"""The front line's charts on many dates: true titles, nothing later than the day."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest

from components.charts import (
    front_line_length,
    front_line_map,
    monthly_change,
    oblast_control,
    oblast_map,
    occupied_area,
)
from components.charts.chart import BASEMAP_CREDIT, MAP_CREDIT
from components.maps.front_line import Shown, deck, height
from components.theme.palette import SURFACE
from components.view import View
from data.dataset import Dataset
from data.front import map_day, venues
from data.front_shapes import runs_north

SEED = "2025-05-16"
CHARTS = (
    front_line_map,
    front_line_length,
    occupied_area,
    monthly_change,
    oblast_control,
    oblast_map,
)
DAYS = [
    "2022-02-21",
    "2022-02-24",
    "2022-04-04",
    "2022-05-15",
    "2022-05-16",
    "2022-09-19",
    "2024-05-16",
    SEED,
    "2026-10-09",
    *pd.date_range("2022-03-10", "2026-09-20", periods=31).strftime("%Y-%m-%d"),
]
_WRITTEN = re.compile(
    r"(\d{1,2}) (January|February|March|April|May|June|July|August|September|October"
    r"|November|December) (20\d\d)"
)


def texts(chart, frame: pd.DataFrame, view: View) -> str:
    words = chart.words(frame, view)
    parts = (words.title, words.subtitle, words.note, chart.summary(frame, view))
    return " ".join(parts)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda c: c.__name__.split(".")[-1])
@pytest.mark.parametrize("units", ["km", "mi"])
def test_no_text_and_no_row_is_later_than_the_day(whole: Dataset, chart, units) -> None:
    for day in DAYS:
        view = View(day, units=units)
        frame = chart.frame(whole.as_of(day), view)
        said = texts(chart, frame, view)
        written = [
            pd.Timestamp(" ".join(found)).strftime("%Y-%m-%d")
            for found in _WRITTEN.findall(said)
        ]
        assert all(date <= day for date in written), (day, said)
        if "date" in frame:
            assert frame["date"].dropna().max() <= day if len(frame) else True
        figure = chart.figure(frame, view)
        for trace in figure.data:
            xs = [
                x
                for x in (trace.x if trace.x is not None else ())
                if isinstance(x, str)
            ]
            assert all(x <= day for x in xs)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda c: c.__name__.split(".")[-1])
def test_every_chart_names_the_maps_credit_and_has_its_columns(
    seed: Dataset, chart
) -> None:
    view = View(SEED)
    frame = chart.frame(seed, view)
    assert MAP_CREDIT in chart.words(frame, view).source
    assert set(chart.COLUMNS) <= set(frame)
    assert chart.summary(frame, view).endswith(".")


def test_the_seed_days_finding(seed: Dataset) -> None:
    view = View(SEED)
    frame = front_line_map.frame(seed, view)
    words = front_line_map.words(frame, view)
    assert words.title == (
        "In the twelve months to 16 May 2025 Russian forces took a net 3,729 km², "
        "0.6% of Ukraine"
    )
    assert "No map of 16 May 2024 exists; used: 15 May 2024." in words.note
    summary = front_line_map.summary(frame, view)
    for part in ("1,104 km", "739 on land", "365 along", "112,805 km²", "+3,729 km²"):
        assert part in summary
    assert BASEMAP_CREDIT in words.source


def test_what_ukraine_recovered_is_said_as_recovered(whole: Dataset) -> None:
    view = View("2022-12-01")
    frame = front_line_map.frame(whole.as_of(view.as_of), view)
    assert "Ukraine recovered a net" in front_line_map.words(frame, view).title


def test_across_two_maps_the_title_says_only_what_is_shown(whole: Dataset) -> None:
    view = View("2022-12-01").having(compare="2022-03-01")
    frame = front_line_map.frame(whole.as_of(view.as_of), view)
    words = front_line_map.words(frame, view)
    assert words.title == "The front line and the occupied area on 1 December 2022"
    assert "No net change is given" in words.note


def test_without_comparison_nothing_is_coloured(seed: Dataset) -> None:
    view = View(SEED).having(compare="none")
    frame = front_line_map.frame(seed, view)
    names = [t.name for t in front_line_map.figure(frame, view).data]
    assert not any(name.startswith(("Gained", "Recovered")) for name in names)


def test_the_map_is_drawn_in_its_order(seed: Dataset) -> None:
    view = View(SEED)
    names = [
        trace.name.split(" since")[0].split(":")[0]
        for trace in front_line_map.figure(front_line_map.frame(seed, view), view).data
    ]
    assert names == [
        "Other countries",
        "Ukraine",
        "Occupied",
        "Held before 24 Feb 2022",
        "Gained by Russia",
        "Recovered by Ukraine",
        "Oblast borders",
        "Casing",
        "Front line",
        "Cities",
        "Inset",
        "Country in the inset",
        "Window in the inset",
    ]


def test_the_inset_stands_in_a_wide_map_of_the_front_alone(seed: Dataset) -> None:
    for view, expected in (
        (View(SEED), True),
        (View(SEED).having(extent="ukraine"), False),
        (View(SEED, width=360), False),
    ):
        figure = front_line_map.figure(front_line_map.frame(seed, view), view)
        boxes = [t for t in figure.data if t.name == "Inset"]
        assert bool(boxes) == expected
        for box in boxes:
            (_, east), (south, _) = figure.layout.xaxis.range, figure.layout.yaxis.range
            assert max(box.x) < east and min(box.y) > south


@pytest.mark.parametrize("width", [358, 480, 720, 1104])
def test_no_two_city_names_overlap(seed: Dataset, width: int) -> None:
    view = View(SEED, width=width)
    drawn = front_line_map.figure(front_line_map.frame(seed, view), view)
    left, right = drawn.layout.xaxis.range
    px = width / (right - left)
    boxes = []
    for note in drawn.layout.annotations[:-1]:  # the last is the scale bar's
        bold = note.text.startswith("<b>")
        name = re.sub("<.*?>", "", note.text)
        length = note.font.size * len(name) * (0.5 if bold else 0.47)
        start = note.x * px + note.xshift
        start -= {"left": 0, "center": length / 2, "right": length}[note.xanchor]
        middle = -note.y * px - note.yshift
        half = note.font.size / 2
        boxes.append((name, start, middle - half, start + length, middle + half))
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            apart = a[3] <= b[1] or b[3] <= a[1] or a[4] <= b[2] or b[4] <= a[2]
            assert apart, (a[0], b[0])


def test_the_deck_asks_only_this_server(seed: Dataset) -> None:
    shown = Shown(SEED, SEED, "2024-05-13")
    drawn = deck(seed["cities"], View(SEED), shown, venues(seed))
    written = drawn.to_json()
    urls = [
        layer["data"]
        for layer in json.loads(written)["layers"]
        if isinstance(layer["data"], str)
    ]
    assert all(url.startswith("/geo/") for url in urls)
    assert "/geo/change/2024-05-13/2025-05-16.json" in urls
    assert "http" not in written
    assert len(written) < 10_000


@pytest.mark.parametrize("width", [1200, 360])
@pytest.mark.parametrize("day", [*DAYS[1:], "2022-03-14", "2025-12-01", "2026-04-01"])
def test_the_front_lies_within_the_map(whole: Dataset, day: str, width: int) -> None:
    """All of it; on a phone but for the west of Kherson oblast."""
    view = View(day, width=width)
    frame = front_line_map.frame(whole.as_of(day), view)
    figure = front_line_map.figure(frame, view)
    (west, east), (south, north) = figure.layout.xaxis.range, figure.layout.yaxis.range
    for name in ("line", "gained", "recovered"):
        x, y = frame.attrs["shapes"].paths[name]
        if len(x):
            assert south < min(y[y == y]) and max(y[y == y]) < north, name
            assert max(x[x == x]) < east, name
            assert (width == 360 and not frame.attrs["north"]) or west < min(x[x == x])
    assert frame.attrs["north"] or day > "2022-04-11"
    assert not frame.attrs["north"] or day < "2022-05-16"


def test_the_live_map_opens_with_the_north_in_its_first_weeks(whole: Dataset) -> None:
    opened = []
    for day in ("2022-03-14", SEED):
        shown = map_day(whole, day, None)
        north = runs_north(whole, shown)
        drawn = deck(whole["cities"], View(day), Shown(day, day, north=north))
        opened.append(json.loads(drawn.to_json())["initialViewState"])
    assert opened[0]["latitude"] > opened[1]["latitude"]
    assert opened[0]["zoom"] < opened[1]["zoom"]


def test_a_step_of_the_slider_keeps_the_view_of_the_map(seed: Dataset) -> None:
    one, other = (
        json.loads(deck(seed["cities"], View(SEED), Shown(d, d)).to_json())
        for d in ("2025-05-12", SEED)
    )
    assert one["initialViewState"] == other["initialViewState"]


def test_every_pickable_layer_has_the_field_of_the_tooltip(seed: Dataset) -> None:
    shown = Shown(SEED, SEED, "2024-05-13")
    drawn = json.loads(deck(seed["cities"], View(SEED), shown, venues(seed)).to_json())
    pickable = [layer for layer in drawn["layers"] if layer.get("pickable")]
    assert {layer["id"] for layer in pickable} == {"changed", "venues"}
    rows = next(layer["data"] for layer in pickable if layer["id"] == "venues")
    assert all(row["label"] for row in rows)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_phone_gets_a_map_of_its_own(seed: Dataset, theme) -> None:
    view = View(SEED, theme=theme, width=358)
    drawn = front_line_map.figure(front_line_map.frame(seed, view), view)
    wide = View(SEED, theme=theme, width=1104)
    names, more = (
        len(front_line_map.figure(front_line_map.frame(seed, v), v).layout.annotations)
        for v in (view, wide)
    )
    assert names < more
    assert height(view) / view.width > height(wide) / wide.width
    assert drawn.layout.font.color in (None, SURFACE[theme]["ink"])


def test_three_maps_stay_three_lines(seed: Dataset) -> None:
    view = View(SEED)
    frame = front_line_length.frame(seed, view)
    last = frame[frame["date"] == SEED].set_index("map")["value"]
    assert last["DeepState"] == 1103.5
    assert {"NZZ / Liveuamap", "ISW", "Istanbul report"} <= set(last.index)
    assert frame["dataset"].isin(["deepstate", "nzz", "isw", "published"]).all()


@pytest.mark.parametrize(
    ("measure", "km"),
    [
        ("total", "1,104"),
        ("land", "739"),
        ("longest", "1,026"),
        ("scale250m", "1,204"),
        ("scale5km", "923"),
    ],
)
def test_each_length_is_titled_with_its_own_number(
    seed: Dataset, measure: str, km: str
) -> None:
    view = View(SEED).having(measure=measure)
    title = front_line_length.words(front_line_length.frame(seed, view), view).title
    assert f"{km} km" in title


def test_a_month_of_which_a_part_is_known_is_not_the_last_full_one(
    whole: Dataset,
) -> None:
    view = View("2026-10-09")
    frame = monthly_change.frame(whole, view)
    assert frame["month"].iloc[-1] == "2026-08"
    assert "July 2026" in monthly_change.words(frame, view).title


def test_a_flawed_month_is_named_beside_the_bars(whole: Dataset) -> None:
    view = View("2022-12-01")
    words = monthly_change.words(
        monthly_change.frame(whole.as_of(view.as_of), view), view
    )
    assert "redrawing of Crimea" in words.note


def test_the_area_breaks_where_the_map_was_redrawn(whole: Dataset) -> None:
    view = View("2023-12-01").having(period="all")
    frame = occupied_area.frame(whole.as_of(view.as_of), view)
    lines = [t for t in occupied_area.figure(frame, view).data if t.mode == "lines"]
    gaps = [int(pd.isna(pd.Series(t.y)).sum()) for t in lines]
    assert gaps == [1, 1, 0]  # DeepState 2022-09-19, NZZ 2023-05-24, ISW


def test_a_stated_gain_appears_only_once_it_was_stated(whole: Dataset) -> None:
    before, after = (
        occupied_area.frame(whole.as_of(d), View(d))
        for d in ("2025-12-28", "2025-12-29")
    )
    assert not (before["dataset"] == "published").any()
    row = after[after["dataset"] == "published"].iloc[0]
    assert row["map"] == "Valery Gerasimov"
    assert row["source_ids"]


@pytest.mark.parametrize("width", [288, 358, 480, 1104, 1840])
@pytest.mark.parametrize("chart", CHARTS, ids=lambda c: c.__name__.split(".")[-1])
def test_every_option_is_drawn_at_every_width(whole: Dataset, chart, width) -> None:
    for name, option in chart.OPTIONS.items():
        for value in option.values or ():
            options = {"period": "all", name: value}
            view = View("2026-10-09", width=width).having(**options)
            drawn = chart.figure(chart.frame(whole, view), view)
            assert len(drawn.data) >= 1
    view = View("2026-10-09", width=width)
    assert len(chart.figure(chart.frame(whole, view), view).data) >= 1


def test_every_axis_of_months_names_a_year(whole: Dataset) -> None:
    for source, latest in (("isw", "2026-10-09"), ("deepstate", SEED)):
        view = View(latest).having(source=source)
        frame = monthly_change.frame(whole.as_of(latest), view)
        ticks = monthly_change.figure(frame, view).layout.xaxis.ticktext
        assert re.search(r"20\d\d", ticks[0] + ticks[1])


def test_all_of_crimea_is_on_the_map_of_the_oblasts(seed: Dataset) -> None:
    view = View(SEED)
    figure = oblast_map.figure(oblast_map.frame(seed, view), view)
    south = figure.layout.yaxis.range[0]
    assert all(min(y for y in t.y if y == y) > south for t in figure.data if len(t.y))


@pytest.mark.parametrize("chart", [occupied_area, front_line_length])
def test_the_day_of_the_last_map_is_said(whole: Dataset, chart) -> None:
    view = View("2026-10-09")
    frame = chart.frame(whole.as_of(view.as_of), view)
    assert "to 22 August 2026" in chart.words(frame, view).subtitle
