"""Promises of folding names for finding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.names import beginnings, fold, search_key


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("D'Ávila-López, Zoë", "davila lopez zoe"),
        ("O’Brien", "obrien"),
        ("  MARIA   del  Carmen ", "maria del carmen"),
        ("Łukasz Ørsted", "lukasz orsted"),
        ("Nguyễn Thị Ánh", "nguyen thi anh"),
        ("Straße", "strasse"),
        ("İpek Şahin", "ipek sahin"),
        ("陈美", "陈美"),
        ("김 지우", "김 지우"),
        ("مُحَمَّد", "محمد"),
        ("Ａｎａ", "ana"),
        ("Ёлкина Настя", "елкина настя"),
        ("zero\u200bwidth", "zerowidth"),
        (None, ""),
        ("...", ""),
    ],
)
def test_a_name_is_found_however_it_is_accented_or_written(name: str | None, folded: str) -> None:
    assert fold(name) == folded


def test_indic_vowel_signs_are_letters_and_stay() -> None:
    assert fold("सीता") != fold("सत")


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(st.text("abcdefgéñüŁøçßжйאبक 'ʼ-,.", max_size=40))
def test_capitals_never_matter(name: str) -> None:
    assert fold(name.upper()) == fold(name)


def test_every_word_of_the_search_key_follows_a_space_and_stands_once() -> None:
    assert search_key("Mei Chen", "Mei", "陈美") == " mei chen 陈美"
    assert search_key(None) == ""


def test_beginnings_ask_for_the_longest_words_first_and_for_two_signs_of_a_short_script() -> None:
    assert beginnings("Mei Kowalski", "陈美玲") == ("kowa", "mei", "陈美")


def test_beginnings_of_one_length_stand_in_the_order_of_the_letters() -> None:
    assert beginnings("Zoe Ana Kowalski") == ("kowa", "ana", "zoe")
