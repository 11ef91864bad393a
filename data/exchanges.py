"""Exchanges of prisoners and repatriations of bodies, and the deals they belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import numpy as np
import pandas as pd

from data.dataset import Dataset
from data.words import (
    QUALIFIER_WORD,
    count,
    day,
    ids,
    listing,
    number,
    spelled,
)

WHAT = ("prisoners", "bodies")
DIRECTIONS = ("both", "to-ukraine", "to-russia")
SIDES = ("ukraine", "russia")
SIDE_NAME = MappingProxyType({"ukraine": "Ukraine", "russia": "Russia"})

# Returns that Ukraine leaves out of its totals are marked so in their category.
OUTSIDE = "outside the exchange"


def sides_of(direction: str) -> tuple[str, ...]:
    """The sides that a direction shows: 'to-russia' → ('russia',)."""
    return SIDES if direction == "both" else (direction.removeprefix("to-"),)


@lru_cache(maxsize=64)
def handovers(data: Dataset, what: str) -> pd.DataFrame:
    """One row a handover, in order of date.

    id, date, date_precision, ukraine and russia (people or bodies handed to that
    side, NaN where no number was published), ukraine_civilians and
    russia_civilians (of whom, NaN where not stated), number_official, outside
    (not counted in Ukraine's totals), mediators, place, category, deal,
    deal_link, notes, source_ids.
    """
    if what == "prisoners":
        rows = data["exchanges"].rename(
            columns={
                "exchange_id": "id",
                "returned_to_ukraine": "ukraine",
                "returned_to_ukraine_civilians": "ukraine_civilians",
                "returned_to_russia": "russia",
                "returned_to_russia_civilians": "russia_civilians",
            }
        )
        outside = rows["category"].str.startswith(OUTSIDE).fillna(False).astype(bool)
        rows = rows.assign(date_precision="day", outside=outside)
    else:
        rows = data["repatriations"].rename(
            columns={
                "repatriation_id": "id",
                "bodies_to_ukraine": "ukraine",
                "bodies_to_russia": "russia",
            }
        )
        rows = rows.assign(
            ukraine_civilians=np.nan,
            russia_civilians=np.nan,
            number_official=pd.array([pd.NA] * len(rows), dtype="Int64"),
            outside=False,
            place=np.nan,
            category="bodies",
            deal_link=rows["deal"].where(rows["deal"].isna(), "stated"),
        )
    numbers = ["ukraine", "russia", "ukraine_civilians", "russia_civilians"]
    rows[numbers] = rows[numbers].astype(float)
    columns = [
        "id", "date", "date_precision", "ukraine", "ukraine_civilians", "russia",
        "russia_civilians", "number_official", "outside", "mediators", "place",
        "category", "deal", "deal_link", "notes", "source_ids",
    ]  # fmt: skip
    return rows[columns].sort_values("date", kind="stable", ignore_index=True)


@lru_cache(maxsize=64)
def official_totals(data: Dataset, what: str) -> pd.DataFrame:
    """One row an official running total, in order of date; those of one deal left out.

    as_of, claimant_id, qualifier, total (people or bodies), rows (sum of the rows
    by then, returns outside the exchanges left out), difference (total − rows;
    NaN where the total counts from another day), unnumbered (handovers by then
    without a number), exchanges_count, note, difference_cause, source_ids.
    """
    column = {
        "prisoners": "returned_to_ukraine_total",
        "bodies": "bodies_to_ukraine_total",
    }[what]
    totals = data["exchange_totals"]
    totals = totals[totals["deal"].isna() & totals[column].notna()]
    totals = totals.sort_values("as_of", kind="stable", ignore_index=True)
    made = handovers(data, what)
    made = made[~made["outside"]]
    until = [made[made["date"] <= at]["ukraine"] for at in totals["as_of"]]
    summed = np.array([values.sum() for values in until])
    total = totals[column].astype(float)
    # Russia's totals of bodies count from the summer of 2025 on.
    comparable = (totals["claimant_id"] == "ukraine").to_numpy()
    return pd.DataFrame(
        {
            "as_of": totals["as_of"],
            "claimant_id": totals["claimant_id"],
            "qualifier": totals["qualifier"],
            "total": total,
            "rows": np.where(comparable, summed, np.nan),
            "difference": np.where(comparable, total - summed, np.nan),
            "unnumbered": [int(values.isna().sum()) for values in until],
            "exchanges_count": totals["exchanges_count"],
            "note": totals["note"],
            "difference_cause": totals["difference_cause"],
            "source_ids": totals["source_ids"],
        }
    )


@lru_cache(maxsize=64)
def by_month(data: Dataset, what: str) -> pd.DataFrame:
    """One row a month from February 2022 to the day, months without handovers too.

    month ('2025-05'), handovers, and for each side: `side` (sum of the published
    numbers), `side_civilians` (of whom, where stated), `side_unpublished`
    (handovers whose number was not published; returns outside the exchanges, which
    were to one side, are none).
    """
    made = handovers(data, what)
    months = pd.period_range("2022-02", data.day[:7], freq="M").strftime("%Y-%m")
    key = made["date"].str[:7]
    found = {"handovers": made.groupby(key).size()}
    for side in SIDES:
        found[side] = made.groupby(key)[side].sum()
        found[f"{side}_civilians"] = made.groupby(key)[f"{side}_civilians"].sum()
        missing = made[side].isna() & ~made["outside"]
        found[f"{side}_unpublished"] = missing.groupby(key).sum()
    table = pd.DataFrame(found).reindex(months).fillna(0).astype(int)
    return table.rename_axis("month").reset_index()


@dataclass(frozen=True)
class Stage:
    """A handover counted towards a deal: `number` is None if none was published.

    `link` says what the sources state of the deal (`exchanges.deal_link`); of a
    'part_only' handover an unstated part belongs to the deal, and nothing counts.
    """

    id: str
    date: str
    number: int | None
    link: str

    @property
    def counted(self) -> int:
        return 0 if self.number is None or self.link == "part_only" else self.number


@dataclass(frozen=True)
class Promise:
    """What a deal promised in one direction, and the handovers towards it.

    `number` is None where none was named. `stated_total` is an official total of
    this deal alone: claimant id, qualifier, number, ISO date.
    """

    promise_id: str
    deal_id: str
    deal: str
    agreed_on: str
    what: str
    side: str
    category: str
    number: int | None
    qualifier: str
    standing: str
    stated_by: str
    note: str
    source_ids: str
    stages: tuple[Stage, ...]
    stated_totals: tuple[tuple[str, str, int, str], ...]

    @property
    def handed_over(self) -> int:
        """The sum of the handovers with a number that count towards it."""
        return sum(stage.counted for stage in self.stages)

    @property
    def unpublished(self) -> tuple[Stage, ...]:
        return tuple(s for s in self.stages if s.number is None)

    @property
    def parts(self) -> tuple[Stage, ...]:
        return tuple(
            s for s in self.stages if s.link == "part_only" and s.number is not None
        )

    @property
    def known(self) -> bool:
        """Whether every handover towards it has a number."""
        return not self.unpublished and not self.parts

    @property
    def open(self) -> int | None:
        """The number named less what was handed over; None where either is unknown."""
        if self.number is None or not self.known:
            return None
        return max(self.number - self.handed_over, 0)

    @property
    def promised(self) -> str:
        """'1,000', 'at least 1,200', 'no number'."""
        if self.number is None:
            return "no number"
        return f"{QUALIFIER_WORD[self.qualifier]}{number(self.number)}"

    @property
    def told(self) -> str:
        """What was handed over of what was promised, in words."""
        if not self.stages:
            named = self.promised if self.number is None else f"{self.promised} named"
            return f"{named}; no handover recorded under it"
        said = []
        if any(s.counted for s in self.stages):
            of = f" of {self.promised}" if self.number else "; no number agreed"
            said.append(f"{number(self.handed_over)}{of}")
        elif self.number:
            said.append(f"{self.promised} named")
        if self.unpublished:
            handed = count(len(self.unpublished), "handover")
            said.append(f"{handed}, number not published")
        for stage in self.parts:
            said.append(f"an unstated part of {number(stage.number)}")
        text = "; ".join(said)
        return (
            text
            if self.open is None or not self.open
            else f"{text}, {number(self.open)} open"
        )


@lru_cache(maxsize=64)
def promises(data: Dataset) -> tuple[Promise, ...]:
    """Everything promised by the day, in order of the deals; one entry a direction."""
    deals = data["deals"].set_index("deal_id")
    rows = data["deal_promises"].assign(
        agreed_on=data["deal_promises"]["deal_id"].map(deals["agreed_on"])
    )
    found = []
    for row in rows.sort_values("agreed_on", kind="stable").to_dict("records"):
        direction = row["direction"]
        for side in SIDES if direction == "each" else (direction.removeprefix("to_"),):
            found.append(
                Promise(
                    promise_id=row["promise_id"],
                    deal_id=row["deal_id"],
                    deal=deals.at[row["deal_id"], "name"],
                    agreed_on=row["agreed_on"],
                    what=row["what"],
                    side=side,
                    category=row["category"],
                    number=None if pd.isna(row["number"]) else int(row["number"]),
                    qualifier=_text(row["qualifier"]) or "exactly",
                    standing=row["standing"],
                    stated_by=_text(row["stated_by"]),
                    note=_text(row["note"]),
                    source_ids=row["source_ids"],
                    stages=_stages(data, row["deal_id"], row["what"], side),
                    stated_totals=_stated_totals(
                        data, row["deal_id"], row["what"], side
                    ),
                )
            )
    return tuple(found)


def _stages(data: Dataset, deal: str, what: str, side: str) -> tuple[Stage, ...]:
    made = handovers(data, what)
    made = made[made["deal"] == deal]
    if what == "bodies":
        # A repatriation without a number for this side is one in the other direction.
        made = made[made[side].notna()]
    return tuple(
        Stage(i, on, None if np.isnan(n) else int(n), link)
        for i, on, n, link in zip(
            made["id"], made["date"], made[side], made["deal_link"], strict=True
        )
    )


def _stated_totals(
    data: Dataset, deal: str, what: str, side: str
) -> tuple[tuple[str, str, int, str], ...]:
    if side != "ukraine":
        return ()
    column = (
        "bodies_to_ukraine_total" if what == "bodies" else "returned_to_ukraine_total"
    )
    rows = data["exchange_totals"]
    rows = rows[(rows["deal"] == deal) & rows[column].notna()]
    return tuple(
        (c, q, int(n), on)
        for c, q, n, on in zip(
            rows["claimant_id"],
            rows["qualifier"],
            rows[column],
            rows["as_of"],
            strict=True,
        )
    )


def headline(data: Dataset, what: str, direction: str = "both") -> str:
    """The page's title: the sums of the rows with numbers, as of the day."""
    made = handovers(data, what)
    if made.empty:
        kind = (
            "exchange of prisoners" if what == "prisoners" else "repatriation of bodies"
        )
        return f"No {kind} is recorded by {day(data.day)}"
    sums = [
        f"{number(made[side].sum())} {{}}to {SIDE_NAME[side]}"
        for side in sides_of(direction)
    ]
    what_word = "people returned " if what == "prisoners" else "bodies handed over "
    sums = [s.format(what_word if i == 0 else "") for i, s in enumerate(sums)]
    tail = "in handovers with a published number"
    return f"{listing(sums)} by {day(data.day)}, {tail}"


def mediators(made: pd.DataFrame) -> tuple[tuple[str, int], ...]:
    """(actor id, handovers in which it was named), most often first."""
    named = made["mediators"].dropna().str.split(";").explode().value_counts()
    return tuple((str(i), int(n)) for i, n in named.items())


def deal_row(data: Dataset, deal: str) -> Mapping[str, object]:
    """The row of `deals` with this id."""
    deals = data["deals"]
    return deals[deals["deal_id"] == deal].iloc[0].to_dict()


def stages_in_words(stages: Sequence[Stage]) -> str:
    """'in three stages: 390, 307 and 303'; empty for fewer than two with a number."""
    known = [s for s in stages if s.counted]
    if len(known) < 2:
        return ""
    return (
        f"in {spelled(len(known))} stages: {listing(number(s.counted) for s in known)}"
    )


def people(data: Dataset, value: object) -> str:
    """A `;`-separated list of actor ids as names."""
    return listing(data.names.get(i, i) for i in ids(value))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
