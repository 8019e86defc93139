"""Every query, command, screen and file: each role gets exactly what the matrix says, and what is not one's own is not there.

Made from the tables of `models.rules.permissions` and `privacy` and from the one in `registry`: what has no row fails.
"""

import re
from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from dashboard.navigation import VIEWS
from models import database
from models.errors import NotFound, NotPermitted
from models.rules.permissions import Kept, Whose, allowed, exists
from models.rules.privacy import FieldGroup, reads
from models.rules.vocabulary import Role
from models.scope import Actor, actor_of, load_case
from tests.builders import NOW
from tests.databases import SqliteFiles
from tests.permissions.calling import TABLES, answer, arguments, discovered, ids_asked, undone
from tests.permissions.registry import EITHER, GATED, INSIDE, OWN, SWEEPS
from tests.permissions.world import HIDDEN, State, World, told

FUNCTIONS = discovered()
ASKED = GATED | EITHER
ABOUT_A_CASE = sorted(name for name in ASKED if ids_asked(FUNCTIONS[name]))
QUERIES = sorted(name for name in GATED if name.startswith("queries.") and name not in ABOUT_A_CASE)
_GROUP = re.compile(r"zqg-(\w+)")


def lets_in(name: str, role: Role) -> bool:
    if name in EITHER:
        return any(allowed([role], action) for action in EITHER[name])
    return all(allowed([role], action) for action in GATED[name])


def test_every_query_and_command_has_its_row() -> None:
    rows = {*GATED, *EITHER, *OWN, *INSIDE}
    assert {name for name in FUNCTIONS if not name.startswith(SWEEPS)} == rows
    assert len(GATED) + len(EITHER) + len(OWN) + len(INSIDE) == len(rows)


def test_no_screen_and_no_route_calls_what_does_not_ask_itself() -> None:
    inside = {tuple(name.rsplit(".", 1)) for name in INSIDE if not name.startswith("queries.again")}
    found = [
        f"{path.name}: {module}.{name}"
        for path in sorted(VIEWS.parent.rglob("*.py"))
        for module, names in re.findall(
            r"^from models\.(\S+) import \(?([^)]*?)\)?$", path.read_text("utf-8"), re.MULTILINE
        )
        for name in re.findall(r"\w+", names)
        if (module, name) in inside or module.startswith(SWEEPS.rstrip("."))
    ]
    assert found == [
        "move_plan.py: queries.moves.new_due_on"
    ]  # a day counted from what the form shows; it reads no row


@pytest.mark.parametrize("name", sorted(ASKED))
def test_a_role_is_let_in_exactly_where_the_matrix_says(
    engine: Engine, world: World, actors: dict[Role, Actor], name: str
) -> None:
    given = arguments(FUNCTIONS[name], world, State.OPEN)
    refused = {role for role in Role if answer(engine, FUNCTIONS[name], actors[role], given)[0] is NotPermitted}
    assert refused == {role for role in Role if not lets_in(name, role)}


@pytest.mark.parametrize("name", ABOUT_A_CASE)
def test_what_is_not_ones_own_answers_like_an_id_that_was_never_there(
    engine: Engine, world: World, actors: dict[Role, Actor], name: str
) -> None:
    function = FUNCTIONS[name]
    for role in (role for role in Role if lets_in(name, role)):
        missing = answer(engine, function, actors[role], arguments(function, world, None))
        assert missing[0] is NotFound
        for state in HIDDEN:
            assert answer(engine, function, actors[role], arguments(function, world, state)) == missing, state
        assert answer(engine, function, actors[role], arguments(function, world, State.OPEN)) != missing


@pytest.mark.parametrize("name", QUERIES)
def test_no_list_search_or_count_holds_what_is_not_ones_own_or_what_ones_role_does_not_read(
    engine: Engine, world: World, actors: dict[Role, Actor], name: str
) -> None:
    for role in (role for role in Role if lets_in(name, role)):
        kind, said = answer(engine, FUNCTIONS[name], actors[role], arguments(FUNCTIONS[name], world, State.OPEN))
        if kind is None:
            _holds_only_its_own(world, role, said, ids=not name.startswith("queries.audit_log"))


@pytest.mark.parametrize("name", [name for name in ABOUT_A_CASE if name.startswith("queries.")])
def test_a_case_tells_a_role_only_the_kinds_of_field_it_reads(
    engine: Engine, world: World, actors: dict[Role, Actor], name: str
) -> None:
    for role in (role for role in Role if lets_in(name, role)):
        kind, said = answer(engine, FUNCTIONS[name], actors[role], arguments(FUNCTIONS[name], world, State.OPEN))
        if kind is None:
            _holds_only_its_own(world, role, said)


def _holds_only_its_own(world: World, role: Role, said: str, *, ids: bool = True) -> None:
    """Look for what must not be there; the audit alone holds the ids of every case, and nothing else of them."""
    for state in HIDDEN:
        assert state not in said
    assert not ids or not {row for row in world.hidden_ids() if row in said}
    told_groups = {FieldGroup(group) for group in _GROUP.findall(said)}
    assert {group for group in told_groups if not reads([role], group)} == set()


def test_the_lists_do_hold_the_open_case_or_nothing_would_be_proved(
    engine: Engine, world: World, actors: dict[Role, Actor]
) -> None:
    holding = {
        name
        for name in QUERIES
        if State.OPEN in answer(engine, FUNCTIONS[name], actors[Role.CLERK], arguments(FUNCTIONS[name], world, None))[1]
    }
    assert {"queries.docket.docket", "queries.search.find_cases", "queries.follow_up.worklist"} <= holding


#: How full a session is counts every case on it, or a room would be overbooked; what is told of it is a number alone.
LOAD = re.compile("sitting|calendar|court_days|docket|intake|next_dates|moves|load_ahead|runs|audit_log")


def test_no_number_tells_of_what_is_not_ones_own(
    engine: Engine, world: World, sqlite_files: SqliteFiles, actors: dict[Role, Actor]
) -> None:
    with sqlite_files.fresh() as url:
        alone = database.engine(url)
        one = told(alone, [State.OPEN])
        with undone(alone) as session:
            theirs = {role: one.actor(session, role) for role in Role}
        for name in (name for name in QUERIES if not LOAD.search(name)):
            for role in (role for role in Role if lets_in(name, role)):
                among_others, by_itself = (
                    _numbers(answer(where, FUNCTIONS[name], who[role], arguments(FUNCTIONS[name], whole, State.OPEN)))
                    for where, who, whole in ((engine, actors, world), (alone, theirs, one))
                )
                assert among_others == by_itself, (name, role)
        alone.dispose()


def _numbers(answered: tuple[type[BaseException] | None, str]) -> tuple[object, str]:
    """Return an answer without its ids, which are made anew in every database."""
    return answered[0], re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "#", answered[1])


def test_the_scope_is_the_matrix_cell_by_cell(engine: Engine, world: World) -> None:
    whose = {State.ELSEWHERE: Whose.OTHER}
    kept = {State.RESTRICTED: Kept.RESTRICTED, State.SEALED: Kept.SEALED}
    with undone(engine) as session:
        for admitted, user_id in ((False, world.users[Role.JUDGE]), (True, world.named)):
            who = actor_of(session, user_id, now=NOW)
            for state in State:
                cell = exists(whose.get(state, Whose.OWN), kept.get(state, Kept.OPEN), admitted=admitted)
                found = _found(partial(load_case, session, who, world.ids[state]["cases"]))
                assert found == cell, (state, admitted)


def _found(load: Callable[[], object]) -> bool:
    try:
        load()
    except NotFound:
        return False
    return True


def test_no_statement_on_cases_goes_past_the_scope(engine: Engine, world: World, actors: dict[Role, Actor]) -> None:
    sent: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *heard: sent.append(heard[2]))
    for name in sorted(name for name in GATED if name.startswith("queries.")):
        answer(engine, FUNCTIONS[name], actors[Role.CLERK], arguments(FUNCTIONS[name], world, State.OPEN))
    on_cases = [one for one in sent if re.search(r"(FROM|JOIN) cases\b(?! AS)", one)]
    past = [one for one in on_cases if not re.search(r"cases\.participant_id (NOT )?IN|WHERE cases\.id = \?", one)]
    assert len(on_cases) > 30
    assert past == []


def test_the_world_has_a_row_for_every_id_a_function_asks_for(world: World) -> None:
    assert set(TABLES.values()) <= set(world.ids[State.OPEN])
