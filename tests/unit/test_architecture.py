"""The arrows of docs/architecture.md."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from components.charts.chart import catalogue


def test_imports_go_one_way() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "page", sorted(Path("pages").glob("*.py")), ids=lambda p: p.stem
)
def test_a_page_reads_like_an_article(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 120
    assert "\ndef " not in text
    assert "read_csv" not in text and "open(" not in text


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_a_chart_offers_everything_its_contract_asks(name: str) -> None:
    chart = catalogue()[name]
    for offered in ("COLUMNS", "OPTIONS", "frame", "words", "figure", "summary"):
        assert hasattr(chart, offered), offered
