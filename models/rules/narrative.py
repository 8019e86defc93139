"""The one sentence for the bench: what has happened since the last appearance, and what was promised then.

From counts and dates, in her own pronouns; without blame, plain about what the court does not know. It judges nothing.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from models.rules import words
from models.rules.facts import Sessions
from models.rules.promises import sessions_promised, within_a_sentence
from models.rules.vocabulary import ReportStanding


@dataclass(frozen=True)
class Part:
    """A piece of the sentence, and whether the screen sets it bold. Pieces hold their own spaces."""

    text: str
    emphasised: bool = False


@dataclass(frozen=True, kw_only=True)
class SinceLastCourt:
    """What is known about the time since the last appearance that was held; all dates are civil dates."""

    name: str  # as she is called on this screen, already hidden where it must be
    pronouns: str | None = None  # as given: "she/her", "they/them"; others, or none, and the name stands instead
    last_on: date | None = None  # None: this is the first appearance
    sessions: Sessions = field(default_factory=Sessions)
    excuse_reasons: tuple[str, ...] = ()  # "medical"; one for each acceptable absence, where recorded
    missed_on: tuple[date, ...] = ()  # the days of the unacceptable absences
    missed_appearances_on: tuple[date, ...] = ()
    report: ReportStanding | None = None  # of the report expected for this appearance; None: none is expected
    report_due_on: date | None = None
    report_received_on: date | None = None
    release_active: bool = True
    release_ended_on: date | None = None  # None with no active release: declined, or never given
    withheld: bool = False  # sessions are recorded that no release lets be read
    promise: str | None = None  # as the judge worded it: "a certificate at four sessions"
    attended_total: int = 0  # sessions since the mandate began
    information_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Narrative:
    """The sentence in parts, with what it was made from."""

    parts: tuple[Part, ...]
    inputs: SinceLastCourt
    information_on: date | None

    @property
    def text(self) -> str:
        """The whole as plain text, for paper and for a screen reader."""
        return "".join(part.text for part in self.parts)


class _Cause(Enum):
    """Why no session can be counted."""

    KNOWN, UNVERIFIED, CANCELLED, RELEASE, REPORT, DISPUTED, NONE = range(7)


_SUBJECTS = {"she": ("she", "has"), "he": ("he", "has"), "they": ("they", "have")}
_OBJECTS = frozenset({"her", "hers", "him", "his", "them", "their", "theirs"})


def narrative(since: SinceLastCourt, on: date) -> Narrative:
    """Return what to say on the civil date `on`."""
    parts = [*_sessions(since, on), *_apart(since), *_missed_appearances(since, on), *_report(since, on)]
    parts += _promise(since, on)
    return Narrative(parts=tuple(parts), inputs=since, information_on=since.information_on)


def _subject(since: SinceLastCourt) -> tuple[str, str]:
    """Return the subject and its form of "to have"; the name where the pronouns are others or not given."""
    given = [word.strip().lower() for word in (since.pronouns or "").split("/")]
    if any(word not in _SUBJECTS and word not in _OBJECTS for word in given):
        return since.name, "has"
    return _SUBJECTS.get(given[0], (since.name, "has"))


def _sessions(since: SinceLastCourt, on: date) -> Iterator[Part]:
    if since.last_on is None and not (since.sessions.expected or since.sessions.unverified or since.sessions.cancelled):
        yield Part("This is the first appearance.", emphasised=True)
        return
    yield Part(f"Since {words.day(since.last_on, on)}" if since.last_on else "So far", emphasised=True)
    yield Part(f" {_attended(since, on) if since.sessions.expected else _nothing_known(since, on)}.")


def _attended(since: SinceLastCourt, on: date) -> str:
    subject, _ = _subject(since)
    attended, expected = since.sessions.attended, since.sessions.expected
    if attended == expected:
        every = {1: "the one session", 2: "both sessions"}.get(expected, f"all {expected} sessions")
        return f"{subject} attended {every} expected"
    if attended:
        return f"{subject} attended {attended} of {words.count(expected, 'session')}; {_absences(since, on)}"
    if expected == 1:
        return f"one session was expected; it was {_one_absence(since, on)}"
    return f"{expected} sessions were expected; {_absences(since, on)}"


def _absences(since: SinceLastCourt, on: date) -> str:
    """Say what the sessions not attended were: "the third was an acceptable absence (medical)"."""
    excused, missed = since.sessions.excused, since.sessions.missed
    if excused + missed == 1:
        which = "the third" if since.sessions.expected == 3 else "the other"
        return f"{which} was {_one_absence(since, on)}"
    acceptable = f"{excused if missed else _all(since)} {_were(excused, 'acceptable')}{_reasons(since)}"
    unacceptable = f"{missed if excused else _all(since)} {_were(missed, 'unacceptable')}{_days(since, on)}"
    return words.joined([acceptable] * bool(excused) + [unacceptable] * bool(missed))


def _one_absence(since: SinceLastCourt, on: date) -> str:
    if since.sessions.excused:
        return f"an acceptable absence{_reasons(since)}"
    return f"an unacceptable absence{_days(since, on)}"


def _all(since: SinceLastCourt) -> str:
    """Name all the sessions not attended where they are of one kind."""
    several = since.sessions.excused + since.sessions.missed
    if since.sessions.attended:
        return f"the other {words.small(several)}"
    return "both" if several == 2 else f"all {several}"


def _were(number: int, kind: str) -> str:
    article = "an" if number == 1 else ""
    return f"{'was' if number == 1 else 'were'} {article} {kind} absence{'' if number == 1 else 's'}".replace("  ", " ")


def _reasons(since: SinceLastCourt) -> str:
    """Return the reasons of the acceptable absences in brackets, each once, with its number where it recurs."""
    counted = Counter(reason.strip() for reason in since.excuse_reasons if reason.strip())
    named = [reason if n == 1 or len(counted) == 1 else f"{reason}, {words.small(n)}" for reason, n in counted.items()]
    return f" ({'; '.join(named)})" if named else ""


def _days(since: SinceLastCourt, on: date) -> str:
    return f" ({words.joined([words.day(d, on) for d in sorted(since.missed_on)])})" if since.missed_on else ""


def _nothing_known(since: SinceLastCourt, on: date) -> str:
    """Say plainly why no session is known; a provider's or the court's part is named as theirs."""
    cause, unverified = _cause(since), since.sessions.unverified
    if cause is _Cause.RELEASE:
        ended = since.release_ended_on
        without = f"no release {'is active' if since.release_active else 'was given'}, which is neutral"
        why = f"the release ended on {words.day(ended, on)}" if ended else without
        return f"the court has no information about sessions, because {why}"
    if cause is _Cause.UNVERIFIED:
        verb = "is" if unverified == 1 else "are"
        return f"{words.count(unverified, 'session')} {verb} recorded, not verified yet and not counted"
    return {
        _Cause.CANCELLED: "no session took place",
        _Cause.REPORT: "the court has no information about sessions, because the provider's report has not come",
        _Cause.DISPUTED: "the court has no settled information about sessions, because the report is disputed",
    }.get(cause, "no session is recorded")


def _cause(since: SinceLastCourt) -> _Cause:
    """Return why no session can be counted; KNOWN where one can."""
    if since.sessions.expected:
        return _Cause.KNOWN
    if since.sessions.unverified:
        return _Cause.UNVERIFIED
    if since.sessions.cancelled:
        return _Cause.CANCELLED
    if since.withheld or not since.release_active:
        return _Cause.RELEASE
    if since.report in {ReportStanding.LATE, ReportStanding.MISSING, ReportStanding.IN_GRACE}:
        return _Cause.REPORT
    return _Cause.DISPUTED if since.report is ReportStanding.DISPUTED else _Cause.NONE


def _apart(since: SinceLastCourt) -> Iterator[Part]:
    """Say what does not count: the provider's cancellations, and what is not verified."""
    cancelled, unverified = since.sessions.cancelled, since.sessions.unverified
    if cancelled:
        pronoun = "it does" if cancelled == 1 else "they do"
        yield Part(f" The provider cancelled {words.count(cancelled, 'session')}; {pronoun} not count.")
    if since.withheld and _cause(since) is not _Cause.RELEASE:
        yield Part(" What another provider told is not available, because no release is active; that is neutral.")
    if unverified and _cause(since) is not _Cause.UNVERIFIED:
        verb = "is" if unverified == 1 else "are"
        yield Part(f" {words.count(unverified, 'session')} {verb} not verified yet and not counted.")


def _missed_appearances(since: SinceLastCourt, on: date) -> Iterator[Part]:
    if since.missed_appearances_on:
        subject, _ = _subject(since)
        who = subject.capitalize() if subject in _SUBJECTS else subject
        days = words.joined([words.day(d, on) for d in sorted(since.missed_appearances_on)])
        yield Part(f" {who} did not appear on {days}.")


def _report(since: SinceLastCourt, on: date) -> Iterator[Part]:
    cause = _cause(since)
    said = _report_words(since, on)
    if cause is _Cause.REPORT:  # already said to be missing
        said = f"It was due on {words.day(since.report_due_on, on)}" if since.report_due_on else ""
    if cause is _Cause.DISPUTED or (cause is _Cause.RELEASE and since.report is ReportStanding.RELEASE_EXPIRED):
        said = ""
    if said:
        yield Part(f" {said}.")


def _report_words(since: SinceLastCourt, on: date) -> str:
    came = f"The report came {{}}{', ' + words.day(since.report_received_on, on) if since.report_received_on else ''}"
    due = f" on {words.day(since.report_due_on, on)}" if since.report_due_on else ""
    match since.report:
        case ReportStanding.RECEIVED:
            return came.format("on time")
        case ReportStanding.RECEIVED_LATE:
            return came.format("late")
        case ReportStanding.EXPECTED:
            return f"The report is due{due or ' before court'}"
        case ReportStanding.DUE:
            return "The report is due today"
        case ReportStanding.IN_GRACE:
            return f"The report was due{due or ' already'} and is within its grace"
        case ReportStanding.LATE | ReportStanding.MISSING:
            return f"The provider's report{', due' + due + ',' if due else ''} has not come"
        case ReportStanding.DISPUTED:
            return "The report is disputed and not counted until that is settled"
        case ReportStanding.WITHDRAWN:
            return "The report was withdrawn"
        case ReportStanding.RELEASE_EXPIRED:
            return "Nobody may send a report: there is no active release"
    return ""


def _promise(since: SinceLastCourt, on: date) -> Iterator[Part]:
    """Repeat what the court promised then, and how far that is."""
    promise = within_a_sentence(since.promise or "")
    if not promise:
        return
    when = f"On {words.day(since.last_on, on)}" if since.last_on else "Earlier"
    if since.withheld or sessions_promised(promise) is None:
        yield Part(f" {when} the court promised {promise}.")
        return
    subject, have = _subject(since)
    yield Part(f" {when} the court promised {promise}: ")
    yield Part(f"{subject} {have} {words.small(since.attended_total).replace('no', 'none')}.", emphasised=True)
