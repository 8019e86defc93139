"""What intake asks: who the person is, what the case is, and what begins with it. Checked here, stored by `cases`.

Safety, language and how she wants to be called are part of the first form, not an afterthought. No database here.
"""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from models.commands.forms import Form, Line, Name, OptionalLine
from models.rules.vocabulary import ChannelKind, FlagKind, ServiceKind

OLDEST = 120


class PersonForm(Form):
    """Who she is: the preferred name first, the legal name as the court's papers have it."""

    legal_name: Name = Field(title="Legal name")
    preferred_name: OptionalLine = Field(default=None, title="Preferred name")
    preferred_script: OptionalLine = Field(default=None, title="Preferred name as written")
    pronunciation: OptionalLine = Field(default=None, title="Pronunciation")
    pronouns: OptionalLine = Field(default=None, title="Pronouns")
    public_alias: OptionalLine = Field(default=None, title="Name for the public list")
    date_of_birth: date | None = Field(default=None, title="Date of birth")
    reported_age: Annotated[int, Field(ge=0, le=OLDEST)] | None = Field(default=None, title="Reported age")
    languages: tuple[Name, ...] = Field(default=(), title="Language")
    interpreter_language: OptionalLine = Field(default=None, title="Interpreter")


class NewFlag(Form):
    """One safety flag."""

    kind: FlagKind = Field(title="Safety flag")
    note: OptionalLine = Field(default=None, title="Note")


class NewChannel(Form):
    """One way to reach her; used only when marked safe."""

    kind: ChannelKind = Field(title="Way to reach the person")
    value: Name = Field(title="Number or address")
    safe: bool = Field(default=False, title="Safe")
    reminders: bool = Field(default=False, title="Reminders")  # she agreed to be reminded of appearances by it
    note: OptionalLine = Field(default=None, title="Note")


class NewCharge(Form):
    """One charge as the accusatory instrument has it."""

    statute: Line = Field(default="", title="Statute", max_length=200)
    description: Line = Field(default="", title="Charge", max_length=500)
    severity: OptionalLine = Field(default=None, title="Severity")
    offence_on: date | None = Field(default=None, title="Date of the offence")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.statute and not self.description:
            raise ValueError("A charge needs its statute or its description.")
        return self


class IntakeForm(Form):
    """A new case. `token` is made when the form is first drawn: the same form saved twice is one case."""

    docket_number: Annotated[Line, Field(min_length=1, max_length=60)] = Field(title="Docket number")
    part_id: UUID = Field(title="Part")
    charges: tuple[NewCharge, ...] = Field(min_length=1, title="Charge")
    incident_on: date | None = Field(default=None, title="Date of the incident")
    participant_id: UUID | None = None  # the same person as an existing participant
    person: PersonForm | None = None  # or somebody new to the court
    flags: tuple[NewFlag, ...] = ()
    channels: tuple[NewChannel, ...] = ()
    program: str | None = Field(default=None, title="Program")  # key of the template that is offered
    session_id: UUID | None = Field(default=None, title="First appearance")
    over_reason: OptionalLine = Field(default=None, title="Reason for an overfull session")
    service_id: UUID | None = Field(default=None, title="Service")
    need: ServiceKind | None = Field(default=None, title="Need")  # a need for which no service is chosen yet
    mandated: bool = False  # the referral is part of the mandate
    token: UUID | None = None

    @model_validator(mode="after")
    def _one_person(self) -> Self:
        if (self.person is None) == (self.participant_id is None):
            raise ValueError("A case needs its person: enter who it is, or choose a participant the court knows.")
        return self
