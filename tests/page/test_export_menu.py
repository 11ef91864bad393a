"""The export menu: looks, scales and sizes become addresses that the server draws."""

from __future__ import annotations

import re
from html import unescape
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from components.address import chart_address
from components.view import View
from components.widgets.export_menu import own_size
from components.widgets.front_map import Asked
from tests.conftest import ROOT


def _menu() -> None:
    from components.view import View
    from components.widgets.export_menu import export_menu
    from components.widgets.figure import drawn
    from data.dataset import dataset

    view = View(as_of="2025-05-16")
    shown = drawn("occupied-area", view)
    export_menu(shown, view, 4321, dataset().version, "menu")


def _opened() -> AppTest:
    at = AppTest.from_function(_menu, default_timeout=60).run()
    assert not at.exception
    return at


def _text(at: AppTest) -> str:
    return at.get("html")[0].proto.body


def _asked(at: AppTest) -> dict[str, dict[str, str]]:
    """A download's name for those who listen → what its address asks."""
    found = re.findall(
        r'<a href="([^"]*)" data-download aria-label="([^"]*)"', _text(at)
    )
    return {
        unescape(name): dict(parse_qsl(urlsplit(unescape(to)).query))
        for to, name in found
    }


def test_the_named_sizes_are_there_in_three_formats_at_one_pixel_a_px() -> None:
    asked = _asked(_opened())
    assert asked["PNG, Social, 1200 × 675"]["size"] == "social"
    assert {"PDF, Column, 640 wide", "SVG, Slide, 1920 × 1080"} <= set(asked)
    assert not any("scale" in query for query in asked.values())


def test_the_full_data_are_the_whole_period_and_say_their_rows() -> None:
    at = _opened()
    asked = _asked(at)
    assert "period" not in asked["CSV, Displayed"]
    assert asked["CSV, Full"]["period"] == asked["JSON, Full"]["period"] == "all"
    assert asked["CSV, Full"]["as_of"] == "2025-05-16"
    assert "Full, 4,321 rows" in _text(at)


@pytest.mark.parametrize(
    ("page", "query", "key", "kept"),
    [
        ("front", {"period": "all"}, "occupied-area", {"period": "all"}),
        (
            "actors",
            {"actor": "rustem-umerov"},
            "actor-timeline",
            {"actor": "rustem-umerov"},
        ),
        ("exchanges", {"what": "bodies"}, "exchanges-per-month", {"what": "bodies"}),
    ],
)
def test_on_a_page_the_full_data_are_of_what_it_shows_and_not_fewer(
    page: str, query: dict[str, str], key: str, kept: dict[str, str]
) -> None:
    at = AppTest.from_file(str(ROOT / "components/shell.py"), default_timeout=60)
    at.switch_page(str(ROOT / f"pages/{page}.py"))
    for name, value in query.items():
        at.query_params[name] = value
    at.session_state[f"export-{key}"] = True
    at.run()
    assert not at.exception
    (menu,) = (
        found.proto.body
        for found in at.get("html")
        if "data-menu" in found.proto.body and f"/charts/{key}." in found.proto.body
    )
    rows = {
        label: int(n.replace(",", ""))
        for label, n in re.findall(r"(Displayed|Full), ([\d,]+) rows", menu)
    }
    assert rows["Full"] >= rows["Displayed"] > 0
    (full,) = re.findall(r'href="([^"]*)" data-download aria-label="CSV, Full"', menu)
    asked = dict(parse_qsl(urlsplit(unescape(full)).query))
    assert kept.items() <= asked.items()


def test_a_live_map_follows_the_dataset_unless_a_day_was_chosen() -> None:
    view = View(as_of="2026-10-09")
    ctx = SimpleNamespace(view=view, for_share=lambda share: view)
    latest = Asked("2026-10-09", None, venues=False, vector=False).view(ctx)
    earlier = Asked("2025-05-16", None, venues=False, vector=False).view(ctx)
    live = chart_address("front-line-map", "html", latest, frozen=False)
    assert live == "/charts/front-line-map.html"
    live = chart_address("front-line-map", "html", earlier, frozen=False)
    assert live == "/charts/front-line-map.html?day=2025-05-16"


@pytest.mark.parametrize("scale", ["2", "3"])
def test_a_scale_is_asked_of_the_png_alone(scale: str) -> None:
    at = _opened()
    at.segmented_control(key="scale-menu").set_value(f"{scale}×").run()
    asked = _asked(at)
    assert asked[f"PNG {scale}×, Square, 1080 × 1080"]["scale"] == scale
    assert "scale" not in asked["SVG, Square, 1080 × 1080"]
    assert "scale" not in asked["PDF, Square, 1080 × 1080"]


def test_an_own_size_comes_first_in_the_list_with_the_look_and_the_scale() -> None:
    at = _opened()
    at.text_input(key="size-menu").set_value("800 x 600")
    at.segmented_control(key="look-menu").set_value("print")
    at.segmented_control(key="scale-menu").set_value("2×").run()
    asked = _asked(at)
    assert next(iter(asked)) == "PNG 2×, Own, 800 × 600"
    own = asked["PNG 2×, Own, 800 × 600"]
    assert own["size"] == "800x600"
    assert own["theme"] == "print"
    assert own["scale"] == "2"
    assert asked["PDF, Own, 800 × 600"]["size"] == "800x600"


@pytest.mark.parametrize(
    "typed", ["800", "319 × 600", "800 × 4001", "wide", "<b>800 × 600", "8e2 × 600"]
)
def test_a_size_that_is_not_drawn_is_answered_plainly_and_offers_nothing(
    typed: str,
) -> None:
    at = _opened()
    at.text_input(key="size-menu").set_value(typed).run()
    assert not at.exception
    assert "two whole numbers from 320 to 4,000" in _text(at).replace("\n", " ")
    assert "<b>" not in _text(at)
    assert not any(name.startswith("PNG, Own") for name in _asked(at))


@pytest.mark.parametrize(
    ("typed", "size"),
    [
        ("800 × 600", "800x600"),
        ("800x600", "800x600"),
        (" 800 px by 600 px ", None),
        ("800*600", "800x600"),
        ("800, 600 px", "800x600"),
        ("1080 1350", "1080x1350"),
        ("320 × 4000", "320x4000"),
    ],
)
def test_sizes_as_people_write_them(typed: str, size: str | None) -> None:
    assert own_size(typed) == size
