"""Services: referrals, attendance, compliance reports, and releases."""

from enum import StrEnum


class ServiceKind(StrEnum):
    """Kinds of service, from emergency to long-term (the mandate is the smallest part of them)."""

    COUNSELLING = "counselling"
    ADVOCACY = "advocacy"
    EMERGENCY_HOUSING = "emergency_housing"
    TRANSITIONAL_HOUSING = "transitional_housing"
    PERMANENT_HOUSING = "permanent_housing"
    MEDICAL = "medical"
    MENTAL_HEALTH = "mental_health"
    SUBSTANCE_USE = "substance_use"
    LEGAL = "legal"
    IMMIGRATION = "immigration"
    INTERPRETATION = "interpretation"
    MENTORING = "mentoring"
    TRANSPORT = "transport"
    FOOD_AND_CLOTHING = "food_and_clothing"
    MONEY = "money"
    FAMILY = "family"
    LIFE_SKILLS = "life_skills"
    JOB_TRAINING = "job_training"
    EDUCATION = "education"


class ReferralState(StrEnum):
    """The life of a referral."""

    NEEDED = "needed"  # a need for which no place has been found
    REFERRED = "referred"
    ACCEPTED = "accepted"
    WAITLISTED = "waitlisted"
    DECLINED = "declined"
    ENROLLED = "enrolled"
    COMPLETED = "completed"
    DISCHARGED = "discharged"
    WITHDRAWN = "withdrawn"


REFERRAL_OPEN = frozenset(
    {
        ReferralState.NEEDED,
        ReferralState.REFERRED,
        ReferralState.ACCEPTED,
        ReferralState.WAITLISTED,
        ReferralState.ENROLLED,
    }
)


class AttendanceKind(StrEnum):
    """What became of one service session. Only MISSED is an unacceptable absence."""

    ATTENDED = "attended"
    EXCUSED = "excused"  # acceptable absence
    MISSED = "missed"  # unacceptable absence
    CANCELLED = "cancelled"  # by the provider: never counts against the participant
    UNVERIFIED = "unverified"


class ReportState(StrEnum):
    """What is stored about an expected compliance report; late and missing are derived from dates."""

    EXPECTED = "expected"
    RECEIVED = "received"
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"


class ReportStanding(StrEnum):
    """How an expected report stands on a day. None of these is the participant's failure."""

    EXPECTED = "expected"
    DUE = "due"  # due today: not late
    IN_GRACE = "in_grace"
    LATE = "late"
    MISSING = "missing"  # the appearance has come and there is no report
    RECEIVED = "received"
    RECEIVED_LATE = "received_late"
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"
    RELEASE_EXPIRED = "release_expired"  # nobody may send it: no active release


class ReleaseKind(StrEnum):
    """On which footing information is released."""

    GENERAL = "general"
    CRIMINAL_JUSTICE = "criminal_justice"


class ReleaseInformation(StrEnum):
    """What a provider may share under a release."""

    ATTENDANCE = "attendance"  # each service session, and what became of it
    PROGRESS = "progress"  # the provider's own words in a report


class Recipient(StrEnum):
    """With whom it may be shared."""

    COURT = "court"  # the judge, and the court's team
    PROSECUTOR = "prosecutor"
    DEFENSE = "defense"


class ReleasePurpose(StrEnum):
    """For what it may be used."""

    MONITORING = "monitoring"  # of the mandate by the court
    COORDINATION = "coordination"  # of services


class ReleaseUntil(StrEnum):
    """What ends a release, at the latest on its last day."""

    DATE = "date"  # its last day and nothing else
    MANDATE = "mandate"  # the mandate is done or over
    DISPOSITION = "disposition"  # the case's final disposition


class RevokedHow(StrEnum):
    """How the participant took a release back."""

    IN_COURT = "in_court"
    IN_WRITING = "in_writing"
    BY_WORD = "by_word"  # told somebody of the court's team
    THROUGH_PROVIDER = "through_provider"
    THROUGH_COUNSEL = "through_counsel"


class ReleaseAnswer(StrEnum):
    """What the participant answered when asked. Declining is neutral."""

    GIVEN = "given"
    DECLINED = "declined"
