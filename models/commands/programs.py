"""Another program template for a case whose mandate is running: one mandate ends, the next begins, and both stay."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from models import audit
from models.commands import course
from models.commands.free_words import check_words
from models.commands.typed import needed
from models.errors import Invalid
from models.rules.permissions import Action
from models.rules.vocabulary import Stage
from models.scope import Actor, change_case, load_case, require
from models.tables import Mandate


def change_program(
    session: Session,
    actor: Actor,
    case_id: UUID,
    program_key: str,
    *,
    phase: int,
    keeps_count: bool,
    reason: str,
    seen_version: int,
    now: datetime,
) -> Mandate:
    """Let the case go on in another program from today, in its phase `phase` (from 0), as the judge ordered.

    What was attended so far counts on when it `keeps_count`; otherwise counting begins anew. The mandate that ends, its
    phases, and everything attended in them stay as they were recorded. Raises Conflict when the case was changed since
    it was read, Invalid in words.
    """
    require(actor, Action.DECIDE)
    why = needed(reason, "Write why the program is changed.")
    case, on = load_case(session, actor, case_id), actor.today(now)
    check_words(session, actor, reason, now=now, case_id=case.id)
    change_case(session, case, seen_version)
    policy = actor.policy_on(on)
    program = course.template(policy, program_key)
    if case.stage is not Stage.ACTIVE:
        raise Invalid("The mandate is not running, so there is no program to change.")
    running = course.current(session, case)
    ending = running[0]
    if ending.program == program.key:
        raise Invalid("The case is in that program already. Choose another one.")
    if not 0 <= phase < len(program.phases):
        raise Invalid("The program has no such phase. Choose one of its phases.")
    course.end_mandate(session, running, why, now=now, on=on)
    session.flush()  # one running mandate at a time: the database holds it
    since = (ending.carried_from or ending.accepted_on) if keeps_count else None
    mandate = course.agree(session, actor, case, program, policy.version, phase, now=now, on=on, carried_from=since)
    detail = {"program": program.key, "phase": phase, "keeps_count": keeps_count}
    audit.record(session, actor, "change_program", "mandate", mandate.id, now=now, case_id=case.id, detail=detail)
    return mandate
