"""From a file of situations in TOML to `Situation`s, read as strictly as a policy.

The form is documented, with examples, in `examples.toml` beside this file.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from models.errors import PolicyError
from models.policies.reading import Table, WrongKey, parsed
from models.rules.counting import facts_from, released
from models.rules.court_days import CourtDays, with_closure
from models.rules.events import ExpectedReport
from models.rules.facts import CaseFacts
from models.rules.policy import Policy
from models.rules.review_inputs import OpenSession
from models.rules.review_rhythm import Bench
from models.rules.vocabulary import Behaviour, Purpose
from models.situations import events
from models.situations.expecting import expected
from models.situations.facts import counted_facts
from models.situations.situation import CourtCalendar, Situation
from models.situations.values import a_day, a_time, past_day_or_none, rows, words_in

PolicyOn = Callable[[date], Policy]
_STARTS_AT = time(9, 30)  # of every session: which is first on a day makes no difference to the rules


def situations(text: str, policy_on: PolicyOn) -> tuple[Situation, ...]:
    """Return the situations written in the TOML `text`; `policy_on` gives the policy of a civil date.

    PolicyError names the first key that is wrong, and what it should be.
    """
    root = Table(parsed(text), file="a file of situations")
    shared = root.table("calendar") if root.has("calendar") else None
    found = tuple(situation(table, policy_on, shared) for table in root.tables("situation"))
    root.finish()
    return found


def situation(table: Table, policy_on: PolicyOn, shared: Table | None = None) -> Situation:
    """Read one situation; without a calendar of its own it has the one `shared` by the file."""
    title, on = table.text("title"), a_day(table, "on")
    try:
        policy = policy_on(on)
    except PolicyError as error:
        raise WrongKey(table.key("on"), f"{table.key('on')}: {error}") from error
    calendar = _calendar(table.table("calendar") if table.has("calendar") else shared, policy)
    facts, reports, program = _known(table, policy, calendar.court_days, on)
    granted_on = past_day_or_none(table, "acd_granted_on", on)
    if granted_on and program is None:
        table.refuse("acd_granted_on", "given with the program it follows, which says for how many months")
    found = Situation(
        title=title,
        on=on,
        policy=policy,
        facts=facts,
        calendar=calendar,
        reports=reports,
        acd_granted_on=granted_on,
        acd_months=policy.program(program).restorable_months if program else 0,
        seen_today=words_in(table, "seen_today", Behaviour),
        given_today=_given_today(table, policy),
        expected=expected(table.table("expect")) if table.has("expect") else {},
    )
    table.finish()
    return found


_Known = tuple[CaseFacts, tuple[tuple[ExpectedReport, bool], ...], str | None]


def _known(table: Table, policy: Policy, court_days: CourtDays, on: date) -> _Known:
    """Return the facts, the reports with whether a release to their provider holds, and the program's key."""
    if table.has("facts"):
        for key in events.KEYS:
            if table.has(key):
                table.refuse(key, "left out where facts are given: they are counted already")
        facts = counted_facts(table.table("facts"), policy, on)
        reports = events.reports_of(table, policy, court_days, on)
        return facts, tuple((report, facts.release_active) for report in reports), facts.program
    happened = events.events_of(table, policy, court_days, on)
    program = happened.mandate.program if happened.mandate else None
    reported = tuple((report, released(happened, on, report.provider)) for report in happened.reports)
    end_of_day = datetime.combine(on + timedelta(days=1), time(), UTC)
    return facts_from(happened, policy, court_days, on, known_by=end_of_day), reported, program


def _given_today(table: Table, policy: Policy) -> tuple[str, ...]:
    given = table.texts("given_today") if table.has("given_today") else ()
    offered = {choice for rung in policy.ladder.rungs for step in rung.steps for choice in step}
    if not set(given) <= offered:
        table.refuse("given_today", "a list of responses that the policy's matrix offers, in the same words")
    return given


def _calendar(table: Table | None, policy: Policy) -> CourtCalendar:
    """Read closures and open sessions; without a calendar the court is closed at weekends only."""
    if table is None:
        return CourtCalendar()
    days = CourtDays()
    for closure in rows(table, "closed"):
        name = closure.text("name") if closure.has("name") else "a day the court is closed"
        closed_from = a_time(closure, "from") if closure.has("from") else None
        days = with_closure(days, a_day(closure, "on"), name, closed_from)
        closure.finish()
    bench = Bench(part=table.text("part"), judge=table.text("judge"))
    sessions = tuple(_session(n, row, bench, policy) for n, row in enumerate(rows(table, "open_sessions")))
    table.finish()
    return CourtCalendar(court_days=days, bench=bench, sessions=sessions)


def _session(number: int, table: Table, bench: Bench, policy: Policy) -> OpenSession:
    """Read an open session: the case's part and judge, and the policy's usual size, unless it says otherwise."""
    usual = policy.sessions
    cases = table.whole("booked_cases") if table.has("booked_cases") else 0
    minutes = table.whole_or_none("booked_minutes")
    session = OpenSession(
        id=UUID(int=number),
        on=a_day(table, "on"),
        part=table.text("part") if table.has("part") else bench.part,
        judge=table.text("judge") if table.has("judge") else bench.judge,
        starts_at=a_time(table, "starts_at") if table.has("starts_at") else _STARTS_AT,
        booked_cases=cases,
        capacity_cases=table.whole_or_none("capacity_cases", least=1) or usual.capacity_cases,
        booked_minutes=cases * usual.minutes_per_review if minutes is None else minutes,
        capacity_minutes=table.whole_or_none("capacity_minutes", least=1) or usual.capacity_minutes,
        purposes=words_in(table, "purposes", Purpose),
    )
    table.finish()
    return session
