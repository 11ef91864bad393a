"""How to cite a chart or the dataset: as text, BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from types import MappingProxyType
from urllib.parse import urlsplit

from data.words import day as day_in_words

COMPILER = "Parley"
DATASET = "The Russia–Ukraine negotiations since February 2022"

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

    `source` is the chart's source line: the claimants it names are the authors,
    compiled by Parley; if it names none, Parley is the author. `as_of` is an ISO date, `address` a permanent link.
    """
    title, said = _line(title).rstrip("."), _said(source)
    # Names begin with a capital; a description of tables is nobody's name.
    author = said if said[:1].isupper() else COMPILER
    remarks = [f"as of {day_in_words(as_of)}"]
    if author != COMPILER:
        remarks.insert(0, f"compiled by {COMPILER}")
    elif said != COMPILER:
        remarks.insert(0, f"from {said}")
    note = ", ".join(remarks)
    note = note[:1].upper() + note[1:]
    key = f"parley-{_slug(address)}-{as_of}"
    *before, dated = remarks
    plain = ", ".join(
        [f"{author} ({as_of[:4]})", f"“{title}”", *before, f"version {version}", dated]
    )
    plain = f"{plain}. {address}"
    bibtex = "\n".join(
        [
            f"@misc{{{key},",
            f"  title = {{{{{title.translate(_LATEX)}}}}},",
            f"  author = {{{{{author.translate(_LATEX)}}}}},",
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
        ("AU", author),
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
        "author": [{"literal": author}],
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


def _said(source: str) -> str:
    """The source line without its heading and its full stop."""
    return re.sub(r"^(data )?sources?: ", "", _line(source), flags=re.I).rstrip(".")


def _slug(address: str) -> str:
    """/charts/front-line-map.html?… → front-line-map."""
    name = PurePosixPath(urlsplit(address).path).stem
    return re.sub(r"[^a-z0-9-]+", "-", name.lower()).strip("-") or "dataset"


def _line(text: str) -> str:
    return " ".join(text.split())
