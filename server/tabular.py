"""Rows as CSV that a spreadsheet cannot be harmed by, and as JSON."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

# A spreadsheet runs a text cell that begins with one of these as a formula; the
# wide forms count because some convert them on opening.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")

_UNIT_IN_NAME = {"km²": "km2", "sq mi": "sq_mi", "%": "pct", "°": "deg"}


def safe_csv(frame: pd.DataFrame, units: Mapping[str, str] | None = None) -> bytes:
    """The frame as CSV (UTF-8, RFC 4180), ready for a spreadsheet.

    Text that would be run as a formula gets a leading apostrophe; numbers stay
    numbers. `units` (column → unit) are put into the names of the columns that
    do not say theirs. Missing values are empty, booleans `true` and `false`.
    """
    units = units or {}
    columns = {
        named_with_unit(str(name), units.get(str(name), "")): _cells(frame[name])
        for name in frame.columns
    }
    shown = pd.DataFrame(columns, index=frame.index)
    shown.columns = [_defused(name) for name in shown.columns]
    return shown.to_csv(index=False, lineterminator="\r\n").encode()


def json_rows(frame: pd.DataFrame) -> list[dict[str, object]]:
    """A list of objects by column name; missing values are None."""
    plain = frame.astype(object)
    return plain.where(frame.notna(), None).to_dict("records")


def named_with_unit(name: str, unit: str) -> str:
    """value_low + people → value_low_people; occupied_km2 + km² stays."""
    word = _UNIT_IN_NAME.get(unit, unit)
    return name if not word or word in name.split("_") else f"{name}_{word}"


def _cells(column: pd.Series) -> pd.Series:
    if pd.api.types.is_bool_dtype(column.dtype):
        return column.map({True: "true", False: "false"}).astype("str")
    if pd.api.types.is_numeric_dtype(column.dtype):
        return column
    return column.map(_defused)


def _defused(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
