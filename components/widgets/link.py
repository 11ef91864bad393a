"""Links within the app that keep the reader's date and unit."""

from __future__ import annotations

import os
from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode, urlsplit

import streamlit as st

from components.widgets.context import Context


def address(ctx: Context, page: str, /, **parameters: str | Sequence[str]) -> str:
    """The path and query of a page ('' is the overview) for the same date and unit.

    A parameter with several values is repeated.
    """
    query: dict[str, str | Sequence[str]] = {k: v for k, v in parameters.items() if v}
    if not ctx.latest:
        query = {"as_of": ctx.view.as_of, **query}
    if ctx.view.units == "mi":
        query["units"] = "mi"
    return f"/{page}?{urlencode(query, doseq=True)}" if query else f"/{page}"


def link_html(
    ctx: Context, text: str, page: str, /, **parameters: str | Sequence[str]
) -> str:
    """A link in the same tab, as markup."""
    where = escape(address(ctx, page, **parameters), quote=True)
    return f'<a href="{where}" target="_self">{escape(text)}</a>'


def server_address() -> str:
    """This server's address as the reader has it, without a closing slash.

    PARLEY_ADDRESS if it is set, as in server/address.py.
    """
    if named := os.environ.get("PARLEY_ADDRESS", "").rstrip("/"):
        return named
    asked = urlsplit(st.context.url or "")
    return f"{asked.scheme}://{asked.netloc}{asked.path.rpartition('/')[0]}"
