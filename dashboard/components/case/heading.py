"""Who a case is about: how she is called, what everybody must know, and the particulars one step away.

While the screen faces the room nothing here names her, and no way to reach her is shown.
"""

from collections.abc import Iterator, Sequence

import streamlit as st

from dashboard import wording
from dashboard.components.chips import flag_words, show_chips
from dashboard.components.heading import show_note
from dashboard.components.html import Cell, Html, join, show, table, tag
from dashboard.components.room import HIDDEN
from dashboard.wording import Tone, Word
from models.queries.case_file import CaseFile
from models.queries.case_heading import ChannelRow, Heading
from models.rules.called import called
from models.rules.vocabulary import BEFORE_MANDATE, Stage


def name_of(head: Heading, *, faces_room: bool) -> str:
    """Return how she is called on this screen."""
    return called(head.preferred_name, head.legal_name, head.initials_only, faces_room)


def show_case_heading(file: CaseFile, *, faces_room: bool) -> None:
    """Show the name with script, pronunciation and pronouns, the particulars, and the chips."""
    head = file.heading
    hidden = faces_room or head.initials_only
    said = [] if hidden else [head.preferred_script or "", f"“{head.pronunciation}”" if head.pronunciation else ""]
    beside = " · ".join(part for part in [*said, head.pronouns or ""] if part)
    left, right = st.columns([0.6, 0.4], vertical_alignment="top")
    with left:
        name = tag("h1", name_of(head, faces_room=faces_room))
        show(Html(f'<div class="of-head of-who">{name}{tag("span", beside, css="of-beside") if beside else ""}</div>'))
        show_note(" · ".join(_particulars(file, hidden=faces_room)))
    with right, st.container(key="case-chips"):
        show_chips(_chips(file, faces_room=faces_room))


def _particulars(file: CaseFile, *, hidden: bool) -> Iterator[str]:
    head, course = file.heading, file.standing.course
    yield f"Docket {head.docket_number}"
    if not hidden:
        yield wording.count(len(head.charges), "charge")
    if course.phase_name and head.stage is Stage.ACTIVE:
        yield f"phase {course.phase} of {course.phase_count}, {course.phase_name}"
        yield f"day {course.day_of_program}"
    elif head.stage in BEFORE_MANDATE:
        yield f"{wording.text(head.stage)}, no mandate yet"
    else:
        yield f"{wording.text(head.stage)} since {wording.day_short(head.stage_since, today=file.today)}"
    if not hidden:
        yield f"minor at the offence: {_yes_no(head.minor_at_offence)}"


def _yes_no(answer: bool | None) -> str:
    return "not known" if answer is None else "yes" if answer else "no"


def _chips(file: CaseFile, *, faces_room: bool) -> Iterator[Word]:
    look = wording.word(file.standing.standing)
    yield Word(capital(file.standing.headline), look.shape, look.tone)
    if file.heading.restricted and not faces_room:
        yield Word("Restricted to named staff", "■", Tone.WARN)
    if language := file.heading.interpreter_language:
        yield Word(f"{language} interpreter", "◆", Tone.ACCENT)
    for look in flag_words((flag.kind for flag in file.heading.flags), faces_room=faces_room):
        yield Word(capital(look.text), look.shape, look.tone)


def show_particulars(file: CaseFile, *, faces_room: bool) -> None:
    """Show languages, safe ways, names and dates of the person, the charges and the mandate as a real table."""
    if faces_room:
        show_note(HIDDEN)
        return
    head = file.heading
    show(table("Particulars of the case", ["What", "As recorded"], list(_lines(file))))
    charges = [[charge.count_number, charge.statute, charge.description, charge.disposition] for charge in head.charges]
    if charges:
        show(table("Charges", ["Count", "Statute", "Charge", "Disposition"], charges, caption_shown=True))


def _lines(file: CaseFile) -> Iterator[list[Cell]]:
    head, course = file.heading, file.standing.course
    yield ["Legal name", head.legal_name]
    born = wording.day_year(head.date_of_birth) if head.date_of_birth else None
    reported = f"{head.reported_age} years, as told at intake" if head.reported_age is not None else None
    yield ["Date of birth", born or reported or "not known"]
    yield ["Languages", ", ".join(head.languages) or "not recorded"]
    yield ["Interpreter", head.interpreter_language or "not needed"]
    if head.channels is not None:
        yield ["Safe ways of contact", _channels(head.channels)]
    yield ["Judge and part", f"{head.judge}, {head.part}"]
    mandate = (
        f"{course.program_name}, {wording.count(course.sessions, 'session')}" if course.program_name else "none yet"
    )
    yield ["Mandate", mandate]
    for flag in head.flags:
        if flag.note:
            yield [capital(wording.text(flag.kind)), flag.note]


def _channels(channels: Sequence[ChannelRow]) -> Cell:
    lines = [
        f"{capital(wording.text(one.kind))}: {one.value}" + (f" ({one.note})" if one.note else "") for one in channels
    ]
    return join(lines, "; ") if lines else "none marked safe: only through the provider or counsel"


def capital(text: str) -> str:
    """Return a text with a capital first letter."""
    return text[:1].upper() + text[1:]
