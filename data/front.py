"""Derived figures of the front line: one map's day, its change, its definitions.

Three maps measure the same war by different rules: DeepState, NZZ/Liveuamap
and ISW. They are set side by side, never mixed, averaged or differenced.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from data.dataset import Dataset

MAPS = ("deepstate", "nzz", "isw")

# The drawn map is NZZ/Liveuamap's before this day and DeepState's from it on.
SPLICE = "2022-05-16"

# On this day DeepState redrew Crimea: 805 km² more, and nothing had changed hands.
CRIMEA_REDRAWN = "2022-09-19"

# On this day NZZ dropped bodies of water: 2,838 km² less, for the same reason.
WATER_DROPPED = "2023-05-24"

# The share of Ukraine is of this area (internationally recognised borders).
UKRAINE_KM2 = 603_550

# A length under one of these flags is of a map that was not yet a front line.
_NO_LINE_YET = "mobile_phase_line_has_two_sides|map_still_being_filled_in"

KM_PER_MILE = 1.609344  # international mile, exact by definition

# Two oblasts that the redrawing of Crimea touched.
REDRAWN_OBLASTS = ("UA-43", "UA-40")


@dataclass(frozen=True)
class Change:
    """Net change of the occupied area between two days of one map.

    `km2` is None where the two days cannot be differenced; `reason` says why.
    `first` and `last` are the map days used (ISO), at or before `asked`
    and `day`. `note` is a limit of the number, in a sentence.
    """

    asked: str
    day: str
    source: str
    first: str | None = None
    last: str | None = None
    km2: float | None = None
    reason: str = ""
    note: str = ""

    @property
    def share_pct(self) -> float:
        """The size of the change in percent of Ukraine."""
        return abs(self.km2 or 0) / UKRAINE_KM2 * 100

    @property
    def twelve_months(self) -> bool:
        return self.asked == twelve_months_before(self.day)


def map_of(day: str) -> str:
    """The map that the drawn line and area of this day come from."""
    return "nzz" if day < SPLICE else "deepstate"


def twelve_months_before(day: str) -> str:
    return (pd.Timestamp(day) - pd.DateOffset(years=1)).strftime("%Y-%m-%d")


def compared_with(data: Dataset, day: str) -> str | None:
    """The day to compare with unless the reader names one.

    Twelve months before, but not before the first day of the same map; None
    where nothing precedes.
    """
    start = SPLICE if day >= SPLICE else data.layer("front_lines").dates[0]
    first = max(twelve_months_before(day), start)
    return first if first < day else None


@lru_cache(maxsize=128)
def days_of_map(data: Dataset, source: str) -> pd.DataFrame:
    """One map's rows of front_metrics in order of date, indexed by it."""
    table = data.tables["front_metrics"]
    rows = table[table["dataset"] == source].sort_values("date")
    return rows.set_index("date", drop=False)


def on_day(
    data: Dataset, day: str, source: str, *, needs: str = "occupied_km2"
) -> pd.Series | None:
    """The map's last row on or before `day` that has the column `needs`."""
    rows = days_of_map(data, source)
    rows = rows[rows[needs].notna()]
    n = rows.index.searchsorted(day, side="right")
    return rows.iloc[n - 1] if n else None


def change(data: Dataset, since: str, day: str) -> Change:
    """Net change from `since` to `day`, by the map drawn on both days."""
    source = map_of(day)
    asked = Change(asked=since, day=day, source=source)
    if since >= day:
        return _without(asked, "the two days are in no order")
    if map_of(since) != source:
        return _without(
            asked,
            "the map drawn here changes from NZZ / Liveuamap to DeepState on "
            "16 May 2022, and two maps are not differenced",
        )
    first, last = on_day(data, since, source), on_day(data, day, source)
    if first is None or last is None or first["date"] == last["date"]:
        return _without(asked, "no map precedes this one")
    measure, note = "occupied_km2", ""
    if source == "deepstate" and since < CRIMEA_REDRAWN <= day:
        measure = "since2022_km2"
        note = (
            "Counted without the area held before 24 February 2022, because "
            "DeepState redrew Crimea on 19 September 2022"
        )
    if source == "nzz":
        note = "NZZ / Liveuamap, whose map moves in steps"
    return Change(
        asked=since,
        day=day,
        source=source,
        first=first["date"],
        last=last["date"],
        km2=round(float(last[measure] - first[measure]), 1),
        note=note,
    )


def _without(asked: Change, reason: str) -> Change:
    return Change(asked=asked.asked, day=asked.day, source=asked.source, reason=reason)


@dataclass(frozen=True)
class MapDay:
    """The stored days that the map of `day` draws.

    `day` is the day whose figures are given, at most the last of the maps.
    `line` and `area` are snapshot dates on or before `day`; `map_date` is the
    day of the map they were read from. `before` is the stored area that the
    coloured patches are measured from, None where there are none to draw.
    """

    day: str
    source: str
    line: str
    map_date: str
    area: str
    change: Change | None
    before: str | None


def map_day(data: Dataset, day: str, compare: str | None) -> MapDay | None:
    """The map of a day against another; None before the first snapshot."""
    day = min(day, data.closing.front_line)
    lines, stored = data.layer("front_lines"), data.layer("occupied_areas")
    line, area = lines.on(day), stored.date_on(day)
    if line is None or area is None:
        return None
    net = change(data, compare, day) if compare and compare < day else None
    before = stored.date_on(compare) if net and net.km2 is not None else None
    if before is not None and (map_of(before) != map_of(area) or before >= area):
        before = None
    return MapDay(
        day=day,
        source=str(line["properties"]["dataset"]),
        line=str(line["properties"]["date"]),
        map_date=str(line["properties"]["map_date"]),
        area=area,
        change=net,
        before=before,
    )


@dataclass(frozen=True)
class LineParts:
    """The front line's length in whole units, parts that add up as printed."""

    total: int
    land: int
    river: int


def line_parts(land: float, total: float) -> LineParts:
    """Half up; the river's part is what remains, so that the parts add up."""
    whole, on_land = int(total + 0.5), int(land + 0.5)
    return LineParts(whole, on_land, whole - on_land)


_PARTS = ("land_line_km", "river_line_km")


def no_front_yet(row: pd.Series) -> bool:
    """Whether the map of this row did not yet draw one front."""
    flags = row["flags"]
    return isinstance(flags, str) and any(f in flags for f in _NO_LINE_YET.split("|"))


# Column of front_metrics → name, how it is measured, who speaks of it.
LENGTHS = {
    "front_line_km": (
        "Whole line, 1 km scale",
        "Land and river; bends under 1 km smoothed",
        "Ukraine’s command means about this by its ‘active line’",
    ),
    "land_line_km": ("of which on land", "All pieces on land, 1 km scale", ""),
    "river_line_km": (
        "of which along the Dnipro",
        "Kinburn to about 35.27° E, 1 km scale",
        "",
    ),
    "main_line_km": (
        "Longest continuous stretch",
        "Without the pieces on the border; 1 km scale",
        "",
    ),
    "front_line_km_dp250m": (
        "Whole line, 250 m scale",
        "The same line with bends down to 250 m",
        "",
    ),
    "front_line_km_dp5km": (
        "Whole line, 5 km scale",
        "The same line with bends under 5 km smoothed",
        "",
    ),
}


# Round lengths in use, and how far a definition may lie from one to be meant by it.
_ROUND_LENGTHS = {1000: "‘About 1,000 km’ or ‘620 miles’", 1200: "‘1,200 km’"}
_NEAR = 0.05

# No statement of the whole line's length is known from before this month.
_SPOKEN_FROM = "2024-08-01"


def _round_lengths(lengths: dict[str, float]) -> dict[str, str]:
    """Measure → the round length that it alone comes nearest to."""
    whole = {m: km for m, km in lengths.items() if m not in _PARTS}
    meant: dict[str, str] = {}
    for length, words in _ROUND_LENGTHS.items():
        nearest = min(whole, key=lambda m: abs(whole[m] - length), default=None)
        if nearest and abs(whole[nearest] - length) <= _NEAR * length:
            meant[nearest] = f"{words}: of these lengths, this one is nearest"
    return meant


def definitions(data: Dataset, day: str) -> pd.DataFrame:
    """Which length is which on this day, by the map drawn.

    Columns: measure (column of front_metrics), name, how, who, km, map_date.
    Empty if the map has no line by then.
    """
    row = on_day(data, day, map_of(day), needs="front_line_km")
    columns = ["measure", "name", "how", "who", "km", "map_date"]
    if row is None:
        return pd.DataFrame(columns=columns)
    known = {m: float(row[m]) for m in LENGTHS if pd.notna(row[m])}
    spoken = day >= _SPOKEN_FROM
    meant = _round_lengths(known) if spoken else {}
    lines = []
    for measure, km in known.items():
        name, how, who = LENGTHS[measure] if spoken else (*LENGTHS[measure][:2], "")
        said = "; ".join(filter(None, (meant.get(measure), who)))
        lines.append((measure, name, how, said, km, row["date"]))
    return pd.DataFrame(lines, columns=columns)


def stated_lengths(data: Dataset, day: str) -> pd.DataFrame:
    """Lengths published by `day`, each with the definition that comes nearest.

    Columns of `published` and km, nearest (name of the definition), nearest_km:
    measured on the statement's own day by the map drawn.
    """
    rows = published(data, "front_line_length")
    rows = rows[rows["published"] <= day]
    near = []
    for row in rows.itertuples():
        known = definitions(data, row.period_end)
        whole = known[~known["measure"].isin(_PARTS)]
        gap = (whole["km"] - row.km).abs()
        best = whole.loc[gap.idxmin()]
        near.append((best["name"], best["km"]))
    return rows.assign(
        nearest=[name for name, _ in near], nearest_km=[km for _, km in near]
    )


def lengths(data: Dataset, measure: str, since: str) -> pd.DataFrame:
    """The three maps' line by day: date, dataset, km, single_day.

    Days of a map that did not yet draw one front are left out. ISW exists for
    single days only.
    """
    parts = []
    for source in MAPS:
        rows = days_of_map(data, source)
        rows = rows[(rows.index >= since) & rows[measure].notna()]
        flagged = rows["flags"].str.contains(_NO_LINE_YET, na=False)
        rows = rows[~flagged.to_numpy(bool)]
        parts.append(
            pd.DataFrame(
                {
                    "date": rows["date"].to_numpy(),
                    "dataset": source,
                    "km": rows[measure].to_numpy(float),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def areas(data: Dataset, since: str) -> pd.DataFrame:
    """The three maps' occupied area by day: date, dataset, km2, share_pct."""
    parts = []
    for source in MAPS:
        rows = days_of_map(data, source)
        rows = rows[rows.index >= since]
        if source == "deepstate":
            filling = rows["flags"].str.contains("map_still_being_filled_in", na=False)
            rows = rows[~filling.to_numpy(bool)]
        if source == "isw":
            partial = rows["flags"].str.contains("incomplete_file", na=False)
            rows = rows[~partial.to_numpy(bool)]
        parts.append(
            pd.DataFrame(
                {
                    "date": rows["date"].to_numpy(),
                    "dataset": source,
                    "km2": rows["occupied_km2"].to_numpy(float),
                    "share_pct": rows["occupied_share_pct"].to_numpy(float),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def monthly(data: Dataset, source: str) -> pd.DataFrame:
    """Net change a month: month, km2, gained_km2, lost_km2, from_date, to_date, flags.

    ISW's months are differences of the area on the first days, as its maps are
    too coarse and too few for gains and losses.
    """
    if source == "isw":
        return _isw_months(data)
    table = data.tables["monthly_change"]
    rows = table[table["dataset"] == source].sort_values("month")
    return rows.rename(columns={"net_change_km2": "km2"})[
        ["month", "km2", "gained_km2", "lost_km2", "from_date", "to_date", "flags"]
    ].reset_index(drop=True)


def _isw_months(data: Dataset) -> pd.DataFrame:
    rows = days_of_map(data, "isw")
    firsts = rows[rows.index.str.endswith("-01").astype(bool)]
    month = pd.PeriodIndex(firsts["date"], freq="M")
    following = (month[1:].asi8 - month[:-1].asi8) == 1
    start, end = firsts.iloc[:-1][following], firsts.iloc[1:][following]
    return pd.DataFrame(
        {
            "month": start["date"].str[:7].to_numpy(),
            "km2": (end["occupied_km2"].to_numpy() - start["occupied_km2"].to_numpy()),
            "gained_km2": float("nan"),
            "lost_km2": float("nan"),
            "from_date": start["date"].to_numpy(),
            "to_date": end["date"].to_numpy(),
            "flags": "area_computed_by_source",
        }
    ).round(1)


def is_partial(flags: object) -> bool:
    """Whether a month's row covers only a part of the month."""
    return isinstance(flags, str) and ("partial" in flags or "from_2022" in flags)


def oblasts(data: Dataset) -> pd.DataFrame:
    """Occupied area by oblast on the last first-of-month known, and a year before.

    Columns: oblast_code, oblast, occupied_km2, occupied_share_pct, oblast_km2,
    before_km2 (NaN where the two days cannot be differenced), change_km2, date,
    before_date, dataset, map_date; largest area first.
    """
    table = data.tables["oblast_control"]
    if table.empty:
        return table.assign(before_km2=[], change_km2=[], before_date=[])
    firsts = table[table["date"].str.endswith("-01").astype(bool)]
    # In the war's first days only the first day itself is stored.
    table = firsts if len(firsts) else table
    day = table["date"].max()
    before = twelve_months_before(day)
    now = table[table["date"] == day].set_index("oblast_code", drop=False)
    then_day = before if (table["date"] == before).any() else None
    then = table[table["date"] == then_day].set_index("oblast_code")
    comparable = then_day is not None and set(then["dataset"]) == set(now["dataset"])
    then_km2 = then["occupied_km2"].reindex(now.index) if comparable else float("nan")
    rows = now.assign(before_km2=then_km2, before_date=then_day if comparable else None)
    if comparable and then_day < CRIMEA_REDRAWN <= day:
        redrawn = rows["oblast_code"].isin(REDRAWN_OBLASTS)
        rows["before_km2"] = rows["before_km2"].mask(redrawn)
    rows["change_km2"] = (rows["occupied_km2"] - rows["before_km2"]).round(1)
    return rows.sort_values("occupied_km2", ascending=False).reset_index(drop=True)


# An event of one of these types was held at its place.
_HELD = ("talks", "summit", "agreement", "exchange")


def venues(data: Dataset) -> pd.DataFrame:
    """Places in and around Ukraine where talks or handovers were held.

    Columns: place_id, name, city (NaN outside a city), lon, lat, events (number),
    kinds (in words), last (ISO date of the latest).
    """
    events = data["events"]
    held = events[events["event_type"].isin(_HELD)]
    at = held.merge(data["places"], on="place_id")
    at = at[at["lat"].between(43, 54) & at["lon"].between(22, 44)]
    label = data.labels("events", "event_type")
    at["kinds"] = at["event_type"].map(lambda kind: str(label.get(kind, kind)).lower())
    # A city's venues stand on the city's dot, not beside it.
    cities = data["cities"].set_index("name")
    for field in ("lon", "lat"):
        at[field] = at["city"].map(cities[field]).fillna(at[field])
    grouped = at.groupby("place_id", sort=False)
    return grouped.agg(
        name=("name", "first"),
        city=("city", "first"),
        lon=("lon", "first"),
        lat=("lat", "first"),
        events=("event_id", "size"),
        kinds=("kinds", lambda kinds: ", ".join(sorted(set(kinds)))),
        last=("start_date", "max"),
    ).reset_index()


def published(data: Dataset, measure: str) -> pd.DataFrame:
    """Statements of 'front_line_length' or 'area_gained', by publication.

    The table's columns and km (a length) or km2 (an area).
    """
    table = data["published_front_figures"]
    rows = table[table["measure"] == measure].sort_values("published")
    miles = rows["unit"] == "mi"
    field = "km" if measure == "front_line_length" else "km2"
    return rows.assign(
        **{field: rows["value"].mask(miles, rows["value"] * KM_PER_MILE)}
    )
