"""Exchanges of prisoners, and what was promised and is open."""

from __future__ import annotations

from components.briefing.deck import Deck
from components.briefing.slide import Block, Figure, Line, Slide, sources_of
from components.briefing.slides.parts import chart_part
from data import overview
from data.dataset import Dataset
from data.exchanges import SIDE_NAME, Promise, handovers, headline, promises
from data.words import QUALIFIER_WORD, amount, day, number


def slide(data: Dataset, deck: Deck) -> Slide | None:
    made = handovers(data, "prisoners")
    open_ = [p for p in promises(data) if p.number and p.open != 0]
    if made.empty and not open_:
        return None
    part, words = chart_part(data, deck, "exchanges-per-month")
    total = overview.prisoners(data)
    figures: list[Figure] = []
    nothing = float("nan")
    if total is not None:
        figures.append(
            Figure(
                amount(nothing, float(total.total), nothing, total.qualifier), "",
                f"people returned to Ukraine; Ukrainian officials, to {day(total.as_of)}",
            )
        )  # fmt: skip
    if len(made):
        last = made.iloc[-1]
        figures.append(Figure(day(last["date"]), "", f"last exchange: {_sizes(last)}"))
    return Slide(
        name="exchanges",
        section="Exchanges",
        title=headline(data, "prisoners"),
        subtitle=words.subtitle,
        chart=part,
        figures=tuple(figures),
        blocks=(Block("Promised and open", _open(open_)),),
        source=words.source,
        notes=(part.summary, words.note, *(_said(p) for p in open_)),
        sources=sources_of(
            data,
            [*([total.source_ids] if total else []), *(p.source_ids for p in open_)],
        ),
    )


def _sizes(row) -> str:
    parts = [
        f"{number(row[side])} to {name}"
        for side, name in SIDE_NAME.items()
        if row[side] == row[side]
    ]
    return ", ".join(parts) or "number not published"


def _open(promised: list[Promise]) -> tuple[Line, ...]:
    """The newest first; both directions of one promise in one line if alike."""
    lines: dict[str, Line] = {}
    for promise in reversed(promised):
        same = [p for p in promised if p.promise_id == promise.promise_id]
        if promise.promise_id in lines:
            continue
        what = "bodies" if promise.what == "bodies" else "people"
        asked = f"{QUALIFIER_WORD[promise.qualifier]}{number(promise.number)} {what}"
        alike = len({(p.number, p.handed_over, p.known) for p in same}) == 1
        if len(same) > 1 and alike:
            said = f"{asked} each way{_offered(promise)}: {_done(promise)}"
        else:
            said = "; ".join(
                f"{number(p.number)} {what} to {SIDE_NAME[p.side]}{_offered(p)}: "
                f"{_done(p)}"
                for p in same
            )
        lines[promise.promise_id] = Line(said, promise.deal)
    return tuple(lines.values()) or (Line("None is recorded"),)


def _offered(promise: Promise) -> str:
    """What was not agreed is not to be read as a promise of two."""
    return "" if promise.standing == "agreed" else f", {promise.standing}"


def _done(promise: Promise) -> str:
    if not promise.stages:
        return "none recorded under it"
    said = f"{number(promise.handed_over)} handed over"
    return said if promise.known else f"{said}, further handovers without a number"


def _said(promise: Promise) -> str:
    note = f" {promise.note}" if promise.note else ""
    return (
        f"{promise.deal}, to {SIDE_NAME[promise.side]}: "
        f"{QUALIFIER_WORD[promise.qualifier]}{number(promise.number)}, {promise.standing} "
        f"by {promise.stated_by}; {_done(promise)}.{note}"
    )
