"""Which cities are lettered, and where: dropped rather than overlapping."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pandas as pd

# Name → side of its dot the lettering stands on. In the Donbas set by hand: west
# of the line to the left, east of it to the right. In order of importance.
_SIDES = {
    "Kyiv": "right",
    "Kharkiv": "right",
    "Donetsk": "below-right",
    "Zaporizhzhia": "above-left",
    "Dnipro": "above-left",
    "Luhansk": "above",
    "Mariupol": "right",
    "Kherson": "above-left",
    "Odesa": "left",
    "Simferopol": "right",
    "Sevastopol": "left",
    "Pokrovsk": "left",
    "Kramatorsk": "left",
    "Bakhmut": "right",
    "Kupiansk": "left",
    "Melitopol": "right",
    "Sumy": "left",
    "Belgorod": "right",
    "Enerhodar": "right",
    "Rostov-on-Don": "right",
    "Izium": "left",
    "Sievierodonetsk": "above-right",
    "Poltava": "right",
    "Vovchansk": "right",
    "Huliaipole": "above-left",
    "Berdiansk": "right",
    "Mykolaiv": "above-left",
    "Nova Kakhovka": "below-right",
    "Vuhledar": "right",
    "Kryvyi Rih": "left",
    "Cherkasy": "right",
    "Zhytomyr": "right",
    "Chernihiv": "right",
    "Kursk": "right",
    "Sudzha": "left",
    "Kerch": "right",
    "Chisinau": "right",
    "Vinnytsia": "right",
    "Kropyvnytskyi": "right",
    "Krasnodar": "left",
    "Lviv": "right",
}

# Mean width of a letter of Source Sans in parts of its size, measured generously.
_LETTER, _LETTER_BOLD = 0.52, 0.55


@dataclass(frozen=True)
class Lettering:
    """One place's dot and name. Offsets in px from the dot, y downwards.

    `anchor` is the text's horizontal anchor: start, middle or end.
    """

    name: str
    lon: float
    lat: float
    bold: bool
    dx: float
    dy: float
    anchor: str


Box = tuple[float, float, float, float]


def lettered(
    cities: pd.DataFrame,
    to_px: Callable[[float, float], tuple[float, float]],
    width: float,
    height: float,
    size: float,
) -> list[Lettering]:
    """The cities whose names fit, most important first.

    `to_px(lon, lat)` gives the place in px of a drawing of `width` × `height`;
    `size` is the lettering's size in px.
    """
    known = cities.set_index("name")
    taken: list[Box] = []
    placed = []
    for name, side in _SIDES.items():
        if name not in known.index:
            continue
        row = known.loc[name]
        lon, lat, bold = float(row["lon"]), float(row["lat"]), row["rank"] == 1
        x, y = to_px(lon, lat)
        if not (8 < x < width - 8 and 8 < y < height - 8):
            continue
        dx, dy, anchor = _offset(side, size)
        length = size * len(name) * (_LETTER_BOLD if bold else _LETTER)
        left = x + dx - length * {"start": 0, "middle": 0.5, "end": 1}[anchor]
        text = (left, y + dy - 0.55 * size, left + length, y + dy + 0.55 * size)
        dot = (x - 5, y - 5, x + 5, y + 5)
        inside = (
            text[0] > 2 and text[2] < width - 2 and text[1] > 2 and text[3] < height - 2
        )
        if not inside or _touches(text, taken) or _touches(dot, taken):
            continue
        taken += [text, dot]
        placed.append(Lettering(name, lon, lat, bool(bold), dx, dy, anchor))
    return placed


def _offset(side: str, size: float) -> tuple[float, float, str]:
    near, far = 0.55 * size, 0.75 * size
    return {
        "right": (near, 0, "start"),
        "left": (-near, 0, "end"),
        "above": (0, -far, "middle"),
        "above-left": (0, -far, "end"),
        "above-right": (0, -far, "start"),
        "below-right": (0.4 * size, far, "start"),
    }[side]


def _touches(box: Box, others: Iterable[Box]) -> bool:
    return any(
        box[0] < o[2] and o[0] < box[2] and box[1] < o[3] and o[1] < box[3]
        for o in others
    )
