"""Claims set against the record: the ledger, its evidence, and what stands beside it.

A statement is assessed, never a person. How a claim stands on a day is decided
by the evidence published by that day; the cut in `data.dataset` sees to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

import pandas as pd

from data.casualties import figures, last_word
from data.dataset import Dataset
from data.front import KM_PER_MILE, LENGTHS, MAPS, on_day
from data.words import QUALIFIER_WORD, count, day, ids, number

NOT_ASSESSED = "not_assessed"
NO_DATE = ", publication date not known"
NOT_ASSESSED_WORD = "Not assessed by this date"

# Assessment → what the word means here; the order is that of every list.
METHOD: Mapping[str, str] = MappingProxyType(
    {
        "supported": "The evidence bears the statement out as it was worded.",
        "partly_supported": "A part is borne out, or it holds for one reading only; "
        "the clause beside the word says which.",
        "contradicted": "The evidence says otherwise on the point that the statement makes.",
        "unverifiable": "The pages seen neither bear it out nor speak against it, or all "
        "that is known comes from one side.",
        "prediction_met": "It spoke of the future, and what it said came about.",
        "prediction_failed": "It spoke of the future, and by the time it named, or by now, "
        "it had not come about.",
        "prediction_open": "It speaks of the future, or hangs on a condition not yet met.",
        NOT_ASSESSED: "Nothing published by the date chosen carries an assessment.",
    }
)

# The report that this project began with: name in the address → claimant.
REPORTS: Mapping[str, str] = MappingProxyType(
    {"istanbul-2025-05-16": "istanbul-report-2025-05-16"}
)
_REPORT_ROWS = "seed-"

# Definitions of the line's length, in the order in which they are drawn.
_DEFINITIONS = (
    "main_line_km",
    "front_line_km",
    "front_line_km_dp5km",
    "front_line_km_dp250m",
)
_MAP_NAMES = {"deepstate": "DeepState", "nzz": "NZZ", "isw": "ISW"}

# Others' statements on losses stand beside a claim made within so many days.
_NEAR_DAYS = 120

# A map whose last day is older than this says nothing about the day of a claim.
_STALE_DAYS = 31

_COLUMNS = ("row", "who", "day", "low", "high", "unit", "stated", "mark", "source_ids")


@dataclass(frozen=True)
class Record:
    """What stands beside one claim, and the value or period that it claims.

    `low` and `high` are in `unit`, None where no number is claimed; the period
    is in ISO dates, '' where none is named.
    """

    claim_id: str
    kind: str
    label: str
    low: float | None
    high: float | None
    unit: str
    qualifier: str
    claimed_from: str
    claimed_to: str
    populations: tuple[str, ...]
    measures: tuple[str, ...]
    claimant_ids: tuple[str, ...]
    event_ids: tuple[str, ...]
    exchange_ids: tuple[str, ...]


@lru_cache(maxsize=64)
def ledger(data: Dataset) -> pd.DataFrame:
    """All claims made by the day, the last first; a report's in their own order.

    Columns of `claims` and: claimant (name), topic_label, assessment (never empty:
    `not_assessed`), word (its label), clause (the qualification, '' if none), later
    (bool: evidence not yet published, or a page without a date, is left out).
    Treat the frame as read-only.
    """
    claims = data["claims"]
    evidence = data["claim_evidence"]
    carrying = evidence[evidence["supports"] != "context"].sort_values(
        "evidence_on", kind="stable", na_position="last"
    )
    clause = carrying.drop_duplicates("claim_id", keep="last").set_index("claim_id")
    assessment = claims["assessment"].astype("object")
    assessment = assessment.where(assessment.notna(), NOT_ASSESSED)
    words = assessment_words(data)
    rows = claims.assign(
        claimant=claims["claimant_id"].map(data.names),
        topic_label=claims["topic"].map(data.labels("claims", "topic")),
        assessment=assessment,
        word=assessment.map(words),
        clause=claims["claim_id"].map(clause["clause"]).fillna(""),
        later=claims["reasoning"].isna(),
    )
    return rows.sort_values(
        "said_on", ascending=False, kind="stable", ignore_index=True
    )


def assessment_words(data: Dataset) -> Mapping[str, str]:
    """Assessment → its word, 'not assessed by this date' last."""
    return {**data.labels("claims", "assessment"), NOT_ASSESSED: NOT_ASSESSED_WORD}


def found(
    data: Dataset,
    claimants: Sequence[str] = (),
    topics: Sequence[str] = (),
    assessments: Sequence[str] = (),
    words: str = "",
) -> pd.DataFrame:
    """The ledger's rows that answer to every filter; an empty one lets all pass.

    `words` must all occur, in any case, in the statement, claimant or topic.
    """
    rows = ledger(data)
    for column, wanted in (
        ("claimant_id", claimants),
        ("topic", topics),
        ("assessment", assessments),
    ):
        if wanted:
            rows = rows[rows[column].isin(wanted)]
    text = rows["statement"] + " " + rows["claimant"] + " " + rows["topic_label"]
    text = text.str.casefold()
    for word in words.casefold().split():
        rows = rows[text.loc[rows.index].str.contains(word, regex=False)]
    return rows


def report_rows(data: Dataset, report: str) -> pd.DataFrame:
    """The statements of a report in its own order; empty before it appeared."""
    rows = ledger(data)
    if REPORTS[report] not in set(rows["claimant_id"]):
        return rows.iloc[:0]
    mine = rows[rows["claim_id"].str.startswith(_REPORT_ROWS)]
    return mine.sort_values("claim_id", ignore_index=True)


def counted(rows: pd.DataFrame) -> str:
    """'8 supported, 14 partly supported; of 10 predictions 1 met, 6 not met, 3 open'."""
    counts = rows["assessment"].value_counts()

    def part(names: Mapping[str, str]) -> str:
        return ", ".join(f"{counts[a]} {n}" for a, n in names.items() if a in counts)

    said = [
        part(
            {
                "supported": "supported",
                "partly_supported": "partly supported",
                "contradicted": "contradicted",
                "unverifiable": "not verifiable",
                NOT_ASSESSED: "not yet assessed",
            }
        )
    ]
    predictions = int(rows["assessment"].str.startswith("prediction").sum())
    if predictions:
        ends = {"met": "met", "failed": "not met", "open": "open"}
        how = part({f"prediction_{end}": name for end, name in ends.items()})
        said.append(f"of {count(predictions, 'prediction')} {how}")
    return "; ".join(filter(None, said))


def said_by(claim: Mapping[str, object]) -> str:
    """'Donald Trump, 15 May 2025'; a report's name has its date already."""
    when = day(claim["said_on"])
    name = str(claim["claimant"])
    return name if name.endswith(when) else f"{name}, {when}"


def headline(data: Dataset) -> str:
    """The page's finding on the day: how many claims, and how they stand."""
    rows = ledger(data)
    if rows.empty:
        return f"No claim is recorded by {day(data.day)}"
    by = "" if data.day >= data.closing.latest else f" by {day(data.day)}"
    return f"{count(len(rows), 'claim')} against the record{by}: {counted(rows)}"


def report_headline(data: Dataset, report: str) -> str:
    """The report's finding: its statements, and how they stand on the day."""
    rows = report_rows(data, report)
    name = data.names[REPORTS[report]]
    return f"{name}: of {len(rows)} statements, {counted(rows)}"


def evidence(data: Dataset, claim_id: str) -> pd.DataFrame:
    """What bears on one claim, by date; pages without a date last.

    Columns of `claim_evidence` and: word (the assessment carried, or Context),
    who (publisher, or the map measured).
    """
    rows = data["claim_evidence"]
    rows = rows[rows["claim_id"] == claim_id].sort_values(
        "evidence_on", kind="stable", na_position="last"
    )
    publishers = {i: str(row["publisher"]) for i, row in data.sources.items()}
    return rows.assign(
        word=rows["supports"].map(data.labels("claim_evidence", "supports")),
        who=rows["source_id"].map(publishers).fillna("Own measurement, DeepState map"),
    ).reset_index(drop=True)


def record(data: Dataset, claim_id: str) -> Record:
    """What stands beside the claim. Raises KeyError for a claim not known by the day."""
    rows = data["claim_records"].set_index("claim_id", drop=False)
    row = rows.loc[claim_id]

    def text(field: str) -> str:
        return row[field] if isinstance(row[field], str) else ""

    def value(field: str) -> float | None:
        return None if pd.isna(row[field]) else float(row[field])

    return Record(
        claim_id=claim_id,
        kind=text("kind"),
        label=text("label"),
        low=value("value_low"),
        high=value("value_high"),
        unit=text("unit"),
        qualifier=text("qualifier"),
        claimed_from=text("claimed_from"),
        claimed_to=text("claimed_to"),
        **{
            field: tuple(ids(row[field]))
            for field in (
                "populations",
                "measures",
                "claimant_ids",
                "event_ids",
                "exchange_ids",
            )
        },
    )


def beside(data: Dataset, claim_id: str) -> pd.DataFrame:
    """The record that is drawn beside the claim, as known on the dataset's day.

    Columns: row (what), who (map, claimant or publisher), day (ISO; '' if not
    known), low and high (in `unit`; NaN without a number), unit, stated (as
    printed), mark (how it is drawn: deepstate, nzz, isw; verified, named, claim,
    range; event, evidence, exchange, year), source_ids.
    """
    claim = ledger(data).set_index("claim_id", drop=False).loc[claim_id]
    what = record(data, claim_id)
    build = _BUILDERS[what.kind]
    return pd.DataFrame(build(data, claim, what), columns=list(_COLUMNS))


def _lengths(data: Dataset, claim: pd.Series, what: Record) -> list[tuple]:
    rows = []
    for measure in _DEFINITIONS:
        for source in MAPS:
            found_ = _fresh(data, claim["said_on"], source, measure)
            if found_ is not None:
                km = float(found_[measure])
                stated = f"{number(km)} km ({number(km / KM_PER_MILE)} miles)"
                rows.append(
                    (LENGTHS[measure][0], _MAP_NAMES[source], found_["date"], km, km,
                     "km", stated, source, "")
                )  # fmt: skip
    return rows


def _areas(data: Dataset, claim: pd.Series, what: Record) -> list[tuple]:
    rows = []
    for source in MAPS:
        first = _fresh(data, what.claimed_from, source, "occupied_km2")
        last = _fresh(data, what.claimed_to, source, "occupied_km2")
        if first is None or last is None:
            continue
        km2 = round(float(last["occupied_km2"] - first["occupied_km2"]), 1)
        rows.append(
            ("Net change of the occupied area", _MAP_NAMES[source], last["date"],
             km2, km2, "km2", f"{number(km2)} km²", source, "")
        )  # fmt: skip
    return rows


def _fresh(data: Dataset, on: str, source: str, measure: str) -> pd.Series | None:
    """The map's row of that day or of the last days before it."""
    row = on_day(data, on, source, needs=measure)
    if row is None:
        return None
    age = date.fromisoformat(on) - date.fromisoformat(row["date"])
    return row if age.days <= _STALE_DAYS else None


_PEOPLE = {
    ("civilians_ukraine", "killed"): "Civilians killed",
    ("civilians_ukraine", "injured"): "Civilians injured",
    ("military_russia", "confirmed_names"): "Russian dead listed by name",
    ("military_ukraine", "confirmed_names"): "Ukrainian dead listed by name",
    ("military_ukraine", "killed"): "Killed",
    ("military_ukraine", "casualties"): "Killed and wounded",
}
_MARKS = {"verified_count": "verified", "named_list": "named"}


def _casualties(data: Dataset, what: Record) -> pd.DataFrame:
    rows = figures(data)
    keep = (
        rows["population"].isin(what.populations)
        & rows["measure"].isin(what.measures)
        & rows["cumulative"]
    )
    if what.claimant_ids:
        keep &= rows["claimant_id"].isin(what.claimant_ids)
    return rows[keep]


def _series(data: Dataset, claim: pd.Series, what: Record) -> list[tuple]:
    rows = _casualties(data, what)
    out: list[tuple] = []
    for key in _PEOPLE:
        part = rows[(rows["population"] == key[0]) & (rows["measure"] == key[1])]
        out += [_figure(key, row) for row in last_word(part).to_dict("records")]
    return out


def _statements(data: Dataset, claim: pd.Series, what: Record) -> list[tuple]:
    rows = _casualties(data, what)
    gap = pd.to_datetime(rows["period_end"]) - pd.Timestamp(claim["said_on"])
    rows = rows[gap.dt.days.abs() <= _NEAR_DAYS]
    rows = rows[rows["claimant_id"] != claim["claimant_id"]]
    out = []
    for key in _PEOPLE:
        part = rows[(rows["population"] == key[0]) & (rows["measure"] == key[1])]
        part = part.sort_values("period_end", kind="stable")
        out += [_figure(key, row) for row in part.to_dict("records")]
    return out


def _figure(key: tuple[str, str], row: dict) -> tuple:
    low, high = row["value_low"], row["value_high"]
    ranged = not pd.isna(low) and not pd.isna(high) and low != high
    if ranged:
        stated, mark = f"{number(low)}–{number(high)}", "range"
    else:
        low = high = row["value"]
        stated = QUALIFIER_WORD[row["qualifier"]] + number(row["value"])
        mark = _MARKS.get(row["method"], "claim")
    if not isinstance(row["published"], str):
        stated += NO_DATE
    return (_PEOPLE[key], row["claimant_name"], row["period_end"], float(low),
            float(high), "people", stated, mark, row["source_ids"])  # fmt: skip


def _numbers(data: Dataset, claim: pd.Series, what: Record) -> list[tuple]:
    rows = evidence(data, claim["claim_id"])
    rows = rows[rows["value_low"].notna() & (rows["unit"] == what.unit)]
    return [
        (row["counted"][:1].upper() + row["counted"][1:], row["who"], _text(row["evidence_on"]), row["value_low"],
         row["value_high"], row["unit"], in_unit(row["value_low"], row["unit"]),
         "claim", row["source_id"])
        for row in rows.to_dict("records")
    ]  # fmt: skip


def in_unit(value: float, unit: str) -> str:
    """65.9, 'billion USD' → '65.9 billion dollars'."""
    places = 0 if float(value).is_integer() else 1
    name = {"billion USD": " billion dollars", "percent": "%", "km2": " km²",
            "mi": " miles"}.get(unit, f" {unit}")  # fmt: skip
    return number(value, places) + name


def _dated(data: Dataset, claim: pd.Series, what: Record) -> list[tuple]:
    """Events and exchanges beside the claim, and the evidence on it, by date."""
    events = data["events"].set_index("event_id", drop=False)
    rows = []
    for event_id in what.event_ids:
        event = events.loc[event_id]
        title = event["title"]
        if event["status"] == "candidate":
            title += " (candidate: rests on pages not opened)"
        rows.append((title, "Event", event["start_date"], float("nan"), float("nan"),
                     "", "", "event", event["source_ids"]))  # fmt: skip
    exchanges = data["exchanges"].set_index("exchange_id", drop=False)
    for exchange_id in what.exchange_ids:
        row = exchanges.loc[exchange_id]
        sides = [row["returned_to_ukraine"], row["returned_to_russia"]]
        known = [float(n) for n in sides if not pd.isna(n)]
        stated = "; ".join(
            f"{'number not published' if pd.isna(n) else number(n)} to {name}"
            for n, name in zip(sides, ("Ukraine", "Russia"), strict=True)
        )
        low, high = (min(known), max(known)) if known else (float("nan"),) * 2
        rows.append((f"Exchange: {stated}", "Exchange of prisoners", row["date"], low,
                     high, "people", stated, "exchange", row["source_ids"]))  # fmt: skip
    for row in evidence(data, claim["claim_id"]).to_dict("records"):
        rows.append((f"{row['who']}: {row['says']}", row["word"],
                     _text(row["evidence_on"]), row["value_low"], row["value_high"],
                     _text(row["unit"]), "", "evidence", _text(row["source_id"])))  # fmt: skip
    return sorted(rows, key=lambda row: row[2] or "9999")


def _years(data: Dataset, claim: pd.Series, what: Record) -> list[tuple]:
    """The years of the war since 24 February 2022, to the day of the claim."""
    ordinal = ("first", "second", "third", "fourth", "fifth", "sixth")
    rows = []
    for n, name in enumerate(ordinal):
        start = f"{2022 + n}-02-24"
        if start <= claim["said_on"]:
            rows.append((f"{name.capitalize()} year of the war", "Calendar", start,
                         n + 1.0, n + 1.0, "year of the war",
                         f"from {day(start)}", "year", ""))  # fmt: skip
    return rows


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


_BUILDERS = MappingProxyType(
    {
        "front_length": _lengths,
        "area_change": _areas,
        "casualty_series": _series,
        "casualty_statements": _statements,
        "evidence_figures": _numbers,
        "exchanges": _dated,
        "war_years": _years,
        "events": _dated,
        "none": _dated,
    }
)
