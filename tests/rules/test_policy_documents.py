"""A policy as a document: written, changed and compared, and described for the forms by its own reader."""

import tomllib
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import PolicyError
from models.policies import load
from models.policies.differences import Difference, differences
from models.policies.shape import Kind, shape_of
from models.policies.writing import changed, named, without, written

TEXT = files("models.policies").joinpath("demonstration.toml").read_text(encoding="utf-8")

_keys = st.text(min_size=1, max_size=6)
_values = st.recursive(
    st.text() | st.integers(-(2**40), 2**40) | st.booleans() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_keys, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(_keys, _values, max_size=4))
def test_what_is_written_reads_back_as_the_same_values(values: dict[str, object]) -> None:
    assert tomllib.loads(written(values)) == values


def test_the_shipped_policy_written_anew_is_the_same_policy() -> None:
    assert load(written(tomllib.loads(TEXT))) == load(TEXT)


def test_a_value_is_changed_added_and_left_out_by_its_full_name() -> None:
    text = changed(TEXT, {"reports.grace_court_days": 3, "source.verified_on": date(2026, 11, 2)})
    assert load(text).reports.grace_court_days == 3
    assert load(text).source.verified_on == date(2026, 11, 2)
    assert load(changed(text, {"source.verified_on": None})).source.verified_on is None
    assert load(changed(TEXT, {"programs[1].phases[2].name": "Onwards"})).programs[0].phases[1].name == "Onwards"


def test_an_entry_past_the_end_of_a_list_is_added_and_an_entry_can_be_taken_out() -> None:
    new = {"name": "Farewell", "review_every_days": 56, "min_days": 0, "advance_when.attended_sessions": 6}
    longer = changed(TEXT, {f"programs[1].phases[4].{key}": value for key, value in new.items()})
    assert [phase.name for phase in load(longer).programs[0].phases][-1] == "Farewell"
    assert load(without(longer, "programs[1].phases[4]")) == load(TEXT)
    assert len(load(without(TEXT, "programs[2]")).programs) == 2


def test_what_is_added_to_a_policy_without_the_table_makes_the_table_and_the_last_one_out_takes_it_away() -> None:
    without = TEXT[: TEXT.index("[retention]")]
    settings = {one.key: one.value for one in shape_of(tomllib.loads(TEXT)).under("retention")}
    assert load(changed(without, settings)) == load(TEXT)
    assert load(changed(TEXT, dict.fromkeys(settings))) == load(without)


def test_a_document_under_another_name_and_day_keeps_its_comments() -> None:
    text = named(TEXT, "harbor-2", date(2027, 2, 1))
    assert load(text).version == "harbor-2"
    assert load(text).in_force_from == date(2027, 2, 1)
    assert "# Young people: a person under 18" in text
    assert differences(TEXT, text) == ()


def test_a_name_written_in_an_unusual_way_is_changed_all_the_same() -> None:
    text = named(TEXT.replace('version = "demonstration-1"', "version = '''demonstration-1'''"), "a", date(2027, 2, 1))
    assert load(text).version == "a"


def test_every_setting_of_the_shipped_policy_is_described_with_its_value() -> None:
    shape = shape_of(tomllib.loads(TEXT))
    by_key = {one.key: one for one in shape.settings}
    assert by_key["reports.grace_court_days"].kind is Kind.WHOLE
    assert by_key["reports.grace_court_days"].value == 1
    assert by_key["sessions.capacity_cases"].least == 1
    assert by_key["responses.repeat_scope"].choices == ("same_behaviour", "any_behaviour")
    assert by_key["follow_up.book_next_date"].kind is Kind.FLAG
    assert by_key["programs[1].for_under_years"].optional
    assert by_key["programs[1].for_under_years"].value is None
    assert shape.lists["programs"] == 3
    assert changed(TEXT, {key: one.value for key, one in by_key.items()}) == written(tomllib.loads(TEXT))


def test_every_key_of_the_shipped_policy_is_a_setting_so_that_a_form_can_change_it() -> None:
    rest = tomllib.loads(changed(TEXT, {one.key: None for one in shape_of(tomllib.loads(TEXT)).settings}))
    assert [key for key, value in rest.items() if _leaves(value)] == []


def _leaves(value: object) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return True if inner is None else any(_leaves(one) for one in inner)


def test_a_new_entry_has_all_its_settings_those_inside_it_too() -> None:
    values = tomllib.loads(TEXT)
    values["programs"].append({})
    keys = {one.key for one in shape_of(values).under("programs[4]")}
    assert {"programs[4].key", "programs[4].mandate.sessions", "programs[4].phases[1].min_days"} <= keys
    values["responses"]["matrix"].append({})
    steps = {one.key for one in shape_of(values).under("responses.matrix[6]")}
    assert {f"responses.matrix[6].{name}" for name in ("behaviour", "range", "first", "further")} <= steps


def test_differences_are_told_by_names_and_not_by_places() -> None:
    moved = tomllib.loads(TEXT)
    moved["programs"].reverse()
    assert differences(TEXT, written(moved)) == ()
    changes = {"programs[1].phases[2].min_days": 21, "follow_up.acd_warning_days": 7}
    way = ("programs", "six-sessions", "phases", "Progress", "min_days")
    assert differences(TEXT, changed(TEXT, changes)) == (
        Difference(way=way, before=28, after=21),
        Difference(way=("follow_up", "acd_warning_days"), before=14, after=7),
    )
    (gone,) = differences(TEXT, without(TEXT, "programs[3]"))
    assert gone.way == ("programs", "one-year")
    assert gone.after is None


def test_a_range_beside_first_second_and_further_is_refused() -> None:
    with pytest.raises(PolicyError, match=r"responses.matrix\[1\].first should be"):
        load(changed(TEXT, {"responses.matrix[1].first": ["praise from the bench"]}))
