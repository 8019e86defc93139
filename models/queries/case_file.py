"""Everything about one case: who, how it stands and why, and all that happened with who recorded it and when.

A fixed number of statements, however long the case has been open. It judges through the rules and changes nothing.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from models import sitting
from models.audit.looks import shows_case
from models.facts import facts_of_case
from models.queries.case_court import court_entries
from models.queries.case_entries import Entry, Source, in_time_order, people_of
from models.queries.case_heading import Heading, heading
from models.queries.case_notes import follow_up_entries, note_entries
from models.queries.case_releases import ReleaseRow, release_rows
from models.queries.case_reports import ReportRow, report_entries, report_rows
from models.queries.case_services import (
    ReferralRow,
    SessionRow,
    read_services,
    referral_rows,
    service_entries,
    session_rows,
)
from models.queries.case_warrants import ArrestRow, WarrantRow, read_told, told_entries
from models.queries.timeline import Timeline, timeline
from models.rules.audited import Look
from models.rules.compliance import StandingAnswer, standing_on
from models.rules.permissions import Action
from models.scope import Actor, require


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """One case as it is known on `today`; every list has the newest first, but the mandated referral before others."""

    heading: Heading
    standing: StandingAnswer  # its course is `standing.course`
    entries: tuple[Entry, ...]
    referrals: tuple[ReferralRow, ...]
    sessions: tuple[SessionRow, ...]
    reports: tuple[ReportRow, ...]
    releases: tuple[ReleaseRow, ...]
    warrant: WarrantRow | None  # the order in force
    arrests: tuple[ArrestRow, ...]  # not struck
    timeline: Timeline
    today: date


@shows_case(Look.CASE_FILE)
def case_file(session: Session, viewer: Actor, case_id: UUID, *, today: date) -> CaseFile:
    """Return the whole case; NotFound when it is another court's, sealed, or not there."""
    require(viewer, Action.SEE_CASE)
    head = heading(session, viewer, case_id, today=today)
    court_days, policy = sitting.court_days(session, viewer), viewer.policy_on(today)
    facts = facts_of_case(session, viewer, case_id, on=today, policy=policy, court_days=court_days)
    source = Source(session, viewer.court_id, case_id, people_of(session, viewer.court_id))
    services = read_services(source, viewer, today)
    releases, told = release_rows(services.releases, today), read_told(source)
    released = dict.fromkeys(services.told_by | services.words_of, True)
    reports = report_rows(source, released, policy, court_days, today)
    history = [
        *court_entries(source, {program.key: program.name for program in policy.programs}, withheld=facts.withheld),
        *service_entries(source, services),
        *told_entries(source, told),
        *report_entries(source, reports, services.words_of),
        *note_entries(source, viewer),
        *follow_up_entries(source, today, withheld=facts.withheld),
    ]
    return CaseFile(
        heading=head,
        standing=standing_on(facts, policy, today),
        entries=in_time_order(history),
        referrals=referral_rows(services),
        sessions=session_rows(services),
        reports=reports,
        releases=releases,
        warrant=told.warrant,
        arrests=told.standing_arrests,
        timeline=timeline(session, viewer, case_id, today=today),
        today=today,
    )
