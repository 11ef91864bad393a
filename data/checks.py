"""What must hold of the dataset before it is shown.

The descriptor's schema is checked on the raw text of the files, so that a
message can name the line and the text an editor sees; then the rules that a
schema cannot state. Nothing here raises for bad data: everything wrong is
reported at once.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Problem:
    """One thing wrong: where it is, what was found, what was expected.

    `row` is the line in the CSV file (the header is line 1); in a map layer
    the number of the feature, from 1; None if the whole file is meant.
    """

    table: str
    row: int | None
    column: str | None
    value: str
    expectation: str

    def __str__(self) -> str:
        place = self.table
        if self.row is not None:
            place += f", row {self.row}"
        if self.column is not None:
            place += f", {self.column}"
        return f"{place}: found {_shortened(self.value)}; expected {self.expectation}"


class BrokenDataset(Exception):
    """The dataset cannot be shown. `problems` holds everything that is wrong."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        lines = [f"The dataset has {len(self.problems)} problem(s):"]
        super().__init__("\n".join([*lines, *(f"  {p}" for p in self.problems)]))


@dataclass(frozen=True)
class Table:
    """A CSV file as text: the columns by name, and each row's line in the file."""

    name: str
    lines: list[int]
    columns: dict[str, list[str]]

    def rows(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """(line, value, value, …) of every row; nothing if a column is missing."""
        if all(name in self.columns for name in names):
            yield from zip(
                self.lines, *(self.columns[name] for name in names), strict=True
            )

    def where(self, name: str, wrong: set[str]) -> Iterator[tuple[int, str]]:
        """(line, value) of the rows whose value is one of the wrong ones."""
        return (pair for pair in self.rows(name) if pair[1] in wrong)


Tables = dict[str, Table]
DESCRIPTOR = "datapackage.json"


def check(folder: Path) -> list[Problem]:
    """Everything wrong with the data package in `folder`; empty if all is well."""
    descriptor, problems = _descriptor(folder)
    tables: Tables = {}
    for resource in descriptor:
        if "schema" not in resource:
            problems += _layer(folder, resource)
            continue
        text, unreadable = _text(folder, resource)
        problems += unreadable
        if text is not None:
            tables[resource["name"]], malformed = _table(resource, text)
            problems += malformed
    for resource in descriptor:
        if resource["name"] in tables:
            table = tables[resource["name"]]
            problems += _fields(resource, table)
            problems += _unique_keys(resource, table)
            problems += _references(resource, table, tables)
    for rule in RULES:
        problems += rule(tables)
    return problems


# --- files -----------------------------------------------------------------


def _descriptor(folder: Path) -> tuple[list[dict[str, Any]], list[Problem]]:
    """The usable resources of the descriptor, and what is wrong with the rest."""
    try:
        resources = json.loads((folder / DESCRIPTOR).read_bytes())["resources"]
    except OSError:
        return [], [Problem(DESCRIPTOR, None, None, "no file", "a descriptor")]
    except (ValueError, KeyError, TypeError) as error:
        expected = "a JSON object with a list of resources"
        return [], [Problem(DESCRIPTOR, None, None, str(error), expected)]
    usable, problems = [], []
    for number, resource in enumerate(_list(resources), start=1):
        wrong = _malformed(resource)
        if wrong:
            value = json.dumps(resource, ensure_ascii=False)
            problems.append(Problem(DESCRIPTOR, number, "resources", value, wrong))
        else:
            usable.append(resource)
    if not usable:
        problems.append(
            Problem(DESCRIPTOR, None, "resources", "none", "at least one resource")
        )
    return usable, problems


def _malformed(resource: Any) -> str:
    """What a resource of the descriptor lacks, as an expectation; '' if nothing."""
    if not isinstance(resource, dict):
        return "a resource is a JSON object"
    if not all(isinstance(resource.get(key), str) for key in ("name", "path")):
        return "a name and a path"
    if "schema" not in resource:
        return "" if isinstance(resource.get("featureKey"), list) else "a featureKey"
    schema = resource["schema"]
    fields = _list(schema.get("fields")) if isinstance(schema, dict) else []
    if not fields:
        return "a schema with fields"
    for field in fields:
        if not isinstance(field, dict) or not isinstance(field.get("name"), str):
            return "fields with a name and a type"
        if field.get("type") not in _TYPES:
            return f"types out of {', '.join(_TYPES)}"
        try:
            re.compile(field.get("constraints", {}).get("pattern", ""))
        except (AttributeError, TypeError, re.error):
            return f"a valid pattern in the constraints of {field['name']}"
    return ""


def _text(folder: Path, resource: dict[str, Any]) -> tuple[str | None, list[Problem]]:
    """A file's text, or why it cannot be read."""
    try:
        raw = (folder / resource["path"]).read_bytes()
    except OSError:
        missing = f"the file {resource['path']}"
        return None, [Problem(resource["name"], None, None, "no file", missing)]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        value = repr(raw[error.start : error.end])
        return None, [Problem(resource["name"], line, None, value, "text in UTF-8")]
    if text.startswith("\ufeff"):
        mark = Problem(
            resource["name"], 1, None, "a byte order mark", "UTF-8 without one"
        )
        return text.removeprefix("\ufeff"), [mark]
    return text, []


def _table(resource: dict[str, Any], text: str) -> tuple[Table, list[Problem]]:
    """The well-formed rows of a CSV file, and the lines that are not."""
    name, problems = resource["name"], []
    expected = [field["name"] for field in resource["schema"]["fields"]]
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    lines: list[int] = []
    rows: list[list[str]] = []
    try:
        header = next(reader, [])
        line = reader.line_num + 1
        for row in reader:
            if len(row) == len(header):
                lines.append(line)
                rows.append(row)
            else:
                value = f"{len(row)} values" if row else "an empty line"
                problems.append(
                    Problem(name, line, None, value, f"{len(header)} values")
                )
            line = reader.line_num + 1
    except csv.Error as error:
        problems.append(
            Problem(name, reader.line_num, None, str(error), "CSV as in RFC 4180")
        )
    if header and not rows:
        problems.append(Problem(name, None, None, "no rows", "at least one row"))
    for column in expected:
        if column not in header:
            problems.append(Problem(name, 1, column, "no column", "this column"))
    for column in dict.fromkeys(header):
        if column not in expected:
            problems.append(
                Problem(name, 1, column, column, "only columns of the descriptor")
            )
        elif header.count(column) > 1:
            problems.append(
                Problem(name, 1, column, "the column twice", "each column once")
            )
    values = list(zip(*rows, strict=True)) or [()] * len(header)
    columns = {c: list(v) for c, v in zip(header, values, strict=True)}
    return Table(name, lines, columns), problems


# --- the schema ------------------------------------------------------------


@cache
def _is_day(text: str) -> bool:
    """Whether text is a calendar day as YYYY-MM-DD."""
    try:
        return len(text) == 10 and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


_INTEGER = re.compile(r"-?[0-9]+")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")

_TYPES: dict[str, tuple[Callable[[str], Any], str]] = {
    "string": (lambda text: text == text.strip(), "no space at either end"),
    "date": (_is_day, "a day as YYYY-MM-DD"),
    "integer": (_INTEGER.fullmatch, "a whole number"),
    "number": (_NUMBER.fullmatch, "a number with a decimal point"),
    "boolean": (("true", "false").__contains__, "true or false"),
    "year": (re.compile(r"[0-9]{4}").fullmatch, "a year of four digits"),
}


def _fields(resource: dict[str, Any], table: Table) -> Iterator[Problem]:
    """Types and constraints, tested once for each distinct value of a column."""
    for field in resource["schema"]["fields"]:
        column, constraints = field["name"], field.get("constraints", {})
        distinct = set(table.columns.get(column, ()))
        if constraints.get("required") and "" in distinct:
            for line, _ in table.where(column, {""}):
                yield Problem(table.name, line, column, "nothing", "a value")
        distinct.discard("")
        is_of_type, expected = _TYPES[field["type"]]
        wrong = {value for value in distinct if not is_of_type(value)}
        for line, value in table.where(column, wrong):
            yield Problem(table.name, line, column, value, expected)
        right = distinct - wrong
        for accepts, expected in _constraints(field, constraints):
            refused = {value for value in right if not accepts(value)}
            for line, value in table.where(column, refused):
                yield Problem(table.name, line, column, value, expected)


def _constraints(
    field: dict[str, Any], constraints: dict[str, Any]
) -> Iterator[tuple[Callable[[str], Any], str]]:
    """(test, expectation) for each constraint on a value of the right type."""
    if "enum" in constraints:
        allowed = [str(value) for value in constraints["enum"]]
        yield allowed.__contains__, f"one of {', '.join(allowed)}"
    if "pattern" in constraints:
        pattern = constraints["pattern"]
        yield re.compile(pattern).fullmatch, f"text of the form {pattern}"
    if "maxLength" in constraints:
        longest = constraints["maxLength"]
        yield lambda text: len(text) <= longest, f"at most {longest} characters"
    if "minimum" in constraints:
        least = constraints["minimum"]
        yield lambda text: float(text) >= least, f"{least} or more"
    if "maximum" in constraints:
        most = constraints["maximum"]
        yield lambda text: float(text) <= most, f"{most} or less"
    if "listOf" in field:
        yield (
            lambda text: all(text.split(";")),
            "values separated by single semicolons",
        )
        if "enumLabels" in field:
            known = field["enumLabels"]
            yield (
                lambda text: all(item in known for item in text.split(";")),
                f"only {', '.join(known)}",
            )


def _unique_keys(resource: dict[str, Any], table: Table) -> Iterator[Problem]:
    key = _list(resource["schema"].get("primaryKey"))
    first: dict[tuple[str, ...], int] = {}
    for line, *values in table.rows(*key) if key else ():
        earlier = first.setdefault(tuple(values), line)
        if earlier != line:
            yield Problem(
                table.name,
                line,
                ", ".join(key),
                ", ".join(values),
                f"a key of its own; row {earlier} has it too",
            )


def _references(
    resource: dict[str, Any], table: Table, tables: Tables
) -> Iterator[Problem]:
    """Ids that no row has: foreign keys, and items of lists of ids."""
    for key in resource["schema"].get("foreignKeys", ()):
        target = key["reference"]["resource"] or table.name
        known = _ids(tables, target, key["reference"]["fields"])
        column = _list(key["fields"])[0]
        if known is not None:
            unknown = set(table.columns.get(column, ())) - known - {""}
            for line, value in table.where(column, unknown):
                yield Problem(table.name, line, column, value, f"an id of {target}")
    for field in resource["schema"]["fields"]:
        target = field.get("listOf")
        known = _ids(tables, target["resource"], target["field"]) if target else None
        if known is not None:
            column, expected = field["name"], f"ids of {target['resource']}"
            strangers = {
                text: [item for item in text.split(";") if item and item not in known]
                for text in set(table.columns.get(column, ()))
            }
            wrong = {text for text, unknown in strangers.items() if unknown}
            for line, text in table.where(column, wrong):
                for item in strangers[text]:
                    yield Problem(table.name, line, column, item, expected)


def _ids(tables: Tables, table: str, column: str | list[str]) -> set[str] | None:
    """The ids of a table; None if its file is broken, which is reported already."""
    ids = tables[table].columns.get(_list(column)[0]) if table in tables else None
    return None if ids is None else set(ids)


# --- map layers ------------------------------------------------------------

# Lists of positions below `coordinates`: how deep they lie, and whether they
# are rings, which end where they begin.
_GEOMETRIES = {
    "Point": None,
    "LineString": (0, False),
    "MultiLineString": (1, False),
    "Polygon": (1, True),
    "MultiPolygon": (2, True),
}


def _layer(folder: Path, resource: dict[str, Any]) -> Iterator[Problem]:
    name = resource["name"]
    text, unreadable = _text(folder, resource)
    yield from unreadable
    if text is None:
        return
    try:
        collection = json.loads(text)
    except (ValueError, RecursionError) as error:
        yield Problem(name, None, None, str(error), "GeoJSON")
        return
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list) or not features:
        yield Problem(name, None, "features", "none", "at least one feature")
        return
    dated = (resource.get("knownFrom") or {}).get("field")
    days: dict[str, int] = {}
    for number, feature in enumerate(features, start=1):
        feature = feature if isinstance(feature, dict) else {}
        properties = feature.get("properties")
        properties = properties if isinstance(properties, dict) else {}
        for key in resource["featureKey"]:
            if properties.get(key) in (None, ""):
                yield Problem(name, number, key, "nothing", "this property")
        wrong = _geometry(feature.get("geometry"))
        if wrong:
            yield Problem(name, number, "geometry", *wrong)
        day = properties.get(dated)
        if day is None:
            continue
        if not isinstance(day, str) or not _is_day(day):
            yield Problem(name, number, dated, str(day), "a day as YYYY-MM-DD")
        elif days.setdefault(day, number) != number:
            expected = f"one feature a day; feature {days[day]} has this day too"
            yield Problem(name, number, dated, day, expected)


def _geometry(geometry: Any) -> tuple[str, str] | None:
    """(value, expectation) of the first thing wrong with a geometry."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in _GEOMETRIES:
        return str(kind), f"a geometry out of {', '.join(_GEOMETRIES)}"
    coordinates = geometry.get("coordinates")
    shape = _GEOMETRIES[kind]
    depth, ring = shape or (0, False)
    paths = [coordinates] if shape else [[coordinates]]
    for _ in range(depth):
        if not all(isinstance(part, list) for part in paths):
            return "no list", f"coordinates of a {kind}"
        paths = list(chain.from_iterable(paths))
    if not paths:
        return "no coordinates", f"coordinates of a {kind}"
    shortest = 4 if ring else 2 if shape else 1
    for path in paths:
        if not isinstance(path, list) or len(path) < shortest:
            return _shortened(str(path)), f"{shortest} or more positions"
        if ring and path[0] != path[-1]:
            return f"{path[0]} … {path[-1]}", "a ring that ends where it begins"
    try:
        positions = np.array(list(chain.from_iterable(paths)), dtype="float64")
    except (ValueError, TypeError):
        return "a position that is no pair of numbers", "longitude and latitude"
    if positions.ndim != 2 or positions.shape[1] not in (2, 3):
        return "a position that is no pair of numbers", "longitude and latitude"
    outside = ~(np.abs(positions[:, :2]) <= (180, 90)).all(axis=1)
    if outside.any():
        found = positions[outside.argmax()].tolist()
        return str(found), "longitude within ±180 and latitude within ±90"
    return None


# --- rules that a schema cannot state --------------------------------------

# table, first day, last day
_PERIODS = (
    ("events", "start_date", "end_date"),
    ("exchanges", "date", "end_date"),
    ("offices", "start_date", "end_date"),
    ("casualty_figures", "period_start", "period_end"),
    ("monthly_change", "from_date", "to_date"),
    ("announcements", "expected_start", "expected_end"),
    ("announcements", "announced_on", "resolved_on"),
)

# table, part, whole
_PARTS = (
    ("exchanges", "returned_to_ukraine_civilians", "returned_to_ukraine"),
    ("exchanges", "returned_to_russia_civilians", "returned_to_russia"),
    ("exchange_totals", "civilians_of_whom", "returned_to_ukraine_total"),
    ("front_metrics", "main_line_km", "front_line_km"),
    ("oblast_control", "occupied_km2", "oblast_km2"),
)

# table, two parts, their sum. Three values rounded to 0.1 can be 0.15 apart.
_SUMS = (
    ("front_metrics", "land_line_km", "river_line_km", "front_line_km"),
    ("front_metrics", "pre2022_km2", "since2022_km2", "occupied_km2"),
)
_ROUNDING = 0.15

_BEGINNING = ("event_id", "start_date")

QUOTE_WORDS = 30
SUMMARY_WORDS = range(25, 71)


def _rows(tables: Tables, table: str, *columns: str) -> Iterator[tuple[Any, ...]]:
    """(line, value, …) of a table; nothing if its file or a column is missing."""
    return tables[table].rows(*columns) if table in tables else iter(())


def _ordered(tables: Tables) -> Iterator[Problem]:
    """No period ends before it starts."""
    for table, first, last in _PERIODS:
        for line, start, end in _rows(tables, table, first, last):
            if end < start and _is_day(start) and _is_day(end):
                expected = f"a day not before {first}, {start}"
                yield Problem(table, line, last, end, expected)


def _within(tables: Tables) -> Iterator[Problem]:
    """No part is larger than its whole."""
    for table, part, whole in _PARTS:
        for line, some, everything in _rows(tables, table, part, whole):
            if _exceeds(some, everything):
                expected = f"no more than {whole}, {everything}"
                yield Problem(table, line, part, some, expected)


def _sums(tables: Tables) -> Iterator[Problem]:
    """Parts add up, within rounding."""
    for table, one, other, total in _SUMS:
        for line, *texts in _rows(tables, table, one, other, total):
            first, second, whole = map(_number, texts)
            if None not in (first, second, whole):
                gap = abs(first + second - whole)
                if gap > _ROUNDING + 1e-6:
                    expected = f"{one} + {other} = {first + second:.1f}"
                    yield Problem(table, line, total, texts[2], expected)


def _figures(tables: Tables) -> Iterator[Problem]:
    """Low ≤ best ≤ high, and the values that the qualifier calls for."""
    table = "casualty_figures"
    columns = ("qualifier", "value_low", "value_best", "value_high")
    for line, qualifier, low, best, high in _rows(tables, table, *columns):
        if _exceeds(low, best) or _exceeds(best, high) or _exceeds(low, high):
            found = " / ".join(value or "–" for value in (low, best, high))
            yield Problem(table, line, "value_low", found, "low ≤ best ≤ high")
        filled = (bool(low), bool(best), bool(high))
        if filled == (False, False, False):
            yield Problem(table, line, "value_best", "nothing", "at least one value")
        elif qualifier in ("at_least", "more_than") and high:
            yield Problem(table, line, "value_high", high, f"nothing with {qualifier}")
        elif qualifier == "up_to" and filled != (False, False, True):
            expected = "with up_to a high value alone"
            yield Problem(table, line, "value_high", high or "nothing", expected)
        elif qualifier == "between" and not (low and high):
            found = f"{low or '–'} to {high or '–'}"
            yield Problem(table, line, "value_low", found, "with between low and high")


def _publication(tables: Tables) -> Iterator[Problem]:
    """No figure is published, or shown, before the period it counts has ended.

    No exception is made for counts dated by the month: their period_end is the
    first of the month, which only makes the rule easier to keep.
    """
    table = "casualty_figures"
    columns = ("period_end", "published", "known_from", "known_from_basis")
    for line, end, published, known, basis in _rows(tables, table, *columns):
        if published and published < end and _is_day(published) and _is_day(end):
            expected = f"a day not before the end of the period, {end}"
            yield Problem(table, line, "published", published, expected)
        if (basis == "published") != bool(published):
            expected = "published if there is a date of publication, else period_end"
            yield Problem(table, line, "known_from_basis", basis, expected)
        elif known != (published or end):
            expected = f"the day that known_from_basis names, {published or end}"
            yield Problem(table, line, "known_from", known, expected)


def _words(tables: Tables) -> Iterator[Problem]:
    """Quotations stay short, summaries stay summaries."""
    for line, text in _rows(tables, "quotes", "text"):
        words = len(text.split())
        if words > QUOTE_WORDS:
            expected = f"at most {QUOTE_WORDS} words"
            yield Problem("quotes", line, "text", f"{words} words", expected)
    sequels = dict(_rows(tables, "events", "sequel"))
    for line, text in _rows(tables, "events", "summary"):
        words = len(text.split()) + len(sequels.get(line, "").split())
        if text and words not in SUMMARY_WORDS:
            expected = f"{SUMMARY_WORDS[0]} to {SUMMARY_WORDS[-1]} words"
            yield Problem("events", line, "summary", f"{words} words", expected)


def _events(tables: Tables) -> Iterator[Problem]:
    """What charts need of an event, and placeholders where they belong."""
    columns = ("significance", "turning_point", "short_title")
    for line, significance, turning_point, label in _rows(tables, "events", *columns):
        if not label and (significance == "1" or turning_point == "true"):
            expected = "a short title, as significance 1 and turning points need"
            yield Problem("events", line, "short_title", "nothing", expected)
    for line, precision, start in _rows(
        tables, "events", "date_precision", "start_date"
    ):
        if precision == "month" and not start.endswith("-01"):
            expected = "the first of the month where only the month is known"
            yield Problem("events", line, "start_date", start, expected)


def _rounds(tables: Tables) -> Iterator[Problem]:
    """Delegations of one round agree on what the round is."""
    columns = ("round_id", "round_name", "date", "date_precision", "talks_round")
    first: dict[str, tuple[int, tuple[str, ...]]] = {}
    for line, round_id, *values in _rows(tables, "delegations", *columns):
        earlier, agreed = first.setdefault(round_id, (line, tuple(values)))
        for column, value, other in zip(columns[1:], values, agreed, strict=True):
            if value != other:
                expected = f"{other}, as in row {earlier} of the same round"
                yield Problem("delegations", line, column, value, expected)


def _links(tables: Tables) -> Iterator[Problem]:
    """A link leads from an event to exactly one other thing, once."""
    targets = ("target_event_id", "proposal_id", "exchange_id", "repatriation_id")
    columns = ("event_id", "relation", *targets)
    first: dict[tuple[str, ...], int] = {}
    for line, *values in _rows(tables, "event_links", *columns):
        event, _, target, *others = values
        if sum(map(bool, (target, *others))) != 1:
            found = ", ".join(value for value in (target, *others) if value)
            expected = f"exactly one of {', '.join(targets)}"
            yield Problem("event_links", line, targets[0], found or "nothing", expected)
        if event == target:
            expected = "another event than the one it starts from"
            yield Problem("event_links", line, targets[0], target, expected)
        earlier = first.setdefault(tuple(values), line)
        if earlier != line:
            expected = f"a link of its own; row {earlier} is the same"
            yield Problem("event_links", line, "event_id", event, expected)


def _resolutions(tables: Tables) -> Iterator[Problem]:
    """No announcement is resolved before the event that resolved it began."""
    began = {event: day for _, event, day in _rows(tables, "events", *_BEGINNING)}
    columns = ("resolved_by", "resolved_on", "expected_precision", "expected_end")
    for line, event, day, precision, due in _rows(tables, "announcements", *columns):
        if event and day < began.get(event, ""):
            expected = f"a day not before resolved_by began, {began[event]}"
            yield Problem(
                "announcements", line, "resolved_on", day or "nothing", expected
            )
        if due and precision == "none":
            expected = "nothing, as expected_precision is none"
            yield Problem("announcements", line, "expected_end", due, expected)


def _evidence(tables: Tables) -> Iterator[Problem]:
    """A claim stands as the last of its evidence carries; each page is evidence."""
    columns = ("claim_id", "evidence_on", "basis", "supports", "clause", "source_id")
    last: dict[str, tuple[str, str]] = {}
    pages: dict[str, set[str]] = {}
    for line, claim, day, basis, supports, clause, page in _rows(
        tables, "claim_evidence", *columns
    ):
        pages.setdefault(claim, set()).add(page)
        if (basis == "page") != bool(page):
            expected = "a page, or nothing for a measurement"
            yield Problem(
                "claim_evidence", line, "source_id", page or "nothing", expected
            )
        if (supports == "context") == bool(clause):
            expected = "a clause where an assessment is carried, and only there"
            yield Problem(
                "claim_evidence", line, "clause", clause or "nothing", expected
            )
        # A page without a date counts in the latest view alone, after all others.
        order = day or "9999"
        if supports != "context" and order >= last.get(claim, ("", ""))[0]:
            last[claim] = (order, supports)
    columns = ("claim_id", "assessment", "source_ids")
    for line, claim, assessment, sources in _rows(tables, "claims", *columns):
        carried = last.get(claim, ("", "nothing"))[1]
        if pages and assessment != carried:
            expected = f"{carried}, as its last evidence carries"
            yield Problem("claims", line, "assessment", assessment, expected)
        for page in sources.split(";") if pages else ():
            if page not in pages.get(claim, ()):
                expected = "pages that have a row in claim_evidence"
                yield Problem("claims", line, "source_ids", page, expected)


def _coordinates(tables: Tables) -> Iterator[Problem]:
    """A place has both coordinates or neither."""
    for line, lat, lon in _rows(tables, "places", "lat", "lon"):
        if bool(lat) != bool(lon):
            found = f"{lat or '–'}, {lon or '–'}"
            yield Problem("places", line, "lat", found, "both coordinates or neither")


RULES: tuple[Callable[[Tables], Iterator[Problem]], ...] = (
    _ordered,
    _within,
    _sums,
    _figures,
    _publication,
    _words,
    _events,
    _rounds,
    _links,
    _resolutions,
    _evidence,
    _coordinates,
)


# --- small things ----------------------------------------------------------


def _number(text: str) -> float | None:
    return float(text) if _NUMBER.fullmatch(text) else None


def _exceeds(one: str, other: str) -> bool:
    """Whether both are numbers and the first is the larger."""
    first, second = _number(one), _number(other)
    return first is not None and second is not None and first > second


def _list(value: Any) -> list[Any]:
    """A descriptor's 'one or several', as a list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _shortened(text: str, longest: int = 80) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
