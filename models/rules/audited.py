"""What is written down of looking: which screens and lists show cases, and which acts change nothing in the court.

The words are kept in the audit for ever: one that was used is never given another meaning, nor taken away.
"""

from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID


class Look(StrEnum):
    """A way in which cases are shown to a person; the value is what an audit event keeps as its action."""

    BENCH = "view_bench"
    CASE_FILE = "view_case_file"
    AS_SEEN = "view_case_as_seen"
    PARTICULARS = "view_particulars"  # with ways to reach her that are not marked safe
    NEXT_DATES = "view_next_dates"
    DOCKET = "view_docket"
    REMOVED = "view_removed"  # what left a docket since it was printed
    TO_RESULT = "view_to_result"
    FOLLOW_UP = "view_follow_up"
    REMINDERS = "view_reminders"
    MEASURED = "view_measured"  # the cases behind a number of the measures
    MOVE_PREVIEW = "view_move_preview"
    MOVE = "view_move"
    DAY = "view_day"  # the day's cases, offered beside the search
    WORKED_ON = "view_worked_on"
    SET_ASIDE = "view_set_aside"  # what the scheduler could not judge
    DUPLICATES = "view_duplicates"
    SEALING_PREVIEW = "view_sealing_preview"  # what a sealing would take and leave out
    SEARCH = "search"
    AUDIT = "view_audit"


REFUSED = "refused"
FETCHED = "fetch_feed"

#: Acts after which every screen of the court still shows the truth.
CHANGES_NOTHING = frozenset({*Look, REFUSED, FETCHED})

ANEW_AFTER = timedelta(minutes=15)
"""A case that stays in front is looked at anew after so long."""


def changes(action: str) -> bool:
    """Tell whether an act can have changed what a screen of the court shows."""
    return action not in CHANGES_NOTHING


def is_anew(
    before: tuple[UUID | None, AbstractSet[UUID], datetime] | None,
    subject: UUID | None,
    cases: AbstractSet[UUID],
    now: datetime,
) -> bool:
    """Tell whether showing `cases` now is another look than the one before in the same place.

    `before` is that look's subject, its cases and its instant (UTC). A redrawing of the same is no other look: neither
    is a list from which a case has gone. Another subject, one more case, or 15 minutes make it one.
    """
    if before is None:
        return True
    subject_before, cases_before, at = before
    return subject != subject_before or now - at >= ANEW_AFTER or not cases <= cases_before
