"""Read together, each case is read by its own releases."""

from uuid import uuid4

from sqlalchemy.engine import Engine
from sqlmodel import col, select

from models.database import transaction
from models.facts import facts_of
from models.rules.court_days import CourtDays
from models.tables import Case, Release
from tests.builders import TODAY, a_case
from tests.commands.bench_stories import a_bench, absent


def test_another_cases_release_opens_nothing_of_hers_when_both_are_read_at_once(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_bench(session, name="Court of two")
        absent(session, story, 20, 10)
        session.flush()
        hers = session.exec(select(Release).where(col(Release.case_id) == story.case.id)).one()
        other = a_case(session, story.part, number="2026-QN-00002")
        session.add(Release(**{**hers.model_dump(exclude={"id", "token"}), "case_id": other.id, "id": uuid4()}))
        hers.revoked_on = TODAY
        session.add(hers)
        session.flush()
        policy, chosen = story.judge.policy_on(TODAY), select(Case.id)
        facts = facts_of(session, story.judge, chosen, on=TODAY, policy=policy, court_days=CourtDays())
        assert set(facts) == {story.case.id, other.id}
        assert facts[story.case.id].sessions.missed == 0
