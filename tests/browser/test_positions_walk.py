"""A reader compares two plans by link, and comes from a square to a term's sources."""

from __future__ import annotations

from tests.conftest import SEED, settled


def test_two_plans_are_compared_by_link_and_nothing_is_said_by_colour_alone(
    open_page,
) -> None:
    page = open_page(
        "/positions?text=us-28-points-2025&against=twenty-point-framework-2025"
    )
    assert (
        page.locator("h1")
        .inner_text()
        .startswith("28-point plan and 20-point framework")
    )
    crimea = page.locator(".parley-text section", has_text="Crimea").first
    assert "dropped" in crimea.inner_text()
    lines = page.evaluate(
        "() => ['del', 'ins'].map(t => getComputedStyle("
        "document.querySelector(`.parley-text section ${t}`)).textDecorationLine)"
    )
    assert lines == ["line-through", "underline"]


def test_a_square_opens_its_term_with_sources(open_page) -> None:
    page = open_page("/positions?as_of=2025-12-01", size=(1920, 1200))
    # Ids of the squares as the drawing holds them: the first of the 28 points' row.
    place = page.evaluate(
        """() => {
          const plot = document.querySelector('.st-key-chart-proposal-matrix .js-plotly-plot');
          for (const trace of plot._fullData) {
            const at = (trace.customdata || []).indexOf('us-28-points-2025|crimea');
            if (at < 0) continue;
            const box = plot.getBoundingClientRect(), size = plot._fullLayout._size;
            return [box.x + size.l + plot._fullLayout.xaxis.l2p(trace.x[at]),
                    box.y + size.t + plot._fullLayout.yaxis.l2p(trace.y[at])];
          }
        }"""
    )
    page.mouse.move(place[0] - 3, place[1])
    page.mouse.move(*place)
    page.mouse.click(*place)
    page.wait_for_url("**text=us-28-points-2025**")
    settled(page)
    assert "issue=crimea" in page.evaluate("location.href")
    chosen = page.locator(".parley-text .chosen")
    assert "Recognised as de facto Russian." in chosen.inner_text()
    links = chosen.locator("a")
    assert links.count() == 2
    assert all(
        a.get_attribute("href").startswith("http")
        and a.get_attribute("target") == "_blank"
        for a in links.all()
    )


def test_the_keyboard_chooses_a_text_and_a_second_one(open_page) -> None:
    page = open_page(f"/positions?as_of={SEED}")
    for label, typed, wanted in (
        ("Text", "us-final", "text=us-final-offer-2025"),
        ("Compare with", "european-ukr", "against=european-ukrainian-text-2025"),
    ):
        page.get_by_role("combobox", name=label, exact=False).first.focus()
        page.keyboard.type(typed)
        page.wait_for_timeout(300)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{wanted}**")
        settled(page)
    assert "differs" in page.locator(".parley-text").inner_text()


def test_from_a_text_to_the_one_it_edits_and_back_by_link(open_page) -> None:
    page = open_page("/positions?text=geneva-19-points-2025&as_of=2025-12-01")
    page.get_by_role("link", name="compare with 28-point plan").click()
    page.wait_for_url("**against=us-28-points-2025**")
    settled(page)
    assert "as_of=2025-12-01" in page.evaluate("location.href")
    assert (
        page.locator("h1").inner_text().startswith("28-point plan and Geneva 19 points")
    )
