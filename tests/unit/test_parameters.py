"""Query parameters: what is taken, and how the rest is refused."""

from __future__ import annotations

import json
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import Response

from components.charts.chart import Option, catalogue
from components.view import View
from data.dataset import Dataset
from server.parameters import (
    SIZES,
    Refused,
    Size,
    answered,
    parse_filters,
    parse_scale,
    parse_size,
    parse_theme,
    parse_view,
)
from tests.conftest import SEED

CHART = SimpleNamespace(
    OPTIONS={
        "measure": Option("what is counted", ("killed", "injured"), "killed"),
        "track": Option("tracks", ("us", "un"), many=True),
        "actor": Option("id of a person"),
        "compare": Option("a day, or none"),
        "note": Option("free text"),
    }
)


def asking(query: str = "", **parameters: object) -> Request:
    query = query or urlencode(parameters, doseq=True)
    return Request(
        {"type": "http", "method": "GET", "path": "/", "headers": [],
         "query_string": query.encode("latin-1", "replace")}
    )  # fmt: skip


def refusal(query: str = "", read=lambda r: parse_view(r, CHART), **parameters) -> dict:
    with pytest.raises(Refused) as refused:
        read(asking(query, **parameters))
    answer = refused.value.answer()
    assert answer.status_code == 400
    assert answer.media_type == "application/problem+json"
    return json.loads(answer.body)


def test_nothing_asked_is_the_latest_day_in_kilometres(whole: Dataset) -> None:
    view = parse_view(asking(), CHART)
    assert view == View(whole.closing.latest, "km", "light", 1200)


def test_every_parameter_finds_its_place_in_the_view() -> None:
    view = parse_view(
        asking(as_of=SEED, units="mi", theme="dark", size="square", scale="2",
               lang="en", measure="injured", track=["us", "un"], compare="none"),
        CHART,
    )  # fmt: skip
    assert (view.as_of, view.units, view.theme, view.width) == (
        SEED,
        "mi",
        "dark",
        1080,
    )
    assert view.option("measure") == "injured"
    assert view.option("track") == ("us", "un")
    assert view.option("compare") == "none"
    assert view.option("actor") is None


def test_paper_is_a_theme_too() -> None:
    request = asking(theme="print")
    assert parse_theme(request) == parse_view(request, CHART).theme == "print"


@pytest.mark.parametrize(
    ("asked", "size"),
    [
        ("social", Size(1200, 675, "social")),
        ("square", Size(1080, 1080, "square")),
        ("slide", Size(1920, 1080, "slide")),
        ("column", Size(640, None, "column")),
        ("320x4000", Size(320, 4000, "320x4000")),
    ],
)
def test_a_size_is_named_or_given_in_px(asked: str, size: Size) -> None:
    assert parse_size(asking(size=asked)) == size


@pytest.mark.parametrize(
    "asked",
    ["319x400", "400x4001", "99999x99999", "1e3x500", "400X500", "x", "", "-400x500",
     "٤٠٠x٥٠٠", "400x500 ", "../../x", "400x500x600"],
)  # fmt: skip
def test_any_other_size_is_refused_with_the_bounds(asked: str) -> None:
    told = refusal(size=asked)
    assert told["parameter"] == "size"
    assert told["value"] == asked
    assert "320 to 4000" in told["expected"]
    assert told["allowed"] == list(SIZES)


@pytest.mark.parametrize(
    "asked",
    ["2025-5-16", "20250516", "2025-W20-5", "2025-02-30", "2021-01-01", "2099-01-01",
     "yesterday", "", "２０２５-05-16", "2025-05-16T00:00:00", "2025-05-16\n"],
)  # fmt: skip
def test_an_as_of_date_is_iso_and_within_the_dataset(
    whole: Dataset, asked: str
) -> None:
    told = refusal(as_of=asked)
    assert told["parameter"] == "as_of"
    assert (
        whole.first_day in told["expected"] and whole.closing.latest in told["expected"]
    )


def test_an_unknown_name_is_refused_with_the_near_ones() -> None:
    told = refusal(mesure="killed")
    assert told["parameter"] == "mesure"
    assert told["near"] == ["measure"]
    assert "as_of" in told["allowed"] and "compare" in told["allowed"]


@pytest.mark.parametrize(
    "name", ["as_of", "units", "size", "measure", "actor", "scale"]
)
def test_a_single_valued_parameter_is_refused_twice(name: str) -> None:
    told = refusal(f"{name}=a&{name}=b")
    assert told["parameter"] == name
    assert told["value"] == ["a", "b"]
    assert "once" in told["expected"]


def test_a_value_is_refused_with_what_is_allowed() -> None:
    assert refusal(measure="kiled") == {
        "type": "about:blank",
        "title": "This value is not allowed",
        "status": 400,
        "parameter": "measure",
        "value": "kiled",
        "allowed": ["killed", "injured"],
        "near": ["killed"],
    }
    assert refusal(scale="4")["allowed"] == ["1", "2", "3"]
    assert refusal(lang="ru")["allowed"] == ["en"]
    assert refusal(theme="Dark")["near"] == ["dark"]


def test_an_actor_not_yet_known_is_not_even_suggested(whole: Dataset) -> None:
    later = set(whole["actors"]["actor_id"]) - set(
        whole.as_of("2022-03-10")["actors"]["actor_id"]
    )
    for actor in sorted(later)[:20]:
        told = refusal(as_of="2022-03-10", actor=actor)
        assert not later & set(told.get("near", [])) and "allowed" not in told


def test_the_timeline_as_a_chart_takes_the_pages_filters() -> None:
    chart = catalogue()["timeline"]
    view = parse_view(asking("track=us&track=un&significance=1&text=Fidan"), chart)
    assert view.option("track") == ("us", "un")
    assert view.option("significance") == ("1",)
    for query in ("significance=x", "type=party", "place=atlantis", "event=none"):
        told = refusal(query, lambda r: parse_view(r, chart))
        assert told["parameter"] == query.split("=")[0]


def test_a_long_value_is_not_repeated_whole() -> None:
    told = refusal(note="x" * 5000)
    assert len(told["value"]) <= 80


def test_filters_are_read_and_ordered(whole: Dataset) -> None:
    query = "track=us&track=turkiye&type=talks&from=2025-01-01&to=2025-05-16&text=Fidan"
    filters = parse_filters(asking(query), whole.closing.latest)
    assert filters.track == ("turkiye", "us")
    assert (filters.first, filters.last) == ("2025-01-01", "2025-05-16")
    assert (filters.event_type, filters.text) == (("talks",), "Fidan")


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("track=usa", "track"),
        ("type=party", "type"),
        ("actor=nobody", "actor"),
        ("place=atlantis", "place"),
        ("level=low", "level"),
        ("outcome=peace", "outcome"),
        ("significance=4", "significance"),
        ("from=2025-05-16&to=2025-05-15", "to"),
        ("text=%00", "text"),
        ("units=km", "units"),
        ("text=a&text=b", "text"),
    ],
)
def test_a_wrong_filter_is_named(whole: Dataset, query: str, parameter: str) -> None:
    told = refusal(query, lambda r: parse_filters(r, whole.closing.latest))
    assert told["parameter"] == parameter


NAMES = st.sampled_from(
    ["as_of", "units", "theme", "size", "scale", "lang", "measure", "actor", "from",
     "to", "day", "compare", "track", "text", "population", "least", "period"]
)  # fmt: skip
VALUES = st.text(max_size=60) | st.sampled_from(
    ["../../etc/passwd", "%00", "<script>", "'; DROP TABLE", "nan", "1e999", "☃" * 50]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(NAMES | st.text(max_size=20), VALUES), max_size=5))
def test_hostile_queries_are_taken_or_refused_and_never_raise(pairs: list) -> None:
    pairs = [
        (n.encode("utf-8", "replace"), v.encode("utf-8", "replace")) for n, v in pairs
    ]
    request = asking(urlencode(pairs) or "x")
    for chart in (CHART, *catalogue().values()):
        answer = answered(lambda r, c=chart: _taken(parse_view(r, c)))(request)
        assert answer.status_code in (200, 400)
    filters = answered(lambda r: _taken(parse_filters(r, SEED)))(request)
    assert filters.status_code in (200, 400)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=80))
def test_any_bytes_may_stand_in_a_query(raw: bytes) -> None:
    request = Request(
        {
            "type": "http",
            "method": "GET",
            "path": "/",
            "headers": [],
            "query_string": raw,
        }
    )
    answer = answered(lambda r: _taken(parse_view(r, CHART)))(request)
    assert answer.status_code in (200, 400)
    json.loads(answer.body or b"{}")


def _taken(value: object) -> Response:
    hash(value)  # equal requests share one cached picture
    return Response(b"{}")


def test_scale_is_a_number() -> None:
    assert parse_scale(asking(scale="3")) == 3


@pytest.mark.parametrize("parameter", ["day", "compare"])
def test_a_map_after_the_as_of_date_is_refused_with_the_days_there_are(
    whole: Dataset, parameter: str
) -> None:
    chart = catalogue()["front-line-map"]
    told = refusal(
        read=lambda r: parse_view(r, chart),
        **{"as_of": SEED, parameter: "2026-01-01"},
    )
    assert told["parameter"] == parameter
    assert told["expected"].endswith(f"from {whole.first_day} to {SEED}")
    taken = parse_view(asking(**{"as_of": SEED, parameter: SEED}), chart)
    assert taken.option(parameter) == SEED


@pytest.mark.parametrize("name", ["timeline", "meeting-network"])
def test_a_period_that_ends_before_it_begins_is_refused(name: str) -> None:
    chart = catalogue()[name]
    told = refusal("from=2026-01-01&to=2025-01-01", read=lambda r: parse_view(r, chart))
    assert told["parameter"] == "to"
    assert told["expected"] == "a date from 2026-01-01 on"
    one_day = asking("from=2026-01-01&to=2026-01-01")
    assert parse_view(one_day, chart).option("to") == "2026-01-01"


@pytest.mark.parametrize("name", ["proposal-matrix", "issue-history", "text-lineage"])
def test_a_text_that_is_not_known_is_refused_with_those_near_it(
    whole: Dataset, name: str
) -> None:
    chart = catalogue()[name]
    known = whole.as_of(SEED)["proposals"]["proposal_id"].iloc[1]
    told = refusal(read=lambda r: parse_view(r, chart), as_of=SEED, text=f"{known}x")
    assert told["parameter"] == "text"
    assert known in told["near"]
    view = parse_view(asking(as_of=SEED, text=known), chart)
    assert view.option("text") == known


def test_the_words_searched_on_the_timeline_are_free() -> None:
    view = parse_view(asking(text="Istanbul talks"), catalogue()["timeline"])
    assert view.option("text") == "Istanbul talks"
