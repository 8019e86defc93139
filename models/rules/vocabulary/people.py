"""People: what users are in the court, and what must be known to treat a participant rightly."""

from enum import StrEnum


class Role(StrEnum):
    """What a user is in the court; it decides which screens and actions exist for them."""

    JUDGE = "judge"
    CLERK = "clerk"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"
    PROVIDER = "provider"  # sees its own participants, and of them what its reports need
    PROSECUTOR = "prosecutor"  # reads the shared court view of its cases, as the defense does
    DEFENSE = "defense"
    EVALUATOR = "evaluator"  # facts without identity
    AUDITOR = "auditor"  # who did what and who saw what; no case content


class SignInStep(StrEnum):
    """What is still asked of somebody whose password was given."""

    CODE = "code"
    ENROL = "enrol"  # they have no second factor yet
    REPLACE = "replace"  # they are signed in and set up another telephone


class FlagKind(StrEnum):
    """Safety flags of a participant, shown wherever she is."""

    INITIALS_ONLY = "initials_only"
    NO_ADDRESS_ALOUD = "no_address_aloud"
    SEPARATE_WAITING = "separate_waiting"
    COMPANION_NOT_SAFE = "companion_not_safe"  # somebody who comes along may not be safe for her
    NO_VOICEMAIL = "no_voicemail"
    SUBSTITUTE_ADDRESS = "substitute_address"


class ChannelKind(StrEnum):
    """Ways to reach a participant; used only when marked safe."""

    PHONE = "phone"
    TEXT = "text"
    EMAIL = "email"
    MAIL = "mail"
    THROUGH_PROVIDER = "through_provider"
    THROUGH_COUNSEL = "through_counsel"


class NoteVisibility(StrEnum):
    """Who reads a note."""

    OWN = "own"
    TEAM = "team"


class OpeningReason(StrEnum):
    """Why somebody who is not named opens a restricted case; words for the administrator, who reads no case content."""

    IN_COURT_NOW = "in_court_now"  # she is in court, and nobody who is named can be reached
    SAFETY = "safety"  # somebody may be in danger
    ORDERED = "ordered"  # a judge has asked for it
    OTHER = "other"
