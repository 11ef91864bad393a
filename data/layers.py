"""Map layers: GeoJSON features, some of them dated snapshots."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

Feature = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Layer:
    """One layer; `dates` is empty for a layer that does not change.

    Features of a dated layer are in order of date, one feature a date.
    """

    name: str
    features: tuple[Feature, ...]
    dates: tuple[str, ...] = ()

    @classmethod
    def read(cls, name: str, path: Path, date_field: str | None) -> Layer:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        if date_field is None:
            return cls(name, tuple(features))
        features.sort(key=lambda f: f["properties"][date_field])
        dates = tuple(f["properties"][date_field] for f in features)
        return cls(name, tuple(features), dates)

    def until(self, day: str) -> Layer:
        """The layer without snapshots after `day`."""
        if not self.dates:
            return self
        n = bisect_right(self.dates, day)
        return Layer(self.name, self.features[:n], self.dates[:n])

    def date_on(self, day: str) -> str | None:
        """The date of the last snapshot on or before `day`; None if there is none."""
        n = bisect_right(self.dates, day)
        return self.dates[n - 1] if n else None

    def on(self, day: str) -> Feature | None:
        """The last snapshot on or before `day`."""
        n = bisect_right(self.dates, day)
        return self.features[n - 1] if n else None

    @cached_property
    def by_date(self) -> Mapping[str, Feature]:
        return dict(zip(self.dates, self.features, strict=True))
