"""Where the dots and the names of a swimlane timeline stand, in px.

Pure layout: no drawing, no colours. Every event is a dot in its track's lane,
never more than 4 px aside of its day; names are set only where they cover
neither a dot nor another name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np

from components.charts.packing import pack

RADIUS = {1: 6.2, 2: 4.1, 3: 2.9}  # px by significance
_SMALLER = 0.72  # of the radius, where no outcome applies
_LEAST_LANE, _LEAST_LANE_CLOSE = 36.0, 26.0
_AIR, _AIR_CLOSE = 4.0, 1.0
_LETTER = 6.9  # px, a letter's mean width at 14 px in the text face
_LINE = 17.0  # px, a name's height
RING = 6.0  # px by which the selected dot is larger than its significance says
_MOST_ADDED = 150.0  # px of spare height that one lane takes: names reach no further


@dataclass(frozen=True)
class Dot:
    """One event before the layout: x px, significance, lane, and its name or ''."""

    x: float
    significance: int
    applicable: bool
    lane: str
    name: str = ""


@dataclass(frozen=True)
class Name:
    """A name's place: its left or right end at (x, y), and the dot it belongs to.

    `leader` says that a hairline must join it with its dot.
    """

    dot: int
    x: float
    y: float
    align: str  # 'right': the text begins at x; 'left': it ends there
    leader: bool


@dataclass(frozen=True, eq=False)
class Lanes:
    """Lane → (top, height) in px, and for each dot x, y and radius.

    The first `head` px of a lane hold its own name and no dot.

    Compared by identity: `place` gives the same one for the same dots.
    """

    tops: tuple[tuple[str, float, float], ...]
    head: float
    x: np.ndarray
    y: np.ndarray
    radius: np.ndarray

    @property
    def bottom(self) -> float:
        return self.tops[-1][1] + self.tops[-1][2] if self.tops else 0.0


@lru_cache(maxsize=128)
def place(
    dots: tuple[Dot, ...],
    top: float,
    least: float,
    last: float,
    head: float = 0.0,
    close: bool = False,
) -> Lanes:
    """Pack each lane's dots and stack the lanes from `top` down, in order of first
    appearance in `dots`; spare height up to `least` px in all goes where names are,
    at most 150 px to a lane.

    `last` is the as-of date's px: no dot is moved beyond it. `close` makes lanes
    lower.
    """
    x = np.array([d.x for d in dots], float)
    radius = np.array(
        [RADIUS[d.significance] * (1 if d.applicable else _SMALLER) for d in dots],
        float,
    )
    y = np.zeros(len(dots))
    order = list(dict.fromkeys(d.lane for d in dots))
    lowest, air = (_LEAST_LANE_CLOSE, _AIR_CLOSE) if close else (_LEAST_LANE, _AIR)
    heights = []
    for lane in order:
        members = np.array([i for i, d in enumerate(dots) if d.lane == lane])
        x[members], y[members] = pack(x[members], radius[members], last)
        reach = float((np.abs(y[members]) + radius[members]).max())
        heights.append(head + max(lowest, 2 * reach + air))
    spare = max(0.0, least - sum(heights))
    named = [1 + sum(d.lane == lane and bool(d.name) for d in dots) for lane in order]
    added = {
        lane: min(spare * weight / sum(named), _MOST_ADDED)
        for lane, weight in zip(order, named, strict=True)
    }
    tops = []
    for lane, height in zip(order, heights, strict=True):
        height += added[lane]
        tops.append((lane, top, height))
        members = np.array([i for i, d in enumerate(dots) if d.lane == lane])
        y[members] += top + (head + height) / 2
        top += height
    return Lanes(tuple(tops), head, x, y, radius)


@lru_cache(maxsize=128)
def name_dots(
    dots: tuple[Dot, ...], lanes: Lanes, left: float, right: float, first: int | None
) -> tuple[Name, ...]:
    """Names for the dots that have one: `first` (the selected) first, then the
    shortest; beside, above or below the dot, else at the end of a hairline, and
    only inside the lane and between `left` and `right`, clear of dots, names and
    the line that rises from the selected."""
    bounds = {
        lane: (top + lanes.head, top + height) for lane, top, height in lanes.tops
    }
    radius = lanes.radius.copy()
    if first is not None:
        radius[first] += RING
    wanted = sorted(
        (i for i, d in enumerate(dots) if d.name),
        key=lambda i: (i != first, len(dots[i].name), dots[i].x),
    )
    taken = np.empty((0, 4))
    names: list[Name] = []
    for i in wanted:
        width = len(dots[i].name) * _LETTER
        low, high = bounds[dots[i].lane]
        for x, y, align, leader in _places(lanes.x[i], lanes.y[i], radius[i]):
            x0 = x if align == "right" else x - width
            x1, y0, y1 = x0 + width, y - _LINE / 2, y + _LINE / 2
            if x0 < left or x1 > right or y0 < low or y1 > high:
                continue
            if first is not None and _meets_rise(lanes, first, x0, y0, x1):
                continue
            if _meets_box(taken, x0, y0, x1, y1):
                continue
            if _meets_dot(lanes, radius, i, x0, y0, x1, y1):
                continue
            taken = np.vstack([taken, (x0, y0, x1, y1)])
            names.append(Name(i, x, y, align, leader))
            break
    return tuple(names)


def _places(x: float, y: float, r: float) -> list[tuple[float, float, str, bool]]:
    """Where a name may stand, best first: (x, y, align, with a hairline)."""
    beside = [(x + r + 4, y, "right", False), (x - r - 4, y, "left", False)]
    stacked = [
        (x - 8, y - r - 10, "right", False),
        (x - 8, y + r + 10, "right", False),
        (x + 8, y - r - 10, "left", False),
        (x + 8, y + r + 10, "left", False),
    ]
    led = [
        (x + side * dx, y + up * dy, "right" if side > 0 else "left", True)
        for dy, dx, up, side in product(
            (26, 38, 50, 62, 74), (12, 34, 55), (-1, 1), (1, -1)
        )
    ]
    return beside + stacked + led


def _meets_box(taken: np.ndarray, x0: float, y0: float, x1: float, y1: float) -> bool:
    clear = (taken[:, 2] + 5 < x0) | (taken[:, 0] - 5 > x1)
    clear |= (taken[:, 3] < y0) | (taken[:, 1] > y1)
    return bool((~clear).any())


def _meets_rise(lanes: Lanes, chosen: int, x0: float, y0: float, x1: float) -> bool:
    return bool(x0 - 3 < lanes.x[chosen] < x1 + 3 and y0 < lanes.y[chosen])


def _meets_dot(
    lanes: Lanes,
    radius: np.ndarray,
    own: int,
    x0: float,
    y0: float,
    x1: float,
    y1: float,
) -> bool:
    dx = np.maximum(np.maximum(x0 - lanes.x, lanes.x - x1), 0)
    dy = np.maximum(np.maximum(y0 + 3 - lanes.y, lanes.y - y1 + 3), 0)
    met = np.hypot(dx, dy) < radius + 1.5
    met[own] = False
    return bool(met.any())
