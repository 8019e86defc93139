"""When a standing changes by dates alone: since which day, and when to look again."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from models.rules.compliance import standing_on
from models.rules.facts import CaseFacts, Failures, Sessions
from models.rules.standing_changes import ComingDays, because_of, changed_on, next_change, next_standing
from models.rules.vocabulary import Stage, Standing
from tests.rules.situations import ON, POLICY, facts
from tests.rules.test_compliance import cases

DAY = timedelta(days=1)
GRACE = 2 * DAY  # a report is outstanding from the second day after its due day


def on_day(known: CaseFacts, day: date, due: date | None, first: date | None, last: date) -> CaseFacts:
    """Return what the facts are on a later day though nobody records anything: a report, a release, an appearance."""
    held = (first is None or first <= day) and day <= last
    passed = known.next_appearance_on is not None and known.next_appearance_on < day
    return replace(
        known,
        release_active=held,
        reports_outstanding=int(held and due is not None and due + GRACE <= day),
        unheld=known.unheld + passed,
        next_appearance_on=None if passed else known.next_appearance_on,
    )


ahead = st.integers(0, 12).map(lambda n: ON + n * DAY)


@given(
    cases.map(lambda known: replace(known, stage=Stage.ACTIVE)),
    st.none() | ahead,
    st.none() | ahead,
    st.none() | ahead,
    ahead,
)
def test_no_standing_changes_before_the_day_it_is_looked_at_again(
    known: CaseFacts, next_on: date | None, due: date | None, first: date | None, last: date
) -> None:
    known = replace(known, next_appearance_on=next_on)

    def standing(day: date) -> Standing:
        return standing_on(on_day(known, day, due, first, last), POLICY, day).standing

    answer = standing_on(on_day(known, ON, due, first, last), POLICY, ON)
    coming = ComingDays(
        reports_due=[due if due and due + GRACE > ON else None], releases_begin=[first], releases_end=[last]
    )
    day, looked = ON, next_standing(answer, coming, ON)
    while (day := day + DAY) < min(looked or date.max, ON + 40 * DAY):
        grace = due is not None and due < day < due + GRACE  # within its grace a report is looked at each day
        assert standing(day) is answer.standing or (grace and looked is not None and looked <= day)


def test_what_the_court_cannot_know_is_looked_at_only_where_it_knows_nothing_since_court() -> None:
    soon, later, silent = ON + 3 * DAY, ON + 20 * DAY, Sessions()
    coming = ComingDays(reports_due=[soon], policy_from=[later])
    given_days = {"phase_since": ON - 100 * DAY, "information_on": ON, "next_appearance_on": None}
    unsaid = facts(phase=2, sessions_since_court=silent, **given_days)
    assert next_standing(standing_on(unsaid, POLICY, ON), coming, ON) == soon + DAY
    answered = replace(unsaid, sessions_since_court=Sessions(attended=1))
    failed = replace(unsaid, absences=Failures(in_window=1, unanswered=1, last_on=ON))
    waiting = replace(unsaid, reports_outstanding=1)
    for known in (answered, failed, waiting):
        assert next_standing(standing_on(known, POLICY, ON), coming, ON) == later


def test_the_next_day_of_change_is_the_first_of_all_that_come_and_never_today() -> None:
    answer = replace(standing_on(facts(), POLICY, ON), can_change_on=None)
    assert next_change(answer, ComingDays(), ON) is None
    days = [ON + n * DAY for n in range(10, 16)]
    coming = ComingDays(
        reports_due=[days[4], None],
        releases_end=[days[4]],
        releases_begin=[days[3]],
        releases_revoked=[days[2]],
        policy_from=[days[1]],
    )
    assert next_change(replace(answer, can_change_on=days[0]), coming, ON) == days[0]
    assert next_change(answer, coming, ON) == days[1]
    assert next_change(answer, replace(coming, policy_from=[]), ON) == days[2]
    assert next_change(answer, replace(coming, policy_from=[], releases_revoked=[]), ON) == days[3]
    for only in (ComingDays(reports_due=[days[4]]), ComingDays(releases_end=[days[4]])):
        assert next_change(answer, only, ON) == days[5]
    assert next_change(answer, ComingDays(reports_due=[ON - 5 * DAY]), ON) == ON + DAY


READY = Standing.READY_TO_ADVANCE


def test_a_change_found_after_days_of_standstill_has_its_own_day() -> None:
    """Ready on the 28th day without an absence; looked at later, and never before the last look or the newest fact."""
    last = ON - 40 * DAY
    known = facts(
        phase=1,
        phase_since=ON - 100 * DAY,
        sessions=Sessions(attended=5, missed=1),
        absences=Failures(in_window=1, last_on=last),
        information_on=last,
        last_appearance_on=last,
        last_response_on=last,
        mandate_since=ON - 150 * DAY,
    )
    assert standing_on(known, POLICY, ON).standing is READY
    since = {"looked_on": last, "stage_since": ON - 150 * DAY}
    true_day = changed_on(known, POLICY, READY, ON, **since)
    assert last < true_day < ON
    assert standing_on(known, POLICY, true_day).standing is READY
    assert standing_on(known, POLICY, true_day - DAY).standing is not READY
    given_since: dict[str, dict[str, Any]] = {
        "looked_on": {"looked_on": ON - 5 * DAY, "stage_since": ON - 150 * DAY},
        "stage": {"looked_on": None, "stage_since": ON - 4 * DAY},
    }
    assert changed_on(known, POLICY, READY, ON, **given_since["looked_on"]) == ON - 4 * DAY
    assert changed_on(known, POLICY, READY, ON, **given_since["stage"]) == ON - 4 * DAY
    for newest in ("information_on", "last_response_on", "last_appearance_on", "phase_since", "release_ended_on"):
        newer: dict[str, Any] = {newest: ON - 3 * DAY}
        told = replace(known, **newer) if newest != "phase_since" else known
        day = changed_on(told, POLICY, standing_on(told, POLICY, ON).standing, ON, **since)
        assert day >= (ON - 3 * DAY if newest != "phase_since" else true_day)
    ahead_of_us = replace(known, information_on=ON + 9 * DAY)
    assert changed_on(ahead_of_us, POLICY, READY, ON, **since) == true_day
    assert changed_on(known, POLICY, Standing.ABSCONDED, ON, **since) == ON


def test_a_change_that_only_the_policy_made_names_it() -> None:
    said = because_of(POLICY, "Two absences, and the court has not answered.", ON)
    assert said.startswith(f"Under the policy {POLICY.version}, in force from ")
    assert said.endswith(": Two absences, and the court has not answered.")
