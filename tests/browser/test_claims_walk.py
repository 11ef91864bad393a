"""From a claim to its record to its source, as a reader goes."""

from __future__ import annotations

from tests.conftest import SEED, settled


def test_a_claim_leads_to_its_record_and_its_record_to_its_source(open_page) -> None:
    page = open_page(f"/claims?as_of={SEED}")
    page.get_by_role("link", name="more than 12,000 Ukrainian civilian").click()
    page.wait_for_url("**claim=seed-15-civilian-casualties**")
    settled(page)
    assert f"as_of={SEED}" in page.evaluate("location.href")
    assert "more than 12,000" in page.locator(".parley-claim h2").inner_text()
    record = page.get_by_role("figure", name="The claim: more than 12,000").first
    record.wait_for()
    assert "at least 12,910 to 31 March 2025" in record.get_attribute("aria-label")
    source = page.locator(".parley-sources a").first
    assert source.get_attribute("href").startswith("https://")
    assert "UN: nearly 13,000 civilians killed" in source.inner_text()


def test_the_report_can_be_read_down_and_left_again(open_page) -> None:
    page = open_page(f"/claims?report=istanbul-2025-05-16&as_of={SEED}")
    page.locator(".parley-claim").nth(15).wait_for()
    assert page.locator(".parley-claim").count() == 16
    page.get_by_role("button", name="Back to all claims").click()
    page.locator(".parley-claims").wait_for()
    settled(page)
    assert "report=" not in page.evaluate("location.href")


def test_the_method_opens_by_keyboard(open_page) -> None:
    page = open_page(f"/claims?as_of={SEED}")
    fold = page.get_by_text("How a claim is assessed")
    fold.scroll_into_view_if_needed()
    page.locator("summary", has_text="How a claim is assessed").focus()
    page.keyboard.press("Enter")
    page.get_by_text("never the person who made it").wait_for(state="visible")


def test_a_shape_opens_its_claim(open_page) -> None:
    page = open_page(f"/claims?as_of={SEED}")
    point = page.locator(
        ".st-key-chart-claims-by-assessment .scatterlayer .point"
    ).first
    point.scroll_into_view_if_needed()
    box = point.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**claim=**")
