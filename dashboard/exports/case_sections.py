"""A case as the sections of its printed summary: how it stands and why, services, reports, and what has happened.

Paper is carried about: notes, contacts and ways to reach the participant never stand on it.
"""

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from dashboard import wording
from dashboard.exports import part_2
from dashboard.exports.case_summary import CaseSummary, Section
from dashboard.wording.entries import entry_title
from models.queries.case_entries import Entry, What
from models.queries.case_file import CaseFile
from models.rules.called import called

#: What is left out of the printed history.
_NOT_ON_PAPER = frozenset({What.NOTE, What.CONTACT, What.FOLLOW_UP})


def summary_of(file: CaseFile, *, court: str, printed_by: str, zone: ZoneInfo) -> CaseSummary:
    """Return the summary of a case as it is known today; times stand in the court's `zone`."""
    head = file.heading
    name = called(head.preferred_name, head.legal_name, head.initials_only, faces_room=False)
    beside = [] if head.initials_only else [head.preferred_script or "", head.pronunciation or ""]
    said = " · ".join(part for part in [*beside, head.pronouns or ""] if part)
    known = wording.day_words(file.standing.information_on, year=True) if file.standing.information_on else "no day yet"
    return CaseSummary(
        title=name,
        lines=tuple(
            line
            for line in (
                said,
                f"Docket {head.docket_number} · {head.part} · {head.judge}",
                f"Information as of {known}",
            )
            if line
        ),
        sections=(
            _standing(file),
            _particulars(file),
            _charges(file),
            _services(file),
            _reports(file),
            _history(file, zone),
            *part_2.section_of(file),
        ),
        footer=" · ".join(
            (court, "confidential, for the court's team", f"printed by {printed_by}", *part_2.on_every_page(file))
        ),
    )


def _standing(file: CaseFile) -> Section:
    answer = file.standing
    said = dict.fromkeys((*answer.reasons, *answer.information, *answer.course.reasons))
    return Section(
        heading="How the case stands",
        paragraphs=(
            f"{wording.word(answer.standing).shape} {answer.headline}.",
            " ".join(said),
            f"Counted by policy {answer.policy_version}. The system counts; the judge decides.",
        ),
    )


def _particulars(file: CaseFile) -> Section:
    head, course = file.heading, file.standing.course
    attended = wording.attended_of(course.attended, wording.count(course.sessions, "session"))
    mandate = f"{course.program_name}, {attended}"
    flags = ", ".join(wording.text(flag.kind) for flag in head.flags)
    pairs = (
        ("Stage", f"{wording.text(head.stage)} since {wording.day_year(head.stage_since)}"),
        ("Mandate", mandate if course.program_name else "none yet"),
        ("Phase", f"{course.phase} of {course.phase_count}, {course.phase_name}" if course.phase_name else "none"),
        ("Languages", ", ".join(head.languages) or "not recorded"),
        ("Interpreter", head.interpreter_language or "not needed"),
        ("Safety", flags or "no flag"),
        ("Next appearance", wording.day_words(file.standing.inputs.next_appearance_on, year=True)),
    )
    return Section(heading="Particulars", pairs=pairs)


def _charges(file: CaseFile) -> Section:
    rows = tuple(
        (str(one.count_number), one.statute, one.description, one.disposition or "open") for one in file.heading.charges
    )
    return Section(
        heading="Charges",
        heads=("Count", "Statute", "Charge", "Disposition"),
        rows=rows,
        widths=(0.5, 1.2, 3, 1.3),
    )


def _services(file: CaseFile) -> Section:
    rows = tuple(
        (
            wording.text(one.kind) + (" (mandate)" if one.mandated else ""),
            one.provider or "no place found",
            wording.text(one.state),
            wording.day_year(one.state_since),
        )
        for one in file.referrals
    )
    return Section(heading="Services", heads=("Service", "Provider", "State", "Since"), rows=rows)


def _reports(file: CaseFile) -> Section:
    rows = tuple(
        (
            wording.day_year(one.due_on),
            one.provider,
            wording.text(one.answer.standing),
            wording.day_year(one.received_on) if one.received_on else "not in",
        )
        for one in file.reports
    )
    return Section(heading="Reports", heads=("Due", "Provider", "Status", "Received"), rows=rows)


def _history(file: CaseFile, zone: ZoneInfo) -> Section:
    rows = tuple(_line(entry, file.today, zone) for entry in _printed(file))
    heads = ("Date", "What", "State", "In words", "Recorded")
    return Section(heading="History, newest first", heads=heads, rows=rows, widths=(0.8, 2, 1.3, 2.6, 1.5))


def _printed(file: CaseFile) -> Iterator[Entry]:
    yield from (entry for entry in file.entries if entry.what not in _NOT_ON_PAPER)


def _line(entry: Entry, today: date, zone: ZoneInfo) -> tuple[str, ...]:
    state = wording.text(entry.state) if entry.state else ""
    recorded = f"{entry.by or 'Scheduler'}, {wording.instant_words(entry.at, zone)}" if entry.at else entry.by or ""
    return (
        wording.day_short(entry.on, today=today),
        entry_title(entry),
        f"{state} (corrected since)" if entry.over and state else state,
        entry.words or "",
        recorded,
    )
