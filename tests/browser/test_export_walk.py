"""A picture of one's own size, by keyboard on a narrow screen."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from tests.conftest import SEED, settled


def test_a_picture_of_an_own_size_is_saved_by_keyboard_on_a_phone(
    open_page, tmp_path: Path
) -> None:
    page = open_page(
        f"/front?view=casualties&as_of={SEED}", theme="dark", size=(390, 844)
    )
    button = page.get_by_role("button", name="Export").first
    button.scroll_into_view_if_needed()
    button.focus()
    page.keyboard.press("Enter")
    menu = page.locator(".parley-export")
    menu.wait_for()
    settled(page)
    page.get_by_role("radiogroup", name="Scale of the PNG").get_by_role("radio").nth(
        1
    ).focus()
    page.keyboard.press("Space")
    settled(page)
    page.get_by_label("Own size").focus()
    page.keyboard.type("90 × 600")
    page.keyboard.press("Enter")
    menu.get_by_role("alert").wait_for()
    assert "two whole numbers from 320" in menu.get_by_role("alert").inner_text()
    settled(page)
    page.get_by_label("Own size").fill("800 × 600")
    page.keyboard.press("Enter")
    link = menu.get_by_role("link", name="PNG 2×, Own, 800 × 600")
    link.wait_for()
    settled(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.ariaLabel") == "PNG 2×, Own, 800 × 600"
    with page.expect_download() as saving:
        page.keyboard.press("Enter")
    file = tmp_path / "picture.png"
    saving.value.save_as(file)
    assert Image.open(file).size == (1600, 1200)
    assert menu.get_by_role("status").inner_text().startswith("Saved ")
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width == [390, 390]


def test_links_in_the_menu_can_be_read_in_the_dark(open_page) -> None:
    page = open_page(f"/front?view=casualties&as_of={SEED}", theme="dark")
    page.get_by_role("button", name="Export").first.click()
    link = page.locator(".parley-export a").first
    link.wait_for()
    red, green, blue = (
        int(v)
        for v in link.evaluate("e => getComputedStyle(e).color.match(/[0-9]+/g)")[:3]
    )
    # The dark theme's accent, not the light one's: a popover hangs outside the app.
    assert min(green, blue) > 150 > red or min(red, green, blue) > 150
