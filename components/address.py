"""The addresses of charts: what the export menu, embeds and citations link to."""

from __future__ import annotations

from urllib.parse import urlencode

from components.view import View

# What a picture's address takes: the least and greatest width and height in px,
# and a PNG's pixels to a px.
PIXELS = (320, 4000)
SCALES = ("1", "2", "3")


def chart_query(
    view: View, *, frozen: bool = True, **more: str
) -> list[tuple[str, str]]:
    """A view as query parameters, in the names that pages and charts share.

    A frozen address holds the as-of date; a live one follows the dataset.
    """
    query = [("as_of", view.as_of)] if frozen else []
    if view.units != "km":
        query.append(("units", view.units))
    for name, value in view.options:
        values = value if isinstance(value, tuple) else (value,)
        query += [(name, _text(v)) for v in values]
    return query + list(more.items())


def chart_address(
    name: str, extension: str, view: View, *, frozen: bool = True, **more: str
) -> str:
    """`/charts/{name}.{extension}` with the view as its query."""
    query = urlencode(chart_query(view, frozen=frozen, **more))
    return f"/charts/{name}.{extension}" + (f"?{query}" if query else "")


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
