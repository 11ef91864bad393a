"""Sources: what the dataset rests on, how it is defined, how to cite it."""

import streamlit as st

from components.widgets import bound, dictionary, documents
from components.widgets.context import context
from components.widgets.figure import chart
from components.widgets.register import register
from data.sources import publishers
from data.sources import register as pages
from data.words import day

ctx = context()
data, view = ctx.data, ctx.view
behind = "the dataset" if ctx.latest else f"what was known on {day(view.as_of)}"

st.title(
    f"{len(pages(data)):,} pages under {len(publishers(data)):,} publishers’ names "
    f"stand behind {behind}"
)
documents.closing_dates(ctx)
show = bound.choice(
    "Show",
    ("sources", "coverage", "dictionary", "methods", "cite"),
    key="show",
    default="sources",
    control="segmented",
    label_visibility="collapsed",
)

if show == "sources":
    register(ctx)

elif show == "coverage":
    left, right = st.columns([0.62, 0.38], gap="large")
    with left:
        chart("coverage-by-month", ctx.for_share(0.6), level=2)
    with right:
        chart("events-by-sources", ctx.for_share(0.36), level=2)

elif show == "dictionary":
    dictionary.contents(ctx)
    table = bound.choice(
        "Table or map layer",
        [resource.name for resource in data.package.resources],
        key="table",
        default="events",
    )
    dictionary.described(ctx, table)

elif show == "methods":
    documents.methods(ctx)

else:
    documents.citation(ctx)
    documents.downloads(ctx)
    documents.rights(ctx)
