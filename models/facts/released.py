"""The condition, for a statement, that a release lets what a provider told be read: `rules.releases`, as SQL.

Its parameters are the court, the civil date and the recipient (`reader`); a test holds it and the rule together.
"""

from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from models.facts.asking import COURT
from models.facts.sources import ON, Condition, Source
from models.rules.releases import recipient_of
from models.rules.vocabulary import FollowUpKind, ReleaseAnswer, ReleaseInformation, ReleasePurpose, ServiceKind
from models.scope import Actor
from models.tables import Attendance, Provider, Referral, Release, Service
from models.tables.base import among, table_of

#: Follow-ups whose words are made of what was attended.
OF_SESSIONS = frozenset({FollowUpKind.NOTHING_DONE, FollowUpKind.READY})

#: Records of this provider or service are under 42 CFR Part 2; for statements that join both.
PART_2 = sa.func.coalesce(
    sa.or_(col(Provider.substance_use), col(Service.kind) == ServiceKind.SUBSTANCE_USE), sa.false()
)

_RECIPIENT = sa.bindparam("recipient", type_=sa.String)


def reader(viewer: Actor) -> dict[str, str]:
    """Return the parameter that says as whom somebody reads."""
    return {"recipient": recipient_of(viewer.roles).value}


def matching(releases: Any, information: ReleaseInformation = ReleaseInformation.ATTENDANCE) -> tuple[Condition, ...]:
    """Return the conditions that a row of releases (columns by name) shares this with the reader on the day."""
    return (
        releases["answer"] == ReleaseAnswer.GIVEN,
        releases["starts_on"] <= ON,
        releases["ends_on"] >= ON,
        sa.or_(releases["revoked_on"].is_(None), releases["revoked_on"] > ON),
        among(releases["information"], information),
        among(releases["recipients"], _RECIPIENT),
        releases["use"] == ReleasePurpose.MONITORING,
    )


def released(
    case_id: Any,
    provider_id: Any,
    information: ReleaseInformation = ReleaseInformation.ATTENDANCE,
    releases: Any = None,
) -> Condition:
    """Return the condition that a release of the case shares this information of the provider with the reader."""
    rows, columns = (table_of(Release), table_of(Release).c) if releases is None else (releases.rows, releases)
    own = (columns["court_id"] == COURT, columns["case_id"] == case_id, columns["provider_id"] == provider_id)
    given = sa.select(sa.literal(1)).select_from(rows).where(*own, *matching(columns, information))
    return given.correlate_except(rows).exists()  # this case's release: another's opens nothing here


def unreleased(case_id: Any, sessions: Source | None = None, releases: Any = None) -> Condition:
    """Return the condition that sessions of the case are recorded which no release lets the reader read on the day."""
    of = sessions or Source(
        table_of(Attendance), dict(table_of(Attendance).c), (col(Attendance.replaced_by_id).is_(None),)
    )
    hers = (of["court_id"] == COURT, of["case_id"] == case_id, of["referral_id"] == col(Referral.id))
    row = sa.select(sa.literal(1)).select_from(of.rows).where(*hers, *of.counts, of["held_on"] <= ON)
    told = row.correlate_except(of.rows).exists()
    return sa.exists(
        sa.select(sa.literal(1))
        .select_from(Referral)
        .join(Service, col(Service.id) == col(Referral.service_id))
        .where(
            col(Referral.court_id) == COURT,
            col(Referral.case_id) == case_id,
            ~released(case_id, col(Service.provider_id), releases=releases),
            told,
        )
    )
