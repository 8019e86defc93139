"""Which steps a referral may take in its life, as data, and the refusals in words.

The table says what is possible, never what should happen: each step is somebody's act outside the court. A referral
that has ended stays ended; who needs the service again is referred again, so that both ways stay visible.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from models.rules import words
from models.rules.vocabulary import ReferralState

_S = ReferralState

#: From each state, those a referral may go to, in the order they are shown.
STEPS: Mapping[ReferralState, tuple[ReferralState, ...]] = MappingProxyType(
    {
        _S.NEEDED: (_S.REFERRED, _S.WITHDRAWN),
        _S.REFERRED: (_S.ACCEPTED, _S.WAITLISTED, _S.ENROLLED, _S.DECLINED, _S.WITHDRAWN),
        _S.WAITLISTED: (_S.ACCEPTED, _S.ENROLLED, _S.DECLINED, _S.WITHDRAWN),
        _S.ACCEPTED: (_S.ENROLLED, _S.WAITLISTED, _S.DECLINED, _S.WITHDRAWN),
        _S.ENROLLED: (_S.COMPLETED, _S.DISCHARGED, _S.WITHDRAWN),
        _S.DECLINED: (),
        _S.COMPLETED: (),
        _S.DISCHARGED: (),
        _S.WITHDRAWN: (),
    }
)

#: States in which the provider has the participant in its care and can report on sessions.
WITH_PROVIDER = frozenset({_S.ACCEPTED, _S.ENROLLED})

#: Ends after which nothing more can come from the provider; after a completion or discharge a last report can.
NOTHING_TO_COME = frozenset({_S.DECLINED, _S.WITHDRAWN})

SPOKEN: Mapping[ReferralState, str] = MappingProxyType(
    {
        _S.NEEDED: "a need without a place",
        _S.REFERRED: "referred",
        _S.ACCEPTED: "accepted",
        _S.WAITLISTED: "waitlisted",
        _S.DECLINED: "declined",
        _S.ENROLLED: "enrolled",
        _S.COMPLETED: "completed",
        _S.DISCHARGED: "discharged",
        _S.WITHDRAWN: "withdrawn",
    }
)


def next_states(state: ReferralState) -> tuple[ReferralState, ...]:
    """Return the states a referral may go to; none once it has ended."""
    return STEPS[state]


def refusal(state: ReferralState, to: ReferralState, since: date, on: date) -> str | None:
    """Return why a referral that is in `state` since a civil date cannot become `to` on `on`, in words; or None."""
    here, there = SPOKEN[state], SPOKEN[to]
    if not STEPS[state]:
        return f"This referral ended as {here}. Make a new referral if the service is needed again."
    if to not in STEPS[state]:
        ways = words.joined([SPOKEN[way] for way in STEPS[state]], "or")
        return f"A referral that is {here} cannot become {there}; it may become {ways}."
    if on < since:
        return f"The referral is {here} since {words.day(since, on)}; a step cannot lie before that day."
    return None
