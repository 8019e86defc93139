"""What may be disclosed under a release, and what is said where nothing may: the promises of `models.rules.releases`."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.compliance import standing_on
from models.rules.facts import CaseFacts, Failures, Sessions, without_content
from models.rules.releases import (
    Terms,
    Wanted,
    answered,
    disclosure,
    disclosure_at,
    ends_at,
    holds,
    missing,
    not_yet_revocable,
    recipient_of,
)
from models.rules.responses import proposals
from models.rules.vocabulary import (
    Behaviour,
    Recipient,
    ReleaseAnswer,
    ReleaseInformation,
    ReleaseKind,
    ReleasePurpose,
    Role,
    Stage,
    Standing,
)
from tests.rules.scenario_tables import Row, situations
from tests.rules.situations import POLICY

STARTS, ENDS, REVOKED = date(2026, 11, 1), date(2026, 12, 4), date(2026, 11, 20)


@pytest.mark.parametrize(
    ("on", "revoked_on", "held"),
    [
        (date(2026, 10, 31), None, False),
        (STARTS, None, True),
        (ENDS, None, True),
        (date(2026, 12, 5), None, False),
        (date(2026, 11, 19), REVOKED, True),
        (REVOKED, REVOKED, False),
    ],
    ids=["the day before", "its first day", "its last day", "the day after", "before it is revoked", "when revoked"],
)
def test_a_release_holds_from_its_first_day_to_its_last_and_not_once_revoked(
    on: date, revoked_on: date | None, held: bool
) -> None:
    assert holds(ReleaseAnswer.GIVEN, STARTS, ENDS, revoked_on, on) is held
    others = [answer for answer in ReleaseAnswer if answer is not ReleaseAnswer.GIVEN]
    assert not any(holds(answer, STARTS, ENDS, revoked_on, on) for answer in others)


def test_where_none_held_it_is_said_without_blame_and_with_what_to_do() -> None:
    assert missing(date(2026, 12, 4)) == (
        "There was no active release for this provider on 4 December, so the report cannot be taken in. "
        "That is neutral. Ask the participant, record the answer under releases, then enter the report."
    )


def _provider(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, name)


def _terms(row: Row) -> Terms:
    return Terms(
        provider_id=_provider(row.get("provider", "counselling")),
        answer=ReleaseAnswer(row.get("answer", "given")),
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        revoked_on=row.get("revoked_on"),
        information={ReleaseInformation(one) for one in row.get("shares", list(ReleaseInformation))},
        recipients={Recipient(one) for one in row.get("with", ["court"])},
        use=ReleasePurpose(row.get("use", "monitoring")),
    )


@pytest.mark.parametrize("row", situations("releases", "disclosure"))
def test_content_is_disclosed_only_under_an_active_release_that_names_it_and_the_reason_is_said(row: Row) -> None:
    wanted = Wanted(
        provider_id=_provider("counselling"),
        information=ReleaseInformation(row.get("information", "attendance")),
        recipient=Recipient(row.get("recipient", "court")),
    )
    answer = disclosure([_terms(one) for one in row["releases"]], wanted, row["on"])
    assert (answer.allowed, answer.reason) == (row.get("allowed", False), row["reason"])
    assert (answer.inputs, answer.information_on) == (wanted, row["on"])


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Honolulu", "Asia/Tokyo", "UTC"])
@pytest.mark.parametrize("last", [date(2026, 12, 4), date(2026, 10, 31), date(2026, 11, 1), date(2026, 3, 8)])
def test_a_release_ends_at_the_second_of_midnight_in_the_courts_own_time(zone: str, last: date) -> None:
    at, court = ends_at(last, ZoneInfo(zone)).astimezone(UTC), ZoneInfo(zone)
    terms = [Terms(provider_id=_provider("one"), answer=ReleaseAnswer.GIVEN, starts_on=last, ends_on=last)]
    wanted = Wanted(provider_id=_provider("one"))
    assert disclosure_at(terms, wanted, at - timedelta(seconds=1), court).allowed
    assert not disclosure_at(terms, wanted, at, court).allowed
    assert at.astimezone(court).replace(tzinfo=None) == datetime(last.year, last.month, last.day) + timedelta(days=1)  # noqa: DTZ001 - the wall clock


def test_a_release_to_the_criminal_justice_system_binds_until_its_event_and_no_other_one_does() -> None:
    bound = ReleaseKind.CRIMINAL_JUSTICE
    said = not_yet_revocable(bound, binding=True, event_on=None, on=ENDS)
    assert said
    assert "cannot be taken back before" in said
    assert not_yet_revocable(bound, binding=True, event_on=ENDS + timedelta(days=1), on=ENDS)
    assert not_yet_revocable(bound, binding=True, event_on=ENDS, on=ENDS) is None
    assert not_yet_revocable(bound, binding=False, event_on=None, on=ENDS) is None
    assert not_yet_revocable(ReleaseKind.GENERAL, binding=True, event_on=None, on=ENDS) is None


def test_why_the_court_responded_is_withheld_where_it_tells_what_a_provider_told() -> None:
    hidden = "What it answers is not available: no release is active. That is neutral."
    for told in (Behaviour.ATTENDED_ALL, Behaviour.MILESTONE, Behaviour.ABSENCE):
        assert answered(told, "3 of 6", withheld=True) == hidden
        assert answered(told, "3 of 6", withheld=False) == "3 of 6"
    assert answered(Behaviour.MISSED_APPEARANCE, "on 4 December", withheld=True) == "on 4 December"


def test_a_person_reads_as_the_court_unless_every_role_is_one_of_another_side() -> None:
    assert recipient_of({Role.PROSECUTOR}) is Recipient.PROSECUTOR
    assert recipient_of({Role.DEFENSE}) is Recipient.DEFENSE
    assert recipient_of({Role.DEFENSE, Role.JUDGE}) is Recipient.COURT
    assert all(recipient_of({role}) is Recipient.COURT for role in Role if role not in (Role.PROSECUTOR, Role.DEFENSE))


_counts = st.builds(Sessions, **{name: st.integers(0, 9) for name in ("attended", "excused", "missed", "cancelled")})
_failures = st.builds(Failures, in_window=st.integers(0, 5), unanswered=st.integers(0, 5), last_on=st.just(ENDS))


@given(_counts, _counts, _failures, st.sampled_from([None, STARTS]))
def test_without_a_release_nothing_that_was_told_decides_anything_or_is_said(
    all_told: Sessions, since: Sessions, absences: Failures, ended_on: date | None
) -> None:
    known: dict[str, Any] = {
        "release_active": False,
        "release_ended_on": ended_on,
        "mandate_since": STARTS,
        "last_appearance_on": STARTS,
    }
    told = CaseFacts(
        stage=Stage.ACTIVE,
        program=POLICY.programs[0].key,
        sessions=all_told,
        sessions_since_court=since,
        absences=absences,
        **known,
    )
    answer = standing_on(without_content(told, STARTS), POLICY, ENDS)
    nothing = standing_on(
        without_content(CaseFacts(stage=Stage.ACTIVE, program=told.program, **known), STARTS), POLICY, ENDS
    )
    assert (answer.standing, answer.headline, answer.reasons) == (nothing.standing, nothing.headline, nothing.reasons)
    assert answer.standing is Standing.NOT_ASSESSABLE
    assert "Sessions are not available: no release is active. That is neutral." in answer.reasons
    assert answer.course.attended is None
    assert proposals(answer.inputs, POLICY, ENDS) == ()
