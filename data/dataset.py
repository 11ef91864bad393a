"""The dataset, and the dataset as it was known on a day.

Publication rules: every table's descriptor names the field by which a row
became known (`knownFrom`). Some tables need more than leaving rows out,
because a row itself was learned in steps: an event or office that had not
ended, a sequel still to come, a proposal not yet superseded, a biography written later. They are
named in `_REDACTIONS`.
"""

from __future__ import annotations

import gc
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd

from data.checks import BrokenDataset, check
from data.layers import Layer
from data.package import Package, folder
from data.words import MONTHS

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Closing:
    """The dataset's own closing dates (ISO): the last row of each kind."""

    events: str
    casualties: str
    front_line: str

    @property
    def latest(self) -> str:
        return max(self.events, self.casualties, self.front_line)


@dataclass(frozen=True, eq=False)
class Dataset:
    """All tables and layers, cut to what was known on `day` (ISO date).

    Immutable: `dataset["events"]` is a copy on write, so a caller's changes
    stay the caller's. `closing` and `first_day` always describe the whole.
    """

    package: Package
    version: str
    day: str
    first_day: str
    closing: Closing
    tables: Tables
    layers: Mapping[str, Layer]
    whole: Dataset | None = None

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.tables[table].copy(deep=False)

    def layer(self, name: str) -> Layer:
        return self.layers[name]

    def labels(self, table: str, field: str) -> Mapping[str, str]:
        """An enum's values → human labels, as the descriptor has them."""
        return self.package[table].labels(field)

    def as_of(self, day: str) -> Dataset:
        """The same shape, cut to what was known on `day` (ISO date)."""
        return self if day == self.day else _cut(self.whole or self, day)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Actor id → name, of every actor: a name is not news."""
        actors = (self.whole or self).tables["actors"]
        return MappingProxyType(
            dict(zip(actors["actor_id"], actors["name"], strict=True))
        )

    @cached_property
    def sides(self) -> Mapping[str, str]:
        """Actor id → side."""
        actors = (self.whole or self).tables["actors"]
        return MappingProxyType(
            dict(zip(actors["actor_id"], actors["side"], strict=True))
        )

    @cached_property
    def sources(self) -> Mapping[str, Mapping[str, object]]:
        """Source id → its row, of the sources known by `day`."""
        table = self.tables["sources"]
        return MappingProxyType(
            {row["source_id"]: row for row in table.to_dict("records")}
        )


@contextmanager
def _uncollected() -> Iterator[None]:
    """No garbage collection: it would walk the maps' million coordinates again and
    again while they are read, which takes longer than the reading."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@_uncollected()
def load(path: Path | None = None) -> Dataset:
    """Read, check and hold the whole dataset.

    Raises BrokenDataset with every problem found; a broken table never starts.
    """
    path = path or folder()
    problems = check(path)
    if problems:
        raise BrokenDataset(problems)
    package = Package.read(path)
    tables = {r.name: r.read(path) for r in package.tables}
    layers = {}
    for resource in package.layers:
        rule = resource.known_from
        layers[resource.name] = Layer.read(
            resource.name, path / resource.path, rule["field"] if rule else None
        )
    events = tables["events"]
    tables["events"] = events.assign(
        known_from=events["public_from"].fillna(_known_from(events, "start_date")),
        in_progress=False,
        summary=(events["summary"] + (" " + events["sequel"]).fillna("")),
        summary_at_first=events["summary"],
    )
    tables["repatriations"] = tables["repatriations"].assign(
        known_from=_known_from(tables["repatriations"], "date")
    )
    for name in ("exchanges", "repatriations"):
        tables[name] = tables[name].assign(
            notes_from=_notes_from(tables[name], tables["sources"])
        )
    for name, field in (("offices", "start_date"), ("exchange_totals", "as_of")):
        tables[name] = tables[name].assign(
            known_from=_seen_from(tables[name], field, tables["sources"])
        )
    proposals = tables["proposals"]
    tables["proposals"] = proposals.assign(
        known_from=proposals["public_from"].fillna(proposals["date"])
    )
    tables["positions"] = tables["positions"].assign(
        known_from=_seen_from(tables["positions"], "date", tables["sources"])
    )
    tables["actors"] = tables["actors"].assign(
        bio_known_from=_bio_known_from(tables),
        known_from=_actor_known_from(tables),
    )
    tables["sources"] = tables["sources"].assign(
        known_from=_page_known_from(package, tables)
    )
    closing = Closing(
        events=tables["events"]["start_date"].max(),
        casualties=tables["casualty_figures"]["known_from"].max(),
        front_line=tables["front_metrics"]["date"].max(),
    )
    return Dataset(
        package=package,
        version=f"{package.descriptor['version']}+{_fingerprint(path, package)}",
        day=closing.latest,
        first_day=tables["events"]["start_date"].min(),
        closing=closing,
        tables=MappingProxyType(tables),
        layers=MappingProxyType(layers),
    )


@lru_cache(maxsize=1)
def dataset() -> Dataset:
    """The process's dataset, loaded once."""
    return load()


@lru_cache(maxsize=64)
def _cut(whole: Dataset, day: str) -> Dataset:
    if day >= whole.closing.latest:
        # Pages that report later than the last event count as known by then,
        # so that the latest view holds every row of every table.
        return whole
    kept: dict[str, pd.DataFrame] = {}
    for resource in whole.package.tables:
        table = whole.tables[resource.name]
        rule = resource.known_from
        if rule is None:
            kept[resource.name] = table
        elif "field" in rule:
            kept[resource.name] = table[_known(table, rule["field"], day)]
    for resource in whole.package.tables:
        rule = resource.known_from
        if rule is not None and "through" in rule:
            kept[resource.name] = _through(whole, kept, resource.name)
    for name, redact in _REDACTIONS.items():
        kept[name] = redact(kept, day)
    return Dataset(
        package=whole.package,
        version=whole.version,
        day=day,
        first_day=whole.first_day,
        closing=whole.closing,
        tables=MappingProxyType(
            {name: table.reset_index(drop=True) for name, table in kept.items()}
        ),
        layers=MappingProxyType(
            {name: layer.until(day) for name, layer in whole.layers.items()}
        ),
        whole=whole,
    )


def _known(table: pd.DataFrame, field: str, day: str) -> pd.Series:
    """Rows known by `day`; a page that nothing dates counts as known."""
    known_from = table["known_from" if "known_from" in table else field]
    known = known_from <= day
    return known | known_from.isna() if field == "published" else known


def _through(whole: Dataset, kept: Tables, name: str) -> pd.DataFrame:
    """A child's rows whose parent is kept, however many steps away the parent is."""
    rule = whole.package[name].known_from["through"]
    parent = rule["resource"]
    if parent not in kept:
        kept = {**kept, parent: _through(whole, kept, parent)}
    key = whole.package[parent].descriptor["schema"]["primaryKey"]
    key = key if isinstance(key, str) else key[0]
    table = whole.tables[name]
    return table[table[rule["field"]].isin(kept[parent][key])]


def _known_from(table: pd.DataFrame, field: str) -> pd.Series:
    """The day itself; the month's end where only the month is known.

    A month's first day is a placeholder: shown from then on, the event could
    stand up to 30 days before it happened.
    """
    return _period_end(table[field], table["date_precision"])


def _period_end(dates: pd.Series, precision: pd.Series) -> pd.Series:
    """The last day that a first of the month or year may stand for, by precision."""
    days = pd.to_datetime(dates)
    ends = (days + pd.offsets.MonthEnd(0)).where(precision == "month")
    ends = ends.fillna((days + pd.offsets.YearEnd(0)).where(precision == "year"))
    coarse = (precision == "month") & dates.str.endswith("-01")
    coarse |= (precision == "year") & dates.str.endswith("-01-01")
    return dates.mask(coarse, ends.dt.strftime("%Y-%m-%d")).astype("str")


def _seen_from(table: pd.DataFrame, field: str, sources: pd.DataFrame) -> pd.Series:
    """An office's start, a total's date; where it is unknown or the first page
    that states it came later, that page's date. NaN if neither is known: such a
    row stands in the latest view alone."""
    published = sources.set_index("source_id")["published"]
    pages = table["source_ids"].str.split(";").explode().map(published)
    first = pages.groupby(level=0).min().reindex(table.index)
    if field == "start_date":
        return _period_end(table[field], table["date_precision"]).fillna(first)
    return table[field].where(~(first > table[field]), first)


def _last_month_named(text: str) -> str:
    """The first day of the last month or year that a text names; else empty."""
    named = re.findall(rf"(?:\b({'|'.join(MONTHS)}) )?\b(20[12]\d)\b", text)
    days = (f"{year}-{MONTHS[month] if month else 1:02}-01" for month, year in named)
    return max(days, default="")


def _page_known_from(package: Package, tables: Tables) -> pd.Series:
    """The day a page was published; of an undated page, the last day of the events
    and other rows that rest on it, as it tells of each, and not before a month or
    year that its title names. NaN if nothing dates it. Pages behind a biography
    alone count from the biography's day.
    """
    days: dict[str, pd.Series] = {}
    for resource in package.tables:
        rule, table = resource.known_from, tables[resource.name]
        if rule is None:
            continue
        if "field" in rule:
            days[resource.name] = table[
                "known_from" if "known_from" in table else rule["field"]
            ]
        elif rule["through"]["resource"] in days:
            parent = tables[rule["through"]["resource"]]
            dated = days[rule["through"]["resource"]]
            key = rule["through"]["field"]
            days[resource.name] = table[key].map(
                dict(zip(parent[key], dated, strict=True))
            )
    cited = []
    for name, day in days.items():
        table = tables[name]
        if name == "sources" or not {"source_ids", "source_id"} & set(table):
            continue
        ids = table["source_ids" if "source_ids" in table else "source_id"]
        rows = pd.DataFrame({"page": ids.str.split(";"), "day": day})
        cited.append(rows.explode("page"))
    last = pd.concat(cited).dropna().groupby("page")["day"].max()
    pages = tables["sources"]
    actors = tables["actors"][["source_ids", "bio_known_from"]]
    bios = actors.assign(page=actors["source_ids"].str.split(";")).explode("page")
    behind = bios.groupby("page")["bio_known_from"].min()
    day = pages["source_id"].map(last).fillna(pages["source_id"].map(behind))
    named = pages["title"].map(_last_month_named)
    return pages["published"].fillna(day.mask(named > day.fillna(""), named))


def _notes_from(table: pd.DataFrame, sources: pd.DataFrame) -> pd.Series:
    """The day by which a row's notes could be written: that of its last dated page,
    or the later day that the row names because the notes tell of it."""
    published = sources.set_index("source_id")["published"]
    pages = table["source_ids"].str.split(";").explode().map(published)
    last = pages.groupby(level=0).max().reindex(table.index)
    return table["notes_known_from"].fillna(last).fillna(table["date"])


def _events(kept: Tables, day: str) -> pd.DataFrame:
    """Hide a sequel that was still to come, and what was not known of an event
    that had begun and not ended."""
    events = kept["events"]
    running = events["end_date"] > day
    ahead = events["sequel_from"] > day
    told = events["summary"].mask(ahead, events["summary_at_first"])
    return events.assign(
        in_progress=running,
        end_date=events["end_date"].mask(running),
        outcome=events["outcome"].mask(running, "ongoing"),
        sequel=events["sequel"].mask(ahead | running),
        sequel_from=events["sequel_from"].mask(ahead | running),
        summary=told.mask(
            running,
            "In progress on this day. The summary was written after it ended.",
        ),
    )


def _open_ended(name: str) -> Callable[[Tables, str], pd.DataFrame]:
    """Hide the end of a period that had not ended."""

    def redact(kept: Tables, day: str) -> pd.DataFrame:
        table = kept[name]
        return table.assign(end_date=table["end_date"].mask(table["end_date"] > day))

    return redact


def _exchanges(kept: Tables, day: str) -> pd.DataFrame:
    """Hide the end of an exchange under way, and notes that tell what came later."""
    exchanges = _open_ended("exchanges")(kept, day)
    later = exchanges["notes_from"] > day
    return exchanges.assign(
        notes=exchanges["notes"].mask(later),
        notes_known_from=exchanges["notes_known_from"].mask(later),
    )


def _repatriations(kept: Tables, day: str) -> pd.DataFrame:
    """Hide notes, and numbers worked out from a total, until they were known."""
    table = kept["repatriations"]
    later = table["notes_from"] > day
    uncounted = table["bodies_to_russia_known_from"] > day
    return table.assign(
        notes=table["notes"].mask(later),
        notes_known_from=table["notes_known_from"].mask(later),
        bodies_to_russia=table["bodies_to_russia"].mask(uncounted),
        bodies_to_russia_known_from=table["bodies_to_russia_known_from"].mask(
            uncounted
        ),
    )


def _offices(kept: Tables, day: str) -> pd.DataFrame:
    """Hide the end of an office still held, and notes: they tell what came later."""
    offices = _open_ended("offices")(kept, day)
    return offices.assign(note=offices["note"].mask(offices["note"].notna()))


def _proposals(kept: Tables, day: str) -> pd.DataFrame:
    """'Superseded' only once the successor exists; else as it entered the record.

    No row dates a rejection, a partial agreement or a later signature, so they
    stand in the latest view alone. A summary that tells what came later waits.
    """
    proposals = kept["proposals"]
    replaced = proposals["proposal_id"].isin(proposals["supersedes_id"])
    told = (proposals["status"] == "superseded") & replaced
    later = proposals["summary_from"] > day
    return proposals.assign(
        status=proposals["status"].where(told, proposals["entered_as"]),
        summary=proposals["summary"].mask(
            later, "The summary was written later and tells what came after this day."
        ),
        summary_from=proposals["summary_from"].mask(later),
    )


def _announcements(kept: Tables, day: str) -> pd.DataFrame:
    """An announcement is open until the day it was kept or called off."""
    table = kept["announcements"]
    later = table["resolved_on"] > day
    return table.assign(
        resolved_by=table["resolved_by"].mask(later),
        resolved_on=table["resolved_on"].mask(later),
    )


def _claims(kept: Tables, day: str) -> pd.DataFrame:
    """The assessment that evidence published by the day carries, else none.

    The reasoning was written from all of a claim's pages: it waits for the last.
    """
    claims, evidence = kept["claims"], kept["claim_evidence"]
    carrying = evidence[evidence["supports"] != "context"].sort_values(
        "evidence_on", kind="stable"
    )
    last = carrying.drop_duplicates("claim_id", keep="last").set_index("claim_id")
    seen = set(zip(evidence["claim_id"], evidence["source_id"], strict=True))
    pages = claims.set_index("claim_id")["source_ids"].str.split(";")
    complete = {c for c, ids in pages.items() if all((c, i) in seen for i in ids)}
    return claims.assign(
        assessment=claims["claim_id"].map(last["supports"]),
        reasoning=claims["reasoning"].where(claims["claim_id"].isin(complete)),
    )


def _claim_records(kept: Tables, day: str) -> pd.DataFrame:
    """The events and exchanges beside a claim, once they are known.

    A period claimed that had not begun is left out: when an office would be
    taken, for one, was learned later. One under way ends on the day named.
    """
    records = kept["claim_records"]
    ahead = records["claimed_from"] > day
    records = records.assign(
        claimed_from=records["claimed_from"].mask(ahead),
        claimed_to=records["claimed_to"].mask(ahead),
    )
    known = {
        column: set(kept[parent][key])
        for column, parent, key in (
            ("event_ids", "events", "event_id"),
            ("exchange_ids", "exchanges", "exchange_id"),
        )
    }
    cut = {
        column: [
            ";".join(i for i in value.split(";") if i in ids) or np.nan
            if isinstance(value, str)
            else value
            for value in records[column]
        ]
        for column, ids in known.items()
    }
    return records.assign(
        **{c: pd.Series(v, index=records.index, dtype="str") for c, v in cut.items()}
    )


def _links(kept: Tables, day: str) -> pd.DataFrame:
    """A link is known once both of its ends are."""
    table = kept["event_links"]
    known = pd.Series(True, index=table.index)
    for column, parent, key in (
        ("target_event_id", "events", "event_id"),
        ("proposal_id", "proposals", "proposal_id"),
        ("exchange_id", "exchanges", "exchange_id"),
        ("repatriation_id", "repatriations", "repatriation_id"),
    ):
        known &= table[column].isna() | table[column].isin(kept[parent][key])
    return table[known]


def _actors(kept: Tables, day: str) -> pd.DataFrame:
    """Actors with a record by then; a biography only once its pages existed.

    The affiliation is that of the office held on the day: the table's own
    column says what it was when the row was written.
    """
    actors = kept["actors"]
    actors = actors[actors["known_from"].isna() | (actors["known_from"] <= day)]
    offices = kept["offices"]
    held = offices[offices["end_date"].isna() | (offices["end_date"] >= day)]
    last = held.dropna(subset=["organization_id"]).sort_values("known_from")
    affiliation = last.drop_duplicates("actor_id", keep="last").set_index("actor_id")
    mapped = actors["actor_id"].map(affiliation["organization_id"])
    person = actors["kind"] == "person"
    return actors.assign(
        bio=actors["bio"].mask(actors["bio_known_from"] > day),
        affiliation_id=actors["affiliation_id"].where(~person, mapped),
    )


# In this order: a later entry reads what an earlier one left.
_REDACTIONS: Mapping[str, Callable[[Tables, str], pd.DataFrame]] = MappingProxyType(
    {
        "events": _events,
        "exchanges": _exchanges,
        "repatriations": _repatriations,
        "offices": _offices,
        "proposals": _proposals,
        "announcements": _announcements,
        "claims": _claims,
        "claim_records": _claim_records,
        "event_links": _links,
        "actors": _actors,
    }
)


def _bio_known_from(tables: Tables) -> pd.Series:
    """The day the last page behind a biography was published.

    Where that page shows no date, or the text names a year after it, the
    dataset's closing date: too late is safe, too early would leak.
    """
    published = tables["sources"].set_index("source_id")["published"]
    actors = tables["actors"]
    closing = tables["events"]["start_date"].max()
    pages = actors["source_ids"].str.split(";").explode().map(published)
    last = pages.groupby(level=0).max().reindex(actors.index)
    undated = pages.isna().groupby(level=0).any().reindex(actors.index)
    years = (
        actors["bio"]
        .str.findall(r"\b20[12]\d\b")
        .map(lambda found: max(found, default="") if isinstance(found, list) else "")
    )
    unsafe = undated | last.isna() | (years > last.str[:4])
    return last.mask(unsafe, closing).astype("str")


def _actor_known_from(tables: Tables) -> pd.Series:
    """The first dated record that names an actor, for a group without one the day
    of its biography; NaN if there is none.

    A person or group that enters the record later is not listed before, nor is a
    report that only claims name. States and standing bodies were known before
    2022, and so count from the start.
    """
    event_day = tables["events"].set_index("event_id")["known_from"]
    delegation_day = tables["delegations"].set_index("delegation_id")["date"]
    participants, members = tables["event_participants"], tables["delegation_members"]
    records = [
        (participants["actor_id"], participants["event_id"].map(event_day)),
        (participants["on_behalf_of"], participants["event_id"].map(event_day)),
        (members["actor_id"], members["delegation_id"].map(delegation_day)),
        (tables["offices"]["actor_id"], tables["offices"]["known_from"]),
        (tables["offices"]["organization_id"], tables["offices"]["known_from"]),
        (tables["quotes"]["actor_id"], tables["quotes"]["date"]),
        (tables["positions"]["actor_id"], tables["positions"]["date"]),
        (tables["claims"]["claimant_id"], tables["claims"]["said_on"]),
    ]
    stacked = pd.concat(
        [pd.DataFrame({"id": i.to_numpy(), "day": d.to_numpy()}) for i, d in records],
        ignore_index=True,
    )
    by_claims = stacked.index >= len(stacked) - len(tables["claims"])
    first = stacked.dropna().groupby("id")["day"].min()
    actors = tables["actors"]
    reported = actors["actor_id"].isin(stacked.loc[by_claims, "id"])
    reported &= ~actors["actor_id"].isin(stacked.loc[~by_claims, "id"])
    dated = actors["kind"].isin(["person", "group"]) | reported
    day = actors["actor_id"].map(first)
    group = actors["kind"] == "group"
    return day.fillna(_bio_known_from(tables).where(group)).where(dated, np.nan)


def _fingerprint(path: Path, package: Package) -> str:
    """Eight hex digits of the SHA-256 of the descriptor and every file."""
    digest = hashlib.sha256((path / "datapackage.json").read_bytes())
    for resource in package.resources:
        digest.update((path / resource.path).read_bytes())
    return digest.hexdigest()[:8]
