"""What happened in a case, told at random from a seed: what stands, what stood before, and when each was entered."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from models.rules.events import (
    CaseEvents,
    ExpectedReport,
    GivenResponse,
    InStage,
    MandateAccepted,
    NewArrest,
    OnCalendar,
    ReleaseAnswered,
    ServiceSession,
    WarrantOrdered,
)
from models.rules.vocabulary import (
    AttendanceKind,
    Behaviour,
    Outcome,
    ReleaseAnswer,
    ReportState,
    ResponseKind,
    ResponseState,
    Stage,
    WarrantState,
)
from tests.builders import TODAY

DAYS = (-120, -91, -90, -89, -60, -45, -30, -14, -10, -9, -8, -5, -4, -3, -2, -1, 0, 1, 5, 20)
"""Around TODAY: few, so that days coincide; most have been, and the edges of the window and the grace are among them."""

PROVIDERS = ("Garden Street", "Harbor House")
_STAGES = [stage for stage in Stage if stage is not Stage.SEALED]  # a sealed case exists for nobody


def at_random(chance: Random) -> CaseEvents:
    """Tell a case; each list may be empty, and days may coincide."""
    days = _days(chance, chance.randint(0, 6), distinct=True)
    mandates = list(_mandates(chance)) if chance.random() < 0.8 else []
    return CaseEvents(
        stage=chance.choice(_STAGES),
        earlier_stages=tuple(_stages(chance)),
        mandate=mandates[-1] if mandates else None,
        earlier_mandates=tuple(mandates[:-1]),
        appearances=tuple(one for day in days for one in _appearance(chance, day)),
        sessions=tuple(one for day in _days(chance, chance.randint(0, 12)) for one in _session(chance, day)),
        reports=tuple(one for day in days for name in PROVIDERS for one in _report(chance, day, name)),
        responses=tuple(_response(chance, day) for day in _days(chance, chance.randint(0, 3))),
        releases=tuple(one for day in _days(chance, chance.randint(0, 2)) for one in _release(chance, day)),
        warrants=tuple(_warrants(chance)),
        arrests=tuple(_arrest(chance, day) for day in _days(chance, chance.randint(0, 2))),
    )


def _days(chance: Random, how_many: int, *, distinct: bool = False) -> list[date]:
    picked = chance.sample(DAYS, how_many) if distinct else chance.choices(DAYS, k=how_many)
    return [TODAY + timedelta(days=day) for day in picked]


def _later(chance: Random, on: date) -> datetime:
    """Return noon (UTC) of a day not before `on`: mostly the same one."""
    return datetime.combine(on + timedelta(days=chance.choice((0, 0, 0, 1, 4, 11, 30))), time(12), UTC)


def _after(chance: Random, instant: datetime) -> datetime:
    return instant + timedelta(days=chance.choice((1, 2, 9, 31)))


def _stages(chance: Random) -> Iterator[InStage]:
    before = [(chance.choice(_STAGES), _later(chance, day)) for day in _days(chance, chance.randint(0, 2))]
    for stage, until in sorted(before, key=lambda one: one[1]):
        yield InStage(stage=stage, replaced_at=until)


def _mandates(chance: Random) -> Iterator[MandateAccepted]:
    """Tell a mandate in its phases; each is left when the next is entered, and the last one perhaps ends."""
    accepted_on, phase_since, ended_on = sorted(_days(chance, 3))
    entered_at = _later(chance, accepted_on)
    first = MandateAccepted(
        program="six-sessions", accepted_on=accepted_on, phase=0, phase_since=accepted_on, entered_at=entered_at
    )
    if chance.random() < 0.5:
        moved_at = _after(chance, entered_at)
        yield replace(first, replaced_at=moved_at)
        first = replace(first, phase=chance.randint(1, 2), phase_since=phase_since, entered_at=moved_at)
    if chance.random() < 0.3:
        left_at = _after(chance, first.entered_at or entered_at) if chance.random() < 0.8 else None
        first = replace(first, ended_on=ended_on, replaced_at=left_at)
    yield first


def _appearance(chance: Random, on: date) -> Iterator[OnCalendar]:
    """Tell an appearance: on the calendar, then perhaps its outcome, then perhaps that corrected."""
    added = OnCalendar(on=on, entered_at=datetime.combine(on - timedelta(days=40), time(12), UTC))
    outcome = chance.choice([*Outcome, Outcome.DID_NOT_APPEAR, None])
    if outcome is None:
        yield added
        return
    held = replace(added, outcome=outcome, entered_at=_later(chance, on))
    yield replace(added, replaced_at=held.entered_at)
    if chance.random() < 0.3:
        second = replace(held, outcome=chance.choice(list(Outcome)), entered_at=_after(chance, _since(held)))
        yield replace(held, replaced_at=second.entered_at)
        held = replace(second, known_at=held.entered_at) if second.outcome is outcome else second
    yield held


def _since(one: OnCalendar | ServiceSession) -> datetime:
    assert one.entered_at is not None
    return one.entered_at


def _session(chance: Random, on: date) -> Iterator[ServiceSession]:
    """Tell a session, and perhaps its correction, dispute or settlement."""
    kinds = [*AttendanceKind, AttendanceKind.MISSED, AttendanceKind.MISSED]
    told = ServiceSession(
        on=on, kind=chance.choice(kinds), disputed=chance.random() < 0.2, entered_at=_later(chance, on)
    )
    if chance.random() < 0.3:
        told = replace(told, known_at=datetime.combine(on, time(12), UTC))
    if chance.random() < 0.3:
        newer = ServiceSession(
            on=on, kind=chance.choice(kinds), disputed=chance.random() < 0.3, entered_at=_after(chance, _since(told))
        )
        yield replace(told, replaced_at=newer.entered_at)
        told = newer
    yield told


def _report(chance: Random, appearance_on: date, provider: str) -> Iterator[ExpectedReport]:
    """Expect a report from the provider for about half of the appearances; it may come, or be withdrawn."""
    if chance.random() < 0.5:
        return
    due_on = appearance_on - timedelta(days=chance.randint(0, 5))
    asked = ExpectedReport(provider=provider, appearance_on=appearance_on, due_on=due_on)
    state = chance.choice([ReportState.EXPECTED, ReportState.EXPECTED, *ReportState])
    if state is ReportState.EXPECTED:
        yield asked
        return
    came_on = due_on + timedelta(days=chance.randint(-3, 10)) if state is not ReportState.WITHDRAWN else None
    at = _later(chance, came_on or due_on)
    yield replace(asked, replaced_at=at)
    yield replace(asked, state=state, received_on=came_on, entered_at=at)


def _response(chance: Random, on: date) -> GivenResponse:
    state = chance.choice(list(ResponseState))
    settled = state is not ResponseState.ORDERED and chance.random() < 0.8
    return GivenResponse(
        on=on,
        kind=chance.choice(list(ResponseKind)),
        behaviour=chance.choice([*Behaviour, Behaviour.ABSENCE]),
        state=state,
        settled_on=on + timedelta(days=chance.randint(0, 40)) if settled else None,
        entered_at=_later(chance, on),
    )


def _release(chance: Random, starts_on: date) -> Iterator[ReleaseAnswered]:
    given = ReleaseAnswered(
        answer=ReleaseAnswer.GIVEN if chance.random() < 0.8 else ReleaseAnswer.DECLINED,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=chance.randint(0, 90)),
        entered_at=_later(chance, starts_on),
    )
    if chance.random() < 0.3 and given.entered_at:
        revoked_on = starts_on + timedelta(days=chance.randint(0, 60))
        revoked_at = max(_later(chance, revoked_on), given.entered_at)
        yield replace(given, replaced_at=revoked_at)
        given = replace(given, revoked_on=revoked_on, entered_at=revoked_at)
    yield given


def _warrants(chance: Random) -> Iterator[WarrantOrdered]:
    days = sorted(_days(chance, chance.choice((0, 1, 1, 2)), distinct=True))
    orders = [(day, chance.choice(list(WarrantState)), datetime.combine(day, time(12), UTC)) for day in days]
    for n, (day, state, at) in enumerate(orders):
        replaced_at = orders[n + 1][2] if n + 1 < len(orders) else None
        yield WarrantOrdered(on=day, state=state, entered_at=at, replaced_at=replaced_at)


def _arrest(chance: Random, on: date) -> NewArrest:
    told_on = on + timedelta(days=chance.randint(0, 9))
    entered_at = _later(chance, told_on)
    struck_at = _after(chance, entered_at) if chance.random() < 0.3 else None
    return NewArrest(on=on, told_on=told_on, entered_at=entered_at, replaced_at=struck_at)
