"""Actors: offices, rooms, delegations and meetings as known on a day."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from components.charts import meeting_network
from components.charts.chart import catalogue, draw
from components.charts.office_bars import DayAxis, last_day, office_period
from components.charts.packing import pack
from components.theme.palette import SIDE
from components.view import View
from components.widgets.actor import contrast, on_colour
from data.actors import (
    acted_for,
    delegations_for,
    delegations_of,
    directory,
    folded,
    found,
    meetings,
    met_with,
    most_recorded,
    named_in_rounds,
    offices_of,
    offices_on_day,
    people_of,
    positions_of,
    quotes_of,
    rooms,
    talks_rounds,
)
from data.dataset import Dataset

SEED = "2025-05-16"

CHARTS = (
    "actor-timeline",
    "in-rooms-with",
    "organization-people",
    "delegations-by-round",
    "meeting-network",
)
DAYS = [
    "2022-02-21", "2022-02-24", "2022-02-28", "2022-03-03", "2022-03-10",
    *[f"{y}-{m:02}-16" for y in (2022, 2023, 2024, 2025, 2026) for m in (4, 6, 8, 10)][:-1],
    "2025-01-20", "2025-02-18", "2025-05-15", "2025-05-16", "2025-06-02", "2025-07-23",
    "2025-09-04", "2025-11-23", "2025-12-04", "2026-01-22", "2026-01-23", "2026-02-04",
    "2026-02-17", "2026-10-09", "2026-12-31",
]  # fmt: skip
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"


# The directory


def test_the_latest_directory_holds_every_actor(whole: Dataset):
    assert len(directory(whole)) == 417
    assert directory(whole)["actor_id"].is_unique


def test_nobody_is_listed_before_the_record_names_them(seed: Dataset):
    assert "josh-gruenbaum" not in set(directory(seed)["actor_id"])
    assert {"rustem-umerov", "vladimir-medinsky", "hakan-fidan"} <= set(
        directory(seed)["actor_id"]
    )


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("умєров", "Rustem Umerov"),
        ("UMIEROV rustem", "Rustem Umerov"),
        ("Мединский", "Vladimir Medinsky"),
        ("erdogan", "Recep Tayyip Erdoğan"),
        ("ERDOĞAN", "Recep Tayyip Erdoğan"),
        ("gunter sautter", "Günter Sautter"),
    ],
)
def test_search_finds_native_spellings_aliases_and_names_without_accents(
    whole: Dataset, typed: str, name: str
):
    assert name in found(whole, typed)["name"].tolist()


def test_folding_leaves_no_accent_and_no_capital():
    assert folded("Kılıç Şóø Łukasz Єрмак’") == "kilic soo lukasz єрмак'"


def test_search_by_office_follows_the_date(whole: Dataset, seed: Dataset):
    minister = "minister of defence"
    assert "Rustem Umerov" in found(seed, minister)["name"].tolist()
    assert "Rustem Umerov" not in found(whole, minister)["name"].tolist()


def test_filters_keep_only_the_sides_and_kinds_asked_for(whole: Dataset):
    rows = found(whole, sides=("russia",), kinds=("person",))
    assert set(rows["side"]) == {"russia"}
    assert set(rows["kind"]) == {"person"}
    assert found(whole, "no such person at all").empty


# Offices


def test_on_the_seed_day_umerov_is_minister_and_head_of_the_delegation(seed: Dataset):
    held = offices_on_day(seed)["rustem-umerov"]
    assert held.basis == "held"
    assert set(held.titles) == {
        "Minister of Defence",
        "Head of the Ukrainian delegation at the Istanbul talks",
    }


def test_on_the_seed_day_medinsky_is_an_aide_to_the_president_of_russia(seed: Dataset):
    assert (
        "Aide to the President of Russia"
        in offices_on_day(seed)["vladimir-medinsky"].titles
    )


def test_no_later_office_end_or_text_is_told(whole: Dataset):
    for day in DAYS:
        data = whole.as_of(day)
        offices = data["offices"]
        if data is not whole:
            assert (offices["start_date"].dropna() <= day).all()
            assert not (offices["end_date"] > day).any()
            actors = data["actors"]
            assert actors.loc[actors["bio_known_from"] > day, "bio"].isna().all()
        assert all(held.until <= day for held in offices_on_day(data).values())


def test_an_open_office_is_the_last_known_one(whole: Dataset):
    held = offices_on_day(whole)["rustem-umerov"]
    assert held.open_ended
    assert held.titles[-1] == "Secretary of the National Security and Defence Council"


def test_an_office_without_dates_is_not_held_but_recorded(whole: Dataset):
    undated = [h for h in offices_on_day(whole).values() if h.basis == "undated"]
    assert undated
    assert all(h.until == "" for h in undated)


def test_an_organization_s_people_come_in_order_of_their_start(whole: Dataset):
    people = people_of(whole, "white-house")
    assert {"Steve Witkoff", "Marco Rubio"} <= set(people["name"])
    assert people["since"].dropna().is_monotonic_increasing


def test_offices_of_umerov_are_all_seven(whole: Dataset, seed: Dataset):
    assert len(offices_of(whole, "rustem-umerov")) == 7
    assert len(offices_of(seed, "rustem-umerov")) == 5


def test_a_month_s_end_is_its_last_day_and_a_named_day_stays():
    assert last_day("2025-07-01", "month") == "2025-07-31"
    assert last_day("2025-07-17", "month") == "2025-07-17"
    assert last_day("2022-01-01", "year") == "2022-12-31"
    assert last_day("2022-09-07", "year") == "2022-09-07"


def test_an_office_s_period_says_what_is_not_known():
    nothing = float("nan")
    office = dict(start_date=nothing, end_date=nothing, date_precision=nothing)
    assert office_period(office) == "dates not known"
    assert office_period({**office, "end_date": "2025-01-20"}) == (
        "to 20 January 2025, start not known"
    )
    assert office_period(
        {**office, "start_date": "2025-07-01", "date_precision": "month"}
    ) == ("from July 2025, end not known")


# Rooms and meetings


def test_umerov_s_rooms_are_his_participations(whole: Dataset, seed: Dataset):
    participants = whole["event_participants"]
    assert len(rooms(whole, "rustem-umerov")) == (
        (participants["actor_id"] == "rustem-umerov").sum()
    )
    events = rooms(seed, "rustem-umerov")
    assert events["start_date"].max() == "2025-05-16"
    first = events.set_index("event_id").loc["2025-05-16-istanbul-first-round"]
    assert first["role"] == "head_of_delegation"
    assert first["on_behalf_of"] == "ukraine"
    assert "Dolmabahçe" in first["place"]


def test_a_state_s_events_name_who_acted_for_it(seed: Dataset):
    events = rooms(seed, "ukraine").set_index("event_id")
    assert "Rustem Umerov" in events.loc["2025-05-16-istanbul-first-round", "people"]
    people = acted_for(seed, "ukraine")
    assert people["name"].iloc[0] == "Volodymyr Zelenskyy"
    assert people["last"].max() <= "2025-05-16"


def test_met_with_leaves_out_authors_subjects_and_oneself(seed: Dataset):
    met = met_with(seed, "rustem-umerov")
    assert "rustem-umerov" not in set(met["actor_id"])
    assert {"Vladimir Medinsky", "Hakan Fidan"} <= set(met["name"])
    assert met["last"].max() <= "2025-05-16"
    participants = seed["event_participants"]
    only_spoken_of = participants.groupby("actor_id")["role"].agg(
        lambda roles: set(roles) <= {"author", "subject"}
    )
    assert not set(met["actor_id"]) & set(only_spoken_of[only_spoken_of].index)


def test_pairs_are_counted_once_and_agree_with_the_people_met(whole: Dataset):
    pairs = meetings(whole, whole.first_day, whole.day)
    assert (pairs["actor_id"] < pairs["other_id"]).all()
    assert not pairs.duplicated(["actor_id", "other_id"]).any()
    met = met_with(whole, "rustem-umerov").set_index("actor_id")["events"]
    witkoff = pairs[
        (pairs["actor_id"] == "rustem-umerov") & (pairs["other_id"] == "steve-witkoff")
    ]
    assert witkoff["meetings"].tolist() == [met["steve-witkoff"]]


def test_a_period_limits_the_meetings(whole: Dataset):
    march = meetings(whole, "2022-03-01", "2022-03-31")
    assert march["latest"].between("2022-03-01", "2022-03-31").all()
    assert meetings(whole, "2022-01-01", "2022-01-31").empty


def test_the_network_s_places_are_the_same_at_every_drawing(whole: Dataset):
    view = View(whole.day)
    one, two = (draw("meeting-network", whole, view).figure.to_json() for _ in range(2))
    assert one == two


# Delegations


def test_umerov_is_named_in_ten_rounds_and_medinsky_in_nine(whole: Dataset):
    rounds = (
        named_in_rounds(whole).drop_duplicates("actor_id").set_index("name")["rounds"]
    )
    assert rounds["Rustem Umerov"] == 10
    assert rounds["Vladimir Medinsky"] == 9
    assert (rounds >= 2).sum() == 31
    assert len(talks_rounds(whole)) == 17


def test_on_the_seed_day_the_rounds_end_with_the_first_of_istanbul(seed: Dataset):
    rounds = talks_rounds(seed)
    assert rounds["round_name"].iloc[-1] == "Istanbul I"
    assert rounds["date"].max() == "2025-05-16"
    assert rounds.loc[rounds["after_gap"], "round_name"].tolist() == ["Riyadh"]


def test_the_matrix_has_a_row_only_for_people_named_twice(whole: Dataset):
    for day in DAYS:
        frame = draw("delegations-by-round", whole, View(day)).frame
        assert (frame["rounds"] >= 2).all()
        assert (frame["date"] <= day).all()


@pytest.mark.parametrize(
    ("day", "title"),
    [
        ("2022-02-24", "No round of talks by 24 February 2022"),
        (
            "2022-02-28",
            "Rounds of talks by 28 February 2022: nobody is named in two of them",
        ),
        (
            "2025-05-16",
            "Vladimir Medinsky is named in six of the eight rounds by 16 May 2025",
        ),
        (
            "2026-10-09",
            "Umerov and Medinsky span the gap: named in ten and nine rounds from 2022 to 2026",
        ),
    ],
)
def test_the_matrix_says_what_its_rows_show(whole: Dataset, day: str, title: str):
    assert draw("delegations-by-round", whole, View(day)).words.title == title


def test_a_person_s_delegations_are_told_with_their_role(seed: Dataset):
    rows = delegations_of(seed, "rustem-umerov").set_index("round_name")
    assert rows.loc["Istanbul I", "role"] == "head_of_delegation"
    assert set(rows.index) == {"Istanbul I", "Gomel"}


def test_a_state_s_delegations_name_their_heads(seed: Dataset):
    rows = delegations_for(seed, "russia").set_index("delegation_id")
    assert rows.loc["istanbul-2025-05-16-russia", "heads"] == "Vladimir Medinsky"
    assert rows.loc["istanbul-2025-05-16-russia", "members"] > 1


def test_a_selected_person_s_row_is_marked(whole: Dataset):
    view = View(whole.day)
    plain = draw("delegations-by-round", whole, view).figure
    marked = draw(
        "delegations-by-round", whole, view.having(actor="rustem-umerov")
    ).figure
    assert len(marked.layout.shapes) == len(plain.layout.shapes) + 1


# Words and positions


def test_positions_and_quotes_end_with_the_date(whole: Dataset, seed: Dataset):
    assert positions_of(seed, "russia")["date"].max() <= "2025-05-16"
    assert quotes_of(seed, "rustem-umerov")["date"].max() <= "2025-05-16"
    positions = whole["positions"]
    assert (
        len(positions_of(whole, "ukraine"))
        == (positions["actor_id"] == "ukraine").sum()
    )


# The drawings


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_drawn_on_every_date_and_names_no_later_day(
    whole: Dataset, name: str
):
    for place, day in enumerate(DAYS):
        for width in (
            (358, 1200) if day == SEED else (358,) if place % 3 == 0 else (1200,)
        ):
            drawn = draw(name, whole, View(day, width=width))
            said = " ".join(
                [drawn.words.title, drawn.words.subtitle, drawn.words.source,
                 drawn.words.note, drawn.summary, drawn.figure.to_json(),
                 *map(str, drawn.table.to_numpy().ravel())]
            )  # fmt: skip
            later = [d for d in _days_in(said) if d > max(day, "2022-02-24")]
            assert later == [], f"{name} on {day}"
            assert drawn.summary.endswith(".")
            assert not drawn.words.title.endswith(".")


def _days_in(text: str) -> list[str]:
    found_days = re.findall(rf"\b(\d{{1,2}}) ({MONTHS}) (20\d\d)\b", text)
    months = MONTHS.split("|")
    return [f"{y}-{months.index(m) + 1:02}-{int(d):02}" for d, m, y in found_days]


def test_people_never_recorded_are_drawn_as_a_plain_sentence(seed: Dataset):
    for name in ("actor-timeline", "in-rooms-with", "organization-people"):
        drawn = draw(name, seed, View(seed.day).having(actor="josh-gruenbaum"))
        assert drawn.frame.empty
        assert drawn.figure.layout.annotations[0].text


def test_heads_of_delegation_are_filled_and_others_hollow(seed: Dataset):
    frame = draw(
        "actor-timeline", seed, View(seed.day).having(actor="rustem-umerov")
    ).frame
    assert (frame["role"] == "head_of_delegation").sum() == 3
    assert catalogue()["actor-timeline"].words(frame, View(seed.day)).title == (
        "Rustem Umerov: named in nine events, in three as head of a delegation"
    )


def test_what_is_shown_unasked_is_the_most_recorded(whole: Dataset):
    assert most_recorded(whole, "person") == "volodymyr-zelenskyy"


def test_dots_of_a_lane_do_not_cover_each_other_nor_pass_the_date():
    x = np.repeat([10.0, 12.0, 40.0], 12)
    radius = np.tile([6.5, 4.8, 3.4], 12)
    at, off = pack(x, radius, 40.0)
    gaps = np.hypot(at[:, None] - at, off[:, None] - off) - (radius[:, None] + radius)
    np.fill_diagonal(gaps, 1)
    assert gaps.min() >= 0.89
    assert np.abs(at - x).max() <= 4
    assert at.max() <= 40.0


def test_days_outside_the_axis_stand_at_its_ends():
    axis = DayAxis("2022-01-01", "2025-05-16", 200, 900)
    assert axis.x("2019-01-01") == 200
    assert axis.x("2026-01-01") == 900
    assert [name for _, name in axis.ticks()] == ["2022", "2023", "2024", "2025"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_monogram_s_letters_stand_out_from_their_side(theme):
    for side, colour in SIDE[theme].items():
        assert contrast(on_colour(side, theme), colour) >= 4.5, side


def test_frames_are_not_changed_by_drawing(whole: Dataset):
    before = named_in_rounds(whole).copy(deep=True)
    draw("delegations-by-round", whole, View(whole.day))
    pd.testing.assert_frame_equal(named_in_rounds(whole), before)


def test_everyone_drawn_in_the_network_is_named(whole: Dataset) -> None:
    view = View("2026-10-09", width=881)
    frame = meeting_network.frame(whole, view)
    drawn = meeting_network.figure(frame, view)
    people = {*frame["name"], *frame["other"]}
    written = {t for trace in drawn.data for t in (trace.text or ())}
    shown = {t for trace in drawn.data for t in (trace.hovertext or ())} & people
    assert "Volodymyr Zelenskyy" in shown and shown <= written
