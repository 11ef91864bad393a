"""Counts of casualties and displaced people that became known between two days.

A page without a date is told as such and compared with nothing: only dates of
publication say which of two counts came later.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

import pandas as pd

from data.casualties import computed_by_others, figures, last_word
from data.dataset import Dataset
from data.words import QUALIFIER_WORD, count, day, month, number, period, signed

# One claimant's count of one thing; what has the same is one series.
_SERIES = ["population", "series", "claimant_id", "measure"]
_PERIOD = ["period_start", "period_end"]

# What is counted, after the population's name; nothing where that says it.
_COUNTED = MappingProxyType(
    {
        "killed": " killed",
        "injured": " injured",
        "casualties": " killed and wounded",
        "missing": " missing",
        "captured": " captured",
        "confirmed_names": ", dead confirmed by name",
        "crossings": ", border crossings",
        "recorded_europe": ", recorded in Europe",
        "recorded_worldwide": ", recorded worldwide",
        "temporary_protection": ", under EU temporary protection",
        "returned": ", returned",
        "taken": ", taken since the invasion",
        "held": "",
        "displaced": "",
    }
)

_NOT_SOLDIERS = ("civilians", "children")

LONGEST = 110  # characters of a line

_NO_DATE = "publication date not known"


def figure_changes(data: Dataset, since: str) -> list[dict[str, object]]:
    """New and revised counts as rows of `data.changes.COLUMNS`."""
    rows = figures(data)
    rows = rows[~computed_by_others(rows)]
    rows = rows.assign(
        whole_month=(rows["period_start"].str[:7] == rows["period_end"].str[:7])
        & ~rows["cumulative"]
    )
    new = rows[(rows["known_from"] > since) & (rows["known_from"] <= data.day)]
    known = rows[rows["published"].notna() & (rows["published"] <= since)]
    dated = new[new["published"].notna()]
    labels = data.labels("casualty_figures", "population")
    revised = _revised(dated, known)
    first = dated[~dated.set_index([*_SERIES, *_PERIOD]).index.isin(
        known.set_index([*_SERIES, *_PERIOD]).index
    )]  # fmt: skip
    told = [_revision(now, before, labels) for now, before in revised]
    told += [_new(group, known, labels) for group in _groups(first)]
    undated = new[new["published"].isna()]
    told += [_undated(group, labels) for group in _groups(undated)]
    return told


def _groups(rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Statements that continue one another: running totals, months, else alone."""
    apart = (rows["period_start"] + rows["period_end"]).mask(
        rows["cumulative"], "cumulative"
    )
    apart = apart.mask(rows["whole_month"], "month")
    for _, group in rows.groupby([*_SERIES, apart], sort=False):
        yield last_word(group)


def _revised(
    dated: pd.DataFrame, known: pd.DataFrame
) -> Iterator[tuple[pd.Series, pd.Series]]:
    """The last new edition of a count and the last one known before, if they differ."""
    key = [*_SERIES, *_PERIOD]
    before = dict(tuple(known.sort_values("published").groupby(key)))
    for which, group in dated.sort_values("published").groupby(key, sort=True):
        if which not in before:
            continue
        now, past = group.iloc[-1], before[which].iloc[-1]
        if _amount(now) != _amount(past):
            yield now, past


def _revision(
    now: pd.Series, past: pd.Series, labels: dict[str, str]
) -> dict[str, object]:
    text = f"{_head(now, labels)}: {_amount(past)} → {_amount(now)}{_by(now, past)}"
    detail = (
        f"Published {day(now['published'])}, before on {day(past['published'])}; "
        f"{_span(now)}"
    )
    return _row("revision", now, text, detail, 2 if _verified(now) else 3)


def _new(
    group: pd.DataFrame, known: pd.DataFrame, labels: dict[str, str]
) -> dict[str, object]:
    now = group.iloc[-1]
    past = _before(now, known)
    difference = "" if past is None else _by(now, past)
    text = f"{_head(now, labels)}: {_amount(now)}{difference}"
    said = [f"Published {day(now['published'])}", _span(now)]
    if past is not None:
        said.append(
            f"before: {_amount(past)} {_when(past)}, published {day(past['published'])}"
        )
    if len(group) > 1:
        said.append(_earlier(group))
    important = _verified(now) and now["series"] in ("killed", "injured")
    return _row("figure", now, text, "; ".join(said), 1 if important else 2)


def _undated(group: pd.DataFrame, labels: dict[str, str]) -> dict[str, object]:
    now = group.iloc[-1]
    said = [_NO_DATE[0].upper() + _NO_DATE[1:], _span(now)]
    if len(group) > 1:
        said.append(_earlier(group))
    text = f"{_head(now, labels)}: {_amount(now)}; {_NO_DATE}"
    if len(text) > LONGEST:
        # The period then stands in the further line alone.
        text = f"{_head(now, labels, dated=False)}: {_amount(now)}; {_NO_DATE}"
    return _row("figure", now, text, "; ".join(said), 3)


def _earlier(group: pd.DataFrame) -> str:
    return f"{count(len(group) - 1, 'earlier statement')} between these days"


def _before(now: pd.Series, known: pd.DataFrame) -> pd.Series | None:
    """What the claimant had last said before: its last total, or the month before."""
    rows = known[(known[_SERIES] == now[_SERIES]).all(axis=1)]
    rows = rows[rows["period_end"] < now["period_end"]]
    if now["cumulative"]:
        rows = last_word(rows[rows["cumulative"]])
    elif now["whole_month"]:
        ahead = pd.Period(now["period_start"][:7], "M") - 1
        rows = rows[
            rows["whole_month"] & (rows["period_start"].str[:7] == str(ahead))
        ].sort_values("published")
    else:
        return None
    return rows.iloc[-1] if len(rows) else None


def _head(row: pd.Series, labels: dict[str, str], *, dated: bool = True) -> str:
    """'Civilians in Ukraine killed in April 2025 (OHCHR, verified)'."""
    counted = _COUNTED[row["series"]]
    if row["series"] == "casualties" and row["population"].startswith(_NOT_SOLDIERS):
        counted = " killed and injured"
    over = ""
    if dated and not row["cumulative"] and row["period_start"] != row["period_end"]:
        over = f" {_when(row)}"
    by = f"{row['claimant']}, verified" if _verified(row) else row["claimant"]
    return f"{labels[row['population']]}{counted}{over} ({by})"


def _when(row: pd.Series) -> str:
    """'in April 2025', 'to 29 May 2025', '1 January – 31 March 2025'."""
    if row["cumulative"] or row["period_start"] == row["period_end"]:
        return f"to {day(row['period_end'])}"
    ends = pd.Timestamp(row["period_end"])
    if row["whole_month"] and (ends.is_month_end or ends.day == 1):
        return f"in {month(row['period_end'])}"
    return period(row["period_start"], row["period_end"])


def _span(row: pd.Series) -> str:
    if row["period_start"] == row["period_end"]:
        return f"on {day(row['period_end'])}"
    return f"counted {period(row['period_start'], row['period_end'])}"


def _amount(row: pd.Series) -> str:
    """'at least 12,910'; a range as 'n–m'."""
    low, high = row["value_low"], row["value_high"]
    if not pd.isna(low) and not pd.isna(high) and low != high:
        return f"{number(low)}–{number(high)}"
    return f"{QUALIFIER_WORD[row['qualifier']]}{number(row['value'])}"


def _by(now: pd.Series, past: pd.Series) -> str:
    """' (+145)'; nothing where either is a range."""
    if "–" in _amount(now) + _amount(past):
        return ""
    return f" ({signed(now['value'] - past['value'])})"


def _verified(row: pd.Series) -> bool:
    return row["method"] == "verified_count"


def _row(
    kind: str, row: pd.Series, text: str, detail: str, rank: int
) -> dict[str, object]:
    return {
        "kind": kind,
        "day": row["known_from"],
        "text": text,
        "detail": detail,
        "rank": rank,
        "ref": row["figure_id"],
        "source_ids": row["source_ids"],
    }
