"""How to cite a chart or the dataset: as text, BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from types import MappingProxyType
from urllib.parse import parse_qsl, urlsplit
from zlib import crc32

from components.charts.chart import BASEMAP_CREDIT, MAP_CREDIT
from data.words import day as day_in_words
from data.words import listing

COMPILER = "Parley"
DATASET = "The Russia–Ukraine negotiations since February 2022"

# Whom a credit line names. Its own words stay in the chart and in its metadata.
_CREDITED = {
    MAP_CREDIT: "DeepState, NZZ/Liveuamap.",
    BASEMAP_CREDIT: "Natural Earth, GeoNames.",
    "NZZ / Liveuamap": "NZZ/Liveuamap",
}

_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    }
)


def cite(
    *, title: str, source: str, version: str, as_of: str, address: str
) -> Mapping[str, str]:
    """Four citations of one thing: `plain`, `bibtex`, `ris`, `csl` (JSON text).

    `source` is the chart's source line: the claimants and map makers it names are the
    authors, compiled by Parley; if it names none, Parley is the author. `as_of` is an
    ISO date, `address` a permanent link.
    """
    title, said = _line(title).rstrip("."), _said(source)
    named = authors(source) or (COMPILER,)
    remarks = [f"as of {day_in_words(as_of)}"]
    if named != (COMPILER,):
        remarks.insert(0, f"compiled by {COMPILER}")
    elif said != COMPILER:
        remarks.insert(0, f"from {said}")
    note = ", ".join(remarks)
    note = note[:1].upper() + note[1:]
    key = f"parley-{_slug(address)}-{as_of}{_options_mark(address)}"
    *before, dated = remarks
    plain = ", ".join(
        [
            f"{listing(named)} ({as_of[:4]})",
            f"“{title}”",
            *before,
            f"version {version}",
            dated,
        ]
    )
    plain = f"{plain}. {address}"
    bibtex = "\n".join(
        [
            f"@misc{{{key},",
            f"  title = {{{{{title.translate(_LATEX)}}}}},",
            f"  author = {{{' and '.join(_whole(name) for name in named)}}},",
            f"  year = {{{as_of[:4]}}},",
            f"  url = {{{address}}},",
            f"  note = {{{note.translate(_LATEX)}}},",
            f"  version = {{{version.translate(_LATEX)}}}",
            "}",
        ]
    )
    tags = (
        ("TY", "DATA"),
        ("ID", key),
        ("TI", title),
        *(("AU", name) for name in named),
        ("PY", as_of[:4]),
        ("DA", as_of.replace("-", "/")),
        ("PB", COMPILER),
        ("ET", version),
        ("N1", note),
        ("UR", address),
        ("ER", ""),
    )
    csl = {
        "id": key,
        "type": "dataset",
        "title": title,
        "author": [{"literal": name} for name in named],
        "issued": {"date-parts": [[int(part) for part in as_of.split("-")]]},
        "publisher": COMPILER,
        "version": version,
        "URL": address,
        "note": note,
    }
    return MappingProxyType(
        {
            "plain": plain,
            "bibtex": bibtex,
            "ris": "".join(f"{tag}  - {text}\r\n" for tag, text in tags),
            "csl": json.dumps([csl], ensure_ascii=False, indent=2),
        }
    )


def cite_dataset(*, version: str, as_of: str, address: str) -> Mapping[str, str]:
    """The same four for the dataset itself."""
    return cite(
        title=DATASET, source=COMPILER, version=version, as_of=as_of, address=address
    )


def authors(source: str) -> tuple[str, ...]:
    """Those whom a source line names, each once; none if it describes tables or pages.

    'Source: DeepState, ISW; own measurement.' → DeepState, ISW.
    """
    said = _line(source)
    for credit, names in _CREDITED.items():
        said = said.replace(credit, names)
    said = _said(said)
    # Names begin with a capital; how they were counted does not.
    if not said[:1].isupper():
        return ()
    parts = re.split(r"[;,] |(?<=[a-z)])\. ", said)
    names = [part.partition(": ")[0] for part in parts if part[:1].isupper()]
    if len(names) > 1:
        names += names.pop().split(" and ")
    shared = tuple(name.split("/")[0] for name in names if "/" in name)
    return tuple(dict.fromkeys(name for name in names if name not in shared))


def _whole(name: str) -> str:
    """A name that BibTeX takes for one word, whatever stands in it."""
    return f"{{{name.translate(_LATEX)}}}"


def _options_mark(address: str) -> str:
    """Tells two views of one chart apart; nothing for the chart as it is."""
    query = parse_qsl(urlsplit(address).query)
    options = [pair for pair in query if pair[0] != "as_of"]
    return f"-{crc32(repr(options).encode()):08x}" if options else ""


def _said(source: str) -> str:
    """The source line without its heading and its full stop."""
    return re.sub(r"^(data )?sources?: ", "", _line(source), flags=re.I).rstrip(".")


def _slug(address: str) -> str:
    """/charts/front-line-map.html?… → front-line-map."""
    name = PurePosixPath(urlsplit(address).path).stem
    return re.sub(r"[^a-z0-9-]+", "-", name.lower()).strip("-") or "dataset"


def _line(text: str) -> str:
    return " ".join(text.split())
