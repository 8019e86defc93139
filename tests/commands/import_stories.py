"""A desk at which a docket is loaded, and the rows of some cases, told for the tests of the import."""

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.commands.imports import ImportResult, load_docket
from models.rules.importing.fields import guessed
from models.rules.importing.rows import read_docket
from models.rules.vocabulary import Role
from models.scope import Actor
from models.tables import Court, Part
from models.tabular import read_table
from tests.builders import NOW, TODAY, a_court, a_part, an_actor

HEADINGS = ("Case No.", "Defendant", "DOB", "Charge", "Statute", "Arrest Date", "Next Court Date", "Interp", "Part")
MEI = ("CR-1", "Chen, Mei", "3/4/98", "Prostitution", "PL 230.00", "10/1/26", "12/11/2026", "Mandarin", "Part 12")
MEI_TOO = ("CR-1", "Chen, Mei", "3/4/98", "Loitering", "PL 240.37", "10/1/26", "12/11/2026", "Mandarin", "Part 12")
ANA = ("CR-2", "Kim, Ana", "2/3/99", "Prostitution", "PL 230.00", "", "", "", "")
WRONG = ("CR-3", "Okafor, Grace", "13/3/99", "Prostitution", "PL 230.00", "", "", "", "")


class Desk:
    """A court with one part and a clerk at the import."""

    def __init__(self, session: Session) -> None:
        self.court: Court = a_court(session)
        self.part: Part = a_part(session, self.court)
        self.clerk: Actor = an_actor(session, self.court, Role.CLERK)

    def load(self, session: Session, *rows: Sequence[str], **options: Any) -> ImportResult:
        table = read_table(as_csv(*rows))
        docket = read_docket(table, guessed(table.headings), TODAY)
        return load_docket(session, self.clerk, docket, now=NOW, **options)


def as_csv(*rows: Sequence[str]) -> bytes:
    held = io.StringIO()
    csv.writer(held).writerows([HEADINGS, *rows])
    return held.getvalue().encode()


def count(session: Session, table: type[Any]) -> int:
    return int(session.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def large_row(number: int) -> tuple[str, ...]:
    """Return a row of a large export: every fourth case has a second charge."""
    case = number * 4 // 5
    born = date(1970, 1, 1) + timedelta(days=case)
    following = TODAY + timedelta(days=7 * (case % 9))
    return (
        f"CR-{case:06d}-26",
        f"Family{case % 977}, Given{case}",
        f"{born:%m/%d/%Y}",
        "Prostitution" if number % 5 else "Loitering",
        f"PL {number % 5}",
        "10/1/26",
        f"{following:%m/%d/%Y}",
        "Spanish" if case % 3 else "",
        "Part 12",
    )
