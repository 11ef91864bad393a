"""Claims to be careful with: what was said last that the record does not carry."""

from __future__ import annotations

from components.briefing.deck import Deck
from components.briefing.slide import Slide, Table, sources_of
from data.claims import headline, ledger, said_by
from data.dataset import Dataset

_CAREFUL = ("contradicted", "partly_supported", "unverifiable", "prediction_failed")
_ROWS = 7


def slide(data: Dataset, deck: Deck) -> Slide | None:
    rows = ledger(data)
    # The last said first; of one day those that the record contradicts.
    rank = rows["assessment"].map({name: n for n, name in enumerate(_CAREFUL)})
    rows = rows.assign(rank=rank)[rank.notna()].sort_values(
        ["said_on", "rank"], ascending=[False, True], kind="stable"
    )
    if rows.empty:
        return None
    shown = rows.head(_ROWS)
    return Slide(
        name="claims",
        section="Claims",
        title="Claims to be careful with",
        subtitle=headline(data),
        table=Table(
            ("What was claimed, in our words", "By whom, when", "Against the record"),
            tuple(
                (row["statement"], said_by(row), _against(row))
                for row in shown.to_dict("records")
            ),
            (1.25, 0.7, 1.05),
        ),
        source="Each claim is set against the record as it was published by this date.",
        notes=tuple(
            f"{said_by(row)}: {row['statement']} {_against(row)}."
            for row in shown.to_dict("records")
        ),
        sources=sources_of(data, shown["source_ids"]),
    )


def _against(row: dict) -> str:
    return f"{row['word']}: {row['clause']}" if row["clause"] else str(row["word"])
