"""Soldiers' losses: each claimant's last word beside the others', never added."""

from __future__ import annotations

import pandas as pd

from components.briefing.deck import Deck
from components.briefing.slide import Block, Line, Slide, sources_of
from data.casualties import ladder
from data.dataset import Dataset
from data.words import amount, day

_MEASURES = {
    "casualties": "killed and wounded",
    "killed": "killed",
    "confirmed_names": "dead confirmed by name",
}
_ARMIES = {
    "russian-military": "Russian military",
    "ukrainian-military": "Ukrainian military",
}
_EACH = 3  # statements of a measure; the others are in the notes
_MONTHS = 12  # older statements are left to the notes


def slide(data: Dataset, deck: Deck) -> Slide | None:
    blocks: list[Block] = []
    notes: list[str] = []
    behind: list[object] = []
    for army, name in _ARMIES.items():
        rows = ladder(data, army)
        recent = rows[rows["period_end"] >= _months_before(data.day)]
        first = True
        for measure, counted in _MEASURES.items():
            these = rows[rows["measure"] == measure]
            if these.empty:
                continue
            last = recent[recent["measure"] == measure]
            last = last if len(last) else these
            last = last.sort_values("period_end", ascending=False, kind="stable")
            shown = last.head(_EACH).sort_values("value", ascending=False)
            lines = tuple(_line(data, row) for row in shown.to_dict("records"))
            blocks.append(Block(f"{name}: {counted}", lines, below=not first))
            first = False
            behind += list(shown["source_ids"])
            every = "; ".join(
                f"{line.lead} {line.text}"
                for line in (_line(data, row) for row in these.to_dict("records"))
            )
            notes.append(f"{name}, {counted}, last word of each claimant: {every}.")
    if not blocks:
        return None
    return Slide(
        name="losses",
        section="Soldiers",
        title="Military losses, by who states them",
        subtitle=(
            "Claims, estimates and lists of names count different people: they stand "
            "side by side and are not added or averaged"
        ),
        blocks=tuple(blocks),
        source=(
            "Claimant and method at each number; ‘to’ is the day it counts to. The "
            f"last {_MONTHS} months’ statements, {_EACH} of a kind; all in the notes."
        ),
        notes=tuple(notes),
        sources=sources_of(data, behind),
    )


def _months_before(iso: str) -> str:
    return (pd.Timestamp(iso) - pd.DateOffset(months=_MONTHS)).strftime("%Y-%m-%d")


def _line(data: Dataset, row: dict) -> Line:
    value = amount(
        row["value_low"], row["value_best"], row["value_high"], row["qualifier"]
    )
    method = data.labels("casualty_figures", "method")[row["method"]]
    method = method[:1].lower() + method[1:]
    return Line(f"{row['claimant']}, {method}, to {day(row['period_end'])}", value)
