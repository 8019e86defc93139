"""Refusals in human words.

One class for each kind of refusal; its docstring is the default message, in the words of a good clerk: what is
wrong, and what to do next. A message never holds a personal value.
"""

from typing import Any


class Refused(Exception):
    """This cannot be done as asked."""

    asked: Any = None  # what was asked for and by whom (`scope.Asked`), where the audit is to know of it

    def __init__(self, message: str | None = None, *, asked: Any = None) -> None:
        """Take a fuller message, or say the class's own."""
        super().__init__(message or type(self).__doc__)
        self.asked = asked


class NotFound(Refused):
    """There is no such record here. It may have been removed, or it belongs to another court."""


class NotPermitted(Refused):
    """Your role does not include this. Ask the court's administrator if it should."""


class SignedOut(Refused):
    """Your sign-in has ended. Sign in again; nothing you recorded is lost."""


class Invalid(Refused):
    """Something in the form is missing or cannot be right. Correct it and save again."""


class PlaceInWords(Invalid):
    """These words may tell where somebody lives or shelters. Take that out, or say that it is no confidential place."""


class Conflict(Refused):
    """Somebody else changed this meanwhile. Look at the present state, then decide again."""


class NoRoom(Refused):
    """This session is full. Choose another session, or record why it may go over its places."""


class CourtClosed(Refused):
    """The court is closed on that day. Choose another day."""


class GateMissing(Refused):
    """This needs notice, counsel, an opportunity to be heard and the judge's finding first, each with its date."""


class ReleaseMissing(Refused):
    """There is no active release for this provider. Ask the participant and record the answer, then try again."""


class PolicyError(Refused):
    """The court's policy file cannot be read. Correct the line named, then try again."""


class DatabaseTooNew(Refused):
    """The database was made by a newer version of Offramp. Install that version; nothing was changed."""


class NotRecorded(Refused):
    """What is shown is written down first, and that could not be done. Nothing is shown. Try again in a moment."""


class SettingsError(Refused):
    """A setting is missing or cannot be right. Correct it and start again."""
