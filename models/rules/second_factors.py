"""The second step of signing in: a code that a telephone makes anew every 30 seconds (TOTP, RFC 6238), used once.

A recovery code stands in where the telephone is lost: twelve letters and digits that cannot be mistaken for each other.
"""

from datetime import datetime
from hmac import compare_digest

import pyotp

STEP = 30  # seconds
WINDOW = 1  # steps that a telephone's clock may be off, either way
RECOVERY_CODES = 10
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without i, l, o, 0 and 1
RECOVERY_LENGTH = 12


def step_at(instant: datetime) -> int:
    """Return the number of the 30 seconds in which an instant (UTC) lies."""
    return int(instant.timestamp()) // STEP


def fitting_step(secret: str, code: str, last_step: int, instant: datetime) -> int | None:
    """Return the step whose code this is, at most one off and later than the last one used; None when there is none.

    Whoever accepts it keeps the step as the last one: no code is accepted twice, and none from before it.
    """
    maker, present, found = pyotp.TOTP(secret), step_at(instant), None
    for step in range(present - WINDOW, present + WINDOW + 1):
        if compare_digest(maker.generate_otp(step).encode(), code.encode()) and step > last_step:
            found = step
    return found


def plain_code(typed: str) -> str:
    """Return a code as it is compared: without blanks and hyphens, in lower case, as people group it as they like."""
    return "".join(sign for sign in typed.casefold() if sign.isalnum())[:40]


def is_recovery_code(code: str) -> bool:
    """Tell whether a plain code has the form of a recovery code."""
    return len(code) == RECOVERY_LENGTH and all(sign in ALPHABET for sign in code)


def grouped(code: str, size: int = 4) -> str:
    """Return a code or secret in groups, to be read and typed."""
    return "-".join(code[at : at + size] for at in range(0, len(code), size))


def address(secret: str, username: str) -> str:
    """Return what the picture says to the telephone; it names the product and the username, and no court."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name="Offramp")
