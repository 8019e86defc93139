"""Records to be sealed, and those who seal, unseal and expunge them, told for the tests."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from sqlmodel import Session

from models.commands.expunging import ExpungeOrder
from models.commands.sealing import Authority, seal
from models.commands.unsealing import CourtOrder
from models.ledger import Ledger
from models.rules.sealing import Which
from models.rules.vocabulary import Role, Stage
from models.scope import Actor
from models.sealing import candidates
from models.tables import Case, Charge, Court, Part, Sealing
from tests.builders import NOW, TODAY, a_case, a_court, a_part, an_actor

AUTHORITY = Authority(words="CPL 160.50", order_number="SO-7", ordered_on=TODAY, judge="Hon. A. Stone")
ORDER = CourtOrder(number="U-1", on=TODAY, judge="Hon. A. Stone", reason="The appeal asks for the record.")
LOITERING = "PL 240.37"


@dataclass(frozen=True)
class Records:
    """A court with those who act on its records, and its ledger."""

    court: Court
    part: Part
    clerk: Actor
    judge: Actor
    ledger: Ledger

    def dismissed(self, session: Session, number: str, *statutes: str, name: str = "Mei Chen") -> Case:
        """Return a case that was dismissed a month ago, with its charges."""
        case = a_case(session, self.part, number=number, name=name, stage=Stage.DISMISSED)
        case.stage_since = TODAY - timedelta(days=30)
        for count, statute in enumerate(statutes or (LOITERING,), start=1):
            charge = Charge(
                court_id=case.court_id, case_id=case.id, count_number=count, statute=statute, description=""
            )
            session.add(charge)
        session.flush()
        return case

    def many_dismissed(self, session: Session, count: int) -> list[UUID]:
        """Return as many cases of one person, dismissed a month ago, each with a charge of loitering."""
        first = self.dismissed(session, "CR-first")
        same = first.model_dump(exclude={"id", "docket_number"})
        cases = [Case(**same, docket_number=f"CR-{n}") for n in range(1, count)]
        session.add_all(cases)
        session.add_all(_charge(case, 1, LOITERING) for case in cases)
        session.flush()
        return [first.id, *(case.id for case in cases)]

    def seal(
        self, session: Session, *cases: UUID, which: Which | None = None, token: UUID | None = None, stamp: str = ""
    ) -> Sealing:
        """Seal the cases named, or those of `which`, from a fresh preview unless another stamp is given."""
        chosen = which or Which(case_ids=frozenset(cases))
        shown = stamp or candidates(session, self.clerk, chosen).stamp
        return seal(
            session, self.clerk, chosen, AUTHORITY, token=token or uuid4(), stamp=shown, now=NOW, ledger=self.ledger
        )


def _charge(case: Case, count: int, statute: str) -> Charge:
    return Charge(court_id=case.court_id, case_id=case.id, count_number=count, statute=statute, description="")


def the_records(session: Session, folder: Path, *, name: str = "Harbor County Court") -> Records:
    """Return a court with nothing in it but its people."""
    court = a_court(session, name=name)
    return Records(
        court=court,
        part=a_part(session, court),
        clerk=an_actor(session, court, Role.CLERK, username="the clerk"),
        judge=an_actor(session, court, Role.JUDGE, username="the judge"),
        ledger=Ledger(folder / "ledger"),
    )


def a_sealed_case(session: Session, part: Part, folder: Path, *, number: str, name: str = "Mei Chen") -> Case:
    """Return a case that the part's court sealed, the way a clerk does it."""
    court = session.get_one(Court, part.court_id)
    clerk = an_actor(session, court, Role.CLERK, username=f"clerk {uuid4()}")
    records = Records(court=court, part=part, clerk=clerk, judge=clerk, ledger=Ledger(folder / "ledger"))
    case = records.dismissed(session, number, name=name)
    records.seal(session, case.id)
    return case


def of_statute(statute: str = LOITERING, first_on: date = TODAY - timedelta(days=365), last_on: date = TODAY) -> Which:
    """Return the cases with a charge under a statute that ended within a year."""
    return Which(statutes=frozenset({statute}), first_on=first_on, last_on=last_on)


def expunging(number: str) -> ExpungeOrder:
    """Return an order to expunge the record with this number."""
    return ExpungeOrder(
        docket_number=number, typed_again=number, statute="CPL 160.50 (5)", judge="Hon. A. Stone", on=TODAY
    )
