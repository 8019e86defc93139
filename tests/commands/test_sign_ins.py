"""Promises of signing in: what opens a session, what ends it, and what nobody learns from a refusal."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import select

from models import database
from models.commands import sign_ins, user_sessions
from models.commands.accounts import DEMONSTRATION_PASSWORD, disable_user, set_password
from models.commands.user_sessions import hashed, revoke_sessions
from models.errors import SignedOut
from models.queries.sign_ins import signed_in
from models.rules.vocabulary import Role
from models.scope import Actor, actor_of
from models.tables import AuditEvent, UserSession
from tests.builders import NOW
from tests.commands.account_stories import (
    KEY,
    PASSWORD,
    WRONG,
    add_dana,
    code_at,
    dana,
    finish,
    sign_in,
    with_telephone,
)

pytestmark = pytest.mark.usefixtures("admin")

MINUTE = timedelta(minutes=1)


@pytest.fixture
def admin(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Actor:
    """An administrator of a court in which "dana" is a clerk with a password and a telephone."""
    who = add_dana(engine, monkeypatch)
    with_telephone(engine, now=NOW - timedelta(days=1))
    return who


def look(engine: Engine, token: str | None, now: datetime) -> Actor:
    with database.reading(engine) as session:
        return signed_in(session, token, now=now).actor


def test_the_right_password_opens_a_session_of_the_account(engine: Engine, admin: Actor) -> None:
    token = sign_in(engine, " DANA", PASSWORD)
    who = look(engine, token, NOW)
    assert (who.name, who.roles, who.court_id) == ("Dana", frozenset({Role.CLERK}), admin.court_id)


def test_a_token_is_stored_only_as_its_hash(engine: Engine) -> None:
    token = sign_in(engine, "dana", PASSWORD)
    assert token is not None
    with database.reading(engine) as session:
        stored = session.exec(select(UserSession.token_hash)).all()
    assert token not in stored
    assert hashed(token) in stored


@pytest.mark.parametrize(("username", "password"), [("dana", WRONG), ("nobody", PASSWORD), ("", "")])
def test_a_wrong_password_and_an_unknown_name_are_refused_alike(engine: Engine, username: str, password: str) -> None:
    assert sign_in(engine, username, password) is None


def test_an_unknown_name_is_compared_too(engine: Engine) -> None:
    with database.reading(engine) as session:
        proof = sign_ins.compare(session, "nobody", PASSWORD)
    assert proof.compared.startswith("$argon2id$")
    assert not proof.fits


def test_five_failures_in_a_quarter_of_an_hour_lock_for_a_quarter_of_an_hour(engine: Engine) -> None:
    for minute in range(5):
        assert sign_in(engine, "dana", WRONG, NOW + minute * MINUTE) is None
    assert sign_in(engine, "dana", PASSWORD, NOW + 5 * MINUTE) is None
    assert sign_in(engine, "dana", PASSWORD, NOW + 18 * MINUTE) is None
    assert sign_in(engine, "dana", PASSWORD, NOW + 19 * MINUTE) is not None


def test_failures_further_apart_do_not_add_up(engine: Engine) -> None:
    for failure in range(6):
        sign_in(engine, "dana", WRONG, NOW + failure * 15 * MINUTE)
    assert sign_in(engine, "dana", PASSWORD, NOW + 76 * MINUTE) is not None


def test_a_session_ends_after_thirty_idle_minutes(engine: Engine) -> None:
    token = sign_in(engine, "dana", PASSWORD)
    look(engine, token, NOW + 29 * MINUTE)
    with pytest.raises(SignedOut):
        look(engine, token, NOW + 30 * MINUTE)


def test_use_keeps_a_session_and_twelve_hours_end_it(engine: Engine) -> None:
    token = sign_in(engine, "dana", PASSWORD)
    for step in range(1, 36):
        now = NOW + step * 20 * MINUTE
        with database.transaction(engine) as session:
            user_sessions.touch_session(session, signed_in(session, token, now=now).session_id, now=now)
    with pytest.raises(SignedOut):
        look(engine, token, NOW + timedelta(hours=12))


def test_a_use_is_written_down_at_most_once_a_minute(engine: Engine) -> None:
    token = sign_in(engine, "dana", PASSWORD)
    with database.reading(engine) as session:
        assert not signed_in(session, token, now=NOW + timedelta(seconds=59)).touch_due
        assert signed_in(session, token, now=NOW + MINUTE).touch_due


def test_signing_out_ends_the_session_for_every_tab(engine: Engine) -> None:
    token = sign_in(engine, "dana", PASSWORD)
    assert token is not None
    with database.transaction(engine) as session:
        user_sessions.sign_out(session, token, now=NOW + MINUTE)
    with pytest.raises(SignedOut):
        look(engine, token, NOW + MINUTE)


@pytest.mark.parametrize("ending", ["revoke", "disable", "password"])
def test_revoking_disabling_and_a_new_password_end_every_session_at_once(
    engine: Engine, admin: Actor, ending: str
) -> None:
    token = sign_in(engine, "dana", PASSWORD)
    with database.transaction(engine) as session:
        user_id = dana(session).id
        if ending == "revoke":
            assert revoke_sessions(session, admin, user_id, now=NOW) == 2  # and where she set up her telephone
        elif ending == "disable":
            disable_user(session, admin, user_id, now=NOW)
        else:
            set_password(session, admin, user_id, "four red lamps at noon", now=NOW)
    with pytest.raises(SignedOut):
        look(engine, token, NOW)


def confirm(engine: Engine, password: str, now: datetime = NOW) -> bool:
    with database.reading(engine) as session:
        who = actor_of(session, dana(session).id)
        proof = sign_ins.compare_own(session, who, password)
    with database.transaction(engine) as session:
        return sign_ins.confirm_own(session, who, proof, now=now)


def test_a_wrong_present_password_counts_like_a_failed_sign_in(engine: Engine) -> None:
    assert confirm(engine, PASSWORD)
    for minute in range(3):
        assert not confirm(engine, WRONG, NOW + minute * MINUTE)
    for minute in range(3, 5):
        assert sign_in(engine, "dana", WRONG, NOW + minute * MINUTE) is None
    assert not confirm(engine, PASSWORD, NOW + 5 * MINUTE)
    assert sign_in(engine, "dana", PASSWORD, NOW + 5 * MINUTE) is None
    assert confirm(engine, PASSWORD, NOW + 19 * MINUTE)
    with database.reading(engine) as session:
        refused = [event.detail for event in session.exec(select(AuditEvent)) if event.action == "password_refused"]
    assert refused == [{"locked": False}] * 3 + [{"locked": True, "disabled": False}]


def test_nobody_elses_proof_confirms_ones_own_account(engine: Engine, admin: Actor) -> None:
    with database.reading(engine) as session:
        proof = sign_ins.compare(session, "dana", PASSWORD)
    with database.transaction(engine) as session:
        assert not sign_ins.confirm_own(session, admin, proof, now=NOW)


def test_a_disabled_account_cannot_sign_in(engine: Engine, admin: Actor) -> None:
    with database.transaction(engine) as session:
        disable_user(session, admin, dana(session).id, now=NOW)
    assert sign_in(engine, "dana", PASSWORD) is None


def test_a_password_changed_between_comparing_and_signing_in_counts(engine: Engine, admin: Actor) -> None:
    with database.reading(engine) as session:
        proof = sign_ins.compare(session, "dana", PASSWORD)
    with database.transaction(engine) as session:
        set_password(session, admin, dana(session).id, "four red lamps at noon", now=NOW)
    with database.transaction(engine) as session:
        begun = sign_ins.begin(session, proof, now=NOW, key=KEY)
    assert finish(engine, begun, code_at(engine)) is None


@pytest.mark.parametrize("token", [None, "", "not a token", DEMONSTRATION_PASSWORD])
def test_no_token_and_an_unknown_token_are_nobody(engine: Engine, token: str | None) -> None:
    with pytest.raises(SignedOut):
        look(engine, token, NOW)


def test_the_audit_of_a_sign_in_holds_no_password_hash_or_token(engine: Engine) -> None:
    token = sign_in(engine, "dana", PASSWORD)
    sign_in(engine, "dana", WRONG)
    assert token is not None
    with database.reading(engine) as session:
        events = session.exec(select(AuditEvent)).all()
        told = " ".join(f"{event.action} {event.subject_id} {event.detail}" for event in events)
        actions = {event.action for event in events}
    assert {"sign_in", "sign_in_refused", "add_user"} <= actions
    for secret in (PASSWORD, "wrong words", token, hashed(token), "argon2"):
        assert secret not in told
