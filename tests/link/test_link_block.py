"""Candidates: all pairs that are near enough, and no more work than the rows ask for."""

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from synthetic import synthetic

from according.link import default_weights, default_words, read_rows
from according.link.block import candidates, make_grid, meeting
from according.link.levels import gap_days, haversine_km
from according.link.table import NONE, Table, build_table

WEIGHTS, WORDS = default_weights(), default_words()


def table_of(lines: list[dict[str, Any]]) -> Table:
    return build_table((row for line in lines for row in read_rows(line)), WEIGHTS, WORDS)


def near_by_hand(table: Table) -> set[tuple[int, int]]:
    columns, reach = table.columns, make_grid(table.columns, WEIGHTS).reach
    found = set()
    for a in range(len(table)):
        for b in range(a + 1, len(table)):
            one, other = columns.take(np.array([a])), columns.take(np.array([b]))
            in_time = not (one.dated[0] and other.dated[0]) or gap_days(one, other)[0] <= WEIGHTS.max_gap_days
            if one.pointed[0] and other.pointed[0]:
                km = haversine_km(one.latitude, one.longitude, other.latitude, other.longitude)[0]
                in_space = km <= reach[a] + reach[b]
            else:
                in_space = NONE in (one.country[0], other.country[0]) or one.country[0] == other.country[0]
            if in_time and in_space:
                found.add((a, b))
    return found


PLACES = st.one_of(
    st.none(),
    st.builds(
        lambda lat, lon, precision: {
            "name": "P", "country": "QQA", "latitude": lat, "longitude": lon, "precision": precision,
        },
        st.sampled_from([0.0, 0.05, 0.1, 0.4999, 0.5, 0.62, 1.3]),
        st.sampled_from([179.9, -179.95, 10.0, 10.1, 10.49]),
        st.sampled_from(["exact", "settlement", "near", "admin1", "region", "country"]),
    ),
)  # fmt: skip
DATES = st.one_of(
    st.none(),
    st.builds(
        lambda month, day, more: {"start": f"2011-{month:02d}-{day:02d}", "end": f"2011-{month + more:02d}-{day:02d}"},
        st.integers(1, 3), st.integers(1, 9), st.sampled_from([0, 0, 0, 1, 6]),
    ),
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(DATES, PLACES), max_size=25))
def test_candidates_are_those_that_looking_at_all_pairs_gives(rows: list[tuple[Any, Any]]) -> None:
    table = table_of([{"key": f"k{i:02d}", "date": date, "place": place} for i, (date, place) in enumerate(rows)])
    found = [(int(a), int(b)) for a, b in candidates(table, WEIGHTS)]
    assert len(found) == len(set(found))
    # A point whose country is not known and a country without a point are not compared: none of these rows is so.
    assert set(found) == near_by_hand(table)


def test_pairs_among_some_rows_are_those_of_all_rows() -> None:
    table = table_of(list(synthetic(600, crowded=0.6)))
    everything = candidates(table, WEIGHTS)
    among = np.arange(0, 600, 3)
    inside = np.isin(everything, among).all(axis=1)
    assert np.array_equal(candidates(table, WEIGHTS, among), everything[inside])


def test_a_crowded_day_does_not_go_quadratic() -> None:
    def pairs(rows: int) -> float:
        return len(candidates(table_of(list(synthetic(rows, crowded=1.0))), WEIGHTS)) / rows

    assert pairs(4000) < 3 * pairs(1000)
    assert pairs(4000) < 100


def test_meeting_takes_in_all_rows_whose_pairs_a_new_row_can_change() -> None:
    table = table_of(list(synthetic(500)))
    pairs = candidates(table, WEIGHTS)
    touched = set(meeting(table, WEIGHTS, np.array([7])).tolist())
    partners = {int(x) for pair in pairs if 7 in pair for x in pair}
    assert partners <= touched
    assert len(touched) < 400


def test_plans_meet_nothing() -> None:
    line = {"date": "2011-01-01", "place": {"name": "P", "country": "QQA"}}
    table = table_of([{"key": "a", **line}, {"key": "b", **line, "modality": "planned"}])
    assert not len(candidates(table, WEIGHTS))
