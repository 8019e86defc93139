"""What a story has told of a case so far, as the facts the rules look at: no need to read it back from the database.

It counts as `models.facts` does. The commands ask the database again, so a wrong count here is refused there.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from models.rules.facts import CaseFacts, Failures, Sessions
from models.rules.vocabulary import AttendanceKind, Stage

_FIELDS = {
    AttendanceKind.ATTENDED: "attended",
    AttendanceKind.EXCUSED: "excused",
    AttendanceKind.MISSED: "missed",
    AttendanceKind.CANCELLED: "cancelled",
    AttendanceKind.UNVERIFIED: "unverified",
}


@dataclass
class Ledger:
    """One case's counted past; every date is a civil date of the court."""

    program: str | None = None
    phase: int = 0
    phase_since: date | None = None
    mandate_since: date | None = None
    sessions: dict[date, AttendanceKind] = field(default_factory=dict)
    missed_courts: list[date] = field(default_factory=list)
    answered: list[date] = field(default_factory=list)  # decisions that answered a failure
    open_responses: int = 0
    last_court: date | None = None

    def facts(self, stage: Stage, on: date, window_days: int) -> CaseFacts:
        """Return the facts as known on the civil date `on`."""
        answered = max(self.answered, default=None)
        absences = [day for day, kind in self.sessions.items() if kind is AttendanceKind.MISSED]
        return CaseFacts(
            stage=stage,
            program=self.program,
            phase=self.phase,
            phase_since=self.phase_since,
            mandate_since=self.mandate_since,
            sessions=self._count(self.mandate_since),
            sessions_since_court=self._count(self.last_court + timedelta(days=1) if self.last_court else None),
            absences=_failures(absences, answered, on, window_days),
            missed_appearances=_failures(self.missed_courts, answered, on, window_days),
            open_responses=self.open_responses,
            last_appearance_on=self.last_court,
            information_on=on,
        )

    def _count(self, since: date | None) -> Sessions:
        counts = dict.fromkeys(_FIELDS.values(), 0)
        for day, kind in self.sessions.items():
            if since is None or day >= since:
                counts[_FIELDS[kind]] += 1
        return Sessions(**counts)


def _failures(days: list[date], answered: date | None, on: date, window_days: int) -> Failures:
    unanswered = [day for day in days if answered is None or day > answered]
    return Failures(
        in_window=sum((on - day).days < window_days for day in days),
        unanswered=len(unanswered),
        first_unanswered_on=min(unanswered, default=None),
        last_on=max(days, default=None),
    )
