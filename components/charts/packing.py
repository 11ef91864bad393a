"""Dots beside each other instead of over each other."""

from __future__ import annotations

import numpy as np

# px up or down, nearest first; a dot leaves its day sideways by 4 px at most.
_UP_DOWN = np.concatenate([[0.0], np.repeat(np.arange(1.5, 136, 1.5), 2)])
_UP_DOWN[2::2] *= -1
_ASIDE = np.array([0.0, 2.0, -2.0, 4.0, -4.0])
_AIR = 0.9  # px between two dots


def pack(
    x: np.ndarray, radius: np.ndarray, last: float
) -> tuple[np.ndarray, np.ndarray]:
    """Places for dots at `x` px with these radii: x px, and px up (+) or down.

    The largest first, each at the nearest free place; none is moved beyond
    `last`, the as-of date's px. Order as given.
    """
    dx, dy = (grid.ravel() for grid in np.meshgrid(_ASIDE, _UP_DOWN))
    nearest = np.argsort(np.abs(dy) + 1.2 * np.abs(dx), kind="stable")
    dx, dy = dx[nearest], dy[nearest]
    placed_x, placed_y = np.array(x, float), np.zeros(len(x))
    done: list[int] = []
    for dot in np.lexsort((x, -radius)):
        others = np.array(done, int)
        near = others[
            np.abs(placed_x[others] - x[dot]) < 4 + radius[others] + radius[dot] + _AIR
        ]
        apart = np.hypot(
            x[dot] + dx[:, None] - placed_x[near], dy[:, None] - placed_y[near]
        )
        free = (apart >= radius[near] + radius[dot] + _AIR).all(axis=1)
        free &= x[dot] + dx <= max(last, x[dot])
        choice = int(np.argmax(free))
        placed_x[dot], placed_y[dot] = x[dot] + dx[choice], dy[choice]
        done.append(int(dot))
    return placed_x, placed_y
