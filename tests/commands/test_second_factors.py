"""Promises of the second step: which code counts, how often, and what an administrator and its owner may change."""

from uuid import UUID

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import select

from models import database
from models.commands import second_factors
from models.commands.accounts import disable_user, enable_user, set_password
from models.commands.second_factors import SetUp
from models.errors import Invalid, NotPermitted, SignedOut
from models.queries.sign_ins import signed_in
from models.rules.sign_ins import FAILURES
from models.rules.vocabulary import Role, SignInStep
from models.scope import Actor, actor_of
from models.tables import AuditEvent, Installation
from tests.builders import NOW, a_court, an_actor
from tests.commands.account_stories import (
    KEY,
    WRONG,
    add_dana,
    begin,
    code_at,
    dana,
    finish,
    set_up,
    with_telephone,
)

pytestmark = pytest.mark.usefixtures("admin")
telephone = pytest.mark.usefixtures("done")


@pytest.fixture
def admin(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Actor:
    return add_dana(sqlite_engine, monkeypatch)


@pytest.fixture
def done(sqlite_engine: Engine, admin: Actor) -> SetUp:  # noqa: ARG001 - her court must be there
    """What dana got when she set up her second step an hour ago."""
    return with_telephone(sqlite_engine)


def dana_id(sqlite_engine: Engine) -> UUID:
    with database.reading(sqlite_engine) as session:
        return dana(session).id


def test_the_first_sign_in_asks_everybody_to_set_up_a_second_step_and_opens_nothing_before(
    sqlite_engine: Engine,
) -> None:
    begun = begin(sqlite_engine)
    assert begun is not None
    assert begun.step is SignInStep.ENROL
    assert set_up(sqlite_engine, begun, code="000000") is None
    with pytest.raises(SignedOut), database.reading(sqlite_engine) as session:
        signed_in(session, begun.token, now=NOW)
    opened = set_up(sqlite_engine, begun)
    assert opened is not None
    assert len(set(opened.recovery_codes)) == 10
    with database.reading(sqlite_engine) as session:
        assert signed_in(session, opened.token, now=NOW).actor.name == "Dana"


def test_of_two_who_set_up_with_the_first_password_only_the_first_does(sqlite_engine: Engine) -> None:
    one, other = begin(sqlite_engine), begin(sqlite_engine)
    assert set_up(sqlite_engine, one) is not None
    with pytest.raises(SignedOut):
        set_up(sqlite_engine, other)


@telephone
def test_a_wrong_password_is_told_only_after_the_code_and_then_like_a_wrong_code(sqlite_engine: Engine) -> None:
    begun = begin(sqlite_engine, password=WRONG)
    assert begun is not None
    assert begun.step is SignInStep.CODE
    assert finish(sqlite_engine, begun, code_at(sqlite_engine)) is None


@telephone
def test_wrong_codes_and_wrong_passwords_lock_together_and_the_right_password_clears_nothing(
    sqlite_engine: Engine, admin: Actor
) -> None:
    for _ in range(FAILURES - 2):
        assert finish(sqlite_engine, begin(sqlite_engine), "000000") is None
    for _ in range(2):
        begin(sqlite_engine, password=WRONG)
    assert finish(sqlite_engine, begin(sqlite_engine), code_at(sqlite_engine)) is None
    with database.transaction(sqlite_engine) as session:
        enable_user(session, admin, dana_id(sqlite_engine), now=NOW)
    assert finish(sqlite_engine, begin(sqlite_engine), code_at(sqlite_engine)) is not None


@telephone
@telephone
@pytest.mark.parametrize("ending", ["password", "disabled", "reset"])
def test_what_ends_sessions_ends_a_sign_in_between_its_steps_too(
    sqlite_engine: Engine, admin: Actor, ending: str
) -> None:
    begun, code = begin(sqlite_engine), code_at(sqlite_engine)
    with database.transaction(sqlite_engine) as session:
        if ending == "password":
            set_password(session, admin, dana_id(sqlite_engine), "four red lamps at noon", now=NOW)
        elif ending == "disabled":
            disable_user(session, admin, dana_id(sqlite_engine), now=NOW)
        else:
            second_factors.reset_second_factor(session, admin, dana_id(sqlite_engine), now=NOW)
    with pytest.raises(SignedOut):
        finish(sqlite_engine, begun, code)


def test_an_administrator_resets_a_lost_telephone_and_its_owner_sets_up_another(
    sqlite_engine: Engine, admin: Actor, done: SetUp
) -> None:
    with database.transaction(sqlite_engine) as session:
        second_factors.reset_second_factor(session, admin, dana_id(sqlite_engine), now=NOW)
    with pytest.raises(SignedOut), database.reading(sqlite_engine) as session:
        signed_in(session, done.token, now=NOW)
    begun = begin(sqlite_engine)
    assert begun is not None
    assert begun.step is SignInStep.ENROL
    with database.reading(sqlite_engine) as session:
        events = [event.detail for event in session.exec(select(AuditEvent)) if event.action == "reset_second_factor"]
    assert events == [{"sessions": 1}]


@telephone
@telephone
def test_nobody_else_resets_and_nobody_resets_their_own(sqlite_engine: Engine, admin: Actor) -> None:
    with database.transaction(sqlite_engine) as session:
        who = actor_of(session, dana(session).id)
        with pytest.raises(NotPermitted):
            second_factors.reset_second_factor(session, who, admin.person, now=NOW)
        with pytest.raises(Invalid, match="My account"):
            second_factors.reset_second_factor(session, admin, admin.person, now=NOW)
        other = an_actor(session, a_court(session, name="Other"), Role.ADMINISTRATOR, username="other")
        with pytest.raises(Exception, match="no such record"):
            second_factors.reset_second_factor(session, other, who.person, now=NOW)


def test_new_recovery_codes_end_the_former_ones(sqlite_engine: Engine, done: SetUp) -> None:
    with database.transaction(sqlite_engine) as session:
        who = actor_of(session, dana(session).id)
        fresh = second_factors.renew_recovery_codes(session, who, now=NOW, key=KEY)
    assert finish(sqlite_engine, begin(sqlite_engine), done.recovery_codes[1]) is None
    assert finish(sqlite_engine, begin(sqlite_engine), fresh[0]) is not None


@telephone
def test_only_a_demonstration_lets_an_account_do_without(sqlite_engine: Engine) -> None:
    with database.transaction(sqlite_engine) as session:
        who = actor_of(session, dana(session).id)
        with pytest.raises(Invalid, match="another telephone"):
            second_factors.do_without(session, who, now=NOW)
        session.add(Installation(demonstration=True, created_at=NOW))
        session.flush()
        second_factors.do_without(session, actor_of(session, who.person), now=NOW)
    begun = begin(sqlite_engine)
    assert begun is not None
    assert begun.step is None
    assert begin(sqlite_engine, password=WRONG) is None


@telephone
def test_another_installations_key_opens_no_secret(sqlite_engine: Engine) -> None:
    assert (
        finish(sqlite_engine, begin(sqlite_engine), code_at(sqlite_engine), key=b"another key of thirty-two bytes!")
        is None
    )
