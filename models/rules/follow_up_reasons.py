"""One function for each kind of follow-up: numbers and civil dates in, the sentence shown to staff out.

The sentence is kept with the follow-up, so it says dates, not "three days ago", and holds no personal value. Where
something never counts against the participant, it says so or blames nobody. `on` is the day it is written.
"""

from datetime import date

from models.rules.words import count, day, sentence, small

_NEVER = "This never counts against the participant."


def no_next_date(on: date, last_appearance_on: date | None, why: str | None = None) -> str:
    """Say that the case has no next date; `why` is `NextReview.why_no_date`, when the rule found none."""
    since = f" since the appearance of {day(last_appearance_on, on)}" if last_appearance_on else ""
    return sentence(f"No next date{since}") + (f" {why}" if why else "")


def approve_date(on: date, proposed_on: date, reason: str = "") -> str:
    """Say that a proposed date waits for the clerk; `reason` is the proposal's own."""
    return f"{day(proposed_on, on)} is proposed and waits for approval. {reason}".strip()


def no_outcome(on: date, appearance_on: date) -> str:
    """Say that an appearance has passed without a recorded outcome: the court's move."""
    return f"The appearance of {day(appearance_on, on)} has no outcome recorded."


def nothing_done(on: date, failures: int, first_on: date | None) -> str:
    """Say that several failures have no response from the court: the court's inaction, made visible."""
    since = f" since {day(first_on, on)}" if first_on else ""
    verb = "has" if failures == 1 else "have"
    return f"{small(failures).capitalize()} {_absences(failures)}{since} {verb} no response from the court."


def _absences(n: int) -> str:
    return "unacceptable absence or missed appearance" if n == 1 else "unacceptable absences or missed appearances"


def _by(when: date, on: date) -> str:
    return "today" if when == on else f"on {day(when, on)}"


def report_reminder(on: date, due_on: date, appearance_on: date) -> str:
    """Say that a provider's report is due soon."""
    return f"A report is due {_by(due_on, on)} for the appearance of {day(appearance_on, on)}; remind the provider."


def report_late(on: date, due_on: date, appearance_on: date) -> str:
    """Say that a provider's report has not come: never the participant's failure."""
    appearance = f"the appearance of {day(appearance_on, on)}"
    return f"The provider's report due on {day(due_on, on)} for {appearance} has not come. {_NEVER}"


def referral_unanswered(on: date, referred_on: date, answer_days: int) -> str:
    """Say that a provider has not answered a referral within the days the court allows."""
    return f"The referral of {day(referred_on, on)} has had no answer within {count(answer_days, 'day')}."


def need_without_place(on: date, needed_since: date) -> str:
    """Say that a service is needed and no place has been found."""
    return f"A service needed since {day(needed_since, on)} has no place yet."


def no_contact(on: date, last_contact_on: date | None, limit_days: int) -> str:
    """Say that nobody has recorded a contact for the days the court allows."""
    if last_contact_on is None:
        return f"No contact has been recorded; the court's limit is {count(limit_days, 'day')}."
    return f"The last contact recorded was on {day(last_contact_on, on)}; the limit is {count(limit_days, 'day')}."


def release_expiring(on: date, ends_on: date) -> str:
    """Say that a release is about to end; `ends_on` is its last day. Renewing is the participant's free choice."""
    return f"A release ends {_by(ends_on, on)}; ask the participant whether to renew it. Declining is neutral."


def release_expired(on: date, ended_on: date) -> str:
    """Say that a release has ended, so that the provider may not report."""
    return f"A release ended on {day(ended_on, on)}, so the provider may not report. {_NEVER}"


def acd_expiry(on: date, expires_on: date) -> str:
    """Say that an ACD runs out, or has run out and waits for the clerk to confirm the dismissal."""
    if on > expires_on:
        return f"The ACD ran out on {day(expires_on, on)}; the case is deemed dismissed. Confirm it and see to sealing."
    return f"The ACD runs out {_by(expires_on, on)}; unless restored by then, the case is deemed dismissed."


def sealing(on: date, dismissed_on: date) -> str:
    """Say that a dismissed case is still open to be found."""
    return f"The case was dismissed on {day(dismissed_on, on)}; its record waits to be sealed."


def sealing_vacated(on: date, vacated_on: date) -> str:
    """Say that a case whose conviction is undone is still open to be found."""
    return f"The conviction was vacated on {day(vacated_on, on)}; its record waits to be sealed."


def interpreter(on: date, appearance_on: date) -> str:
    """Say that an appearance needs an interpreter who is not booked."""
    return f"The appearance {_by(appearance_on, on)} needs an interpreter and none is booked."


def response_due(on: date, ordered_on: date, due_on: date) -> str:
    """Say that a response the judge ordered is to be done, or to be looked at again."""
    return f"A response ordered on {day(ordered_on, on)} is due {_by(due_on, on)}; record whether it was done."


def response_not_done(on: date, ordered_on: date) -> str:
    """Say that a response was not done: for the judge to look at, and never by itself a reason for a sanction."""
    return (
        f"A response ordered on {day(ordered_on, on)} was not done. The judge decides what follows; "
        "nothing follows by itself."
    )


def promise(on: date, promised_on: date, due_on: date) -> str:
    """Say that something the court promised is due. What was promised stays in the case file."""
    return f"What the court promised on {day(promised_on, on)} is due {_by(due_on, on)}."


def ready(on: date, ready_since: date, complete: bool) -> str:
    """Say that a case can move on: complete the mandate, or advance to the next phase."""
    what = "complete the mandate" if complete else "advance to the next phase"
    return f"Ready to {what} since {day(ready_since, on)}; the judge decides."


def reminder_not_sent(on: date, appearance_on: date, known: bool) -> str:
    """Say that a reminder was refused by the gateway (`known`), or that nobody knows whether it went out."""
    of = f"The reminder of the appearance of {day(appearance_on, on)}"
    if known:
        return f"{of} could not be sent; reach the participant in another way. {_NEVER}"
    return f"{of} may or may not have gone out, so it is not sent again; ask whether the participant knows the date."


def manual(on: date, due_on: date) -> str:
    """Say that somebody set this follow-up by hand."""
    return f"Set by hand for {day(due_on, on)}."
