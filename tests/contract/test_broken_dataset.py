"""A broken table stops the start with a list of every problem, not with a traceback."""

from __future__ import annotations

import json
import shutil
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import ROOT, serving, settled


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A data folder elsewhere with five kinds of damage."""
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(ROOT / "data" / "datapackage.json", folder)
    shutil.copytree(ROOT / "data" / "tables", folder / "tables")
    shutil.copytree(ROOT / "data" / "geo", folder / "geo")
    _edit(
        folder / "tables/events.csv",
        "2022-02-24,2022-02-24,day",
        "24.02.2022,2022-02-24,day",
    )
    _edit(folder / "tables/cities.csv", "lat,", "latitude,")
    _edit(
        folder / "tables/offices.csv",
        "rustem-umerov-1,rustem-umerov,",
        "rustem-umerov-1,nobody,",
    )
    places = folder / "tables/places.csv"
    places.write_text(places.read_text() + places.read_text().splitlines()[1] + "\n")
    (folder / "geo/front_lines.geojson").write_text('{"type": "FeatureCollection"')
    return folder


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_every_problem_is_listed_in_the_terminal_and_in_the_browser(
    broken: Path, chromium
) -> None:
    with serving(PARLEY_DATA=str(broken)) as (address, process):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{address}/healthz")
        assert refused.value.code == 503
        problems = json.loads(refused.value.read())["problems"]
        page = chromium.new_page()
        page.goto(f"{address}/timeline")
        settled(page)
        shown = page.inner_text("[data-testid=stMainBlockContainer]")
        page.close()
        time.sleep(0.2)
        process.terminate()
        printed = process.stdout.read()
    for named in (
        "24.02.2022",  # bad date
        "latitude",  # column by another name
        "nobody",  # unknown id
        "places",  # duplicate key
        "front_lines",  # broken GeoJSON
    ):
        assert any(named in problem for problem in problems), named
        assert named in shown, named
        assert named in printed, named
    assert "Traceback" not in shown


def test_a_data_folder_elsewhere_is_served(tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    shutil.copy(ROOT / "data" / "datapackage.json", folder)
    shutil.copytree(ROOT / "data" / "tables", folder / "tables")
    shutil.copytree(ROOT / "data" / "geo", folder / "geo")
    quotes = folder / "tables/quotes.csv"
    lines = quotes.read_text(encoding="utf-8").splitlines()
    quotes.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    with serving(PARLEY_DATA=str(folder)) as (address, _):
        health = json.loads(urllib.request.urlopen(f"{address}/healthz").read())
    assert health["rows"]["quotes"] == len(lines) - 2
