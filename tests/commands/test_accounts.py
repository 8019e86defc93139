"""Promises of accounts: who may change them, and what an account may not become."""

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, select

from models import database
from models.commands import accounts as commands
from models.commands.user_sessions import revoke_sessions
from models.errors import Conflict, Invalid, NotFound, NotPermitted
from models.queries.accounts import accounts, demonstration_names, open_sessions
from models.rules.vocabulary import Role
from models.scope import Actor
from models.tables import Installation, User
from tests.builders import NOW, a_court, an_actor

PASSWORD = "seven grey herons wait"


@pytest.fixture
def admin(sqlite_engine: Engine) -> Actor:
    with database.transaction(sqlite_engine) as session:
        return an_actor(session, a_court(session), Role.ADMINISTRATOR, username="admin")


def add(session: Session, who: Actor, **changed: object) -> User:
    given = {"username": "dana", "display_name": "Dana", "password": PASSWORD, "roles": {Role.CLERK}} | changed
    user_id = commands.add_user(session, who, **given, now=NOW)  # type: ignore[arg-type]
    return session.exec(select(User).where(User.id == user_id)).one()


def test_a_new_account_is_listed_with_its_roles(sqlite_engine: Engine, admin: Actor) -> None:
    with database.transaction(sqlite_engine) as session:
        add(session, admin, roles={Role.CLERK, Role.COORDINATOR})
        rows = {row.username: row for row in accounts(session, admin, now=NOW)}
    assert rows["dana"].roles == {Role.CLERK, Role.COORDINATOR}
    assert rows["dana"].open_sessions == 0


@pytest.mark.parametrize("role", [Role.JUDGE, Role.CLERK, Role.COORDINATOR])
def test_only_an_administrator_changes_accounts(sqlite_engine: Engine, admin: Actor, role: Role) -> None:
    with database.transaction(sqlite_engine) as session:
        user = add(session, admin)
        other = Actor(**{**vars(admin), "roles": frozenset({role}), "user_id": user.id})
        for refused in (
            lambda: add(session, other, username="x"),
            lambda: commands.set_roles(session, other, user.id, {Role.ADMINISTRATOR}, now=NOW),
            lambda: commands.set_password(session, other, admin.person, PASSWORD, now=NOW),
            lambda: commands.disable_user(session, other, admin.person, now=NOW),
            lambda: commands.enable_user(session, other, user.id, now=NOW),
            lambda: revoke_sessions(session, other, admin.person, now=NOW),
            lambda: accounts(session, other, now=NOW),
            lambda: open_sessions(session, other, admin.person, now=NOW),
        ):
            with pytest.raises(NotPermitted):
                refused()


def test_everybody_may_set_their_own_password_and_end_their_own_sessions(sqlite_engine: Engine, admin: Actor) -> None:
    with database.transaction(sqlite_engine) as session:
        user = add(session, admin)
        own = Actor(**{**vars(admin), "roles": frozenset({Role.CLERK}), "user_id": user.id})
        before = user.password_hash
        commands.set_password(session, own, user.id, "four red lamps at noon", now=NOW)
        revoke_sessions(session, own, user.id, now=NOW)
        assert user.password_hash != before
        assert user.password_hash.startswith("$argon2id$")


@pytest.mark.parametrize(
    "password", ["", "fourteen chars", "x" * 201, "dana dana dana dana", commands.DEMONSTRATION_PASSWORD]
)
def test_a_weak_or_published_password_is_refused(sqlite_engine: Engine, admin: Actor, password: str) -> None:
    with database.transaction(sqlite_engine) as session, pytest.raises(Invalid):
        add(session, admin, password=password)


def test_a_username_is_taken_once_whatever_its_case_and_whichever_its_court(
    sqlite_engine: Engine, admin: Actor
) -> None:
    with database.transaction(sqlite_engine) as session:
        add(session, admin)
        other = an_actor(session, a_court(session, name="Other"), Role.ADMINISTRATOR, username="other-admin")
        for who in (admin, other):
            with pytest.raises(Conflict):
                add(session, who, username=" DANA ")


@pytest.mark.parametrize("changed", [{"username": " "}, {"display_name": ""}, {"roles": set()}])
def test_an_account_needs_a_name_and_a_role(sqlite_engine: Engine, admin: Actor, changed: dict[str, object]) -> None:
    with database.transaction(sqlite_engine) as session, pytest.raises(Invalid):
        add(session, admin, **changed)


def test_an_account_of_another_court_is_not_there(sqlite_engine: Engine, admin: Actor) -> None:
    with database.transaction(sqlite_engine) as session:
        user = add(session, admin)
        other = an_actor(session, a_court(session, name="Other"), Role.ADMINISTRATOR, username="other-admin")
        for refused in (
            lambda: commands.set_roles(session, other, user.id, {Role.JUDGE}, now=NOW),
            lambda: commands.set_password(session, other, user.id, PASSWORD, now=NOW),
            lambda: commands.disable_user(session, other, user.id, now=NOW),
            lambda: revoke_sessions(session, other, user.id, now=NOW),
        ):
            with pytest.raises(NotFound):
                refused()
        assert "dana" not in {row.username for row in accounts(session, other, now=NOW)}


def test_an_administrator_cannot_lock_themselves_out(sqlite_engine: Engine, admin: Actor) -> None:
    with database.transaction(sqlite_engine) as session:
        with pytest.raises(Invalid):
            commands.disable_user(session, admin, admin.person, now=NOW)
        with pytest.raises(Invalid):
            commands.set_roles(session, admin, admin.person, {Role.CLERK}, now=NOW)


def test_demonstration_sign_ins_are_told_only_by_a_demonstration(sqlite_engine: Engine, admin: Actor) -> None:
    with database.transaction(sqlite_engine) as session:
        add(session, admin, username="judge", display_name="Hon. A")
        assert demonstration_names(session, commands.DEMONSTRATION_NAMES) == ()
        session.add(Installation(demonstration=True, created_at=NOW))
        session.flush()
        assert demonstration_names(session, commands.DEMONSTRATION_NAMES) == (("judge", "Hon. A"),)
