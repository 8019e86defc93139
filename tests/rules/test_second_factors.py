"""Promises of codes: which 30 seconds count, which form a recovery code has."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from models.rules.second_factors import (
    address,
    fitting_step,
    grouped,
    is_recovery_code,
    plain_code,
    step_at,
)

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
AT = datetime(2026, 12, 4, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "fits"), [(-60, False), (-30, True), (0, True), (29, True), (59, True), (60, False)]
)
def test_a_telephones_clock_may_be_one_step_off(seconds: int, fits: bool) -> None:
    shown = pyotp.TOTP(SECRET).at(AT + timedelta(seconds=seconds))
    assert (fitting_step(SECRET, shown, 0, AT) is not None) is fits


@pytest.mark.parametrize(("used", "fits"), [(-1, True), (0, False), (1, False)])
def test_a_code_counts_only_after_the_last_one_that_was_used(used: int, fits: bool) -> None:
    assert (fitting_step(SECRET, pyotp.TOTP(SECRET).at(AT), step_at(AT) + used, AT) is not None) is fits


@pytest.mark.parametrize("typed", ["", "1", "1234567", "abcdef", "１２３４５６", "'; --", "0" * 500])
def test_what_is_no_code_fits_nowhere(typed: str) -> None:
    assert fitting_step(SECRET, plain_code(typed), 0, AT) is None


def test_codes_are_typed_as_people_group_them() -> None:
    assert plain_code(" 123 456\n") == "123456"
    assert plain_code(grouped("abcd23efgh45").upper()) == "abcd23efgh45"
    assert is_recovery_code("abcd23efgh45")
    assert not is_recovery_code("abcd23efgh4o")


def test_the_picture_names_the_product_and_no_court() -> None:
    assert address(SECRET, "dana") == f"otpauth://totp/Offramp:dana?secret={SECRET}&issuer=Offramp"
