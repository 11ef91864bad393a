"""What a reader asked to see: the one value that pages, URLs and tests share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from components.theme.palette import Theme
from data.front import KM_PER_MILE

Units = Literal["km", "mi"]


@dataclass(frozen=True)
class View:
    """As-of date, units, theme, drawing width and the chart's own options.

    `as_of` is an ISO date. `width` is the drawing width in px (a figure is laid
    out for it, not scaled to it). `options` are sorted pairs so that equal
    requests are equal values and share one cached figure. `height` is the px that
    a picture leaves a drawing whose type would else come out too small: a chart of
    many rows then sets them closer or draws fewer, and says so. Pages leave it None.
    """

    as_of: str
    units: Units = "km"
    theme: Theme = "light"
    width: int = 1200
    options: tuple[tuple[str, object], ...] = ()
    height: int | None = None

    def option(self, name: str, default: object = None) -> object:
        """The value of one option, `default` if it was not asked for."""
        return dict(self.options).get(name, default)

    def having(self, *, width: int | None = None, **options: object) -> View:
        """The same view with these options (and width) set; `None` drops one."""
        merged = {**dict(self.options), **options}
        kept = {k: _hashable(v) for k, v in merged.items() if v is not None}
        return replace(
            self, width=width or self.width, options=tuple(sorted(kept.items()))
        )

    @property
    def narrow(self) -> bool:
        """True below 640 px, where a chart is built for a phone."""
        return self.width < 640

    def length(self, km: float) -> float:
        """Kilometres in this view's unit of length."""
        return km if self.units == "km" else km / KM_PER_MILE

    def area(self, km2: float) -> float:
        """Square kilometres in this view's unit of area."""
        return km2 if self.units == "km" else km2 / KM_PER_MILE**2

    @property
    def length_unit(self) -> str:
        return "km" if self.units == "km" else "miles"

    @property
    def area_unit(self) -> str:
        return "km²" if self.units == "km" else "sq mi"


def _hashable(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
