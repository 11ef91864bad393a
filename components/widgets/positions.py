"""The parts of the positions' page: controls, one text whole, two side by side, sources."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from components.charts.issue_history import OPTIONS
from components.widgets import bound
from components.widgets.actor import page_links
from components.widgets.context import Context
from components.widgets.link import link_html
from components.widgets.sources import source_list_html
from data.positions import (
    Marked,
    authors,
    compared,
    descends,
    history,
    issues,
    succession,
    terms,
    texts,
)
from data.words import count, day, listing

_KINDS = {"statement": "statement", "term": "term of a text"}


def controls(ctx: Context) -> dict[str, object]:
    """Authors, issue, text and a second text to compare: the URL's parameters."""
    known = list(texts(ctx.data)["proposal_id"])
    with st.container(
        key="positions-controls", horizontal=True, vertical_alignment="bottom"
    ):
        issue = bound.choice(
            "Issue", list(issues(ctx.data)["issue_id"]), key="issue",
            default=OPTIONS["issue"].default, width=230,
        )  # fmt: skip
        text = _text(ctx, "Text", known, "text", "Choose, or click a row")
        against = _text(
            ctx, "Compare with", [i for i in known if i != text], "against",
            "Choose a second text",
        )  # fmt: skip
        by = bound.choices(
            "Texts by", authors(ctx.data), key="author", placeholder="All authors",
            width=260,
        )  # fmt: skip
    return dict(author=by or None, issue=issue, text=text, against=against)


def _text(
    ctx: Context, label: str, known: list[str], key: str, hint: str
) -> str | None:
    """One text; one that is unknown, or was not on that day, is told."""
    held = st.session_state.get(key)
    if held and held not in known:
        st.session_state[key] = None
    return bound.choice(
        label, known, key=key, placeholder=hint, width=270,
        expected=f"it is not another text known on {day(ctx.view.as_of)}",
    )  # fmt: skip


def picked(chart: str) -> None:
    """A click on a row, a cell or a head chooses its text, its issue or both."""
    points = st.session_state[f"plot-{chart}"]["selection"]["points"]
    held = points[0].get("customdata") if points else None
    held = held[0] if isinstance(held, list) else held
    text, _, issue = (held or "|").partition("|")
    if text:
        st.session_state["text"] = text
        if st.session_state.get("against") == text:
            st.session_state["against"] = None
    if issue:
        st.session_state["issue"] = issue


def one_text(ctx: Context, text: str, issue: str) -> None:
    """A text whole: facts, summary, each of its terms with its pages."""
    row = _row(ctx, text)
    follows = _followed(ctx, text)
    held = terms(ctx.data, text)
    sections = "".join(
        f"<section{_chosen(i == issue)}><h3>{escape(name)}</h3>"
        f"<p>{escape(term)}</p><p class='pages'>Sources: {page_links(ctx.data, pages)}</p>"
        f"</section>"
        for i, name, term, pages in held.itertuples(index=False)
    )
    silent = [
        name
        for i, name in issues(ctx.data)[["issue_id", "name"]].itertuples(index=False)
        if i not in set(held["issue_id"])
    ]
    rest = (
        f"<p class='facts'>Silent, in the pages seen, on: {escape(listing(silent))}.</p>"
        if silent
        else ""
    )
    st.html(
        f"<article class='parley-text'><p class='facts'>{_facts(ctx, row)}</p>"
        f"<h2>{escape(row['title'])}</h2><p>{escape(row['summary'])}</p>{follows}"
        f"<div class='terms'>{sections}</div>{rest}"
        f"{source_list_html(ctx.data, row['source_ids'], label='Sources of the text')}"
        f"</article>"
    )


def two_texts(ctx: Context, text: str, against: str) -> None:
    """Two texts side by side, the earlier first, each difference said in a word."""
    order = list(texts(ctx.data)["proposal_id"])
    first, second = sorted((text, against), key=order.index)
    rows = [_row(ctx, i) for i in (first, second)]
    names = [escape(row["short_title"]) for row in rows]
    words = {"only first": f"only in {names[0]}", "only second": f"only in {names[1]}"}
    heads = "".join(
        f"<div><h2>{link_html(ctx, row['title'], 'positions', text=row['proposal_id'])}</h2>"
        f"<p class='facts'>{_facts(ctx, row)}</p></div>"
        for row in rows
    )
    lines = compared(ctx.data, first, second)
    sections = "".join(
        f"<section><h3>{escape(line.issue)} "
        f"<span>{words.get(line.change, line.change)}</span></h3>"
        f"<div class='pair'>"
        f"{_side(ctx, names[0], line.first_marks, line.first_sources, 'del')}"
        f"{_side(ctx, names[1], line.second_marks, line.second_sources, 'ins')}"
        f"</div></section>"
        for line in lines
    )
    relation = (
        "The second text is recorded as following the first. ‘Added’ and ‘dropped’ "
        "say that the pages seen tell the term of one of them alone."
        if descends(ctx.data, first, second)
        else "Neither text is recorded as following the other, so a term differs or is "
        "told of one of them alone; none is called changed."
    )
    tally = pd.Series([line.change for line in lines]).value_counts()
    counted = listing(
        f"{words.get(change, change)}: {n}" for change, n in tally.items()
    )
    st.html(
        f"<article class='parley-text'><div class='pair'>{heads}</div>"
        f"<p>{relation} {counted[:1].upper()}{counted[1:]}.</p>"
        f"<p>Compared are this project’s summaries: words only in the first are "
        f"<del>struck through</del>, words only in the second <ins>underlined</ins>; "
        f"where two share little, nothing is marked. Issues on which both are silent are "
        f"left out.</p>{sections}</article>"
    )


def statements(ctx: Context, issue: str) -> None:
    """Every dated sentence on the issue with its pages, one click away."""
    rows = history(ctx.data, issue)
    if rows.empty:
        return
    fold = st.expander(
        f"Statements and terms with their sources ({len(rows)})", key="with_sources",
        on_change="rerun",
    )  # fmt: skip
    if fold.open:
        items = "".join(
            f"<li><strong>{day(row['date'])}, {_speaker(ctx, row)}</strong> "
            f"({_KINDS[row['kind']]}): {escape(row['said'])} "
            f"<span>{page_links(ctx.data, row['source_ids'])}</span></li>"
            for row in rows.to_dict("records")
        )
        fold.html(f"<ul class='parley-rooms'>{items}</ul>")


def _speaker(ctx: Context, row: dict) -> str:
    """A party as a link to its page, a text as a link to its terms."""
    if row["kind"] == "term":
        return link_html(ctx, row["who"], "positions", text=row["text"])
    return link_html(ctx, row["who"], "actors", actor=row["lane"])


def _row(ctx: Context, text: str) -> dict:
    rows = texts(ctx.data)
    return rows[rows["proposal_id"] == text].iloc[0].to_dict()


def _facts(ctx: Context, row: dict) -> str:
    """Date, authors, status with the day it is true of."""
    status = ctx.data.labels("proposals", "status")[row["status"]].lower()
    entered = ctx.data.labels("proposals", "entered_as")[row["entered_as"]].lower()
    on = day(ctx.data.closing.latest if ctx.latest else ctx.view.as_of)
    facts = [day(row["date"]), f"authors: {listing(row['authors'])}", entered]
    if row["status"] != row["entered_as"]:
        facts.append(f"status as of {on}: {status}")
    if not pd.isna(row["points"]):
        facts.append(count(int(row["points"]), "point"))
    if row["late"]:
        facts.append(f"its content became public on {day(row['public_from'])}")
    return escape(" · ".join(facts))


def _followed(ctx: Context, text: str) -> str:
    """Links to the texts before and after it, and to the comparison with them."""
    steps = succession(ctx.data)
    names = texts(ctx.data).set_index("proposal_id")["short_title"]
    before = list(steps.loc[steps["new"] == text, "old"])
    after = list(steps.loc[steps["old"] == text, "new"])
    said = [
        f"{label} {listing(link_html(ctx, names[i], 'positions', text=i) for i in found)}"
        for label, found in (
            ("Replaces or edits", before),
            ("Replaced or edited by", after),
        )
        if found
    ]
    beside = [
        link_html(ctx, f"compare with {names[i]}", "positions", text=text, against=i)
        for i in (*before, *after)
    ]
    return f"<p>{'. '.join(said)} ({', '.join(beside)}).</p>" if said else ""


def _chosen(chosen: bool) -> str:
    return " class='chosen' aria-current='true'" if chosen else ""


def _side(ctx: Context, name: str, marks: Marked, pages: str, tag: str) -> str:
    """One text's term; what differs stands in `tag`."""
    said = " ".join(
        f"<{tag}>{escape(words)}</{tag}>" if differs else escape(words)
        for words, differs in marks
    )
    sources = (
        f"<p class='pages'>Sources: {page_links(ctx.data, pages)}</p>" if said else ""
    )
    return f"<div><p class='facts'>{name}</p><p>{said or '– silent'}</p>{sources}</div>"
