"""The choices of the intake form: is the person known, what is offered, when is the first appearance, where to refer.

Each function returns what was chosen; nothing is stored here.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import streamlit as st

from dashboard import wording
from dashboard.components import html
from dashboard.components.card import card
from dashboard.components.heading import show_note
from dashboard.components.markdown import plain
from models.queries.duplicates import LikelyDuplicate
from models.queries.services import ServiceRow
from models.rules import words
from models.rules.policy import Program
from models.rules.reviews import NextReview, Proposal

ANOTHER = "another"
_COLUMNS = ("Name", html.Column("Date of birth", narrow=True), "Why", "Cases")


def show_duplicates(form: str, known: Sequence[LikelyDuplicate]) -> UUID | str | None:
    """Draw the likely duplicates; return the participant who is the same, ANOTHER, or None while nobody has chosen."""
    if not known:
        return ANOTHER
    with card("Does the court know this person already?", "Look before you save", key=f"{form}-known"):
        html.show(html.table("People who may be the same", _COLUMNS, map(_known_row, known)))
        by_id = {str(row.participant_id): row for row in known}
        chosen = st.radio(
            "Which is it?",
            [*by_id, ANOTHER],
            index=None,
            format_func=lambda one: (
                "Another person" if one == ANOTHER else f"The same person: {plain(_name(by_id[one]))}"
            ),
            key=f"{form}-same-{'-'.join(one[-6:] for one in sorted(by_id))}",
        )
        if chosen and chosen != ANOTHER:
            show_note(
                "Names, languages and date of birth stay as they are recorded there; change them on the case file."
            )
    return UUID(chosen) if chosen and chosen != ANOTHER else chosen


def show_mandate(form: str, programs: Sequence[Program], services: Sequence[ServiceRow]) -> dict[str, Any]:
    """Draw the program that is offered and the first referral."""
    with card("Program and referral", key=f"{form}-begins"):
        left, right = st.columns(2)
        by_key = {program.key: program for program in programs}
        program = left.selectbox(
            "Program offered",
            ["", *by_key],
            format_func=lambda one: by_key[one].name if one else "Not offered yet",
            key=f"{form}-program",
        )
        by_id = {str(service.service_id): service for service in services}
        service_id = right.selectbox(
            "Referral to",
            ["", *by_id],
            format_func=lambda one: _service(by_id[one]) if one else "No referral yet",
            key=f"{form}-service",
        )
        mandated = bool(service_id) and right.checkbox("The mandate asks for it", key=f"{form}-mandated")
    return {"program": program or None, "service_id": service_id or None, "mandated": mandated}


def show_first_date(form: str, review: NextReview | None) -> UUID | None:
    """Draw the first appearance: sessions with room in the order of their dates, the rule's proposal preset, or no date."""
    with card("First appearance", key=f"{form}-first"):
        if review is None or review.best is None:
            show_note(review.why_no_date if review and review.why_no_date else "Choose a part first.")
            return None
        in_order = sorted(review.proposals, key=lambda one: (one.session.on, one.session.starts_at))
        by_id = {str(proposal.session.id): proposal for proposal in in_order}
        chosen = st.radio(
            "Session",
            [*by_id, ""],
            index=in_order.index(review.best),
            format_func=lambda one: plain(_session(by_id[one])) if one else "No date yet",
            key=f"{form}-session-{review.inputs.part}",
        )
        show_note(_why(review, review.best))
    return UUID(chosen) if chosen else None


def _known_row(row: LikelyDuplicate) -> list[html.Cell]:
    links = [html.link(case.docket_number, "/case_file", case=case.case_id) for case in row.cases]
    stages = [html.join([link, wording.text(case.stage)], ", ") for link, case in zip(links, row.cases, strict=True)]
    return [_name(row), wording.day_year(row.date_of_birth), row.reason, html.join(stages, "; ")]


def _name(row: LikelyDuplicate) -> str:
    called = " ".join(part for part in (row.preferred_name, row.preferred_script) if part)
    return f"{row.legal_name} ({called})" if called else row.legal_name


def _service(service: ServiceRow) -> str:
    wait = f", about {wording.count(service.wait_days, 'day')} to wait" if service.wait_days else ""
    return f"{service.provider}: {service.name} ({wording.text(service.kind)}{wait})"


def _why(review: NextReview, best: Proposal) -> str:
    """Say which session is preset, and what was passed over on the way to it."""
    first = "Preset is this part's next session with room."
    if not best.same_part:
        first = "This part has no session with room soon, so another part's is preset."
    return " ".join([first, *(words.sentence(skipped.reason) for skipped in review.skipped)])


def _session(proposal: Proposal) -> str:
    one = proposal.session
    load = f"{one.booked_cases} of {one.capacity_cases} cases, {one.booked_minutes} of {one.capacity_minutes} minutes"
    return f"{wording.day_words(one.on)}, {wording.clock_time(one.starts_at)}, {one.part}, {one.judge}: {load}"
