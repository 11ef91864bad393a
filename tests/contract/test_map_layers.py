"""The map's own layers over HTTP: what changed hands, and the hatch."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from server.routes import routes


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=routes()))


def test_patches_say_who_how_much_and_where(client: TestClient) -> None:
    answer = client.get("/geo/change/2024-05-13/2025-05-16.json")
    assert answer.status_code == 200
    features = answer.json()["features"]
    largest = max(features, key=lambda f: f["properties"]["km2"])["properties"]
    assert largest["kind"] == "gained"
    assert largest["oblast"] == "Donetsk"
    assert largest["label"] == ("Gained by Russia, 2,726 km² (1,052 sq mi), Donetsk")
    again = client.get(
        "/geo/change/2024-05-13/2025-05-16.json",
        headers={"if-none-match": answer.headers["etag"]},
    )
    assert again.status_code == 304


def test_the_hatch_is_one_small_layer(client: TestClient) -> None:
    answer = client.get("/geo/hatch.json")
    assert answer.json()["features"][0]["geometry"]["type"] == "MultiLineString"
    assert len(answer.content) < 5_000


@pytest.mark.parametrize(
    ("path", "status", "parameter"),
    [
        ("2024-05-14/2025-05-16", 404, "from"),
        ("2024-05-13/2099-01-01", 404, "to"),
        ("2025-05-16/2024-05-13", 400, "to"),
        ("2022-05-09/2025-05-16", 400, "from"),
    ],
)
def test_what_cannot_be_compared_is_a_problem(
    client: TestClient, path: str, status: int, parameter: str
) -> None:
    answer = client.get(f"/geo/change/{path}.json")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["parameter"] == parameter
    assert answer.json()["expected"]
