"""The responses the judge may choose: the policy's range for each behaviour, adjustments apart, others with a reason.

Incentives, sanctions and adjustments are never merged: each choice becomes one response of one kind.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import streamlit as st

from dashboard import wording
from dashboard.components.heading import show_note
from dashboard.components.markdown import plain
from models.commands.responses import ChosenResponse
from models.commands.typed import LONGEST_LINE
from models.queries.bench import BenchCase
from models.rules.responses import Proposal
from models.rules.vocabulary import Behaviour, ResponseKind

_OTHER = "Other…"
_ADJUST = "◆ Service adjustment…"
_NONE = "None…"
_KINDS = (ResponseKind.INCENTIVE, ResponseKind.ADJUSTMENT, ResponseKind.SANCTION)


@dataclass(frozen=True, slots=True)
class Choice:
    """One response on offer: of which kind, for what, in the policy's words."""

    kind: ResponseKind
    behaviour: Behaviour
    what: str

    def label(self) -> str:
        """Return it as a pill says it: the kind's shape, then the words."""
        return f"{wording.word(self.kind).shape} {plain(self.what[:1].upper() + self.what[1:])}"


def chosen_words(appearance_id: UUID) -> tuple[str, ...]:
    """Return the words of what is chosen so far: some of them change the review interval."""
    return tuple(choice.what for choice in _chosen(appearance_id))


def _chosen(appearance_id: UUID) -> list[Choice]:
    picked = st.session_state.get(f"responses-{appearance_id}") or []
    adjusted = st.session_state.get(f"adjustments-{appearance_id}") or []
    return [choice for choice in picked if isinstance(choice, Choice)] + (adjusted if _ADJUST in picked else [])


def show_response_choices(case: BenchCase) -> None:
    """Show the range as pills under its reasons; adjustments, and what is outside the range, open their own fields."""
    one = case.heading.appearance_id
    ranges = [proposal for proposal in case.proposals if proposal.behaviour is not Behaviour.DISTAL_GOAL]
    for proposal in ranges:
        show_note(f"{wording.word(proposal.kind).shape} {' '.join(proposal.reasons)}")
    offered: list[Choice | str] = [*_choices(ranges), _ADJUST, _OTHER, *([_NONE] if ranges else [])]
    chosen = st.pills(
        "Responses, as the policy proposes",
        offered,
        selection_mode="multi",
        format_func=lambda choice: choice if isinstance(choice, str) else choice.label(),
        key=f"responses-{one}",
    )
    if _ADJUST in chosen:
        _ask_adjustment(case)
    if _OTHER in chosen:
        _ask_other(case)
    if _NONE in chosen:
        st.text_input("Why nothing more is answered today", key=f"left-{one}", max_chars=LONGEST_LINE)


def left_reason_of(case: BenchCase) -> str | None:
    """Return why what the policy has a range for is left without a response, where the judge has said it."""
    one = case.heading.appearance_id
    picked = st.session_state.get(f"responses-{one}") or []
    return st.session_state.get(f"left-{one}") if _NONE in picked else None


def _choices(proposals: Iterable[Proposal]) -> list[Choice]:
    """Return every response of the ranges once, for the first behaviour it answers."""
    found: dict[tuple[ResponseKind, str], Choice] = {}
    for proposal in proposals:
        for what in proposal.options:
            found.setdefault((proposal.kind, what), Choice(proposal.kind, proposal.behaviour, what))
    return list(found.values())


def _ask_adjustment(case: BenchCase) -> None:
    needs = [proposal for proposal in case.proposals if proposal.behaviour is Behaviour.DISTAL_GOAL]
    st.pills(
        "Service adjustment: it follows a need, and is neither reward nor punishment",
        _choices(needs),
        selection_mode="multi",
        format_func=Choice.label,
        key=f"adjustments-{case.heading.appearance_id}",
    )


def _ask_other(case: BenchCase) -> None:
    one = case.heading.appearance_id
    sanctionable = any(proposal.kind is ResponseKind.SANCTION for proposal in case.proposals)
    kinds = _KINDS if sanctionable else _KINDS[:2]  # nothing verified waits for a sanction
    st.selectbox("Kind", kinds, format_func=lambda kind: wording.text(kind).capitalize(), key=f"other-kind-{one}")
    st.text_input("Response, in the judge's words", key=f"other-what-{one}", max_chars=LONGEST_LINE)
    st.text_input("Why outside the policy's range", key=f"other-why-{one}", max_chars=LONGEST_LINE)


def responses_of(case: BenchCase) -> tuple[ChosenResponse, ...]:
    """Return what was chosen as the command takes it."""
    one = case.heading.appearance_id
    due_on = case.next.best.session.on if case.next.best else None
    answered = {(proposal.kind, proposal.behaviour) for proposal in case.proposals}
    given = [
        ChosenResponse(
            kind=choice.kind,
            behaviour=choice.behaviour,
            what=choice.what,
            behaviour_on=_behaviour_on(choice.behaviour, case),
            due_on=due_on,
        )
        for choice in _chosen(one)
        if (choice.kind, choice.behaviour) in answered
    ]
    picked = st.session_state.get(f"responses-{one}") or []
    if _OTHER in picked:
        given.append(_other(case))
    if _ADJUST in picked and not st.session_state.get(f"adjustments-{one}"):
        # opened and left empty: the command refuses it in words rather than let it pass in silence
        given.append(ChosenResponse(kind=ResponseKind.ADJUSTMENT, behaviour=Behaviour.DISTAL_GOAL, what=""))
    return tuple(given)


def _behaviour_on(behaviour: Behaviour, case: BenchCase) -> date | None:
    """Return the day of the behaviour that is answered; None for what is no event of a day."""
    days = {
        Behaviour.ABSENCE: case.facts.absences.last_on,
        Behaviour.MISSED_APPEARANCE: case.heading.held_on,
    }
    return days.get(behaviour)


def _other(case: BenchCase) -> ChosenResponse:
    one, state = case.heading.appearance_id, st.session_state
    kind = state[f"other-kind-{one}"]
    failures = (p.behaviour for p in case.proposals if p.kind is ResponseKind.SANCTION)
    behaviour = next(failures, Behaviour.OTHER) if kind is ResponseKind.SANCTION else Behaviour.OTHER
    return ChosenResponse(
        kind=kind,
        behaviour=behaviour,
        what=state[f"other-what-{one}"],
        outside_reason=state[f"other-why-{one}"],
    )
