"""A name is heard alike however it is misspelt and in whatever alphabet it is written."""

import pytest

from models.rules.names import fold
from models.rules.sounds import alike, sound, sounds_near


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Katherine", "Catherine"),
        ("Katerina", "Катерина"),
        ("Maria", "Мария"),
        ("Sofia", "Σοφία"),
        ("Sarah", "שרה"),
        ("Maryam", "مريم"),
        ("Kim", "김"),
        ("Philip", "Filip"),
        ("Zoë", "Soe"),
    ],
)
def test_the_same_name_sounds_the_same(one: str, other: str) -> None:
    assert sound(fold(one)) == sound(fold(other)) != ""


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("johnsen", "johnson"),
        ("jonhson", "johnson"),
        ("ngyuen", "nguyen"),
        ("garzia", "garcia"),
        ("petrowa", "petrova"),
    ],
)
def test_a_slip_is_forgiven_and_where_to_look_holds_the_name(typed: str, name: str) -> None:
    assert alike(typed, name)
    assert sound(name) in sounds_near(sound(typed))


@pytest.mark.parametrize(("typed", "name"), [("kim", "lee"), ("garcia", "grace"), ("陈", "chen"), ("ana", "eva")])
def test_another_name_is_not_alike(typed: str, name: str) -> None:
    assert not alike(typed, name)


def test_another_script_is_alike_by_its_whole_sound() -> None:
    assert alike("katerina", "катерина")
    assert not alike("maria", "марина")
