"""Who the participant is and how to treat her rightly: identity, languages, safety flags, safe ways to reach her.

A participant is reached through a case, so that whoever may not see the case cannot reach the person. Nothing is
deleted: flags and channels end.
"""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, select

from models import audit
from models.commands.forms import InvalidForm
from models.commands.free_words import check_words
from models.commands.identity import ages_again, interpreters_again
from models.commands.intake_form import IntakeForm, NewChannel, NewFlag, PersonForm
from models.commands.name_keys import write_keys
from models.errors import NotFound
from models.rules.names import search_key
from models.rules.permissions import Action
from models.scope import Actor, change_case, load, load_case, own_cases, require
from models.tables import Case, ContactChannel, Participant, Person, SafetyFlag

#: Columns of the person that a form holds under the same name.
_IDENTITY = (
    "legal_name",
    "preferred_name",
    "preferred_script",
    "pronunciation",
    "pronouns",
    "public_alias",
    "date_of_birth",
    "reported_age",
)


def take(session: Session, actor: Actor, form: IntakeForm, *, now: datetime) -> tuple[Participant, Person]:
    """Return the participant of an intake form: the one chosen, or a new one; flags and channels are added to both."""
    if form.participant_id is not None:
        participant = _known(session, actor, form.participant_id)
        person = load(session, actor, Person, participant.person_id)
    else:
        assert form.person is not None  # noqa: S101 - the form holds one of the two
        person = Person(court_id=actor.court_id, legal_name="", search_key="")
        participant = Participant(court_id=actor.court_id, person_id=person.id)
        _write(person, participant, form.person)
        session.add_all([person, participant])
        write_keys(session, person)
    notes = (*(flag.note for flag in form.flags), *(channel.note for channel in form.channels))
    check_words(session, actor, *notes, now=now)
    today = actor.today(now)
    session.add_all(_flag(actor, participant.id, flag, today, now) for flag in form.flags)
    session.add_all(_channel(actor, participant.id, channel) for channel in form.channels)
    return participant, person


def edit_participant(
    session: Session, actor: Actor, case_id: UUID, form: PersonForm, *, now: datetime, seen_version: int | None = None
) -> None:
    """Write the participant's identity and languages anew; Conflict when the case changed since `seen_version`.

    Her age at the offence and the interpreters of her coming appearances follow.
    """
    case = _change(session, actor, case_id, seen_version)
    if form.date_of_birth and form.date_of_birth > actor.today(now):
        raise InvalidForm([("date_of_birth", "Date of birth is in the future.")])
    participant = load(session, actor, Participant, case.participant_id)
    person = load(session, actor, Person, participant.person_id)
    changed = _write(person, participant, form)
    session.add_all([person, participant])
    write_keys(session, person)
    if {"date_of_birth", "reported_age"} & set(changed):
        ages_again(session, actor, person, participant, now=now)
    if "interpreter_language" in changed:
        interpreters_again(session, actor, participant, now=now)
    _record(session, actor, "edit_participant", case, participant.id, now, {"fields": changed})


def add_flag(session: Session, actor: Actor, case_id: UUID, flag: NewFlag, *, now: datetime) -> SafetyFlag:
    """Add a safety flag from today; one of the same kind that still holds is returned as it is."""
    case = _change(session, actor, case_id)
    check_words(session, actor, flag.note, now=now, case_id=case.id)
    held = select(SafetyFlag).where(
        col(SafetyFlag.participant_id) == case.participant_id,
        col(SafetyFlag.kind) == flag.kind,
        col(SafetyFlag.ended_on).is_(None),
    )
    if present := session.exec(held).first():
        return present
    row = _flag(actor, case.participant_id, flag, actor.today(now), now)
    session.add(row)
    _record(session, actor, "add_flag", case, row.id, now, {"kind": flag.kind})
    return row


def end_flag(session: Session, actor: Actor, case_id: UUID, flag_id: UUID, *, now: datetime) -> None:
    """End a safety flag today; ending it twice changes nothing."""
    case = _change(session, actor, case_id)
    _end(session, actor, case, SafetyFlag, flag_id, "end_flag", now)


def add_channel(session: Session, actor: Actor, case_id: UUID, channel: NewChannel, *, now: datetime) -> ContactChannel:
    """Add a way to reach the participant; the same one that still holds is updated instead of doubled."""
    case = _change(session, actor, case_id)
    check_words(session, actor, channel.note, now=now, case_id=case.id)
    same = select(ContactChannel).where(
        col(ContactChannel.participant_id) == case.participant_id,
        col(ContactChannel.kind) == channel.kind,
        col(ContactChannel.value) == channel.value,
        col(ContactChannel.ended_on).is_(None),
    )
    row = session.exec(same).first() or _channel(actor, case.participant_id, channel)
    row.safe, row.note = channel.safe, channel.note
    row.reminders = row.safe and (row.reminders or channel.reminders)  # agreed to by a way that was safe
    session.add(row)
    _record(session, actor, "add_channel", case, row.id, now, {"kind": channel.kind, "safe": channel.safe})
    return row


def end_channel(session: Session, actor: Actor, case_id: UUID, channel_id: UUID, *, now: datetime) -> None:
    """End a way to reach the participant today; ending it twice changes nothing."""
    case = _change(session, actor, case_id)
    _end(session, actor, case, ContactChannel, channel_id, "end_channel", now)


def _known(session: Session, actor: Actor, participant_id: UUID) -> Participant:
    """Return a participant of whom the actor can see a case; NotFound otherwise."""
    participant = load(session, actor, Participant, participant_id)
    seen = select(Case.id).where(own_cases(actor), col(Case.participant_id) == participant_id)
    if session.exec(seen).first() is None:
        raise NotFound
    return participant


def _change(session: Session, actor: Actor, case_id: UUID, seen_version: int | None = None) -> Case:
    require(actor, Action.EDIT_PARTICIPANT)
    case = load_case(session, actor, case_id)
    change_case(session, case, seen_version)
    return case


def _write(person: Person, participant: Participant, form: PersonForm) -> list[str]:
    """Take over the form and return the names of the columns that changed."""
    changed = []
    for name in _IDENTITY:
        if getattr(person, name) != getattr(form, name):
            setattr(person, name, getattr(form, name))
            changed.append(name)
    if participant.languages != list(form.languages):
        participant.languages = list(form.languages)
        changed.append("languages")
    if participant.interpreter_language != form.interpreter_language:
        participant.interpreter_language = form.interpreter_language
        changed.append("interpreter_language")
    person.search_key = search_key(person.legal_name, person.preferred_name, person.preferred_script)
    return changed


def _flag(actor: Actor, participant_id: UUID, flag: NewFlag, since: date, now: datetime) -> SafetyFlag:
    return SafetyFlag(
        court_id=actor.court_id,
        participant_id=participant_id,
        kind=flag.kind,
        note=flag.note,
        since=since,
        recorded_by=actor.person,
        recorded_at=now,
    )


def _channel(actor: Actor, participant_id: UUID, channel: NewChannel) -> ContactChannel:
    return ContactChannel(court_id=actor.court_id, participant_id=participant_id, **channel.model_dump())


def _end(
    session: Session,
    actor: Actor,
    case: Case,
    table: type[SafetyFlag] | type[ContactChannel],
    row_id: UUID,
    action: str,
    now: datetime,
) -> None:
    row = load(session, actor, table, row_id)
    if row.participant_id != case.participant_id:
        raise NotFound
    if row.ended_on is None:
        row.ended_on = actor.today(now)
        session.add(row)
        _record(session, actor, action, case, row.id, now, {"kind": row.kind})


def _record(
    session: Session, actor: Actor, action: str, case: Case, subject_id: UUID, now: datetime, detail: dict[str, object]
) -> None:
    subject = action.removeprefix("add_").removeprefix("end_").removeprefix("edit_")
    audit.record(session, actor, action, subject, subject_id, now=now, case_id=case.id, detail=detail)
