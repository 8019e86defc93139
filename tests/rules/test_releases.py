"""When a release holds, and what is said where it does not: the promises of `models.rules.releases`."""

from datetime import date

import pytest

from models.rules.releases import holds, missing
from models.rules.vocabulary import ReleaseAnswer

STARTS, ENDS, REVOKED = date(2026, 11, 1), date(2026, 12, 4), date(2026, 11, 20)


@pytest.mark.parametrize(
    ("on", "revoked_on", "held"),
    [
        (date(2026, 10, 31), None, False),
        (STARTS, None, True),
        (ENDS, None, True),
        (date(2026, 12, 5), None, False),
        (date(2026, 11, 19), REVOKED, True),
        (REVOKED, REVOKED, False),
    ],
    ids=["the day before", "its first day", "its last day", "the day after", "before it is revoked", "when revoked"],
)
def test_a_release_holds_from_its_first_day_to_its_last_and_not_once_revoked(
    on: date, revoked_on: date | None, held: bool
) -> None:
    assert holds(ReleaseAnswer.GIVEN, STARTS, ENDS, revoked_on, on) is held
    others = [answer for answer in ReleaseAnswer if answer is not ReleaseAnswer.GIVEN]
    assert not any(holds(answer, STARTS, ENDS, revoked_on, on) for answer in others)


def test_where_none_held_it_is_said_without_blame_and_with_what_to_do() -> None:
    assert missing(date(2026, 12, 4)) == (
        "There was no active release for this provider on 4 December, so the report cannot be taken in. "
        "That is neutral. Ask the participant, record the answer under releases, then enter the report."
    )
