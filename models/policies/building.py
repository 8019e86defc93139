"""From a policy file's tables to the frozen values of `models.rules.policy`, checked for sense on the way.

The response ladder is read in `ladder`.
"""

from models.policies.ladder import ladder
from models.policies.reading import Table
from models.rules.neutral import TOLD_IN_A_REMINDER, telling_word
from models.rules.policy import (
    FollowUpTiming,
    Phase,
    Policy,
    Program,
    Records,
    ReminderTiming,
    ReportTiming,
    Retention,
    SessionDefaults,
    Source,
)
from models.rules.vocabulary import TextLanguage


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
        ladder=ladder(responses),
        follow_up=_follow_up(root.table("follow_up")),
        reminders=_reminders(root.table("reminders")) if root.has("reminders") else ReminderTiming(),
        records=_records(root.table("records")) if root.has("records") else Records(),
        retention=_retention(root.table("retention")) if root.has("retention") else Retention(),
    )
    root.finish()
    keys = [program.key for program in result.programs]
    if len(set(keys)) != len(keys):
        root.refuse("programs", "a list of programs with a different key each")
    phases = {phase.name for program in result.programs for phase in program.phases}
    for n, rung in enumerate(result.ladder.rungs, start=1):
        if set(rung.phases) - phases:
            responses.refuse(f"matrix[{n}].phases", f"a list of phases of the programs: {', '.join(sorted(phases))}")
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


def _or(given: int | None, usual: int) -> int:
    """Return a number that may be left out, or the usual one."""
    return usual if given is None else given


def _sessions(table: Table) -> SessionDefaults:
    """Read what a court session takes unless it says otherwise."""
    sessions = SessionDefaults(
        capacity_cases=table.whole("capacity_cases", least=1),
        capacity_minutes=table.whole("capacity_minutes", least=1),
        minutes_per_review=table.whole("minutes_per_review", least=1),
        minutes_per_intake=table.whole("minutes_per_intake", least=1),
        same_judge_wait_days=table.whole("same_judge_wait_days"),
        same_part_wait_days=table.whole("same_part_wait_days"),
        interpreter_wait_days=_or(table.whole_or_none("interpreter_wait_days"), SessionDefaults.interpreter_wait_days),
        minutes_per_completion=table.whole_or_none("minutes_per_completion", least=1),
        minutes_per_acd_restored=table.whole_or_none("minutes_per_acd_restored", least=1),
        minutes_per_other=table.whole_or_none("minutes_per_other", least=1),
        open_ahead_weeks=_or(table.whole_or_none("open_ahead_weeks", least=1), SessionDefaults.open_ahead_weeks),
    )
    table.finish()
    return sessions


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
        texts=_texts(table.table("texts")) if table.has("texts") else (),
    )
    table.finish()
    if 0 in timing.days_before or len(set(timing.days_before)) < len(timing.days_before):
        table.refuse("days_before_appearance", "a list of different days, 1 or more, such as [7, 3, 1]")
    if not timing.from_hour < timing.until_hour <= 24:
        table.refuse("until_hour", "a later hour of the day than from_hour, 24 at most")
    return timing


def _texts(table: Table) -> tuple[tuple[TextLanguage, str], ...]:
    """Read the court's own words of a reminder by language; a word that would tell what it is about is refused."""
    texts = tuple((one, table.sentence(one, TOLD_IN_A_REMINDER)) for one in TextLanguage if table.has(one))
    table.finish()
    for language, text in texts:
        if word := telling_word(text, language):
            table.refuse(language, f"words that tell nobody of a court or of a reason to be there, so without {word!r}")
    return texts


def _records(table: Table) -> Records:
    """Read what becomes of records after their end; where a key is left out, what is usual."""
    records = Records(
        notices_days=_or(table.whole_or_none("sealing_notices_days", least=1), Records.notices_days),
        facts_remain=table.flag("expunged_facts_remain")
        if table.has("expunged_facts_remain")
        else Records.facts_remain,
    )
    table.finish()
    return records


def _retention(table: Table) -> Retention:
    """Read what is removed after how many days; what is left out is kept for good, but for backups."""
    retention = Retention(
        backups_days=_or(table.whole_or_none("backups_days", least=1), Retention.backups_days),
        ended_sign_ins_days=table.whole_or_none("ended_sign_ins_days", least=1),
        closed_feed_addresses_days=table.whole_or_none("closed_feed_addresses_days", least=1),
        past_reminders_days=table.whole_or_none("past_reminders_days", least=1),
        scheduler_runs_days=table.whole_or_none("scheduler_runs_days", least=1),
        by_itself=table.flag("by_itself"),
    )
    table.finish()
    return retention
