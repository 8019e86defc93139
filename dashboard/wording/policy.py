"""The court's policy in words: what each setting is called, what its value says, and what one version says otherwise.

A setting without words of its own is called by its key, whose unit is in it; so a new one can be read at once.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from dashboard.wording.dates import day_year
from dashboard.wording.kinds import KINDS
from dashboard.wording.shapes import Word, accent, good, quiet
from models.policies.differences import Difference
from models.policies.reading import WrongKey
from models.rules import vocabulary as v
from models.rules.policy_versions import VersionState

STATES = {
    VersionState.DRAFT: accent("draft"),
    VersionState.PLANNED: accent("planned", "▶"),
    VersionState.IN_FORCE: good("in force"),
    VersionState.REPLACED: quiet("replaced", "×"),
}

SECTIONS = {
    "": "This version",
    "source": "Where the numbers come from",
    "programs": "Program",
    "phases": "Phase",
    "reports": "Reports",
    "sessions": "Court sessions",
    "responses": "Responses",
    "magnitudes": "Magnitudes",
    "changes_review_interval": "Review interval after",
    "matrix": "Range for",
    "follow_up": "Follow-up",
    "reminders": "Reminders",
    "records": "Records after their end",
    "retention": "What is removed after a time",
}

_SETTINGS = {
    "version": "Name of the version",
    "source.text": "Where the numbers come from",
    "source.verified_on": "Checked on",
    "programs.key": "Short name",
    "programs.name": "Name",
    "programs.for_under_years": "Only for participants younger than (years)",
    "programs.mandate.service": "Service of the mandate",
    "programs.mandate.sessions": "Sessions of the mandate",
    "programs.completion.attended_sessions": "To complete: sessions attended",
    "programs.completion.open_responses": "To complete: responses that may be open",
    "programs.after_completion.restorable_months": "ACD, calendar months",
    "programs.after_completion.restorable_months_family_offence": "ACD after a family offence, calendar months",
    "programs.phases.name": "Name",
    "programs.phases.review_every_days": "Review every (days)",
    "programs.phases.min_days": "At least (days)",
    "programs.phases.advance_when.attended_sessions": "To advance: sessions attended",
    "programs.phases.advance_when.without_unacceptable_absence_days": "To advance: days without unacceptable absence",
    "reports.due_court_days_before_appearance": "Due before the appearance (court days)",
    "reports.grace_court_days": "Grace (court days)",
    "reports.remind_court_days_before_due": "Reminders before the due day (court days)",
    "sessions.capacity_cases": "Cases of a session",
    "sessions.capacity_minutes": "Minutes of a session",
    "sessions.minutes_per_review": "Minutes for a review",
    "sessions.minutes_per_intake": "Minutes for an intake",
    "sessions.minutes_per_completion": "Minutes for a completion",
    "sessions.minutes_per_acd_restored": "Minutes for an ACD restored",
    "sessions.minutes_per_other": "Minutes for any other appearance",
    "sessions.open_ahead_weeks": "Sessions of a part's pattern are open ahead (weeks)",
    "sessions.same_judge_wait_days": "Wait for the same judge (days)",
    "sessions.same_part_wait_days": "Wait for the same part (days)",
    "responses.model": "Model",
    "responses.repeat_scope": "What counts as a repeat",
    "responses.repeat_window": "Repeats count",
    "responses.repeat_window_days": "Window of repeats (days)",
    "responses.incentive_goal_per_sanction": "Goal: incentives for one sanction",
    "responses.done_when_given": "Nothing left to do once given",
    "responses.changes_review_interval.response": "Response",
    "responses.changes_review_interval.percent": "Per cent of the phase's interval",
    "responses.magnitudes.low": "Low",
    "responses.magnitudes.moderate": "Moderate",
    "responses.magnitudes.high": "High",
    "responses.matrix.behaviour": "Behaviour",
    "responses.matrix.kind": "Kind of response",
    "responses.matrix.model": "Model of this range",
    "responses.matrix.phases": "Only in these phases",
    "responses.matrix.goal": "Goal",
    "responses.matrix.range": "Whenever it happens",
    "responses.matrix.first": "The first time",
    "responses.matrix.second": "The second time",
    "responses.matrix.third": "The third time",
    "responses.matrix.further": "From then on",
    "follow_up.referral_answer_days": "A referral is answered within (days)",
    "follow_up.no_contact_days": "No contact for (days)",
    "follow_up.release_warning_days": "Warn before a release ends (days)",
    "follow_up.outcome_grace_days": "An outcome is recorded within (days)",
    "follow_up.several_unanswered_absences": "Several absences: unanswered ones from",
    "follow_up.acd_warning_days": "Warn before an ACD ends (days)",
    "follow_up.sealing_days": "Sealed after a dismissal within (days)",
    "follow_up.book_next_date": "The scheduler books the next date itself",
    "reminders.days_before_appearance": "Days before an appearance",
    "reminders.from_hour": "From this hour (the court's clock)",
    "reminders.until_hour": "Until this hour",
    "reminders.approve_before_sending": "Somebody approves each before it is sent",
    "reminders.texts.en": "Own words in English, with {place}, {day} and {time}",
    "reminders.texts.es": "Own words in Spanish, with {place}, {day} and {time}",
    "reminders.texts.zh-Hans": "Own words in Chinese, with {place}, {day} and {time}",
    "reminders.texts.ko": "Own words in Korean, with {place}, {day} and {time}",
    "reminders.texts.pt": "Own words in Portuguese, with {place}, {day} and {time}",
    "reminders.texts.ru": "Own words in Russian, with {place}, {day} and {time}",
    "records.sealing_notices_days": "Notices of a sealing can be fetched for (days)",
    "records.expunged_facts_remain": "An expunged case leaves years and counts",
    "retention.backups_days": "A backup is kept (days)",
    "retention.ended_sign_ins_days": "Sign-ins that have ended are kept (days)",
    "retention.closed_feed_addresses_days": "Closed calendar feed addresses are kept (days)",
    "retention.past_reminders_days": "Reminders of past appearances are kept (days)",
    "retention.scheduler_runs_days": "The scheduler's runs are kept (days)",
    "retention.by_itself": "The scheduler removes them by itself",
}

#: Whose entries are told apart by names: after these a name is an entry's, not a setting's.
_LISTS = frozenset({"programs", "programs.phases", "responses.matrix", "responses.changes_review_interval"})

_CHOICES = {
    "same_behaviour": "the same behaviour",
    "any_behaviour": "any behaviour",
    "days": "within the window",
    "phase": "since the phase began",
    **{member.value: KINDS[kind][member].text for kind in (v.Behaviour, v.ResponseKind) for member in kind},
}


def setting_words(key: str) -> str:
    """Return what a setting is called, by its full name ("programs[1].phases[2].name")."""
    path = re.sub(r"\[\d+\]", "", key)
    return _SETTINGS.get(path) or _plain(path.rpartition(".")[2])


def section_words(name: str) -> str:
    """Return what a table or list of the policy is called."""
    return SECTIONS.get(name) or _plain(name)


def choice_words(value: str) -> str:
    """Return what one of a setting's choices says."""
    return _CHOICES.get(value) or value.replace("_", " ")


def value_words(value: Any) -> str:
    """Return a setting's value; "left out" where there is none."""
    if value is None:
        return "left out"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return day_year(value)
    if isinstance(value, dict):
        return "; ".join(f"{_plain(key).lower()}: {value_words(one)}" for key, one in value.items())
    if isinstance(value, list):
        return "; ".join(map(value_words, value)) if any(isinstance(one, dict) for one in value) else _listed(value)
    return choice_words(value) if isinstance(value, str) and value in _CHOICES else str(value)


def where_words(way: Iterable[str]) -> tuple[str, str]:
    """Return where a setting stands, and what it is called; for a whole entry of a list the last is empty."""
    path: list[str] = []
    said: list[str] = []
    last_is_entry = False
    for name in way:
        known = ".".join([*path, name])
        last_is_entry = bool(path) and name not in SECTIONS and not any(_begins(one, known) for one in _SETTINGS)
        if last_is_entry and _is_list(".".join(path)):
            said[-1] = f"{said[-1]} {', '.join(choice_words(part) for part in name.split(', '))}"
        else:
            path.append(name)
            said.append(section_words(name))
            last_is_entry = False
    if last_is_entry or len(said) == 1:
        return ", ".join(said), ""
    return ", ".join(said[:-1]), setting_words(".".join(path))


def difference_words(one: Difference) -> tuple[str, str, str, str]:
    """Return one difference as where, what, before and after."""
    where, what = where_words(one.way)
    if not what:
        return where, "as a whole", _there(one.before), _there(one.after)
    return where, what, value_words(one.before), value_words(one.after)


def problem_words(error: WrongKey, entry: str, needed: str | None = None) -> str:
    """Return what is wrong with a setting as a form calls it, with the entry it stands in.

    Where a whole table is missing, `needed` is the first setting that makes it.
    """
    rest = "is missing." if needed else str(error).removeprefix(error.key).strip()
    return f"{entry}, {setting_words(needed or error.key)}: {rest}"


def state_word(state: VersionState) -> Word:
    """Return how a version stands, with its shape."""
    return STATES[state]


def _there(value: Any) -> str:
    return "not there" if value is None else "there"


def _begins(setting: str, path: str) -> bool:
    return setting == path or setting.startswith(f"{path}.")


def _is_list(path: str) -> bool:
    return path in _LISTS


def _listed(value: list[Any]) -> str:
    return ", ".join(map(str, value)) if value else "none"


def _plain(key: str) -> str:
    """Return a key as words: its unit, if it ends with one, in brackets."""
    found = re.fullmatch(r"(.+?)_(court_days|days|weeks|months|minutes|hours|years|percent)", key)
    words, unit = (found[1], f" ({found[2].replace('_', ' ')})") if found else (key, "")
    return words.replace("_", " ").capitalize() + unit
