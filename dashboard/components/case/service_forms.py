"""Forms for services: refer to one or record a need without a place, and a referral's next step."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import streamlit as st
from sqlmodel import Session

from dashboard import wording
from dashboard.components.case.forms import Act, day_input, nothing_to_do, save
from dashboard.components.case.heading import capital
from dashboard.components.case.session_forms import referral_words
from models.commands.referrals import refer, step_referral
from models.commands.typed import LONGEST_LINE
from models.queries.case_file import CaseFile
from models.queries.case_services import ReferralRow
from models.queries.services import ServiceRow
from models.rules.referrals import next_states
from models.rules.vocabulary import ReferralState, ServiceKind
from models.scope import Actor

KINDS = list(ServiceKind)
_NO_PLACE = "No place found: record the need"


def referral_form(file: CaseFile, services: Sequence[ServiceRow]) -> Act | None:
    """Ask for a service, or for a need without a place; its act is `refer`."""
    kind: ServiceKind = st.selectbox("Kind of service", KINDS, format_func=_kind, key="refer-kind")
    offered = {one.service_id: one for one in services if one.kind is kind}
    with st.form("referral", border=False):
        service_id = st.selectbox(
            "Service",
            [*offered, None],
            format_func=lambda one: _service(offered[one]) if one else _NO_PLACE,
            key=f"refer-service-{kind}",
        )
        on = day_input("Since", file.today, file.today, key="refer-day")
        mandated = st.checkbox("Ordered by the court as the mandate", key="refer-mandated")
        needed = file.standing.course.sessions
        sessions = st.number_input("Sessions, where the mandate counts them", 0, 200, needed, key="refer-sessions")
        if not save():
            return None
    counted = int(sessions) or None if mandated else None

    def run(session: Session, who: Actor, now: datetime) -> object:
        return refer(
            session, who, file.heading.case_id, kind, service_id, mandated=mandated, on=on, now=now, sessions=counted
        )

    return Act(run, "Referred." if service_id else "The need is recorded; it stays visible until there is a place.")


def step_form(file: CaseFile, services: Sequence[ServiceRow]) -> Act | None:
    """Ask for the next step of a referral; its act is `step_referral`."""
    by_id = {one.referral_id: one for one in file.referrals if next_states(one.state)}
    if not by_id:
        nothing_to_do("No referral is open, so there is no next step.")
        return None
    chosen = by_id[
        st.selectbox("Referral", list(by_id), format_func=lambda one: _referral(by_id[one]), key="step-referral")
    ]
    state = st.selectbox(
        "It is now", next_states(chosen.state), format_func=_state, key=f"step-state-{chosen.referral_id}"
    )
    with st.form("step", border=False):
        service_id = _place(chosen, services) if state is ReferralState.REFERRED else None
        on = day_input("Since", file.today, file.today, key="step-day")
        place = 0
        if state is ReferralState.WAITLISTED:
            place = int(st.number_input("Place on the waiting list, if known", 0, 500, 0, key="step-place"))
        note = st.text_input("Note", key="step-note", max_chars=LONGEST_LINE)
        if not save():
            return None

    def run(session: Session, who: Actor, now: datetime) -> object:
        return step_referral(
            session,
            who,
            chosen.referral_id,
            state,
            on=on,
            now=now,
            note=note,
            service_id=service_id,
            queue_place=place or None,
        )

    return Act(run, "The step is recorded.")


def _place(need: ReferralRow, services: Sequence[ServiceRow]) -> UUID | None:
    offered = {one.service_id: one for one in services if one.kind == need.kind}
    return st.selectbox("Service", list(offered), format_func=lambda one: _service(offered[one]), key="step-service")


def _service(one: ServiceRow) -> str:
    """Return a service for a choice, with what is short: places and languages, and when that was true."""
    said = [f"{one.provider}: {one.name}"]
    said += [wording.count(one.places, "place")] if one.places is not None else []
    said += [f"wait {wording.count(one.wait_days, 'day')}"] if one.wait_days else []
    said += [", ".join(one.languages)] if one.languages else []
    return f"{' · '.join(said)} (as of {wording.day_short(one.as_of)})"


def _referral(one: ReferralRow) -> str:
    return f"{referral_words(one)}: {wording.text(one.state)}"


def _kind(kind: ServiceKind) -> str:
    return capital(wording.text(kind))


def _state(state: ReferralState) -> str:
    return capital(wording.text(state))
