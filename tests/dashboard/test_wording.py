"""Promises of the words on the screen."""

import ast
from collections.abc import Iterator
from datetime import UTC, date, datetime
from enum import StrEnum
from inspect import getmembers, isclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dashboard import wording
from dashboard.wording.acts import ACTS
from models.rules import vocabulary

PROJECT = Path(__file__).resolve().parents[2]
SOURCES = [
    path for name in ("dashboard", "models", "scheduler", "seed_data") for path in (PROJECT / name).rglob("*.py")
]
ENUMS = [kind for _, kind in getmembers(vocabulary, isclass) if issubclass(kind, StrEnum) and kind is not StrEnum]
MEMBERS = [member for kind in ENUMS for member in kind]


@pytest.mark.parametrize("member", MEMBERS, ids=lambda m: f"{type(m).__name__}.{m.name}")
def test_every_member_of_the_vocabulary_has_words_and_a_shape(member: StrEnum) -> None:
    word = wording.word(member)
    assert word.text
    assert "_" not in word.text
    assert word.shape


def test_equal_values_of_two_vocabularies_keep_their_own_words() -> None:
    assert wording.text(vocabulary.Stage.DECLINED) != wording.text(vocabulary.ReferralState.DECLINED)


def test_states_that_are_not_the_participants_failure_are_never_shown_as_one() -> None:
    innocent = [
        vocabulary.AttendanceKind.CANCELLED,
        vocabulary.AttendanceKind.UNVERIFIED,
        vocabulary.ReportStanding.LATE,
        vocabulary.ReportStanding.MISSING,
        vocabulary.ReportStanding.RELEASE_EXPIRED,
        vocabulary.ReleaseAnswer.DECLINED,
    ]
    assert all(wording.word(member).tone is not wording.Tone.BAD for member in innocent)


def test_a_court_day_reads_as_the_court_writes_it() -> None:
    friday = date(2026, 12, 4)
    assert wording.day_words(friday) == "Fri 4 December"
    assert wording.day_words(friday, year=True) == "Fri 4 December 2026"
    assert wording.day_short(friday) == "4 Dec"
    assert wording.day_short(friday, today=date(2025, 12, 4)) == "4 Dec 2026"
    assert wording.day_short(None) == wording.day_words(None) == "—"


def test_an_instant_is_shown_in_the_courts_own_zone() -> None:
    instant = datetime(2026, 12, 5, 2, 30, tzinfo=UTC)
    assert wording.instant_words(instant, ZoneInfo("America/New_York")) == "4 Dec 2026, 21:30"
    assert wording.instant_words(None, ZoneInfo("UTC")) == "never"


def test_counts_agree_with_their_noun() -> None:
    assert wording.count(1, "case") == "1 case"
    assert wording.count(2000, "case") == "2,000 cases"
    assert wording.span_words(-1) == "1 day ago"
    assert wording.span_words(5) == "in 5 days"


def test_every_act_that_is_recorded_anywhere_has_words() -> None:
    """Whatever word is handed to what records is an act with words of its own, or the kind of thing it was done to."""
    kinds = {"user", "attendance", "report", "case", "reminder", "participant", "follow_up"}
    found = {act for path in SOURCES for act in _acts(ast.parse(path.read_text(encoding="utf-8")))}
    assert len(found) > 100
    assert found - set(ACTS) - kinds == set()


def _acts(tree: ast.Module) -> Iterator[str]:
    """Yield the words handed to `audit.record`, and to functions that hand their `action` on to it."""
    recording = {"audit.record"}
    functions = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)]
    for _ in range(3):  # a function that hands it to one that hands it on
        for one in functions:
            hands_on = {ast.unparse(given) for call in _calls(one, recording) for given in _given(call)}
            recording |= {one.name} if hands_on & {argument.arg for argument in one.args.args} & _NAMES else set()
    for call in _calls(tree, recording):
        words = (word for given in _given(call) for word in _words(given))
        yield from (word for word in words if word.replace("_", "").isalpha() and word.islower())


_NAMES = {"action", "act", "refused"}


def _calls(tree: ast.AST, names: set[str]) -> list[ast.Call]:
    return [one for one in ast.walk(tree) if isinstance(one, ast.Call) and ast.unparse(one.func) in names]


def _given(call: ast.Call) -> list[ast.expr]:
    return call.args[2:3] if ast.unparse(call.func) == "audit.record" else call.args


def _words(given: ast.expr) -> Iterator[str]:
    either = (given.body, given.orelse) if isinstance(given, ast.IfExp) else (given,)
    yield from (one.value for one in either if isinstance(one, ast.Constant) and isinstance(one.value, str))
