"""The export menu at every chart: pictures, data, link, embed, citation."""

from __future__ import annotations

import re
from html import escape

import streamlit as st

from components.address import PIXELS, SCALES, chart_address
from components.charts.chart import Drawn, widest
from components.citation import cite
from components.export.browser import browser
from components.view import View
from components.widgets.link import server_address
from data.words import count, number

SIZES = {
    "social": "Social, 1200 × 675",
    "square": "Square, 1080 × 1080",
    "slide": "Slide, 1920 × 1080",
    "column": "Column, 640 wide",
}
_LOOKS = ("light", "dark", "print")
_SCALES = {f"{scale}×": scale for scale in SCALES}
_OWN_SIZE = re.compile(
    r"\s*(\d{1,5})\s*(?:px)?\s*[x×*, ]\s*(\d{1,5})\s*(?:px)?\s*", re.I
)
_CITATIONS = {"plain": "Text", "bibtex": "BibTeX", "ris": "RIS", "csl": "CSL-JSON"}


def export_menu(shown: Drawn, view: View, full: int, version: str, key: str) -> None:
    """`full` is how many rows the subject has that the chart's options do not narrow.

    Downloads run beside the page (the pages' script fetches them and says how
    they fare), so that the page never waits for a picture.
    """
    with st.container(horizontal=True, gap="small"):
        look = st.segmented_control(
            "Look of the picture",
            _LOOKS,
            default="light",
            required=True,
            key=f"look-{key}",
        )
        scale = st.segmented_control(
            "Scale of the PNG",
            _SCALES,
            default="1×",
            required=True,
            key=f"scale-{key}",
        )
    least, greatest = map(number, PIXELS)
    asked = st.text_input(
        f"Own size, {least} to {greatest} px each way",
        key=f"size-{key}",
        placeholder="width × height",
        width=260,
    ).strip()
    base = server_address()
    st.html(
        "<div class='parley-export' data-menu>"
        f"{_pictures(shown.name, view, look, _SCALES[scale], asked)}"
        f"{_data(shown, full, view)}"
        f"{_links(shown, view, base, version)}"
        "<p role='status' aria-live='polite'></p></div>"
    )


def own_size(text: str) -> str | None:
    """'800 × 600' as the address holds it, '800x600'; None if no such picture is drawn."""
    found = _OWN_SIZE.fullmatch(text)
    if not found:
        return None
    width, height = int(found[1]), int(found[2])
    least, greatest = PIXELS
    if not least <= min(width, height) <= max(width, height) <= greatest:
        return None
    return f"{width}x{height}"


def _pictures(
    name: str, view: View, look: str, scale: str = "1", asked: str = ""
) -> str:
    """A row a size, the reader's own (`asked`) the first; a PNG alone has a scale."""
    sizes = dict(SIZES)
    own, refused = own_size(asked), ""
    if own:
        sizes = {own: f"Own, {own.replace('x', ' × ')}", **sizes}
    elif asked:
        least, greatest = map(number, PIXELS)
        refused = (
            f"<p role='alert'>No picture has the size ‘{escape(asked[:40])}’: write two "
            f"whole numbers from {least} to {greatest}, such as 800\u00a0×\u00a0600.</p>"
        )
    drawn_at = {"png": {"scale": scale}} if scale != "1" else {}
    rows = "".join(
        f"<li>{label}: "
        + " · ".join(
            _download(
                chart_address(
                    name, form, view, size=size, theme=look, **drawn_at.get(form, {})
                ),
                f"PNG {scale}×" if form in drawn_at else form.upper(),
                label,
            )
            for form in ("png", "svg", "pdf")
        )
        + "</li>"
        for size, label in sizes.items()
    )
    missing = _unavailable(name, view, look)
    return f"{refused}<h4>Picture</h4>{missing}<ul>{rows}</ul>"


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


def _data(shown: Drawn, full: int, view: View) -> str:
    return (
        "<h4>Data</h4><ul>"
        + "".join(
            f"<li>{label}, {count(rows, 'row')}: "
            + " · ".join(
                _download(chart_address(shown.name, form, asked), form.upper(), label)
                for form in ("csv", "json")
            )
            + "</li>"
            for label, rows, asked in (
                ("Displayed", len(shown.frame), view),
                ("Full", full, widest(shown.name, view)),
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
