"""Every screen and every file: drawn and made for exactly the roles that have it, and of their own cases alone."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from dashboard import access, store
from dashboard.navigation import SCREENS, VIEWS
from dashboard.routes.downloads import DOWNLOADS, _maker
from models.errors import NotFound, NotPermitted, Refused
from models.rules.permissions import Action, allowed
from models.rules.vocabulary import ListKind, Role
from models.scope import Actor
from tests.builders import NOW
from tests.permissions.world import HIDDEN, State, World


@pytest.mark.parametrize("screen", SCREENS, ids=[screen.name for screen in SCREENS])
def test_a_screen_draws_nothing_for_a_role_that_has_it_not(
    monkeypatch: pytest.MonkeyPatch, actors: dict[Role, Actor], screen: Any
) -> None:
    view = import_module(f"dashboard.views.{screen.name}")
    for role in (role for role in Role if not allowed([role], screen.action)):
        monkeypatch.setattr(access, "actor", lambda one=actors[role]: one)
        with pytest.raises(NotPermitted):
            view.render()


def test_every_screen_is_in_the_list_of_screens() -> None:
    drawn = {path.stem for path in VIEWS.glob("*.py") if "\ndef render()" in path.read_text(encoding="utf-8")}
    assert drawn - {"home"} == {screen.name for screen in SCREENS}


#: What each file needs of a role, and the link that asks for it about the case of a state.
FILES: Mapping[str, tuple[frozenset[Action], Callable[[World, State], dict[str, str]]]] = {
    **{
        name: (frozenset({Action.SEE_AUDIT}), lambda _world, _state: {"from": "2026-12-04", "to": "2026-12-04"})
        for name in ("audit_csv", "audit_jsonl")
    },
    "case_summary": (
        frozenset({Action.PRINT_LISTS, Action.SEE_CASE}),
        lambda world, state: {"case": str(world.ids[state]["cases"])},
    ),
    **{
        name: (frozenset({Action.SEE_DOCKET, Action.PRINT_LISTS, *more}), lambda world, _: _of_session(world))
        for name, more in (
            ("docket", ()),
            ("docket_csv", (Action.EXPORT_LISTS,)),
            ("docket_xlsx", (Action.EXPORT_LISTS,)),
        )
    },
    **{
        name: (frozenset({Action.EXPORT_LISTS, Action.SEE_FOLLOW_UP}), lambda _world, _state: {})
        for name in ("follow_up_csv", "follow_up_xlsx")
    },
    **{
        name: (
            frozenset({Action.SEE_DOCKET, action}),
            lambda world, state: {"move": str(world.ids[state]["bulk_moves"])},
        )
        for name, action in (
            ("notices", Action.PRINT_LISTS),
            ("notices_csv", Action.EXPORT_LISTS),
            ("notices_xlsx", Action.EXPORT_LISTS),
        )
    },
    "evaluation_csv": (frozenset({Action.SEE_EVALUATION}), lambda _world, _state: {}),
    **{
        name: (frozenset({Action.FETCH_SEALING_NOTICES}), lambda _world, _state: {})
        for name in ("sealing_letters", "sealing_agencies", "sealing_agencies_csv")
    },
    "policy": (frozenset({Action.SEE_POLICY}), lambda _world, _state: {"version": "demonstration-1"}),
}


def _of_session(world: World) -> dict[str, str]:
    return {"session": str(world.shared["session_id"]), "kind": ListKind.STAFFING.value}


def test_every_file_has_its_row() -> None:
    assert set(FILES) == set(DOWNLOADS)


@pytest.mark.parametrize("what", sorted(FILES))
def test_a_file_is_made_exactly_for_the_roles_that_may_have_it_and_of_their_own_cases(
    engine: Engine, world: World, actors: dict[Role, Actor], what: str
) -> None:
    needed, link = FILES[what]
    store.use(engine)
    for role in Role:
        made = {state: _made(what, actors[role], link(world, state)) for state in State}
        may_have = all(allowed([role], action) for action in needed)
        assert (made[State.OPEN] is NotPermitted) is not may_have
        assert {made[state] for state in HIDDEN} <= {NotFound, NotPermitted} or what != "case_summary"
        if may_have and what.endswith("_csv"):
            for state in HIDDEN:
                assert state.encode() not in b"".join(one for one in made.values() if isinstance(one, bytes))


def _made(what: str, who: Actor, link: dict[str, str]) -> bytes | type[Refused]:
    try:
        return _maker(what)(who, link, NOW).content
    except Refused as refusal:
        return type(refusal)
