"""The answer to a situation in words for a person at a terminal, and as plain values for a program.

States are said in the words of the file (`on_track`, `unacceptable_absence`), so that they can be copied as expected.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from textwrap import wrap
from typing import TYPE_CHECKING

from models.rules import words
from models.rules.lifecycle import SPOKEN
from models.rules.responses import Proposal
from models.rules.reviews import NextReview
from models.rules.vocabulary import IN_PROGRAM
from models.situations.answering import Answer
from models.situations.expecting import differences

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_LABEL, _WIDTH = 14, 110
Values = dict[str, object]


def as_text(number: int, answer: Answer) -> str:
    """Return the answer as lines to be read aloud: what, then why."""
    on, standing = answer.situation.on, answer.standing
    known = standing.information_on
    informed = f"information of {words.day(known, on)}" if known else "no information"
    heads = [
        f"{number}. {answer.situation.title}",
        f"   {words.weekday(on)}, {words.day(on, on)} {on.year}; policy {standing.policy_version}; {informed}",
    ]
    return "\n".join([*heads, *(line for part in _parts(answer) for line in _lines(*part))])


_Part = tuple[str, Sequence[str]]


def _parts(answer: Answer) -> Iterator[_Part]:
    on, standing = answer.situation.on, answer.standing
    again = standing.can_change_on
    change = f"Time alone can change this on {words.day(again, on)}." if again else "Time alone does not change this."
    said = dict.fromkeys([*standing.reasons, *standing.information])
    yield "standing", [f"{standing.standing}: {standing.headline}", *said, change]
    yield "course", standing.course.reasons
    if answer.acd:
        yield "ACD", answer.acd.reasons
    for provider, report in answer.reports:
        due, court = words.day(report.inputs.due_on, on), words.day(report.inputs.appearance_on, on)
        yield "report", [f"{report.standing}: {provider}, due {due} for court on {court}", *report.reasons]
    for response in answer.responses:
        yield "response", [_response(response), *response.reasons]
    if not answer.responses:
        yield "response", ["The policy foresees none."]
    yield from _next_dates(answer)
    if answer.situation.expected:
        wrong = differences(answer)
        held = len(answer.situation.expected) - len(wrong)
        yield "expected", [f"{held} of {len(answer.situation.expected)} as expected", *wrong]


def _response(response: Proposal) -> str:
    step = f", step {response.step}" if response.step else ""
    said = f"{response.kind} for {response.behaviour}{step}: {words.joined(response.options, 'or') or 'none to offer'}"
    return said + (f"; the judge's alone: {words.joined(response.judge_only, 'or')}" if response.judge_only else "")


def _next_dates(answer: Answer) -> Iterator[_Part]:
    review, on, stage = answer.next_review, answer.situation.on, answer.situation.facts.stage
    if review is None:
        needs = stage in IN_PROGRAM
        yield "next date", ["No calendar is given." if needs else f"A case that is {SPOKEN[stage]} needs none."]
    elif review.why_no_date:
        yield "next date", [f"none: {review.why_no_date}"]
    else:
        for place, proposal in enumerate(review.proposals):
            session = proposal.session
            where = f"{words.day(session.on, on)}, {session.part}, {session.judge}"
            yield "or" if place else "next date", [where, *proposal.reasons]


def _lines(label: str, said: Sequence[str]) -> Iterator[str]:
    for sentence in said:
        for line in wrap(sentence, _WIDTH - _LABEL):
            yield f"   {label:<{_LABEL}}{line}"
            label = ""


#: Said once for the whole answer, and not again in each of its parts.
_SAID_ONCE = frozenset({"inputs", "course", "counts", "policy_version", "information_on"})


def as_values(answer: Answer) -> Values:
    """Return the answer as plain values for a program; dates are civil dates, and every part says why."""
    situation, standing = answer.situation, answer.standing
    return {
        "title": situation.title,
        "on": situation.on,
        "policy_version": standing.policy_version,
        "information_on": standing.information_on,
        "standing": _values(standing),
        "facts": asdict(situation.facts),
        "course": _values(standing.course),
        "reports": [
            {"provider": provider, "due_on": report.inputs.due_on, **_values(report)}
            for provider, report in answer.reports
        ],
        "responses": [_values(response) for response in answer.responses],
        "next": _review_values(answer.next_review) if answer.next_review else None,
        "acd": asdict(answer.acd) if answer.acd else None,
        "not_as_expected": differences(answer),
    }


def _review_values(review: NextReview) -> Values:
    proposals = [
        {"on": one.session.on, "part": one.session.part, "judge": one.session.judge, "reasons": one.reasons}
        for one in review.proposals
    ]
    return {"target_on": review.target_on, "proposals": proposals, "why_no_date": review.why_no_date}


def _values(part: "DataclassInstance") -> Values:
    return {name: value for name, value in asdict(part).items() if name not in _SAID_ONCE}
