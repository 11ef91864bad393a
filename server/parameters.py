"""Query parameters, read strictly: what is not allowed is refused with a reason.

A route is wrapped in `answered`; inside it calls

    view = parse_view(request, chart)    chart: a module of components/charts
    size = parse_size(request)           Size(width, height or None, name)
    scale = parse_scale(request)         1, 2 or 3
    paper = parse_theme(request)         "light", "dark" or "print"
    day = parse_day(request)             as-of date (ISO)
    filters = parse_filters(request)     the timeline's filters (data/event_filters.py)

and whatever is wrong raises `Refused`, which `answered` turns into a 400
`application/problem+json` that names the parameter, the value and what is
allowed. `parse_view` checks the whole query: a name that neither every chart
nor this one knows is refused with the names that are near it. The same query
string therefore works on every form of a chart (.png, .csv, .html, …). A route
without a chart checks its names with `expect_only`. `also` admits
a route's own parameters, which the route then reads with `single` or `one_of`.
"""

from __future__ import annotations

import difflib
import functools
import inspect
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from components.address import PIXELS, SCALES
from components.charts.chart import Option
from components.theme.palette import Theme
from components.view import View
from data.checks import BrokenDataset
from data.dataset import Dataset, dataset
from data.event_filters import Filters
from data.positions import authors
from server.problem import problem

THEMES = ("light", "dark", "print")
UNITS = ("km", "mi")
LANGUAGES = ("en",)  # reserved, so that other languages break no address

# The timeline's filters by their names in the page's URL. Those that may be
# repeated: any of their values will do.
REPEATED = ("track", "type", "actor", "place", "level", "outcome", "significance")
FILTERS = ("from", "to", *REPEATED, "text")

# What every address of a chart takes, whichever form it asks for.
COMMON = ("as_of", "units", "theme", "size", "scale", "lang")

_LONGEST = 200  # characters of a value; of a refused one, 80 are repeated
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WIDTH_BY_HEIGHT = re.compile(r"([0-9]{1,5})x([0-9]{1,5})")


@dataclass(frozen=True)
class Size:
    """Width and height of a picture in px; without a height, the chart's own."""

    width: int
    height: int | None
    name: str


SIZES: Mapping[str, Size] = MappingProxyType(
    {
        size.name: size
        for size in (
            Size(1200, 675, "social"),
            Size(1080, 1080, "square"),
            Size(1920, 1080, "slide"),
            Size(640, None, "column"),
        )
    }
)


class Refused(Exception):
    """A parameter that cannot be honoured: which, its value, what is allowed.

    `allowed` lists the values or names there are, `expected` says it in words,
    `near` holds those that resemble what was asked.
    """

    def __init__(
        self,
        parameter: str,
        value: str | Sequence[str],
        *,
        title: str = "This value is not allowed",
        expected: str = "",
        allowed: Iterable[str] = (),
        near: Iterable[str] = (),
    ) -> None:
        super().__init__(f"{title}: {parameter}")
        self.title = title
        found = value if isinstance(value, str) else [_cut(v) for v in value[:5]]
        self.members: dict[str, object] = {
            "parameter": _cut(parameter),
            "value": _cut(found) if isinstance(found, str) else found,
            "expected": expected,
            "allowed": list(allowed),
            "near": list(near),
        }

    def answer(self) -> Response:
        members = {k: v for k, v in self.members.items() if v or k == "value"}
        return problem(400, self.title, **members)


def answered(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    """A route whose refused parameters, and a broken dataset, are told as problems."""

    def told(error: Exception) -> Response:
        if isinstance(error, Refused):
            return error.answer()
        return problem(503, "The dataset cannot be shown", expected="see /healthz")

    if inspect.iscoroutinefunction(endpoint):

        @functools.wraps(endpoint)
        async def later(request: Request) -> Response:
            try:
                return await endpoint(request)
            except (Refused, BrokenDataset) as error:
                return told(error)

        return later

    @functools.wraps(endpoint)
    def now(request: Request) -> Response:
        try:
            return endpoint(request)
        except (Refused, BrokenDataset) as error:
            return told(error)

    return now


def parse_view(request: Request, chart: Any, *, also: Iterable[str] = ()) -> View:
    """The view that the query asks of `chart`, the whole query checked.

    The width is the size's. `also` names parameters that the route itself takes.
    """
    options: Mapping[str, Option] = chart.OPTIONS
    expect_only(
        request,
        (*COMMON, *options, *also),
        many=(n for n, o in options.items() if o.many),
    )
    parse_scale(request)
    one_of(request, "lang", LANGUAGES, "en")
    whole = dataset()
    day = parse_day(request)
    view = View(
        as_of=day,
        units=one_of(request, "units", UNITS, "km"),
        theme=parse_theme(request),
        width=parse_size(request).width,
    )
    asked = {name: _option(request, name, o, whole, day) for name, o in options.items()}
    _in_order(asked.get("from"), asked.get("to"))
    return view.having(**asked)


def parse_day(request: Request, name: str = "as_of") -> str:
    """The as-of date (ISO), the latest if none is asked."""
    whole = dataset()
    first, last = whole.first_day, whole.closing.latest
    asked = single(request, name)
    return last if asked is None else day_within(name, asked, first, last)


def parse_filters(request: Request, day: str) -> Filters:
    """The timeline's filters for the as-of date `day`, the whole query checked."""
    expect_only(request, ("as_of", *FILTERS), many=REPEATED)
    whole = dataset()
    asked = request.query_params

    def values(name: str) -> tuple[str, ...]:
        read = _FORMS[name]
        return tuple(sorted({read(name, v, whole, day) for v in asked.getlist(name)}))

    period = {
        name: _day(name, asked[name], whole, day)
        for name in ("from", "to")
        if name in asked
    }
    _in_order(period.get("from"), period.get("to"))
    return Filters(
        first=period.get("from"),
        last=period.get("to"),
        track=values("track"),
        event_type=values("type"),
        actor=values("actor"),
        place=values("place"),
        level=values("level"),
        outcome=values("outcome"),
        significance=values("significance"),
        text=text_of("text", asked.get("text", "")),
    )


def parse_size(request: Request, default: str = "social") -> Size:
    """A named size or WxH in px."""
    asked = single(request, "size")
    if asked is None:
        return SIZES[default]
    if asked in SIZES:
        return SIZES[asked]
    least, greatest = PIXELS
    found = _WIDTH_BY_HEIGHT.fullmatch(asked)
    if found:
        width, height = int(found[1]), int(found[2])
        if least <= width <= greatest and least <= height <= greatest:
            return Size(width, height, f"{width}x{height}")
    raise Refused(
        "size",
        asked,
        expected=f"a named size, or WIDTHxHEIGHT from {least} to {greatest} px each",
        allowed=SIZES,
        near=difflib.get_close_matches(asked[:_LONGEST], SIZES, n=2),
    )


def parse_scale(request: Request) -> int:
    """Pixels of a PNG to a px of its size."""
    return int(one_of(request, "scale", SCALES, "1"))


def parse_theme(request: Request) -> Theme:
    """light, dark or print."""
    return one_of(request, "theme", THEMES, "light")


def expect_only(
    request: Request, known: Iterable[str], *, many: Iterable[str] = ()
) -> None:
    """Refuse a name that is not known, and a repeated one that takes one value."""
    known, many = tuple(known), set(many)
    names = [name for name, _ in request.query_params.multi_items()]
    for name in names:
        if name not in known:
            raise Refused(
                name,
                request.query_params[name],
                title="There is no such parameter here",
                allowed=known,
                near=difflib.get_close_matches(name[:_LONGEST].lower(), known, n=3),
            )
        if name not in many:
            single(request, name)


def single(request: Request, name: str) -> str | None:
    """The parameter's one value; None if it was not asked for."""
    values = request.query_params.getlist(name)
    if len(values) > 1:
        raise Refused(
            name,
            values,
            title="This parameter takes one value",
            expected=f"{name} once, not {len(values)} times",
        )
    return values[0] if values else None


def one_of(request: Request, name: str, allowed: Sequence[str], default: str) -> str:
    """One of the allowed values, `default` if none was asked."""
    asked = single(request, name)
    return default if asked is None else among(name, asked, allowed)


def among(name: str, asked: str, allowed: Sequence[str]) -> str:
    """`asked` if it is allowed. Of more than 40 allowed values, the near are told."""
    if asked in allowed:
        return asked
    few = len(allowed) <= 40
    raise Refused(
        name,
        asked,
        expected="" if few else f"one of {len(allowed):,} ids, such as {allowed[0]}",
        allowed=allowed if few else (),
        near=near_to(asked, allowed),
    )


def near_to(asked: str | Sequence[str], allowed: Sequence[str]) -> list[str]:
    """The allowed values that resemble what was asked."""
    if not isinstance(asked, str):
        return []
    return difflib.get_close_matches(asked[:_LONGEST].lower(), allowed, n=3)


def day_within(name: str, asked: str, first: str, last: str) -> str:
    """An ISO date from `first` to `last`."""
    try:
        day = date.fromisoformat(asked) if _ISO_DATE.fullmatch(asked) else None
    except ValueError:
        day = None
    if day is None or not first <= asked <= last:
        raise Refused(
            name, asked, expected=f"a date, YYYY-MM-DD, from {first} to {last}"
        )
    return asked


def text_of(name: str, asked: str) -> str:
    """Free text of a bearable length, without control characters."""
    if len(asked) > _LONGEST or not all(c.isprintable() for c in asked):
        raise Refused(
            name, asked, expected=f"at most {_LONGEST} characters, all printable"
        )
    return asked


def _option(
    request: Request, name: str, option: Option, whole: Dataset, day: str
) -> object:
    """The value of a chart's option; None if it was not asked for."""
    asked = request.query_params.getlist(name)
    if not asked:
        return None
    if option.values is not None:
        found = [among(name, value, option.values) for value in asked]
    else:
        read = _FORMS.get(option.kind or name, _text)
        found = [read(name, value, whole, day) for value in asked]
    return tuple(found) if option.many else found[0]


def _in_order(first: object, last: object) -> None:
    """Refuse a period that ends before it begins; None is an open end."""
    if first is not None and last is not None and str(first) > str(last):
        raise Refused("to", str(last), expected=f"a date from {first} on")


def _day(name: str, asked: str, whole: Dataset, day: str) -> str:
    # A day after the as-of date is no error here: a chart draws to the earlier one,
    # so that a page's link holds when only its as-of date is changed.
    return day_within(name, asked, whole.first_day, whole.closing.latest)


def _known(name: str, asked: str, whole: Dataset, day: str) -> str:
    """A day of which something can be known on the as-of date.

    The drawing of an earlier day would else go by the name of the one asked for.
    """
    return day_within(name, asked, whole.first_day, day)


def _compared(name: str, asked: str, whole: Dataset, day: str) -> str:
    return asked if asked == "none" else _known(name, asked, whole, day)


def _id(name: str, asked: str, whole: Dataset, day: str) -> str:
    """The id of an actor, event or place known on the day."""
    known = whole.as_of(day)[f"{name}s"][f"{name}_id"]
    return among(name, asked, tuple(known))


def _author(name: str, asked: str, whole: Dataset, day: str) -> str:
    """The id of an author of a text known on the day."""
    return among(name, asked, tuple(authors(whole.as_of(day))))


def _proposal(name: str, asked: str, whole: Dataset, day: str) -> str:
    """The id of a text known on the day."""
    return among(name, asked, tuple(whole.as_of(day)["proposals"]["proposal_id"]))


def _label(name: str, asked: str, whole: Dataset, day: str) -> str:
    """A value of one of the events' enums."""
    column = "event_type" if name == "type" else name
    return among(name, asked, tuple(whole.labels("events", column)))


def _text(name: str, asked: str, whole: Dataset, day: str) -> str:
    return text_of(name, asked)


def _count(name: str, asked: str, whole: Dataset, day: str) -> str:
    if asked != "automatic" and not re.fullmatch(r"[0-9]{1,4}", asked):
        raise Refused(name, asked, expected="a whole number up to 9999, or automatic")
    return asked


# An option without listed values means the same on every page, so its name, or else
# its kind, says what it may hold.
_FORMS: Mapping[str, Callable[[str, str, Dataset, str], str]] = MappingProxyType(
    {
        "from": _day,
        "to": _day,
        "day": _known,
        "compare": _compared,
        "actor": _id,
        "event": _id,
        "place": _id,
        "deal": _id,
        "claim": _id,
        "issue": _id,
        "author": _author,
        "proposal": _proposal,
        "least": _count,
        "track": _label,
        "type": _label,
        "level": _label,
        "outcome": _label,
        "significance": _label,
        "text": _text,
    }
)


def _cut(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
