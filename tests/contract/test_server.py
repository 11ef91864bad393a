"""The HTTP routes and the index page: what a program or a crawler gets."""

from __future__ import annotations

import gzip
import json
import re
import urllib.error
import urllib.parse
import urllib.request

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.dataset import Dataset

HTML = {"accept": "text/html"}


def fetch(url: str, headers: dict[str, str] | None = None, method: str = "GET"):
    """(status, headers, body) without following redirects."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    request = urllib.request.Request(url, headers=headers or {}, method=method)
    try:
        answer = urllib.request.build_opener(Stay).open(request, timeout=20)
    except urllib.error.HTTPError as error:
        answer = error
    return answer.status, answer.headers, answer.read()


def test_health_names_version_closing_dates_and_row_counts(
    address: str, whole: Dataset
) -> None:
    status, _, body = fetch(f"{address}/healthz")
    health = json.loads(body)
    assert status == 200
    assert health["dataset"] == whole.version
    assert health["complete_to"]["events"] == "2026-10-09"
    assert health["rows"]["events"] == 540
    assert health["rows"] == {r.name: len(whole[r.name]) for r in whole.package.tables}


def test_a_snapshot_is_small_cacheable_and_unchanged_the_second_time(
    address: str,
) -> None:
    url = f"{address}/geo/front_lines/2025-05-16.json"
    status, headers, body = fetch(url)
    assert status == 200
    assert headers["content-type"] == "application/geo+json"
    assert "max-age" in headers["cache-control"]
    assert json.loads(body)["features"][0]["properties"]["date"] == "2025-05-16"
    status, _, body = fetch(url, {"if-none-match": headers["etag"]})
    assert (status, body) == (304, b"")


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/geo/front_line/2025-05-16.json", "front_lines"),
        ("/geo/front_lines/2021-01-01.json", "date"),
        ("/geo/front_lines.json", "YYYY-MM-DD"),
    ],
)
def test_what_is_not_there_is_a_problem_that_says_what_is(
    address: str, path: str, named: str
) -> None:
    status, headers, body = fetch(address + path)
    assert status == 404
    assert headers["content-type"] == "application/problem+json"
    assert named in body.decode()


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
def test_hostile_layer_addresses_never_reach_a_traceback(
    address: str, layer: str, date: str
) -> None:
    path = f"/geo/{urllib.parse.quote(layer, safe='')}/{urllib.parse.quote(date, safe='')}.json"
    status, _, body = fetch(address + path)
    assert status in (400, 404)
    assert b"Traceback" not in body


def test_only_get_and_head_are_answered(address: str) -> None:
    status, _, _ = fetch(f"{address}/healthz", method="POST")
    assert status == 405
    status, _, body = fetch(f"{address}/healthz", method="HEAD")
    assert (status, body) == (200, b"")


def test_the_index_page_keeps_every_request_on_this_host(address: str) -> None:
    _, headers, body = fetch(f"{address}/timeline", HTML)
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "connect-src 'self'" in policy
    assert "http:" not in policy and "https:" not in policy
    scripts = re.findall(rb"<script>(.*?)</script>", body, re.DOTALL)
    assert policy.count("'sha256-") == len(scripts)
    assert b"Parley</title>" in body


def test_a_date_before_the_first_day_is_moved_to_it(address: str) -> None:
    status, headers, _ = fetch(f"{address}/front?as_of=2019-01-01&view=line", HTML)
    assert status == 307
    assert headers["location"] == "/front?view=line&as_of=2022-02-21"
    assert "2019-01-01" in headers["set-cookie"]


@pytest.mark.parametrize(
    "as_of", ["2025-05-16", "garbage", "2099-01-01", "", "2022-02-21"]
)
def test_every_other_date_is_left_to_the_page(address: str, as_of: str) -> None:
    status, _, _ = fetch(f"{address}/timeline?as_of={as_of}", HTML)
    assert status == 200


def test_streamlits_scripts_travel_compressed(address: str) -> None:
    _, _, index = fetch(f"{address}/", HTML)
    script = re.search(rb'src="\./(static/js/index[^"]+)"', index).group(1).decode()
    plain = fetch(f"{address}/{script}")
    _, headers, packed = fetch(f"{address}/{script}", {"accept-encoding": "gzip"})
    assert headers["content-encoding"] == "gzip"
    assert "immutable" in headers["cache-control"]
    assert gzip.decompress(packed) == plain[2]
    assert len(packed) < len(plain[2]) / 2


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/js/..%2f..%2fconfig.py"]
)
def test_no_path_leads_out_of_the_static_folder(address: str, path: str) -> None:
    _, _, body = fetch(address + path, {"accept-encoding": "gzip"})
    assert b"import" not in body[:400]


@pytest.mark.parametrize(
    "path", ["/nothing", "/timeline/nothing", "/geo/a/b/c", "/.env", "/nothing.html"]
)
def test_an_unknown_address_is_a_real_404(address: str, path: str) -> None:
    assert fetch(address + path, HTML)[0] == 404
    assert fetch(address + path)[0] == 404
    status, headers, _ = fetch(address + path, {**HTML, "accept-encoding": "gzip"})
    assert status == 404
    # A layer's address answers with a problem, any other with the app itself.
    assert path.startswith("/geo") or "content-security-policy" in headers


@pytest.mark.parametrize("path", ["/", "/timeline?as_of=2025-05-16", "/nothing"])
def test_the_head_of_a_page_is_that_of_its_body(address: str, path: str) -> None:
    status, headers, body = fetch(address + path, HTML)
    asked, alone, nothing = fetch(address + path, HTML, method="HEAD")
    assert (asked, nothing) == (status, b"")
    for name in ("content-length", "content-security-policy", "content-type"):
        assert alone[name] == headers[name]
    assert int(headers["content-length"]) == len(body)


@pytest.mark.parametrize(
    "path", ["/timeline?" + "&".join(["track=us"] * 90), "/static/%00.js"]
)
def test_an_odd_request_is_no_fault_of_the_server(address: str, path: str) -> None:
    assert fetch(address + path, {**HTML, "accept-encoding": "gzip"})[0] < 500


def test_any_page_may_read_a_layer_and_why_there_is_none(address: str) -> None:
    for date in ("2025-05-16", "2025-05-17"):
        _, headers, _ = fetch(f"{address}/geo/front_lines/{date}.json")
        assert headers["access-control-allow-origin"] == "*"
