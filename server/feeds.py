"""The timeline as a calendar, as a news feed and for TimelineJS.

All three take `as_of` and the timeline's filters. An event in progress and a
candidate are marked in their titles, because a calendar shows nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from html import escape

import icalendar
from starlette.requests import Request
from starlette.responses import Response

from data.dataset import Dataset, dataset
from data.event_filters import Filters, filtered
from data.words import day as day_in_words
from data.words import period
from server import atom
from server.address import address
from server.answer import answer
from server.atom import query_of
from server.parameters import FILTERS, answered, parse_day, parse_filters

NEWEST = 100  # entries of the news feed where nothing is filtered

_NAME = "Parley: the Russia–Ukraine negotiations"
_CANDIDATE = "Candidate: it rests on pages that were not opened."


@dataclass(frozen=True)
class Asked:
    """A feed's request: the same value gives the same bytes.

    `base` is the server's address; `query` the parameters as asked, in order;
    `frozen` the as-of date if one was asked, else ''.
    """

    filters: Filters
    base: str
    query: tuple[tuple[str, str], ...]
    frozen: str

    def page(self, **parameters: str) -> str:
        """The timeline's address with these parameters, and the as-of date asked."""
        dated = {"as_of": self.frozen} if self.frozen else {}
        return f"{self.base}/timeline{query_of({**parameters, **dated}.items())}"

    @property
    def plain(self) -> bool:
        return self.filters == Filters()


@dataclass(frozen=True)
class Entry:
    """One event as every feed tells it. Days are ISO; `last_day` is inclusive."""

    event_id: str
    title: str
    summary: str
    start: str
    last_day: str
    precision: str
    in_progress: bool
    candidate: bool
    track: str
    event_type: str
    outcome: str
    place: str
    position: tuple[float, float] | None
    known_from: str
    sources: tuple[tuple[str, str, str], ...]  # publisher, title, url

    @property
    def marked_title(self) -> str:
        """The title; before it what a reader of the title alone must know."""
        marks = [
            mark
            for mark, holds in (
                ("Candidate", self.candidate),
                ("In progress", self.in_progress),
            )
            if holds
        ]
        return f"{', '.join(marks)}: {self.title}" if marks else self.title

    @property
    def when(self) -> str:
        if self.in_progress:
            return f"since {day_in_words(self.start, self.precision)}, in progress"
        if self.precision == "month":
            return f"{day_in_words(self.start, 'month')}, day not known"
        return period(self.start, self.last_day)

    @property
    def remarks(self) -> list[str]:
        """What qualifies the summary, each a sentence."""
        said = [f"{self.when[0].upper()}{self.when[1:]}."]
        if self.candidate:
            said.append(_CANDIDATE)
        return said


@answered
def calendar(request: Request) -> Response:
    """`/events.ics`: all-day events."""
    return _answer(request, _ics, "text/calendar; charset=utf-8", "ics")


@answered
def news(request: Request) -> Response:
    """`/events.atom`: the newest events first."""
    return _answer(request, _atom, atom.MEDIA_TYPE, "atom")


@answered
def timelinejs(request: Request) -> Response:
    """`/events.timelinejs.json`: for TimelineJS 3."""
    return _answer(request, _timelinejs, "application/json", "timelinejs.json")


def entries(cut: Dataset, filters: Filters) -> list[Entry]:
    """The matching events of the cut dataset, by their first day."""
    places = cut["places"].set_index("place_id").to_dict("index")
    labels = {f: cut.labels("events", f) for f in ("track", "event_type", "outcome")}
    rows = filtered(cut, filters).sort_values(["start_date", "event_id"], kind="stable")
    return [_entry(row, places, labels, cut) for row in rows.to_dict("records")]


def _entry(row: dict, places: dict, labels: dict, cut: Dataset) -> Entry:
    place = places.get(row["place_id"], {})
    return Entry(
        event_id=row["event_id"],
        title=row["title"],
        summary=row["summary"],
        start=row["start_date"],
        last_day=row["last_day"],
        precision=row["date_precision"],
        in_progress=bool(row["in_progress"]),
        candidate=row["status"] == "candidate",
        track=labels["track"][row["track"]],
        event_type=labels["event_type"][row["event_type"]],
        outcome=labels["outcome"][row["outcome"]],
        place=place.get("name", ""),
        position=(place["lat"], place["lon"]) if place else None,
        known_from=row["known_from"],
        sources=atom.linked_sources(cut, row["source_ids"]),
    )


def _answer(
    request: Request, write: Callable[[Dataset, Asked], bytes], kind: str, form: str
) -> Response:
    day = parse_day(request)
    asked = Asked(
        filters=parse_filters(request, day),
        base=address(request),
        query=tuple(sorted(request.query_params.multi_items())),
        frozen=day if "as_of" in request.query_params else "",
    )
    body = write(dataset().as_of(day), asked)
    return answer(request, body, kind, filename=f"parley-events.{form}")


# --- calendar ----------------------------------------------------------------


@lru_cache(maxsize=16)
def _ics(cut: Dataset, asked: Asked) -> bytes:
    found = icalendar.Calendar()
    found.add("prodid", "-//Parley//Events//EN")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    # The older names are what calendars read; the newer are the standard's.
    for name in ("name", "x-wr-calname"):
        found.add(name, _NAME)
    for name in ("description", "x-wr-caldesc"):
        found.add(name, _description(cut))
    found.add("refresh-interval", timedelta(days=1), {"value": "DURATION"})
    found.add("x-published-ttl", "P1D")
    # A stamp of the moment would change the bytes; the dataset's own date does not.
    stamp = datetime.fromisoformat(cut.package.descriptor["created"]).astimezone(UTC)
    for entry in entries(cut, asked.filters):
        found.add_component(_calendar_event(entry, asked, stamp))
    return found.to_ical()


def _calendar_event(entry: Entry, asked: Asked, stamp: datetime) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{entry.event_id}@parley")
    event.add("dtstamp", stamp)
    event.add("dtstart", date.fromisoformat(entry.start))
    # The end of an all-day event is the first day after it.
    event.add("dtend", date.fromisoformat(entry.last_day) + timedelta(days=1))
    event.add("summary", entry.marked_title)
    sources = [f"{publisher}: {url}" for publisher, _, url in entry.sources]
    lines = [entry.summary, *entry.remarks, f"Outcome: {entry.outcome}.", *sources]
    event.add("description", "\n".join(lines))
    event.add("categories", [entry.track, entry.event_type])
    if entry.place:
        event.add("location", entry.place)
    if entry.position:
        event.add("geo", entry.position)
    event.add("url", asked.page(event=entry.event_id))
    event.add("status", "TENTATIVE" if entry.candidate else "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # nobody is busy because of it
    return event


# --- news feed ---------------------------------------------------------------


@lru_cache(maxsize=16)
def _atom(cut: Dataset, asked: Asked) -> bytes:
    found = entries(cut, asked.filters)[::-1]
    if asked.plain:
        found = found[:NEWEST]
    feed = atom.feed(
        tag=f"events{query_of(asked.query)}",
        title=_NAME,
        subtitle=_description(cut),
        updated=max((_changed(entry) for entry in found), default=cut.day),
        rights=cut.package.descriptor["licenses"][0]["title"],
    )
    own = f"{asked.base}/events.atom{query_of(asked.query)}"
    filters = [(n, v) for n, v in asked.query if n in FILTERS or n == "as_of"]
    page = f"{asked.base}/timeline{query_of(filters)}"
    atom.add_link(feed, "self", own, "application/atom+xml")
    atom.add_link(feed, "alternate", page, "text/html")
    for entry in found:
        atom.add_entry(
            feed,
            tag=f"event/{entry.event_id}",
            title=entry.marked_title,
            published=entry.known_from,
            updated=_changed(entry),
            page=asked.page(event=entry.event_id),
            sources=entry.sources,
            categories=((entry.track, "track"), (entry.event_type, "type")),
            summary=" ".join([entry.summary, *entry.remarks]),
        )
    return atom.written(feed)


def _changed(entry: Entry) -> str:
    """The day an entry last changed: its end, once it had ended."""
    return (
        entry.known_from if entry.in_progress else max(entry.known_from, entry.last_day)
    )


# --- TimelineJS --------------------------------------------------------------


@lru_cache(maxsize=16)
def _timelinejs(cut: Dataset, asked: Asked) -> bytes:
    found = {
        "scale": "human",
        "title": {
            "unique_id": "parley",
            "text": {"headline": escape(_NAME), "text": escape(_description(cut))},
        },
        "events": [_slide(entry, asked) for entry in entries(cut, asked.filters)],
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def _slide(entry: Entry, asked: Asked) -> dict[str, object]:
    """One slide; TimelineJS takes the texts as HTML, so ours are escaped."""
    slide: dict[str, object] = {
        "unique_id": entry.event_id,
        "start_date": _date(entry.start, entry.precision),
        "display_date": escape(entry.when),
        "group": entry.track,
        "autolink": False,
        "text": {"headline": escape(entry.marked_title), "text": _html(entry, asked)},
    }
    ended = not entry.in_progress and entry.precision == "day"
    if ended and entry.last_day != entry.start:
        slide["end_date"] = _date(entry.last_day, entry.precision)
    return slide


def _date(day: str, precision: str) -> dict[str, int]:
    year, month, number = (int(part) for part in day.split("-"))
    known = {"year": year, "month": month, "day": number}
    if precision == "month":
        del known["day"]
    return known


def _html(entry: Entry, asked: Asked) -> str:
    def linked(href: str, text: str, title: str = "") -> str:
        said = f' title="{escape(title)}"' if title else ""
        return f'<a href="{escape(href)}"{said}>{escape(text)}</a>'

    paragraphs = [escape(entry.summary)]
    if entry.candidate:
        paragraphs.append(f"<em>{_CANDIDATE}</em>")
    if entry.sources:
        pages = ", ".join(linked(url, who, what) for who, what, url in entry.sources)
        paragraphs.append(f"Sources: {pages}")
    paragraphs.append(linked(asked.page(event=entry.event_id), "In Parley"))
    return "".join(f"<p>{p}</p>" for p in paragraphs)


def _description(cut: Dataset) -> str:
    return (
        f"Events as known on {day_in_words(cut.day)}, each with its sources. "
        f"Dataset {cut.version}."
    )
