"""The line and the area: the monthly change, and the figures of the day."""

from __future__ import annotations

from components.briefing.deck import Deck
from components.briefing.slide import Figure, Slide
from components.briefing.slides.parts import area_figure, chart_part, line_figure
from data.dataset import Dataset
from data.front import change, map_of, monthly, no_front_yet, on_day
from data.front import twelve_months_before as a_year_before
from data.words import day, signed


def slide(data: Dataset, deck: Deck) -> Slide | None:
    source = map_of(data.day)
    now = on_day(data, data.day, source)
    if now is None:
        return None
    if len(monthly(data, source)) > 1:
        part, words = chart_part(data, deck, "monthly-change", source=source)
    else:
        part, words = chart_part(data, deck, "occupied-area")
    hatched = " Hatched: part of a month." if "part of a month" in words.note else ""
    figures = [area_figure(deck, now)]
    lined = on_day(data, data.day, source, needs="front_line_km")
    if lined is not None and not no_front_yet(lined):
        figures.append(line_figure(deck, lined))
    nets = (
        change(data, day_, data.day) for day_ in (deck.since, a_year_before(data.day))
    )
    view = deck.view
    figures += [
        Figure(
            signed(view.area(net.km2)), view.area_unit, f"net since {day(net.first)}"
        )
        for net in nets
        if net.km2 is not None
    ]
    return Slide(
        name="line",
        section="The line",
        title=words.title,
        subtitle=words.subtitle,
        chart=part,
        figures=tuple(figures),
        source=words.source + hatched,
        notes=(part.summary, words.note),
    )
