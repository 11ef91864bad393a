"""Atom feeds (RFC 4287), written with the standard library.

feedgen 1.0.0 leaves `rel`, `type` and `title` out of its links, and no later
release mends it.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode
from xml.etree import ElementTree

from data.dataset import Dataset
from data.words import ids

MEDIA_TYPE = "application/atom+xml; charset=utf-8"

_ATOM = "http://www.w3.org/2005/Atom"


def feed(
    *, tag: str, title: str, subtitle: str, updated: str, rights: str
) -> ElementTree.Element:
    """A feed without entries; `updated` is an ISO day, `tag` what the id names."""
    root = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    add_text(root, "id", identifier(tag))
    add_text(root, "title", title)
    add_text(root, "subtitle", subtitle)
    add_text(root, "updated", instant(updated))
    author = ElementTree.SubElement(root, "author")
    add_text(author, "name", "Parley")
    add_text(root, "rights", rights)
    return root


def add_entry(
    root: ElementTree.Element,
    *,
    tag: str,
    title: str,
    published: str,
    updated: str,
    page: str,
    sources: Iterable[tuple[str, str, str]],
    categories: Iterable[tuple[str, str]],
    summary: str,
) -> None:
    """One entry. `published` and `updated` are ISO days, `page` its address here,
    `sources` (publisher, title, url), `categories` (term, scheme)."""
    node = ElementTree.SubElement(root, "entry")
    add_text(node, "id", identifier(tag))
    add_text(node, "title", title)
    add_text(node, "published", instant(published))
    add_text(node, "updated", instant(updated))
    add_link(node, "alternate", page, "text/html")
    for publisher, name, url in sources:
        add_link(node, "related", url, "text/html", f"{publisher}: {name}")
    for term, scheme in categories:
        where = {"term": term, "scheme": identifier(scheme)}
        ElementTree.SubElement(node, "category", where)
    add_text(node, "summary", summary, type="text")


def linked_sources(
    cut: Dataset, source_ids: object
) -> tuple[tuple[str, str, str], ...]:
    """(publisher, title, url) of the pages known on the day that have an address."""
    pages = (cut.sources[i] for i in ids(source_ids) if i in cut.sources)
    return tuple(
        (page["publisher"], page["title"], page["url"])
        for page in pages
        if str(page["url"]).startswith(("https://", "http://"))
    )


def written(root: ElementTree.Element) -> bytes:
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def identifier(tag: str) -> str:
    """A tag URI: the same thing has the same one wherever the server stands."""
    return f"tag:parley,2022:{tag}"


def add_text(
    node: ElementTree.Element, name: str, text: str, **attributes: str
) -> None:
    ElementTree.SubElement(node, name, attributes).text = text


def add_link(
    node: ElementTree.Element, rel: str, href: str, kind: str, title: str = ""
) -> None:
    attributes = {"rel": rel, "href": href, "type": kind}
    if title:
        attributes["title"] = title
    ElementTree.SubElement(node, "link", attributes)


def instant(day: str) -> str:
    return f"{day}T00:00:00Z"


def query_of(pairs: Iterable[tuple[str, str]]) -> str:
    """'?name=value&…', or nothing."""
    encoded = urlencode(list(pairs))
    return f"?{encoded}" if encoded else ""
