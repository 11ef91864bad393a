"""A reader follows one deal from its promise to its last handover."""

from __future__ import annotations

import re

from tests.conftest import settled


def words(page) -> str:
    return page.inner_text("[data-testid=stMainBlockContainer]")


def forward(page, days: int) -> None:
    for _ in range(days):
        page.get_by_role("button", name="Day after").click()
        settled(page)


def test_a_deal_from_promise_to_last_handover(open_page) -> None:
    page = open_page("/exchanges?as_of=2025-05-16")
    choice = page.get_by_role("combobox", name=re.compile("One deal"))
    choice.scroll_into_view_if_needed()
    page.wait_for_timeout(300)  # a list that opens while the page scrolls closes again
    choice.click()
    page.get_by_role("option", name="istanbul-2025-05-16").click()
    page.wait_for_url("**deal=istanbul-2025-05-16**")
    settled(page)
    assert "1,000 named; no handover recorded under it" in words(page)

    forward(page, 7)
    assert "as_of=2025-05-23" in page.evaluate("location.href")
    assert "390 of 1,000, 610 open" in words(page)
    forward(page, 1)
    assert "697 of 1,000, 303 open" in words(page)
    forward(page, 1)
    text = words(page)
    assert "1,000 of 1,000" in text
    assert "in three stages: 390, 307 and 303" in text

    page.get_by_role("link", name="The event").click()
    page.wait_for_url("**/timeline?**event=2025-05-16-1000-for-1000-agreement**")
    settled(page)
    assert "as_of=2025-05-25" in page.evaluate("location.href")
    assert "1,000 prisoners" in words(page)


def test_what_and_direction_stand_in_the_address(open_page) -> None:
    page = open_page("/exchanges?as_of=2025-06-16")
    page.get_by_role("radio", name="bodies").or_(
        page.get_by_role("button", name="bodies", exact=True)
    ).first.click()
    page.wait_for_url("**what=bodies**")
    settled(page)
    assert page.inner_text("h1").startswith("14,099 bodies handed over to Ukraine")
    page.get_by_role("radio", name="to-russia").or_(
        page.get_by_role("button", name="to-russia", exact=True)
    ).first.click()
    page.wait_for_url("**direction=to-russia**")
    settled(page)
    assert page.inner_text("h1").startswith("374 bodies handed over to Russia")
