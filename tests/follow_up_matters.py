"""One case for each kind of follow-up that a sweep writes, told with `tests.follow_up_stories`."""

from datetime import date, timedelta
from uuid import uuid4

from models.rules.vocabulary import AttendanceKind, InterpreterState, Outcome, ReferralState, Stage
from models.tables import Acd, Case, Decision, StageChange
from tests.builders import NOW, TODAY
from tests.follow_up_stories import LONG_AGO, Stories


def everything(stories: Stories) -> Stories:
    """Tell one case for each kind of follow-up that a sweep writes."""
    _court(stories)
    _outside(stories)
    _standing(stories)
    stories.session.flush()
    return stories


def _court(stories: Stories) -> None:
    stories.sitting(date(2027, 1, 8))
    stories.appearance(stories.case("no_outcome", coming=False), date(2026, 12, 2))
    stories.case("approve_date", coming=False)
    _put_off(stories, stories.case("no_next_date", coming=False))
    interpreter = stories.appearance(stories.case("interpreter", coming=False), date(2026, 12, 11))
    interpreter.interpreter = InterpreterState.NEEDED
    interpreter.added_at = NOW - timedelta(days=30)
    acd = stories.case("acd_expiry", stage=Stage.ACD, coming=False)
    stories.session.add(
        Acd(
            court_id=stories.court.id,
            case_id=acd.id,
            granted_on=date(2026, 6, 9),
            expires_on=date(2026, 12, 9),
            recorded_by=stories.user.id,
            recorded_at=NOW,
        )
    )
    dismissed = stories.case("sealing", stage=Stage.DISMISSED, coming=False)
    stories.session.add(
        StageChange(
            court_id=stories.court.id,
            case_id=dismissed.id,
            from_stage=Stage.ACD,
            to_stage=Stage.DISMISSED,
            changed_on=date(2026, 11, 13),
            recorded_by=stories.user.id,
            recorded_at=NOW,
        )
    )


def _put_off(stories: Stories, case: Case) -> None:
    held = stories.appearance(case, date(2026, 11, 20), outcome=Outcome.APPEARED)
    stories.session.add(
        Decision(
            court_id=stories.court.id,
            case_id=case.id,
            appearance_id=held.id,
            version=1,
            token=uuid4(),
            outcome=Outcome.APPEARED,
            no_next_date_reason="Waiting for the other county's answer.",
            decided_on=date(2026, 11, 20),
            recorded_by=stories.user.id,
            recorded_at=NOW,
        )
    )


def _outside(stories: Stories) -> None:
    late = stories.case("report_late", coming=False)
    stories.release(late)
    stories.report(late, stories.appearance(late, date(2026, 12, 7)), date(2026, 12, 2), date(2026, 12, 7))
    remind = stories.case("report_reminder", coming=False)
    stories.release(remind)
    appearance = stories.appearance(remind, date(2026, 12, 16))
    appearance.added_at = NOW - timedelta(days=20)
    stories.report(remind, appearance, date(2026, 12, 11), date(2026, 12, 16))
    stories.referral(stories.case("referral_unanswered"), ReferralState.REFERRED, date(2026, 11, 24))
    stories.referral(stories.case("need_without_place"), ReferralState.NEEDED, date(2026, 11, 30))
    expiring, expired = stories.case("release_expiring"), stories.case("release_expired")
    for case, ends_on in ((expiring, date(2026, 12, 10)), (expired, date(2026, 12, 1))):
        stories.referral(case, ReferralState.WAITLISTED, LONG_AGO)
        stories.release(case, ends_on)
    silent = stories.case("no_contact", heard=False)
    stories.attended(silent, AttendanceKind.ATTENDED, date(2026, 11, 10))


def _standing(stories: Stories) -> None:
    nothing_done = stories.case("nothing_done")
    stories.attended(nothing_done, AttendanceKind.MISSED, date(2026, 11, 6), date(2026, 11, 13))
    ready = stories.case("ready")
    stories.attended(ready, AttendanceKind.ATTENDED, *(date(2026, 11, day) for day in (2, 9, 16, 23, 30)), TODAY)
    for case in (nothing_done, ready):
        stories.release(case)
