"""One case as the court saw it at the end of a past day, under the policy of that day; and what was entered since court.

Two statements beyond the case file's. What was entered later is left out; what was replaced later counts as it did then.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from sqlmodel import Session

from models import clock, sitting
from models.audit.looks import shows_case
from models.errors import Invalid
from models.facts import facts_of_case
from models.queries.case_entries import Entry, What
from models.queries.case_file import CaseFile
from models.rules.audited import Look
from models.rules.compliance import StandingAnswer, standing_on
from models.rules.facts import without_content
from models.rules.permissions import Action
from models.scope import Actor, require

_SETTLED = frozenset({What.STANDING, What.FOLLOW_UP})  # what the program itself writes is no news to the judge


@dataclass(frozen=True, kw_only=True)
class SeenCase:
    """How a case stood and what was known of it at the end of the civil date `on`."""

    on: date
    standing: StandingAnswer
    entries: tuple[Entry, ...]  # the newest day first


@shows_case(Look.AS_SEEN, lambda _, file: file.heading.case_id)
def case_as_seen(session: Session, viewer: Actor, file: CaseFile, *, on: date) -> SeenCase:
    """Return the case of a file as the court saw it then; NotFound when it does not exist for the viewer.

    Raises Invalid for a day before the case was opened, or to come.
    """
    require(viewer, Action.SEE_CASE)
    if not file.heading.opened_on <= on <= file.today:
        raise Invalid("Choose a day from the opening of the case to today.")
    known_by = clock.at(on + timedelta(days=1), 0, 0, viewer.zone)
    policy, days = viewer.policy_on(on), sitting.court_days(session, viewer)
    case_id: UUID = file.heading.case_id
    facts = facts_of_case(session, viewer, case_id, on=on, policy=policy, court_days=days, known_by=known_by)
    if (
        file.standing.inputs.withheld and not facts.withheld
    ):  # what may not be read today is not read of a past day either
        facts = without_content(facts, facts.last_appearance_on)
    seen = (entry for entry in file.entries if entry.on <= on and (entry.at is None or entry.at < known_by))
    then = (replace(e, over=False) if e.over and e.over_since and e.over_since >= known_by else e for e in seen)
    return SeenCase(on=on, standing=standing_on(facts, policy, on), entries=tuple(then))


def entered_since_court(file: CaseFile) -> tuple[Entry, ...]:
    """Return what people have entered since the last appearance was recorded, the latest entered first.

    Whatever its own day: an old session told late is among them. None where the case was never in court.
    """
    last_on = file.standing.inputs.last_appearance_on
    held = [entry.at for entry in file.entries if entry.what is What.APPEARANCE and entry.on == last_on and entry.at]
    if not held:
        return ()
    since = min(held)
    news = [entry for entry in file.entries if entry.at and entry.at > since and entry.what not in _SETTLED]
    return tuple(sorted(news, key=lambda entry: entry.at or since, reverse=True))
