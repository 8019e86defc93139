"""How people are called: the promises of `models.rules.called`."""

import unicodedata
from pathlib import Path
from tomllib import loads

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.called import NO_NAME, Names, called, graphemes, initials, names_of, public_name, short_name, tidy

NAMES = loads((Path(__file__).parent / "scenarios" / "names.toml").read_text("utf-8"))["name"]


@pytest.mark.parametrize("row", NAMES, ids=[row["situation"] for row in NAMES])
def test_each_name_is_right_in_the_heading_on_the_docket_and_as_initials(row: dict[str, str]) -> None:
    preferred, legal = row.get("preferred"), row.get("legal")
    assert called(preferred, legal, initials_only=False, faces_room=False) == row["heading"]
    assert short_name(preferred, legal, initials_only=False, faces_room=False) == row["docket"]
    assert initials(preferred or legal) == row["initials"]


@pytest.mark.parametrize(
    "hidden", [{"initials_only": True, "faces_room": False}, {"initials_only": False, "faces_room": True}]
)
def test_initials_only_and_a_screen_that_faces_the_room_hide_the_name(hidden: dict[str, bool]) -> None:
    assert called("Mei Chen", "Chen Meiling", **hidden) == "M. C."
    assert short_name("Mei Chen", "Chen Meiling", **hidden) == "M. C."


def test_a_public_list_says_the_alias_or_initials_and_never_a_name() -> None:
    assert public_name("Mei Chen", "Chen Meiling") == "M. C."
    assert public_name("Mei Chen", "Chen Meiling", alias="Case 7") == "Case 7"
    assert public_name(None, None) == NO_NAME


@pytest.mark.parametrize("row", NAMES, ids=[row["situation"] for row in NAMES])
@pytest.mark.parametrize("hidden", [True, False])
def test_all_names_at_once_are_the_same_as_one_by_one(row: dict[str, str], hidden: bool) -> None:
    names = row.get("preferred"), row.get("legal")
    assert names_of(*names, "Case 7", hidden) == Names(
        short_name(*names, hidden, False), called(*names, hidden, False), initials(names[0] or names[1]), "Case 7"
    )
    assert names_of(*names, None, hidden).public == public_name(*names)


def test_a_preferred_name_is_never_completed_from_the_legal_one() -> None:
    assert called("Jo", "Josephine Tran", False, False) == "Jo"
    assert short_name("Jo", "Josephine Tran", False, False) == "Jo"


def test_a_direction_override_hidden_in_a_name_is_not_shown() -> None:
    assert tidy("Mei\u202e Chen\u0000") == "Mei Chen"


def test_signs_that_no_font_can_show_are_dropped() -> None:
    assert tidy("Mei\ue000 \u0378Chen\ud800") == "Mei Chen"


def test_a_letter_that_has_no_single_capital_stays_small() -> None:
    assert initials("ßa Chen") == "ß. C."


def test_a_letter_with_its_marks_is_one_letter() -> None:
    assert graphemes("q\u0323\u0307a") == ("q\u0323\u0307", "a")
    assert graphemes("क्षमा") == ("क्ष", "मा")
    assert graphemes("क्\u200dषमा") == ("क्\u200dष", "मा")  # with a joiner between
    assert graphemes("क\u093c्षमा") == ("क\u093c्ष", "मा")  # with a dot below


@given(st.text(max_size=40))
def test_initials_are_at_most_two_letters_of_any_text_and_never_a_whole_word(name: str) -> None:
    answer = initials(name)
    assert answer == NO_NAME or 1 <= len(answer.split(" ")) <= 2
    assert answer == NO_NAME or all(len(graphemes(part.removesuffix("."))) == 1 for part in answer.split(" "))


@given(st.text(max_size=40))
def test_a_name_is_called_the_same_however_its_marks_are_stored(name: str) -> None:
    composed, apart = unicodedata.normalize("NFC", name), unicodedata.normalize("NFD", name)
    assert called(composed, None, False, False) == called(apart, None, False, False)
    assert initials(composed) == initials(apart)


@given(st.text(max_size=40), st.text(max_size=40))
def test_everybody_is_called_something(preferred: str, legal: str) -> None:
    for answer in (called(preferred, legal, False, False), short_name(preferred, legal, False, False)):
        assert answer.strip() == answer != ""
