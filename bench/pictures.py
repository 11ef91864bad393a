"""`python -m bench.pictures`: every chart's warm picture beside a bare one, as ratios.

Warm: the browser stands, everything is imported, the picture itself is new. The
bare picture is a line of three points drawn by the same browser. Each figure is
the best of three, so that what else the machine does weighs less.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from components.charts.chart import catalogue
from components.export.browser import Browser
from components.export.pictures import Asked, Size, draw
from components.view import View
from data.dataset import dataset

GOAL = 12.0  # under 0.4 s where a bare picture takes 0.03
_WIDTH, _HEIGHT = 1200, 675
_BARE = '{"data": [{"y": [1, 3, 2]}]}'


def ratios() -> list[tuple[str, str, float]]:
    """(chart, as-of date, ratio to the bare picture), the slowest first."""
    browser = Browser()
    days = (dataset().closing.latest, "2025-05-16")
    try:
        bare = _best(lambda: _bare(browser))
        found = []
        for name in catalogue():
            for day in days:
                asked = Asked(name, View(as_of=day), "png", Size(_WIDTH, _HEIGHT))
                seconds = _best(lambda asked=asked: draw(asked, browser))
                found.append((name, day, seconds / bare))
    finally:
        browser.stop()
    return sorted(found, key=lambda row: -row[-1])


def _bare(browser: Browser) -> bytes:
    return browser.png(browser.svg(_BARE, _WIDTH, _HEIGHT), _WIDTH, _HEIGHT)


def _best(act: Callable[[], object]) -> float:
    act()
    times = []
    for _ in range(3):
        begin = time.perf_counter()
        act()
        times.append(time.perf_counter() - begin)
    return min(times)


def main() -> None:
    print(f"{'chart':<26}{'as of':<12}{'ratio':>7}{'goal':>8}")
    for name, day, ratio in ratios():
        mark = "" if ratio <= GOAL else "  over"
        print(f"{name:<26}{day:<12}{ratio:>7.2f}{'≤ ' + format(GOAL, 'g'):>8}{mark}")


if __name__ == "__main__":
    main()
