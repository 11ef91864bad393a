"""Figures derived from `casualty_figures`: latest words, editions, key figures.

Killed is never added to, or compared with, killed and wounded together: every
function here takes or returns one measure at a time. A figure whose page shows
no date (`known_from_basis` is `period_end`) is shown as such and never decides
which of two editions of one figure came later.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import numpy as np
import pandas as pd

from data.dataset import Dataset
from data.words import MONTHS, QUALIFIER_WORD, day, number

# A count that starts on or before this day is taken as 'since the invasion':
# OHCHR and the General Staff count from 24 February, some others from 1 March.
CUMULATIVE_FROM = "2022-03-01"

CASUALTY_MEASURES = ("casualties", "killed", "confirmed_names", "injured", "missing")

_MONTH_YEAR = re.compile(rf"\b({'|'.join(MONTHS)}),? (20\d\d)\b( update)?")
_ISO_DAY = re.compile(r"\b20\d\d-\d\d-\d\d\b")
_YEAR = re.compile(r"\b(20\d\d)\b")


@dataclass(frozen=True)
class Population:
    """One choice on the page: its words and the table's populations it covers.

    The tables count different people and are never drawn as one series.
    """

    label: str
    people: str
    tables: tuple[str, ...]
    military: bool = False


POPULATIONS: Mapping[str, Population] = MappingProxyType(
    {
        "civilians": Population(
            "Civilians",
            "civilians",
            ("civilians_ukraine", "civilians_occupied", "civilians_russia"),
        ),
        "children": Population("Children", "children", ("children_ukraine",)),
        "ukrainian-military": Population(
            "Ukrainian military",
            "the Ukrainian military",
            ("military_ukraine", "military_both"),
            military=True,
        ),
        "russian-military": Population(
            "Russian military",
            "the Russian military",
            ("military_russia", "military_both"),
            military=True,
        ),
        "north-korean-forces": Population(
            "North Korean forces",
            "North Korean forces",
            ("north_korea_forces",),
            military=True,
        ),
        "displaced": Population(
            "Displaced people", "people", ("refugees", "internally_displaced")
        ),
        "prisoners-held": Population(
            "Prisoners",
            "prisoners",
            ("prisoners_russia_held", "prisoners_ukraine_held"),
        ),
    }
)

MILITARY = tuple(key for key, value in POPULATIONS.items() if value.military)
OTHERS = tuple(key for key, value in POPULATIONS.items() if not value.military)

# Names for labels in a drawing, where an actor's full name has no room.
_SHORT_NAMES = MappingProxyType(
    {
        "bbc-russian": "BBC Russian",
        "coordination-headquarters-pow": "Ukraine’s POW HQ",
        "csis": "CSIS",
        "dmitry-kobak": "D. Kobak",
        "dmytro-lubinets": "D. Lubinets",
        "economist": "The Economist",
        "general-staff-ukraine": "Ukraine’s General Staff",
        "hur": "Ukraine’s HUR",
        "iiss": "IISS",
        "iom": "IOM",
        "istories": "Important Stories",
        "lostarmour": "Lostarmour",
        "mediazona-bbc": "Mediazona, BBC",
        "mediazona-meduza": "Mediazona, Meduza",
        "memory-book": "Memory Book",
        "ministry-of-defence-russia": "Russian MoD",
        "mivd": "Dutch intelligence",
        "mykhailo-podolyak": "M. Podolyak",
        "nato": "NATO",
        "north-korea": "North Korea",
        "norway-intelligence": "Norwegian intelligence",
        "ocha": "OCHA",
        "ohchr": "OHCHR",
        "oleksandr-syrskyi": "O. Syrskyi",
        "oleksiy-arestovych": "O. Arestovych",
        "south-korea-jcs": "South Korea’s JCS",
        "south-korea-nis": "South Korea’s NIS",
        "uk-mod": "UK MoD",
        "ukraine-leaked-estimate": "Ukrainian estimate, WSJ",
        "ukraine-missing-persons-commissioner": "Ukraine’s missing register",
        "ukraine-officials": "Ukrainian officials",
        "unhcr": "UNHCR",
        "united-kingdom": "UK government",
        "us-officials": "US officials",
        "vladimir-putin": "V. Putin",
        "volodymyr-zelenskyy": "V. Zelenskyy",
        "western-officials": "Western officials",
        "yurii-butusov": "Y. Butusov",
    }
)


@dataclass(frozen=True)
class Statement:
    """One row of `casualty_figures`; what the row leaves empty is None."""

    figure_id: str
    population: str
    measure: str
    claimant_id: str
    claimant: str
    low: int | None
    best: int | None
    high: int | None
    qualifier: str
    period_start: str
    period_end: str
    published: str | None
    known_from: str
    known_from_basis: str
    method: str
    scope: str
    source_ids: str

    @property
    def value(self) -> int:
        """The value stated, else the end of the range that was stated, in people."""
        return next(v for v in (self.best, self.low, self.high) if v is not None)

    @property
    def in_words(self) -> str:
        """'at least 12,910'; a range as 'n–m'."""
        if self.low is not None and self.high is not None and self.low != self.high:
            return f"{number(self.low)}–{number(self.high)}"
        return f"{QUALIFIER_WORD[self.qualifier]}{number(self.value)}"

    @property
    def cumulative(self) -> bool:
        """True where the period begins with the invasion."""
        return self.period_start <= CUMULATIVE_FROM


@dataclass(frozen=True)
class Change:
    """Two counts of one claimant, and how far the newer one is above the older.

    `difference` is None where the two are one and the same statement: nothing
    newer had been published.
    """

    now: Statement
    before: Statement
    difference: int | None


def latest_cumulative(
    data: Dataset,
    population: str,
    claimant: str,
    measure: str,
    *,
    dated_only: bool = False,
) -> Statement | None:
    """The claimant's last count since the invasion, as known on the dataset's day.

    `population` and `measure` are the table's own values (`civilians_ukraine`,
    `killed`). The last is the one that reaches furthest, unless a later page
    gave more for an earlier day. `dated_only` leaves out pages without a date;
    otherwise look at `known_from_basis` and say so. None if there is none.
    """
    return _latest_cumulative(data, population, claimant, measure, dated_only)


def change_since(
    data_now: Dataset,
    data_before: Dataset,
    population: str,
    claimant: str,
    measure: str,
) -> Change | None:
    """How far the last published count rose between two days' knowledge.

    Only pages with a date are compared: the others cannot be placed in time.
    None if either day has no such count. Name both counts beside the number.
    """
    found = [
        latest_cumulative(data, population, claimant, measure, dated_only=True)
        for data in (data_now, data_before)
    ]
    now, before = found
    if now is None or before is None:
        return None
    same = now.figure_id == before.figure_id
    return Change(now, before, None if same else now.value - before.value)


@lru_cache(maxsize=512)
def _latest_cumulative(
    data: Dataset, population: str, claimant: str, measure: str, dated_only: bool
) -> Statement | None:
    rows = figures(data)
    rows = rows[
        (rows["population"] == population)
        & (rows["claimant_id"] == claimant)
        & (rows["measure"] == measure)
        & rows["cumulative"]
    ]
    if dated_only:
        rows = rows[rows["published"].notna()]
    rows = last_word(rows)
    return _statement(rows.iloc[-1]) if len(rows) else None


def last_word(rows: pd.DataFrame) -> pd.DataFrame:
    """One series' rows in order, the last word last; overtaken rows left out.

    A row is overtaken when a later page gives more for an earlier day: OHCHR's
    rounded 'more than 12,300' of 8 January 2025 by its 12,456 to 31 December,
    published on the 17th. Of two rows for one day the one whose qualifier was
    kept comes last, then the higher verified minimum, then the one published later.
    """
    if rows.empty:
        return rows
    told = [d if isinstance(d, str) else "" for d in rows["published"]]
    end, kept, verified = (
        list(rows["period_end"]),
        [q != "unstated" for q in rows["qualifier"]],
        [m == "verified_count" for m in rows["method"]],
    )
    value = rows["value"].to_numpy(float, na_value=np.nan)
    # Days as their ranks: whole numbers are compared much faster than texts.
    when, to = (np.unique(days, return_inverse=True)[1] for days in (told, end))
    overtaken = [
        told[i] and np.any((when > when[i]) & (to < to[i]) & (value > value[i]))
        for i in range(len(rows))
    ]
    order = sorted(
        (i for i in range(len(rows)) if not overtaken[i]),
        # Without a date of publication a row comes before those with one.
        key=lambda i: (end[i], kept[i], value[i] if verified[i] else 0, told[i]),
    )
    return rows.iloc[order]


@lru_cache(maxsize=64)
def figures(data: Dataset) -> pd.DataFrame:
    """All figures known on the day, with what charts and tables derive from them.

    Added columns: `claimant` (short name), `claimant_name`, `side` (ukraine,
    russia, western, other), `value` (people: best, else low, else high),
    `cumulative` (counted since the invasion), `series` (what exactly is counted,
    where one measure holds several). A page without a date whose text names a
    later month was written later and is left out until then; sentences of
    `scope` that name a later month are cut. Treat the frame as read-only.
    """
    rows = data["casualty_figures"]
    rows = rows.assign(
        scope=rows["scope"].str.replace(_ISO_DAY, _day_in_words, regex=True)
    )
    # The latest view holds every row, as the tables do.
    if data.day < data.closing.latest:
        later = np.array([_names_later(text, data.day) for text in rows["scope"]], bool)
        rows = rows[~(later & rows["published"].isna())]
        cut = [until(text, data.day) for text in rows["scope"]]
        rows = rows.assign(scope=pd.Series(cut, index=rows.index, dtype="str"))
    sides = rows["claimant_id"].map(data.sides)
    return rows.assign(
        claimant=rows["claimant_id"].map(lambda i: short_name(data, i)),
        claimant_name=rows["claimant_id"].map(data.names),
        side=sides.map(_SIDES)
        .mask(rows["claimant_id"] == "western-officials", "western")
        .mask(rows["claimant_id"] == "eurostat", "other"),
        value=rows["value_best"].fillna(rows["value_low"]).fillna(rows["value_high"]),
        # The war's first two months are also given as months.
        cumulative=(rows["period_start"] <= CUMULATIVE_FROM)
        & ~rows["scope"].str.contains("in the month"),
        series=_series(rows),
    ).reset_index(drop=True)


def _day_in_words(found: re.Match) -> str:
    return day(found.group())


# The actors' sides as the losses are coloured: governments of NATO and its
# members are one group of claimants, researchers and all others another.
_SIDES = MappingProxyType(
    {
        "ukraine": "ukraine",
        "russia": "russia",
        "united_states": "western",
        "europe": "western",
        "un": "other",
        "research": "other",
        "humanitarian": "other",
        "other": "other",
    }
)


def short_name(data: Dataset, claimant_id: str) -> str:
    """A claimant's name for a label; its full name where that is short enough."""
    return _SHORT_NAMES.get(claimant_id, data.names[claimant_id])


def _series(rows: pd.DataFrame) -> pd.Series:
    """What is counted, finer than the measure: from the words of `scope`.

    UNHCR counted departures at the border until June 2022 and people recorded
    since; the two are different things, as are prisoners held and returned.
    """
    series = rows["measure"].astype("str")
    scope = rows["scope"]
    refugees = rows["population"] == "refugees"
    prisoners = rows["population"].str.startswith("prisoners")
    for which, words, name in (
        (refugees, "border crossings", "crossings"),
        (refugees, "across Europe", "recorded_europe"),
        (refugees, "worldwide", "recorded_worldwide"),
        (refugees, "temporary protection", "temporary_protection"),
        (prisoners, "returned from", "returned"),
        (prisoners, "taken since", "taken"),
        (prisoners, "held by|still in", "held"),
    ):
        series = series.mask(which & scope.str.contains(words, regex=True), name)
    return series


def _first_day_named(text: str, *, year_ends: bool) -> list[str]:
    """The days from which the months and years named in `text` were known (ISO)."""
    named = []
    for month, year, update in _MONTH_YEAR.findall(text):
        # A monthly update is named after its month and comes out in the next.
        count = int(year) * 12 + MONTHS[month] - 1 + bool(update)
        named.append(f"{count // 12}-{count % 12 + 1:02d}-01")
    tail = "-12-31" if year_ends else "-01-01"
    rest = _MONTH_YEAR.sub("", text)
    return named + [year + tail for year in _YEAR.findall(rest)]


def _names_later(text: str, last: str, *, year_ends: bool = False) -> bool:
    return any(named > last for named in _first_day_named(text, year_ends=year_ends))


def until(text: str, last: str, *, year_ends: bool = False) -> str:
    """`text` up to the first clause that names a month or year later than `last`.

    With `year_ends` a bare year counts as later until it is over.
    """
    kept: list[str] = []
    for clause in re.split(r"(?<=[.;])\s+", text):
        if _names_later(clause, last, year_ends=year_ends):
            break
        kept.append(clause)
    return re.sub(r";$", ".", " ".join(kept))


def _statement(row: pd.Series) -> Statement:
    def whole(value: object) -> int | None:
        return None if pd.isna(value) else int(value)

    published = row["published"]
    return Statement(
        low=whole(row["value_low"]),
        best=whole(row["value_best"]),
        high=whole(row["value_high"]),
        published=published if isinstance(published, str) else None,
        **{
            name: row[name]
            for name in (
                "figure_id",
                "population",
                "measure",
                "claimant_id",
                "claimant",
                "qualifier",
                "period_start",
                "period_end",
                "known_from",
                "known_from_basis",
                "method",
                "scope",
                "source_ids",
            )
        },
    )


@lru_cache(maxsize=128)
def cumulative(data: Dataset, population: str) -> pd.DataFrame:
    """What a chart over time may draw of a page's population, oldest day first.

    Statements since the invasion, and prisoners held on a day; of the military
    those on one side only. Yearly and monthly totals would look like falls; the
    monthly sums that The Economist derived from the UK ministry's daily rate are
    not the ministry's words. Columns as in `figures`.
    """
    rows = figures(data)
    chosen = POPULATIONS[population]
    tables = chosen.tables[:1] if chosen.military else chosen.tables
    kept = rows["population"].isin(tables) & ~computed_by_others(rows)
    kept &= rows["cumulative"] | (rows["series"] == "held")
    return rows[kept].sort_values(["period_end", "figure_id"]).reset_index(drop=True)


def computed_by_others(rows: pd.DataFrame) -> pd.Series:
    """True where a row is The Economist's running sum of the UK's daily averages."""
    return (rows["claimant_id"] == "uk-mod") & (rows["method"] == "extrapolation")


LADDER_MONTHS = 24


@lru_cache(maxsize=128)
def ladder(data: Dataset, population: str) -> pd.DataFrame:
    """Each claimant's last word on each measure in the 24 months before the day.

    Ordered by measure, then by value, largest first. Columns as in `figures`.
    """
    rows = cumulative(data, population)
    since = (pd.Timestamp(data.day) - pd.DateOffset(months=LADDER_MONTHS)).strftime(
        "%Y-%m-%d"
    )
    rows = rows[(rows["period_end"] >= since) & rows["measure"].isin(CASUALTY_MEASURES)]
    last = [
        last_word(group).iloc[[-1]]
        for _, group in rows.groupby(["measure", "claimant_id"], sort=False)
    ]
    if not last:
        return rows
    order = {measure: i for i, measure in enumerate(CASUALTY_MEASURES)}
    return (
        pd.concat(last)
        .assign(_order=lambda t: t["measure"].map(order))
        .sort_values(["_order", "value", "claimant"], ascending=[True, False, True])
        .drop(columns="_order")
        .reset_index(drop=True)
    )


def monthly_editions(data: Dataset, measure: str) -> pd.DataFrame:
    """Every published count of civilians in Ukraine for one whole month, by OHCHR.

    `measure` is killed or injured. Columns: month (YYYY-MM; February 2022 is its
    last five days), published (ISO; NaN if the page shows no date), value
    (people), edition (1 is the first published; NaN without a date), claimant,
    claimant_id, qualifier, period_start, period_end, source_ids. Parts of a
    month are left out: they would look like a first edition.
    """
    rows = figures(data)
    rows = rows[
        (rows["population"] == "civilians_ukraine")
        & (rows["claimant_id"] == "ohchr")
        & (rows["measure"] == measure)
        & (rows["period_start"].str[:7] == rows["period_end"].str[:7])
    ]
    ends = pd.to_datetime(rows["period_end"])
    begins = rows["period_start"].str.endswith("-01") | (
        rows["period_start"] == "2022-02-24"
    )
    rows = rows[begins & ((ends + pd.Timedelta(days=1)).dt.day == 1)]
    rows = rows.assign(month=rows["period_start"].str[:7])
    rows = rows.sort_values(["month", "published"], na_position="last")
    rank = rows.groupby("month")["published"].rank(method="first")
    columns = [
        "month", "published", "value", "edition", "claimant", "claimant_id",
        "qualifier", "period_start", "period_end", "source_ids",
    ]  # fmt: skip
    return rows.assign(edition=rank)[columns].reset_index(drop=True)


@lru_cache(maxsize=64)
def months(data: Dataset, measure: str) -> pd.DataFrame:
    """One row a month from February 2022 to the last one published.

    Columns: month (YYYY-MM), first, latest (people; NaN if nothing was
    published), first_published, latest_published (ISO; NaN without a date),
    editions (dated ones), undated (people: a count on a page without a date
    beside dated ones), claimant, source_ids. `first` and `latest` are by date
    of publication; a month with only an undated page has it as both. Treat the
    frame as read-only.
    """
    editions = monthly_editions(data, measure)
    if editions.empty:
        return pd.DataFrame(columns=_MONTH_COLUMNS)
    rows = []
    by_month = dict(tuple(editions.groupby("month")))
    for period in pd.period_range("2022-02", max(by_month), freq="M"):
        month = str(period)
        rows.append(_month(month, by_month.get(month)))
    return pd.DataFrame(rows, columns=_MONTH_COLUMNS)


_MONTH_COLUMNS = [
    "month", "first", "latest", "first_published", "latest_published", "editions",
    "undated", "claimant", "source_ids",
]  # fmt: skip


def _month(month: str, editions: pd.DataFrame | None) -> tuple:
    if editions is None:
        return month, np.nan, np.nan, np.nan, np.nan, 0, np.nan, np.nan, np.nan
    dated = editions[editions["published"].notna()]
    undated = editions[editions["published"].isna()]
    shown = dated if len(dated) else undated
    first, latest = shown.iloc[0], shown.iloc[-1]
    sources = ";".join(dict.fromkeys(";".join(editions["source_ids"]).split(";")))
    return (
        month,
        first["value"],
        latest["value"],
        first["published"],
        latest["published"],
        len(dated),
        undated["value"].iloc[-1] if len(dated) and len(undated) else np.nan,
        first["claimant"],
        sources,
    )


# What stands on top of the page: a label, then the population, series and
# claimant whose last word it is.
_KEY_FIGURES: Mapping[str, tuple[tuple[str, str, str, str], ...]] = MappingProxyType(
    {
        "civilians": (
            ("Killed in Ukraine", "civilians_ukraine", "killed", "ohchr"),
            ("Injured in Ukraine", "civilians_ukraine", "injured", "ohchr"),
            ("Killed in occupied territory", "civilians_occupied", "killed", "ohchr"),
            ("Killed in Russia", "civilians_russia", "killed", "russian-authorities"),
        ),
        "children": (
            ("Killed in Ukraine", "children_ukraine", "killed", "ohchr"),
            ("Injured in Ukraine", "children_ukraine", "injured", "ohchr"),
        ),
        "ukrainian-military": (
            ("Dead by name", "military_ukraine", "confirmed_names", "ualosses"),
            ("Killed, Ukraine’s own count", "military_ukraine", "killed", "volodymyr-zelenskyy"),
            ("Killed, an outside estimate", "military_ukraine", "killed", "csis"),
            ("Killed and wounded, an outside estimate", "military_ukraine", "casualties", "us-officials"),
        ),
        "russian-military": (
            ("Dead by name", "military_russia", "confirmed_names", "mediazona-bbc"),
            ("Killed, Russia’s own count", "military_russia", "killed", "ministry-of-defence-russia"),
            ("Losses claimed by Ukraine", "military_russia", "casualties", "general-staff-ukraine"),
            ("Killed and wounded, an outside estimate", "military_russia", "casualties", "uk-mod"),
        ),
        "north-korean-forces": (
            ("Killed, South Korea’s estimate", "north_korea_forces", "killed", "south-korea-nis"),
            ("Killed and wounded, South Korea’s estimate", "north_korea_forces", "casualties", "south-korea-nis"),
            ("Killed and wounded, a British estimate", "north_korea_forces", "casualties", "uk-mod"),
            ("Killed and wounded, North Korea’s own count", "north_korea_forces", "casualties", "north-korea"),
        ),
        "displaced": (
            ("Border crossings out of Ukraine", "refugees", "crossings", "unhcr"),
            ("Refugees recorded in Europe", "refugees", "recorded_europe", "unhcr"),
            ("Refugees recorded worldwide", "refugees", "recorded_worldwide", "unhcr"),
            ("Under EU temporary protection", "refugees", "temporary_protection", "eurostat"),
            ("Displaced inside Ukraine", "internally_displaced", "displaced", ""),
        ),
        "prisoners-held": (
            ("Ukrainians held by Russia", "prisoners_russia_held", "held", ""),
            ("Russians held by Ukraine", "prisoners_ukraine_held", "held", ""),
            ("Ukrainians returned", "prisoners_russia_held", "returned", ""),
        ),
    }
)  # fmt: skip


@lru_cache(maxsize=128)
def key_figures(data: Dataset, population: str) -> tuple[tuple[str, Statement], ...]:
    """The few figures on top: label and the last word known; none without one.

    Totals since the invasion where there are any; Russia's civilians are only
    ever given for a period, which the statement names.
    """
    rows = figures(data)
    found = []
    for label, table, series, claimant in _KEY_FIGURES[population]:
        part = rows[(rows["population"] == table) & (rows["series"] == series)]
        if claimant:
            part = part[part["claimant_id"] == claimant]
        part = part[~computed_by_others(part)]
        whole = part[part["cumulative"]]
        part = last_word(whole if len(whole) else part)
        if len(part):
            found.append((label, _statement(part.iloc[-1])))
    return tuple(found)


@lru_cache(maxsize=128)
def statements(data: Dataset, population: str) -> pd.DataFrame:
    """All statements on a page's population, the last published first.

    A page without a date stands by the end of its period. Columns as in
    `figures`; treat the frame as read-only.
    """
    rows = figures(data)
    rows = rows[rows["population"].isin(POPULATIONS[population].tables)]
    return rows.sort_values(
        ["known_from", "period_end", "figure_id"], ascending=[False, False, True]
    ).reset_index(drop=True)


@lru_cache(maxsize=128)
def methods(data: Dataset, population: str) -> pd.DataFrame:
    """How each claimant of a page's population counts, as known on the day.

    Columns: claimants (names; those who share a note stand together), statements
    (number), method_note (up to the first clause about a later time; empty if
    nothing is left), cut (bool), source_ids. The most statements first.
    """
    counts = statements(data, population).groupby("claimant_id").size()
    rows = data["claimants"]
    rows = rows[rows["claimant_id"].isin(counts.index)]
    notes = rows["method_note"]
    if data.day < data.closing.latest:
        notes = notes.map(lambda text: until(text, data.day, year_ends=True))
    rows = rows.assign(
        claimants=[_both_names(data, i) for i in rows["claimant_id"]],
        statements=rows["claimant_id"].map(counts),
        cut=notes != rows["method_note"],
        whole_note=rows["method_note"],
        method_note=notes,
    ).sort_values(["statements", "claimants"], ascending=[False, True])
    shared = rows.groupby(["whole_note", "source_ids"], sort=False).agg(
        claimants=("claimants", "; ".join),
        statements=("statements", "sum"),
        method_note=("method_note", "first"),
        cut=("cut", "first"),
    )
    return shared.reset_index().sort_values(
        "statements", ascending=False, kind="stable", ignore_index=True
    )


def _both_names(data: Dataset, claimant_id: str) -> str:
    """'CSIS (Center for Strategic and International Studies)'; one if they agree."""
    short, name = short_name(data, claimant_id), data.names[claimant_id]
    return name if short == name or " " in short else f"{short} ({name})"


@lru_cache(maxsize=128)
def headline(data: Dataset, population: str) -> str:
    """The page's finding on the dataset's day, from the rows it shows; one sentence.

    In the past it names the day. It ranks nobody: a military's losses run from
    the dead confirmed by name to the largest last word on casualties, each with
    its claimant.
    """
    said = counted(data, population)
    if not said:
        label = POPULATIONS[population].label
        return f"{label}: no count had been published by {day(data.day)}"
    if data.day >= data.closing.latest:
        return said
    return f"Known on {day(data.day)} – {said}"


def counted(data: Dataset, population: str) -> str:
    """The finding without the day on which it was known; '' without any count."""
    chosen = POPULATIONS[population]
    found = dict(key_figures(data, population))
    if chosen.military:
        said = _span_of_losses(data, population)
    elif population in ("civilians", "children"):
        said = _verified(chosen.people, found)
    else:
        said = "; ".join(
            f"{label}: {figure.in_words} ({figure.claimant}, {day(figure.period_end)})"
            for label, figure in _headline_figures(population, found)
        )
    return said


def _verified(people: str, found: Mapping[str, Statement]) -> str:
    killed, injured = found.get("Killed in Ukraine"), found.get("Injured in Ukraine")
    if killed is None:
        return ""
    said = f"OHCHR counts {killed.in_words} {people} killed"
    to = f"to {day(killed.period_end)}"
    if injured is None:
        return f"{said} in Ukraine {to}"
    if injured.period_end == killed.period_end:
        return f"{said} and {injured.in_words} injured in Ukraine {to}"
    return f"{said} in Ukraine {to}, {injured.in_words} injured to {day(injured.period_end)}"


def _span_of_losses(data: Dataset, population: str) -> str:
    rows = ladder(data, population)
    ends = {}
    for measure, words in (
        ("confirmed_names", "dead confirmed by name"),
        ("casualties", "casualties"),
        ("killed", "killed"),
    ):
        part = rows[rows["measure"] == measure]
        if len(part):
            figure = _statement(part.iloc[0])
            ends[measure] = f"{figure.in_words} {words} ({figure.claimant})"
    if not ends:
        return ""
    label = POPULATIONS[population].label
    if {"confirmed_names", "casualties"} <= ends.keys():
        return f"{label}: from {ends['confirmed_names']} to {ends['casualties']}"
    return f"{label}: {'; '.join(list(ends.values())[:2])}"


def _headline_figures(
    population: str, found: Mapping[str, Statement]
) -> list[tuple[str, Statement]]:
    """The two figures of displaced people or prisoners that make the headline."""
    wanted = (
        (
            ("Refugees recorded worldwide", "Refugees recorded in Europe",
             "Border crossings out of Ukraine"),
            ("Displaced inside Ukraine",),
        )
        if population == "displaced"
        else (("Ukrainians held by Russia", "Ukrainians returned"), ("Russians held by Ukraine",))
    )  # fmt: skip
    first = [
        next((label for label in labels if label in found), None) for labels in wanted
    ]
    return [(label, found[label]) for label in first if label]
