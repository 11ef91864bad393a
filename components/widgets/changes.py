"""Since you last looked: what became known between a day and the as-of date."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from html import escape

import pandas as pd
import streamlit as st

from components.changes import page_of
from components.charts.chart import MAP_CREDIT
from components.widgets import bound
from components.widgets.context import Context
from components.widgets.link import address, link_html
from components.widgets.plain_table import html_table
from components.widgets.sources import pages_html
from data.changes import between, changes, tally, two_days
from data.line_changes import LineChange, line_change
from data.words import count, day, ids, number, short_day, signed

# Without a day of the reader's own, the list goes back this far.
DAYS = 7

_SHOWN = 6  # rows of a group before the fold
_FOLDED = 3  # fewer are not worth a fold
_PAGES = 3  # sources named on a row

_HEADINGS = {
    "event": "Events",
    "proposal": "Texts",
    "exchange": "Exchanges and official totals",
    "figure": "New counts of people",
    "revision": "Earlier counts revised",
    "office": "Offices",
}


def since_you_looked(ctx: Context) -> None:
    """A day to look back to, and what became known since, by kind."""
    last = date.fromisoformat(ctx.view.as_of) - timedelta(1)
    first = date.fromisoformat(ctx.data.first_day)
    if last < first:
        return
    with st.container(key="changes", gap="small"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="large"):
            st.header("Since you last looked", divider=False, width="content")
            chosen = bound.day(
                "Since (empty: seven days before)",
                key="since",
                default=None,
                first=first,
                last=last,
                width=250,
            )
        start = chosen or max(last - timedelta(DAYS - 1), first)
        st.html(_told(ctx, start.isoformat()))


@lru_cache(maxsize=64)
def _told(ctx: Context, since: str) -> str:
    """The section as markup, the same for the same date, unit and width."""
    table = changes(ctx.data, since)
    groups = "".join(
        _group(ctx, heading, table[table["kind"] == kind])
        for kind, heading in _HEADINGS.items()
        if (table["kind"] == kind).any()
    )
    line = line_change(ctx.data, since)
    parts = tally(ctx.data, since)
    if line.area.km2 is not None:
        parts.append(f"net change of the occupied area {_area(ctx, line.area.km2)}")
    found = ", ".join(parts) or "nothing is recorded"
    feed = escape(_feed(ctx, since), quote=True)
    return (
        f"<p class='parley-since'>{escape(between(since, ctx.view.as_of))}: "
        f"{escape(found)}. <a href='{feed}' target='_self'>As a feed</a></p>"
        f"<div class='parley-dated parley-changes'>{groups}{_line(ctx, line)}</div>"
    )


def _feed(ctx: Context, since: str) -> str:
    dated = "" if ctx.latest else f"as_of={ctx.view.as_of}&"
    return f"/changes.atom?{dated}since={since}"


def _group(ctx: Context, heading: str, rows: pd.DataFrame) -> str:
    """The weightiest rows, the newest first; the others in a fold."""
    many = len(rows) if len(rows) < _SHOWN + _FOLDED else _SHOWN
    top = rows.iloc[::-1].sort_values("rank", kind="stable").head(many).index
    newest = rows.sort_values(["day", "rank"], ascending=[False, True], kind="stable")
    shown, folded = (newest[newest.index.isin(top) == held] for held in (True, False))
    fold = ""
    if len(folded):
        fold = (
            f"<details><summary>{count(len(folded), 'more', 'more')}</summary>"
            f"<ul>{_items(ctx, folded)}</ul></details>"
        )
    return (
        f"<section><h3>{heading} <span>{len(rows):,}</span></h3>"
        f"<ul>{_items(ctx, shown)}</ul>{fold}</section>"
    )


def _items(ctx: Context, rows: pd.DataFrame) -> str:
    return "".join(_item(ctx, row) for row in rows.to_dict("records"))


def _item(ctx: Context, row: dict) -> str:
    page, parameters = page_of(ctx.data, row["kind"], row["ref"])
    link = link_html(ctx, row["text"], page, **parameters)
    facts = [escape(row["detail"]), _pages(ctx, row["source_ids"])]
    return _dated(ctx, row["day"], link, " · ".join(filter(None, facts)))


def _dated(ctx: Context, when: str, what: str, facts: str) -> str:
    same_year = when[:4] == ctx.view.as_of[:4]
    written = short_day(when) if same_year else day(when)
    return (
        f"<li><span class='when'>{escape(written)}</span><div>{what}"
        f"<p>{facts}</p></div></li>"
    )


def _pages(ctx: Context, source_ids: str) -> str:
    """The first pages known on the day, as links; how many more there are."""
    known = [i for i in ids(source_ids) if i in ctx.data.sources]
    shown = pages_html(ctx.data, ";".join(known[:_PAGES]))
    rest = len(known) - _PAGES
    return f"{shown} and {rest} more" if rest > 0 else shown


# --- front line ----------------------------------------------------------------


def _line(ctx: Context, found: LineChange) -> str:
    """Length, net area and the oblasts, in the reader's unit."""
    compare = {} if found.area.km2 is None else {"compare": found.since}
    link = escape(address(ctx, "front", **compare), quote=True)
    name = ctx.data.labels("front_metrics", "dataset")[found.source]
    rows = [_length(ctx, found), _net(ctx, found)]
    if found.reason and found.area.reason:
        rows = [("Line, area", "Not compared", _sentence(found.area.reason))]
    items = "".join(
        f"<li><span class='when'>{what}</span><div>{escape(said)}"
        f"<p>{escape(detail)}</p></div></li>"
        for what, said, detail in rows
    )
    return (
        f"<section><h3>Front line</h3><ul>{items}</ul>{_oblasts(ctx, found)}"
        f"<p>{name}. {MAP_CREDIT} <a href='{link}' target='_self'>On the map</a></p>"
        "</section>"
    )


def _length(ctx: Context, found: LineChange) -> tuple[str, str, str]:
    if found.before is None or found.now is None:
        return "Line", "Not compared", _sentence(found.reason)
    view = ctx.view
    change = signed(view.length(found.now - found.before))
    said = f"{number(view.length(found.now))} {view.length_unit} ({change})"
    return "Line", said, f"Maps of {two_days(found.first, found.last)}"


def _net(ctx: Context, found: LineChange) -> tuple[str, str, str]:
    area = found.area
    if area.km2 is None or area.first is None or area.last is None:
        return "Area", "Not compared", _sentence(area.reason)
    note = f". {area.note}" if area.note else ""
    said = f"net {_area(ctx, area.km2)}"
    return "Area", said, f"Maps of {two_days(area.first, area.last)}{note}"


def _oblasts(ctx: Context, found: LineChange) -> str:
    """The oblasts as a table, or why there is none."""
    if found.oblast_reason:
        if found.reason and found.area.reason:
            return ""
        return f"<p>By oblast: {escape(found.oblast_reason)}.</p>"
    two = two_days(found.stored_first, found.stored_last)
    if not found.oblasts:
        return f"<p>No oblast changed by 5 km² or more on the maps of {two}.</p>"
    unit = ctx.view.area_unit
    table = pd.DataFrame(
        [
            (
                row.name,
                *(round(ctx.view.area(v)) for v in (row.net, row.gained, row.lost)),
            )
            for row in found.oblasts
        ],
        columns=["Oblast", f"Net, {unit}", "Gained", "Lost"],
    )
    least = f"{number(ctx.view.area(5))} {unit}"
    full = "" if found.full is None else f"; the full maps, {_area(ctx, found.full)}"
    return (
        f"{html_table(table, caption=f'Occupied area by oblast, {two}')}"
        f"<p>Gained and lost by Russia in patches of {least} or more. The stored maps "
        "leave out water, islands and bends under 1 km: all oblasts "
        f"{_area(ctx, found.by_oblast)}{full}.</p>"
    )


def _area(ctx: Context, km2: float) -> str:
    return f"{signed(ctx.view.area(km2))} {ctx.view.area_unit}"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
