"""The charts of texts and issues: what is drawn, in which order, said how."""

from __future__ import annotations

import math
import re

import pandas as pd
import pytest

from components.charts import proposal_matrix, text_lineage
from components.charts.chart import draw
from components.charts.reading import room, wrapped
from components.export.fonts import length
from components.view import View
from data.dataset import Dataset
from data.positions import issues
from data.words import day as in_words

NAMES = ("proposal-matrix", "issue-history", "text-lineage")
DAYS = [
    day.strftime("%Y-%m-%d")
    for day in pd.date_range("2022-02-21", "2026-10-09", periods=40)
]
MONTHS = {in_words(f"2025-{m:02}-01").split()[1]: m for m in range(1, 13)}


def view(as_of: str = "2026-10-09", width: int = 1200, **options: str) -> View:
    return View(as_of=as_of, width=width).having(**options)


def written(figure) -> list[str]:
    """Everything that stands in a drawing: words, hovers, heads, ids."""
    found = [a.text for a in figure.layout.annotations]
    for trace in figure.data:
        for held in (trace.text, trace.hovertext, trace.customdata):
            if held is not None:
                found += [held] if isinstance(held, str) else [str(v) for v in held]
    return found


def later(text: str, as_of: str) -> list[str]:
    """Full dates and months in `text` that lie after the as-of date."""
    dates = re.findall(rf"(\d{{1,2}} )?({'|'.join(MONTHS)}) (20\d\d)", text)
    return [
        " ".join(found)
        for found in dates
        if f"{found[2]}-{MONTHS[found[1]]:02}"
        + (f"-{int(found[0]):02}" if found[0] else "")
        > as_of
    ]


@pytest.mark.parametrize("width", [1840, 1200, 640, 358])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_later_is_drawn_or_said_on_forty_days(
    whole: Dataset, name: str, width: int
) -> None:
    for as_of in DAYS if width == 1200 else DAYS[::8]:
        shown = draw(name, whole, view(as_of, width))
        said = [
            shown.summary,
            shown.words.title,
            shown.words.subtitle,
            shown.words.note,
        ]
        assert later(" ".join([*said, *written(shown.figure)]), as_of) == []
        assert (shown.frame["date"] <= as_of).all()
        assert not shown.words.title.endswith(".") and "\n" not in shown.words.title


@pytest.mark.parametrize("name", NAMES)
def test_the_framework_of_20_points_is_nowhere_on_1_december_2025(
    whole: Dataset, name: str
) -> None:
    for issue in issues(whole)["issue_id"] if name == "issue-history" else ["crimea"]:
        options = {} if name == "text-lineage" else {"issue": issue}
        shown = draw(name, whole, view("2025-12-01", **options))
        everything = " ".join(
            [*written(shown.figure), *shown.words.__dict__.values(), shown.summary]
        )
        assert "20-point" not in everything and "twenty-point" not in everything


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_every_term_has_its_square_or_its_line(whole: Dataset, theme: str) -> None:
    shown = draw("proposal-matrix", whole, View("2026-10-09", theme=theme, width=1840))
    squares = sum(
        len(t.x) for t in shown.figure.data
        if t.mode == "markers" and t.marker.opacity == 1
    )  # fmt: skip
    unfolded = (shown.frame["issue_id"] == "armed-forces-size").sum()
    assert squares + unfolded == 233
    assert "Limit of 600,000 personnel." in written(shown.figure)
    assert written(shown.figure).count("–") == 31 - unfolded


def test_rows_run_by_date_and_the_year_is_bold_where_it_changes(whole: Dataset) -> None:
    shown = draw("proposal-matrix", whole, view())
    labels = next(
        list(t.text)
        for t in shown.figure.data
        if t.mode == "text" and "<b>Dec 2021</b>" in t.text
    )
    assert labels[:4] == ["<b>Dec 2021</b>", "<b>Mar 2022</b>", "Apr", "Nov"]
    assert sum(label.startswith("<b>") for label in labels) == 6


def test_a_square_carries_text_and_issue_a_head_its_issue(whole: Dataset) -> None:
    ids = written(draw("proposal-matrix", whole, view()).figure)
    assert "us-28-points-2025|crimea" in ids
    assert "|crimea" in ids
    assert "us-28-points-2025|" in ids
    assert "us-28-points-2025|armed-forces-size" in ids


def test_titles_say_what_is_chosen(whole: Dataset) -> None:
    def title(**options: str | list[str]) -> str:
        return draw("proposal-matrix", whole, view(**options)).words.title

    assert title() == (
        "Size of the armed forces: a term in 17 of 31 texts, most recently "
        "Paris Declaration (6 January 2026)"
    )
    assert title(text="us-28-points-2025") == (
        "28-point plan of 20 November 2025: terms on all 17 issues"
    )
    pair = dict(text="twenty-point-framework-2025", against="us-28-points-2025")
    assert title(**pair) == (
        "28-point plan and 20-point framework: both have terms on 15 issues, "
        "two only in 28-point plan"
    )
    assert "by Russia" in title(author=["russia"])


def test_a_text_that_is_not_known_marks_nothing(whole: Dataset) -> None:
    plain = draw("proposal-matrix", whole, view("2025-12-01"))
    asked = draw(
        "proposal-matrix", whole, view("2025-12-01", text="twenty-point-framework-2025")
    )
    assert asked.words == plain.words
    assert written(asked.figure) == written(plain.figure)


def test_no_column_and_no_word_says_whom_a_term_suits(whole: Dataset) -> None:
    for name in NAMES:
        shown = draw(name, whole, view())
        said = " ".join(
            [*shown.columns.values(), *shown.words.__dict__.values()]
        ).lower()
        for word in ("favour", "concession", "win", "pro-", "victory for", "capitulat"):
            assert not re.search(rf"\b{word}", said), (name, word)


def test_arrows_stand_only_for_recorded_steps(whole: Dataset) -> None:
    shown = draw("text-lineage", whole, view())
    heads = [
        t for t in shown.figure.data if (t.marker.symbol or "").startswith("triangle")
    ]
    assert len(heads) == whole["proposals"]["supersedes_id"].notna().sum() == 6
    assert shown.frame["follows"].tolist().count("–") == 3


def test_no_line_of_texts_before_the_first_step_was_known(whole: Dataset) -> None:
    shown = draw("text-lineage", whole, view("2022-05-01"))
    assert shown.words.title == "No text is recorded as replacing another by 1 May 2022"
    assert shown.frame.empty


def test_on_a_phone_every_text_has_its_sentence_in_full(whole: Dataset) -> None:
    shown = draw("proposal-matrix", whole, view(width=358, issue="ceasefire"))
    lines = " ".join(written(shown.figure))
    assert "us-28-points-2025|ceasefire" in lines
    for term in shown.frame.loc[shown.frame["issue_id"] == "ceasefire", "term"]:
        assert term.split()[-1] in lines
    assert "…" not in lines


def test_room_and_wrapping() -> None:
    assert room(622) == 99
    assert wrapped("one two three", 7) == "one two<br>three"


@pytest.mark.parametrize("width", [640, 760, 881, 1000, 1200, 1900])
@pytest.mark.parametrize("issue", [None, "crimea"])
def test_the_last_slanted_head_ends_within_the_drawing(
    whole: Dataset, width: int, issue: str | None
) -> None:
    view = View("2026-10-09", width=width).having(issue=issue)
    drawn = proposal_matrix.figure(proposal_matrix.frame(whole, view), view)
    for head in drawn.layout.annotations:
        if head.textangle:
            across = length(head.text, "sans", head.font.size) * math.cos(
                math.radians(52)
            )
            assert head.x + across + 6 < width


@pytest.mark.parametrize("width", [900, 923, 1000, 1200, 1900])
def test_no_two_boxes_of_the_lineage_touch(whole: Dataset, width: int) -> None:
    view = View("2026-10-09", width=width)
    frame = text_lineage.frame(whole, view)
    box = text_lineage._fitting(frame, view, frame["date"].nunique())
    step = (width - box.width - 2) / (frame["date"].nunique() - 1)
    assert step - box.width >= 13
