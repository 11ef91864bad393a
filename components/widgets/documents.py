"""Methods, licence, citation and downloads of the dataset on a page."""

from __future__ import annotations

import streamlit as st

from components.citation import cite_dataset
from components.widgets.context import Context
from components.widgets.link import server_address
from data import documents
from data.dataset import Dataset
from data.package import Resource
from data.words import day

# Headings of docs/data.md that speak to readers; the rest is for those who edit it.
_METHODS = (
    "How a row gets in",
    "When a row is known",
    "The front line and the occupied area",
    "Known gaps",
    "Known flaws",
)

_CITATIONS = {"plain": "Text", "bibtex": "BibTeX", "ris": "RIS", "csl": "CSL-JSON"}


def closing_dates(ctx: Context) -> None:
    """Version and the last day of each kind of row."""
    closing, version = ctx.data.closing, ctx.data.version
    if not ctx.latest:
        st.caption(f"Version {version}, as it was known on {day(ctx.view.as_of)}.")
        return
    st.caption(
        f"Version {version}. Events to {day(closing.events)}, casualty figures "
        f"to {day(closing.casualties)}, front-line maps to {day(closing.front_line)}."
    )


def methods(ctx: Context) -> None:
    """How rows got in, when one is known, and what is missing or weak."""
    text = documents.methods()
    if not ctx.latest:
        st.markdown(
            "The methods describe the whole dataset, which was gathered later. Sentences "
            f"that name a date after {day(ctx.view.as_of)} are left out here; the latest "
            "date shows them all."
        )
    with st.container(key="methods"):
        for heading in _METHODS:
            said = text[heading]
            if not ctx.latest:
                said = documents.until(said, ctx.view.as_of)
            if said:
                st.header(heading, divider=False)
                st.markdown(said)


def citation(ctx: Context) -> None:
    """Four forms to copy, each naming version and as-of date."""
    st.header("How to cite", divider=False)
    address = f"{server_address()}/sources?as_of={ctx.view.as_of}"
    forms = cite_dataset(
        version=ctx.data.version, as_of=ctx.view.as_of, address=address
    )
    for form, label in _CITATIONS.items():
        st.markdown(f"**{label}**")
        st.code(forms[form], language=None, wrap_lines=True)


def downloads(ctx: Context) -> None:
    """The whole package, and each table as of the date."""
    st.header("Downloads", divider=False)
    query = "" if ctx.latest else f"?as_of={ctx.view.as_of}"
    tables = "".join(
        f"<li>{_file(f'/tables/{t.name}.csv{query}', t.descriptor['title'])}</li>"
        for t in ctx.data.package.tables
    )
    st.html(
        '<div class="parley-sources">'
        f"<p>The whole dataset: {_file('/datapackage.zip', 'data package (ZIP)')}, "
        f"{_file('/datapackage.json', 'its descriptor (JSON)')}.</p>"
        f"<p>Tables as of {day(ctx.view.as_of)} (CSV):</p>"
        f'<ul class="parley-columns">{tables}</ul></div>'
    )


def _file(where: str, label: str) -> str:
    return f'<a href="{where}" target="_self" download>{label}</a>'


def rights(ctx: Context) -> None:
    """The licence of the tables, of the layers, and the credits."""
    st.header("Licence and rights", divider=False)
    descriptor = ctx.data.package.descriptor
    for given in descriptor["licenses"]:
        st.markdown(f"[{given['title']}]({given['path']})")
    st.markdown(documents.licence())
    st.markdown(f"**Made with** {_origins(descriptor['sources'])}.")


def licences_text(data: Dataset, resource: Resource) -> str:
    """A resource's licence and rights in a paragraph; the package's own by default."""
    given = resource.descriptor.get("licenses") or data.package.descriptor["licenses"]
    names = ", ".join(
        f"[{one['title']}]({one['path']})" if "path" in one else one["title"]
        for one in given
    )
    rights_ = resource.descriptor.get("rights", "")
    return f"**Licence:** {names}. {rights_}".strip()


def _origins(origins: list[dict]) -> str:
    return ", ".join(
        f"[{one['title']}]({one['path']})" if "path" in one else one["title"]
        for one in origins
    )
