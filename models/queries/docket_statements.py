"""The statements behind a docket, built once; the session and the court are their only parameters."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from models.facts.released import PART_2
from models.facts.statements import Chosen
from models.queries.safety import FLAGS, RESTRICTED
from models.rules.vocabulary import REFERRAL_OPEN, AppearanceState, ReferralState, ReportState, Stage
from models.scope import cases_of
from models.tables import (
    Appearance,
    Case,
    Closure,
    Court,
    CourtSession,
    DocketPrint,
    Judge,
    Part,
    Participant,
    Person,
    Provider,
    Referral,
    Report,
    Service,
)

Statement = sa.Select[*tuple[Any, ...]]

_LISTED = (AppearanceState.SCHEDULED, AppearanceState.HELD, AppearanceState.PROPOSED)
_SESSION = sa.bindparam("session_id", type_=sa.Uuid)
_COURT = sa.bindparam("court_id", type_=sa.Uuid)
_HIDDEN = sa.bindparam("hidden", expanding=True, type_=sa.Uuid)

_ON_IT = (
    col(Appearance.court_id) == _COURT,
    col(Appearance.court_session_id) == _SESSION,
    col(Appearance.state).in_(_LISTED),
)

ON_THE_DOCKET: Chosen = (
    sa.select(col(Appearance.case_id))
    .join(Case, sa.and_(col(Case.id) == col(Appearance.case_id), cases_of(_COURT)))
    .where(*_ON_IT)
    .correlate(None)
)

#: How many more are on the session whose cases are kept from the viewer: somebody has to call them too.
_KEPT = (
    sa.select(sa.func.count())
    .select_from(Appearance)
    .join(Case, col(Case.id) == col(Appearance.case_id))
    .where(*_ON_IT, col(Case.stage) != Stage.SEALED, col(Case.participant_id).in_(_HIDDEN))
    .scalar_subquery()
)

HEADING: Statement = (
    sa.select(
        col(CourtSession.id),
        col(CourtSession.part_id),
        col(CourtSession.held_on),
        col(CourtSession.starts_at),
        col(CourtSession.capacity_cases),
        col(CourtSession.capacity_minutes),
        col(CourtSession.state),
        col(CourtSession.closed_reason),
        col(Part.name).label("part"),
        col(Part.room),
        col(Judge.name).label("judge"),
        col(Court.public_name),
        col(Closure.closed_on),
        col(Closure.name).label("closure"),
        _KEPT.label("kept"),
    )
    .join(Court, col(Court.id) == col(CourtSession.court_id))
    .join(Part, col(Part.id) == col(CourtSession.part_id))
    .join(Judge, col(Judge.id) == col(CourtSession.judge_id))
    .outerjoin(
        Closure,
        sa.and_(
            col(Closure.court_id) == col(CourtSession.court_id),
            col(Closure.confirmed_at).is_not(None),
            col(Closure.closed_from).is_(None),
        ),
    )
    .where(col(CourtSession.court_id) == _COURT, col(CourtSession.id) == _SESSION)
)

ROWS: Statement = (
    sa.select(
        col(Appearance.id).label("appearance_id"),
        col(Appearance.case_id),
        col(Appearance.purpose),
        col(Appearance.minutes),
        col(Appearance.state),
        col(Appearance.interpreter),
        col(Appearance.outcome),
        col(Appearance.promised),
        col(Case.docket_number),
        col(Case.version),
        col(Case.stage),
        col(Participant.id).label("participant_id"),
        col(Participant.interpreter_language),
        col(Person.legal_name),
        col(Person.preferred_name),
        col(Person.preferred_script),
        col(Person.pronunciation),
        col(Person.public_alias),
        FLAGS.label("flags"),
        RESTRICTED.label("restricted"),
        col(Report.id).label("report_id"),
        col(Report.state).label("report_state"),
        col(Report.due_on),
        col(Report.received_on),
        col(Provider.name).label("provider"),
    )
    .join(Case, sa.and_(col(Case.id) == col(Appearance.case_id), cases_of(_COURT)))
    .join(Participant, col(Participant.id) == col(Case.participant_id))
    .join(Person, col(Person.id) == col(Participant.person_id))
    .outerjoin(
        Report, sa.and_(col(Report.appearance_id) == col(Appearance.id), col(Report.state) != ReportState.WITHDRAWN)
    )
    .outerjoin(Provider, col(Provider.id) == col(Report.provider_id))
    .where(*_ON_IT)
    .order_by(col(Appearance.position), col(Appearance.id), col(Report.due_on))
)


SERVICES: Statement = (
    sa.select(
        col(Referral.case_id),
        col(Referral.kind),
        col(Referral.state),
        col(Referral.state_since),
        col(Referral.mandated),
        col(Provider.name).label("provider"),
        PART_2.label("part_2"),
    )
    .outerjoin(Service, col(Service.id) == col(Referral.service_id))
    .outerjoin(Provider, col(Provider.id) == col(Service.provider_id))
    .where(
        col(Referral.court_id) == _COURT,
        col(Referral.case_id).in_(ON_THE_DOCKET),
        sa.or_(
            col(Referral.state).in_(REFERRAL_OPEN),
            sa.and_(
                col(Referral.mandated),
                col(Referral.state).in_((ReferralState.COMPLETED, ReferralState.DISCHARGED, ReferralState.DECLINED)),
            ),
        ),
    )
    .order_by(col(Referral.mandated).desc(), col(Referral.state_since))
)


LAST_PRINT: Statement = (
    sa.select(col(DocketPrint.printed_at), col(DocketPrint.appearance_ids))
    .where(col(DocketPrint.court_id) == _COURT, col(DocketPrint.court_session_id) == _SESSION)
    .order_by(col(DocketPrint.printed_at).desc(), col(DocketPrint.id).desc())
    .limit(1)
)
