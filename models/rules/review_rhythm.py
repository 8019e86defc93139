"""What a case asks of its next date: the rhythm of its phase, its part and its usual judge, and the policy's waits.

Puts facts and policy together for `models.rules.reviews`, which chooses; it knows no session and no calendar.
"""

from dataclasses import dataclass
from datetime import date

from models.rules.facts import CaseFacts
from models.rules.policy import Policy
from models.rules.program import program_of
from models.rules.review_inputs import ReviewInputs
from models.rules.vocabulary import Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Where the case belongs: its part and that part's usual judge, as the court says them; and who speaks for the person."""

    part: str
    judge: str
    language: str | None = None  # of the interpreter who is needed


def inputs_for(
    facts: CaseFacts,
    bench: Bench,
    policy: Policy,
    *,
    today: date,
    from_on: date | None = None,
    override_days: int | None = None,
    purpose: Purpose = Purpose.REVIEW,
) -> ReviewInputs:
    """Return what the rule asks for: the phase's interval, the part and its judge, and the policy's waits."""
    usual = policy.sessions
    return ReviewInputs(
        today=today,
        last_appearance_on=from_on or facts.last_appearance_on,
        interval_days=interval_days(facts, policy),
        override_days=override_days,
        part=bench.part,
        judge=bench.judge,
        purpose=purpose,
        minutes=usual.minutes_for(purpose),
        new_minutes=usual.minutes_per_intake,
        language=bench.language,
        interpreter_wait_days=usual.interpreter_wait_days,
        same_judge_wait_days=usual.same_judge_wait_days,
        same_part_wait_days=usual.same_part_wait_days,
        policy_version=policy.version,
        information_on=facts.information_on,
    )


def interval_days(facts: CaseFacts, policy: Policy) -> int:
    """Return the days between appearances in the case's phase.

    Before a mandate, and where the policy has lost the program, those of the first program there is.
    """
    program = program_of(facts, policy) or policy.programs[0]
    phase = program.phase(facts.phase) or program.phases[-1]
    return phase.review_every_days
