"""Who reads which kind of field: one table, and a role reads nothing that it does not name.

`permissions` says what a role may do and for whom a case exists at all; this says how much of it is then told. How a
person is called is `called`'s.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType

from models.rules.vocabulary import Role


class FieldGroup(StrEnum):
    """Kinds of what is known about a case, from how she is called to what nobody can be found by."""

    CALLED = "called"  # preferred name, script, pronunciation, pronouns, initials, alias
    IDENTITY = "identity"  # legal name, date of birth, age
    CONTACT = "contact"  # the ways to reach her, safe or not
    SAFETY = "safety"  # safety flags, languages, the interpreter
    CHARGES = "charges"
    COURT = "court"  # docket number, stage, phase, appearances, decisions, responses, warrants
    TREATMENT = "treatment"  # services, their sessions, reports and releases
    NOTES = "notes"  # the team's notes, contacts and follow-ups
    DEIDENTIFIED = "deidentified"  # counts and facts without identity


_G = FieldGroup
_TEAM = frozenset(FieldGroup)

READERS: Mapping[Role, frozenset[FieldGroup]] = MappingProxyType(
    {
        # Somebody is reached by the clerk or the coordinator: the bench needs no address to say aloud.
        Role.JUDGE: _TEAM - {_G.CONTACT},
        Role.CLERK: _TEAM,
        Role.COORDINATOR: _TEAM,
        Role.ADMINISTRATOR: frozenset({_G.DEIDENTIFIED}),
        Role.PROVIDER: frozenset({_G.CALLED}),
        Role.PROSECUTOR: frozenset({_G.CALLED, _G.CHARGES, _G.COURT}),
        Role.DEFENSE: frozenset({_G.CALLED, _G.CHARGES, _G.COURT}),
        Role.EVALUATOR: frozenset({_G.DEIDENTIFIED}),
        Role.AUDITOR: frozenset(),
    }
)


def reads(roles: Collection[Role], group: FieldGroup) -> bool:
    """Tell whether any of `roles` is told this kind of field; no role, or a role the table lacks, is no."""
    return any(group in READERS.get(role, frozenset()) for role in roles)
