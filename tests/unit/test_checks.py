"""Everything wrong with the data is found, named by its place, and reported at once."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.checks import BrokenDataset, Problem, check

DATA = Path(__file__).resolve().parents[2] / "data"
LARGE_LAYERS = {"front_lines", "occupied_areas"}
LARGE_TABLES = {"front_metrics", "oblast_control"}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset with its largest files cut short: what is tested is the same."""
    folder = tmp_path_factory.mktemp("original")
    descriptor = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"] = [
        resource
        for resource in descriptor["resources"]
        if resource["name"] not in LARGE_LAYERS
    ]
    for resource in descriptor["resources"]:
        target = folder / resource["path"]
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(DATA / resource["path"], target)
    for table in LARGE_TABLES:
        write(folder, table, read(folder, table)[:50])
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return folder


@pytest.fixture
def package(original: Path, tmp_path: Path) -> Path:
    """A copy to break."""
    return Path(shutil.copytree(original, tmp_path / "data"))


def read(package: Path, table: str) -> list[list[str]]:
    path = package / "tables" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def write(package: Path, table: str, rows: list[list[str]]) -> None:
    path = package / "tables" / f"{table}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def change(package: Path, table: str, key: str, **values: str) -> int:
    """Give the row whose first cell is `key` other values; returns its line."""
    header, *rows = read(package, table)
    number = next(i for i, row in enumerate(rows) if row[0] == key)
    for column, value in values.items():
        rows[number][header.index(column)] = value
    write(package, table, [header, *rows])
    return number + 2


def rewrite(package: Path, path: str, edit: Callable[[str], str]) -> None:
    file = package / path
    file.write_text(edit(file.read_text(encoding="utf-8")), encoding="utf-8")


def edit_layer(package: Path, layer: str, edit: Callable[[dict], None]) -> None:
    file = package / "geo" / f"{layer}.geojson"
    content = json.loads(file.read_text(encoding="utf-8"))
    edit(content)
    file.write_text(json.dumps(content), encoding="utf-8")


def found(package: Path) -> list[tuple[str, int | None, str | None, str]]:
    return [(p.table, p.row, p.column, p.value) for p in check(package)]


def test_the_dataset_has_no_problem() -> None:
    assert [str(problem) for problem in check(DATA)] == []


TALKS = "2025-05-16-istanbul-first-round"
FIGURE = "bbc-russian-mil-ru-killed-cum-2025-01-24-pub-2025-01-24"
EXCHANGE = "2025-05-23-exchange"

# table, key, column, the broken value, a part of what is expected
BROKEN_CELLS = [
    ("events", TALKS, "title", "", "a value"),
    ("events", TALKS, "title", "T" * 91, "at most 90 characters"),
    ("events", TALKS, "title", "Talks ", "no space at either end"),
    ("events", TALKS, "short_title", "S" * 29, "at most 28 characters"),
    ("events", TALKS, "start_date", "16.05.2025", "a day as YYYY-MM-DD"),
    ("events", TALKS, "start_date", "2025-02-30", "a day as YYYY-MM-DD"),
    ("events", TALKS, "turning_point", "TRUE", "true or false"),
    ("events", TALKS, "track", "turkey", "one of direct, turkiye"),
    ("events", TALKS, "significance", "4", "one of 1, 2, 3"),
    ("events", TALKS, "significance", "1.0", "a whole number"),
    ("events", TALKS, "place_id", "atlantis", "an id of places"),
    ("events", TALKS, "source_ids", "", "a value"),
    ("events", TALKS, "source_ids", "no-such-page", "ids of sources"),
    ("events", TALKS, "end_date", "2025-05-15", "not before start_date, 2025-05-16"),
    ("actors", "ukraine", "country_iso3", "Ukr", "text of the form ^[A-Z]{3}$"),
    ("actors", "ukraine", "born", "1991-8", "text of the form"),
    ("actors", "rustem-umerov", "affiliation_id", "nobody", "an id of actors"),
    ("places", "ankara", "lat", "139.93", "90 or less"),
    ("places", "ankara", "lat", "39,93", "a number with a decimal point"),
    ("exchanges", EXCHANGE, "returned_to_ukraine", "-390", "0 or more"),
    ("exchanges", EXCHANGE, "returned_to_ukraine_civilians", "391", "no more than"),
    ("exchanges", EXCHANGE, "mediators", "uae;narnia", "ids of actors"),
    ("exchanges", EXCHANGE, "mediators", "uae;;turkiye", "single semicolons"),
    ("exchanges", EXCHANGE, "end_date", "2025-05-22", "not before date"),
    ("casualty_figures", FIGURE, "period_start", "2025-01-25", "not before"),
    ("casualty_figures", FIGURE, "published", "2025-01-23", "not before the end"),
    ("casualty_figures", FIGURE, "known_from", "2025-01-23", "2025-01-24"),
    ("casualty_figures", FIGURE, "known_from_basis", "period_end", "published if"),
    ("casualty_figures", FIGURE, "value_high", "138499", "low ≤ best ≤ high"),
    ("casualty_figures", FIGURE, "value_high", "", "with between low and high"),
    ("casualty_figures", FIGURE, "qualifier", "at_least", "nothing with at_least"),
    ("casualty_figures", FIGURE, "qualifier", "up_to", "a high value alone"),
    ("casualty_figures", FIGURE, "claimant_id", "ukraine", "an id of claimants"),
    ("proposals", "victory-plan-2024", "short_title", "S" * 29, "at most 28"),
    ("delegations", "geneva-2026-02-17-us", "round_name", "Bern", "as in row"),
    ("front_metrics", "2022-04-04", "front_line_km", "3188", "land_line_km + river"),
    ("front_metrics", "2022-04-04", "flags", "made_up", "only map_still_being"),
    ("places", "ankara", "lon", "", "both coordinates or neither"),
]


@pytest.mark.parametrize(("table", "key", "column", "value", "expected"), BROKEN_CELLS)
def test_a_broken_cell_is_named_by_table_row_column_value_and_expectation(
    package: Path, table: str, key: str, column: str, value: str, expected: str
) -> None:
    line = change(package, table, key, **{column: value})
    problems = [p for p in check(package) if (p.table, p.row) == (table, line)]
    assert any(expected in p.expectation for p in problems), problems
    problem = next(p for p in problems if expected in p.expectation)
    for part in (table, f"row {line}", expected):
        assert part in str(problem)


def test_an_empty_cell_is_said_to_hold_nothing(package: Path) -> None:
    line = change(package, "events", TALKS, title="")
    assert found(package) == [("events", line, "title", "nothing")]


def test_an_unknown_id_is_named_alone_and_not_with_its_neighbours(
    package: Path,
) -> None:
    known = "pravda-com-ua-2025-05-16-909"
    line = change(package, "events", TALKS, source_ids=f"{known};no-such-page")
    assert found(package) == [("events", line, "source_ids", "no-such-page")]


def test_summaries_and_quotations_have_their_lengths(package: Path) -> None:
    summary = change(package, "events", TALKS, summary="Talks took place.")
    quote = change(package, "quotes", "tla-q001", text="word " * 30 + "word")
    assert found(package) == [
        ("quotes", quote, "text", "31 words"),
        ("events", summary, "summary", "3 words"),
    ]


def test_a_key_event_needs_a_short_title(package: Path) -> None:
    line = change(package, "events", TALKS, short_title="")
    assert found(package) == [("events", line, "short_title", "nothing")]


def test_a_placeholder_day_is_the_first_of_the_month(package: Path) -> None:
    line = change(package, "events", TALKS, date_precision="month")
    assert found(package) == [("events", line, "start_date", "2025-05-16")]


def test_a_figure_needs_a_value(package: Path) -> None:
    line = change(
        *(package, "casualty_figures", FIGURE),
        **{"value_low": "", "value_best": "", "value_high": "", "qualifier": "about"},
    )
    assert found(package) == [("casualty_figures", line, "value_best", "nothing")]


def test_a_second_row_with_the_same_key_names_the_first(package: Path) -> None:
    header, *rows = read(package, "issues")
    write(package, "issues", [header, *rows, rows[0]])
    [problem] = check(package)
    assert (problem.table, problem.row) == ("issues", len(rows) + 2)
    assert problem.value == rows[0][0]
    assert "row 2 has it too" in problem.expectation


def test_a_link_leads_to_exactly_one_other_thing_once(package: Path) -> None:
    header, *rows = read(package, "event_links")
    both = [TALKS, "led_to", "2025-06-02-istanbul-second-round", "", EXCHANGE, ""]
    neither = [TALKS, "led_to", "", "", "", ""]
    itself = [TALKS, "led_to", TALKS, "", "", ""]
    nowhere = [TALKS, "led_to", "no-such-event", "", "", ""]
    write(
        package, "event_links", [header, *rows, both, neither, itself, nowhere, rows[0]]
    )
    last = len(rows) + 1
    problems = [p for p in check(package) if p.table == "event_links"]
    assert {p.row for p in problems} == {last + n for n in range(1, 6)}
    assert any(p.value == "no-such-event" for p in problems)


def test_an_announcement_is_not_resolved_before_its_event(package: Path) -> None:
    key = "2022-07-13-grain-talks-resume-following-week"
    line = change(package, "announcements", key, resolved_on="2022-07-21")
    assert found(package) == [("announcements", line, "resolved_on", "2022-07-21")]


def test_a_missing_file_is_one_problem(package: Path) -> None:
    (package / "tables/quotes.csv").unlink()
    [problem] = check(package)
    assert str(problem) == "quotes: found no file; expected the file tables/quotes.csv"


def test_a_table_without_rows_is_a_problem(package: Path) -> None:
    write(package, "quotes", read(package, "quotes")[:1])
    assert found(package) == [("quotes", None, None, "no rows")]


def test_a_row_with_too_many_or_too_few_values_is_named_by_its_line(
    package: Path,
) -> None:
    header, *rows = read(package, "quotes")
    rows[3] = [*rows[3], "surplus"]
    rows[7] = rows[7][:-2]
    write(package, "quotes", [header, *rows])
    assert found(package) == [
        ("quotes", 5, None, "9 values"),
        ("quotes", 9, None, "6 values"),
    ]


def test_a_quotation_mark_that_is_not_closed_is_named_by_its_line(
    package: Path,
) -> None:
    rewrite(package, "tables/issues.csv", lambda text: text + 'last,"open')
    assert ("issues", 19) in {(p.table, p.row) for p in check(package)}


def test_lines_are_counted_as_an_editor_counts_them(package: Path) -> None:
    """A line break inside a cell moves the rows after it."""
    header, *rows = read(package, "issues")
    rows[0][2] = "First line,\nsecond line."
    rows[1][1] = ""
    write(package, "issues", [header, *rows])
    assert found(package) == [("issues", 4, "name", "nothing")]


def test_text_that_is_not_utf_8_is_named_by_its_line(package: Path) -> None:
    file = package / "tables/issues.csv"
    file.write_bytes(file.read_bytes() + b"x,Caf\xe9,latin\n")
    assert ("issues", 19, None, r"b'\xe9'") in found(package)


def test_a_byte_order_mark_is_named_and_the_rest_is_read(package: Path) -> None:
    rewrite(package, "tables/issues.csv", lambda text: "\ufeff" + text)
    assert found(package) == [("issues", 1, None, "a byte order mark")]


def test_missing_surplus_and_renamed_columns_are_named(package: Path) -> None:
    header, *rows = read(package, "quotes")
    header[header.index("text")] = "words"
    write(package, "quotes", [header, *rows])
    assert found(package) == [
        ("quotes", 1, "text", "no column"),
        ("quotes", 1, "words", "words"),
    ]


def test_a_layer_that_is_not_json_is_a_problem(package: Path) -> None:
    rewrite(package, "geo/basemap_oblasts.geojson", lambda text: text[:-20])
    [problem] = check(package)
    assert (problem.table, problem.expectation) == ("basemap_oblasts", "GeoJSON")


@pytest.mark.parametrize("content", ["[]", "null", "{}", '{"features": []}'])
def test_a_layer_without_features_is_a_problem(package: Path, content: str) -> None:
    rewrite(package, "geo/basemap_oblasts.geojson", lambda _: content)
    assert found(package) == [("basemap_oblasts", None, "features", "none")]


def test_a_missing_property_is_named_by_its_feature(package: Path) -> None:
    edit_layer(
        *(package, "basemap_oblasts"),
        lambda content: content["features"][2]["properties"].pop("code"),
    )
    assert found(package) == [("basemap_oblasts", 3, "code", "nothing")]


BROKEN_GEOMETRIES = [
    (None, "a geometry out of"),
    ({"type": "Circle", "coordinates": [30, 50]}, "a geometry out of"),
    ({"type": "Point", "coordinates": [50]}, "longitude and latitude"),
    ({"type": "Point", "coordinates": [30, 95]}, "longitude within ±180"),
    ({"type": "Point", "coordinates": [30, float("nan")]}, "longitude within ±180"),
    ({"type": "LineString", "coordinates": [[30, 50]]}, "2 or more positions"),
    ({"type": "LineString", "coordinates": [[30, 50], ["x", 1]]}, "longitude and"),
    ({"type": "MultiLineString", "coordinates": []}, "coordinates of a MultiLine"),
    ({"type": "MultiLineString", "coordinates": 7}, "coordinates of a MultiLine"),
    ({"type": "Polygon", "coordinates": [[[1, 1], [2, 2], [1, 1]]]}, "4 or more"),
    (
        {"type": "Polygon", "coordinates": [[[1, 1], [2, 1], [2, 2], [1, 2]]]},
        "a ring that ends where it begins",
    ),
    ({"type": "MultiPolygon", "coordinates": [None]}, "coordinates of a MultiPolygon"),
]


@pytest.mark.parametrize(("geometry", "expected"), BROKEN_GEOMETRIES)
def test_a_broken_geometry_is_named_by_its_feature(
    package: Path, geometry: dict | None, expected: str
) -> None:
    edit_layer(
        *(package, "basemap_oblasts"),
        lambda content: content["features"][4].update(geometry=geometry),
    )
    [problem] = check(package)
    place = (problem.table, problem.row, problem.column)
    assert place == ("basemap_oblasts", 5, "geometry")
    assert expected in problem.expectation


def test_a_dated_layer_has_one_feature_a_day(package: Path) -> None:
    line = {"type": "LineString", "coordinates": [[30, 50], [31, 51]]}
    days = ["2025-05-16", "2025-05-16", "May"]
    features = [{"properties": {"date": day}, "geometry": line} for day in days]
    rewrite(
        *(package, "geo/basemap_oblasts.geojson"),
        lambda _: json.dumps({"features": features}),
    )
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        if resource["name"] == "basemap_oblasts":
            resource.update(featureKey=["date"], knownFrom={"field": "date"})
    rewrite(package, "datapackage.json", lambda _: json.dumps(descriptor))
    assert found(package) == [
        ("basemap_oblasts", 2, "date", "2025-05-16"),
        ("basemap_oblasts", 3, "date", "May"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        *("", "{", "[]", "{}", '{"resources": []}', '{"resources": [7]}'),
        '{"resources": [{"name": "events", "path": "x.csv", "schema": {}}]}',
    ],
)
def test_a_broken_descriptor_is_a_problem_of_its_own(
    package: Path, content: str
) -> None:
    rewrite(package, "datapackage.json", lambda _: content)
    assert {p.table for p in check(package)} == {"datapackage.json"}


def test_a_folder_without_a_descriptor_is_a_problem(tmp_path: Path) -> None:
    assert found(tmp_path) == [("datapackage.json", None, None, "no file")]


def test_everything_wrong_is_reported_at_once(package: Path) -> None:
    (package / "tables/quotes.csv").unlink()
    change(package, "events", TALKS, track="turkey", end_date="2025-05-15")
    change(package, "exchanges", EXCHANGE, mediators="narnia")
    problems = check(package)
    message = str(BrokenDataset(problems))
    assert {p.column for p in problems} == {None, "track", "end_date", "mediators"}
    assert all(str(problem) in message for problem in problems)


def test_a_long_value_is_shortened_in_the_message_only() -> None:
    problem = Problem("events", 7, "title", "x" * 500, "at most 90 characters")
    assert len(str(problem)) < 200
    assert len(problem.value) == 500


TABLES = sorted(path.stem for path in (DATA / "tables").glob("*.csv"))
TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["nan", "NULL", "-", "1e9", "9" * 400, '"', ";", "\n", "2025-13-01"]
    ),
)


@pytest.fixture(scope="module")
def battered(
    original: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """One copy for all examples; each mends what it broke."""
    yield Path(shutil.copytree(original, tmp_path_factory.mktemp("battered") / "data"))


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    table=st.sampled_from(TABLES),
    text=TEXTS,
    place=st.tuples(*[st.floats(0, 0.999)] * 2),
)
def test_no_cell_can_make_the_check_raise(
    battered: Path, table: str, text: str, place: tuple[float, float]
) -> None:
    file = battered / "tables" / f"{table}.csv"
    before = file.read_bytes()
    rows = read(battered, table)
    row = rows[int(place[0] * len(rows))]
    row[int(place[1] * len(row))] = text.encode("utf-8", "replace").decode("utf-8")
    try:
        write(battered, table, rows)
        assert all(str(problem) for problem in check(battered))
    finally:
        file.write_bytes(before)


@settings(max_examples=20, deadline=None)
@given(
    name=st.sampled_from(["tables/events.csv", "geo/basemap_oblasts.geojson"]),
    damage=st.binary(max_size=20),
    place=st.floats(0, 1),
)
def test_no_damage_to_a_file_can_make_the_check_raise(
    battered: Path, name: str, damage: bytes, place: float
) -> None:
    file = battered / name
    before = file.read_bytes()
    at = int(place * len(before))
    try:
        file.write_bytes(before[:at] + damage + before[at + 2 * len(damage) :])
        assert all(str(problem) for problem in check(battered))
    finally:
        file.write_bytes(before)
