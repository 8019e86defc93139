"""Promises of a code on both databases: it counts once, also for many at once, and so does what was begun."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import select

from models import database
from models.commands.second_factors import SetUp
from models.commands.sign_ins import Begun
from models.errors import SignedOut
from models.tables import AuditEvent, RecoveryCode
from tests.builders import NOW
from tests.commands.account_stories import add_dana, begin, code_at, finish, with_telephone

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def done(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> SetUp:
    """What dana got when she set up her second step an hour ago."""
    add_dana(engine, monkeypatch)
    return with_telephone(engine)


def test_a_code_opens_a_session_once_and_none_from_before_it_does(engine: Engine) -> None:
    code, before = code_at(engine), code_at(engine, NOW - timedelta(seconds=30))
    assert finish(engine, begin(engine), code) is not None
    assert finish(engine, begin(engine), code) is None
    assert finish(engine, begin(engine), before) is None


def test_of_many_who_use_one_code_at_once_one_gets_in(engine: Engine) -> None:
    code, halves, together = code_at(engine), [begin(engine) for _ in range(4)], Barrier(4)

    def use(begun: Begun | None) -> str | None:
        together.wait()
        return finish(engine, begun, code)

    with ThreadPoolExecutor(4) as pool:
        assert sum(token is not None for token in pool.map(use, halves)) == 1


def test_a_recovery_code_signs_in_once_however_it_is_grouped(engine: Engine, done: SetUp) -> None:
    code = done.recovery_codes[0]
    assert finish(engine, begin(engine), f" {code[:4]}-{code[4:8].upper()} {code[8:]}") is not None
    assert finish(engine, begin(engine), code) is None
    with database.reading(engine) as session:
        hashes = session.exec(select(RecoveryCode.code_hash)).all()
        how = [event.detail["how"] for event in session.exec(select(AuditEvent)) if event.action == "sign_in"]
    assert len(hashes) == 10
    assert not set(hashes) & set(done.recovery_codes)
    assert how == ["code", "recovery_code"]


def test_what_was_begun_gets_one_answer_within_five_minutes(engine: Engine) -> None:
    begun = begin(engine)
    assert finish(engine, begun, "000000") is None
    with pytest.raises(SignedOut, match="Begin again"):
        finish(engine, begun, code_at(engine))
    late = begin(engine)
    with pytest.raises(SignedOut, match="five minutes"):
        finish(engine, late, code_at(engine), now=NOW + 5 * MINUTE)
