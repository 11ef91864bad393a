"""Events as a list, paged, the newest first."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd
import streamlit as st

from components.widgets import bound
from components.widgets.context import Context
from components.widgets.link import link_html
from data.words import count, period

PER_PAGE = 20


def event_list(
    ctx: Context, events: pd.DataFrame, options: Mapping[str, Sequence[str]]
) -> None:
    """`events` as from `data.events.rows`; each title leads to its event, under the
    same `options`: the parameters of the page that are set."""
    total = len(ctx.data["events"])
    st.markdown(f"## {len(events):,} of {count(total, 'event')}")
    pages = max(1, math.ceil(len(events) / PER_PAGE))
    page = bound.page(pages, key="page")
    newest = events.iloc[::-1].iloc[(page - 1) * PER_PAGE : page * PER_PAGE]
    items = "".join(_item(ctx, row, options) for row in newest.to_dict("records"))
    st.html(f"<ol class='parley-events'>{items}</ol>")


def _item(ctx: Context, row: dict, options: Mapping[str, Sequence[str]]) -> str:
    when = period(row["start_date"], row["end_date"], row["date_precision"])
    facts = [f"{row['track_label']} track", row["type_label"], row["outcome_label"]]
    if isinstance(row["where"], str):
        facts.insert(1, row["where"])
    if row["status"] == "candidate":
        facts.append("candidate: rests on pages not opened")
    weight = ctx.data.labels("events", "significance")[str(row["significance"])]
    facts.append(f"weight: {weight.lower()}")
    facts.append(count(int(row["pages"]), "source"))
    asked = {**options, "event": row["event_id"]}
    title = link_html(ctx, row["title"], "timeline", **asked)
    return (
        f"<li><span class='when'>{escape(when)}</span><span>"
        f"{title}<span class='facts'>{escape(' · '.join(facts))}</span></span></li>"
    )
