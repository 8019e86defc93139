"""The court's words, as enumerations.

Every stored state is one of these; the database checks the same lists. Words for the screen live in
`dashboard/wording.py`; here a member's value is what is stored, and never changes once released.
"""

from enum import StrEnum


class Role(StrEnum):
    """What a user is in the court; it decides which screens and actions exist for them."""

    JUDGE = "judge"
    CLERK = "clerk"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


class Stage(StrEnum):
    """Where a case stands in its life, from a flagged charge to a sealed record."""

    IDENTIFIED = "identified"
    SCREENED = "screened"
    OFFERED = "offered"
    ACTIVE = "active"  # the mandate is accepted
    COMPLETED = "completed"  # the mandate is done, the disposition is still to come
    ACD = "acd"  # adjourned in contemplation of dismissal
    DISMISSED = "dismissed"
    SEALED = "sealed"
    DECLINED = "declined"
    ABSCONDED = "absconded"
    TRANSFERRED = "transferred"
    TERMINATED = "terminated"


BEFORE_MANDATE = frozenset({Stage.IDENTIFIED, Stage.SCREENED, Stage.OFFERED})
#: Stages in which the court owes the case a next date, or a visible reason why there is none.
IN_PROGRAM = BEFORE_MANDATE | {Stage.ACTIVE, Stage.COMPLETED}
CLOSED = frozenset({Stage.DISMISSED, Stage.SEALED, Stage.DECLINED, Stage.TRANSFERRED, Stage.TERMINATED})


class Purpose(StrEnum):
    """Why a case is on a court session."""

    INTAKE = "intake"
    REVIEW = "review"
    COMPLETION = "completion"
    ACD_RESTORED = "acd_restored"
    OTHER = "other"


class AppearanceState(StrEnum):
    """What became of an appearance as an entry on the calendar."""

    PROPOSED = "proposed"  # by the scheduler, waiting for the clerk
    SCHEDULED = "scheduled"
    HELD = "held"  # an outcome is recorded
    MOVED = "moved"  # to another session; `moved_to_id` says which
    REMOVED = "removed"


ON_CALENDAR = frozenset({AppearanceState.SCHEDULED, AppearanceState.HELD})


class Outcome(StrEnum):
    """What happened at an appearance."""

    APPEARED = "appeared"
    EXCUSED = "excused"
    DID_NOT_APPEAR = "did_not_appear"
    ADJOURNED = "adjourned"  # by the court: never counts against the participant


class MissedAppearance(StrEnum):
    """The judge's choices when a participant did not appear. None of them is ever automatic."""

    EXCUSE = "excuse"
    ADVANCE_WITH_COUNSEL = "advance_with_counsel"
    WARRANT_STAYED = "warrant_stayed"
    WARRANT_ISSUED = "warrant_issued"


class CourseChange(StrEnum):
    """What a decision may change in the program's course."""

    ACCEPT_MANDATE = "accept_mandate"
    ADVANCE = "advance"
    COMPLETE = "complete"
    GRANT_ACD = "grant_acd"
    DECLINE = "decline"


class InterpreterState(StrEnum):
    """Whether the interpreter an appearance needs is there."""

    NOT_NEEDED = "not_needed"
    NEEDED = "needed"
    BOOKED = "booked"


class SessionState(StrEnum):
    """Whether a court session takes place."""

    OPEN = "open"
    CLOSED = "closed"


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


class Standing(StrEnum):
    """How a case stands on a day, derived from facts, never typed in."""

    ON_TRACK = "on_track"
    ATTENTION = "attention"
    NOTHING_DONE = "nothing_done"  # several failures, and the court has not answered
    ABSCONDED = "absconded"
    READY_TO_ADVANCE = "ready_to_advance"
    READY_TO_COMPLETE = "ready_to_complete"
    NOT_ASSESSABLE = "not_assessable"


class ResponseKind(StrEnum):
    """The court's answer to behaviour. An adjustment follows need; it is neither reward nor punishment."""

    INCENTIVE = "incentive"
    SANCTION = "sanction"
    ADJUSTMENT = "service_adjustment"


class Behaviour(StrEnum):
    """What a response answers."""

    ATTENDED_ALL = "attended_all"
    MILESTONE = "milestone"
    ABSENCE = "unacceptable_absence"
    MISSED_APPEARANCE = "missed_appearance"
    DISTAL_GOAL = "distal_goal_not_met"
    OTHER = "other"


class ResponseState(StrEnum):
    """The life of a response once the judge has given it."""

    ORDERED = "ordered"
    DONE = "done"
    NOT_DONE = "not_done"
    WITHDRAWN = "withdrawn"  # kept and marked


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


class FlagKind(StrEnum):
    """Safety flags of a participant, shown wherever she is."""

    INITIALS_ONLY = "initials_only"
    NO_ADDRESS_ALOUD = "no_address_aloud"
    SEPARATE_WAITING = "separate_waiting"
    COMPANION_NOT_SAFE = "companion_not_safe"  # somebody who comes along may not be safe for her
    NO_VOICEMAIL = "no_voicemail"
    SUBSTITUTE_ADDRESS = "substitute_address"


class ChannelKind(StrEnum):
    """Ways to reach a participant; used only when marked safe."""

    PHONE = "phone"
    TEXT = "text"
    EMAIL = "email"
    MAIL = "mail"
    THROUGH_PROVIDER = "through_provider"
    THROUGH_COUNSEL = "through_counsel"


class ReleaseKind(StrEnum):
    """On which footing information is released."""

    GENERAL = "general"
    CRIMINAL_JUSTICE = "criminal_justice"


class ReleaseAnswer(StrEnum):
    """What the participant answered when asked. Declining is neutral."""

    GIVEN = "given"
    DECLINED = "declined"


class FollowUpKind(StrEnum):
    """Dated obligations the scheduler keeps."""

    NO_NEXT_DATE = "no_next_date"
    APPROVE_DATE = "approve_date"
    NO_OUTCOME = "no_outcome"
    NOTHING_DONE = "nothing_done"
    REPORT_REMINDER = "report_reminder"
    REPORT_LATE = "report_late"
    REFERRAL_UNANSWERED = "referral_unanswered"
    NEED_WITHOUT_PLACE = "need_without_place"
    NO_CONTACT = "no_contact"
    RELEASE_EXPIRING = "release_expiring"
    RELEASE_EXPIRED = "release_expired"
    ACD_EXPIRY = "acd_expiry"
    INTERPRETER = "interpreter"
    RESPONSE_DUE = "response_due"
    PROMISE = "promise"
    READY = "ready"
    MANUAL = "manual"


class Move(StrEnum):
    """Whose move a follow-up waits for."""

    COURT = "court"  # the judge, or the clerk for her
    COORDINATOR = "coordinator"
    CLERK = "clerk"
    PROVIDER = "provider"
    PARTICIPANT = "participant"


class FollowUpState(StrEnum):
    """How a follow-up stands on a day; derived, never stored."""

    EXPECTED = "expected"
    DUE = "due"
    IN_GRACE = "in_grace"
    LATE = "late"
    HELD = "held"
    DONE = "done"
    WAIVED = "waived"
    VOID = "void"


class NoteVisibility(StrEnum):
    """Who reads a note."""

    OWN = "own"
    TEAM = "team"


class ListKind(StrEnum):
    """The three lists one docket gives."""

    PUBLIC = "public"
    BENCH = "bench"
    STAFFING = "staffing"


class RunState(StrEnum):
    """How a scheduler's run of one slot stands."""

    BEGUN = "begun"  # still at work, or cut short: the next try goes on from where it came to
    SUCCEEDED = "succeeded"
    FAILED = "failed"
