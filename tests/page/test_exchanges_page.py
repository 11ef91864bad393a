"""The exchanges page as a visitor opens it by a link."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.exchanges import headline

ROOT = Path(__file__).resolve().parent.parent.parent


def opened(**query: str) -> AppTest:
    at = AppTest.from_file(str(ROOT / "components/shell.py"), default_timeout=60)
    at.switch_page(str(ROOT / "pages/exchanges.py"))
    for name, value in query.items():
        at.query_params[name] = value
    return at.run()


def shown(at: AppTest) -> str:
    blocks = [block.proto.body for block in at.get("html")]
    return " ".join([*blocks, *(m.value for m in at.markdown)])


@pytest.mark.parametrize("what", ["prisoners", "bodies"])
@pytest.mark.parametrize("direction", ["both", "to-russia"])
@pytest.mark.parametrize(
    "as_of", ["2025-05-16", "2022-02-23", "2022-03-10", "2026-10-09"]
)
def test_the_one_title_is_the_finding_of_the_day(whole, what, direction, as_of):
    at = opened(what=what, direction=direction, as_of=as_of)
    assert not at.exception
    assert [t.value for t in at.title] == [
        headline(whole.as_of(as_of), what, direction)
    ]


def test_the_totals_stand_beside_the_rows_with_their_causes():
    page = shown(opened())
    assert "7,257" in page and "+1,194" in page
    assert "The handovers of 53 people of 2022 and 2023 were not found" in page
    assert "The nine stages of 9 June to 23 July 2025 have no published numbers" in page


def test_a_deal_by_link_shows_stages_event_and_sources():
    at = opened(deal="istanbul-2025-05-16", as_of="2025-05-25")
    page = shown(at)
    assert "<strong>To Ukraine:</strong> 1,000 of 1,000" in page
    for stage in ("390", "307", "303"):
        assert f"{stage} to Ukraine and {stage} to Russia" in page
    assert "event=2025-05-16-1000-for-1000-agreement" in page
    assert "Sources of the deal (2)" in page


def test_on_23_may_the_deal_reads_390():
    page = shown(opened(deal="istanbul-2025-05-16", as_of="2025-05-23"))
    assert "390 of 1,000, 610 open" in page
    assert "307 to" not in page


def test_a_deal_not_known_yet_is_refused_in_a_sentence():
    at = opened(deal="geneva-2026-02", as_of="2025-05-25")
    assert not at.exception
    assert "‘deal=geneva-2026-02’ is not possible here" in shown(at)
    assert "Geneva, February 2026" not in shown(at)


def test_mediators_are_named_with_the_handovers_that_name_them():
    page = shown(opened(deal="geneva-2026-02"))
    assert "United Arab Emirates</a> (2 of 2 handovers)" in page
    assert "United States</a> (2 of 2 handovers)" in page
