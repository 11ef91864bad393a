"""The deck's editor: period, look, slides and their order, own words, files.

Every choice is a widget bound to the address. While the slides are shown the
widgets stand hidden, so that the address keeps what was chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape

import streamlit as st

from components.briefing import files
from components.briefing.compose import OWN
from components.briefing.deck import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    SLIDES,
    Deck,
    NotAllowed,
    deck_of,
    since_default,
)
from components.briefing.slide import Slide
from components.widgets import bound
from components.widgets.context import Context
from components.widgets.link import server_address
from components.widgets.slide_show import FILES

_JOBS = "parley_briefing_jobs"
_EVERY_S = 0.5  # between two looks at a file that is being made


def editing() -> bool:
    """Whether the editor is shown rather than the slides."""
    return st.session_state.get("edit") or bound.raw("edit") == ["true"]


def deck_asked(ctx: Context) -> Deck:
    """The controls; returns the deck that they ask for."""
    as_of = ctx.view.as_of
    with st.container(key="deck" if editing() else "deck-hidden"):
        bound.toggle("Edit the deck", key="edit")
        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
            since = _since(ctx)
            theme = bound.choice(
                "Look",
                ("dark", "light", "print"),
                key="theme",
                default="dark",
                control="segmented",
            )
            st.button(
                "Present",
                type="primary",
                icon=":material/slideshow:",
                key="present",
                on_click=_present,
            )
        title = bound.text(
            "Your own title for the first slide", key="title", max_chars=LONGEST_TITLE
        )
        text = bound.paragraphs(
            "A slide of your own, second in the deck: its first line is the title",
            key="text",
            max_chars=LONGEST_TEXT,
            height=120,
        )
        # The rows of the outline set it.
        slides = bound.choices("Slides", SLIDES, key="slides", default=SLIDES)
    words = {"title": title, "text": text}
    for _ in range(3):
        try:
            return deck_of(
                ctx.data.first_day,
                ctx.data.closing.latest,
                as_of=as_of,
                since=since,
                units=ctx.view.units,
                theme=theme,
                slides=slides,
                **words,
            )
        except NotAllowed as refused:
            bound.refuse(
                refused.parameter, str(refused.value), refused.expected, "none"
            )
            words[refused.parameter] = ""
    raise AssertionError("a deck without words of its own is always allowed")


def _since(ctx: Context) -> str:
    """The earlier day; while it is a week before, it stays so on another day."""
    as_of = date.fromisoformat(ctx.view.as_of)
    default = date.fromisoformat(since_default(ctx.view.as_of))
    bound.following(default, key="since")
    chosen = bound.day(
        "Changes since",
        key="since",
        default=default,
        first=min(date.fromisoformat(ctx.data.first_day), default),
        last=as_of - timedelta(days=1),
        width=170,
    )
    return (chosen or default).isoformat()


def _present() -> None:
    st.session_state["edit"] = False


def outline(deck: Deck, slides: Sequence[Slide]) -> None:
    """The deck's slides in their order, to be taken out, put in and moved."""
    shown = {slide.name: (n, slide) for n, slide in enumerate(slides, 1)}
    own = shown.get(OWN)
    st.header("Slides", divider=False)
    with st.container(key="outline", gap=None):
        # It has no place here, but the address keeps it.
        bound.page(max(len(slides), 1), key="slide", unit="slides")
        for name in deck.slides:
            _row(deck, name, shown.get(name))
            if own and shown.get(name, (0,))[0] == 1:
                st.html(_line(*own))
        for name in SLIDES:
            if name not in deck.slides:
                _row(deck, name, None)


def _row(deck: Deck, name: str, found: tuple[int, Slide] | None) -> None:
    chosen = name in deck.slides
    place = deck.slides.index(name) if chosen else -1
    label = name.capitalize()
    with st.container(key=f"row-{name}", horizontal=True, vertical_alignment="center"):
        st.session_state[f"on_{name}"] = chosen
        st.checkbox(
            label,
            key=f"on_{name}",
            on_change=_switch,
            args=(name,),
            disabled=deck.slides == (name,),
            width=120,
        )
        for way, by in (("up", -1), ("down", 1)):
            st.button(
                f"{label} {way}",
                icon=f":material/arrow_{way}ward:",
                key=f"{way}_{name}",
                type="tertiary",
                on_click=_move,
                args=(name, by),
                disabled=not chosen or not 0 <= place + by < len(deck.slides),
            )
        if found:
            st.html(_line(*found))
        else:
            missing = (
                "Left out: nothing is known by this date"
                if chosen
                else "Not in the deck"
            )
            st.html(f"<p class='parley-outline'><span>{missing}</span></p>")


def _line(number: int, slide: Slide) -> str:
    return (
        f"<p class='parley-outline'><b>{number}</b><span>{escape(slide.section)}</span> "
        f"{escape(slide.title)}</p>"
    )


def _switch(name: str) -> None:
    """Put a slide in, where the deck's own order has it, or take it out."""
    chosen = list(st.session_state["slides"])
    if name in chosen:
        chosen.remove(name)
    else:
        rank = SLIDES.index(name)
        later = [i for i, other in enumerate(chosen) if SLIDES.index(other) > rank]
        chosen.insert(later[0] if later else len(chosen), name)
    st.session_state["slides"] = chosen


def _move(name: str, by: int) -> None:
    chosen = list(st.session_state["slides"])
    place = chosen.index(name)
    chosen[place], chosen[place + by] = chosen[place + by], chosen[place]
    st.session_state["slides"] = chosen


def downloads(ctx: Context, deck: Deck) -> None:
    """The link, and the deck's files, made on request with their progress shown."""
    waiting = any(job is not None and not job.done for _, job in _jobs().values())
    st.header("Take it with you", divider=False)
    query = deck.query(ctx.data.closing.latest)
    where = f"{server_address()}/briefing" + (f"?{query}" if query else "")
    st.html(
        f"<p class='parley-export' data-menu><button type='button' "
        f'data-copy="{escape(where, quote=True)}" data-done="Link copied">Copy the link '
        "to this deck</button> <span role='status' aria-live='polite'></span></p>"
    )
    every = _EVERY_S if waiting else None
    st.fragment(_files, run_every=every)(deck, query, waiting=waiting)


def _jobs() -> dict[files.Kind, tuple[Deck, files.Job | None]]:
    """What was asked for in this session; None where the queue was full."""
    return st.session_state.setdefault(_JOBS, {})


def _files(deck: Deck, query: str, *, waiting: bool) -> None:
    """A line a file. Run by itself while one is being made."""
    for kind, (path, label) in FILES.items():
        asked, job = _jobs().get(kind, (None, None))
        with st.container(
            key=f"file-{kind}", horizontal=True, vertical_alignment="center"
        ):
            if asked != deck:
                _make(deck, kind, f"Make the {label}")
            elif job is None:
                _make(deck, kind, f"Try the {label} again")
                st.markdown("Too many files are being made; try again in a minute.")
            elif not job.done:
                st.progress(job.share, text=f"{label}: {job.said}", width=420)
            elif job.future.exception() is not None:
                _make(deck, kind, f"Try the {label} again")
                st.markdown(f"The {label} could not be made.")
            else:
                address = f"/{path}" + (f"?{query}" if query else "")
                note = (
                    ""
                    if job.complete
                    else " A chart is missing in it; the slide says so."
                )
                st.html(
                    f'<p class="parley-export"><a href="{escape(address, quote=True)}" '
                    f"download>Download the {label}</a>, ready.{note}</p>"
                )
    if waiting and all(job is None or job.done for _, job in _jobs().values()):
        st.rerun()


def _make(deck: Deck, kind: files.Kind, label: str) -> None:
    if not st.button(label, key=f"make_{kind}", icon=":material/download:"):
        return
    # The same words as in server/briefing.py, so that the file is made once.
    link = f"{server_address()}/briefing?{deck.query('')}"
    try:
        _jobs()[kind] = deck, files.submit(deck, kind, link)
    except files.Busy:
        _jobs()[kind] = deck, None
    st.rerun()
