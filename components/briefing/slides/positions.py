"""Where the texts stand: the last text of each side on the issues they share."""

from __future__ import annotations

import pandas as pd

from components.briefing.deck import Deck
from components.briefing.slide import Slide, Table, sources_of
from data.dataset import Dataset
from data.positions import issues, terms, texts
from data.words import count, day, listing

_SIDES = ("russia", "ukraine", "united_states")
_TEXTS = 3
_LEAST = 7  # terms of a text that is compared
_ROWS = 5  # terms stand whole: cut, they could say something else


def slide(data: Dataset, deck: Deck) -> Slide | None:
    shown = _last_texts(data)
    if not shown:
        return None
    said = {row["proposal_id"]: terms(data, row["proposal_id"]) for row in shown}
    by_issue = {
        text: dict(zip(rows["issue_id"], rows["term"], strict=True))
        for text, rows in said.items()
    }
    order = issues(data)
    spoken = order["issue_id"].map(
        lambda i: sum(i in terms for terms in by_issue.values())
    )
    chosen = order[spoken >= min(2, len(shown))]
    if chosen.empty:
        return None
    # Those on which most of the texts speak; then in the matrix's order.
    best = (
        spoken[chosen.index].sort_values(ascending=False, kind="stable").index[:_ROWS]
    )
    chosen = chosen.loc[sorted(best)]
    rows = tuple(
        (
            str(issue.name_),
            *(by_issue[row["proposal_id"]].get(issue.issue_id, "–") for row in shown),
        )
        for issue in chosen.rename(columns={"name": "name_"}).itertuples()
    )
    everything = texts(data)
    return Slide(
        name="positions",
        section="The texts",
        title=(
            f"{count(len(everything), 'text')} recorded; "
            + ("side by side: " if len(shown) > 1 else "the last: ")
            + listing(row["short_title"] for row in shown)
        ),
        subtitle=(
            f"Terms in our words, on {count(len(rows), 'issue')} of {len(order)} that "
            "most of these texts speak of; – means the text is silent"
        ),
        table=Table(
            ("Issue", *(f"{row['short_title']}, {day(row['date'])}" for row in shown)),
            rows,
            (0.7, *(1.4 for _ in shown)),
        ),
        source="Texts as published or reported by the day; a text is not an agreement.",
        notes=tuple(_note(row, said[row["proposal_id"]]) for row in shown),
        sources=sources_of(data, (row["source_ids"] for row in shown)),
    )


def _last_texts(data: Dataset) -> list[dict]:
    """The last texts with many terms by Russia, Ukraine or the United States.

    One of each circle of authors among the three, the newest first, then by date;
    where none has many terms, the last text of all.
    """
    rows = texts(data)
    by = rows["sides"].map(lambda sides: frozenset(_SIDES).intersection(sides))
    theirs = rows[by.map(bool)]
    broad = theirs[theirs["terms"] >= _LEAST]
    chosen = broad if len(broad) else theirs.tail(1)
    last = chosen.assign(by=by).iloc[::-1].drop_duplicates("by").head(_TEXTS)
    return last.iloc[::-1].to_dict("records")


def _note(row: dict, said: pd.DataFrame) -> str:
    each = " ".join(
        f"{issue}: {term.rstrip('.')}."
        for issue, term in zip(said["issue"], said["term"], strict=True)
    )
    return (
        f"{row['short_title']} ({day(row['date'])}, {listing(row['authors'])}): {each}"
    )
