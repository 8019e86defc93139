"""The steps of a referral's life, and when a release holds."""

from datetime import date, timedelta

import pytest

from models.rules.referrals import NOTHING_TO_COME, SPOKEN, STEPS, WITH_PROVIDER, next_states, refusal
from models.rules.releases import holds, missing
from models.rules.vocabulary import REFERRAL_OPEN, ReferralState, ReleaseAnswer

SINCE = date(2026, 11, 2)
ON = date(2026, 12, 4)


def test_every_state_is_named_and_has_its_steps() -> None:
    assert set(STEPS) == set(SPOKEN) == set(ReferralState)


def test_an_open_referral_can_go_on_and_one_that_ended_cannot() -> None:
    assert {state for state in ReferralState if next_states(state)} == REFERRAL_OPEN


def test_every_open_referral_can_be_withdrawn() -> None:
    assert all(ReferralState.WITHDRAWN in next_states(state) for state in REFERRAL_OPEN)


def test_no_state_is_with_the_provider_and_over_at_once() -> None:
    assert not WITH_PROVIDER & NOTHING_TO_COME
    assert WITH_PROVIDER <= REFERRAL_OPEN


@pytest.mark.parametrize(
    ("state", "to", "on", "said"),
    [
        (ReferralState.REFERRED, ReferralState.ENROLLED, ON, None),
        (ReferralState.REFERRED, ReferralState.ENROLLED, SINCE, None),
        (ReferralState.REFERRED, ReferralState.ENROLLED, SINCE - timedelta(days=1), "cannot lie before that day"),
        (ReferralState.REFERRED, ReferralState.COMPLETED, ON, "it may become accepted, waitlisted, enrolled"),
        (ReferralState.NEEDED, ReferralState.ENROLLED, ON, "it may become referred or withdrawn"),
        (ReferralState.DECLINED, ReferralState.ENROLLED, ON, "Make a new referral"),
    ],
)
def test_a_step_is_allowed_or_refused_in_words(
    state: ReferralState, to: ReferralState, on: date, said: str | None
) -> None:
    answer = refusal(state, to, SINCE, on)
    assert answer is None if said is None else said in (answer or "")


@pytest.mark.parametrize(
    ("answer", "revoked_on", "on", "held"),
    [
        (ReleaseAnswer.GIVEN, None, SINCE - timedelta(days=1), False),
        (ReleaseAnswer.GIVEN, None, SINCE, True),
        (ReleaseAnswer.GIVEN, None, ON, True),
        (ReleaseAnswer.GIVEN, None, ON + timedelta(days=1), False),
        (ReleaseAnswer.GIVEN, date(2026, 12, 1), date(2026, 11, 30), True),
        (ReleaseAnswer.GIVEN, date(2026, 12, 1), date(2026, 12, 1), False),
        (ReleaseAnswer.DECLINED, None, SINCE, False),
    ],
)
def test_a_release_holds_from_its_first_to_its_last_day_unless_revoked(
    answer: ReleaseAnswer, revoked_on: date | None, on: date, held: bool
) -> None:
    assert holds(answer, SINCE, ON, revoked_on, on) is held


def test_a_missing_release_is_called_neutral_and_says_what_to_do() -> None:
    assert "4 December" in missing(ON)
    assert "neutral" in missing(ON)
    assert "Ask the participant" in missing(ON)
