"""Who may do what: the promises of the matrix."""

from typing import cast

import pytest

from models.rules.permissions import CASE_CONTENT, MATRIX, Action, allowed
from models.rules.vocabulary import Role


def test_nobody_without_a_role_may_do_anything() -> None:
    assert not any(allowed([], action) for action in Action)


def test_a_role_that_the_matrix_does_not_know_may_do_nothing() -> None:
    assert not any(allowed([cast("Role", "visitor")], action) for action in Action)


def test_every_role_is_in_the_matrix_and_every_action_belongs_to_somebody() -> None:
    assert set(MATRIX) == set(Role)
    assert frozenset().union(*MATRIX.values()) == set(Action)


def test_an_administrator_sees_and_changes_no_case_content() -> None:
    assert not MATRIX[Role.ADMINISTRATOR] & CASE_CONTENT


@pytest.mark.parametrize("role", [Role.JUDGE, Role.CLERK, Role.COORDINATOR])
@pytest.mark.parametrize(
    "action",
    [Action.SEE_DOCKET, Action.SEE_CASE, Action.SEE_FOLLOW_UP, Action.SEE_CALENDAR],
)
def test_everybody_who_works_on_cases_reads_them(role: Role, action: Action) -> None:
    assert allowed([role], action)


@pytest.mark.parametrize("action", [Action.DECIDE, Action.CORRECT_DECISION, Action.SEE_BENCH])
def test_only_the_judge_and_the_recording_clerk_write_a_decision(
    action: Action,
) -> None:
    assert {role for role in Role if allowed([role], action)} == {
        Role.JUDGE,
        Role.CLERK,
    }


def test_only_clerks_and_administrators_change_the_calendar() -> None:
    assert {role for role in Role if allowed([role], Action.MANAGE_CALENDAR)} == {
        Role.CLERK,
        Role.ADMINISTRATOR,
    }


@pytest.mark.parametrize("action", [Action.MANAGE_ACCOUNTS, Action.MANAGE_SETTINGS])
def test_only_administrators_manage_accounts_and_settings(action: Action) -> None:
    assert {role for role in Role if allowed([role], action)} == {Role.ADMINISTRATOR}


def test_only_administrators_and_auditors_read_the_audit() -> None:
    assert {role for role in Role if allowed([role], Action.SEE_AUDIT)} == {Role.ADMINISTRATOR, Role.AUDITOR}


def test_an_auditor_sees_and_changes_no_case_content() -> None:
    assert not MATRIX[Role.AUDITOR] & CASE_CONTENT


def test_two_roles_together_may_do_what_either_may() -> None:
    assert allowed([Role.COORDINATOR, Role.JUDGE], Action.DECIDE)
    assert allowed([Role.COORDINATOR, Role.JUDGE], Action.ENTER_REPORT)


def test_everybody_who_can_sign_in_reaches_their_own_account() -> None:
    assert {role for role in Role if allowed([role], Action.OWN_ACCOUNT)} == set(Role)
