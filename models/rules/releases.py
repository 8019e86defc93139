"""When a participant's release holds, and what to say where it does not.

Declining, revoking or letting a release end is neutral: it says nothing about the participant, and no rule counts it.
"""

from datetime import date

from models.rules import words
from models.rules.vocabulary import ReleaseAnswer


def holds(answer: ReleaseAnswer, starts_on: date, ends_on: date, revoked_on: date | None, on: date) -> bool:
    """Tell whether a release allows information to be shared on the civil date `on`, its last day included.

    From the day it is revoked it no longer holds.
    """
    if answer is not ReleaseAnswer.GIVEN:
        return False
    return starts_on <= on <= ends_on and (revoked_on is None or revoked_on > on)


def missing(on: date) -> str:
    """Return what to say where information came on `on` and no release for its provider held that day."""
    return (
        f"There was no active release for this provider on {words.day(on, on)}, so the report cannot be taken in. "
        "That is neutral. Ask the participant, record the answer under releases, then enter the report."
    )
