"""Services, reports and releases of a case as they are now: three short tables, each with what to do when empty."""

from dashboard import wording
from dashboard.components.case.heading import capital
from dashboard.components.heading import show_note
from dashboard.components.html import Cell, Column, Row, join, show, table, tag
from dashboard.components.room import HIDDEN
from dashboard.wording import Tone, Word
from models.queries.case_file import CaseFile
from models.queries.case_releases import ReleaseRow
from models.queries.case_reports import ReportRow
from models.queries.case_services import ReferralRow
from models.rules.vocabulary import REFERRAL_OPEN, ReferralState, ReleaseAnswer, ReleaseUntil
from models.rules.words import joined

REPORTS_SHOWN = 4


def show_services(file: CaseFile, *, faces_room: bool) -> None:
    """Show each referral with its state and how long it has been so; what kind of service is nothing for the room."""
    if faces_room:
        show_note(HIDDEN)
        return
    if not file.referrals:
        show_note("No referral yet. The mandate is the smallest part: ask what is needed, then refer.")
        return
    rows = [_referral(one, file) for one in file.referrals]
    show(table("Services and their state", ["Service", "Provider", "Status"], rows))


def _referral(one: ReferralRow, file: CaseFile) -> Row:
    name: Cell = capital(wording.text(one.kind))
    named = join([name, tag("small", "mandate", css="of-quiet")]) if one.mandated else name
    return Row([named, one.provider or tag("em", "no place found"), referral_state(one, file)], past=_ended(one))


def referral_state(one: ReferralRow, file: CaseFile) -> Word:
    """Return a referral's state with what it has come to, or how long it has waited (days)."""
    look = wording.word(one.state)
    waited = wording.count((file.today - one.state_since).days, "day")
    if one.state is ReferralState.ENROLLED:
        asked = one.sessions or (file.standing.course.sessions if one.mandated else None)
        asked_for = str(asked) if asked else wording.count(one.attended or 0, "session")
        sessions = wording.attended_of(one.attended, asked_for) if asked or one.attended is None else asked_for
        return Word(f"enrolled, {sessions}", look.shape, look.tone)
    if one.state is ReferralState.WAITLISTED:
        place = f", place {one.queue_place}" if one.queue_place else ""
        return Word(f"waitlisted {waited}{place}", look.shape, look.tone)
    if one.state in (ReferralState.NEEDED, ReferralState.REFERRED, ReferralState.ACCEPTED):
        return Word(f"{look.text}, {waited}", look.shape, look.tone)
    return Word(f"{look.text} {wording.day_short(one.state_since, today=file.today)}", look.shape, look.tone)


def _ended(one: ReferralRow) -> bool:
    return one.state not in REFERRAL_OPEN


def show_reports(file: CaseFile, *, faces_room: bool) -> None:
    """Show the reports, the newest first, with how each stands and why; for the room without the provider's name."""
    if not file.reports:
        show_note("No report is expected: that begins once a mandated service has accepted and a date is set.")
        return
    columns = [Column("Due", narrow=True), Column("Provider"), Column("Status")]
    rows = [_report(one, file, faces_room) for one in file.reports[:REPORTS_SHOWN]]
    show(table("Compliance reports", columns, rows))
    if len(file.reports) > REPORTS_SHOWN:
        show_note(f"The newest {REPORTS_SHOWN} of {len(file.reports)}; all are in the history.")


def _report(one: ReportRow, file: CaseFile, faces_room: bool) -> Row:
    look = wording.word(one.answer.standing)
    said = Word(report_words(one, file), look.shape, look.tone)
    return Row(
        [wording.day_short(one.due_on, today=file.today), tag("em", "hidden") if faces_room else one.provider, said]
    )


def report_words(one: ReportRow, file: CaseFile) -> str:
    """Return how a report stands: "late 2 court days", "received 1 Dec, version 2"."""
    text = wording.text(one.answer.standing)
    if one.received_on:
        version = f", version {one.versions}" if one.versions > 1 else ""
        return f"{text} {wording.day_short(one.received_on, today=file.today)}{version}"
    late = one.answer.court_days_late
    return f"{text} {wording.count(late, 'court day')}" if late else text


def show_releases(file: CaseFile, *, faces_room: bool) -> None:
    """Show the participant's answers; a release that is declined or over is neutral and looks like it."""
    if faces_room:
        show_note(HIDDEN)
        return
    if not file.releases:
        show_note("Nobody has asked yet. Without a release a provider cannot report; that is neutral and never counts.")
        return
    rows = [Row([_shared(one), release_state(one, file)], past=not one.holds) for one in file.releases]
    show(table("Releases", ["Who may share what with whom", "Answer"], rows))


def _shared(one: ReleaseRow) -> Cell:
    """Return the provider, and under it what it may share with whom, for what."""
    what = joined(sorted(wording.text(each) for each in one.information))
    whom = joined(sorted(wording.text(each) for each in one.recipients))
    said = f"{what}; with {whom}; for {wording.text(one.use)}"
    return join([one.provider, tag("p", capital(said), css="of-note")])


def release_state(one: ReleaseRow, file: CaseFile) -> Word:
    """Return a release's answer and its last day in words."""
    until = wording.day_short(one.ends_on, today=file.today)
    if one.answer is ReleaseAnswer.DECLINED:
        return Word(f"declined {wording.day_short(one.starts_on, today=file.today)}", "○", Tone.QUIET)
    if one.revoked_on:
        how = f", {wording.text(one.revoked_how)}" if one.revoked_how else ""
        return Word(f"revoked {wording.day_short(one.revoked_on, today=file.today)}{how}", "○", Tone.QUIET)
    if one.holds:
        event = f"{wording.text(one.until)}, at the latest " if one.until is not ReleaseUntil.DATE else ""
        return Word(f"given until {event}{until}", "●", Tone.GOOD)
    return Word(
        f"ended {until}" if one.ends_on < file.today else f"from {wording.day_short(one.starts_on)}", "○", Tone.QUIET
    )
