"""Which words are taken for an address or a confidential place: the promises of `models.rules.whereabouts`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.whereabouts import Seen, seen, warning
from tests.rules.scenario_tables import Row, situations

CONFIDENTIAL = ("Harbor Light House", "9 Quiet Lane", None, "Ida")


@pytest.mark.parametrize("row", situations("whereabouts", "words"))
def test_words_are_taken_for_a_place_as_the_court_expects(row: Row) -> None:
    assert seen(row["words"], CONFIDENTIAL) == row.get("seen")


@given(
    st.integers(1, 99_999),
    st.sampled_from(["Oak", "Pine Hill", "W. 4th", "Dr. King", "St. Nicholas"]),
    st.sampled_from(["Street", "Avenue", "Road", "Blvd", "St", "Ave", "Place"]),
    st.sampled_from(["", "She is at ", "notes: "]),
)
def test_a_number_a_name_and_a_way_are_an_address_wherever_they_stand(
    number: int, name: str, way: str, before: str
) -> None:
    assert seen(f"{before}{number} {name} {way}.") is Seen.ADDRESS


@given(st.text(max_size=200))
def test_any_text_is_answered_and_the_warning_repeats_nothing_of_it(words: str) -> None:
    found = seen(words, CONFIDENTIAL)
    if found and len(words) > 30:
        assert words not in warning(found)


def test_a_name_too_short_to_mean_anything_is_not_looked_for() -> None:
    assert seen("Ida called.", CONFIDENTIAL) is None
    assert seen(None) is None
