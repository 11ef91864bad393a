"""The parts of the overview: figures, the last events, what is announced next."""

from __future__ import annotations

from html import escape

import streamlit as st

from components.widgets.context import Context
from components.widgets.key_figure import key_figure_html
from components.widgets.link import link_html
from data import overview
from data.casualties import Statement, change_since, latest_cumulative
from data.front import line_parts, map_of, no_front_yet, on_day
from data.words import amount, count, day, ids, number, period, short_day, signed

_NONE = "–"


def figures(ctx: Context) -> None:
    """Six figures, each with claimant, date and its change over 30 days."""
    shown = (
        _line(ctx),
        _area(ctx),
        _civilians(ctx, "killed"),
        _civilians(ctx, "injured"),
        _prisoners(ctx),
        _talks(ctx),
    )
    st.html(f"<div class='parley-figures'>{''.join(shown)}</div>")


def _line(ctx: Context) -> str:
    label, view = "Front line", ctx.view
    found = overview.measured(ctx.data, "front_line_km")
    link = link_html(ctx, "How it is measured", "front")
    if found is None:
        return key_figure_html(label, _NONE, "", "No map is known by this date.", link)
    row = on_day(ctx.data, found.date, found.source, needs="front_line_km")
    name = ctx.data.labels("front_metrics", "dataset")[found.source]
    parts = line_parts(view.length(row["land_line_km"]), view.length(found.value))
    said = f"{name}, {day(found.date)}: land and river, own measurement at 1 km scale."
    if no_front_yet(row):
        # Columns on roads are drawn with two sides: a change would say nothing.
        said += " The map did not yet draw one front."
    elif found.difference is None:
        said += f" {_sentence(found.reason)}"
    else:
        net = signed(view.length(found.difference))
        said += f" {net} {view.length_unit} since {day(found.before_date)}."
    return key_figure_html(label, number(parts.total), view.length_unit, said, link)


def _area(ctx: Context) -> str:
    label, view = "Of Ukraine occupied", ctx.view
    found = overview.measured(ctx.data, "occupied_km2")
    link = link_html(ctx, "By oblast", "front")
    if found is None:
        return key_figure_html(label, _NONE, "", "No map is known by this date.", link)
    row = on_day(ctx.data, found.date, map_of(ctx.view.as_of))
    name = ctx.data.labels("front_metrics", "dataset")[found.source]
    said = (
        f"{number(view.area(found.value))} {view.area_unit}, Crimea included. {name}, "
        f"{day(found.date)}, own measurement."
    )
    net = overview.area_change(ctx.data)
    if found.difference is None or net.km2 is None:
        said += f" {_sentence(found.reason or net.reason)}"
    else:
        said += f" Net {signed(view.area(net.km2))} {view.area_unit} since {day(net.first)}."
        if net.note:
            said += f" {net.note}."
    return key_figure_html(label, number(row["occupied_share_pct"], 1), "%", said, link)


def _civilians(ctx: Context, measure: str) -> str:
    label = f"Civilians {measure}, verified"
    series = ("civilians_ukraine", "ohchr", measure)
    found = latest_cumulative(ctx.data, *series)
    link = link_html(ctx, "All counts", "front", view="casualties")
    if found is None:
        return key_figure_html(
            label, _NONE, "", "No UN count is known by this date.", link
        )
    value = amount(
        *(
            float("nan") if v is None else v
            for v in (found.low, found.best, found.high)
        ),
        found.qualifier,
    )
    said = (
        f"UN human rights office (OHCHR), {period(found.period_start, found.period_end)}, "
        f"{_published(found)}. A floor, not an estimate. {_rise(ctx, found, series)}"
    )
    return key_figure_html(
        label, value, "", said, _links(_page(ctx, found.source_ids), link)
    )


def _published(found: Statement) -> str:
    if found.known_from_basis == "period_end":
        return "publication date not known"
    return f"published {day(found.published)}"


def _rise(ctx: Context, found: Statement, series: tuple[str, str, str]) -> str:
    before = overview.earlier(ctx.data)
    change = change_since(ctx.data, before, *series)
    if change is None:
        return f"No dated count was known on {day(before.day)}."
    if change.difference is None:
        return "No newer dated count in the last 30 days."
    said = (
        f"{signed(change.difference)} against the count known on {day(before.day)} "
        f"(to {day(change.before.period_end)})."
    )
    if change.now.figure_id == found.figure_id:
        return said
    # The figure shown has no date of publication: the rise is that of another.
    return f"The last dated count, {change.now.in_words} to {day(change.now.period_end)}: {said}"


def _prisoners(ctx: Context) -> str:
    label = "Prisoners returned to Ukraine"
    found = overview.prisoners(ctx.data)
    if found is None:
        return key_figure_html(
            label, _NONE, "", "No official total is known by this date."
        )
    total = float(found.total)
    value = amount(float("nan"), total, float("nan"), found.qualifier)
    said = f"Ukrainian officials, to {day(found.as_of)}"
    said += f", {count(found.exchanges, 'exchange')}." if found.exchanges else "."
    if found.rows != found.total or found.unnumbered:
        missing = (
            f", {found.unnumbered} of them without a number" if found.unnumbered else ""
        )
        said += f" The exchanges listed here to that day add up to {number(found.rows)}{missing}."
    if found.before is None:
        said += " No newer total in the last 30 days."
    else:
        said += (
            f" {signed(found.total - found.before)} against the total known 30 days "
            f"before (to {day(found.before_as_of)})."
        )
    link = link_html(ctx, "All exchanges", "exchanges")
    return key_figure_html(
        label, value, "", said, _links(_page(ctx, found.source_ids), link)
    )


def _talks(ctx: Context) -> str:
    label = "Since the last direct talks"
    found = overview.last_talks(ctx.data)
    if found is None:
        return key_figure_html(
            label, _NONE, "", "No direct talks are recorded by this date."
        )
    if found.in_progress:
        ended = "in progress"
    elif found.outcome == "ongoing":
        # Talks that are over have no other result in the record than this.
        ended = day(found.day)
    else:
        outcome = ctx.data.labels("events", "outcome")[found.outcome].lower()
        ended = f"{day(found.day)}, outcome {outcome}"
    link = link_html(ctx, "The talks", "timeline", event=found.event_id)
    place = f"{found.place}, " if found.place else ""
    said = (
        f"{place}{ended}. Counted: talks of Russia and Ukraine with delegates of both; "
        "not through a mediator alone, not with one side and a third."
    )
    unit = "day" if found.days == 1 else "days"
    return key_figure_html(label, number(found.days), unit, said, link)


def _page(ctx: Context, source_ids: str) -> str:
    """A page known on the day as a link, a primary document before others."""
    known = [ctx.data.sources[i] for i in ids(source_ids) if i in ctx.data.sources]
    known = [row for row in known if isinstance(row["url"], str)]
    if not known:
        return ""
    row = min(known, key=lambda row: row["kind"] != "primary")
    return (
        f'<a href="{escape(row["url"], quote=True)}" target="_blank" '
        f'rel="noopener noreferrer">{escape(str(row["publisher"]))}</a>'
    )


def _links(*links: str) -> str:
    return " · ".join(link for link in links if link)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def latest(ctx: Context) -> None:
    """The last five events, each leading to its page."""
    items = "".join(
        _dated(
            _day_of(ctx, row),
            link_html(ctx, row["title"], "timeline", event=row["event_id"]),
            _facts(ctx, row),
        )
        for row in overview.latest_events(ctx.data).to_dict("records")
    )
    _list("Latest", items, "No event is recorded by this date.")


def _day_of(ctx: Context, row: dict) -> str:
    start, precision = row["start_date"], row["date_precision"]
    if start[:4] == ctx.view.as_of[:4]:
        return short_day(start, precision)
    return day(start, precision)


def _facts(ctx: Context, row: dict) -> str:
    track = ctx.data.labels("events", "track")[row["track"]]
    outcome = ctx.data.labels("events", "outcome")[row["outcome"]].lower()
    facts = [f"{track} track", f"outcome {outcome}"]
    if row["status"] == "candidate":
        facts.append("candidate: rests on pages not opened")
    return escape(" · ".join(facts))


def announced(ctx: Context) -> None:
    """What was announced and is open on the day, with the event that announced it."""
    rows = overview.open_announcements(ctx.data)
    items = "".join(
        _dated(_due(row), escape(row["title"]), _announced_on(ctx, row))
        for row in rows.to_dict("records")
    )
    _list("Announced next", items, "Nothing open is recorded on this date.")


def _due(row: dict) -> str:
    start, end = row["expected_start"], row["expected_end"]
    precision = row["expected_precision"]
    if isinstance(start, str):
        return period(start, end, precision)
    return f"by {day(end, precision)}" if isinstance(end, str) else "no date"


def _announced_on(ctx: Context, row: dict) -> str:
    said = f"Announced {day(row['announced_on'])}"
    if not isinstance(row["announced_in"], str):
        return said
    return link_html(ctx, said, "timeline", event=row["announced_in"])


def _dated(when: str, what: str, facts: str) -> str:
    """One line of a list; `what` and `facts` are markup."""
    return (
        f"<li><span class='when'>{escape(when)}</span><div>{what}"
        f"<p>{facts}</p></div></li>"
    )


def _list(heading: str, items: str, nothing: str) -> None:
    body = f"<ul>{items}</ul>" if items else f"<p>{nothing}</p>"
    st.html(f"<div class='parley-dated'><h2>{heading}</h2>{body}</div>")


def more(ctx: Context) -> None:
    """Where the other pages go on from here, for the same date."""
    onward = (
        ("Front line between two dates", "front", {}),
        ("Casualties by claimant", "front", {"view": "casualties"}),
        ("Every event", "timeline", {}),
        ("Exchanges of prisoners", "exchanges", {}),
        ("Who was in the room", "actors", {"show": "delegations"}),
        ("Briefing for this date", "briefing", {}),
        ("Briefing for this date", "briefing", {}),
        ("Sources, methods, data", "sources", {}),
    )
    links = "".join(
        f"<li>{link_html(ctx, text, page, **parameters)}</li>"
        for text, page, parameters in onward
    )
    st.html(f"<nav class='parley-more' aria-label='More'><ul>{links}</ul></nav>")
