"""The export menu at every chart: pictures, data, link, embed, citation."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from components.address import chart_address
from components.charts.chart import Drawn
from components.citation import cite
from components.export.browser import browser
from components.view import View
from data.words import count

SIZES = {
    "social": "Social, 1200 × 675",
    "square": "Square, 1080 × 1080",
    "slide": "Slide, 1920 × 1080",
    "column": "Column, 640 wide",
}
_LOOKS = ("light", "dark", "print")
_CITATIONS = {"plain": "Text", "bibtex": "BibTeX", "ris": "RIS", "csl": "CSL-JSON"}


def export_menu(shown: Drawn, view: View, full: Drawn, version: str, key: str) -> None:
    """`full` is the same chart without its options: the whole data behind it.

    Downloads run beside the page (the pages' script fetches them and says how
    they fare), so that the page never waits for a picture.
    """
    look = st.segmented_control(
        "Look of the picture", _LOOKS, default="light", required=True, key=f"look-{key}"
    )
    origin = st.context.url.split("/", 3) if st.context.url else ["http:", "", ""]
    base = "/".join(origin[:3])
    st.html(
        "<div class='parley-export' data-menu>"
        f"{_pictures(shown.name, view, look)}{_data(shown, full, view)}"
        f"{_links(shown, view, base, version)}"
        "<p role='status' aria-live='polite'></p></div>"
    )


def _pictures(name: str, view: View, look: str) -> str:
    rows = "".join(
        f"<li>{label}: "
        + " · ".join(
            _download(
                chart_address(name, form, view, size=size, theme=look),
                form.upper(),
                label,
            )
            for form in ("png", "svg", "pdf")
        )
        + "</li>"
        for size, label in SIZES.items()
    )
    return f"<h4>Picture</h4>{_unavailable(name, view, look)}<ul>{rows}</ul>"


def _unavailable(name: str, view: View, look: str) -> str:
    """What to do where the server has no browser that draws; nothing where it has."""
    if not browser.remedy:
        return ""
    looks = {} if look == "light" else {"theme": look}
    where = escape(chart_address(name, "html", view, **looks), quote=True)
    return (
        "<p>This server has no Chromium to draw pictures: "
        f"<code>{escape(browser.remedy)}</code> installs one. Until then, a "
        f'<a href="{where}" target="_blank" rel="noopener">picture drawn in your '
        "browser</a>.</p>"
    )


def _data(shown: Drawn, full: Drawn, view: View) -> str:
    whole = replace(view, options=())
    return (
        "<h4>Data</h4><ul>"
        + "".join(
            f"<li>{label}, {count(len(drawn.frame), 'row')}: "
            + " · ".join(
                _download(chart_address(shown.name, form, asked), form.upper(), label)
                for form in ("csv", "json")
            )
            + "</li>"
            for label, drawn, asked in (
                ("Displayed", shown, view),
                ("Full", full, whole),
            )
        )
        + "</ul>"
    )


def _links(shown: Drawn, view: View, base: str, version: str) -> str:
    address = base + chart_address(shown.name, "html", view)
    texts = cite(
        title=shown.words.title,
        source=shown.words.source,
        version=version,
        as_of=view.as_of,
        address=address,
    )
    citations = " · ".join(
        _copy(texts[form], label, f"Citation copied as {label}")
        for form, label in _CITATIONS.items()
    )
    live = base + chart_address(shown.name, "html", view, frozen=False)
    return (
        "<h4>Link, embed, cite</h4><ul>"
        f"<li>Link: {_copy('address', 'this view', 'Link copied')}</li>"
        f"<li>Embed code: {_embed(shown, address, f'frozen at {view.as_of}')}"
        f" · {_embed(shown, live, 'live, follows the dataset')}</li>"
        f"<li>Citation: {citations}</li></ul>"
    )


def _embed(shown: Drawn, address: str, label: str) -> str:
    """The page's script writes the frame: an attribute that holds markup is taken
    out on its way to the browser."""
    title = escape(shown.words.title, quote=True)
    return (
        f'<button type="button" data-embed="{escape(address, quote=True)}" '
        f'data-title="{title}" data-done="Embed code copied">{escape(label)}</button>'
    )


def _download(address: str, text: str, label: str) -> str:
    where = escape(address, quote=True)
    name = escape(f"{text}, {label}", quote=True)
    return f'<a href="{where}" data-download aria-label="{name}">{text}</a>'


def _copy(text: str, label: str, done: str) -> str:
    return (
        f'<button type="button" data-copy="{escape(text, quote=True)}" '
        f'data-done="{escape(done, quote=True)}">{escape(label)}</button>'
    )
