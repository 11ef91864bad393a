"""Sources as links, with publisher, kind and date; later ones only counted."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from data.dataset import Dataset
from data.words import count, day, ids


def source_list(data: Dataset, source_ids: object, *, label: str = "Sources") -> None:
    """The pages behind a row: a list of links, one source a line."""
    st.html(source_list_html(data, source_ids, label=label))


def source_list_html(
    data: Dataset, source_ids: object, *, label: str = "Sources"
) -> str:
    """`source_ids` is a `;`-separated list. A page published after the as-of date,
    or undated and used for a later day, is counted, not named: its title could
    tell what was not known yet."""
    wanted = ids(source_ids)
    known = [data.sources[i] for i in wanted if i in data.sources]
    items = "".join(f"<li>{source_html(row, data)}</li>" for row in known)
    dated = (data.whole or data).sources
    missing = [dated[i] for i in wanted if i in dated and i not in data.sources]
    undated = sum(not isinstance(row["published"], str) for row in missing)
    if later := len(missing) - undated:
        items += f"<li>{count(later, 'page')} published after this date</li>"
    if undated:
        items += (
            f"<li>{count(undated, 'page')} without a date, "
            "used for a later day as well</li>"
        )
    head = f"<p class='parley-list-head'>{escape(label)} ({len(wanted)})</p>"
    return f"<div class='parley-sources'>{head}<ul>{items}</ul></div>"


def source_html(row: dict, data: Dataset) -> str:
    """One source: publisher, title as a link, kind, language, date."""
    kind = data.labels("sources", "kind").get(row["kind"], row["kind"])
    published = (
        day(row["published"]) if isinstance(row["published"], str) else "no date shown"
    )
    title = escape(str(row["title"]))
    if isinstance(row["url"], str):
        # The reader follows a link to another site; the page itself asks nobody.
        title = (
            f'<a href="{escape(row["url"], quote=True)}" target="_blank" '
            f'rel="noopener noreferrer">{title}</a>'
        )
    facts = [kind, published]
    if row["language"] != "en" and isinstance(row["language"], str):
        facts.insert(1, row["language"])
    if row["seen"] != "seen":
        facts.append("known through another page")
    return f"{escape(str(row['publisher']))}: {title} <span>({', '.join(facts)})</span>"


def publishers(data: Dataset, source_ids: pd.Series, limit: int = 4) -> str:
    """The publishers of many rows in a few words: 'OHCHR, AP and 12 others'."""
    counts: dict[str, int] = {}
    for value in source_ids.dropna():
        for i in ids(value):
            if i in data.sources:
                name = str(data.sources[i]["publisher"])
                counts[name] = counts.get(name, 0) + 1
    names = sorted(counts, key=counts.get, reverse=True)
    if len(names) <= limit:
        return ", ".join(names)
    return f"{', '.join(names[:limit])} and {len(names) - limit} others"


def pages_html(data: Dataset, source_ids: object) -> str:
    """Links to the pages behind a row, by publisher; later ones are only counted."""
    wanted = ids(source_ids)
    known = [data.sources[i] for i in wanted if i in data.sources]
    links = [_page_html(row) for row in known]
    later = len(wanted) - len(known)
    if later:
        links.append(f"{count(later, 'page')} published after this date")
    return ", ".join(links)


def _page_html(row: dict) -> str:
    publisher = escape(str(row["publisher"]))
    if not isinstance(row["url"], str):
        return publisher
    title = escape(str(row["title"]), quote=True)
    return (
        f'<a href="{escape(row["url"], quote=True)}" title="{title}" target="_blank" '
        f'rel="noopener noreferrer">{publisher}</a>'
    )
