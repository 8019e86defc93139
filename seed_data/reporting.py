"""How information comes to the court: placement, releases, and the providers' reports with their sessions."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import col

from models.commands.appearances import book_interpreter
from models.commands.referrals import refer, step_referral
from models.commands.releases import decline_release, give_release, revoke_release
from models.commands.reports import ReportEntry, SessionEntry, receive_report
from models.rules.court_days import add_court_days, subtract_court_days
from models.rules.vocabulary import AppearanceState, InterpreterState, ReferralState, ReleaseKind, ReportState
from models.tables import Referral, Report, Service
from seed_data.arcs import Placement
from seed_data.arcs import Release as Answer
from seed_data.house import at
from seed_data.life import KINDS, Life, nth, weekday

_WHAT = "sessions attended and missed, and how the work goes on"
_PURPOSE = "reports to the court before each appearance"
_SUMMARY = {
    "a": (
        "Comes on time and takes part.",
        "Steady work; trust is growing.",
        "Attended as agreed.",
        "Speaks for herself now.",
    ),
    "m": ("Did not come and could not be reached.", "A session was missed; we have offered another hour."),
    "e": ("One absence with a good reason.", "An absence was excused; the work goes on."),
    "c": ("We had to cancel; a new hour is offered.",),
    "u": ("Attendance could not be verified for one date.",),
}


_EXPECTED = sa.select(col(Report.id)).where(
    col(Report.appearance_id) == sa.bindparam("appearance", type_=sa.Uuid),
    col(Report.provider_id) == sa.bindparam("provider", type_=sa.Uuid),
    col(Report.state) == ReportState.EXPECTED,
)

#: Before so many days, the books tell less of the steps between.
OLD_DAYS = 400


def plan_placement(life: Life, opened_at: datetime) -> None:
    """Plan what follows the referral made at intake, and the release."""
    opened_on, chance, arc = life.story.opened_on, life.chance, life.arc
    if arc.release is not Answer.NOT_ASKED:
        life.later(opened_at + timedelta(days=chance.randint(0, 2), minutes=25), ask_release)
    if arc.placement is Placement.NONE or arc.placement is Placement.UNANSWERED:
        return
    accepted = weekday(opened_on + timedelta(days=chance.randint(2, 5)))
    if arc.placement is Placement.DECLINED_ONCE:
        life.later(at(accepted, 9, 40), _declined)
        return
    if opened_on < life.house.anchor - timedelta(days=OLD_DAYS) and arc.placement is Placement.ENROLLED:
        life.later(at(accepted, 9, 40), _enrolled)  # the oldest books tell only the step that mattered
        return
    life.later(at(accepted, 9, 40), _accepted)
    if arc.placement is Placement.ENROLLED:
        life.later(at(weekday(accepted + timedelta(days=chance.randint(1, 4))), 10, 20), _enrolled)


def ask_release(life: Life, now: datetime) -> None:
    """Record the participant's answer when asked to share information with the provider."""
    today, anchor = life.clerk.today(now), life.house.anchor
    if life.provider_id is None:
        return
    named = {"kind": ReleaseKind.CRIMINAL_JUSTICE, "what": _WHAT, "purpose": _PURPOSE, "now": now}
    if life.arc.release is Answer.DECLINED:
        decline_release(life.session, life.coordinator, life.case.id, life.provider_id, on=today, **named)  # type: ignore[arg-type]
        return
    ends = {Answer.ENDS: anchor - timedelta(days=3), Answer.ENDS_SOON: anchor + timedelta(days=8)}
    ends_on = max(ends.get(life.arc.release, today + timedelta(days=540)), today)
    life.release = give_release(
        life.session,
        life.coordinator,
        life.case.id,
        life.provider_id,
        kind=ReleaseKind.GENERAL if life.arc.minor else ReleaseKind.CRIMINAL_JUSTICE,
        what=_WHAT,
        purpose=_PURPOSE,
        starts_on=today,
        ends_on=ends_on,
        now=now,
    )
    life.release_ends = ends_on
    if life.arc.release is Answer.REVOKED:
        life.later(now + timedelta(days=40), _revoke)


def _revoke(life: Life, now: datetime) -> None:
    assert life.release is not None  # noqa: S101 - planned when it was given
    revoke_release(life.session, life.coordinator, life.release.id, on=life.clerk.today(now), now=now)
    life.release_ends = life.clerk.today(now) - timedelta(days=1)


def _step(life: Life, state: ReferralState, now: datetime, note: str | None = None) -> None:
    assert life.referral is not None  # noqa: S101 - made at intake
    step_referral(life.session, life.coordinator, life.referral.id, state, on=life.clerk.today(now), now=now, note=note)


def _accepted(life: Life, now: datetime) -> None:
    _step(life, ReferralState.ACCEPTED, now)


def _enrolled(life: Life, now: datetime) -> None:
    _step(life, ReferralState.ENROLLED, now)
    begin_sessions(life, life.clerk.today(now))


def _declined(life: Life, now: datetime) -> None:
    """Let the first provider decline; the coordinator finds another one the next day."""
    _step(life, ReferralState.DECLINED, now, "No place with the language that is needed.")
    life.later(now + timedelta(days=1), _elsewhere)


def _elsewhere(life: Life, now: datetime) -> None:
    assert life.referral is not None  # noqa: S101 - made at intake
    before = life.session.get_one(Service, life.referral.service_id)
    other = next(
        one for one in life.house.services.values() if one.kind == before.kind and one.provider_id != before.provider_id
    )
    life.referral = refer(
        life.session,
        life.coordinator,
        life.case.id,
        other.kind,
        other.id,
        mandated=True,
        on=life.clerk.today(now),
        now=now,
        sessions=life.program(life.clerk.today(now)).sessions,
    )
    life.provider_id = other.provider_id
    ask_release(life, now)
    life.later(now + timedelta(days=2), _accepted)
    life.later(now + timedelta(days=4), _enrolled)


def begin_sessions(life: Life, today: date) -> None:
    """Let the sessions begin once the mandate is accepted and the provider has taken the participant on."""
    enrolled = life.referral is not None and life.referral.state is ReferralState.ENROLLED
    if enrolled and life.ledger.mandate_since and life.next_session_on is None:
        life.next_session_on = weekday(today + timedelta(days=life.chance.randint(2, life.arc.every_days)))


def plan_before_court(life: Life, now: datetime) -> None:
    """Plan the report and the interpreter for the appearance that has just been calendared."""
    assert life.appearance is not None  # noqa: S101 - just calendared
    assert life.court_on is not None  # noqa: S101 - just calendared
    appearance_id, days = life.appearance.id, life.house.diary.court_days
    letter = nth(life.arc.reports, life.reports_planned)
    life.reports_planned += 1
    due_on = subtract_court_days(life.court_on, 3, days)
    comes_on = {
        "t": due_on if life.chance.random() < 0.6 else subtract_court_days(due_on, 1, days),
        "g": add_court_days(due_on, 1, days),
        "l": add_court_days(due_on, 2, days),
    }.get(letter)
    minute = life.chance.randint(0, 59)
    if comes_on:
        instant = max(at(comes_on, 13, minute), now + timedelta(hours=1))
        life.later(instant, lambda one, then: receive(one, then) if _still(one, appearance_id) else None)
    recent = life.court_on > life.house.anchor - timedelta(days=OLD_DAYS)
    if recent and life.arc.books_interpreter and life.story.character.interpreter:
        instant = max(at(life.court_on - timedelta(days=4), 15, minute), now + timedelta(hours=2))
        life.later(instant, lambda one, then: book(one, then) if _still(one, appearance_id) else None)


def _still(life: Life, appearance_id: object) -> bool:
    return life.appearance is not None and life.appearance.id == appearance_id


def book(life: Life, now: datetime) -> None:
    """Book the interpreter the next appearance needs."""
    one = life.appearance
    if one and one.interpreter is InterpreterState.NEEDED and one.state is AppearanceState.SCHEDULED:
        book_interpreter(life.session, life.clerk, one.id, booked=True, now=now)


def receive(life: Life, now: datetime) -> None:
    """Enter the report that is expected for the next appearance, with every session not told yet."""
    today = life.clerk.today(now)
    if life.appearance is None or life.release_ends is None or life.release_ends < today:
        return
    report_id = life.session.scalar(_EXPECTED, {"appearance": life.appearance.id, "provider": life.provider_id})
    if report_id is None:
        return
    told = life.sessions_before(today)
    entries = tuple(SessionEntry(held_on=day, kind=KINDS[letter], reason=life.reason(letter)) for day, letter in told)
    summary = life.chance.choice(_SUMMARY[told[-1][1]]) if told else "Nothing to report yet; a first hour is agreed."
    entry = ReportEntry(received_on=today, sessions=entries, summary=summary)
    receive_report(life.session, life.coordinator, report_id, entry, now=now, token=life.token())
    life.ledger.sessions.update({day: KINDS[letter] for day, letter in told})


def end_placement(life: Life, now: datetime, state: ReferralState) -> None:
    """Let the mandated referral end, where it is still running."""
    one: Referral | None = life.referral
    if one is not None and one.state is ReferralState.ENROLLED:
        _step(life, state, now)
