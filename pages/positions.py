"""Positions: what does each plan say on each issue, and what did each party state?"""

from functools import partial

import streamlit as st

from components.widgets import positions as parts
from components.widgets.context import context
from components.widgets.figure import chart, drawn
from components.widgets.screen import narrow_window

ctx = context()
heading = st.container()
chosen = parts.controls(ctx)
text, against, issue = chosen["text"], chosen["against"], chosen["issue"]

matrix = ctx.view.having(**chosen)
heading.title(drawn("proposal-matrix", matrix).words.title)

# On a phone the chosen text comes before the long list of texts.
detail = st.container() if narrow_window() else None
chart("proposal-matrix", matrix, level=None,
      on_select=partial(parts.picked, "proposal-matrix"))  # fmt: skip
with detail or st.container():
    if text and against:
        parts.two_texts(ctx, text, against)
    elif text:
        parts.one_text(ctx, text, issue)

chart("issue-history", ctx.view.having(issue=issue, text=text), level=2,
      on_select=partial(parts.picked, "issue-history"))  # fmt: skip
parts.statements(ctx, issue)

lines = ctx.view.having(text=text)
if len(drawn("text-lineage", lines).frame):
    pick = partial(parts.picked, "text-lineage")
    chart("text-lineage", lines, level=2, on_select=pick)
