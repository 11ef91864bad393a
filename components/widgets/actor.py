"""The parts of the actors' page: cards, head, rooms, delegations, words, positions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from html import escape

import pandas as pd
import streamlit as st

from components.theme.palette import SIDE, SURFACE, Theme, rgb
from components.widgets import bound
from components.widgets.context import Context
from components.widgets.link import address, link_html
from components.widgets.plain_table import html_table, plain_table
from components.widgets.sources import source_html
from data.actors import (
    Held,
    acted_for,
    delegations_for,
    delegations_of,
    offices_on_day,
    positions_of,
    quotes_of,
    rooms,
)
from data.dataset import Dataset, dataset
from data.words import count, day, ids, listing, period, shortened

CARDS_A_PAGE = 24
_ROOMS_A_PAGE = 30
_ROOMS_A_PAGE_NARROW = 12


def choose(ctx: Context, known: list[str]) -> str | None:
    """The box that selects one actor; one unknown, or not yet known, is told."""
    asked = bound.raw("actor")[:1] or [st.session_state.get("actor")]
    if asked[0] and asked[0] not in known:
        on = f"on {day(ctx.view.as_of)}"
        reason = (
            f"{dataset().names[asked[0]]} is not in the record {on}"
            if asked[0] in dataset().names
            else "no actor has this id"
        )
        bound.refuse("actor", asked[0], reason, "the directory")
        if "actor" in st.session_state:
            st.session_state["actor"] = None
    return bound.choice("Actor", known, key="actor", width=300,
                        placeholder="Open one by its id")  # fmt: skip


def span(since: date | None, until: date | None) -> dict[str, str | None]:
    """The network's period as its options; a reversed one is turned round and told."""
    if since and until and since > until:
        bound.notice("from", "‘from’ is after ‘to’; the two were exchanged.")
        since, until = until, since
    days = {"from": since, "to": until}
    return {name: d.isoformat() if d else None for name, d in days.items()}


def picked(chart: str) -> None:
    """Select the actor whose mark was clicked: a callback of the chart's plot."""
    points = st.session_state[f"plot-{chart}"]["selection"]["points"]
    if points:
        st.session_state["actor"] = points[0]["customdata"]


def leave() -> None:
    """Close the actor: a callback."""
    st.session_state["actor"] = None


def open_page() -> None:
    """Show the selected actor's own page: a callback."""
    st.session_state["show"] = "directory"


def cards(ctx: Context, rows: pd.DataFrame) -> None:
    """A page of cards, each a link to its actor."""
    if rows.empty:
        st.markdown(
            "No actor of the record answers to this. Try fewer words or filters."
        )
        return
    page = 1
    if len(rows) > CARDS_A_PAGE:
        page = st.pagination(-(-len(rows) // CARDS_A_PAGE), key="cards")
    part = rows.iloc[(page - 1) * CARDS_A_PAGE : page * CARDS_A_PAGE]
    offices = offices_on_day(ctx.data)
    sides, kinds = (ctx.data.labels("actors", field) for field in ("side", "kind"))
    items = "".join(
        f"<li><a href='{escape(address(ctx, 'actors', actor=row['actor_id']))}' "
        f"target='_self'>{monogram(row)}"
        f"<span class='text'><strong>{escape(row['name'])}</strong>"
        f"{_native(row)}"
        f"<span>{escape(_card_office(offices.get(row['actor_id']), kinds[row['kind']]))}"
        f"</span><span class='facts'>{escape(sides[row['side']])} · "
        f"{count(row['events'], 'event')}</span></span></a></li>"
        for row in part.to_dict("records")
    )
    st.html(f"<ul class='parley-cards'>{items}</ul>")


def _native(actor: Mapping[str, object]) -> str:
    """The name in the actor's own language, where it differs."""
    name = actor["name_native"]
    if not isinstance(name, str) or name == actor["name"]:
        return ""
    return f"<span lang='und'>{escape(name)}</span>"


def _card_office(held: Held | None, kind: str) -> str:
    if held is None:
        return kind if kind != "Person" else "No office recorded"
    titles = shortened("; ".join(held.titles), 120)
    if held.basis == "ended":
        return f"Until {day(held.until, held.precision)}: {titles}"
    return titles + (" (dates not known)" if held.basis == "undated" else "")


def monogram(actor: Mapping[str, object]) -> str:
    """Two letters (a state's three) on a square of the side's colour.

    A person's are the family name's first two: initials can be another
    country's code. Name and side stand beside it in words, so readers of the screen skip it.
    """
    name, side = str(actor["name"]), str(actor["side"])
    initials = [part[0] for part in name.replace("-", " ").split() if part[0].isalpha()]
    text = (initials[0] + initials[-1] if len(initials) > 1 else name[:2]).upper()
    if actor["kind"] == "person":
        text = name.split()[-1][:2]
    if actor["kind"] == "state" and isinstance(actor["country_iso3"], str):
        text = actor["country_iso3"]
    ground = ",".join(SIDE[theme][side] for theme in ("light", "dark"))
    letters = ",".join(on_colour(side, theme) for theme in ("light", "dark"))
    return (
        f"<span class='parley-monogram' aria-hidden='true' style='background:"
        f"light-dark({ground});color:light-dark({letters})'>{escape(text)}</span>"
    )


def on_colour(side: str, theme: Theme) -> str:
    """Dark or light letters on a side's colour, whichever stand out more (WCAG 2)."""
    ground = SIDE[theme][side]
    pair = (SURFACE["light"]["card"], SURFACE["dark"]["paper"])
    return max(pair, key=lambda colour: contrast(colour, ground))


def contrast(a: str, b: str) -> float:
    """WCAG 2 contrast of two colours, 1 to 21."""
    one, two = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (one + 0.05) / (two + 0.05)


def _luminance(colour: str) -> float:
    parts = [c / 255 for c in rgb(colour)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def head(ctx: Context, actor: pd.Series) -> None:
    """Native name, birth, office on the day, text, other spellings."""
    side = ctx.data.labels("actors", "side")[actor["side"]]
    kind = ctx.data.labels("actors", "kind")[actor["kind"]]
    native, born = _native(actor), actor["born"]
    facts = [native] if native else []
    if isinstance(born, str):
        facts.append(f"born {day(born) if len(born) == 10 else escape(born)}")
    lines = [f"<p class='kicker'>{escape(f'{side} · {kind.lower()}')}</p>"]
    if facts:
        lines.append(f"<p class='native'>{', '.join(facts)}</p>")
    if actor["kind"] == "person":
        lines.append(f"<p>{_office_html(ctx, actor['actor_id'])}</p>")
    if isinstance(actor["bio"], str):
        lines.append(f"<p class='bio'>{escape(actor['bio'])}</p>")
    elif isinstance(actor["source_ids"], str):
        lines.append(
            "<p class='parley-muted'>The text on this actor rests on pages published "
            "after this date.</p>"
        )
    if isinstance(actor["aliases"], str):
        spellings = escape(", ".join(ids(actor["aliases"])))
        lines.append(f"<p class='parley-muted'>Also written {spellings}</p>")
    st.html(
        f"<div class='parley-actor'>{monogram(actor)}<div>{''.join(lines)}</div></div>"
    )


def _office_html(ctx: Context, actor_id: str) -> str:
    held = offices_on_day(ctx.data).get(actor_id)
    on = f"On {day(ctx.view.as_of)}"
    if held is None:
        return f"<strong>{on}:</strong> no office recorded"
    titles = escape("; ".join(held.titles))
    if held.basis == "held":
        # At the closing date an office without an end is the last one known of.
        label = "Last known" if ctx.latest and held.open_ended else on
        return f"<strong>{label}:</strong> {titles}"
    if held.basis == "ended":
        until = day(held.until, held.precision)
        return f"<strong>{on}:</strong> no office recorded; until {until} {titles}"
    return f"<strong>Recorded, dates not known:</strong> {titles}"


def rooms_list(ctx: Context, actor_id: str) -> None:
    """The events, newest first: when, what, role, for whom, where, with what outcome."""
    events = rooms(ctx.data, actor_id)
    if events.empty:
        st.markdown("No event names this actor by this date.")
        return
    roles = ctx.data.labels("event_participants", "role")
    outcomes = ctx.data.labels("events", "outcome")
    table = pd.DataFrame(
        {
            "Date": [
                period(*row)
                for row in events[
                    ["start_date", "end_date", "date_precision"]
                ].itertuples(index=False)
            ],
            "Event": [
                link_html(ctx, title, "timeline", event=event)
                + (
                    " <em>candidate: rests on pages not opened</em>"
                    if status == "candidate"
                    else ""
                )
                for event, title, status in zip(
                    events["event_id"], events["title"], events["status"], strict=True
                )
            ],
            "Role": events["role"]
            .map(roles)
            .fillna("through " + events["people"].astype("str")),
            "On behalf of": events["on_behalf_of"]
            .where(events["on_behalf_of"] != actor_id)
            .map(ctx.data.names),
            "Place": events["place"],
            "Outcome": events["outcome"].map(outcomes),
        }
    ).dropna(axis="columns", how="all")
    if not ctx.view.narrow:
        plain_table(table, caption="Events, newest first", key=f"rooms-{actor_id}",
                    rows_a_page=_ROOMS_A_PAGE, html_columns=("Event",))  # fmt: skip
        return
    page = 1
    size = _ROOMS_A_PAGE_NARROW
    if len(table) > size:
        page = st.pagination(-(-len(table) // size), key=f"rooms-{actor_id}")
    part = table.iloc[(page - 1) * size : page * size]
    items = "".join(
        f"<li>{row.pop('Event')}<br><span>"
        f"{escape(' · '.join(v for v in row.values() if isinstance(v, str)))}</span></li>"
        for row in part.to_dict("records")
    )
    st.html(f"<ul class='parley-rooms'>{items}</ul>")


def delegations(ctx: Context, actor: pd.Series) -> None:
    """The rounds in which a person is named, or a party's delegations."""
    if actor["kind"] == "person":
        rows = delegations_of(ctx.data, actor["actor_id"])
        roles = ctx.data.labels("delegation_members", "role")
        last = {"Role": rows["role"].map(roles)}
    else:
        rows = delegations_for(ctx.data, actor["actor_id"])
        last = {"Head": rows["heads"], "People named": rows["members"]}
    if rows.empty:
        return
    st.markdown(f"### Delegations ({len(rows)})")
    rounds = [
        link_html(ctx, name, "timeline", event=event)
        if isinstance(event, str)
        else escape(name)
        for name, event in zip(rows["round_name"], rows["event_id"], strict=True)
    ]
    when = [
        day(*pair) for pair in zip(rows["date"], rows["date_precision"], strict=True)
    ]
    table = pd.DataFrame({"Round": rounds, "Date": when, **last})
    st.html(
        html_table(table, caption="Delegations, newest first", html_columns=("Round",))
    )


def quotes(ctx: Context, actor_id: str) -> None:
    """A person's words, each with its day, event and page."""
    rows = quotes_of(ctx.data, actor_id)
    if rows.empty:
        return
    st.markdown(f"### In their own words ({len(rows)})")
    items = "".join(_quote_html(ctx, row) for row in rows.to_dict("records"))
    st.html(f"<div class='parley-quotes'>{items}</div>")


def _quote_html(ctx: Context, row: dict) -> str:
    said = day(row["date"])
    event = row["event_id"]
    if isinstance(event, str) and isinstance(row["event"], str):
        said = f"{said}, {link_html(ctx, row['event'], 'timeline', event=event)}"
    source = ctx.data.sources.get(row["source_id"])
    page = (
        source_html(source, ctx.data) if source else "1 page published after this date"
    )
    return (
        f"<blockquote>“{escape(row['text'])}”</blockquote>"
        f"<p class='parley-muted'>{said}<br>{page}</p>"
    )


def positions(ctx: Context, actor_id: str) -> None:
    """What a party said on each issue, in order of issue, the newest first."""
    rows = positions_of(ctx.data, actor_id)
    if rows.empty:
        return
    st.markdown(f"## Positions by issue ({len(rows)})")
    groups = []
    for issue, stances in rows.groupby("issue", sort=False):
        items = "".join(
            f"<li><strong>{day(row['date'])}</strong> {escape(row['stance'])} "
            f"<span>{page_links(ctx.data, row['source_ids'])}</span></li>"
            for row in stances.to_dict("records")
        )
        groups.append(f"<section><h3>{escape(issue)}</h3><ul>{items}</ul></section>")
    st.html(f"<div class='parley-positions'>{''.join(groups)}</div>")


def page_links(data: Dataset, source_ids: object) -> str:
    """The pages behind a short row: publishers as links, later pages counted."""
    wanted = ids(source_ids)
    known = [data.sources[i] for i in wanted if i in data.sources]
    links = [
        f'<a href="{escape(row["url"], quote=True)}" target="_blank" '
        f'rel="noopener noreferrer">{escape(row["publisher"])}</a>'
        if isinstance(row["url"], str)
        else escape(row["publisher"])
        for row in known
    ]
    if len(known) < len(wanted):
        links.append(f"{count(len(wanted) - len(known), 'page')} published later")
    return listing(links)


def representatives(ctx: Context, actor_id: str) -> None:
    """Who acted on a party's behalf, the most often first."""
    rows = acted_for(ctx.data, actor_id)
    if rows.empty:
        return
    st.markdown(f"### Acted on its behalf ({len(rows)})")
    table = pd.DataFrame(
        {
            "Name": [
                link_html(ctx, name, "actors", actor=i)
                for i, name in zip(rows["actor_id"], rows["name"], strict=True)
            ],
            "Events": rows["events"],
            "Latest": rows["last"].map(day),
        }
    )
    plain_table(table, caption="By number of events", key=f"for-{actor_id}",
                rows_a_page=20, html_columns=("Name",))  # fmt: skip
