"""The life of a case: its stages, how it stands, and what a decision may change in its course."""

from enum import StrEnum


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


class CourseChange(StrEnum):
    """What a decision may change in the program's course."""

    ACCEPT_MANDATE = "accept_mandate"
    ADVANCE = "advance"
    COMPLETE = "complete"
    GRANT_ACD = "grant_acd"
    DECLINE = "decline"


class Standing(StrEnum):
    """How a case stands on a day, derived from facts, never typed in."""

    ON_TRACK = "on_track"
    ATTENTION = "attention"
    NOTHING_DONE = "nothing_done"  # several failures, and the court has not answered
    ABSCONDED = "absconded"
    READY_TO_ADVANCE = "ready_to_advance"
    READY_TO_COMPLETE = "ready_to_complete"
    NOT_ASSESSABLE = "not_assessable"
