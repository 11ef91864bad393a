"""The deck as a PowerPoint: read back with python-pptx and with LibreOffice.

Pictures are stood in for: what Chromium draws is looked at in tests/contract.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zipfile
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pypdf
import pytest
from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER

from components.briefing import drawing
from components.briefing.compose import compose
from components.briefing.deck import LONGEST_TEXT, SLIDES, Deck, deck_of, since_default
from components.briefing.drawing import failures
from components.briefing.layout import lay_out
from components.briefing.powerpoint import pptx
from components.charts.chart import Editable, catalogue
from components.export.browser import NoBrowser
from components.export.fonts import SANS, SERIF, fontconfig_file
from components.export.pictures import Asked
from components.theme.palette import SIDE, SURFACE
from components.view import View
from data.dataset import Dataset
from data.words import day
from tests.conftest import SEED
from tests.unit.test_no_leaks import later_dates

DECK = Deck(SEED, "2025-05-09")
LINK = "https://parley.example/briefing?as_of=2025-05-16&since=2025-05-09"
DAYS = (
    "2022-02-21", "2022-02-24", "2022-03-10", "2022-07-22", "2022-12-01", "2023-06-01",
    "2024-02-24", "2025-01-20", "2025-05-16", "2025-11-30", "2026-10-09",
)  # fmt: skip
EDITABLE = (
    "monthly-change", "occupied-area", "front-line-length", "civilians-by-month",
    "exchanges-per-month",
)  # fmt: skip

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def stand_in(asked: Asked) -> Future[bytes]:
    body = io.BytesIO()
    size = (asked.size.width * asked.scale, asked.size.height * asked.scale)
    Image.new("RGB", size, "#808080").save(body, "PNG")
    drawn: Future[bytes] = Future()
    drawn.set_result(body.getvalue())
    return drawn


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(drawing, "kept", lambda _: None)
    monkeypatch.setattr(drawing, "submit", stand_in)
    return monkeypatch


@pytest.fixture(scope="module")
def deck_at_seed(whole: Dataset) -> bytes:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(drawing, "kept", lambda _: None)
        patched.setattr(drawing, "submit", stand_in)
        return pptx(DECK, whole, LINK, lambda _: None)


def read(body: bytes):
    return Presentation(io.BytesIO(body))


def made(deck: Deck, whole: Dataset):
    return read(pptx(deck, whole, LINK, lambda _: None))


def plain(text: str) -> str:
    return " ".join(text.replace("\xa0", " ").split())


def words(slide) -> str:
    said = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            said.append(shape.text_frame.text)
        elif shape.has_table:
            said += [cell.text for cell in shape.table.iter_cells()]
    return plain(" ".join(said))


def notes(slide) -> str:
    return slide.notes_slide.notes_text_frame.text


def alt(shape) -> str:
    return shape._element.xpath(".//p:cNvPr")[0].get("descr", "")


def test_a_slide_a_slide_each_with_a_real_title(whole: Dataset, deck_at_seed: bytes):
    composed, found = compose(whole, DECK), read(deck_at_seed).slides
    assert len(found) == len(composed) == len(SLIDES)
    for number, (told, slide) in enumerate(zip(composed, found, strict=True), 1):
        assert plain(slide.shapes.title.text) == plain(told.title)
        said = words(slide)
        assert f"{told.section} · {number} of {len(composed)}" in said
        assert f"As of {day(SEED)}" in said
        assert plain(told.source) in said


def test_every_box_of_the_layout_is_there_with_its_words(
    whole: Dataset, deck_at_seed: bytes
) -> None:
    composed = compose(whole, DECK)
    for n, (told, slide) in enumerate(
        zip(composed, read(deck_at_seed).slides, strict=True), 1
    ):
        said = words(slide)
        for box in lay_out(told, n, len(composed), day(SEED)):
            for paragraph in getattr(box, "paragraphs", ()):
                assert plain(paragraph.text) in said
            if hasattr(box, "table"):
                for cell in (c for row in box.table.rows for c in row):
                    assert plain(cell) in said


def test_the_notes_are_the_presenters_with_the_pages_behind(
    whole: Dataset, deck_at_seed: bytes
) -> None:
    composed, found = compose(whole, DECK), read(deck_at_seed).slides
    for number, (told, slide) in enumerate(zip(composed, found, strict=True), 1):
        said = plain(notes(slide))
        for text in told.notes:
            assert plain(text) in said
        for source in told.sources:
            for part in (source.publisher, source.title, source.published, source.url):
                assert plain(part) in said
        assert ("Sources" in notes(slide).splitlines()) == bool(told.sources)
        assert f"{LINK}&slide={number}" in said
    assert sum(len(told.sources) for told in composed) > 50


def test_every_chart_picture_and_table_has_a_sentence(
    whole: Dataset, deck_at_seed: bytes
) -> None:
    composed, found = compose(whole, DECK), read(deck_at_seed).slides
    charts = pictures = 0
    for told, slide in zip(composed, found, strict=True):
        if told.chart is not None:
            assert told.chart.summary in {alt(s) for s in slide.shapes}
        for shape in slide.shapes:
            if (
                shape.has_chart
                or shape.has_table
                or shape._element.tag.endswith("}pic")
            ):
                assert alt(shape)
            charts += shape.has_chart
            pictures += shape._element.tag.endswith("}pic")
    assert (charts, pictures) == (3, 2)  # line, civilians, exchanges; tracks, map


def test_native_wherever_powerpoint_has_the_type(deck_at_seed: bytes) -> None:
    native = {
        shape.name: shape.chart
        for slide in read(deck_at_seed).slides
        for shape in slide.shapes
        if shape.has_chart
    }
    assert [n.split(": ")[-1] for n in native] == [
        "monthly-change", "civilians-by-month", "exchanges-per-month",
    ]  # fmt: skip


@pytest.mark.parametrize("as_of", DAYS)
def test_nothing_reaches_beyond_the_page(whole: Dataset, as_of: str) -> None:
    deck = made(Deck(as_of, since_default(as_of)), whole)
    assert (deck.slide_width, deck.slide_height) == (12_192_000, 6_858_000)
    assert len(deck.slides) == len(compose(whole, Deck(as_of, since_default(as_of))))
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height


def test_no_type_is_smaller_than_what_is_read_at_five_metres(deck_at_seed: bytes):
    sizes = []
    with zipfile.ZipFile(io.BytesIO(deck_at_seed)) as package:
        for name in package.namelist():
            if re.fullmatch(r"ppt/(slides|charts)/[a-z]+\d+\.xml", name):
                sizes += re.findall(rb'\bsz="(\d+)"', package.read(name))
    assert min(map(int, sizes)) >= 1_100  # 22 px: 24, less what a wider face costs


def cached(chart_xml: bytes) -> tuple[list[str], dict[str, list[float | None]]]:
    """Categories and values as PowerPoint shows them before anyone edits."""
    root = etree.fromstring(chart_xml)
    categories: list[str] = []
    found: dict[str, list[float | None]] = {}
    for series in root.iter(f"{C}ser"):
        name = "".join(series.find(f"{C}tx").itertext(f"{C}v"))
        for part in ("cat", "val"):
            cells = series.find(f"{C}{part}")
            count = int(next(cells.iter(f"{C}ptCount")).get("val"))
            values: list = [None] * count
            for point in cells.iter(f"{C}pt"):
                values[int(point.get("idx"))] = point.find(f"{C}v").text
            if part == "cat":
                categories = values
            else:
                found[name] = [None if v is None else float(v) for v in values]
    return categories, found


def same(left: list[float | None], right: list[float | None]) -> bool:
    return len(left) == len(right) and all(
        a is b if a is None or b is None else np.isclose(a, b, rtol=0, atol=1e-9)
        for a, b in zip(left, right, strict=True)
    )


@pytest.mark.parametrize("as_of", DAYS)
def test_a_native_charts_numbers_are_those_of_the_frame(whole: Dataset, as_of) -> None:
    deck = Deck(as_of, since_default(as_of))
    composed = compose(whole, deck)
    for told, slide in zip(composed, made(deck, whole).slides, strict=True):
        for shape in (s for s in slide.shapes if s.has_chart):
            chart = catalogue()[told.chart.name]
            frame = chart.frame(whole.as_of(as_of), told.chart.view)
            categories, series = cached(shape.chart.part.blob)
            expected = columns_of(told.chart.name, frame)
            assert len(categories) == max(len(v) for v in expected.values())
            assert list(series) == list(expected)
            for name, values in expected.items():
                assert same(series[name], values), name
            names, rows = sheet(shape.chart.part.chart_workbook.xlsx_part.blob)
            assert names == list(series)
            for n, name in enumerate(names):
                assert same([row[n] for row in rows], series[name])


S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheet(xlsx: bytes) -> tuple[list[str], list[list[float | None]]]:
    """The names and rows that the chart's workbook shows to who edits it."""
    with zipfile.ZipFile(io.BytesIO(xlsx)) as package:
        cells = etree.fromstring(package.read("xl/worksheets/sheet1.xml"))
        told = etree.fromstring(package.read("xl/sharedStrings.xml"))
    strings = ["".join(item.itertext()) for item in told.iter(f"{S}si")]
    head, *rows = cells.iter(f"{S}row")
    names = [strings[int(c.findtext(f"{S}v"))] for c in head]
    found = []
    for row in rows:
        at = {c.get("r").rstrip("0123456789"): c.findtext(f"{S}v") for c in row}
        columns = [chr(ord("B") + n) for n in range(len(names))]
        values = [at.get(column) for column in columns]
        found.append([None if v is None else float(v) for v in values])
    return names, found


def columns_of(name: str, frame: pd.DataFrame) -> dict[str, list[float | None]]:
    """The series that a chart must hold, straight from the table behind its CSV."""

    def column(of: str) -> list[float | None]:
        return [None if pd.isna(v) else float(v) for v in frame[of]]

    if name == "monthly-change":
        return {f"Net change, {frame['unit'].iloc[0]}": column("value")}
    if name == "civilians-by-month":
        return {
            "as first published": column("first"),
            "added by later editions": column("added"),
        }
    if name == "exchanges-per-month":
        return {"to Ukraine": column("ukraine"), "to Russia": column("russia")}
    days = sorted(frame["date"].unique())
    lines = {}
    for _, rows in frame.groupby("dataset"):
        at = dict(zip(rows["date"], rows["value"], strict=True))
        named = rows["map"].iloc[-1].split(" /")[0]
        lines[named] = [at.get(d) for d in days]
    return lines


@pytest.mark.parametrize("name", EDITABLE)
@pytest.mark.parametrize("as_of", DAYS)
def test_an_editable_chart_holds_every_number_of_the_frame_and_no_other(
    whole: Dataset, name: str, as_of: str
) -> None:
    view = View(as_of=as_of)
    chart = catalogue()[name]
    frame = chart.frame(whole.as_of(as_of), view)
    found = chart.editable(frame, view)
    if found is None:
        return
    assert isinstance(found, Editable)
    assert all(len(s.values) == len(found.categories) for s in found.series)
    assert list(found.categories) == sorted(set(found.categories))
    assert found.categories[-1] <= as_of
    assert found.low < found.high and found.step > 0
    held = sorted(v for s in found.series for v in s.values if v is not None)
    if found.kind == "line":
        assert same(held, sorted(frame["value"].dropna()))
        assert max(held) <= found.high and min(held) >= found.low
    else:
        expected = columns_of(name, frame)
        assert same(
            held, sorted(v for c in expected.values() for v in c if v is not None)
        )
        assert found.low <= 0 <= found.high
    colours = {*SURFACE["light"].values(), *SIDE["light"].values()}
    for series in found.series:
        assert re.fullmatch("#[0-9A-F]{6}", series.colour)
        assert name != "exchanges-per-month" or series.colour in colours
    assert later_dates(found.note, as_of) == []


def test_an_unpublished_number_is_a_gap_and_never_a_zero(whole: Dataset) -> None:
    view = View(as_of=SEED)
    chart = catalogue()["civilians-by-month"]
    frame = chart.frame(whole.as_of(SEED), view)
    missing = np.flatnonzero(frame["first"].isna())
    assert len(missing)
    for series in chart.editable(frame, view).series:
        assert all(series.values[i] is None for i in missing)


def test_bars_below_zero_keep_their_colour_and_nothing_is_smoothed(
    deck_at_seed: bytes,
) -> None:
    for slide in read(deck_at_seed).slides:
        for shape in (s for s in slide.shapes if s.has_chart):
            root = etree.fromstring(shape.chart.part.blob)
            assert root.find(f".//{C}chart/{C}autoTitleDeleted").get("val") == "1"
            assert root.find(f".//{C}chart/{C}title") is None
            flags = [e.get("val") for e in root.iter(f"{C}invertIfNegative")]
            assert flags and set(flags) == {"0"}
            assert {e.get("val") for e in root.iter(f"{C}smooth")} <= {"0"}
            assert root.find(f".//{C}dispBlanksAs").get("val") == "gap"


def test_the_same_request_gives_the_same_bytes(whole: Dataset) -> None:
    deck = replace(DECK, slides=("headline", "map", "line", "toll", "exchanges"))
    again = [pptx(deck, whole, LINK, lambda _: None) for _ in range(2)]
    assert again[0] == again[1]


def test_who_made_it_and_for_which_day(whole: Dataset, deck_at_seed: bytes) -> None:
    about = read(deck_at_seed).core_properties
    assert about.author == about.last_modified_by == "Parley"
    assert (
        plain(about.title)
        == f"{plain(compose(whole, DECK)[0].title)} (as of 16 May 2025)"
    )
    assert "16 May 2025" in about.subject
    assert about.created.date().isoformat() == about.modified.date().isoformat() == SEED


@pytest.mark.parametrize("theme", ["dark", "light", "print"])
def test_the_master_is_our_own(whole: Dataset, theme) -> None:
    body = pptx(
        replace(DECK, theme=theme, slides=("headline",)), whole, LINK, lambda _: None
    )
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        names = package.namelist()
        package_text = {n: package.read(n) for n in names if n.endswith(".xml")}
    themes = [t for n, t in package_text.items() if n.startswith("ppt/theme/")]
    for text in themes:
        root = etree.fromstring(text)
        assert root.find(f".//{A}majorFont/{A}latin").get("typeface") == SERIF
        assert root.find(f".//{A}minorFont/{A}latin").get("typeface") == SANS
        assert len(root.find(f".//{A}minorFont/{A}latin").get("panose")) == 20
    colours = {
        e.get("val") for e in etree.fromstring(themes[0]).iter(f"{A}srgbClr")
    }  # fmt: skip
    for colour in (
        SURFACE[theme]["paper"], SURFACE[theme]["ink"], SIDE[theme]["ukraine"],
        SIDE[theme]["russia"],
    ):  # fmt: skip
        assert colour[1:] in colours
    everything = b"".join(package_text.values())
    assert b"Calibri" not in everything and b"4:3" not in everything
    assert b"screen4x3" not in everything and b"Click to" not in everything
    assert not [n for n in names if "printerSettings" in n or "thumbnail" in n]
    image = image_on_the_notes(body)
    assert image.width / image.height == pytest.approx(16 / 9, abs=0.01)
    deck = read(body)
    layouts = [layout.name for layout in deck.slide_layouts]
    assert 3 <= len(layouts) <= 6 and len(set(layouts)) == len(layouts)
    assert all("Parley" not in name and name.strip() for name in layouts)


def image_on_the_notes(body: bytes):
    """The place of the slide on the page of its notes."""
    return next(
        shape
        for shape in read(body).notes_master.placeholders
        if shape.placeholder_format.type == PP_PLACEHOLDER.SLIDE_IMAGE
    )


def test_each_source_line_leads_back_to_its_slide(
    whole: Dataset, deck_at_seed: bytes
) -> None:
    for number, slide in enumerate(read(deck_at_seed).slides, 1):
        links = {
            relation.target_ref
            for relation in slide.part.rels.values()
            if relation.is_external
        }
        assert links <= {f"{LINK}&slide={number}"}
        assert links or number == len(SLIDES)


def test_each_slide_is_announced_before_it_is_written(whole: Dataset) -> None:
    said: list[str] = []
    pptx(replace(DECK, slides=("headline", "map")), whole, LINK, said.append)
    assert said[:2] == ["Slide 1 of 2: The state", "Slide 2 of 2: The map"]
    assert len(said) == 3


HOSTILE = "<a:t>&amp; \"x\" 'y' ]]> {{b}} %s \\n _x0041_ \U0001f54a 和平 <script>"


def test_no_sign_of_an_own_text_is_read_as_markup(whole: Dataset) -> None:
    deck = replace(DECK, title=HOSTILE, text=f"Ours: {HOSTILE}\n{HOSTILE}")
    found = made(deck, whole)
    assert plain(found.slides[0].shapes.title.text) == plain(HOSTILE)
    assert plain(found.slides[1].shapes.title.text) == plain(f"Ours: {HOSTILE}")
    assert plain(HOSTILE) in words(found.slides[1])
    assert "not part of the dataset" in words(found.slides[1])


@pytest.mark.parametrize(
    "text",
    ["w" * LONGEST_TEXT, ("word " * 33).strip() + ("\n" + "word " * 33) * 11],
    ids=["one word", "twelve paragraphs"],
)
def test_the_longest_own_text_stays_on_its_slide(whole: Dataset, text: str) -> None:
    deck = deck_of(
        whole.first_day,
        whole.closing.latest,
        as_of=SEED,
        text=text,
        title="Title " * 20,
    )
    found = made(deck, whole)
    for shape in found.slides[1].shapes:
        assert shape.top + shape.height <= found.slide_height


def test_a_picture_that_fails_says_so_and_the_others_stand(
    whole: Dataset, drawn: pytest.MonkeyPatch
) -> None:
    def submit(asked: Asked) -> Future[bytes]:
        if asked.name != "front-line-map":
            return stand_in(asked)
        raise NoBrowser("none")

    drawn.setattr(drawing, "submit", submit)
    with failures() as failed:
        found = made(DECK, whole)
    assert failed == ["front-line-map"]
    said = [words(slide) for slide in found.slides]
    assert (
        "This chart could not be drawn: this server has no browser to draw with. "
        "Its numbers: /charts/front-line-map.csv"
    ) in said[SLIDES.index("map")]
    assert sum("could not be drawn" in text for text in said) == 1


def test_a_native_chart_that_fails_says_so_and_the_others_stand(
    whole: Dataset, drawn: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    compose(whole, DECK)
    drawn.setattr(catalogue()["exchanges-per-month"], "editable", broken)
    with failures() as failed:
        found = made(DECK, whole)
    assert failed == ["exchanges-per-month"]
    said = [words(slide) for slide in found.slides]
    assert (
        "could not be drawn: it met an error of its own"
        in (said[SLIDES.index("exchanges")])
    )
    assert sum("could not be drawn" in text for text in said) == 1
    assert sum(shape.has_chart for s in found.slides for shape in s.shapes) == 2


def test_nothing_of_a_later_day_is_in_the_file(whole: Dataset) -> None:
    found = made(DECK, whole)
    for slide in found.slides:
        assert later_dates(words(slide), SEED) == []
        assert later_dates(" ".join(alt(shape) for shape in slide.shapes), SEED) == []
    known = set(whole.as_of(SEED)["events"]["event_id"])
    events = whole["events"]
    titles = events.loc[~events["event_id"].isin(known), "title"]
    told_before = " ".join(whole.as_of(SEED)["events"]["title"])
    said = " ".join(words(s) + plain(notes(s)) for s in found.slides)
    assert [t for t in titles if t in said and t not in told_before] == []


office = pytest.mark.skipif(
    shutil.which("soffice") is None,
    reason="LibreOffice is not here: `sh scripts/office.sh` installs it",
)


@office
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_libreoffice_opens_it_and_shows_every_slide(
    whole: Dataset, tmp_path: Path, theme
) -> None:
    deck = replace(DECK, theme=theme, text="Our note\nAdded by the desk.")
    path = tmp_path / "deck.pptx"
    path.write_bytes(pptx(deck, whole, LINK, lambda _: None))
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path),
        ],
        env={**os.environ, "FONTCONFIG_FILE": str(fontconfig_file())},
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    pages = pypdf.PdfReader(tmp_path / "deck.pdf").pages
    composed = compose(whole, deck)
    assert len(pages) == len(composed)
    for told, page in zip(composed, pages, strict=True):
        said = re.sub(r"\s", "", page.extract_text())
        assert re.sub(r"\s", "", told.title) in said
        width, height = (float(v) for v in page.mediabox[2:])
        assert width / height == pytest.approx(16 / 9, abs=0.01)
