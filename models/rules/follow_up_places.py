"""Where a follow-up stands before the staff on a day: the one truth of every list, count, chart, print and export."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from models.rules.follow_up import NEVER_LATE, SETTLED, FollowUpInputs, follow_up_state
from models.rules.vocabulary import FollowUpKind, FollowUpState

#: Days ahead from which something that is still to come is nobody's concern today.
LATER_DAYS = 14


class Place(StrEnum):
    """How near a follow-up is to somebody's hands."""

    REACHED = "reached"  # its day has come
    COMING = "coming"  # it is due within LATER_DAYS
    RESTING = "resting"  # held with a reason, due only later, or said on the bench that day
    SETTLED = "settled"  # done, waived or void


class Surface(StrEnum):
    """Everything that shows or counts follow-ups."""

    LIST = "list"  # the worklist, and the number on each of its parts
    RESTS = "rests"  # what the list shows when asked for what is held or later
    AGES = "ages"  # the chart of open items by age
    PAPER = "paper"  # the staffing list
    EXPORT = "export"


#: What each surface shows. The history of a case shows everything that was ever recorded.
SHOWS: Mapping[Surface, frozenset[Place]] = MappingProxyType(
    {
        Surface.LIST: frozenset({Place.REACHED, Place.COMING}),
        Surface.RESTS: frozenset({Place.RESTING}),
        Surface.AGES: frozenset({Place.REACHED}),
        Surface.PAPER: frozenset({Place.REACHED, Place.COMING}),
        Surface.EXPORT: frozenset({Place.REACHED, Place.COMING, Place.RESTING}),
    }
)


def inputs_of(
    kind: FollowUpKind,
    due_on: date,
    grace_days: int,
    held_until: date | None,
    *,
    done_on: date | None = None,
    waived: bool = False,
    void: bool = False,
) -> FollowUpInputs:
    """Return what is stored with a follow-up as the rule takes it; days are civil dates, grace in calendar days."""
    return FollowUpInputs(
        due_on=due_on,
        grace_days=grace_days,
        held_until=held_until,
        done_on=done_on,
        waived=waived,
        void=void,
        never_late=kind in NEVER_LATE,
    )


def place(kind: FollowUpKind, inputs: FollowUpInputs, on: date) -> Place:
    """Return where a follow-up stands on the civil date `on`."""
    state = follow_up_state(inputs, on)
    if state in SETTLED:
        return Place.SETTLED
    if kind is FollowUpKind.PROMISE and state in (FollowUpState.EXPECTED, FollowUpState.DUE):
        return Place.RESTING  # what was promised for a day in court is on the bench that day
    if state is FollowUpState.HELD or (inputs.due_on - on).days > LATER_DAYS:
        return Place.RESTING
    return Place.COMING if state is FollowUpState.EXPECTED else Place.REACHED


def shown(surface: Surface, where: Place) -> bool:
    """Tell whether a surface shows what stands there."""
    return where in SHOWS[surface]
