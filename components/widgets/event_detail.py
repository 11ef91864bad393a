"""One event whole: where, who, what was agreed, what was said, what followed."""

from __future__ import annotations

from html import escape

import streamlit as st

from components.theme.palette import SIDE
from components.widgets.context import Context
from components.widgets.link import link_html
from components.widgets.sources import source_html, source_list_html
from data.events import Detail, Participant
from data.words import day, period

_SHOWN = 6  # people a side before the rest is folded


def event_detail(ctx: Context, detail: Detail) -> None:
    """Show the event, as it was known on the as-of date."""
    st.html(
        f"<article class='parley-event'>{_head(ctx, detail)}{_room(ctx, detail)}"
        f"{_said(ctx, detail)}{_announced(detail)}{_around(ctx, detail)}"
        f"{source_list_html(ctx.data, detail.event['source_ids'])}"
        f"<p class='parley-muted'>{_permalink(ctx, detail)}</p></article>"
    )


def _head(ctx: Context, detail: Detail) -> str:
    event, data = detail.event, ctx.data
    when = period(event["start_date"], event["end_date"], str(event["date_precision"]))
    where = event["where"] if isinstance(event["where"], str) else "place not recorded"
    facts = [when, event["type_label"], f"{event['track_label']} track", where]
    chips = [f"Outcome: {str(event['outcome_label']).lower()}"]
    if event["in_progress"]:
        chips = ["In progress on this day"]
    for column in ("format", "level", "significance"):
        value = event[column]
        if isinstance(value, str) or column == "significance":
            label = data.labels("events", column).get(str(value), str(value))
            chips.append(f"Weight: {label}" if column == "significance" else label)
    if event["status"] == "candidate":
        chips.append("Candidate: rests on pages not opened")
    items = "".join(f"<li>{escape(str(chip))}</li>" for chip in chips)
    return (
        f"<p class='facts'>{escape(' · '.join(map(str, facts)))}</p>"
        f"<h2>{escape(str(event['title']))}</h2><ul class='chips'>{items}</ul>"
        f"<p>{escape(str(event['summary']))}</p>"
    )


def _room(ctx: Context, detail: Detail) -> str:
    if not detail.sides:
        return "<h3>In the room</h3><p>No participant is named.</p>"
    present = [p for _, people in detail.sides for p in people]
    heading = (
        "Named in it"
        if all(p.role in ("subject", "author", "signatory") for p in present)
        else "In the room"
    )
    return (
        f"<h3>{heading}</h3><div class='sides'>"
        + "".join(_side(ctx, side, people) for side, people in detail.sides)
        + "</div>"
    )


def _side(ctx: Context, side: str, people: tuple[Participant, ...]) -> str:
    label = ctx.data.labels("actors", "side").get(side, side)
    colour = SIDE[ctx.view.theme].get(side, SIDE[ctx.view.theme]["other"])
    shown = "".join(_person(ctx, p) for p in people[:_SHOWN])
    rest = "".join(_person(ctx, p) for p in people[_SHOWN:])
    if rest:
        rest = f"<details><summary>{len(people) - _SHOWN} more</summary><ul>{rest}</ul></details>"
    return (
        f"<section style='border-left: 4px solid {colour}'>"
        f"<h4>{escape(label)}</h4><ul>{shown}</ul>{rest}</section>"
    )


def _person(ctx: Context, person: Participant) -> str:
    name = link_html(ctx, person.name, "actors", actor=person.actor_id)
    lead = person.role in ("head_of_delegation", "host", "mediator", "principal")
    office = f"<span>{escape(person.office)}</span>" if person.office else ""
    # Within Europe or the Gulf the side's name does not say for whom one spoke.
    side = ctx.data.labels("actors", "side").get(person.side)
    behalf = "" if person.on_behalf_of in ("", side) else f" for {person.on_behalf_of}"
    return (
        f"<li>{'<strong>' if lead else ''}{name}{'</strong>' if lead else ''}, "
        f"{escape(person.role_label.lower() + behalf)}{office}</li>"
    )


def _said(ctx: Context, detail: Detail) -> str:
    quotes = []
    for quote in detail.quotes:
        speaker = escape(ctx.data.names.get(str(quote["actor_id"]), ""))
        source = ctx.data.sources.get(str(quote["source_id"]))
        page = source_html(source, ctx.data) if source else "page published later"
        quotes.append(
            f"<blockquote>“{escape(str(quote['text']))}”</blockquote>"
            f"<p class='parley-muted'>{speaker}, {day(quote['date'])} · {page}</p>"
        )
    return f"<h3>Said</h3>{''.join(quotes)}" if quotes else ""


def _announced(detail: Detail) -> str:
    items = []
    for row in detail.announcements:
        expected = "no date given"
        if isinstance(row["expected_start"], str) or isinstance(
            row["expected_end"], str
        ):
            precision = str(row["expected_precision"])
            expected = (
                f"for {period(row['expected_start'], row['expected_end'], precision)}"
            )
        items.append(
            f"<li>{escape(str(row['title']))} <span>({escape(expected)})</span></li>"
        )
    return f"<h3>Announced there</h3><ul>{''.join(items)}</ul>" if items else ""


def _around(ctx: Context, detail: Detail) -> str:
    led = _rows(ctx, detail.led_to)
    track = str(detail.event["track_label"])
    same_day = _rows(ctx, detail.same_day)
    before = _rows(ctx, (detail.before,) if detail.before else ())
    after = _rows(ctx, (detail.after,) if detail.after else ())
    followed = f"<h3>What it led to</h3>{led}" if led else ""
    around = ""
    if same_day:
        around += f"<h3>The same day on the track {escape(track)}</h3>{same_day}"
    if before:
        around += f"<h3>Before it on the track {escape(track)}</h3>{before}"
    if after:
        around += f"<h3>After it on the track {escape(track)}</h3>{after}"
    return followed + around


def _rows(ctx: Context, entries: tuple[tuple[str, str, str, str], ...]) -> str:
    if not entries:
        return ""
    items = "".join(
        f"<li><span>{day(when, precision)}</span> "
        + (link_html(ctx, title, "timeline", event=key) if key else escape(title))
        + "</li>"
        for when, precision, title, key in entries
    )
    return f"<ul class='dated'>{items}</ul>"


def _permalink(ctx: Context, detail: Detail) -> str:
    key = str(detail.event["event_id"])
    frozen = f"/timeline?as_of={ctx.view.as_of}&amp;event={escape(key)}"
    return f'<a href="{frozen}" target="_self">Permanent link to this event as of {day(ctx.view.as_of)}</a>'
