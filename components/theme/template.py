"""The Plotly templates: light, and dark and print as its difference in colour alone."""

from __future__ import annotations

from functools import cache

import plotly.graph_objects as go

from components.theme.palette import SURFACE, Theme

# Both families ship with Streamlit; the serif carries titles and figures.
SANS = '"Source Sans", sans-serif'
SERIF = '"Source Serif", serif'


@cache
def template(theme: Theme) -> go.layout.Template:
    """Axis, grid, font and hover styles; a chart sets only what is its own."""
    colours = SURFACE[theme]
    axis = dict(
        showgrid=False,
        zeroline=False,
        linecolor=colours["rule"],
        tickcolor=colours["rule"],
        tickfont=dict(size=15, color=colours["muted"]),
        title=dict(font=dict(size=15, color=colours["text2"])),
        automargin=False,
        fixedrange=True,
    )
    return go.layout.Template(
        layout=dict(
            font=dict(family=SANS, size=15, color=colours["ink"]),
            paper_bgcolor=colours["paper"],
            plot_bgcolor=colours["paper"],
            margin=dict(l=0, r=0, t=8, b=28),
            showlegend=False,
            hovermode="closest",
            hoverlabel=dict(
                bgcolor=colours["card"],
                bordercolor=colours["border"],
                font=dict(family=SANS, size=15, color=colours["ink"]),
                align="left",
            ),
            xaxis=axis,
            yaxis={**axis, "showgrid": True, "gridcolor": colours["grid"]},
            annotationdefaults=dict(
                showarrow=False, font=dict(size=15, color=colours["ink"])
            ),
        )
    )
