"""Promises of the import's preview: it shows what the load will do, and reads in chunks."""

import pytest
from sqlalchemy.engine import Engine

from models.commands.imports import load_docket
from models.database import reading, transaction
from models.errors import NotPermitted
from models.queries import imports
from models.rules.importing.docket import ImportedCase, ImportedCharge, ImportedDocket, Problem
from models.rules.vocabulary import Role
from tests.builders import NOW, TODAY, a_court, a_part, an_actor
from tests.statements import counted


def docket(*numbers: int) -> ImportedDocket:
    cases = tuple(
        ImportedCase(
            docket_number=f"CR-{number}",
            rows=(number,),
            legal_name=f"Somebody {number}",
            charges=(ImportedCharge(description="x"),),
            fingerprint=str(number),
        )
        for number in numbers
    )
    wrong = Problem(row=1, text="The name is missing.", stops=True)
    return ImportedDocket(cases=cases, problems=(wrong,), rows=len(numbers) + 1, file_hash="abc")


def test_the_preview_shows_what_the_load_does(engine: Engine) -> None:
    with transaction(engine) as session:
        court = a_court(session)
        clerk = an_actor(session, court, Role.CLERK)
        a_part(session, court)
        load_docket(session, clerk, docket(2, 3), now=NOW, leave_out=True)
    with reading(engine) as session:
        plan = imports.preview(session, clerk, docket(2, 3, 4), default_part=None, today=TODAY)
        assert (len(plan.arrivals), len(plan.additions), plan.unchanged, len(plan.stopping)) == (1, 0, 2, 1)
        before = imports.loaded_before(session, clerk, "abc")
        assert before is not None
        assert (before.added, before.loaded_by) == (2, "Somebody")
        assert imports.loaded_before(session, clerk, "other") is None
        assert len(imports.loaded_files(session, clerk)) == 1


def test_five_hundred_cases_cost_as_many_statements_as_one(engine: Engine) -> None:
    with transaction(engine) as session:
        court = a_court(session)
        clerk = an_actor(session, court, Role.CLERK)
        a_part(session, court)
        load_docket(session, clerk, docket(*range(2, 502)), now=NOW, leave_out=True)
    sizes = []
    for some in (docket(2), docket(*range(2, 502))):
        with reading(engine) as session, counted(engine) as sent:
            imports.preview(session, clerk, some, default_part=None, today=TODAY)
        sizes.append(len(sent))
    assert sizes[0] == sizes[1] <= 6


def test_who_may_not_import_sees_nothing_of_it(engine: Engine) -> None:
    with transaction(engine) as session:
        judge = an_actor(session, a_court(session), Role.JUDGE)
        with pytest.raises(NotPermitted):
            imports.loaded_files(session, judge)
        with pytest.raises(NotPermitted):
            imports.preview(session, judge, docket(2), default_part=None, today=TODAY)
