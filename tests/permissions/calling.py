"""Finding every query and command, and calling one with arguments that fit its parameters, about the case of a state."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from enum import EnumType
from types import ModuleType
from typing import Any
from uuid import UUID

from sqlalchemy.engine import Engine
from sqlmodel import Session

import models.commands
import models.queries
from models.commands.corrections import Correction
from models.commands.decisions import BenchDecision
from models.errors import Refused
from models.rules.vocabulary import Outcome
from models.scope import Actor
from models.tables import Case
from models.tables.base import new_id
from tests.builders import NOW, TODAY
from tests.permissions.world import State, World

#: The id a parameter asks for, by the table it is in; anything else that ends in `_id` is made up.
TABLES = {
    "case_id": "cases",
    "appearance_id": "appearances",
    "referral_id": "referrals",
    "attendance_id": "attendances",
    "report_id": "reports",
    "release_id": "releases",
    "response_id": "responses",
    "measure_id": "gated_measures",
    "flag_id": "safety_flags",
    "channel_id": "contact_channels",
    "follow_up_id": "follow_ups",
    "reminder_id": "reminders",
    "arrest_id": "arrests",
}
_PLAIN: dict[Any, Any] = {date: TODAY, datetime: NOW, str: "said so", int: 1, bool: True}
_NAMED: dict[str, Any] = {
    "text": "zq",
    "named": (),
    "on": TODAY - timedelta(days=1),
    "until": TODAY + timedelta(days=7),
}


def discovered() -> dict[str, Callable[..., Any]]:
    """Return every public function of the queries and commands that takes who acts, by its dotted name."""
    found: dict[str, Callable[..., Any]] = {}
    for package in (models.queries, models.commands):
        for module in _modules(package):
            short = module.__name__.removeprefix("models.")
            for name, function in inspect.getmembers(module, inspect.isfunction):
                if function.__module__ == module.__name__ and not name.startswith("_") and _takes_an_actor(function):
                    found[f"{short}.{name}"] = function
    return found


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(info.name)


def _takes_an_actor(function: Callable[..., Any]) -> bool:
    return any(one.annotation is Actor for one in inspect.signature(function).parameters.values())


def ids_asked(function: Callable[..., Any]) -> list[str]:
    """Return the parameters that name something of a case, forms that do included."""
    parameters = inspect.signature(function).parameters
    if any(one.annotation is Case for one in parameters.values()):
        return []  # takes what its caller was allowed to load
    forms = [name for name, one in parameters.items() if one.annotation in (BenchDecision, Correction)]
    return [name for name, one in parameters.items() if name in TABLES and one.default is one.empty] + forms


def arguments(function: Callable[..., Any], world: World, state: State | None) -> dict[str, Any]:
    """Return what the function needs beside the session and who acts; no state: ids that are nowhere."""
    needed = {
        name: one
        for name, one in inspect.signature(function).parameters.items()
        if one.annotation not in (Actor, Session) and (one.default is one.empty or name == "reason")
    }
    return {name: _value(name, one.annotation, world, state) for name, one in needed.items()}


def _value(name: str, annotation: Any, world: World, state: State | None) -> Any:
    if name in TABLES:
        return world.ids[state][TABLES[name]] if state else new_id()
    if annotation in (BenchDecision, Correction):
        return _form(annotation, world.ids[state]["appearances"] if state else new_id())
    if name in world.shared:
        return world.shared[name]
    if name in _NAMED:
        return _NAMED[name]
    if annotation is UUID:
        return new_id()
    if isinstance(annotation, EnumType):
        return next(iter(annotation))
    return _PLAIN.get(annotation, ())


def _form(form: Any, appearance_id: UUID) -> Any:
    said = {"reason": "said so"} if form is Correction else {}
    return form(appearance_id=appearance_id, token=new_id(), seen_version=1, outcome=Outcome.APPEARED, **said)


@contextmanager
def undone(engine: Engine) -> Iterator[Session]:
    """Yield a session whose writes are rolled back."""
    with Session(engine) as session:
        yield session
        session.rollback()


def answer(
    engine: Engine, function: Callable[..., Any], who: Actor, given: dict[str, Any]
) -> tuple[type[BaseException] | None, str]:
    """Return what a call ends in: the kind of refusal or error and its words, or nothing and what it returned."""
    takes = inspect.signature(function).parameters.values()
    with undone(engine) as session:
        first: dict[object, object] = {Session: session, Actor: who}
        try:
            returned = function(*(first[one.annotation] for one in takes if one.annotation in first), **given)
            session.flush()
            return None, repr(returned)
        except Refused as refusal:
            return type(refusal), str(refusal)
        except Exception as error:  # noqa: BLE001 - what fails for its made-up arguments has let the caller in
            return type(error), ""
