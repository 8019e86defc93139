"""Whatever leaves the screen with something from a substance use program carries the notice of 42 CFR 2.32; read from its bytes."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlmodel import Session, select

from dashboard.routes import case_summary, follow_up, lists
from dashboard.routes.downloads import DOWNLOADS, File
from models import database
from models.commands.releases import revoke_release
from models.errors import PolicyError
from models.rules.vocabulary import FollowUpKind, Move
from models.scope import Actor
from models.tables import Appearance, Case, FollowUp, Provider, Release
from models.texts.part_2 import notice_in_force
from tests.builders import NOW, TODAY
from tests.dashboard.case_files import a_file, the_clerk
from tests.dashboard.screens import Screens

NOTICE = notice_in_force(TODAY)
#: Words of the texts before the 2024 rule, which must not leave the court any more.
OUTDATED = ("prohibits unauthorized disclosure", "making any further disclosure of information in this record")


def words_of(file: File) -> str:
    """Return the words of a file, with single spaces."""
    if file.name.endswith(".pdf"):
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(file.content)).pages)
    elif file.name.endswith(".xlsx"):
        (sheet,) = load_workbook(io.BytesIO(file.content)).worksheets
        cells = (cell for row in sheet.values for cell in row)
        text = " ".join(str(cell) for cell in cells if cell)
    else:
        text = file.content.decode("utf-8-sig").replace('"', "")
    return " ".join(text.split())


def _docket(kind: str, maker: Callable[..., File]) -> Callable[[Actor, Case, str], File]:
    return lambda who, _case, session_id: maker(who, {"session": session_id, "kind": kind}, NOW)


OUTBOUND: dict[str, Callable[[Actor, Case, str], File]] = {
    "case_summary": lambda who, case, _: case_summary.case_summary(who, {"case": str(case.id)}, NOW),
    "docket": _docket("bench", lists.docket_pdf),
    "docket staffing": _docket("staffing", lists.docket_pdf),
    "docket_csv": _docket("bench", lists.docket_csv),
    "docket_xlsx": _docket("staffing", lists.docket_xlsx),
    "follow_up_csv": lambda who, _case, _: follow_up.follow_up_csv(who, {}, NOW),
    "follow_up_xlsx": lambda who, _case, _: follow_up.follow_up_xlsx(who, {}, NOW),
}
#: What is made of dates, ways of contact and settings, and of nothing a provider told.
WITHOUT_CONTENT = {
    *("audit_csv", "audit_jsonl", "evaluation_csv", "policy"),
    *("notices", "notices_csv", "notices_xlsx"),
    *("sealing_agencies", "sealing_agencies_csv", "sealing_letters"),
}


def _told(screens: Screens, *, substance_use: bool) -> tuple[Actor, Case, str]:
    who = the_clerk(screens)
    case = a_file(screens, who)
    with database.transaction(screens.engine) as session:
        provider = session.exec(select(Provider)).one()
        provider.substance_use = substance_use
        asked: dict[str, Any] = {
            "kind": FollowUpKind.REPORT_LATE,
            "occurrence": "1",
            "reason": "late",
            "move": Move.PROVIDER,
        }
        days: dict[str, Any] = {"since": TODAY, "due_on": TODAY, "written_at": NOW}
        session.add(FollowUp(court_id=case.court_id, case_id=case.id, provider_id=provider.id, **asked, **days))
        session.add(provider)
        sitting = _first_session(session, case)
    return who, case, sitting


def _first_session(session: Session, case: Case) -> str:
    return str(session.exec(select(Appearance.court_session_id).where(Appearance.case_id == case.id)).first())


@pytest.mark.parametrize("kind", OUTBOUND)
def test_every_outbound_item_of_a_substance_use_program_carries_the_notice_and_the_scope(
    screens: Screens, kind: str
) -> None:
    who, case, session_id = _told(screens, substance_use=True)
    words = words_of(OUTBOUND[kind](who, case, session_id))
    assert NOTICE.short in words
    assert (
        "Scope of the consent to Garden Street Program" if kind == "case_summary" else "under a participant's written"
    ) in words
    assert not [old for old in OUTDATED if old in words]
    if kind == "case_summary":
        assert all(part in words for part in (NOTICE.long[:120], NOTICE.long[-120:]))  # a page may end in between


@pytest.mark.parametrize("kind", ["case_summary", "docket_csv", "follow_up_csv"])
def test_what_holds_nothing_of_such_a_program_carries_no_notice(screens: Screens, kind: str) -> None:
    who, case, session_id = _told(screens, substance_use=False)
    assert "CFR" not in words_of(OUTBOUND[kind](who, case, session_id))


def test_the_list_on_the_wall_says_nothing_that_would_need_the_notice(screens: Screens) -> None:
    who, case, session_id = _told(screens, substance_use=True)
    assert "CFR" not in words_of(_docket("public", lists.docket_pdf)(who, case, session_id))


def test_every_download_either_carries_the_notice_or_holds_no_content() -> None:
    assert {kind.split()[0] for kind in OUTBOUND} | WITHOUT_CONTENT == set(DOWNLOADS)


@pytest.mark.parametrize("kind", OUTBOUND)
def test_no_file_holds_what_was_told_once_the_release_is_revoked(screens: Screens, kind: str) -> None:
    who, case, session_id = _told(screens, substance_use=True)
    with database.transaction(screens.engine) as session:
        revoke_release(session, who, session.exec(select(Release.id)).one(), on=TODAY, now=NOW)
    words = words_of(OUTBOUND[kind](who, case, session_id))
    assert "unacceptable absence" not in words
    assert "25 Nov" not in words


def test_the_notice_is_the_one_in_force_on_the_day_and_says_whether_anybody_checked_it() -> None:
    at = partial(date, 2024, 4)
    assert notice_in_force(at(15)).short == "42 CFR part 2 prohibits unauthorized disclosure of these records."
    assert notice_in_force(at(16)).short == "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
    assert "testimony that describes the information" in notice_in_force(at(16)).long
    assert "89 FR 12472" in NOTICE.source
    assert not [old for old in OUTDATED if old in NOTICE.long]
    with pytest.raises(PolicyError):
        notice_in_force(date(2018, 2, 2) - timedelta(days=1))
