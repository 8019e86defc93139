"""A case on the screen to begin with, told for the tests of the case file."""

from datetime import date, timedelta

from models import database
from models.commands.attendance import record_attendance
from models.commands.referrals import refer, step_referral
from models.commands.releases import give_release
from models.rules.vocabulary import (
    AttendanceKind,
    Outcome,
    ReferralState,
    ReleaseKind,
    Role,
)
from models.scope import Actor
from models.tables import Case
from tests import builders
from tests.builders import NOW, TODAY
from tests.dashboard.screens import Screens

#: A report due on Friday 11 December.
COURT_ON = date(2026, 12, 16)


def a_file(screens: Screens, who: Actor, *, enrolled: bool = True) -> Case:
    """Return a case with an appearance to come, a mandated service, a release and one session."""
    with database.transaction(screens.engine) as session:
        part = builders.a_part(session, screens.court)
        case = builders.a_case(session, part)
        builders.an_appearance(session, case, builders.a_sitting(session, part, TODAY))
        held = builders.a_sitting(session, part, TODAY - timedelta(days=28))
        builders.an_appearance(session, case, held, outcome=Outcome.APPEARED)
        builders.an_appearance(session, case, builders.a_sitting(session, part, COURT_ON))
        service = builders.a_service(session, screens.court)
        if enrolled:
            on = TODAY - timedelta(days=30)
            one = refer(session, who, case.id, service.kind, service.id, mandated=True, on=on, now=NOW, sessions=6)
            step_referral(session, who, one.id, ReferralState.ENROLLED, on=on, now=NOW)
            give_release(
                session,
                who,
                case.id,
                service.provider_id,
                kind=ReleaseKind.CRIMINAL_JUSTICE,
                what="sessions",
                purpose="reports",
                starts_on=on,
                ends_on=TODAY + timedelta(days=90),
                now=NOW,
            )
            missed = AttendanceKind.MISSED
            record_attendance(session, who, one.id, TODAY - timedelta(days=9), missed, now=NOW)
    return case


def the_clerk(screens: Screens) -> Actor:
    return screens.sign_in(Role.CLERK)
