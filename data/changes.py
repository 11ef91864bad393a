"""What became known between two days: events, texts, exchanges, figures, offices, line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pandas as pd

from data.dataset import Dataset
from data.exchanges import OUTSIDE, people
from data.figure_changes import LONGEST, figure_changes
from data.line_changes import LineChange, OblastChange, line_change
from data.words import count, day, number, period, shortened, signed

KINDS = ("event", "proposal", "exchange", "figure", "revision", "office", "line")

COLUMNS = ["kind", "day", "text", "detail", "rank", "ref", "source_ids"]

_CANDIDATE = "candidate: rests on pages not opened"


@lru_cache(maxsize=64)
def changes(data: Dataset, since: str) -> pd.DataFrame:
    """What became known after `since` (ISO) and by the dataset's day.

    Columns: kind (one of KINDS), day (ISO, on which it became known), text (one
    line, no full stop), detail (a further line or ''), rank (1 the most
    important, to 3), ref (the row's id; of the line an oblast's code or a
    measure), source_ids (`;`-separated). Ordered by kind, then day; the line by
    size of change. Lengths and areas in km and km². Treat the frame as
    read-only. Raises ValueError where `since` is after the dataset's day.
    """
    if since > data.day:
        raise ValueError(f"since ({since}) lies after the as-of date ({data.day})")
    rows = [
        *_events(data, since),
        *_proposals(data, since),
        *_exchanges(data, since),
        *figure_changes(data, since),
        *_offices(data, since),
        *_line(data, since),
    ]
    table = pd.DataFrame(rows, columns=COLUMNS)
    order = {kind: i for i, kind in enumerate(KINDS)}
    table = table.assign(order=table["kind"].map(order)).sort_values(
        ["order", "day"], kind="stable", ignore_index=True
    )
    return table[COLUMNS]


def tally(data: Dataset, since: str) -> list[str]:
    """How much became known, in words: ['14 events', '1 office change']."""
    table = changes(data, since)
    n = table["kind"].value_counts()
    refs = table.loc[table["kind"] == "exchange", "ref"]
    handed = {
        "exchange of prisoners": data["exchanges"]["exchange_id"],
        "return of bodies": data["repatriations"]["repatriation_id"],
        "official total": data["exchange_totals"]["total_id"],
    }
    plural = {
        "exchange of prisoners": "exchanges of prisoners",
        "return of bodies": "returns of bodies",
        "official total": "official totals",
    }
    found = [
        (n.get("event", 0), "event", "events"),
        (n.get("proposal", 0), "text", "texts"),
        *(
            (int(refs.isin(ids).sum()), name, plural[name])
            for name, ids in handed.items()
        ),
        (n.get("figure", 0), "new count", "new counts"),
        (n.get("revision", 0), "revised count", "revised counts"),
        (n.get("office", 0), "change of office", "changes of office"),
    ]
    return [count(int(many), one, more) for many, one, more in found if many]


def said(data: Dataset, since: str) -> str:
    """One sentence: 'Between 9 and 16 May 2025: 14 events, 1 text, net +50 km²'."""
    if since == data.day:
        return f"Both days are {day(since)}: nothing can have changed"
    parts = tally(data, since)
    area = line_change(data, since).area
    if area.km2 is not None:
        parts.append(f"net change of the occupied area {signed(area.km2)} km²")
    return f"{between(since, data.day)}: {', '.join(parts) or 'nothing recorded'}"


def between(first: str, last: str) -> str:
    """'Between 9 and 16 May 2025', 'Between 30 April and 7 May 2025'."""
    if first == last:
        return f"On {day(last)}"
    if first[:7] == last[:7]:
        return f"Between {int(first[8:])} and {day(last)}"
    start = day(first)
    if first[:4] == last[:4]:
        start = start.removesuffix(f" {first[:4]}")
    return f"Between {start} and {day(last)}"


def two_days(first: str, last: str) -> str:
    """'9 and 16 May 2025'."""
    return between(first, last).removeprefix("Between ")


# --- events and texts ----------------------------------------------------------


def _events(data: Dataset, since: str) -> Iterator[dict[str, object]]:
    """Events that became known, and those under way before that have ended."""
    events = data["events"]
    new = (events["known_from"] > since) & (events["known_from"] <= data.day)
    ended = (
        ~new
        & (events["end_date"] > since)
        & (events["end_date"] <= data.day)
        & (events["end_date"] > events["start_date"])
        & (events["date_precision"] == "day")
    )
    tracks = data.labels("events", "track")
    outcomes = data.labels("events", "outcome")
    for row in events[new | ended].sort_values("significance").to_dict("records"):
        over = row["known_from"] <= since
        marks = [
            mark
            for mark, holds in (
                ("Candidate", row["status"] == "candidate"),
                ("Ended", over),
                ("In progress", bool(row["in_progress"])),
            )
            if holds
        ]
        # A title was written when the event had ended; its label names it alone.
        named = row["in_progress"] and isinstance(row["short_title"], str)
        title = row["short_title"] if named else row["title"]
        facts = [f"{tracks[row['track']]} track"]
        if row["outcome"] != "not_applicable":
            facts.append(f"outcome {outcomes[row['outcome']].lower()}")
        if row["date_precision"] == "month":
            facts.insert(0, f"{day(row['start_date'], 'month')}, day not known")
        elif row["start_date"] != row["known_from"] or over:
            facts.insert(0, period(row["start_date"], row["end_date"]))
        if row["status"] == "candidate":
            facts.append(_CANDIDATE)
        yield {
            "kind": "event",
            "day": row["end_date"] if over else row["known_from"],
            "text": f"{', '.join(marks)}: {title}" if marks else title,
            "detail": " · ".join(facts),
            "rank": int(row["significance"]),
            "ref": row["event_id"],
            "source_ids": row["source_ids"],
        }


def _proposals(data: Dataset, since: str) -> Iterator[dict[str, object]]:
    """Texts that became known, and earlier texts that another has replaced."""
    texts = data["proposals"]
    titles = dict(zip(texts["proposal_id"], texts["title"], strict=True))
    entered = data.labels("proposals", "entered_as")
    new = texts[(texts["known_from"] > since) & (texts["known_from"] <= data.day)]
    for row in new.to_dict("records"):
        facts = [f"{entered[row['entered_as']]} by {people(data, row['author_ids'])}"]
        if row["entered_as"] == "leaked":
            # Some were later printed whole by a paper: none was put forward.
            facts = [f"Known through the press; by {people(data, row['author_ids'])}"]
        if row["date"] != row["known_from"]:
            facts.append(f"of {day(row['date'])}")
        if isinstance(row["supersedes_id"], str) and row["supersedes_id"] in titles:
            facts.append(f"replaces {titles[row['supersedes_id']]}")
        yield {
            "kind": "proposal",
            "day": row["known_from"],
            "text": row["title"],
            "detail": "; ".join(facts),
            "rank": 1,
            "ref": row["proposal_id"],
            "source_ids": row["source_ids"],
        }
    old = texts[(texts["known_from"] <= since) & (texts["status"] == "superseded")]
    for row in old.to_dict("records"):
        following = texts[texts["supersedes_id"] == row["proposal_id"]]
        first = following.sort_values("known_from").iloc[0]
        if first["known_from"] > since:
            yield {
                "kind": "proposal",
                "day": first["known_from"],
                "text": f"Replaced: {row['title']}",
                "detail": f"By {first['title']}",
                "rank": 2,
                "ref": row["proposal_id"],
                "source_ids": first["source_ids"],
            }


# --- exchanges -----------------------------------------------------------------


def _exchanges(data: Dataset, since: str) -> Iterator[dict[str, object]]:
    """Handovers of prisoners and of bodies, and official totals newly published."""
    made = data["exchanges"]
    for row in made[made["date"] > since].to_dict("records"):
        said = []
        if not pd.isna(row["number_official"]):
            said.append(f"Ukraine’s number {int(row['number_official'])}")
        said += [row[c] for c in ("category", "place") if isinstance(row[c], str)]
        if not isinstance(row["end_date"], str):
            said.append("in progress")
        yield {
            "kind": "exchange",
            "day": row["date"],
            "text": "Exchange of prisoners: "
            + _each_way(
                row["returned_to_ukraine"],
                row["returned_to_russia"],
                one_way=str(row["category"]).startswith(OUTSIDE),
            ),
            "detail": _sentence("; ".join(said)),
            "rank": 1,
            "ref": row["exchange_id"],
            "source_ids": row["source_ids"],
        }
    made = data["repatriations"]
    for row in made[made["known_from"] > since].to_dict("records"):
        yield {
            "kind": "exchange",
            "day": row["known_from"],
            "text": "Return of bodies: "
            + _each_way(row["bodies_to_ukraine"], row["bodies_to_russia"]),
            "detail": f"{day(row['date'], 'month')}, day not known"
            if row["date_precision"] == "month"
            else "",
            "rank": 1,
            "ref": row["repatriation_id"],
            "source_ids": row["source_ids"],
        }
    yield from _totals(data, since)


def _each_way(to_ukraine: object, to_russia: object, *, one_way: bool = False) -> str:
    """'205 to Ukraine, 205 to Russia'; with `one_way` nothing for a missing side."""
    if pd.isna(to_ukraine) and pd.isna(to_russia):
        return "numbers not published"
    said = []
    for n, side in ((to_ukraine, "Ukraine"), (to_russia, "Russia")):
        if not pd.isna(n):
            said.append(f"{number(n)} to {side}")
        elif not one_way:
            said.append(f"number to {side} not published")
    return ", ".join(said)


_TOTALS = {
    "returned_to_ukraine_total": "people returned to Ukraine",
    "bodies_to_ukraine_total": "bodies handed to Ukraine",
}
_QUALIFIED = {
    "exactly": "",
    "at_least": "at least ",
    "more_than": "more than ",
    "about": "about ",
}


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def _totals(data: Dataset, since: str) -> Iterator[dict[str, object]]:
    rows = data["exchange_totals"]
    new = rows[(rows["known_from"] > since) & (rows["known_from"] <= data.day)]
    for row in new.to_dict("records"):
        for column, what in _TOTALS.items():
            if pd.isna(row[column]):
                continue
            by = data.names.get(row["claimant_id"], row["claimant_id"])
            amount = f"{_QUALIFIED[row['qualifier']]}{number(row[column])}"
            only = isinstance(row["deal"], str)
            said = ["Of one deal alone"] if only else []
            if not pd.isna(row["exchanges_count"]):
                said.append(count(int(row["exchanges_count"]), "exchange"))
            past = rows[
                (rows["known_from"] <= since)
                & (rows["claimant_id"] == row["claimant_id"])
                & rows["deal"].isna()
                & rows[column].notna()
            ].sort_values("as_of")
            last = past.iloc[-1] if len(past) else None
            # A total to an earlier day than the last one known is no rise.
            if last is not None and last["as_of"] < row["as_of"] and not only:
                said.append(
                    f"{signed(row[column] - last[column])} against "
                    f"{_QUALIFIED[last['qualifier']]}{number(last[column])} "
                    f"to {day(last['as_of'])}"
                )
            yield {
                "kind": "exchange",
                "day": row["known_from"],
                "text": (
                    f"Official total by {by}, to {day(row['as_of'])}: {amount} {what}"
                ),
                "detail": _begun("; ".join(said)),
                "rank": 3 if only else 2,
                "ref": row["total_id"],
                "source_ids": row["source_ids"],
            }


# --- offices -------------------------------------------------------------------


def _offices(data: Dataset, since: str) -> Iterator[dict[str, object]]:
    """Offices begun and ended; where only the year is known, it is no day's news."""
    rows = data["offices"]
    year_only = rows["date_precision"] == "year"
    begun = rows[
        rows["start_date"].notna()
        & (rows["known_from"] > since)
        & (rows["known_from"] <= data.day)
        & ~(year_only & _first_of(rows["start_date"], "-01-01"))
    ]
    for row in begun.to_dict("records"):
        yield _office(data, row, "Begun", row["start_date"], row["known_from"])
    ends = _last_days(rows).mask(year_only & _first_of(rows["end_date"], "-01-01"))
    over = rows.assign(over=ends)[(ends > since) & (ends <= data.day)]
    # A further term in the same office is no end of it.
    held = set(zip(begun["actor_id"], begun["title"], strict=True))
    for row in over.to_dict("records"):
        if (row["actor_id"], row["title"]) not in held:
            yield _office(data, row, "Ended", row["end_date"], row["over"])


def _last_days(offices: pd.DataFrame) -> pd.Series:
    """The day by which an office had ended; a month counts to its last day."""
    ends = pd.to_datetime(offices["end_date"])
    month_end = (ends + pd.offsets.MonthEnd(0)).dt.strftime("%Y-%m-%d")
    month_only = offices["date_precision"] == "month"
    return offices["end_date"].mask(
        month_only & _first_of(offices["end_date"], "-01"), month_end
    )


def _first_of(dates: pd.Series, tail: str) -> pd.Series:
    """Where a date is the placeholder for its month or year."""
    return dates.str.endswith(tail).fillna(False).astype(bool)


def _office(
    data: Dataset, row: dict, verb: str, stated: str, known: str
) -> dict[str, object]:
    name = data.names.get(row["actor_id"], row["actor_id"])
    whole = f"{verb}: {name}, {row['title']}"
    text = shortened(whole, LONGEST)
    organization = data.names.get(row["organization_id"], "")
    said = [] if text == whole else [row["title"]]
    if organization and organization not in row["title"]:
        said.append(organization)
    if stated != known:
        said.append(f"{day(stated, 'month')}, day not known")
    return {
        "kind": "office",
        "day": known,
        "text": text,
        "detail": "; ".join(said),
        "rank": 2,
        "ref": row["office_id"],
        "source_ids": row["source_ids"],
    }


# --- front line ----------------------------------------------------------------


def _line(data: Dataset, since: str) -> Iterator[dict[str, object]]:
    """Length, net area, and the net area by oblast; or why they are not compared."""
    if since == data.day:
        return
    found, area = line_change(data, since), line_change(data, since).area
    name = data.labels("front_metrics", "dataset")[found.source]
    if found.before is None and area.km2 is None:
        text = "Front line and occupied area not compared between these days"
        yield _line_row(data, "front_line", text, _sentence(found.reason), 1)
        return
    if found.now is not None and found.before is not None:
        text = (
            f"Front line {number(found.now)} km, "
            f"{signed(found.now - found.before)} km since {day(found.first)}"
        )
        detail = f"{name}; maps of {two_days(found.first, found.last)}"
    else:
        text, detail = "Length of the front line not compared", _sentence(found.reason)
    yield _line_row(data, "front_line_km", text, detail, 1)
    if area.km2 is not None:
        text = f"Occupied area net {signed(area.km2)} km² since {day(area.first)}"
        detail = f"{name}; maps of {two_days(area.first, area.last)}"
        if area.note:
            detail += f". {area.note}"
    else:
        text, detail = "Occupied area not compared", _sentence(area.reason)
    yield _line_row(data, "occupied_km2", text, detail, 1)
    if found.oblast_reason:
        text = "Occupied area by oblast not available"
        yield _line_row(data, "oblasts", text, _sentence(found.oblast_reason), 3)
    for oblast in found.oblasts:
        text = f"{oblast.name}: occupied area {signed(oblast.net)} km²"
        yield _line_row(data, oblast.code, text, _patches(found, oblast), 2)


def _patches(found: LineChange, oblast: OblastChange) -> str:
    return (
        f"Stored maps of {two_days(found.stored_first, found.stored_last)}; in patches of "
        f"5 km² or more {number(oblast.gained)} km² gained, "
        f"{number(oblast.lost)} km² lost by Russia"
    )


def _line_row(
    data: Dataset, ref: str, text: str, detail: str, rank: int
) -> dict[str, object]:
    return {
        "kind": "line",
        "day": min(data.day, data.closing.front_line),
        "text": text,
        "detail": detail,
        "rank": rank,
        "ref": ref,
        "source_ids": "",
    }


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
