"""Notes as the viewer may read them, contacts and follow-ups of a case. Three statements.

Somebody else's own note does not exist for the viewer: it is left out of the statement, not of the screen. For
`case_file`, which authorises.
"""

from collections.abc import Iterator
from datetime import date

import sqlalchemy as sa
from sqlmodel import col

from models.facts.released import OF_SESSIONS
from models.queries.case_entries import Entry, Line, Source, Topic, What, sentences
from models.rules.follow_up import NEVER_LATE, FollowUpInputs, standing_of_follow_up
from models.rules.vocabulary import FollowUpKind, NoteVisibility
from models.scope import Actor
from models.tables import Contact, FollowUp, Note
from models.tables.base import table_of

#: Under which topic a follow-up is shown; those not named are the court's.
_TOPICS = {
    FollowUpKind.REPORT_REMINDER: Topic.REPORTS,
    FollowUpKind.REPORT_LATE: Topic.REPORTS,
    FollowUpKind.REFERRAL_UNANSWERED: Topic.SERVICES,
    FollowUpKind.NEED_WITHOUT_PLACE: Topic.SERVICES,
    FollowUpKind.RELEASE_EXPIRING: Topic.SERVICES,
    FollowUpKind.RELEASE_EXPIRED: Topic.SERVICES,
    FollowUpKind.NOTHING_DONE: Topic.RESPONSES,
    FollowUpKind.RESPONSE_DUE: Topic.RESPONSES,
    FollowUpKind.NO_CONTACT: Topic.NOTES,
    FollowUpKind.REMINDER_NOT_SENT: Topic.NOTES,
    FollowUpKind.MANUAL: Topic.NOTES,
}


def note_entries(source: Source, viewer: Actor) -> Iterator[Entry]:
    """Yield the team's notes and the viewer's own, the contacts, and the follow-ups of a case."""
    readable = sa.or_(col(Note.visibility) == NoteVisibility.TEAM, col(Note.written_by) == viewer.user_id)
    for row in source.rows(Note, sa.select(table_of(Note)).where(readable)):
        yield Entry(
            on=viewer.today(row["written_at"]),
            topic=Topic.NOTES,
            what=What.NOTE,
            subject=row["visibility"],
            words=row["text"],
            by=source.people.get(row["written_by"]),
            at=row["written_at"],
        )
    for row in source.rows(Contact):
        yield Entry(
            on=row["made_on"],
            topic=Topic.NOTES,
            what=What.CONTACT,
            subject=row["channel"],
            words=sentences("Reached" if row["reached"] else "Tried, not reached", row["note"]),
            **source.recorded(row),
        )


def follow_up_entries(source: Source, today: date, *, withheld: bool) -> Iterator[Entry]:
    """Yield the follow-ups of a case on the day they came about, as they stand on the civil date `today`.

    Those made of what was attended are left out where that is `withheld`.
    """
    for row in source.rows(FollowUp):
        if not (withheld and row["kind"] in OF_SESSIONS):
            yield _follow_up(source, row, today)


def _follow_up(source: Source, row: Line, today: date) -> Entry:
    inputs = FollowUpInputs(
        due_on=row["due_on"],
        grace_days=row["grace_days"],
        held_until=row["held_until"],
        done_on=row["done_on"],
        waived=bool(row["waived_reason"]),
        void=row["void_on"] is not None,
        never_late=row["kind"] in NEVER_LATE,
    )
    answer = standing_of_follow_up(inputs, today)
    return Entry(
        on=row["since"],
        topic=_TOPICS.get(row["kind"], Topic.COURT),
        what=What.FOLLOW_UP,
        subject=row["kind"],
        state=answer.state,
        words=sentences(row["reason"], row["waived_reason"]),
        over=not answer.open,
        by=source.people.get(row["settled_by"]),
        at=row["written_at"],
    )
