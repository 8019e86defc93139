"""Ways to services beside the mandate, as data: where somebody is referred, and what becomes of it after how many days."""

from dataclasses import dataclass

from models.rules.vocabulary import ReferralState, ServiceKind
from seed_data.providers import GARDEN_STREET, HARBOR_HOUSE, OPEN_DOOR, WILLOW

_K, _S = ServiceKind, ReferralState


@dataclass(frozen=True)
class Step:
    """One step, so many days after the referral."""

    after_days: int
    state: ReferralState
    queue_place: int | None = None
    note: str | None = None


@dataclass(frozen=True)
class Way:
    """A referral with its steps; without a provider a need, which may be `found` a place at another provider."""

    kind: ServiceKind
    provider: str | None = None
    steps: tuple[Step, ...] = ()
    found: str = ""


_ENROLLED = (Step(3, _S.ACCEPTED), Step(9, _S.ENROLLED))
_DONE = (*_ENROLLED, Step(48, _S.COMPLETED))

WAYS = {
    "housing_waitlisted": Way(_K.TRANSITIONAL_HOUSING, HARBOR_HOUSE, (Step(2, _S.WAITLISTED, 3),)),
    "housing_unanswered": Way(_K.TRANSITIONAL_HOUSING, HARBOR_HOUSE),
    "housing_found": Way(
        _K.TRANSITIONAL_HOUSING, HARBOR_HOUSE, (Step(2, _S.WAITLISTED, 5), Step(38, _S.ACCEPTED), Step(41, _S.ENROLLED))
    ),
    "shelter": Way(_K.EMERGENCY_HOUSING, HARBOR_HOUSE, (Step(1, _S.ENROLLED), Step(20, _S.DISCHARGED))),
    "own_home_needed": Way(_K.PERMANENT_HOUSING),
    "immigration_needed": Way(_K.IMMIGRATION),
    "immigration_found": Way(_K.IMMIGRATION, None, (Step(30, _S.REFERRED), Step(36, _S.ACCEPTED)), "Lantern Legal Aid"),
    "legal": Way(_K.LEGAL, "Lantern Legal Aid", _DONE),
    "legal_declined": Way(
        _K.LEGAL, "Lantern Legal Aid", (Step(4, _S.DECLINED, None, "A conflict of interest; ask elsewhere."),)
    ),
    "health_check": Way(_K.MEDICAL, "Riverside Family Health", (Step(1, _S.ENROLLED), Step(6, _S.COMPLETED))),
    "mental_health": Way(_K.MENTAL_HEALTH, "Riverside Family Health", (Step(5, _S.WAITLISTED, 7),)),
    "recovery": Way(_K.SUBSTANCE_USE, "New Leaf Recovery", _ENROLLED),
    "recovery_left": Way(
        _K.SUBSTANCE_USE, "New Leaf Recovery", (*_ENROLLED, Step(25, _S.DISCHARGED, None, "Chose another program."))
    ),
    "job_training": Way(_K.JOB_TRAINING, "Bridgework", _ENROLLED),
    "evening_classes": Way(_K.EDUCATION, "Bridgework", _DONE),
    "life_skills": Way(_K.LIFE_SKILLS, "Bridgework", _ENROLLED),
    "grant": Way(_K.MONEY, "Bridgework", (Step(2, _S.ENROLLED), Step(3, _S.COMPLETED))),
    "clothing": Way(_K.FOOD_AND_CLOTHING, "Bridgework", (Step(1, _S.ENROLLED), Step(2, _S.COMPLETED))),
    "fares": Way(_K.TRANSPORT, GARDEN_STREET, (Step(1, _S.ENROLLED),)),
    "advocacy": Way(_K.ADVOCACY, GARDEN_STREET, _ENROLLED),
    "family": Way(_K.FAMILY, WILLOW, (*_ENROLLED, Step(30, _S.WITHDRAWN, None, "Her own wish."))),
    "mentor": Way(_K.MENTORING, OPEN_DOOR, _ENROLLED),
    "appointment_interpreter": Way(_K.INTERPRETATION, OPEN_DOOR, (Step(1, _S.ENROLLED),)),
}
