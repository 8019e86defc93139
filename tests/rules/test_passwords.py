"""Promises of passwords: what is refused, and that no rule asks for signs."""

import pytest

from models.rules.passwords import weakness

HERS = {"username": "dana", "words": ("Dana Whitfield", "Harbor County Court")}


@pytest.mark.parametrize(
    ("password", "because"),
    [
        ("", "at least 15"),
        ("fourteen chars", "at least 15"),
        ("x" * 201, "at most 200"),
        ("dana dana dana dana", "username"),
        ("passwordpassword", "soon be guessed"),
        ("PasswordPassword1!", "soon be guessed"),
        ("qwertyuiopasdfgh", "soon be guessed"),
        ("123456789012345678", "soon be guessed"),
        ("iloveyouiloveyou", "soon be guessed"),
        ("dana.whitfield.harbor-12", "your own name"),
        ("Harbor County Court 2026", "the court's"),
        ("aaaaaaaaaaaaaaaaaaaa", "soon be guessed"),
    ],
)
def test_a_password_that_would_soon_be_guessed_is_refused_in_words(password: str, because: str) -> None:
    said = weakness(password, **HERS)  # type: ignore[arg-type]
    assert said is not None
    assert because in said
    assert not password or password not in said


@pytest.mark.parametrize(
    "password", ["seven grey herons wait", "sieben graue reiher", "七只灰鹭在等待着黎明的到来呀呀呀", "x7#Lq9!vTz2@mW5"]
)
def test_a_few_words_in_a_row_are_enough_and_no_sign_is_asked_for(password: str) -> None:
    assert weakness(password, **HERS) is None  # type: ignore[arg-type]
