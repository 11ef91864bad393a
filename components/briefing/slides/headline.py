"""The state on the day: one sentence, and six figures with their claimants."""

from __future__ import annotations

from components.briefing.deck import Deck
from components.briefing.slide import Block, Figure, Line, Slide, sources_of
from components.briefing.slides.parts import area_figure, ends, line_figure
from data import overview
from data.casualties import latest_cumulative
from data.dataset import Dataset
from data.front import map_of, no_front_yet, on_day
from data.headline import headline
from data.words import amount, count, day, number, short_day


def slide(data: Dataset, deck: Deck) -> Slide:
    days = overview.day_of_war(data.day)
    counted = f", day {days:,} of the full-scale war" if days > 0 else ""
    civilians = [_civilians(data, measure) for measure in ("killed", "injured")]
    found = [
        *_front(data, deck), *(f for f, _ in civilians), _prisoners(data), _talks(data)
    ]  # fmt: skip
    prisoners, talks = overview.prisoners(data), overview.last_talks(data)
    behind = [s for _, s in civilians]
    behind += [p.source_ids for p in (prisoners, talks) if p is not None]
    figures = tuple(figure for figure in found if figure is not None)
    credits = []
    if any(_front(data, deck)):
        credits.append("Line and area: own measurement on the map named.")
    if any(figure for figure, _ in civilians):
        credits.append(
            "Civilians: UN human rights office (OHCHR), verified only: a floor, not "
            "an estimate."
        )
    return Slide(
        name="headline",
        section="The state",
        title=headline(data),
        subtitle=f"State on {day(data.day)}{counted}, as it was known that day",
        figures=figures,
        blocks=()
        if figures
        else (Block("", (Line("No figure was known by this date"),)),),
        source=" ".join(credits),
        notes=(
            "Each figure is what had been published by the day; a later revision is "
            "not in it.",
            "Direct talks are talks of Russia and Ukraine with delegates of both; not "
            "counted are talks through a mediator alone or of one side with a third.",
        ),
        sources=sources_of(data, behind),
    )


def _front(data: Dataset, deck: Deck) -> tuple[Figure | None, Figure | None]:
    source = map_of(data.day)
    now = on_day(data, data.day, source)
    lined = on_day(data, data.day, source, needs="front_line_km")
    name = data.labels("front_metrics", "dataset")[source]
    line = None
    if lined is not None and not no_front_yet(lined):
        line = line_figure(deck, lined)
        line = Figure(
            line.value, line.unit, f"{line.label}; {name} map, {day(lined['date'])}"
        )
    area = None
    if now is not None:
        area = area_figure(deck, now)
        area = Figure(
            area.value, area.unit, f"{area.label}; {name} map, {day(now['date'])}"
        )
    return line, area


def _civilians(data: Dataset, measure: str) -> tuple[Figure | None, str]:
    found = latest_cumulative(data, "civilians_ukraine", "ohchr", measure)
    if found is None:
        return None, ""
    undated = (
        "; publication date not known"
        if found.known_from_basis == "period_end"
        else f"; published {short_day(found.published)}"
        if found.published and found.published[:4] == found.period_end[:4]
        else ""
    )
    label = (
        f"civilians {measure}, verified by OHCHR to {day(found.period_end)}{undated}"
    )
    return Figure(amount(*ends(found), found.qualifier), "", label), found.source_ids


def _prisoners(data: Dataset) -> Figure | None:
    found = overview.prisoners(data)
    if found is None:
        return None
    nothing = float("nan")
    value = amount(nothing, float(found.total), nothing, found.qualifier)
    label = f"people returned to Ukraine in exchanges; Ukrainian officials, to {day(found.as_of)}"
    return Figure(value, "", label)


def _talks(data: Dataset) -> Figure | None:
    found = overview.last_talks(data)
    if found is None:
        return None
    place = f", {found.place}" if found.place else ""
    if found.in_progress:
        return Figure("0", "days", f"direct talks in progress{place}")
    unit = count(found.days, "day").split(" ")[-1]
    return Figure(
        number(found.days),
        unit,
        f"since the last direct talks{place}, {day(found.day)}",
    )
