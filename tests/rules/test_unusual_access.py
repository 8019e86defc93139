"""Hints of unusual access: each says what was counted, what is usual and what may explain it, and accuses nobody."""

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID, uuid4

import pytest

from models.rules.unusual_access import MANY, REFUSALS, PersonsDay, Unusual, family_name, hints
from models.rules.vocabulary import Role

FRIDAY = date(2026, 12, 4)
DANA, OTTO = uuid4(), uuid4()


def a_day(user_id: UUID, on: date, opened: int, *times: time, court_day: bool = True) -> PersonsDay:
    cases = frozenset(uuid4() for _ in range(opened))
    return PersonsDay(
        user_id=user_id, roles=frozenset({Role.CLERK}), on=on, court_day=court_day, opened=cases, times=times
    )


def days_before(user_id: UUID, opened: int, days: int = 5) -> list[PersonsDay]:
    return [a_day(user_id, FRIDAY - timedelta(days=n), opened) for n in range(1, days + 1)]


def kinds(*days: PersonsDay) -> list[tuple[Unusual, UUID]]:
    return [(hint.kind, hint.user_id) for hint in hints(days)]


def test_many_cases_are_a_hint_against_ones_own_days_and_those_of_others_with_the_role() -> None:
    usual = [*days_before(DANA, 12), *days_before(OTTO, 15)]
    (hint,) = hints([a_day(DANA, FRIDAY, 84), *usual])
    assert hint.reason == (
        "Opened 84 cases. On other days usually 12. Others with the same role usually 15. "
        "A long calendar or a check of many files explains it as well."
    )
    assert kinds(a_day(DANA, FRIDAY, 45), *usual) == [], "three times what the others open is not more than that"
    assert kinds(a_day(DANA, FRIDAY, 46), *usual) == [(Unusual.VOLUME, DANA)]


def test_nobody_is_compared_with_too_little_or_for_a_few_cases() -> None:
    assert kinds(a_day(DANA, FRIDAY, 200), *days_before(DANA, 2, days=4)) == []
    assert kinds(a_day(DANA, FRIDAY, MANY - 1), *days_before(DANA, 1)) == []
    other_role = [replace(one, roles=frozenset({Role.JUDGE})) for one in days_before(OTTO, 1)]
    assert kinds(a_day(DANA, FRIDAY, 200), *other_role) == []


@pytest.mark.parametrize(
    ("at", "court_day", "is_hint"),
    [
        (time(6, 59), True, True),
        (time(7), True, False),
        (time(18, 59), True, False),
        (time(19), True, True),
        (time(12), False, True),
    ],
)
def test_hours_outside_the_courts_are_a_hint(at: time, court_day: bool, is_hint: bool) -> None:
    assert (kinds(a_day(DANA, FRIDAY, 1, at, court_day=court_day)) == [(Unusual.HOURS, DANA)]) == is_hint


def test_refusals_an_emergency_and_a_shared_family_name_are_hints() -> None:
    day = a_day(DANA, FRIDAY, 1)
    assert kinds(replace(day, refused=REFUSALS - 1)) == []
    assert kinds(replace(day, refused=REFUSALS)) == [(Unusual.REFUSED, DANA)]
    assert kinds(replace(day, emergencies=1)) == [(Unusual.EMERGENCY, DANA)]
    (hint,) = hints([replace(day, namesakes=day.opened)])
    assert (hint.kind, hint.cases) == (Unusual.FAMILY_NAME, day.opened)


def test_every_hint_offers_another_explanation_and_no_hint_blames() -> None:
    day = a_day(DANA, FRIDAY, 90, time(23), time(23, 30))
    full = replace(day, refused=9, emergencies=1, namesakes=day.opened)
    found = hints([full, replace(full, on=FRIDAY + timedelta(days=1), court_day=False), *days_before(DANA, 5)])
    assert {hint.kind for hint in found} == set(Unusual)
    for hint in found:
        assert any(word in hint.reason for word in ("it as well", "Many share a name", "reason given"))
        assert not any(word in hint.reason.lower() for word in ("suspicious", "violat", "abuse", "illegal", "wrong"))


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Mei Chen", "chen"),
        ("Ana D'Ávila-López", "lopez"),
        ("Prince", ""),
        ("", ""),
        (None, ""),
        ("Łukasz  ŻAK", "zak"),
    ],
)
def test_a_family_name_is_the_last_word_made_equal(name: str | None, family: str) -> None:
    assert family_name(name) == family
