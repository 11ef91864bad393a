"""Charts by URL: every chart, every form, as a desk would fetch them."""

from __future__ import annotations

import asyncio
import io
import itertools
import json
import os
import re
import signal
import struct
import subprocess
import threading
import time
import urllib.parse
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.requests import Request

from components.charts.chart import catalogue
from components.export.pictures import Asked, Busy, Size, fit
from components.view import View
from data.dataset import Dataset
from data.words import day
from server import charts as chart_routes
from tests.conftest import SEED, serving
from tests.contract.test_server import fetch

CHARTS = tuple(catalogue())
LATEST = "2026-10-09"
TYPES = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    "metadata.json": "application/json",
    "figure.json": "application/json",
}
SVG = "{http://www.w3.org/2000/svg}"

every_chart = pytest.mark.parametrize("name", CHARTS)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with an empty cache of pictures."""
    cache = tmp_path_factory.mktemp("pictures")
    with serving(PARLEY_CACHE=str(cache)) as (address, _):
        yield address


def got(server: str, path: str) -> bytes:
    status, _, body = fetch(server + path)
    assert status == 200, (path, body[:300])
    return body


def text_of(svg: bytes) -> str:
    root = ElementTree.fromstring(svg)
    words = (" ".join("".join(t.itertext()).split()) for t in root.iter(f"{SVG}text"))
    return "\n".join(words)


def plain(text: str) -> str:
    return " ".join(text.replace("\xa0", " ").split())


def png_size(body: bytes) -> tuple[int, int]:
    assert body[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", body[16:24])


@every_chart
@pytest.mark.parametrize("as_of", [LATEST, SEED])
def test_the_picture_says_title_subtitle_source_date_and_version(
    server: str, whole: Dataset, name: str, as_of: str
) -> None:
    about = json.loads(got(server, f"/charts/{name}.metadata.json?as_of={as_of}"))
    svg = got(server, f"/charts/{name}.svg?as_of={as_of}")
    said = plain(text_of(svg))
    assert plain(about["title"]) in said
    # A chart drawn in another way for want of room explains and cites that drawing.
    asked = Asked(name, View(as_of=as_of), "svg", Size(1200, 675))
    words = fit(asked, whole).words
    for part in (words.subtitle, words.source):
        assert plain(part) in said
    assert words.source == about["source"] or name == "timeline"
    assert f"As of {day(as_of)}." in said
    assert about["version"] in said
    assert f"/charts/{name}?as_of={as_of}".replace("?", "") in said.replace(
        "?", ""
    ).replace(" ", "")


@every_chart
def test_the_svg_opens_in_an_editor(server: str, name: str) -> None:
    svg = got(server, f"/charts/{name}.svg?as_of={SEED}")
    root = ElementTree.fromstring(svg)
    assert root.get("width") == "1200" and root.get("height") == "675"
    background = next(e for e in root if e.get("id") == "background")
    assert (background.get("width"), background.get("height")) == ("1200", "675")
    assert [e.tag for e in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    text = svg.decode()
    assert "@import" not in text and "text-shadow" not in text
    assert "<foreignObject" not in text and "http:" not in text.replace(
        "http://www.w3.org/", ""
    )
    families = re.findall(r'font-family(?:=|: ?)"?([^;"]*)', text)
    assert families and all(f.endswith("serif") for f in families)
    ids = re.findall(r' id="([^"]*)"', text)
    assert len(ids) == len(set(ids))


@every_chart
def test_the_words_of_the_sheet_stay_inside_and_apart(server: str, name: str) -> None:
    for size in ("social", "square", "column", "1000x400", "400x700"):
        root = ElementTree.fromstring(
            got(server, f"/charts/{name}.svg?as_of={LATEST}&size={size}")
        )
        width, height = int(root.get("width")), int(root.get("height"))
        frame = next(e for e in root if e.get("id") == "words")
        taken = []
        for text in frame.iter(f"{SVG}text"):
            size_px = float(text.get("font-size"))
            assert size_px >= 12
            lines = [float(span.get("y")) for span in text.iter(f"{SVG}tspan")]
            assert min(lines) > 0.6 * size_px and max(lines) < height, (
                size,
                text.get("id"),
            )
            assert 0 <= float(next(text.iter(f"{SVG}tspan")).get("x")) <= width
            if text.get("id") != "wordmark":
                taken.append((min(lines) - 0.7 * size_px, max(lines) + 0.2 * size_px))
        taken.sort()
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(taken)), size


@every_chart
@pytest.mark.parametrize("as_of", [LATEST, SEED])
def test_no_word_of_the_drawing_is_too_small(
    server: str, name: str, as_of: str
) -> None:
    for size, least in (("social", 11), ("square", 12), ("column", 12)):
        svg = got(server, f"/charts/{name}.svg?as_of={as_of}&size={size}")
        plot = next(e for e in ElementTree.fromstring(svg) if e.get("id") == "plot")
        scale = float(re.search(r"scale\(([\d.]+)\)", plot.get("transform"))[1])
        sizes = re.findall(
            r"font-size: ?([\d.]+)px", ElementTree.tostring(plot).decode()
        )
        assert sizes and min(map(float, sizes)) * scale >= least - 0.01, size


@every_chart
def test_the_png_has_exactly_the_size_asked(server: str, name: str) -> None:
    assert png_size(got(server, f"/charts/{name}.png?as_of={LATEST}")) == (1200, 675)


@pytest.mark.parametrize("name", ["civilians-by-month", "front-line-map"])
@pytest.mark.parametrize(
    ("query", "width", "height"),
    [
        ("size=square", 1080, 1080),
        ("size=slide&theme=dark", 1920, 1080),
        ("size=column&theme=print", 640, None),
        ("size=column&scale=2", 1280, None),
        ("size=320x320", 320, 320),
        ("size=4000x400", 4000, 400),
        ("size=320x2000", 320, 2000),
        ("scale=3&units=mi", 3600, 2025),
    ],
)
def test_named_and_own_sizes(
    server: str, name: str, query: str, width: int, height: int | None
) -> None:
    found = png_size(got(server, f"/charts/{name}.png?as_of={LATEST}&{query}"))
    assert found[0] == width
    assert found[1] == height or (height is None and found[1] > 300)


def test_pictures_of_three_scales_have_three_file_names(server: str) -> None:
    named = []
    for scale in ("", "&scale=2", "&scale=3"):
        path = f"/charts/civilians-by-month.png?as_of={SEED}&size=column{scale}"
        _, headers, _ = fetch(server + path, method="HEAD")
        named.append(
            re.search(r'filename="([^"]*)"', headers["content-disposition"])[1]
        )
    assert named == [
        f"parley-civilians-by-month-column-{scale}as-of-{SEED}.png"
        for scale in ("", "2x-", "3x-")
    ]


@every_chart
def test_the_pdf_is_one_page_with_real_text_and_embedded_fonts(
    server: str, name: str
) -> None:
    body = got(server, f"/charts/{name}.pdf?as_of={SEED}")
    about = json.loads(got(server, f"/charts/{name}.metadata.json?as_of={SEED}"))
    read = pypdf.PdfReader(io.BytesIO(body))
    assert len(read.pages) == 1
    page = read.pages[0]
    assert [float(v) for v in page.mediabox] == [0, 0, 900, 506.25]
    assert plain(about["title"]) in plain(page.extract_text())
    assert f"As of {day(SEED)}" in plain(page.extract_text())
    assert plain(read.metadata.title) == plain(about["title"])
    assert "/StructTreeRoot" in read.trailer["/Root"]
    for font in page["/Resources"]["/Font"].values():
        inner = font.get_object()["/DescendantFonts"][0].get_object()
        kept = inner["/FontDescriptor"].get_object()
        assert "/FontFile2" in kept or "/FontFile3" in kept


@every_chart
@pytest.mark.parametrize("form", TYPES)
def test_each_form_has_its_type_name_and_tag_and_stays_the_same(
    server: str, name: str, form: str
) -> None:
    url = f"{server}/charts/{name}.{form}?as_of={SEED}"
    status, headers, body = fetch(url)
    assert status == 200
    assert headers["content-type"] == TYPES[form]
    assert "max-age=86400" in headers["cache-control"]
    if form != "html":
        assert f"parley-{name}" in headers["content-disposition"]
        assert f"as-of-{SEED}" in headers["content-disposition"]
    again = fetch(url)
    assert again[2] == body
    status, _, nothing = fetch(url, {"if-none-match": headers["etag"]})
    assert (status, nothing) == (304, b"")
    status, _, nothing = fetch(url, method="HEAD")
    assert (status, nothing) == (200, b"")


def test_two_servers_draw_the_same_bytes(server: str, tmp_path: Path) -> None:
    paths = [
        f"/charts/{n}.{f}?as_of={SEED}"
        for n in CHARTS[:3]
        for f in ("svg", "png", "pdf")
    ]
    with serving(PARLEY_CACHE=str(tmp_path), PARLEY_ADDRESS=server) as (other, _):
        for path in paths:
            assert got(other, path) == got(server, path), path


def test_the_map_opens_with_named_groups(server: str) -> None:
    svg = got(server, f"/charts/front-line-map.svg?as_of={SEED}&compare=2024-05-16")
    groups = {g.get("id") for g in ElementTree.fromstring(svg).iter(f"{SVG}g")}
    wanted = "countries oblasts occupied line gained lost cities labels inset"
    assert set(wanted.split()) <= groups


@every_chart
def test_the_table_has_the_rows_of_the_chart_under_its_headings(
    server: str, name: str
) -> None:
    import csv

    about = json.loads(got(server, f"/charts/{name}.json?as_of={SEED}"))
    text = got(server, f"/charts/{name}.csv?as_of={SEED}").decode()
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) - 1 == about["count"] == len(about["rows"])
    assert rows[0][: len(about["columns"])] == list(about["columns"].values())
    for row in rows[1:]:
        assert not any(cell.startswith(("=", "@")) for cell in row)


@every_chart
def test_metadata_lets_a_desk_cite_and_use_the_chart(server: str, name: str) -> None:
    about = json.loads(got(server, f"/charts/{name}.metadata.json?as_of={SEED}"))
    assert about["as_of"] == SEED
    assert (about["last_row"] or "") <= SEED
    assert about["source"].startswith("Source: ")
    # Two charts count the record itself: their rows rest on no page.
    counts = ("coverage-by-month", "events-by-sources")
    assert about["sources"] or name in counts
    assert all(source["citation"] for source in about["sources"])
    assert about["citation_long"].endswith(f"/charts/{name}.html?as_of={SEED}")
    assert about["version"] in about["citation_long"]
    assert "2025" in about["citation_short"]
    assert about["licenses"][0]["name"] == "CC-BY-4.0"
    assert all(c["description"] for c in about["columns"])
    if "Basemap" in about["source"]:
        assert any("DeepState" in right for right in about["rights"])


def test_the_catalogue_names_every_chart_and_its_examples_work(server: str) -> None:
    found = json.loads(got(server, "/charts.json"))
    assert [c["name"] for c in found["charts"]] == list(CHARTS)
    assert set(found["forms"]) == set(TYPES)
    assert png_size(got(server, found["charts"][0]["example"])) == (1200, 675)


@pytest.mark.parametrize(
    ("query", "named", "allowed"),
    [
        ("size=9x9", "size", "social"),
        ("size=99999x100", "size", "320"),
        ("theme=sepia", "theme", "print"),
        ("scale=7", "scale", "3"),
        ("as_of=2099-01-01", "as_of", LATEST),
        ("measure=loved", "measure", "injured"),
        ("mesure=killed", "mesure", "measure"),
        ("units=km&units=mi", "units", "once"),
        ("width=400", "width", "size"),
    ],
)
@pytest.mark.parametrize("form", ["png", "csv", "html", "metadata.json"])
def test_a_bad_parameter_is_named_with_what_is_allowed(
    server: str, form: str, query: str, named: str, allowed: str
) -> None:
    status, headers, body = fetch(f"{server}/charts/civilians-by-month.{form}?{query}")
    assert status == 400
    assert headers["content-type"] == "application/problem+json"
    said = json.loads(body)
    assert said["parameter"] == named
    assert allowed in body.decode()


@pytest.mark.parametrize(
    ("path", "named", "allowed"),
    [
        (f"front-line-map.csv?as_of={SEED}&day=2026-01-01", "day", SEED),
        (f"front-line-map.json?as_of={SEED}&compare=2026-01-01", "compare", SEED),
        ("timeline.csv?from=2026-01-01&to=2025-01-01", "to", "2026-01-01"),
        ("meeting-network.csv?from=2026-01-01&to=2025-01-01", "to", "2026-01-01"),
        ("proposal-matrix.csv?text=istanbul-communiqe", "text", "istanbul-communique"),
        ("issue-history.csv?text=istanbul-communiqe", "text", "istanbul-communique"),
        ("text-lineage.csv?text=istanbul-communiqe", "text", "istanbul-communique"),
    ],
)
def test_what_would_be_another_chart_under_this_name_is_refused(
    server: str, path: str, named: str, allowed: str
) -> None:
    status, _, body = fetch(f"{server}/charts/{path}")
    assert status == 400
    assert json.loads(body)["parameter"] == named
    assert allowed in body.decode()


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("/charts/front-line-maps.png", "front-line-map"),
        ("/charts/front_line_map.svg", "front-line-map"),
        ("/charts/civilians-by-months", "civilians-by-month"),
        ("/charts/front-line-map.gif", "png"),
        ("/charts/etc-passwd.png", "allowed"),
    ],
)
def test_an_unknown_chart_or_form_is_answered_with_near_names(
    server: str, path: str, near: str
) -> None:
    status, headers, body = fetch(server + path)
    assert status == 404
    assert headers["content-type"] == "application/problem+json"
    assert near in body.decode()


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    name=st.one_of(st.sampled_from(CHARTS), st.text(min_size=1, max_size=30)),
    form=st.sampled_from([*TYPES, "exe", ""]),
    query=st.lists(
        st.tuples(
            st.one_of(
                st.sampled_from(
                    ["as_of", "size", "theme", "scale", "actor", "compare", "day"]
                ),
                st.text(max_size=10),
            ),
            st.text(max_size=40),
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_hostile_requests_never_reach_a_traceback(
    server: str, name: str, form: str, query: list[tuple[str, str]]
) -> None:
    path = urllib.parse.quote(f"{name}.{form}", safe="")
    asked = urllib.parse.urlencode(query, errors="replace")
    status, _, body = fetch(f"{server}/charts/{path}?{asked}")
    assert status in (200, 307, 308, 400, 404)
    assert b"Traceback" not in body


def test_the_embed_needs_no_other_host_and_may_be_framed(server: str) -> None:
    status, headers, body = fetch(
        f"{server}/charts/civilians-by-month.html?as_of={SEED}"
    )
    policy = headers["content-security-policy"]
    assert status == 200
    assert "frame-ancestors *" in policy and "default-src 'none'" in policy
    assert "http" not in policy and "unsafe-eval" not in policy
    text = body.decode()
    assert f"As of {day(SEED)}" in text and "<table>" in text
    for address in re.findall(r'(?:src|data-figure)="([^"]+)"', text):
        assert address.startswith(server)
        assert fetch(address.replace("&amp;", "&"))[0] == 200


def test_the_embed_draws_itself_for_its_frame(server: str, chromium) -> None:
    faults = []
    for width in (320, 700):
        page = chromium.new_page(viewport={"width": width, "height": 600})
        page.on(
            "console", lambda m: faults.append(m.text) if m.type == "error" else None
        )
        page.on(
            "request",
            lambda r: faults.append(r.url) if not r.url.startswith(server) else None,
        )
        page.goto(f"{server}/charts/civilians-by-month.html?as_of={SEED}")
        page.wait_for_selector("#plot .main-svg")
        drawn = page.eval_on_selector(
            "#plot .main-svg", "e => e.getBoundingClientRect().width"
        )
        assert width - 60 <= drawn <= width
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.keyboard.press("Tab")
        page.locator("summary").focus()
        page.keyboard.press("Enter")
        assert page.locator("details table").is_visible()
        page.close()
    assert faults == []


def test_a_killed_browser_is_replaced_and_the_picture_still_comes(
    tmp_path: Path,
) -> None:
    with serving(PARLEY_CACHE=str(tmp_path)) as (address, process):
        got(address, f"/charts/{CHARTS[0]}.png?as_of={SEED}")
        names = CHARTS[1:9]
        stop = threading.Event()

        def kill() -> None:
            time.sleep(0.3)
            for pid in browsers_of(process.pid):
                os.kill(pid, signal.SIGKILL)
            stop.set()

        killer = threading.Thread(target=kill)
        killer.start()
        with ThreadPoolExecutor(4) as pool:
            found = list(
                pool.map(
                    lambda n: fetch(f"{address}/charts/{n}.png?as_of={SEED}"), names
                )
            )
        killer.join()
        assert stop.is_set()
        assert [status for status, _, _ in found] == [200] * len(names)
        health = json.loads(got(address, "/healthz"))
        assert health["pictures"]["state"] == "ready"
        assert health["pictures"]["replaced"] >= 1


def test_the_server_leaves_no_browser_behind(tmp_path: Path) -> None:
    with serving(PARLEY_CACHE=str(tmp_path)) as (address, process):
        got(address, f"/charts/{CHARTS[0]}.png?as_of={SEED}")
        begun = browsers_of(process.pid)
        assert begun
    time.sleep(1)
    assert not [pid for pid in begun if alive(pid)]


def test_without_a_browser_all_but_pictures_works(tmp_path: Path) -> None:
    bare = {
        "PATH": str(tmp_path),
        "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path),
        "PARLEY_CACHE": str(tmp_path / "cache"),
    }
    with serving(**bare) as (address, _):
        for form in ("csv", "json", "html", "metadata.json"):
            got(address, f"/charts/{CHARTS[0]}.{form}")
        for form in ("png", "svg", "pdf"):
            status, headers, body = fetch(f"{address}/charts/{CHARTS[0]}.{form}")
            assert status == 503
            assert headers["content-type"] == "application/problem+json"
            assert "sh scripts/chromium.sh" in json.loads(body)["remedy"]
        health = json.loads(got(address, "/healthz"))
        assert health["pictures"]["state"] == "missing"
        assert health["pictures"]["remedy"] == "sh scripts/chromium.sh"


def test_a_full_queue_answers_503_and_when_to_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(_: object) -> None:
        raise Busy

    monkeypatch.setattr(chart_routes, "kept", lambda _: None)
    monkeypatch.setattr(chart_routes, "submit", full)
    scope = {
        "type": "http",
        "method": "GET",
        "path": f"/charts/{CHARTS[0]}.png",
        "path_params": {"name": CHARTS[0], "form": "png"},
        "query_string": f"as_of={SEED}".encode(),
        "headers": [(b"host", b"parley.example")],
        "server": ("parley.example", 80),
        "scheme": "http",
    }
    # In a thread of its own: the browser tests' loop may run in this one.
    with ThreadPoolExecutor(1) as aside:
        answer = aside.submit(
            asyncio.run, chart_routes.picture_or_numbers(Request(scope))
        ).result(30)
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert int(answer.headers["retry-after"]) > 0
    assert "waiting" in json.loads(answer.body)["title"]


@pytest.mark.parametrize("width", [340, 900])
def test_without_a_browser_the_reader_s_own_draws_the_picture(
    tmp_path: Path, chromium, width: int
) -> None:
    bare = {
        "PATH": str(tmp_path),
        "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path),
        "PARLEY_CACHE": str(tmp_path / "cache"),
    }
    name = "civilians-by-month"
    with serving(**bare) as (address, _):
        about = json.loads(got(address, f"/charts/{name}.metadata.json?as_of={SEED}"))
        page = chromium.new_page(viewport={"width": width, "height": 700})
        faults: list[str] = []
        page.on("console", lambda m: faults.append(m.text) if m.type == "error" else 0)
        page.goto(f"{address}/charts/{name}.html?as_of={SEED}")
        found = {}
        for form in ("SVG", "PNG"):
            page.get_by_role("button", name=f"Save as {form}").focus()
            with page.expect_download() as saving:
                page.keyboard.press("Enter")
            assert saving.value.suggested_filename == (
                f"parley-{name}-as-of-{SEED}.{form.lower()}"
            )
            found[form] = Path(saving.value.path()).read_bytes()
        page.close()
    said = plain(text_of(found["SVG"]))
    for part in ("title", "subtitle", "source", "version"):
        assert plain(about[part]) in said, part
    assert f"As of {day(SEED)}." in said
    root = ElementTree.fromstring(found["SVG"])
    size = int(root.get("width")), int(root.get("height"))
    assert png_size(found["PNG"]) == (2 * size[0], 2 * size[1])
    assert len(found["PNG"]) > 20_000
    assert faults == []


def alive(pid: int) -> bool:
    """False for a process that has ended, waited for or not."""
    try:
        return (
            Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        )
    except OSError:
        return False


def browsers_of(pid: int) -> list[int]:
    """The Chromium processes below a process."""
    table = subprocess.run(
        ["ps", "-eo", "pid=,ppid=,comm="], capture_output=True, text=True, check=True
    ).stdout
    rows = [line.split(None, 2) for line in table.splitlines()]
    below, found = {pid}, []
    for _ in range(8):
        for child, parent, name in rows:
            if int(parent) in below and int(child) not in below:
                below.add(int(child))
                if "chrom" in name:
                    found.append(int(child))
    return found
