"""Notes of staff on a case: one's own, which nobody else reads, or the team's.

A note is never changed; who has more to say writes another. Its text never reaches the audit.
"""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from models import audit
from models.commands.free_words import check_words
from models.commands.typed import LONGEST_NOTE, needed
from models.rules.permissions import Action
from models.rules.vocabulary import NoteVisibility
from models.scope import Actor, load_case, require
from models.tables import Note


def write_note(
    session: Session,
    actor: Actor,
    case_id: UUID,
    text: str,
    visibility: NoteVisibility,
    *,
    now: datetime,
    token: UUID,
) -> Note:
    """Write a note at an instant (UTC) and return it; the same form (`token`) twice is one note. Raises Invalid."""
    require(actor, Action.WRITE_NOTE)
    case = load_case(session, actor, case_id)
    check_words(session, actor, text, now=now, case_id=case.id)
    said = needed(text, "The note is empty. Write what is to be remembered, then save.", LONGEST_NOTE)
    written = select(Note).where(
        col(Note.court_id) == actor.court_id, col(Note.token) == token, col(Note.case_id) == case.id
    )
    if note := session.exec(written).first():
        return note
    return add_note(session, actor, case.id, said, visibility, now=now, token=token)


def add_note(
    session: Session, actor: Actor, case_id: UUID, text: str, visibility: NoteVisibility, *, now: datetime, token: UUID
) -> Note:
    """Add a note for a command that has authorised its actor and seen to its form already."""
    note = Note(
        court_id=actor.court_id,
        case_id=case_id,
        token=token,
        visibility=visibility,
        text=text,
        written_by=actor.person,
        written_at=now,
    )
    session.add(note)
    detail = {"visibility": visibility}
    audit.record(session, actor, "write_note", "note", note.id, now=now, case_id=case_id, detail=detail)
    return note
