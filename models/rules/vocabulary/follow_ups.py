"""Follow-ups, whose move they wait for, and how the scheduler's runs end."""

from enum import StrEnum


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
    SEALING = "sealing"
    INTERPRETER = "interpreter"
    RESPONSE_DUE = "response_due"
    PROMISE = "promise"
    READY = "ready"
    REMINDER_NOT_SENT = "reminder_not_sent"  # or nobody knows whether it was
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
    OPEN = "open"  # its day has come, and nobody is late: what waits is good news
    HELD = "held"
    DONE = "done"
    WAIVED = "waived"
    VOID = "void"


class RunState(StrEnum):
    """How a scheduler's run of one slot stands."""

    BEGUN = "begun"  # still at work, or cut short: the next try goes on from where it came to
    SUCCEEDED = "succeeded"
    FAILED = "failed"
