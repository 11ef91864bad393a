"""The timeline's layout in px."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from components.charts.swimlanes import Dot, name_dots, place

dots = st.lists(
    st.builds(
        Dot,
        x=st.floats(130, 1200),
        significance=st.integers(1, 3),
        applicable=st.booleans(),
        lane=st.sampled_from(["direct", "us", "european"]),
        name=st.sampled_from(["", "Anchorage", "First Istanbul round"]),
    ),
    min_size=1,
    max_size=120,
).map(tuple)


@settings(max_examples=30, deadline=None)
@given(dots)
def test_no_two_dots_touch_and_none_leaves_its_lane_or_its_day(some) -> None:
    lanes = place(some, 100.0, 400.0, 1200.0)
    apart = np.hypot(lanes.x[:, None] - lanes.x, lanes.y[:, None] - lanes.y)
    least = lanes.radius[:, None] + lanes.radius
    np.fill_diagonal(apart, np.inf)
    assert (apart >= least).all()
    assert (np.abs(lanes.x - [d.x for d in some]) <= 4).all()
    bounds = {lane: (top, top + height) for lane, top, height in lanes.tops}
    for dot, y, r in zip(some, lanes.y, lanes.radius, strict=True):
        low, high = bounds[dot.lane]
        assert low <= y - r and y + r <= high


@settings(max_examples=30, deadline=None)
@given(dots)
def test_no_dot_is_moved_beyond_the_as_of_date(some) -> None:
    last = max(d.x for d in some)
    lanes = place(some, 0.0, 0.0, last)
    assert (lanes.x <= last).all()


@settings(max_examples=30, deadline=None)
@given(dots)
def test_names_cover_neither_each_other_nor_a_dot(some) -> None:
    lanes = place(some, 100.0, 400.0, 1200.0)
    names = name_dots(some, lanes, 128.0, 1220.0, None)
    boxes = []
    for name in names:
        width = len(some[name.dot].name) * 6.9
        x0 = name.x if name.align == "right" else name.x - width
        boxes.append((x0, name.y - 8.5, x0 + width, name.y + 8.5))
    for i, a in enumerate(boxes):
        assert a[0] >= 128 and a[2] <= 1220
        for b in boxes[i + 1 :]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        for dot, (x, y) in enumerate(zip(lanes.x, lanes.y, strict=True)):
            inside = a[0] < x < a[2] and a[1] + 3 < y < a[3] - 3
            assert not inside or dot == names[i].dot


def test_the_selected_is_named_first() -> None:
    crowd = tuple(
        Dot(300 + i, 1, True, "us", f"Name {i} of a meeting") for i in range(40)
    )
    lanes = place(crowd, 0.0, 0.0, 1200.0)
    named = [n.dot for n in name_dots(crowd, lanes, 100.0, 1200.0, 17)]
    assert named[0] == 17


@settings(max_examples=30, deadline=None)
@given(dots, st.integers(0, 119))
def test_no_name_stands_in_the_line_that_rises_from_the_selected(some, at) -> None:
    chosen = at % len(some)
    lanes = place(some, 100.0, 400.0, 1200.0)
    for name in name_dots(some, lanes, 128.0, 1220.0, chosen):
        width = len(some[name.dot].name) * 6.9
        x0 = name.x if name.align == "right" else name.x - width
        above = name.y - 8.5 < lanes.y[chosen]
        assert not (above and x0 < lanes.x[chosen] < x0 + width)


def test_a_single_lane_is_not_stretched_over_the_page() -> None:
    lanes = place((Dot(300, 1, True, "us", "Anchorage"),), 100.0, 560.0, 1200.0)
    assert lanes.bottom - 100 <= 36 + 150
