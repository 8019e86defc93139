"""The case summary on paper."""

from io import BytesIO
from uuid import uuid4

import pytest
from pypdf import PdfReader
from sqlmodel import select

from dashboard.routes.case_summary import case_summary
from models import database
from models.commands.notes import write_note
from models.errors import NotFound, NotPermitted
from models.rules.vocabulary import (
    NoteVisibility,
    Role,
)
from models.scope import Actor
from models.tables import AuditEvent
from tests.builders import NOW
from tests.dashboard.case_files import a_file, the_clerk
from tests.dashboard.screens import Screens


def printed(who: Actor, case_id: object) -> str:
    file = case_summary(who, {"case": str(case_id)}, NOW)
    assert (file.name, file.media_type) == ("summary-20261204.pdf", "application/pdf")
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(file.content)).pages).split())


def test_the_printed_summary_has_the_standing_and_the_history_but_no_note(screens: Screens) -> None:
    who = the_clerk(screens)
    case = a_file(screens, who)
    with database.transaction(screens.engine) as session:
        write_note(session, who, case.id, "private words", NoteVisibility.TEAM, now=NOW, token=uuid4())
    text = printed(who, case.id)
    for said in ("Mei Chen", "2026-QN-00001", "1 unacceptable absence", "Garden Street Program"):
        assert said in text
    assert "private words" not in text


def test_printing_a_summary_is_audited_and_refused_to_an_administrator(screens: Screens) -> None:
    who = the_clerk(screens)
    case = a_file(screens, who)
    printed(who, case.id)
    with database.reading(screens.engine) as session:
        assert "print_case_summary" in session.exec(select(AuditEvent.action)).all()
    administrator = screens.sign_in(Role.ADMINISTRATOR)
    with pytest.raises(NotPermitted):
        case_summary(administrator, {"case": str(case.id)}, NOW)
    for nothing in ("", "nonsense", str(uuid4())):
        with pytest.raises(NotFound):
            case_summary(who, {"case": nothing}, NOW)
