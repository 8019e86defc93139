"""The court's responses, and the behaviour they answer."""

from enum import StrEnum


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


class ResponseModel(StrEnum):
    """How a policy answers a behaviour that comes again."""

    GRADUATED = "graduated"  # the range rises with the person's own history
    ISOLATED = "isolated"  # each behaviour is answered by itself, by its kind


class Magnitude(StrEnum):
    """How much a response asks or gives, in the policy's own ranking."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class ResponseState(StrEnum):
    """The life of a response once the judge has given it."""

    ORDERED = "ordered"
    DONE = "done"
    NOT_DONE = "not_done"
    WITHDRAWN = "withdrawn"  # kept and marked


class Gate(StrEnum):
    """What must come first, in this order, where liberty is taken or a program is ended."""

    NOTICE = "notice"
    COUNSEL = "counsel"
    HEARING = "hearing"
    FINDING = "finding"


class Measure(StrEnum):
    """What stands behind the gates."""

    LIBERTY = "liberty"
    TERMINATION = "termination"
