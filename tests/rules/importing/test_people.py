"""Promises of reading names, interpreters and languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.importing.people import LANGUAGE_UNKNOWN, interpreter, joined_name, listed, spoken_order


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Chen, Mei Lin", "Mei Lin Chen"),
        ("LOPEZ GARCIA, MARIA", "MARIA LOPEZ GARCIA"),
        ("Garcia, Jose, Jr.", "Jose Garcia Jr."),
        ("GARCIA JR, JOSE", "JOSE GARCIA JR"),
        ("Garcia, III, Jose", "Jose Garcia III"),
        ("Jr, Jose", "Jose Jr"),
        ("Okafor,Grace", "Grace Okafor"),
        ("Mei Chen", "Mei Chen"),
        ("Sukarno", "Sukarno"),
        ("People v. Chen, Mei", "Mei Chen"),
        ("The People of the State of New York vs. Mei Chen", "Mei Chen"),
        ("O'Brien , Ana", "Ana O'Brien"),
        ("陈美", "陈美"),
        ("Chen,", "Chen"),
        (",", ""),
        ("", ""),
    ],
)
def test_a_name_is_put_into_the_order_in_which_it_is_spoken(written: str, spoken: str) -> None:
    assert spoken_order(written) == spoken


@given(st.text(alphabet=st.characters(categories=["L"]), min_size=1, max_size=12), st.text("abc", min_size=1))
def test_last_comma_first_loses_no_letter(last: str, first: str) -> None:
    assert sorted(spoken_order(f"{last}, {first}").replace(" ", "")) == sorted(
        spoken_order(last).replace(" ", "") + first
    )


@given(st.text(max_size=60))
def test_any_text_is_some_name(text: str) -> None:
    assert isinstance(spoken_order(text), str)


def test_a_name_in_columns_of_its_own_is_joined() -> None:
    assert joined_name("Mei", "", "Chen", "III") == "Mei Chen III"


def test_an_interpreter_is_for_the_language_named_or_for_hers() -> None:
    assert interpreter("Mandarin", ()) == "Mandarin"
    assert interpreter("Y", ("Spanish", "English")) == "Spanish"
    assert interpreter("yes", ()) == LANGUAGE_UNKNOWN
    assert interpreter("No", ("Spanish",)) is None
    assert interpreter("", ("Spanish",)) is None


def test_several_languages_of_one_cell_are_told_apart() -> None:
    assert listed("Spanish; English / Spanish") == ("Spanish", "English")
