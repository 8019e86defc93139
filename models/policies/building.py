"""From a policy file's tables to the frozen values of `models.rules.policy`, checked for sense on the way.

Refuses what no court may leave to a system: an unmet distal goal answered by a sanction, a proposal of custody.
"""

from models.policies.reading import Table
from models.rules.policy import (
    FollowUpTiming,
    Ladder,
    Phase,
    Policy,
    Program,
    ReminderTiming,
    ReportTiming,
    Rung,
    SessionDefaults,
    Source,
)
from models.rules.vocabulary import Behaviour, ResponseKind

_STEPS = ("first", "second", "third", "further")
_SCOPES = {"same_behaviour": True, "any_behaviour": False}
#: The system never proposes what takes liberty; a judge who orders it goes through the gates.
_NEVER_PROPOSED = ("jail", "custody", "detention", "incarcerat", "imprison", "remand")


def policy(root: Table) -> Policy:
    """Return the policy of a whole file. PolicyError names the first key that is wrong."""
    root.text("court")
    responses = root.table("responses")
    result = Policy(
        version=root.text("version"),
        in_force_from=root.day("in_force_from"),
        source=_source(root.table("source")),
        programs=tuple(_program(table) for table in root.tables("programs")),
        reports=_reports(root.table("reports")),
        sessions=_sessions(root.table("sessions")),
        ladder=_ladder(responses),
        follow_up=_follow_up(root.table("follow_up")),
        reminders=_reminders(root.table("reminders")) if root.has("reminders") else ReminderTiming(),
    )
    root.finish()
    keys = [program.key for program in result.programs]
    if len(set(keys)) != len(keys):
        root.refuse("programs", "a list of programs with a different key each")
    return result


def _source(table: Table) -> Source:
    """Read where the numbers come from; `verified_on` is left out while nobody has checked them."""
    source = Source(text=table.text("text"), verified_on=table.day("verified_on") if table.has("verified_on") else None)
    table.finish()
    return source


def _program(table: Table) -> Program:
    """Read one program template."""
    mandate, completion, after = table.table("mandate"), table.table("completion"), table.table("after_completion")
    program = Program(
        key=table.text("key"),
        name=table.text("name"),
        service=mandate.text("service"),
        sessions=mandate.whole("sessions", least=1),
        phases=tuple(_phase(phase) for phase in table.tables("phases")),
        completion_attended=completion.whole("attended_sessions"),
        completion_open_responses=completion.whole("open_responses"),
        restorable_months=after.whole("restorable_months", least=1),
        restorable_months_family_offence=after.whole_or_none("restorable_months_family_offence", least=1),
        for_under_years=table.whole_or_none("for_under_years", least=1),
    )
    for part in (mandate, completion, after, table):
        part.finish()
    if program.completion_attended > program.sessions:
        completion.refuse("attended_sessions", f"no more than the mandate's {program.sessions} sessions")
    return program


def _phase(table: Table) -> Phase:
    """Read one phase."""
    advance = table.table("advance_when")
    phase = Phase(
        name=table.text("name"),
        review_every_days=table.whole("review_every_days", least=1),
        min_days=table.whole("min_days"),
        advance_attended=advance.whole("attended_sessions"),
        advance_without_absence_days=advance.whole_or_none("without_unacceptable_absence_days", least=1),
    )
    advance.finish()
    table.finish()
    return phase


def _reports(table: Table) -> ReportTiming:
    """Read when reports are due."""
    timing = ReportTiming(
        due_court_days_before=table.whole("due_court_days_before_appearance"),
        grace_court_days=table.whole("grace_court_days"),
        remind_court_days_before=table.wholes("remind_court_days_before_due"),
    )
    table.finish()
    return timing


def _sessions(table: Table) -> SessionDefaults:
    """Read what a court session takes unless it says otherwise."""
    sessions = SessionDefaults(
        capacity_cases=table.whole("capacity_cases", least=1),
        capacity_minutes=table.whole("capacity_minutes", least=1),
        minutes_per_review=table.whole("minutes_per_review", least=1),
        minutes_per_intake=table.whole("minutes_per_intake", least=1),
        same_judge_wait_days=table.whole("same_judge_wait_days"),
        same_part_wait_days=table.whole("same_part_wait_days"),
    )
    table.finish()
    return sessions


def _ladder(table: Table) -> Ladder:
    """Read how repeats are counted, and the response matrix."""
    ladder = Ladder(
        same_behaviour_only=_SCOPES[table.one_of("repeat_scope", _SCOPES)],
        window_days=table.whole("repeat_window_days", least=1),
        incentive_goal_per_sanction=table.whole("incentive_goal_per_sanction"),
        rungs=tuple(_rung(rung) for rung in table.tables("matrix")),
        done_when_given=frozenset(table.texts("done_when_given")) if table.has("done_when_given") else frozenset(),
        interval_percent=_percents(table),
    )
    table.finish()
    lines = [(rung.behaviour, rung.kind) for rung in ladder.rungs]
    if len(set(lines)) != len(lines):
        table.refuse("matrix", "a list with one line for each behaviour and kind of response")
    offered = {choice for rung in ladder.rungs for step in rung.steps for choice in step}
    if ladder.done_when_given - offered:
        table.refuse("done_when_given", "a list of responses that the matrix offers, in the same words")
    if set(ladder.interval_percent) - offered:
        table.refuse("changes_review_interval", "tables for responses that the matrix offers, in the same words")
    return ladder


def _percents(table: Table) -> dict[str, int]:
    """Read which responses change the review interval, and to how many per cent of it."""
    if not table.has("changes_review_interval"):
        return {}
    changes = table.tables("changes_review_interval")
    percents = {change.text("response"): change.whole("percent", least=1) for change in changes}
    for change in changes:
        change.finish()
    if len(percents) < len(changes):
        table.refuse("changes_review_interval", "one table for each response")
    return percents


def _rung(table: Table) -> Rung:
    """Read one line of the matrix: `range` where history plays no part, or `first`, `second`, `third`, `further`."""
    behaviour = Behaviour(table.one_of("behaviour", {b.value: b for b in Behaviour}))
    kind = ResponseKind(table.one_of("kind", {k.value: k for k in ResponseKind}))
    if behaviour is Behaviour.DISTAL_GOAL and kind is not ResponseKind.ADJUSTMENT:
        table.refuse("kind", "service_adjustment: a goal out of reach for now is a need, never a reason for a sanction")
    names = ["range"] if table.has("range") else [step for step in _STEPS if table.has(step)]
    if names != ["range"] and (not names or names != list(_STEPS[: len(names)])):
        table.refuse("first", "given before second, third and further, with none left out between; or give range alone")
    steps = tuple(_choices(table, name) for name in names)
    table.finish()
    return Rung(behaviour=behaviour, kind=kind, steps=steps)


def _choices(table: Table, name: str) -> tuple[str, ...]:
    """Read the choices of one step and refuse what only a judge may think of."""
    choices = table.texts(name)
    if any(word in choice.lower() for choice in choices for word in _NEVER_PROPOSED):
        table.refuse(name, "a list without custody: the system never proposes it")
    return choices


def _follow_up(table: Table) -> FollowUpTiming:
    """Read when silence becomes a follow-up."""
    timing = FollowUpTiming(
        referral_answer_days=table.whole("referral_answer_days"),
        no_contact_days=table.whole("no_contact_days", least=1),
        release_warning_days=table.whole("release_warning_days"),
        outcome_grace_days=table.whole("outcome_grace_days"),
        several_absences=table.whole("several_unanswered_absences", least=1),
        acd_warning_days=table.whole("acd_warning_days"),
        sealing_days=table.whole("sealing_days") if table.has("sealing_days") else FollowUpTiming.sealing_days,
        book_next_date=table.flag("book_next_date"),
    )
    table.finish()
    return timing


def _reminders(table: Table) -> ReminderTiming:
    """Read when participants are reminded; a file without this table reminds nobody."""
    timing = ReminderTiming(
        days_before=table.wholes("days_before_appearance"),
        from_hour=table.whole("from_hour"),
        until_hour=table.whole("until_hour", least=1),
        approve=table.flag("approve_before_sending"),
    )
    table.finish()
    if 0 in timing.days_before or len(set(timing.days_before)) < len(timing.days_before):
        table.refuse("days_before_appearance", "a list of different days, 1 or more, such as [7, 3, 1]")
    if not timing.from_hour < timing.until_hour <= 24:
        table.refuse("until_hour", "a later hour of the day than from_hour, 24 at most")
    return timing
