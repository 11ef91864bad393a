"""Widgets bound to the URL, and a plain word about what the URL asked in vain.

Streamlit drops an unknown, malformed or out-of-range parameter without a word.
Each function here reads the raw query before its widget first runs and notes
what was refused, what is allowed and what is shown instead. Options are ids
that never change and read well, because a published link holds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

import streamlit as st

_NOTICES = "parley_notices"
_BOUND = "parley_bound"

# What stands above every page and is kept from page to page.
_EVERYWHERE = {"as_of", "units"}

# Parameters that Streamlit or a mailing tool adds, of no concern to the reader.
_FOREIGN = ("embed", "embed_options", "utm_", "fbclid", "gclid")


def begin(page: str) -> None:
    """Start a run of `page`: forget another page's notices and what it asked for.

    Pages use a name in senses of their own (`actor` is one here, several there),
    and Streamlit would hand a widget what another page's widget of that name held.
    """
    state = st.session_state
    if state.get(_NOTICES, {}).get("page") != page:
        state[_NOTICES] = {"page": page, "texts": {}}
        for key in state.get(_BOUND, set()) - _EVERYWHERE:
            for name in (key, f"{key}_end", f"{key}_default"):
                state.pop(name, None)
        state[_BOUND] = set()


def notice(key: str, text: str) -> None:
    """Tell the reader once, until dismissed or another page is opened."""
    st.session_state[_NOTICES]["texts"].setdefault(key, text)


def notices() -> None:
    """Show the notices, among them parameters that no widget of the page took."""
    known = st.session_state[_BOUND]
    texts = st.session_state[_NOTICES]["texts"]
    # A slide shows only what makes it another than was asked for.
    key = "notices-refused" if any(texts.values()) else "notices"
    for name in st.query_params:
        if name not in known and not name.startswith(_FOREIGN):
            notice(name, f"This page has no parameter ‘{_cut(name)}’; it was left out.")
    shown = [text for text in texts.values() if text]
    if shown:
        with st.container(key=key, horizontal=True, vertical_alignment="center"):
            # Not as Markdown: an address of another host would become a link.
            st.html("".join(f"<p>{escape(text)}</p>" for text in shown))
            st.button("Dismiss", key="dismiss_notices", on_click=_dismiss)


def raw(key: str) -> list[str]:
    """What the URL asks for `key`, before its widget has run; else nothing."""
    st.session_state[_BOUND].add(key)
    return [] if key in st.session_state else st.query_params.get_all(key)


def refuse(key: str, value: str, expected: str, shown: str) -> None:
    """Note a refused value: parameter, value, what is allowed, what is shown."""
    notice(
        key, f"‘{key}={_cut(value)}’ is not possible here: {expected}. Shown: {shown}."
    )


def choice(
    label: str,
    options: Sequence[str],
    *,
    key: str,
    default: str | None = None,
    control: str = "selectbox",
    expected: str = "",
    **layout: object,
) -> str | None:
    """One of `options` (ids): a select box, or `control="segmented"`.

    The URL holds the id. `expected` says, where a list of the options would not,
    why another value is refused.
    """
    _check(key, raw(key), options, 1, expected)
    if control == "segmented":
        return st.segmented_control(
            label,
            options,
            key=key,
            default=default,
            required=default is not None,
            bind="query-params",
            **layout,
        )
    return st.selectbox(
        label,
        options,
        key=key,
        index=options.index(default) if default in options else None,
        bind="query-params",
        **layout,
    )


def choices(
    label: str,
    options: Sequence[str],
    *,
    key: str,
    default: Sequence[str] = (),
    **layout: object,
) -> list[str]:
    """Any of `options`: a multiselect; repeated parameters in the URL."""
    _check(key, raw(key), options, len(options))
    return st.multiselect(
        label, options, key=key, default=list(default), bind="query-params", **layout
    )


def text(label: str, *, key: str, **layout: object) -> str:
    """Free text; anything is allowed that is not longer than `max_chars`."""
    _check_words(key, layout.get("max_chars"))
    return st.text_input(label, key=key, bind="query-params", **layout).strip()


def paragraphs(label: str, *, key: str, **layout: object) -> str:
    """Free text in several lines, with the same bounds."""
    _check_words(key, layout.get("max_chars"))
    return st.text_area(label, key=key, bind="query-params", **layout).strip()


def toggle(label: str, *, key: str, default: bool = False, **layout: object) -> bool:
    """A switch; `true` or `false` in the URL."""
    _check(key, raw(key), ("true", "false"), 1)
    return st.toggle(label, value=default, key=key, bind="query-params", **layout)


def step(label: str, options: Sequence[str], *, key: str, **layout: object) -> str:
    """One of ordered `options`, the last by default: a slider.

    While it stands at the last it stays at the last when the options change.
    """
    _check(key, raw(key), options, 1)
    standing(options, key=key)
    return st.select_slider(
        label, options, value=options[-1], key=key, bind="query-params", **layout
    )


def standing(options: Sequence[str], *, key: str) -> str:
    """Where the slider of `step` stands, for what is drawn before it."""
    state, end = st.session_state, f"{key}_end"
    if key in state and state[key] == state.get(end):
        state[key] = options[-1]
    state[end] = options[-1]
    asked = state[key] if key in state else next(iter(raw(key)), options[-1])
    return asked if asked in options else options[-1]


def following(default: object, *, key: str) -> None:
    """Before its widget: what stands at its default stays there when that changes."""
    state, held = st.session_state, f"{key}_default"
    if key in state and state[key] == state.get(held):
        state[key] = default
    state[held] = default


def page(pages: int, *, key: str, unit: str = "pages", visible: int | None = 7) -> int:
    """Which of `pages` pages; a page beyond the last is answered with the last.

    `unit` is what they are called, `visible` how many have a button.
    """
    for value in raw(key)[:1]:
        number = int(value) if re.fullmatch(r"[0-9]{1,9}", value) else 1
        nearest = min(max(number, 1), pages)
        if value != str(nearest):
            refuse(key, value, f"{unit} run from 1 to {pages}", str(nearest))
            st.session_state[key] = nearest
    if st.session_state.get(key, 1) > pages:
        st.session_state[key] = pages
    if pages == 1:
        return 1
    return st.pagination(pages, key=key, max_visible_pages=visible, bind="query-params")


def day(
    label: str,
    *,
    key: str,
    default: date | None,
    first: date,
    last: date,
    **layout: object,
) -> date | None:
    """A date from `first` to `last`; one outside is answered with the nearest."""
    for value in raw(key)[:1]:
        try:
            asked = date.fromisoformat(value)
        except ValueError:
            shown = default.isoformat() if default else "no date"
            refuse(key, value, "a date is written YYYY-MM-DD", shown)
        else:
            nearest = min(max(asked, first), last)
            if nearest != asked:
                expected = f"dates run from {first.isoformat()} to {last.isoformat()}"
                refuse(key, value, expected, nearest.isoformat())
                st.session_state[key] = nearest
    held = st.session_state.get(key)
    if isinstance(held, date) and not first <= held <= last:
        # A narrower range (an earlier as-of date) must not make the widget raise.
        st.session_state[key] = min(max(held, first), last)
    return st.date_input(
        label,
        default,
        min_value=first,
        max_value=last,
        key=key,
        format="YYYY-MM-DD",
        bind="query-params",
        **layout,
    )


def _check(
    key: str,
    asked: Iterable[str],
    options: Sequence[str],
    limit: int,
    expected: str = "",
) -> None:
    asked = list(asked)
    bad = [value for value in asked if value and value not in options]
    if bad:
        if not expected and not options:
            expected = "nothing to choose from is known by this date"
        elif not expected and len(options) <= 20:
            expected = f"one of {', '.join(options)}"
        elif not expected:
            expected = f"{len(options):,} values are allowed, such as {options[0]}"
        rest = ", ".join(v for v in asked if v in options) or "the view without it"
        refuse(key, ", ".join(bad), expected, rest)
    elif len(asked) > limit:
        notice(key, f"‘{key}’ takes one value; {len(asked)} were given.")


def _check_words(key: str, most: object) -> None:
    asked = raw(key)
    if len(asked) > 1:
        notice(key, f"‘{key}’ was given {len(asked)} times; the last is used.")
    elif asked and isinstance(most, int) and len(asked[0]) > most:
        refuse(key, asked[0], f"at most {most:,} characters", "none")


def _cut(value: str) -> str:
    return value if len(value) <= 60 else value[:57] + "…"


def _dismiss() -> None:
    texts = st.session_state[_NOTICES]["texts"]
    texts.update(dict.fromkeys(texts, ""))
