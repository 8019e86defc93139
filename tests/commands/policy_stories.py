"""A court whose administrator writes its policy, told in one transaction."""

from datetime import date

from sqlmodel import Session

from models.commands import policies as commands
from models.policies.writing import changed
from models.rules.vocabulary import Role
from models.scope import Actor, actor_of
from models.tables import PolicyVersion
from tests.builders import NOW, a_court, a_user

FEBRUARY = date(2027, 2, 1)
WHY = "Agreed by the team on 20 November."


class Story:
    """A court with an administrator, in one transaction."""

    def __init__(self, session: Session) -> None:
        self.session, self.court = session, a_court(session)
        self.user = a_user(session, self.court, Role.ADMINISTRATOR, username="sam")

    @property
    def sam(self) -> Actor:
        """The administrator, as read now."""
        return actor_of(self.session, self.user.id)

    def draft(self, name: str = "harbor-2", **changes: object) -> PolicyVersion:
        """Begin a draft, change settings ("reports__grace_court_days") and return it."""
        one = commands.begin_draft(self.session, self.sam, name, now=NOW)
        row = self.session.get_one(PolicyVersion, one)
        if changes:
            text = changed(row.text, {key.replace("__", "."): value for key, value in changes.items()})
            commands.save_draft(self.session, self.sam, one, text, seen=row.changes, now=NOW)
        return row

    def in_force(self, draft: PolicyVersion, from_day: date = FEBRUARY, typed: str | None = None) -> None:
        """Put a draft in force."""
        commands.put_in_force(
            self.session,
            self.sam,
            draft.id,
            from_day,
            reason=WHY,
            typed_name=draft.name if typed is None else typed,
            seen=draft.changes,
            now=NOW,
        )
