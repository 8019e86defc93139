"""Promises of an account that another house vouches for, on both kinds of database."""

from dataclasses import replace

import pytest
from sqlalchemy.engine import Engine

from models import database
from models.commands.openid import sign_in
from models.errors import NotPermitted
from models.queries.sign_ins import signed_in
from models.rules.claims import Claimed
from models.rules.vocabulary import Role
from tests.builders import NOW, a_court, a_user

ISSUER = "https://sign-in.county.example"
ANN = Claimed(subject="7", username="ann", name="Ann", court="Harbor County Court", roles=frozenset({Role.CLERK}))


def test_an_account_follows_its_person_elsewhere_and_belongs_to_one_court(engine: Engine) -> None:
    with database.transaction(engine) as session:
        a_user(session, a_court(session), Role.CLERK, username="ann")
        a_court(session, name="Uptown")
        tokens = [
            sign_in(session, who, ISSUER, makes_accounts=False, now=NOW)
            for who in (ANN, replace(ANN, roles=frozenset({Role.JUDGE, Role.CLERK})))
        ]
        found = [signed_in(session, token, now=NOW).actor for token in tokens]
        assert [set(who.roles) for who in found] == [{Role.CLERK, Role.JUDGE}] * 2
        assert len({who.user_id for who in found}) == 1
        for makes in (False, True):
            with pytest.raises(NotPermitted):
                sign_in(session, replace(ANN, court="Uptown"), ISSUER, makes_accounts=makes, now=NOW)
